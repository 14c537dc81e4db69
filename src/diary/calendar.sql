-- SPDX-License-Identifier: Apache-2.0

--! calendar_events each
--  alone "an event is written from its row alone"
--  in   whole bool, person id, position id, role int, only id
--  out  id id, uid text, sequence int, kind text, state int, title text, why text, earliest date, due date, latest date, held_on date?, start_minute int, duration_minutes int, changed instant, zone text, site text?, address text?, owner text?, version int
--@sqlite
SELECT a.id, a.uid, a.sequence, a.kind, a.state, a.title, a.why, a.earliest, a.due, a.latest,
  a.held_on, a.start_minute, a.duration_minutes, a.changed,
  COALESCE(s.time_zone, o.time_zone) AS zone, s.name AS site, s.address,
  COALESCE(p.name, q.title) AS owner, a.version
-- CROSS JOIN keeps the order: from the few that are meant to their rows, never the other way round.
-- SQLite gathers the ids in a tree and reads them in its order, so there nothing is sorted again.
FROM (
  SELECT id FROM activity WHERE org_id = :org AND :whole = 1
  UNION
  SELECT id FROM activity WHERE org_id = :org AND owner_person = :person
  UNION
  SELECT id FROM activity WHERE org_id = :org AND owner_position = :position
  UNION
  SELECT b.id FROM position h CROSS JOIN activity b
  WHERE h.org_id = :org AND h.person_id = :person
    AND b.org_id = :org AND b.owner_position = h.id
  UNION
  SELECT activity_id FROM activity_person WHERE org_id = :org AND person_id = :person
  UNION
  SELECT b.id FROM person_role r CROSS JOIN activity b
  WHERE r.org_id = :org AND r.role = :role AND (r.until IS NULL OR r.until >= :today)
    AND b.org_id = :org AND b.owner_person = r.person_id
) AS mine
CROSS JOIN activity a
JOIN organisation o ON o.id = a.org_id
LEFT JOIN site s ON s.id = a.site_id AND s.org_id = a.org_id
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position q ON q.id = a.owner_position AND q.org_id = a.org_id
WHERE a.id = mine.id AND a.org_id = :org AND (:only = 0 OR mine.id = :only)
--@postgres
-- The ids are an array made once, so that the events are looked up whatever PostgreSQL expects.
SELECT a.id, a.uid, a.sequence, a.kind, a.state, a.title, a.why, a.earliest, a.due, a.latest,
  a.held_on, a.start_minute, a.duration_minutes, a.changed,
  COALESCE(s.time_zone, (SELECT o.time_zone FROM organisation o WHERE o.id = :org)) AS zone,
  s.name AS site, s.address,
  COALESCE((SELECT p.name FROM person p WHERE p.id = a.owner_person AND p.org_id = :org),
           (SELECT q.title FROM position q WHERE q.id = a.owner_position AND q.org_id = :org))
    AS owner, a.version
FROM activity a
LEFT JOIN site s ON s.id = a.site_id AND s.org_id = a.org_id
WHERE a.org_id = :org AND a.id = ANY (ARRAY(
  SELECT id FROM activity WHERE org_id = :org AND :whole = 1
  UNION
  SELECT id FROM activity WHERE org_id = :org AND owner_person = :person
  UNION
  SELECT id FROM activity WHERE org_id = :org AND owner_position = :position
  UNION
  SELECT b.id FROM position h CROSS JOIN activity b
  WHERE h.org_id = :org AND h.person_id = :person
    AND b.org_id = :org AND b.owner_position = h.id
  UNION
  SELECT activity_id FROM activity_person WHERE org_id = :org AND person_id = :person
  UNION
  SELECT b.id FROM person_role r CROSS JOIN activity b
  WHERE r.org_id = :org AND r.role = :role AND (r.until IS NULL OR r.until >= :today)
    AND b.org_id = :org AND b.owner_person = r.person_id))
  AND (:only = 0 OR a.id = :only)
ORDER BY a.id
--@both
;

-- Of anything but the whole: the same activities in the same order, but only which, and at which
-- version.
--! calendar_ids many
--  in   person id, position id, role int
--  out  id id, version int
SELECT a.id, a.version
--@sqlite
FROM (
--@postgres
FROM activity a WHERE a.org_id = :org AND a.id = ANY (ARRAY(
--@both
  SELECT id FROM activity WHERE org_id = :org AND owner_person = :person
  UNION
  SELECT id FROM activity WHERE org_id = :org AND owner_position = :position
  UNION
  SELECT b.id FROM position h CROSS JOIN activity b
  WHERE h.org_id = :org AND h.person_id = :person
    AND b.org_id = :org AND b.owner_position = h.id
  UNION
  SELECT activity_id FROM activity_person WHERE org_id = :org AND person_id = :person
  UNION
  SELECT b.id FROM person_role r CROSS JOIN activity b
  WHERE r.org_id = :org AND r.role = :role AND (r.until IS NULL OR r.until >= :today)
    AND b.org_id = :org AND b.owner_person = r.person_id
--@sqlite
) AS mine CROSS JOIN activity a WHERE a.id = mine.id AND a.org_id = :org
--@postgres
)) ORDER BY a.id
--@both
;

--! calendar_span one
--  out  first_day date?, last_day date?
SELECT (SELECT MIN(due) FROM activity WHERE org_id = :org) AS first_day,
  (SELECT MAX(due) FROM activity WHERE org_id = :org) AS last_day;

--! calendar_places many
--  out  zone text
SELECT time_zone AS zone FROM organisation WHERE id = :org
UNION
SELECT time_zone FROM site WHERE org_id = :org
ORDER BY 1;

--! calendar_head one
--  out  slug text, name text
SELECT o.slug, o.name FROM organisation o WHERE o.id = :org;

--! calendar_person one
--  in   email text
--  out  id id, name text
SELECT id, name FROM person WHERE org_id = :org AND email = :email AND erased = 0;
