-- SPDX-License-Identifier: Apache-2.0
-- An exception from independence counts once whoever is named as its approver has confirmed it
-- themselves. What was recorded before counted at once, and stays so.
--@postgres
SELECT set_config('daybook.scope', 'installation', true);
--@both
ALTER TABLE audit_waiver ADD COLUMN confirmed BIGINT;
UPDATE audit_waiver SET confirmed = made;

-- What is parked comes back on its day.
CREATE INDEX finding_parked ON finding (org_id, parked_until) WHERE state = 9;
