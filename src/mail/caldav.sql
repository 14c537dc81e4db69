-- SPDX-License-Identifier: Apache-2.0
--! caldav_organisations one
--  out  count int
SELECT COUNT(*) AS count FROM organisation;

--! caldav_due many
--  in   until date, limit int
--  out  id id, state int, edition int, etag text?
SELECT a.id, a.state, a.version AS edition, e.etag
FROM activity a
LEFT JOIN caldav_event e ON e.activity_id = a.id AND e.org_id = a.org_id
WHERE a.org_id = :org
  AND ((e.activity_id IS NULL AND a.state < 3 AND a.due >= :today AND a.due <= :until)
       OR (e.state = 0 AND e.edition < a.version))
ORDER BY a.due, a.id LIMIT :limit;

--! caldav_put exec
--  in   activity id, etag text, edition int, state int, words text
--  unheard "how far another calendar follows the diary"
INSERT INTO caldav_event (org_id, activity_id, etag, edition, state, words, pushed)
VALUES (:org, :activity, :etag, :edition, :state, :words, :now)
ON CONFLICT (org_id, activity_id) DO UPDATE SET etag = excluded.etag, edition = excluded.edition,
  state = excluded.state, words = excluded.words, pushed = excluded.pushed
WHERE caldav_event.org_id = :org;

--! caldav_conflicts many
--  in   limit int
--  out  activity id, title text, words text
SELECT e.activity_id AS activity, a.title, e.words
FROM caldav_event e JOIN activity a ON a.id = e.activity_id AND a.org_id = e.org_id
WHERE e.org_id = :org AND e.state = 1 ORDER BY a.due LIMIT :limit;

--! calendar_slug one
--  out  slug text
SELECT slug FROM organisation WHERE id = :org;
