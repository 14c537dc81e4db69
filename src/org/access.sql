-- SPDX-License-Identifier: Apache-2.0
-- Accounts, sessions and the secrets that stand for a person. These tables have no wall: they are
-- what finds out behind which wall somebody belongs. Where one has an organisation_id, the
-- statement is restricted by it unless it starts from a secret's hash.

--! account_by_email one
--  in   email text
--  out  id id, name text, password_hash text?, disabled bool, installation_admin bool
--  out  vouched bool
--  unscoped "an identity is across organisations"
SELECT a.id, a.name, a.password_hash, a.disabled, a.installation_admin, a.vouched
FROM account a WHERE a.email = :email;

--! account_get one
--  in   id id
--  out  id id, email text, name text, password_hash text?, time_zone text?, disabled bool
--  out  installation_admin bool, language text?, version int
--  unscoped "an identity is across organisations"
SELECT a.id, a.email, a.name, a.password_hash, a.time_zone, a.disabled, a.installation_admin,
  a.language, a.version
FROM account a WHERE a.id = :id;

--! account_people many
--  in   account id
--  out  org id, person id
--  unscoped "what happens to an account is told in the ledger of each of its organisations"
SELECT DISTINCT m.organisation_id AS org, m.person_id AS person
FROM membership m WHERE m.account_id = :account ORDER BY m.organisation_id;

--! account_list many
--  out  id id, email text, name text, has_password bool, disabled bool, installation_admin bool
--  unscoped "the installation's own list, for the command line"
SELECT a.id, a.email, a.name, CASE WHEN a.password_hash IS NULL THEN 0 ELSE 1 END AS has_password,
  a.disabled, a.installation_admin
FROM account a ORDER BY a.email;

--! account_organisations many
--  in   account id
--  out  slug text, role_bit int, until date?
--  unscoped "the installation's own list, for the command line"
SELECT o.slug, m.role_bit, m.until
FROM membership m JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :account ORDER BY o.slug, m.role_bit;

--! account_add insert
--  in   email text, name text, installation_admin bool
--  unscoped "an identity is across organisations"
--  unheard "told in the ledger of each organisation the account belongs to, if there is one"
INSERT INTO account (email, name, installation_admin, created)
VALUES (:email, :name, :installation_admin, :now);

--! account_set_password exec
--  in   id id, password_hash text?
--  unscoped "an identity is across organisations"
--  unheard "told in the ledger of each organisation the account belongs to, if there is one"
--  blind "one value of one account; the last word counts"
UPDATE account SET password_hash = :password_hash, version = version + 1 WHERE id = :id;

--! account_set_vouched exec
--  in   id id, vouched bool
--  unscoped "an identity is across organisations"
--  unheard "told by the link that is made or used"
UPDATE account SET vouched = :vouched WHERE id = :id;

--! account_seal exec
--  in   id id
--  unscoped "an identity is across organisations"
--  unheard "told in the ledger of each organisation the account belongs to, if there is one"
--  blind "one value of one account; the last word counts"
UPDATE account SET password_hash = NULL, version = version + 1 WHERE id = :id;

--! account_elsewhere one
--  in   account id
--  out  count int
--  unscoped "whether an account belongs to another organisation as well"
SELECT COUNT(*) AS count FROM membership m
WHERE m.account_id = :account AND m.organisation_id <> :org;

--! invitation_add insert
--  in   person id, account id, hash text, expires instant
--  unscoped "restricted by organisation_id"
INSERT INTO invitation (organisation_id, person_id, account_id, hash, created, expires)
VALUES (:org, :person, :account, :hash, :now, :expires);

--! invitation_by_hash one
--  in   hash text
--  out  id id, org id, slug text, org_name text, person id, account id, email text
--  unscoped "an invitation is found by its hash before its organisation is chosen"
SELECT i.id, i.organisation_id AS org, o.slug, o.name AS org_name, i.person_id AS person,
  i.account_id AS account, a.email
FROM invitation i JOIN organisation o ON o.id = i.organisation_id
JOIN account a ON a.id = i.account_id AND a.disabled = 0
WHERE i.hash = :hash AND i.expires > :now;

--! invitation_take exec
--  in   id id
--  unscoped "restricted by organisation_id"
DELETE FROM invitation WHERE id = :id AND organisation_id = :org;

--! invitation_clear exec
--  in   person id
--  unscoped "restricted by organisation_id"
--  unheard "a newer invitation, or the end of it all, is an entry"
DELETE FROM invitation WHERE organisation_id = :org AND (person_id = :person OR expires <= :now);

--! account_set_disabled exec
--  in   id id, disabled bool
--  unscoped "an identity is across organisations"
--  unheard "told in the ledger of each organisation the account belongs to, if there is one"
--  blind "one value of one account; the last word counts"
UPDATE account SET disabled = :disabled, version = version + 1 WHERE id = :id;

--! account_set_profile exec
--  in   id id, name text, time_zone text?, language text?
--  unscoped "one's own identity"
--  unheard "one's own display name and zone, the same in every organisation"
--  blind "one value of one account; the last word counts"
UPDATE account SET name = :name, time_zone = :time_zone, language = :language,
  version = version + 1
WHERE id = :id;

--! account_set_installation_admin exec
--  in   id id
--  unscoped "an identity is across organisations"
--  unheard "told in the ledger of each organisation the account belongs to, if there is one"
UPDATE account SET installation_admin = 1 WHERE id = :id;

--! installation_admin_count one
--  out  count int
--  unscoped "an identity is across organisations"
SELECT COUNT(*) AS count FROM account a WHERE a.installation_admin = 1 AND a.disabled = 0;

--! account_membership_count one
--  in   account id
--  out  count int
--  unscoped "an identity that belongs nowhere is removed"
SELECT COUNT(*) AS count FROM membership m WHERE m.account_id = :account;

--! account_erase exec
--  in   id id, email text, name text
--  unscoped "an identity that belongs nowhere is emptied"
--  unheard "told in the ledger of each organisation the account belongs to, if there is one"
--  blind "one value of one account; the last word counts"
UPDATE account SET email = :email, name = :name, password_hash = NULL, time_zone = NULL,
  disabled = 1, installation_admin = 0, version = version + 1
WHERE id = :id;

--! demo_people many
--  out  account id, name text, role_bit int, slug text
--  unscoped "one-click people of the demo organisation, before anybody is signed in"
SELECT a.id AS account, a.name, m.role_bit, o.slug
FROM organisation o JOIN membership m ON m.organisation_id = o.id
JOIN account a ON a.id = m.account_id
WHERE o.demo = 1 AND a.disabled = 0 AND (m.until IS NULL OR m.until >= :today)
ORDER BY a.id, m.role_bit;

--! demo_unset one
--  in   account id
--  out  account id
--  unscoped "whether an account belongs to the demo organisation alone and never had a password"
SELECT a.id AS account FROM account a
WHERE a.id = :account AND a.password_hash IS NULL AND a.disabled = 0 AND a.installation_admin = 0
  AND EXISTS (SELECT 1 FROM membership m JOIN organisation o ON o.id = m.organisation_id
              WHERE m.account_id = a.id AND o.demo = 1)
  AND NOT EXISTS (SELECT 1 FROM membership m JOIN organisation o ON o.id = m.organisation_id
                  WHERE m.account_id = a.id AND o.demo = 0);

--! session_who many
--  in   hash text, slug text
--  out  session id, account id, name text, email text, zone text?, installation_admin bool
--  out  seen instant, org id?, org_name text?, org_zone text?, person id?, role_bit int?
--  out  until date?, language text?, org_language text?
--  unscoped "finds out who asks and where they belong"
SELECT s.id AS session, a.id AS account, a.name, a.email, a.time_zone AS zone,
  a.installation_admin, s.seen, o.id AS org, o.name AS org_name, o.time_zone AS org_zone,
  m.person_id AS person, m.role_bit, m.until, a.language, o.language AS org_language
FROM session s
JOIN account a ON a.id = s.account_id AND a.disabled = 0
LEFT JOIN organisation o ON o.slug = :slug
LEFT JOIN membership m ON m.account_id = a.id AND m.organisation_id = o.id
WHERE s.hash = :hash AND s.expires > :now;

--! token_who many
--  in   hash text, slug text
--  out  token id, account id, name text, email text, zone text?, scope text, expires date
--  out  used instant?, org id, org_name text, org_zone text, person id, role_bit int, until date?
--  out  here bool
--  unscoped "finds out who asks and where they belong"
SELECT t.id AS token, a.id AS account, a.name, a.email, a.time_zone AS zone, t.scope, t.expires,
  t.used, o.id AS org, o.name AS org_name, o.time_zone AS org_zone, m.person_id AS person,
  m.role_bit, m.until, CASE WHEN o.slug = :slug THEN 1 ELSE 0 END AS here
FROM api_token t
JOIN organisation o ON o.id = t.organisation_id
JOIN membership m ON m.organisation_id = t.organisation_id AND m.person_id = t.person_id
JOIN account a ON a.id = m.account_id AND a.disabled = 0
WHERE t.hash = :hash AND t.revoked IS NULL;

--! session_add insert
--  in   account id, hash text, agent text, expires instant
--  unscoped "a session belongs to an account"
--  unheard "somebody comes and goes; nothing of the organisation changes"
INSERT INTO session (account_id, hash, agent, created, seen, expires)
VALUES (:account, :hash, :agent, :now, :now, :expires);

--! session_touch exec
--  in   id id, expires instant, longest int
--  unscoped "a session belongs to an account"
--  unheard "somebody comes and goes; nothing of the organisation changes"
UPDATE session SET seen = :now,
  expires = CASE WHEN created + :longest < :expires THEN created + :longest ELSE :expires END
WHERE id = :id;

--! session_remove exec
--  in   id id
--  unscoped "a session belongs to an account"
--  unheard "somebody comes and goes; nothing of the organisation changes"
DELETE FROM session WHERE id = :id;

--! session_remove_own exec
--  in   id id, account id
--  unscoped "a session belongs to an account"
--  unheard "somebody comes and goes; nothing of the organisation changes"
DELETE FROM session WHERE id = :id AND account_id = :account;

--! session_remove_others exec
--  in   account id, but id
--  unscoped "a session belongs to an account"
--  unheard "somebody comes and goes; nothing of the organisation changes"
DELETE FROM session WHERE account_id = :account AND id <> :but;

--! session_sweep exec
--  unscoped "sessions that ended are nobody's"
--  unheard "what has run out is swept away"
DELETE FROM session WHERE expires <= :now;

--! session_of_account many
--  in   account id
--  out  id id, agent text, created instant, seen instant
--  unscoped "one's own sessions"
SELECT s.id, s.agent, s.created, s.seen FROM session s
WHERE s.account_id = :account AND s.expires > :now ORDER BY s.seen DESC, s.id;

--! token_touch exec
--  in   id id
--  unscoped "found by its hash just before"
--  unheard "only when it was last used"
UPDATE api_token SET used = :now WHERE id = :id;

--! reset_add insert
--  in   account id, hash text, expires instant
--  unscoped "a one-time link belongs to an account"
--  unheard "a one-time link; the password it sets is an entry"
INSERT INTO password_reset (account_id, hash, created, expires)
VALUES (:account, :hash, :now, :expires);

--! reset_by_hash one
--  in   hash text
--  out  id id, account id, email text
--  unscoped "a one-time link belongs to an account"
SELECT r.id, r.account_id AS account, a.email FROM password_reset r
JOIN account a ON a.id = r.account_id AND a.disabled = 0
WHERE r.hash = :hash AND r.expires > :now;

--! reset_take exec
--  in   id id
--  unscoped "a one-time link is used up once"
--  unheard "a one-time link; the password it sets is an entry"
DELETE FROM password_reset WHERE id = :id;

--! reset_clear exec
--  in   account id
--  unscoped "a new password ends every other link"
--  unheard "a one-time link; the password it sets is an entry"
DELETE FROM password_reset WHERE account_id = :account OR expires <= :now;

--! sign_in_blocked one
--  in   bucket text
--  out  failures int, blocked instant, last instant
--  unscoped "counted before anybody is known"
SELECT f.failures, f.blocked, f.last FROM sign_in_failure f WHERE f.bucket = :bucket;

--! wish_add insert
--  in   email text
--  unscoped "asked before anybody is known"
--  unheard "asked before anybody is known; the link that is made is heard"
INSERT INTO password_wish (email, asked) VALUES (:email, :now);

--! wish_next one
--  out  id id, email text, asked instant
--  unscoped "asked before anybody is known"
SELECT w.id, w.email, w.asked FROM password_wish w ORDER BY w.id LIMIT 1;

--! wish_take exec
--  in   id id
--  unscoped "asked before anybody is known"
--  unheard "the link that is made is heard"
DELETE FROM password_wish WHERE id = :id;

--! sign_in_count exec
--  in   bucket text, failures int, blocked instant
--  unscoped "counted before anybody is known"
--  unheard "counts failed attempts, before anybody is known"
INSERT INTO sign_in_failure (bucket, failures, blocked, last)
VALUES (:bucket, :failures, :blocked, :now)
ON CONFLICT (bucket) DO UPDATE SET failures = excluded.failures, blocked = excluded.blocked,
  last = excluded.last;

--! sign_in_clear exec
--  in   bucket text
--  unscoped "counted before anybody is known"
--  unheard "counts failed attempts, before anybody is known"
DELETE FROM sign_in_failure WHERE bucket = :bucket;

--! sign_in_sweep exec
--  in   before instant
--  unscoped "counted before anybody is known"
--  unheard "what has run out is swept away"
DELETE FROM sign_in_failure WHERE last < :before;

--! api_token_add insert
--  in   person id, name text, hash text, scope text, expires date
--  unscoped "restricted by organisation_id"
INSERT INTO api_token (organisation_id, person_id, name, hash, scope, created, expires)
VALUES (:org, :person, :name, :hash, :scope, :now, :expires);

--! api_token_list many
--  out  id id, name text, person_name text, scope text, created instant, expires date
--  out  used instant?, revoked instant?
SELECT t.id, t.name, p.name AS person_name, t.scope, t.created, t.expires, t.used, t.revoked
FROM api_token t JOIN person p ON p.id = t.person_id AND p.org_id = :org
WHERE t.organisation_id = :org
ORDER BY CASE WHEN t.revoked IS NULL THEN 0 ELSE 1 END, t.id DESC;

--! api_token_revoke exec
--  in   id id
--  unscoped "restricted by organisation_id"
UPDATE api_token SET revoked = :now
WHERE organisation_id = :org AND id = :id AND revoked IS NULL;

--! api_token_revoke_person exec
--  in   person id
--  unscoped "restricted by organisation_id"
UPDATE api_token SET revoked = :now
WHERE organisation_id = :org AND person_id = :person AND revoked IS NULL;

--! calendar_token_add insert
--  in   reader id, hash text, label text, person id?, position id?, role int?, whole bool
--  unscoped "restricted by organisation_id"
INSERT INTO calendar_token (organisation_id, reader_id, hash, label, person_id, position_id, role,
  whole, created)
VALUES (:org, :reader, :hash, :label, :person, :position, :role, :whole, :now);

--! calendar_token_by_hash one
--  in   hash text
--  out  id id, org id, org_zone text, reader id, person id?, position id?, role int?, whole bool
--  out  label text, used instant?, org_language text
--  unscoped "a calendar's address is found by its hash before its organisation is known"
SELECT t.id, t.organisation_id AS org, o.time_zone AS org_zone, t.reader_id AS reader,
  t.person_id AS person, t.position_id AS position, t.role, t.whole, t.label, t.used,
  o.language AS org_language
FROM calendar_token t JOIN organisation o ON o.id = t.organisation_id
WHERE t.hash = :hash AND t.revoked IS NULL;

--! calendar_reader many
--  in   reader id
--  out  left_on date?, account id?, disabled bool, zone text?, role int?, until date?, ledger int?,
--       ledger_hash text?, language text?
SELECT p.left_on, p.account_id AS account, COALESCE(a.disabled, 0) AS disabled,
  a.time_zone AS zone, r.role, r.until, h.seq AS ledger, h.hash AS ledger_hash,
  a.language
FROM person p
LEFT JOIN ledger_head h ON h.org_id = p.org_id
LEFT JOIN account a ON a.id = p.account_id
LEFT JOIN person_role r ON r.person_id = p.id AND r.org_id = p.org_id
WHERE p.org_id = :org AND p.id = :reader AND p.erased = 0;

--! calendar_token_touch exec
--  in   id id
--  unscoped "found by its hash just before"
--  unheard "only when it was last used"
UPDATE calendar_token SET used = :now WHERE id = :id;

--! calendar_token_list many
--  in   reader id
--  out  id id, label text, reader_name text, created instant, used instant?, whole bool
SELECT t.id, t.label, p.name AS reader_name, t.created, t.used, t.whole
FROM calendar_token t JOIN person p ON p.id = t.reader_id AND p.org_id = :org
WHERE t.organisation_id = :org AND t.revoked IS NULL AND (:reader = 0 OR t.reader_id = :reader)
ORDER BY t.id;

--! calendar_token_get one
--  in   id id
--  out  id id, reader id, label text
--  unscoped "restricted by organisation_id"
SELECT t.id, t.reader_id AS reader, t.label FROM calendar_token t
WHERE t.organisation_id = :org AND t.id = :id AND t.revoked IS NULL;

--! calendar_token_revoke exec
--  in   id id
--  unscoped "restricted by organisation_id"
UPDATE calendar_token SET revoked = :now
WHERE organisation_id = :org AND id = :id AND revoked IS NULL;

--! calendar_token_revoke_person exec
--  in   person id
--  unscoped "restricted by organisation_id"
UPDATE calendar_token SET revoked = :now
WHERE organisation_id = :org AND (reader_id = :person OR person_id = :person) AND revoked IS NULL;
