-- SPDX-License-Identifier: Apache-2.0
--! choice_get one
--  in   person id
--  out  quiet_from int, quiet_until int, digest int, stopped bool, version int
SELECT quiet_from, quiet_until, digest, stopped, version FROM mail_choice
WHERE org_id = :org AND person_id = :person;

--! choice_insert exec
--  in   person id
INSERT INTO mail_choice (org_id, person_id) VALUES (:org, :person)
ON CONFLICT (org_id, person_id) DO NOTHING;

--! choice_set exec
--  in   person id, quiet_from int, quiet_until int, digest int, stopped bool, version int
UPDATE mail_choice SET quiet_from = :quiet_from, quiet_until = :quiet_until, digest = :digest,
  stopped = :stopped, version = version + 1
WHERE org_id = :org AND person_id = :person AND version = :version;

--! choice_person one
--  in   person id
--  out  email text?
SELECT email FROM person WHERE org_id = :org AND id = :person AND erased = 0;

--! choice_busy one
--  in   person id
--  out  count int
SELECT COUNT(*) AS count FROM person_busy
WHERE org_id = :org AND person_id = :person AND source = 'published' AND until_at > :now;

--! digest_people many
--  out  person id, name text, digest int, zone text, oldest instant
SELECT p.id AS person, p.name, COALESCE(h.digest, 0) AS digest,
  COALESCE(a.time_zone, s.time_zone, o.time_zone) AS zone, MIN(m.queued) AS oldest
FROM mail m
JOIN person p ON p.id = m.person_id AND p.org_id = m.org_id
JOIN organisation o ON o.id = p.org_id
LEFT JOIN account a ON a.id = p.account_id
LEFT JOIN site s ON s.id = p.site_id AND s.org_id = p.org_id
LEFT JOIN mail_choice h ON h.person_id = p.id AND h.org_id = p.org_id
WHERE m.org_id = :org AND m.state = 5
GROUP BY p.id, p.name, h.digest, a.time_zone, s.time_zone, o.time_zone
ORDER BY p.id;

--! digest_mails many
--  in   person id
--  out  id id, kind text, subject text, object_kind text, object id
SELECT m.id, m.kind, m.subject, m.object_kind, m.object_id AS object
FROM mail m WHERE m.org_id = :org AND m.person_id = :person AND m.state = 5
ORDER BY m.id LIMIT 200;

--! digest_take exec
--  in   person id, last id, digest id
UPDATE mail SET state = 6, digest_id = :digest
WHERE org_id = :org AND person_id = :person AND state = 5 AND id <= :last;
