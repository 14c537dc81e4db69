-- SPDX-License-Identifier: Apache-2.0
-- Actions: what is to be done, by whom, until when.

--! action_insert insert
--  in   title text, detail text, finding id?, round int, source text, source_object int
--  in   source_title text, source_place text, owner_person id?, owner_position id?, due date
--  in   priority int, state int, progress int, result text, done_on date?, imported bool
INSERT INTO action (org_id, title, detail, finding_id, round, source, source_object, source_title,
                    source_place, owner_person, owner_position, due, baseline, priority, state,
                    progress, result, done_on, imported, created, created_by, changed)
VALUES (:org, :title, :detail, :finding, :round, :source, :source_object, :source_title,
        :source_place, :owner_person, :owner_position, :due, :due, :priority, :state, :progress,
        :result, :done_on, :imported, :now, NULLIF(:actor, 0), :now);

--! action_of_source many
--  in   source text, object int
--  out  id id, title text, finding id?, source text, source_title text, source_place text
--  out  owner_name text?, position_title text?, holder_name text?, due date, baseline date
--  out  priority int, state int, progress int, extensions int, done_on date?, version int
SELECT a.id, a.title, a.finding_id AS finding, a.source, a.source_title, a.source_place,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name, a.due, a.baseline,
       a.priority, a.state, a.progress, a.extensions, a.done_on, a.version
FROM action a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.source = :source AND a.source_object = :object
ORDER BY a.due, a.id LIMIT 500;

--! action_of_finding many
--  in   finding id
--  out  id id, title text, finding id?, source text, source_title text, source_place text
--  out  owner_name text?, position_title text?, holder_name text?, due date, baseline date
--  out  priority int, state int, progress int, extensions int, done_on date?, version int
--  out  round int, owner_person id?, holder id?, done_by id?
SELECT a.id, a.title, a.finding_id AS finding, a.source, a.source_title, a.source_place,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name, a.due, a.baseline,
       a.priority, a.state, a.progress, a.extensions, a.done_on, a.version, a.round,
       a.owner_person, po.person_id AS holder, a.done_by
FROM action a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.finding_id = :finding ORDER BY a.id LIMIT 500;
