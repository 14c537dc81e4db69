-- SPDX-License-Identifier: Apache-2.0
-- What every command needs before it begins: which organisation, and who.

--! cli_organisation one
--  in   slug text
--  out  id id, time_zone text
SELECT id, time_zone FROM organisation WHERE slug = :slug;

--! cli_organisations many
--  out  id id, slug text, time_zone text
SELECT id, slug, time_zone FROM organisation ORDER BY id;

--! cli_person one
--  in   email text
--  out  id id
SELECT id FROM person WHERE org_id = :org AND email = :email;
