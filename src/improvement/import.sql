-- SPDX-License-Identifier: Apache-2.0
-- Findings as files tell them.

--! finding_of_item one
--  in   item id
--  out  id id, imported int
SELECT id, imported FROM finding WHERE org_id = :org AND item_id = :item;

--! finding_item one
--  in   item id
--  out  ref text, title text, description text, status text, owner_person id?
--  out  owner_position id?, source text, classification text, raised date?, cause text
--  out  correction text, action text, due date?, effectiveness text, closed date?
SELECT i.ref, i.title, i.description, i.status, i.owner_person, i.owner_position, f.source,
       f.classification, f.raised, f.cause, f.correction, f.action, f.due, f.effectiveness,
       f.closed
FROM register_item i JOIN finding_row f ON f.item_id = i.id AND f.org_id = i.org_id
WHERE i.org_id = :org AND i.id = :item;

-- Entries of the register that are no finding yet.
--! finding_items_new many
--  out  item id
SELECT i.id AS item FROM register_item i
LEFT JOIN finding f ON f.item_id = i.id AND f.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'findings' AND i.removed = 0 AND f.id IS NULL
ORDER BY i.id;

--! action_of_file one
--  in   finding id
--  out  id id, state int, version int
SELECT a.id, a.state, a.version FROM action a
WHERE a.org_id = :org AND a.finding_id = :finding AND a.imported = 1 ORDER BY a.id LIMIT 1;

--! action_set_from_file exec
--  in   id id, version int, title text, owner_person id?, owner_position id?, due date
--  in   state int, progress int, done_on date?, result text
UPDATE action SET title = :title, owner_person = :owner_person, owner_position = :owner_position,
  due = :due, state = :state, progress = :progress, done_on = :done_on, result = :result,
  changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! finding_set_from_file exec
--  in   id id, title text, statement text, raised date
UPDATE finding SET title = :title, statement = :statement, raised = :raised
WHERE org_id = :org AND id = :id;
