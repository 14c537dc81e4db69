-- SPDX-License-Identifier: Apache-2.0
-- How much the planner weighs two audits of one auditor, or of one owner, in the same month.
ALTER TABLE audit_charter ADD COLUMN weigh_crowd BIGINT NOT NULL DEFAULT 2;
