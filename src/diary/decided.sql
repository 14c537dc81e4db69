-- SPDX-License-Identifier: Apache-2.0
-- What management decided about something.

--! decided_insert insert
--  in   object_kind text, object id, effect text, words text, outcome text, owner_person id?,
--       owner_position id?, until date?, source text, source_object id, decision id,
--       source_title text, source_place text
INSERT INTO decided (org_id, object_kind, object_id, effect, words, outcome, owner_person,
                     owner_position, until_on, source, source_object, decision, source_title,
                     source_place, on_day, decided, decided_by)
VALUES (:org, :object_kind, :object, :effect, :words, :outcome, :owner_person, :owner_position,
        :until, :source, :source_object, :decision, :source_title, :source_place, :today, :now,
        CASE WHEN :actor = 0 THEN NULL ELSE :actor END);

--! decided_list many
--  in   object_kind text, object id
--  out  effect text, words text, outcome text, owner_person id?, owner_position id?,
--       owner_name text?, position_title text?, holder_name text?, until_on date?, source text,
--       source_object id, decision id, source_title text, source_place text, on_day date,
--       decided instant, decided_by text?
SELECT d.effect, d.words, d.outcome, d.owner_person, d.owner_position, p.name AS owner_name,
       po.title AS position_title, ho.name AS holder_name, d.until_on, d.source, d.source_object,
       d.decision, d.source_title, d.source_place, d.on_day, d.decided, b.name AS decided_by
FROM decided d
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
LEFT JOIN position po ON po.id = d.owner_position AND po.org_id = d.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = d.org_id
LEFT JOIN person b ON b.id = d.decided_by AND b.org_id = d.org_id
WHERE d.org_id = :org AND d.object_kind = :object_kind AND d.object_id = :object
ORDER BY d.id DESC LIMIT 50;

--! decided_witness many
--  in   after id, most int
--  out  id id, object_kind text, object_id id, effect text, words text, outcome text,
--       owner_person id?, owner_position id?, until_on text?, source_object id, decision id
SELECT d.id, d.object_kind, d.object_id, d.effect, d.words, d.outcome, d.owner_person,
       d.owner_position, d.until_on, d.source_object, d.decision
FROM decided d WHERE d.org_id = :org AND d.id > :after ORDER BY d.id LIMIT :most;
