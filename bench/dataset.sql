-- SPDX-License-Identifier: Apache-2.0

--! bench_activities many
--  out  id id
SELECT id FROM activity WHERE org_id = :org ORDER BY due, id;

--! bench_items many
--  out  id id
SELECT id FROM register_item WHERE org_id = :org AND kind IN ('controls', 'documents') ORDER BY id;

--! bench_counts one
--  out  activities int, people int, evidence int, items int, entries int
SELECT (SELECT COUNT(*) FROM activity WHERE org_id = :org) AS activities,
  (SELECT COUNT(*) FROM person WHERE org_id = :org) AS people,
  (SELECT COUNT(*) FROM evidence WHERE org_id = :org) AS evidence,
  (SELECT COUNT(*) FROM register_item WHERE org_id = :org) AS items,
  (SELECT COUNT(*) FROM ledger_entry WHERE org_id = :org) AS entries;

--! bench_organisation one
--  in   slug text
--  out  id id, admin id
--  unscoped "finds the organisation itself"
SELECT o.id, (SELECT MIN(p.id) FROM person p WHERE p.org_id = o.id) AS admin
FROM organisation o WHERE o.slug = :slug;
