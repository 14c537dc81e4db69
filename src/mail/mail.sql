-- SPDX-License-Identifier: Apache-2.0
-- Handing the outbox over, and what the pages show of it.

--! mail_organisations many
--  out  id id, name text, slug text, time_zone text
SELECT o.id, o.name, o.slug, o.time_zone FROM organisation o ORDER BY o.id;

--! mail_next one
--  in   real instant
--  out  id id, message_id text, address text, name text, subject text, body_text text,
--       body_html text, calendar text, method text, answer_token text, stop_token text,
--       queued instant, attempts int
SELECT m.id, m.message_id, m.address, m.name, m.subject, m.body_text, m.body_html, m.calendar,
  m.method, m.answer_token, m.stop_token, m.queued, m.attempts
FROM mail m
WHERE m.org_id = :org AND m.state < 2 AND m.next_try <= :now
  AND (m.state = 0 OR m.lease_until < :real)
ORDER BY m.next_try, m.id LIMIT 1;

--! mail_claim exec
--  in   id id, holder text, real instant, until instant
--  unheard "how far a mail has got on its way; that it was queued was heard"
UPDATE mail SET state = 1, holder = :holder, lease_until = :until, attempts = attempts + 1
WHERE org_id = :org AND id = :id AND (state = 0 OR (state = 1 AND lease_until < :real));

--! mail_settle exec
--  in   id id, holder text, state int, words text, sent instant?, next_try instant, given_back int
--  unheard "how far a mail has got on its way; that it was queued was heard"
UPDATE mail SET state = :state, last_words = :words, sent = :sent, next_try = :next_try,
  attempts = attempts - :given_back, holder = NULL, lease_until = NULL
WHERE org_id = :org AND id = :id AND holder = :holder AND state = 1;

--! mail_empty exec
--  in   id id
--  unheard "a link that signs in is not kept once it is sent"
UPDATE mail SET body_text = '', body_html = ''
WHERE org_id = :org AND id = :id AND kind = 'account' AND state = 2;

--! mail_retry exec
--  in   id id
UPDATE mail SET state = 0, attempts = 0, next_try = :now, queued = :now
WHERE org_id = :org AND id = :id AND state = 3;

--! mail_retry_all exec
UPDATE mail SET state = 0, attempts = 0, next_try = :now, queued = :now
WHERE org_id = :org AND state = 3;

--! mail_counts many
--  out  state int, count int
SELECT m.state, COUNT(*) AS count FROM mail m WHERE m.org_id = :org GROUP BY m.state
ORDER BY m.state;

--! mail_list many
--  in   state int, offset int, limit int
--  out  id id, kind text, person id?, address text, name text, subject text, method text,
--       state int, queued instant, next_try instant, attempts int, last_words text, sent instant?
SELECT m.id, m.kind, m.person_id AS person, m.address, m.name, m.subject, m.method, m.state,
  m.queued, m.next_try, m.attempts, m.last_words, m.sent
FROM mail m WHERE m.org_id = :org AND (:state < 0 OR m.state = :state)
ORDER BY m.id DESC LIMIT :limit OFFSET :offset;

--! mail_get one
--  in   id id
--  out  id id, message_id text, kind text, person id?, address text, name text, subject text,
--       body_text text, calendar text, method text, answer_token text, stop_token text, state int,
--       queued instant, next_try instant, attempts int, last_words text, sent instant?,
--       object_kind text, object id
SELECT m.id, m.message_id, m.kind, m.person_id AS person, m.address, m.name, m.subject,
  m.body_text, m.calendar, m.method, m.answer_token, m.stop_token, m.state, m.queued, m.next_try,
  m.attempts, m.last_words, m.sent, m.object_kind, m.object_id AS object
FROM mail m WHERE m.org_id = :org AND m.id = :id;

-- Simulated time may lie far from what a server was last tried at: leases and pauses of services
-- are by the real clock.
--! service_get one
--  in   name text
--  out  worked instant?, failed instant?, failures int, next_try instant, words text,
--       validity int, last_uid int, strays int, fill int, note text
SELECT worked, failed, failures, next_try, words, validity, last_uid, strays, fill, note
FROM mail_service WHERE name = :name;

--! service_ensure exec
--  in   name text
--  unheard "how the installation gets on with a server"
INSERT INTO mail_service (name) VALUES (:name) ON CONFLICT (name) DO NOTHING;

--! service_worked exec
--  in   name text
--  unheard "how the installation gets on with a server"
UPDATE mail_service SET worked = :now, failed = NULL, failures = 0, next_try = 0, words = ''
WHERE name = :name;

--! service_failed exec
--  in   name text, next_try instant, words text
--  unheard "how the installation gets on with a server"
UPDATE mail_service SET failed = COALESCE(failed, :now), failures = failures + 1,
  next_try = :next_try, words = :words
WHERE name = :name;

--! service_lease exec
--  in   name text, holder text, real instant, until instant
--  unheard "how the installation gets on with a server"
UPDATE mail_service SET holder = :holder, lease_until = :until
WHERE name = :name AND (holder IS NULL OR holder = :holder OR lease_until < :real);

--! service_release exec
--  in   name text, holder text
--  unheard "how the installation gets on with a server"
UPDATE mail_service SET holder = NULL, lease_until = NULL WHERE name = :name AND holder = :holder;

-- Done by whoever holds the mailbox, and only forward: nobody does the same mails twice.
--! service_read_up_to exec
--  in   validity int, uid int, strays int, holder text
--  unheard "how the installation gets on with a server"
UPDATE mail_service SET validity = :validity, last_uid = :uid, strays = strays + :strays
WHERE name = 'imap' AND holder = :holder AND (validity <> :validity OR last_uid < :uid);

--! service_mailbox exec
--  in   fill int, note text
--  unheard "how the installation gets on with a server"
UPDATE mail_service SET fill = :fill, note = :note WHERE name = 'imap';
