-- SPDX-License-Identifier: Apache-2.0
-- Trainings of people that fell due by a day: done in time, done late, or not done.
--! training_due many
--  in  to date, limit int
--  out item id, title text, role text, type text, owner_text text, due date?, completed date?
SELECT i.id AS item, i.title, t.role, t.type, i.owner_text, t.due, t.completed
FROM training_record t JOIN register_item i ON i.id = t.item_id AND i.org_id = t.org_id
WHERE t.org_id = :org AND i.removed = 0 AND t.due IS NOT NULL AND t.due <= :to
ORDER BY t.due, i.id LIMIT :limit;

--! training_held many
--  in  from date, to date
--  out id id, title text, due date, latest date, state int, held_on date?
SELECT a.id, a.title, a.due, a.latest, a.state, a.held_on
FROM activity a
WHERE a.org_id = :org AND a.kind = 'training' AND a.due >= :from AND a.due <= :to AND a.state <> 4
ORDER BY a.due, a.id LIMIT 200;
