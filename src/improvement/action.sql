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

--! action_by_id one
--  in   id id
--  out  id id, title text, detail text, finding id?, round int, source text, source_object int
--  out  source_title text, source_place text, owner_person id?, owner_position id?
--  out  owner_name text?, position_title text?, holder_name text?, due date, baseline date
--  out  priority int, state int, progress int, extensions int, result text, done_on date?
--  out  done_by text?, cancel_reason text, imported bool, created_by text?, version int
SELECT a.id, a.title, a.detail, a.finding_id AS finding, a.round, a.source, a.source_object,
       a.source_title, a.source_place, a.owner_person, a.owner_position, p.name AS owner_name,
       po.title AS position_title, ho.name AS holder_name, a.due, a.baseline, a.priority, a.state,
       a.progress, a.extensions, a.result, a.done_on, db.name AS done_by, a.cancel_reason,
       a.imported, cb.name AS created_by, a.version
FROM action a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
LEFT JOIN person db ON db.id = a.done_by AND db.org_id = a.org_id
LEFT JOIN person cb ON cb.id = a.created_by AND cb.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id;

--! action_is_theirs one
--  in   id id
--  out  id id
SELECT a.id FROM action a
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id AND (a.owner_person = :actor OR po.person_id = :actor);

--! action_set_progress exec
--  in   id id, version int, progress int
UPDATE action SET state = 1, progress = :progress, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! action_set_done exec
--  in   id id, version int, done_on date, result text
UPDATE action SET state = 2, progress = 100, done_on = :done_on, done_by = NULLIF(:actor, 0),
                  result = :result, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! action_set_due exec
--  in   id id, version int, due date
UPDATE action SET due = :due, extensions = extensions + 1, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! action_set_owner exec
--  in   id id, version int, owner_person id?, owner_position id?, priority int
UPDATE action SET owner_person = :owner_person, owner_position = :owner_position,
                  priority = :priority, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! action_set_cancelled exec
--  in   id id, version int, reason text
UPDATE action SET state = 3, cancel_reason = :reason, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! action_touch exec
--  in   id id, version int
UPDATE action SET changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! action_note_insert insert
--  in   action id, progress int, body text
INSERT INTO action_note (org_id, action_id, progress, body, written, written_by)
VALUES (:org, :action, :progress, :body, :now, NULLIF(:actor, 0));

--! action_notes many
--  in   action id
--  out  progress int, body text, written instant, written_by text?
SELECT n.progress, n.body, n.written, p.name AS written_by
FROM action_note n LEFT JOIN person p ON p.id = n.written_by AND p.org_id = n.org_id
WHERE n.org_id = :org AND n.action_id = :action ORDER BY n.id LIMIT 500;

--! action_extension_insert insert
--  in   action id, from_due date, to_due date, reason text
INSERT INTO action_extension (org_id, action_id, from_due, to_due, reason, extended, extended_by)
VALUES (:org, :action, :from_due, :to_due, :reason, :now, NULLIF(:actor, 0));

--! action_extensions many
--  in   action id
--  out  from_due date, to_due date, reason text, extended instant, extended_by text?
SELECT x.from_due, x.to_due, x.reason, x.extended, p.name AS extended_by
FROM action_extension x LEFT JOIN person p ON p.id = x.extended_by AND p.org_id = x.org_id
WHERE x.org_id = :org AND x.action_id = :action ORDER BY x.id LIMIT 200;

-- What an action needs first, and what waits for it.
--! action_needs many
--  in   action id
--  out  id id, title text, state int, due date, owner_name text?, position_title text?
--  out  holder_name text?, waits bool
SELECT a.id, a.title, a.state, a.due, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, CASE WHEN n.needs_id = :action THEN 1 ELSE 0 END AS waits
FROM action_need n
JOIN action a ON a.org_id = n.org_id
  AND a.id = CASE WHEN n.needs_id = :action THEN n.action_id ELSE n.needs_id END
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE n.org_id = :org AND (n.action_id = :action OR n.needs_id = :action)
ORDER BY a.due, a.id LIMIT 200;

--! action_needed_ids many
--  in   action id
--  out  id id
SELECT n.needs_id AS id FROM action_need n
WHERE n.org_id = :org AND n.action_id = :action ORDER BY n.needs_id LIMIT 200;

--! action_need_add exec
--  in   action id, needs id
INSERT INTO action_need (org_id, action_id, needs_id) VALUES (:org, :action, :needs)
ON CONFLICT (org_id, action_id, needs_id) DO NOTHING;

--! action_need_remove exec
--  in   action id, needs id
DELETE FROM action_need WHERE org_id = :org AND action_id = :action AND needs_id = :needs;

-- What else could be needed first: open actions, those of the same finding before others.
--! action_others many
--  in   action id, finding id
--  out  id id, title text, due date
SELECT a.id, a.title, a.due FROM action a
WHERE a.org_id = :org AND a.state < 2 AND a.id <> :action
ORDER BY CASE WHEN a.finding_id = :finding THEN 0 ELSE 1 END, a.due, a.id LIMIT 100;
