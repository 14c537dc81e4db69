-- SPDX-License-Identifier: Apache-2.0
-- What came back.

--! answer_token one
--  in   token text
--  out  org id, purpose text, object id
SELECT organisation_id AS org, purpose, object_id AS object FROM mail_token WHERE token = :token;

--! answer_zone one
--  in   org_id id
--  out  time_zone text
SELECT time_zone FROM organisation WHERE id = :org_id;

--! answer_same one
--  in   fingerprint text
--  out  id id
SELECT MIN(id) AS id FROM mail_answer WHERE org_id = :org AND fingerprint = :fingerprint
GROUP BY org_id;

--! answer_insert insert
--  in   activity id?, invitation id?, fingerprint text, from_address text, attendee text,
--       method text, answer text, comment text, delegate text, sequence int, stamp instant?,
--       proposed_from instant?, proposed_until instant?, outcome text, why text
INSERT INTO mail_answer (org_id, activity_id, invitation_id, received, fingerprint, from_address,
  attendee, method, answer, comment, delegate, sequence, stamp, proposed_from, proposed_until,
  outcome, why)
VALUES (:org, :activity, :invitation, :now, :fingerprint, :from_address, :attendee, :method,
  :answer, :comment, :delegate, :sequence, :stamp, :proposed_from, :proposed_until, :outcome, :why);

--! answer_set exec
--  in   id id, answer text, stamp instant, by text, comment text, delegate text, version int
UPDATE mail_invitation SET answer = :answer, answered = :now, answer_stamp = :stamp,
  answered_by = :by, comment = :comment, delegate = :delegate, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! answer_get one
--  in   id id
--  out  id id, activity id?, invitation id?, received instant, from_address text, attendee text,
--       method text, answer text, comment text, delegate text, sequence int, stamp instant?,
--       proposed_from instant?, proposed_until instant?, outcome text, why text, settled instant?,
--       settled_as text, version int
SELECT a.id, a.activity_id AS activity, a.invitation_id AS invitation, a.received, a.from_address,
  a.attendee, a.method, a.answer, a.comment, a.delegate, a.sequence, a.stamp, a.proposed_from,
  a.proposed_until, a.outcome, a.why, a.settled, a.settled_as, a.version
FROM mail_answer a WHERE a.org_id = :org AND a.id = :id;

--! answer_settle exec
--  in   id id, as text, version int
UPDATE mail_answer SET settled = :now, settled_by = NULLIF(:actor, 0), settled_as = :as,
  version = version + 1
WHERE org_id = :org AND id = :id AND version = :version AND settled IS NULL;

--! answer_list many
--  in   activity id, open bool, limit int
--  out  id id, activity id?, title text?, received instant, from_address text, attendee text,
--       method text, answer text, comment text, proposed_from instant?, proposed_until instant?,
--       outcome text, why text, settled instant?, settled_as text
SELECT a.id, a.activity_id AS activity, v.title, a.received, a.from_address, a.attendee, a.method,
  a.answer, a.comment, a.proposed_from, a.proposed_until, a.outcome, a.why, a.settled, a.settled_as
FROM mail_answer a LEFT JOIN activity v ON v.id = a.activity_id AND v.org_id = a.org_id
WHERE a.org_id = :org AND (:activity = 0 OR a.activity_id = :activity)
  AND (:open = 0 OR (a.settled IS NULL AND a.outcome IN ('held', 'proposed')))
ORDER BY a.id DESC LIMIT :limit;

--! busy_add exec
--  in   person id, from instant, until instant, source text
INSERT INTO person_busy (org_id, person_id, from_at, until_at, source)
VALUES (:org, :person, :from, :until, :source);

--! busy_clear exec
--  in   person id, source text
DELETE FROM person_busy WHERE org_id = :org AND person_id = :person AND source = :source;

--! busy_of many
--  in   person id, from instant, until instant
--  out  from_at instant, until_at instant
SELECT from_at, until_at FROM person_busy
WHERE org_id = :org AND person_id = :person AND until_at > :from AND from_at < :until
ORDER BY from_at LIMIT 3000;
