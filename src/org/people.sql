-- SPDX-License-Identifier: Apache-2.0
-- People, their roles, positions and teams.

--! person_by_email one
--  in   email text
--  out  id id, name text
SELECT p.id, p.name FROM person p WHERE p.org_id = :org AND p.email = :email;

--! person_by_name one
--  in   fold text
--  out  id id, email text?
SELECT p.id, p.email FROM person p
WHERE p.org_id = :org AND p.name_fold = :fold AND p.erased = 0
ORDER BY p.id LIMIT 1;

--! person_by_account one
--  in   account id
--  out  id id, name text
SELECT p.id, p.name FROM person p WHERE p.org_id = :org AND p.account_id = :account;

--! person_add insert
--  in   name text, fold text, email text?, title text, site id?, manager id?, joined date?
INSERT INTO person (org_id, name, name_fold, email, title, site_id, manager_id, joined, created)
VALUES (:org, :name, :fold, :email, :title, :site, :manager, :joined, :now);

--! person_change exec
--  in   id id, name text, fold text, email text?, title text, site id?, manager id?, joined date?
--  in   left_on date?, version int
UPDATE person SET name = :name, name_fold = :fold, email = :email, title = :title, site_id = :site,
  manager_id = :manager, joined = :joined, left_on = :left_on, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! person_set_email exec
--  in   id id, email text
--  blind "only where no address stands"
UPDATE person SET email = :email, version = version + 1
WHERE org_id = :org AND id = :id AND email IS NULL;

--! person_set_account exec
--  in   id id, account id?
--  blind "a person has an account or has none; nothing else of theirs is written"
UPDATE person SET account_id = :account, version = version + 1 WHERE org_id = :org AND id = :id;

--! person_erase exec
--  in   id id, name text, fold text, left_on date?
--  blind "what is erased goes, whatever it said last"
UPDATE person SET name = :name, name_fold = :fold, email = NULL, title = '', site_id = NULL,
  manager_id = NULL, joined = NULL, left_on = :left_on, account_id = NULL, erased = 1,
  version = version + 1
WHERE org_id = :org AND id = :id;

--! person_get one
--  in   id id
--  out  id id, name text, email text?, title text, site id?, site_name text?, manager id?
--  out  manager_name text?, joined date?, left_on date?, erased bool, account id?, version int
SELECT p.id, p.name, p.email, p.title, p.site_id AS site, s.name AS site_name,
  p.manager_id AS manager, m.name AS manager_name, p.joined, p.left_on, p.erased,
  p.account_id AS account, p.version
FROM person p
LEFT JOIN site s ON s.id = p.site_id AND s.org_id = p.org_id
LEFT JOIN person m ON m.id = p.manager_id AND m.org_id = p.org_id
WHERE p.org_id = :org AND p.id = :id;

--! person_list many
--  in   like text, role int, former bool, limit int, offset int
--  out  id id, name text, email text?, title text, site_name text?, left_on date?, account id?
--  out  roles int
--  sort name: p.name_fold, p.id | email: p.email, p.id | title: p.title, p.name_fold, p.id
--  sort site: s.name, p.name_fold, p.id
SELECT p.id, p.name, p.email, p.title, s.name AS site_name, p.left_on, p.account_id AS account,
  (SELECT CAST(COALESCE(SUM(1 << CAST(r.role AS INTEGER)), 0) AS BIGINT) FROM person_role r
   WHERE r.org_id = p.org_id AND r.person_id = p.id
     AND (r.until IS NULL OR r.until >= :today)) AS roles
FROM person p
LEFT JOIN site s ON s.id = p.site_id AND s.org_id = p.org_id
WHERE p.org_id = :org AND p.erased = 0
  AND (:former = 1 OR p.left_on IS NULL OR p.left_on >= :today)
  AND (:like = '%%' OR p.name_fold LIKE :like ESCAPE '!' OR p.email LIKE :like ESCAPE '!'
       OR LOWER(p.title) LIKE :like ESCAPE '!')
  AND (:role < 0 OR EXISTS (SELECT 1 FROM person_role r WHERE r.org_id = p.org_id
       AND r.person_id = p.id AND r.role = :role AND (r.until IS NULL OR r.until >= :today)))
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! person_list_count one
--  in   like text, role int, former bool
--  out  count int
SELECT COUNT(*) AS count
FROM person p
WHERE p.org_id = :org AND p.erased = 0
  AND (:former = 1 OR p.left_on IS NULL OR p.left_on >= :today)
  AND (:like = '%%' OR p.name_fold LIKE :like ESCAPE '!' OR p.email LIKE :like ESCAPE '!'
       OR LOWER(p.title) LIKE :like ESCAPE '!')
  AND (:role < 0 OR EXISTS (SELECT 1 FROM person_role r WHERE r.org_id = p.org_id
       AND r.person_id = p.id AND r.role = :role AND (r.until IS NULL OR r.until >= :today)));

--! person_names many
--  out  id id, name text
SELECT p.id, p.name FROM person p
WHERE p.org_id = :org AND p.erased = 0 AND (p.left_on IS NULL OR p.left_on >= :today)
ORDER BY p.name_fold, p.id;

--! person_role_list many
--  in   person id
--  out  role int, until date?
SELECT r.role, r.until FROM person_role r
WHERE r.org_id = :org AND r.person_id = :person ORDER BY r.role;

--! person_role_get one
--  in   person id, role int
--  out  id id, until date?
SELECT r.id, r.until FROM person_role r
WHERE r.org_id = :org AND r.person_id = :person AND r.role = :role;

--! person_role_add insert
--  in   person id, role int, until date?
INSERT INTO person_role (org_id, person_id, role, until, granted)
VALUES (:org, :person, :role, :until, :now);

--! person_role_until exec
--  in   person id, role int, until date?
UPDATE person_role SET until = :until
WHERE org_id = :org AND person_id = :person AND role = :role;

--! person_role_remove exec
--  in   person id, role int
DELETE FROM person_role WHERE org_id = :org AND person_id = :person AND role = :role;

--! person_with_role one
--  in   role int
--  out  id id, name text
SELECT p.id, p.name FROM person_role r JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.role = :role AND (r.until IS NULL OR r.until >= :today)
  AND (p.left_on IS NULL OR p.left_on >= :today)
ORDER BY r.id LIMIT 1;

--! administrator_others one
--  in   person id
--  out  count int
SELECT COUNT(*) AS count
FROM person_role r JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.role = 0 AND r.person_id <> :person AND r.until IS NULL
  AND p.account_id IS NOT NULL AND p.left_on IS NULL;

--! membership_clear exec
--  in   person id
--  unscoped "the derived table of who belongs where; restricted by organisation_id"
--  unheard "derived from roles, whose change is an entry"
DELETE FROM membership WHERE organisation_id = :org AND person_id = :person;

--! membership_fill exec
--  in   person id
--  unheard "derived from roles, whose change is an entry"
INSERT INTO membership (account_id, organisation_id, person_id, role_bit, until)
SELECT p.account_id, p.org_id, p.id, 1 << CAST(r.role AS INTEGER),
  CASE WHEN p.left_on IS NULL THEN r.until
       WHEN r.until IS NULL OR r.until > p.left_on THEN p.left_on ELSE r.until END
FROM person p JOIN person_role r ON r.person_id = p.id AND r.org_id = p.org_id
WHERE p.org_id = :org AND p.id = :person AND p.account_id IS NOT NULL AND p.erased = 0;

--! position_by_title one
--  in   fold text
--  out  id id, title text, person id?
SELECT p.id, p.title, p.person_id AS person FROM position p
WHERE p.org_id = :org AND p.title_fold = :fold;

--! position_get one
--  in   id id
--  out  id id, title text, person id?, holder text?, version int
SELECT p.id, p.title, p.person_id AS person, h.name AS holder, p.version
FROM position p LEFT JOIN person h ON h.id = p.person_id AND h.org_id = p.org_id
WHERE p.org_id = :org AND p.id = :id;

--! position_list many
--  out  id id, title text, person id?, holder text?, version int
SELECT p.id, p.title, p.person_id AS person, h.name AS holder, p.version
FROM position p LEFT JOIN person h ON h.id = p.person_id AND h.org_id = p.org_id
WHERE p.org_id = :org ORDER BY p.title_fold;

--! position_of_person many
--  in   person id
--  out  id id, title text
SELECT p.id, p.title FROM position p
WHERE p.org_id = :org AND p.person_id = :person ORDER BY p.title_fold;

--! position_add insert
--  in   title text, fold text
INSERT INTO position (org_id, title, title_fold) VALUES (:org, :title, :fold);

--! position_hold exec
--  in   id id, person id?, version int
UPDATE position SET person_id = :person, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! position_vacate exec
--  in   person id
--  blind "whatever an erased person held is vacant"
UPDATE position SET person_id = NULL, version = version + 1
WHERE org_id = :org AND person_id = :person;

--! team_list many
--  out  id id, name text, purpose text, members int, version int
SELECT t.id, t.name, t.purpose,
  (SELECT COUNT(*) FROM team_member m WHERE m.org_id = t.org_id AND m.team_id = t.id) AS members,
  t.version
FROM team t WHERE t.org_id = :org ORDER BY t.name;

--! team_get one
--  in   id id
--  out  id id, name text, purpose text, version int
SELECT t.id, t.name, t.purpose, t.version FROM team t WHERE t.org_id = :org AND t.id = :id;

--! team_named one
--  in   name text
--  out  id id
SELECT t.id FROM team t WHERE t.org_id = :org AND t.name = :name;

--! team_add insert
--  in   name text, purpose text
INSERT INTO team (org_id, name, purpose) VALUES (:org, :name, :purpose);

--! team_change exec
--  in   id id, name text, purpose text, version int
UPDATE team SET name = :name, purpose = :purpose, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! team_member_list many
--  in   team id
--  out  person id, name text, title text
SELECT p.id AS person, p.name, p.title
FROM team_member m JOIN person p ON p.id = m.person_id AND p.org_id = m.org_id
WHERE m.org_id = :org AND m.team_id = :team ORDER BY p.name_fold;

--! team_of_person many
--  in   person id
--  out  id id, name text
SELECT t.id, t.name FROM team_member m JOIN team t ON t.id = m.team_id AND t.org_id = m.org_id
WHERE m.org_id = :org AND m.person_id = :person ORDER BY t.name;

--! team_member_add exec
--  in   team id, person id
INSERT INTO team_member (org_id, team_id, person_id) VALUES (:org, :team, :person)
ON CONFLICT (team_id, person_id) DO NOTHING;

--! team_member_remove exec
--  in   team id, person id
DELETE FROM team_member WHERE org_id = :org AND team_id = :team AND person_id = :person;

--! team_member_leave exec
--  in   person id
DELETE FROM team_member WHERE org_id = :org AND person_id = :person;

--! former_owner_put exec
--  in   kind text, object id, person id
INSERT INTO former_owner (org_id, kind, object_id, person_id, until_on)
VALUES (:org, :kind, :object, :person, :today)
ON CONFLICT (org_id, kind, object_id, person_id) DO UPDATE SET until_on = excluded.until_on;

-- By what they owned, or by the position they held: register entries and audit units.
--! former_owners many
--  in   since date
--  out  kind text, object id, person id, until_on date, ref text
SELECT h.kind, h.object_id AS object, h.person_id AS person, h.until_on,
       COALESCE(i.ref, '') AS ref
FROM former_owner h
LEFT JOIN register_item i ON i.id = h.object_id AND i.org_id = h.org_id
  AND h.kind = 'register_item' AND i.kind = 'controls'
WHERE h.org_id = :org AND h.kind <> 'position' AND h.until_on >= :since
UNION ALL
SELECT 'register_item', i.id, h.person_id, h.until_on,
       CASE WHEN i.kind = 'controls' THEN i.ref ELSE '' END
FROM former_owner h
JOIN register_item i ON i.owner_position = h.object_id AND i.org_id = h.org_id
WHERE h.org_id = :org AND h.kind = 'position' AND h.until_on >= :since AND i.removed = 0
UNION ALL
SELECT 'audit_unit', u.id, h.person_id, h.until_on, ''
FROM former_owner h
JOIN audit_unit u ON u.owner_position = h.object_id AND u.org_id = h.org_id
WHERE h.org_id = :org AND h.kind = 'position' AND h.until_on >= :since
ORDER BY 1, 2, 3;
