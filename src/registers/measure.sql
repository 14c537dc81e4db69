-- SPDX-License-Identifier: Apache-2.0
-- Objectives as they are measured, and their readings.

--! measure_rows many
--  in   item id, limit int
--  out  item id, ref text, title text, metric text, baseline text, target_words text
--  out  frequency text, current_value text, created instant, owner_text text, owner_name text?
--  out  position_title text?, holder_name text?, unit text?, direction int?, target real?
--  out  every_months int?, first_on date?, version int?
SELECT i.id AS item, i.ref, i.title, o.metric, o.baseline, o.target AS target_words, o.frequency,
       o.current_value, i.created, i.owner_text, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, m.unit, m.direction, m.target, m.every_months, m.first_on, m.version
FROM register_item i
JOIN objective o ON o.item_id = i.id AND o.org_id = i.org_id
LEFT JOIN measure m ON m.item_id = i.id AND m.org_id = i.org_id
LEFT JOIN person p ON p.id = i.owner_person AND p.org_id = i.org_id
LEFT JOIN position po ON po.id = i.owner_position AND po.org_id = i.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'objectives' AND i.removed = 0 AND (:item = 0 OR i.id = :item)
ORDER BY i.id LIMIT :limit;

--! measure_put exec
--  in   item id, unit text, direction int, target real?, every_months int, first_on date
INSERT INTO measure (item_id, org_id, unit, direction, target, every_months, first_on)
VALUES (:item, :org, :unit, :direction, :target, :every_months, :first_on);

--! measure_change exec
--  in   item id, version int, unit text, direction int, target real?, every_months int
--  in   first_on date
UPDATE measure SET unit = :unit, direction = :direction, target = :target,
                   every_months = :every_months, first_on = :first_on, version = version + 1
WHERE org_id = :org AND item_id = :item AND version = :version;

--! reading_insert insert
--  in   item id, taken_on date, value real, source text
INSERT INTO reading (org_id, item_id, taken_on, value, source, recorded, recorded_by)
VALUES (:org, :item, :taken_on, :value, :source, :now,
        CASE WHEN :actor = 0 THEN NULL ELSE :actor END);

--! reading_withdraw exec
--  in   item id, reading id, why text
UPDATE reading SET withdrawn = :now, why_withdrawn = :why
WHERE org_id = :org AND item_id = :item AND id = :reading AND withdrawn IS NULL;

--! reading_list many
--  in   item id, limit int
--  out  id id, taken_on date, value real, source text, recorded instant, by text?
--  out  withdrawn instant?, why_withdrawn text
SELECT r.id, r.taken_on, r.value, r.source, r.recorded, p.name AS by, r.withdrawn,
       r.why_withdrawn
FROM reading r LEFT JOIN person p ON p.id = r.recorded_by AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.item_id = :item ORDER BY r.taken_on, r.id LIMIT :limit;

--! witness_readings many
--  in   after id, most int
--  out  id id, item id, taken_on text, value real, source text, why_withdrawn text
SELECT r.id, r.item_id AS item, r.taken_on, r.value, r.source, r.why_withdrawn
FROM reading r WHERE r.org_id = :org AND r.id > :after ORDER BY r.id LIMIT :most;
