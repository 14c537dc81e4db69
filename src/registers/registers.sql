-- SPDX-License-Identifier: Apache-2.0
-- Registers and what all their items have in common.

--! owner_people many
--  out id id, name text
SELECT id, name FROM person WHERE org_id = :org AND erased = 0 ORDER BY id;

--! owner_positions many
--  out id id, title text, person_id id?
SELECT id, title, person_id FROM position WHERE org_id = :org ORDER BY id;

--! register_find one
--  in  kind text, name text
--  out id id, source text, columns text, version int
SELECT id, source, columns, version FROM register
WHERE org_id = :org AND kind = :kind AND name = :name;

--! register_add insert
--  in  kind text, name text, source text, columns text
INSERT INTO register (org_id, kind, name, source, columns, created)
VALUES (:org, :kind, :name, :source, :columns, :now);

--! register_update exec
--  in  id id, source text, columns text, version int
UPDATE register SET source = :source, columns = :columns, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! register_by_id one
--  in  id id
--  out id id, kind text, name text, source text, columns text, version int
SELECT id, kind, name, source, columns, version FROM register
WHERE org_id = :org AND id = :id;

--! register_list many
--  out id id, kind text, name text, source text, items int, due int, newest instant?
SELECT r.id, r.kind, r.name, r.source,
  COUNT(i.id) AS items,
  COALESCE(SUM(CASE WHEN i.next_on < :today THEN 1 ELSE 0 END), 0) AS due,
  MAX(i.changed) AS newest
FROM register r
LEFT JOIN register_item i ON i.register_id = r.id AND i.org_id = r.org_id AND i.removed = 0
WHERE r.org_id = :org
GROUP BY r.id, r.kind, r.name, r.source
ORDER BY r.name, r.id;

--! item_find one
--  in  register_id id, item_key text
--  out id id, source_hash text, version int
SELECT id, source_hash, version FROM register_item
WHERE org_id = :org AND register_id = :register_id AND item_key = :item_key;

--! item_keys many
--  in  register_id id
--  out id id, item_key text, source_hash text
SELECT id, item_key, source_hash FROM register_item
WHERE org_id = :org AND register_id = :register_id;

--! item_add insert
--  in  register_id id, kind text, item_key text, ref text, title text, description text,
--      owner_person id?, owner_position id?, owner_text text, status text, last_on date?,
--      next_on date?, every text, source_file text, source_line int, source_hash text
INSERT INTO register_item (
  org_id, register_id, kind, item_key, ref, title, description, owner_person, owner_position,
  owner_text, status, last_on, next_on, every, source_file, source_line, source_hash, created,
  changed
) VALUES (
  :org, :register_id, :kind, :item_key, :ref, :title, :description, :owner_person,
  :owner_position, :owner_text, :status, :last_on, :next_on, :every, :source_file, :source_line,
  :source_hash, :now, :now
);

--! item_update exec
--  in  id id, ref text, title text, description text, owner_person id?, owner_position id?,
--      owner_text text, status text, last_on date?, next_on date?, every text, source_file text,
--      source_line int, source_hash text, version int
UPDATE register_item SET
  ref = :ref, title = :title, description = :description, owner_person = :owner_person,
  owner_position = :owner_position, owner_text = :owner_text, status = :status,
  last_on = :last_on, next_on = :next_on, every = :every, source_file = :source_file,
  source_line = :source_line, source_hash = :source_hash, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! item_set_removed exec
--  in  id id, version int
UPDATE register_item SET removed = 1, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND removed = 0 AND version = :version;

--! item_by_id one
--  in  id id
--  out id id, register_id id, kind text, item_key text, ref text, title text, description text,
--      owner_person id?, owner_position id?, owner_text text, status text, last_on date?,
--      next_on date?, every text, source_file text, source_line int, source_hash text,
--      created instant, changed instant, removed bool, version int
SELECT id, register_id, kind, item_key, ref, title, description, owner_person, owner_position,
  owner_text, status, last_on, next_on, every, source_file, source_line, source_hash, created,
  changed, removed, version
FROM register_item WHERE org_id = :org AND id = :id;

--! item_ids many
--  in  after id, limit int
--  out id id
SELECT id FROM register_item
WHERE org_id = :org AND removed = 0 AND id > :after ORDER BY id LIMIT :limit;

--! item_note_add exec
--  in  item id, position int, name text, value text
--  later "nobody asks how many rows it changed"
INSERT INTO item_note (item_id, org_id, position, name, value)
VALUES (:item, :org, :position, :name, :value);

--! item_note_clear exec
--  in  item id
DELETE FROM item_note WHERE org_id = :org AND item_id = :item;

--! item_notes many
--  in  item id
--  out name text, value text, position int
SELECT name, value, position FROM item_note
WHERE org_id = :org AND item_id = :item ORDER BY position;

--! item_page many
--  in  register_id id, words text, words_like text, status text, overdue bool, limit int,
--      offset int
--  out id id, ref text, title text, description text, owner_person id?, owner_position id?,
--      owner_text text, status text, last_on date?, next_on date?, version int, person text?,
--      position_title text?, holder text?
--  sort ref: i.ref, i.id | title: i.title, i.id | owner: i.owner_text, i.id |
--       status: i.status, i.id | next: i.next_on NULLS LAST, i.id | last: i.last_on, i.id |
--       added: i.id
SELECT i.id, i.ref, i.title, i.description, i.owner_person, i.owner_position, i.owner_text,
  i.status, i.last_on, i.next_on, i.version, p.name AS person, o.title AS position_title,
  h.name AS holder
FROM register_item i
LEFT JOIN person p ON p.id = i.owner_person AND p.org_id = i.org_id
LEFT JOIN position o ON o.id = i.owner_position AND o.org_id = i.org_id
LEFT JOIN person h ON h.id = o.person_id AND h.org_id = i.org_id
WHERE i.org_id = :org AND i.register_id = :register_id AND i.removed = 0
  AND (:status = '' OR i.status = :status)
  AND (:overdue = 0 OR i.next_on < :today)
  AND (:words = '' OR LOWER(i.title) LIKE :words_like ESCAPE '\'
    OR LOWER(i.ref) LIKE :words_like ESCAPE '\'
    OR LOWER(i.owner_text) LIKE :words_like ESCAPE '\'
    OR LOWER(i.description) LIKE :words_like ESCAPE '\')
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! item_count one
--  in  register_id id, words text, words_like text, status text, overdue bool
--  out total int
SELECT COUNT(*) AS total FROM register_item i
WHERE i.org_id = :org AND i.register_id = :register_id AND i.removed = 0
  AND (:status = '' OR i.status = :status)
  AND (:overdue = 0 OR i.next_on < :today)
  AND (:words = '' OR LOWER(i.title) LIKE :words_like ESCAPE '\'
    OR LOWER(i.ref) LIKE :words_like ESCAPE '\'
    OR LOWER(i.owner_text) LIKE :words_like ESCAPE '\'
    OR LOWER(i.description) LIKE :words_like ESCAPE '\');

--! item_statuses many
--  in  register_id id
--  out status text, items int
SELECT status, COUNT(*) AS items FROM register_item
WHERE org_id = :org AND register_id = :register_id AND removed = 0 AND status <> ''
GROUP BY status ORDER BY items DESC, status LIMIT 12;

--! risk_cells many
--  out likelihood int, impact int, items int
SELECT COALESCE(k.residual_likelihood, k.likelihood) AS likelihood,
  COALESCE(k.residual_impact, k.impact) AS impact, COUNT(*) AS items
FROM risk k JOIN register_item i ON i.id = k.item_id AND i.org_id = k.org_id
WHERE k.org_id = :org AND i.removed = 0
  AND COALESCE(k.residual_likelihood, k.likelihood) IS NOT NULL
  AND COALESCE(k.residual_impact, k.impact) IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2;

--! accountable many
--  out title text, name text, value text
SELECT i.title, n.name, n.value FROM register_item i
JOIN item_note n ON n.item_id = i.id AND n.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'raci' AND i.removed = 0 AND n.value LIKE '%A%'
ORDER BY i.id, n.position;
