-- SPDX-License-Identifier: Apache-2.0
--! caldav_organisations one
--  out  count int
SELECT COUNT(*) AS count FROM organisation;

-- What was not put yet, has changed since, or was in conflict and is decided.
--! caldav_due many
--  in   until date, limit int
--  out  id id, state int, edition int, etag text?
SELECT a.id, a.state, a.version AS edition,
  CASE WHEN e.state = 1 THEN e.their_etag ELSE e.etag END AS etag
FROM activity a
LEFT JOIN caldav_event e ON e.activity_id = a.id AND e.org_id = a.org_id
WHERE a.org_id = :org
  AND ((e.activity_id IS NULL AND a.state < 3 AND a.due >= :today AND a.due <= :until)
       OR (e.state = 0 AND e.edition < a.version)
       OR (e.state = 1 AND (e.wish = 1 OR (e.wish = 2 AND a.sequence > e.left_sequence))))
ORDER BY a.due, a.id LIMIT :limit;

--! caldav_put exec
--  in   activity id, etag text, edition int, state int, words text, their_etag text
--  unheard "how far another calendar follows the diary"
INSERT INTO caldav_event (org_id, activity_id, etag, edition, state, words, pushed, their_etag)
VALUES (:org, :activity, :etag, :edition, :state, :words, :now, :their_etag)
ON CONFLICT (org_id, activity_id) DO UPDATE SET etag = excluded.etag, edition = excluded.edition,
  state = excluded.state, words = excluded.words, pushed = excluded.pushed, wish = 0,
  their_etag = excluded.their_etag
WHERE caldav_event.org_id = :org;

--! caldav_conflicts many
--  in   limit int
--  out  activity id, title text, due date, words text, wish int
SELECT e.activity_id AS activity, a.title, a.due, e.words, e.wish
FROM caldav_event e JOIN activity a ON a.id = e.activity_id AND a.org_id = e.org_id
WHERE e.org_id = :org AND e.state = 1 ORDER BY e.wish, a.due, a.id LIMIT :limit;

--! caldav_settle exec
--  in   activity id, wish int
UPDATE caldav_event SET wish = :wish, left_sequence =
  (SELECT a.sequence FROM activity a WHERE a.id = :activity AND a.org_id = :org)
WHERE org_id = :org AND activity_id = :activity AND state = 1 AND wish <> :wish;

--! calendar_slug one
--  out  slug text
SELECT slug FROM organisation WHERE id = :org;
