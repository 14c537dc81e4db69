-- SPDX-License-Identifier: Apache-2.0
-- Everything that can be found; each engine searches in its own way.

--! search_old one
--  in  kind text, object id
--  out id id, title text, body text, place text
SELECT id, title, body, place FROM search_entry
WHERE org_id = :org AND kind = :kind AND object_id = :object;

--! search_write insert
--  in  kind text, object id, title text, body text, place text
--  unheard "derived from what it finds; `daybook rebuild` makes it anew"
--  later "PostgreSQL keeps its index in the row and needs no id"
INSERT INTO search_entry (org_id, kind, object_id, title, body, place
--@postgres
  , words
--@both
) VALUES (:org, :kind, :object, :title, :body, :place
--@postgres
  , setweight(to_tsvector('simple', :title), 'A') || setweight(to_tsvector('simple', :body), 'B')
--@both
)
ON CONFLICT (org_id, kind, object_id)
DO UPDATE SET title = excluded.title, body = excluded.body,
--@postgres
  words = excluded.words,
--@both
  place = excluded.place;

--! search_index_add exec
--  in  id id, title text, body text
--  unheard "derived from what it finds; `daybook rebuild` makes it anew"
--@sqlite
INSERT INTO search_index (rowid, title, body)
SELECT e.id, :title, :body FROM search_entry e WHERE e.org_id = :org AND e.id = :id;
--@postgres
UPDATE search_entry SET words = setweight(to_tsvector('simple', :title), 'A') ||
  setweight(to_tsvector('simple', :body), 'B')
WHERE org_id = :org AND id = :id;

--! search_index_drop exec
--  in  id id, title text, body text
--  unheard "derived from what it finds; `daybook rebuild` makes it anew"
--@sqlite
INSERT INTO search_index (search_index, rowid, title, body)
SELECT 'delete', e.id, :title, :body FROM search_entry e WHERE e.org_id = :org AND e.id = :id;
--@postgres
UPDATE search_entry SET words = NULL
WHERE org_id = :org AND id = :id AND title = :title AND body = :body;

--! search_index_rebuild exec
--  unscoped "the index is one for all organisations and holds nothing that the entries do not"
--  unheard "derived from what it finds; `daybook rebuild` makes it anew"
--@sqlite
INSERT INTO search_index (search_index) VALUES ('rebuild');
--@postgres
UPDATE search_entry SET words =
  setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B');

--! search_delete exec
--  in  id id
--  unheard "derived from what it finds; `daybook rebuild` makes it anew"
DELETE FROM search_entry WHERE org_id = :org AND id = :id;

--! search_page many
--  in  query text, limit int, offset int
--  out kind text, object_id id, title text, body text, place text
--@sqlite
SELECT e.kind, e.object_id, e.title, e.body, e.place
FROM search_index x JOIN search_entry e ON e.id = x.rowid
WHERE x.search_index MATCH :query AND e.org_id = :org
ORDER BY bm25(x.search_index, 8.0, 1.0), e.id LIMIT :limit OFFSET :offset;
--@postgres
SELECT e.kind, e.object_id, e.title, e.body, e.place
FROM search_entry e, to_tsquery('simple', :query) q
WHERE e.org_id = :org AND e.words @@ q
ORDER BY ts_rank(e.words, q) DESC, e.id LIMIT :limit OFFSET :offset;

--! search_total one
--  in  query text
--  out total int
--@sqlite
SELECT COUNT(*) AS total FROM search_index x JOIN search_entry e ON e.id = x.rowid
WHERE x.search_index MATCH :query AND e.org_id = :org;
--@postgres
SELECT COUNT(*) AS total FROM search_entry e
WHERE e.org_id = :org AND e.words @@ to_tsquery('simple', :query);

-- What other rooms keep, by its title; the page filters the further words. Of the activities of one
-- duty that are called alike the next open one stands for all, else the last one.
--! search_titles many
--  in  like text
--  out kind text, object_id id, title text, body text, place text, due date?, held_on date?
SELECT 'activity' AS kind, a.id AS object_id, a.title, a.why AS body, '/activities/' AS place,
       a.due, a.held_on
FROM activity a
WHERE a.org_id = :org AND LOWER(a.title) LIKE :like AND a.id = COALESCE(
  (SELECT n.id FROM activity n WHERE n.org_id = :org AND n.duty_id = a.duty_id
     AND n.title = a.title AND n.state < 3 ORDER BY n.due, n.id LIMIT 1),
  (SELECT l.id FROM activity l WHERE l.org_id = :org AND l.duty_id = a.duty_id
     AND l.title = a.title ORDER BY l.due DESC, l.id DESC LIMIT 1))
UNION ALL
SELECT 'duty' AS kind, d.id AS object_id, d.title, d.why AS body, '/duties/' AS place, NULL, NULL
FROM duty d WHERE d.org_id = :org AND LOWER(d.title) LIKE :like
UNION ALL
SELECT 'person' AS kind, p.id AS object_id, p.name AS title, p.title AS body, '/people/' AS place,
       NULL, NULL
FROM person p WHERE p.org_id = :org AND p.erased = 0 AND p.name_fold LIKE :like
UNION ALL
SELECT 'evidence' AS kind, e.id AS object_id, e.name AS title, COALESCE(e.note, '') AS body,
  '/evidence/' AS place, NULL, NULL
FROM evidence e WHERE e.org_id = :org AND e.withdrawn_at IS NULL AND LOWER(e.name) LIKE :like
ORDER BY 1, 2 LIMIT 300;
