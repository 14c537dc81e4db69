-- SPDX-License-Identifier: Apache-2.0
--! demo_organisation one
--  in   slug text
--  out  id id
--  unscoped "looks for the demo organisation before anybody is in one"
SELECT o.id FROM organisation o WHERE o.slug = :slug AND o.demo = 1;

--! demo_proven_items many
--  out  id id
SELECT i.id FROM register_item i
WHERE i.org_id = :org AND i.removed = 0 AND i.kind IN ('documents', 'controls') ORDER BY i.id;

--! demo_evidence many
--  out  id id
SELECT e.id FROM evidence e WHERE e.org_id = :org ORDER BY e.id;

--! demo_account one
--  in   email text, slug text
--  out  id id
--  unscoped "one of the demo organisation's own people, before anybody is signed in"
SELECT a.id FROM account a JOIN membership m ON m.account_id = a.id
JOIN organisation o ON o.id = m.organisation_id
WHERE a.email = :email AND o.slug = :slug AND o.demo = 1 LIMIT 1;

--! demo_next_review one
--  out  id id
SELECT a.id FROM activity a
WHERE a.org_id = :org AND a.kind = 'management_review' AND a.state < 3 AND a.due >= :today
ORDER BY a.due LIMIT 1;
