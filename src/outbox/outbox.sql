-- SPDX-License-Identifier: Apache-2.0
-- What queueing needs.

--! mail_reader one
--  in   person id
--  out  name text, email text?, zone text, quiet_from int?, quiet_until int?, digest int?,
--       stopped int?
SELECT p.name, p.email, COALESCE(a.time_zone, s.time_zone, o.time_zone) AS zone,
  m.quiet_from, m.quiet_until, m.digest, m.stopped
FROM person p
JOIN organisation o ON o.id = p.org_id
LEFT JOIN account a ON a.id = p.account_id
LEFT JOIN site s ON s.id = p.site_id AND s.org_id = p.org_id
LEFT JOIN mail_choice m ON m.person_id = p.id AND m.org_id = p.org_id
WHERE p.org_id = :org AND p.id = :person AND p.erased = 0
  AND (p.left_on IS NULL OR p.left_on >= :today);

--! mail_language one
--  in   person id
--  out  language text?
SELECT COALESCE(a.language, o.language) AS language
FROM organisation o
LEFT JOIN person p ON p.org_id = :org AND p.id = :person
LEFT JOIN account a ON a.id = p.account_id
WHERE o.id = :org;

--! mail_organisation one
--  out  name text, slug text
SELECT name, slug FROM organisation WHERE id = :org;

--! mail_said one
--  in   once text
--  out  id id
SELECT id FROM mail WHERE org_id = :org AND once_key = :once;

--! mail_insert insert
--  in   message_id text, kind text, person id?, address text, name text, subject text,
--       body_text text, body_html text, calendar text, method text, answer_token text,
--       stop_token text, once_key text?, topic text, object_kind text, object id, state int,
--       next_try instant
INSERT INTO mail (org_id, message_id, kind, person_id, address, name, subject, body_text,
  body_html, calendar, method, answer_token, stop_token, once_key, topic, object_kind, object_id,
  state, queued, next_try)
VALUES (:org, :message_id, :kind, :person, :address, :name, :subject, :body_text, :body_html,
  :calendar, :method, :answer_token, :stop_token, :once_key, :topic, :object_kind, :object, :state,
  :now, :next_try);

--! mail_withdraw exec
--  in   topic text, person id
--  unheard "what takes its place, or the change that made it void, is heard"
UPDATE mail SET state = 4
WHERE org_id = :org AND topic = :topic AND person_id = :person AND state = 0 AND attempts = 0;

--! mail_of_topic one
--  in   topic text, person id
--  out  count int
SELECT COUNT(*) AS count FROM mail
WHERE org_id = :org AND topic = :topic AND person_id = :person AND state <> 4;

--! mail_forget exec
--  in   person id
--  unheard "the person's erasure is heard"
UPDATE mail SET address = '', name = '', subject = '', body_text = '', body_html = '',
  calendar = '', last_words = '', state = CASE WHEN state IN (0, 1, 5) THEN 4 ELSE state END
WHERE org_id = :org AND person_id = :person;

--! mail_forget_invitation exec
--  in   person id
--  unheard "the person's erasure is heard"
UPDATE mail_invitation SET address = '', comment = '', delegate = ''
WHERE org_id = :org AND person_id = :person;

--! mail_forget_answer exec
--  in   person id
--  unheard "the person's erasure is heard"
UPDATE mail_answer SET from_address = '', attendee = '', comment = '', delegate = ''
WHERE org_id = :org AND invitation_id IN
  (SELECT i.id FROM mail_invitation i WHERE i.org_id = :org AND i.person_id = :person);

--! mail_forget_busy exec
--  in   person id
--  unheard "the person's erasure is heard"
DELETE FROM person_busy WHERE org_id = :org AND person_id = :person;

-- In what others are sent or were sent.
--! mail_forget_words exec
--  in   words text, stands text
--  unheard "the person's erasure is heard"
UPDATE mail SET subject = replace(subject, :words, :stands),
  body_text = replace(body_text, :words, :stands),
  body_html = replace(body_html, :words, :stands), calendar = replace(calendar, :words, :stands)
WHERE org_id = :org AND subject || body_text || body_html || calendar <>
  replace(subject || body_text || body_html || calendar, :words, :stands);

-- Their answers stand in the ledger beside the activity. heard: how an entry of theirs says so.
--! mail_heard_of many
--  in   heard text
--  out  activity id, count int
SELECT e.object_id AS activity, COUNT(*) AS count FROM ledger_personal p
JOIN ledger_entry e ON e.org_id = p.org_id AND e.seq = p.entry
WHERE p.org_id = :org AND p.value IS NOT NULL AND e.object_kind = 'activity'
  AND (e.action LIKE 'answer.%' OR e.action = 'invitation.answered') AND e.body LIKE :heard
GROUP BY e.object_id ORDER BY e.object_id;

--! mail_forget_heard exec
--  in   heard text
UPDATE ledger_personal SET salt = NULL, value = NULL
WHERE org_id = :org AND value IS NOT NULL
  AND entry IN (SELECT e.seq FROM ledger_entry e
                WHERE e.org_id = :org AND e.object_kind = 'activity'
                  AND (e.action LIKE 'answer.%' OR e.action = 'invitation.answered')
                  AND e.body LIKE :heard);

--! mail_role_people many
--  in   role int
--  out  person id
SELECT DISTINCT r.person_id AS person
FROM person_role r JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.role = :role AND (r.until IS NULL OR r.until >= :today)
  AND p.erased = 0 AND p.email IS NOT NULL
ORDER BY r.person_id;

--! mail_token_add exec
--  in   token text, purpose text, object id
--  unheard "the mail that carries it is heard"
INSERT INTO mail_token (token, organisation_id, purpose, object_id)
VALUES (:token, :org, :purpose, :object)
ON CONFLICT (token) DO NOTHING;

--! mail_token_of one
--  in   purpose text, object id
--  out  token text
SELECT MIN(token) AS token FROM mail_token
WHERE organisation_id = :org AND purpose = :purpose AND object_id = :object
GROUP BY organisation_id;
