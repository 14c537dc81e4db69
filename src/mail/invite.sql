-- SPDX-License-Identifier: Apache-2.0
-- Who is invited to what.

--! invite_choice one
--  in   kind text
--  out  who int
SELECT who FROM mail_kind_choice WHERE org_id = :org AND kind = :kind;

--! invite_choice_put exec
--  in   kind text, who int
INSERT INTO mail_kind_choice (org_id, kind, who) VALUES (:org, :kind, :who)
ON CONFLICT (org_id, kind) DO UPDATE SET who = excluded.who WHERE mail_kind_choice.org_id = :org;

--! invite_people many
--  in   activity id
--  out  person id, name text, email text?, owner bool
SELECT p.id AS person, p.name, p.email, MAX(w.owner) AS owner
FROM (
  SELECT ap.person_id AS person, 0 AS owner FROM activity_person ap
  WHERE ap.org_id = :org AND ap.activity_id = :activity
  UNION ALL
  SELECT COALESCE(a.owner_person, q.person_id) AS person, 1 AS owner
  FROM activity a LEFT JOIN position q ON q.id = a.owner_position AND q.org_id = a.org_id
  WHERE a.org_id = :org AND a.id = :activity
  UNION ALL
  -- A management review stands in management's diaries before anybody has prepared it.
  SELECT r.person_id AS person, 0 AS owner
  FROM activity v JOIN person_role r ON r.org_id = v.org_id
  WHERE v.org_id = :org AND v.id = :activity AND v.kind = 'management_review'
    AND r.role IN (1, 2) AND (r.until IS NULL OR r.until >= :today)
    AND NOT EXISTS (SELECT 1 FROM activity_person x
                    WHERE x.org_id = :org AND x.activity_id = v.id)
) AS w
JOIN person p ON p.id = w.person
WHERE p.org_id = :org AND p.erased = 0 AND (p.left_on IS NULL OR p.left_on >= :today)
GROUP BY p.id, p.name, p.email
ORDER BY p.name, p.id;

--! invite_rows many
--  in   activity id
--  out  id id, person id, name text, address text, token text, state int, sequence int, told text,
--       invited instant, answer text, answered instant?, answer_stamp instant?, answered_by text,
--       comment text, delegate text, version int
SELECT i.id, i.person_id AS person, p.name, i.address, i.token, i.state, i.sequence, i.told,
  i.invited, i.answer, i.answered, i.answer_stamp, i.answered_by, i.comment, i.delegate, i.version
FROM mail_invitation i JOIN person p ON p.id = i.person_id AND p.org_id = i.org_id
WHERE i.org_id = :org AND i.activity_id = :activity
ORDER BY p.name, i.id;

--! invite_row one
--  in   id id
--  out  id id, activity id, person id, name text, address text, token text, state int,
--       sequence int, told text, invited instant, answer text, answered instant?,
--       answer_stamp instant?, answered_by text, comment text, delegate text, version int
SELECT i.id, i.activity_id AS activity, i.person_id AS person, p.name, i.address, i.token, i.state,
  i.sequence, i.told, i.invited, i.answer, i.answered, i.answer_stamp, i.answered_by, i.comment,
  i.delegate, i.version
FROM mail_invitation i JOIN person p ON p.id = i.person_id AND p.org_id = i.org_id
WHERE i.org_id = :org AND i.id = :id;

--! invite_insert insert
--  in   activity id, person id, address text, sequence int, told text
INSERT INTO mail_invitation (org_id, activity_id, person_id, address, token, sequence, told,
  invited)
VALUES (:org, :activity, :person, :address, '', :sequence, :told, :now);

--! invite_set_token exec
--  in   id id, token text
UPDATE mail_invitation SET token = :token WHERE org_id = :org AND id = :id;

--! invite_set_told exec
--  in   id id, address text, state int, sequence int, told text, ask_again int
--  blind "told in the transaction of the activity's own change, which compares versions"
UPDATE mail_invitation SET address = :address, state = :state, sequence = :sequence, told = :told,
  answer = CASE WHEN :ask_again = 1 THEN 'needs_action' ELSE answer END,
  delegate = CASE WHEN :ask_again = 1 THEN '' ELSE delegate END,
  version = version + 1
WHERE org_id = :org AND id = :id;

--! invite_forget exec
--  in   id id
DELETE FROM mail_invitation WHERE org_id = :org AND id = :id;

--! invite_last_reason one
--  in   activity id
--  out  reason text
SELECT m.reason FROM activity_move m
WHERE m.org_id = :org AND m.activity_id = :activity ORDER BY m.id DESC LIMIT 1;

--! invite_due many
--  in   until date, limit int
--  out  id id
SELECT a.id FROM activity a
LEFT JOIN mail_kind_choice k ON k.org_id = a.org_id AND k.kind = a.kind
WHERE a.org_id = :org AND a.state < 3 AND a.due >= :today AND a.due <= :until
  AND (COALESCE(k.who, CASE WHEN a.kind IN ('management_review', 'audit', 'exercise_continuity',
         'exercise_evacuation', 'exercise_recovery', 'risk_workshop') THEN 2 ELSE 0 END) = 2
       OR EXISTS (SELECT 1 FROM activity_person ap
                  WHERE ap.org_id = :org AND ap.activity_id = a.id))
  AND (NOT EXISTS (SELECT 1 FROM mail_invitation i
                   WHERE i.org_id = :org AND i.activity_id = a.id)
       OR EXISTS (SELECT 1 FROM mail_invitation j
                  WHERE j.org_id = :org AND j.activity_id = a.id AND j.state = 0
                    AND j.sequence < a.sequence))
ORDER BY a.due, a.id LIMIT :limit;

--! invite_stale many
--  in   limit int
--  out  id id
SELECT DISTINCT a.id FROM mail_invitation i
JOIN activity a ON a.id = i.activity_id AND a.org_id = i.org_id
WHERE i.org_id = :org AND i.state = 0 AND a.state = 4
ORDER BY a.id LIMIT :limit;
