-- SPDX-License-Identifier: Apache-2.0
--! demo_organisation one
--  in   slug text
--  out  id id
--  unscoped "looks for the demo organisation before anybody is in one"
SELECT o.id FROM organisation o WHERE o.slug = :slug AND o.demo = 1;

--! demo_account one
--  in   email text, slug text
--  out  id id
--  unscoped "one of the demo organisation's own people, before anybody is signed in"
SELECT a.id FROM account a JOIN membership m ON m.account_id = a.id
JOIN organisation o ON o.id = m.organisation_id
WHERE a.email = :email AND o.slug = :slug AND o.demo = 1 LIMIT 1;
