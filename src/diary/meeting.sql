-- SPDX-License-Identifier: Apache-2.0
--! activity_place one
--  in   activity id
--  out  location text, link text
SELECT location, link FROM activity_place WHERE org_id = :org AND activity_id = :activity;

--! activity_place_put exec
--  in   activity id, location text, link text
INSERT INTO activity_place (org_id, activity_id, location, link)
VALUES (:org, :activity, :location, :link)
ON CONFLICT (org_id, activity_id) DO UPDATE SET location = excluded.location, link = excluded.link
WHERE activity_place.org_id = :org;

--! activity_of_meeting one
--  in   id id
--  out  kind text, owner id?
SELECT a.kind, COALESCE(a.owner_person, q.person_id) AS owner
FROM activity a LEFT JOIN position q ON q.id = a.owner_position AND q.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id;

--! meeting_management many
--  in   activity id
--  out  person id, takes_part bool
SELECT DISTINCT r.person_id AS person,
  CASE WHEN ap.person_id IS NULL THEN 0 ELSE 1 END AS takes_part
FROM person_role r
JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
LEFT JOIN activity_person ap ON ap.person_id = r.person_id AND ap.org_id = r.org_id
  AND ap.activity_id = :activity
WHERE r.org_id = :org AND r.role = 2 AND (r.until IS NULL OR r.until >= :today)
  AND p.erased = 0 AND (p.left_on IS NULL OR p.left_on >= :today)
ORDER BY r.person_id;

--! activity_recall exec
--  in   id id, version int
UPDATE activity SET sequence = sequence + 1, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;
