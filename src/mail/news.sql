-- SPDX-License-Identifier: Apache-2.0
--! news_holder one
--  in   position id
--  out  person id?
SELECT person_id AS person FROM position WHERE org_id = :org AND id = :position;
