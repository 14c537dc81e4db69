-- SPDX-License-Identifier: Apache-2.0
--! quorum_answer one
--  in   activity id, person id
--  out  answer text, delegate text
SELECT answer, delegate FROM mail_invitation
WHERE org_id = :org AND activity_id = :activity AND person_id = :person AND state = 0;

--! quorum_meetings many
--  in   person id, from date, until date, except id
--  out  due date, start_minute int, duration_minutes int, zone text
SELECT a.due, a.start_minute, a.duration_minutes, COALESCE(s.time_zone, o.time_zone) AS zone
FROM activity_person ap
JOIN activity a ON a.id = ap.activity_id AND a.org_id = ap.org_id
JOIN organisation o ON o.id = a.org_id
LEFT JOIN site s ON s.id = a.site_id AND s.org_id = a.org_id
WHERE ap.org_id = :org AND ap.person_id = :person AND a.state < 3 AND a.id <> :except
  AND a.due >= :from AND a.due <= :until
UNION
SELECT b.due, b.start_minute, b.duration_minutes, COALESCE(t.time_zone, p.time_zone) AS zone
FROM activity b
JOIN organisation p ON p.id = b.org_id
LEFT JOIN site t ON t.id = b.site_id AND t.org_id = b.org_id
WHERE b.org_id = :org AND b.owner_person = :person AND b.state < 3 AND b.id <> :except
  AND b.kind <> 'control_check' AND b.due >= :from AND b.due <= :until
ORDER BY 1, 2;

--! quorum_told one
--  in   once text
--  out  id id
SELECT id FROM mail WHERE org_id = :org AND once_key = :once;
