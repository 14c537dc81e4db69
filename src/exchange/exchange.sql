-- SPDX-License-Identifier: Apache-2.0
-- Imports: earlier work that has no entry in the diary yet, and files waiting to be confirmed.

--! history_waiting many
--  out id id, kind text, ref text, title text, owner_text text, type text, held_on date?,
--      result text
SELECT i.id, i.kind, i.ref, i.title, i.owner_text, e.type, e.planned AS held_on, e.result
FROM register_item i JOIN planned_event e ON e.item_id = i.id AND e.org_id = i.org_id
WHERE i.org_id = :org AND i.removed = 0 AND i.activity_id IS NULL AND e.planned <= :today
  AND LOWER(i.status) IN ('completed', 'done', 'held', 'closed', 'passed', 'finished')
UNION ALL
SELECT i.id, i.kind, i.ref, i.title, i.owner_text, t.type, t.completed AS held_on,
  t.evidence AS result
FROM register_item i JOIN training_record t ON t.item_id = i.id AND t.org_id = i.org_id
WHERE i.org_id = :org AND i.removed = 0 AND i.activity_id IS NULL AND t.completed <= :today
ORDER BY 7, 1;

--! item_set_activity exec
--  in  id id, activity id
UPDATE register_item SET activity_id = :activity WHERE org_id = :org AND id = :id;

--! planned_audits many
--  out id id, ref text, title text, owner_text text, owner_person id?, owner_position id?,
--      status text, type text, planned date?, effort text, source_file text
SELECT i.id, i.ref, i.title, i.owner_text, i.owner_person, i.owner_position, i.status, e.type,
  e.planned, e.effort, i.source_file
FROM register_item i JOIN planned_event e ON e.item_id = i.id AND e.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'audits' AND i.removed = 0
ORDER BY e.planned, i.id;

--! batch_add insert
--  in  person id?
--  unheard "files that wait to be confirmed; the import is an entry"
INSERT INTO import_batch (org_id, person_id, created) VALUES (:org, :person, :now);

--! batch_get one
--  in  id id
--  out id id, created instant
SELECT id, created FROM import_batch WHERE org_id = :org AND id = :id;

--! batch_list many
--  out id id, created instant, files int
SELECT b.id, b.created, COUNT(f.id) AS files FROM import_batch b
LEFT JOIN import_file f ON f.batch_id = b.id AND f.org_id = b.org_id
WHERE b.org_id = :org GROUP BY b.id, b.created ORDER BY b.id DESC LIMIT 20;

--! batch_delete exec
--  in  id id
--  unheard "files that wait to be confirmed; the import is an entry"
DELETE FROM import_batch WHERE org_id = :org AND id = :id;

--! file_delete exec
--  in  batch id
--  unheard "files that wait to be confirmed; the import is an entry"
DELETE FROM import_file WHERE org_id = :org AND batch_id = :batch;

--! file_add insert
--  in  batch id, name text, content blob
--  unheard "files that wait to be confirmed; the import is an entry"
INSERT INTO import_file (org_id, batch_id, name, content)
VALUES (:org, :batch, :name, :content);

--! file_list many
--  in  batch id
--  out id id, name text, content blob, kind text, mapping text
SELECT id, name, content, kind, mapping FROM import_file
WHERE org_id = :org AND batch_id = :batch ORDER BY name, id;

--! file_map exec
--  in  id id, batch id, kind text, mapping text
--  unheard "files that wait to be confirmed; the import is an entry"
UPDATE import_file SET kind = :kind, mapping = :mapping
WHERE org_id = :org AND batch_id = :batch AND id = :id;
