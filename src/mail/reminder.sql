-- SPDX-License-Identifier: Apache-2.0
--! reminder_slug one
--  out  slug text
SELECT slug FROM organisation WHERE id = :org;

--! reminder_due many
--  in   until date, limit int
--  out  id id, kind text, title text, why text, due date, latest date, owner id?, owner_name text?,
--       position text?, manager id?
SELECT a.id, a.kind, a.title, a.why, a.due, a.latest, p.id AS owner, p.name AS owner_name,
  q.title AS position, m.id AS manager
FROM activity a
JOIN duty d ON d.id = a.duty_id AND d.org_id = a.org_id
LEFT JOIN position q ON q.id = a.owner_position AND q.org_id = a.org_id
LEFT JOIN person p ON p.id = COALESCE(a.owner_person, q.person_id) AND p.org_id = a.org_id
  AND p.erased = 0 AND (p.left_on IS NULL OR p.left_on >= :today)
LEFT JOIN person m ON m.id = p.manager_id AND m.org_id = p.org_id AND m.erased = 0
  AND (m.left_on IS NULL OR m.left_on >= :today)
WHERE a.org_id = :org AND a.state < 3 AND a.due <= :until
  AND (d.paused_on IS NULL OR d.paused_on > :today OR (d.paused_until IS NOT NULL
       AND d.paused_until < :today))
ORDER BY a.due, a.id LIMIT :limit;

--! reminder_said exec
--  in   activity id, person id, stage text, due date
--  unheard "the mail itself is heard"
INSERT INTO mail_reminder (org_id, activity_id, person_id, stage, due, said)
VALUES (:org, :activity, :person, :stage, :due, :now)
ON CONFLICT (org_id, activity_id, person_id, stage, due) DO NOTHING;

--! reminder_void exec
--  unheard "what made it void is heard"
UPDATE mail SET state = 4
WHERE org_id = :org AND state IN (0, 5) AND attempts = 0 AND object_kind = 'activity'
  AND ((kind IN ('reminder', 'preparation', 'escalation')
        AND object_id IN (SELECT a.id FROM activity a WHERE a.org_id = :org AND a.state >= 3))
       OR (kind = 'invitation' AND method = 'REQUEST'
           AND object_id IN (SELECT b.id FROM activity b WHERE b.org_id = :org
                             AND (b.state = 3 OR b.due < :today))));

-- One that a server put off again and again is not sent after a newer one about the same.
--! reminder_overtaken exec
--  unheard "the newer one is heard"
UPDATE mail SET state = 4
WHERE org_id = :org AND state = 0 AND attempts > 0 AND topic <> ''
  AND kind IN ('reminder', 'preparation', 'escalation')
  AND id < (SELECT MAX(n.id) FROM mail n WHERE n.org_id = :org AND n.topic = mail.topic
            AND n.person_id = mail.person_id AND n.state IN (0, 1, 2));
