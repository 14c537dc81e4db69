-- SPDX-License-Identifier: Apache-2.0
-- Findings: raised, read, and led through their steps.

--! finding_count_up exec
INSERT INTO finding_counter (org_id, last) VALUES (:org, 1)
ON CONFLICT (org_id) DO UPDATE SET last = finding_counter.last + 1;

--! finding_counter_now one
--  out  last int
SELECT last FROM finding_counter WHERE org_id = :org;

--! finding_insert insert
--  in   number int, ref text, title text, statement text, criterion text, seen text, grade int
--  in   is_sorted bool, duty_kind text, area text, source text, source_object int
--  in   source_title text, source_place text, activity id?, item id?, imported int, reporter text
--  in   owner_person id?, owner_position id?, raised date, due date?, state int
INSERT INTO finding (org_id, number, ref, title, statement, criterion, seen, grade, sorted,
                     duty_kind, area, source, source_object, source_title, source_place,
                     activity_id, item_id, imported, reporter, owner_person, owner_position,
                     raised, raised_by, due, baseline, state, created, changed)
VALUES (:org, :number, :ref, :title, :statement, :criterion, :seen, :grade, :is_sorted, :duty_kind,
        :area, :source, :source_object, :source_title, :source_place, :activity, :item, :imported,
        :reporter, :owner_person, :owner_position, :raised, NULLIF(:actor, 0), :due, :due, :state,
        :now, :now);

--! finding_by_id one
--  in   id id
--  out  id id, number int, ref text, title text, statement text, criterion text, seen text
--  out  grade int, is_sorted bool, duty_kind text, area text, source text, source_object int
--  out  source_title text, source_place text, activity id?, item id?, imported int, reporter text
--  out  owner_person id?, owner_position id?, owner_name text?, position_title text?
--  out  holder id?, holder_name text?, raised date, raised_by text?, due date?, baseline date?
--  out  state int, round int, correction text, corrected_on date?, containment text
--  out  contained_on date?, cause_method int, cause text, cause_kind text, cause_on date?
--  out  repeats id?, extent text, extent_on date?, decision int, decision_reason text
--  out  parked_until date?, check_from date?, improved text, closed_on date?, closed_by text?
--  out  actions int, actions_open int, actions_done int, places int, effective int, version int
SELECT f.id, f.number, f.ref, f.title, f.statement, f.criterion, f.seen, f.grade,
       f.sorted AS is_sorted, f.duty_kind, f.area, f.source, f.source_object, f.source_title,
       f.source_place, f.activity_id AS activity, f.item_id AS item, f.imported, f.reporter,
       f.owner_person, f.owner_position, p.name AS owner_name, po.title AS position_title,
       po.person_id AS holder, ho.name AS holder_name, f.raised, rb.name AS raised_by, f.due,
       f.baseline, f.state, f.round, f.correction, f.corrected_on, f.containment, f.contained_on,
       f.cause_method, f.cause, f.cause_kind, f.cause_on, f.repeats, f.extent, f.extent_on,
       f.decision, f.decision_reason, f.parked_until, f.check_from, f.improved, f.closed_on,
       cb.name AS closed_by,
       (SELECT count(*) FROM action a WHERE a.org_id = f.org_id AND a.finding_id = f.id) AS actions,
       (SELECT count(*) FROM action a WHERE a.org_id = f.org_id AND a.finding_id = f.id
          AND a.state < 2) AS actions_open,
       (SELECT count(*) FROM action a WHERE a.org_id = f.org_id AND a.finding_id = f.id
          AND a.state = 2 AND a.round = f.round) AS actions_done,
       (SELECT count(*) FROM finding_place x WHERE x.org_id = f.org_id AND x.finding_id = f.id
          AND x.round = f.round) AS places,
       (SELECT count(*) FROM finding_check k WHERE k.org_id = f.org_id AND k.finding_id = f.id
          AND k.round = f.round AND k.effective = 1) AS effective,
       f.version
FROM finding f
LEFT JOIN person p ON p.id = f.owner_person AND p.org_id = f.org_id
LEFT JOIN position po ON po.id = f.owner_position AND po.org_id = f.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = f.org_id
LEFT JOIN person rb ON rb.id = f.raised_by AND rb.org_id = f.org_id
LEFT JOIN person cb ON cb.id = f.closed_by AND cb.org_id = f.org_id
WHERE f.org_id = :org AND f.id = :id;

--! finding_of_source many
--  in   source text, object int
--  out  id id, number int, ref text, title text, grade int, is_sorted bool, duty_kind text
--  out  area text, source text, source_title text, owner_name text?, position_title text?
--  out  holder_name text?, raised date, due date?, state int, closed_on date?, actions int
--  out  actions_open int, version int
SELECT f.id, f.number, f.ref, f.title, f.grade, f.sorted AS is_sorted, f.duty_kind, f.area,
       f.source, f.source_title, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, f.raised, f.due, f.state, f.closed_on,
       (SELECT count(*) FROM action a WHERE a.org_id = f.org_id AND a.finding_id = f.id) AS actions,
       (SELECT count(*) FROM action a WHERE a.org_id = f.org_id AND a.finding_id = f.id
          AND a.state < 2) AS actions_open,
       f.version
FROM finding f
LEFT JOIN person p ON p.id = f.owner_person AND p.org_id = f.org_id
LEFT JOIN position po ON po.id = f.owner_position AND po.org_id = f.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = f.org_id
WHERE f.org_id = :org AND f.source = :source AND f.source_object = :object
ORDER BY f.grade, f.id LIMIT 500;

--! finding_activity_kind one
--  in   activity id
--  out  kind text
SELECT a.kind FROM activity a WHERE a.org_id = :org AND a.id = :activity;

--! finding_rules many
--  out  grade int, due_days int, wait_days int, tells bool
SELECT grade, due_days, wait_days, tells FROM finding_rule WHERE org_id = :org ORDER BY grade;

--! finding_rule_put exec
--  in   grade int, due_days int, wait_days int, tells bool
INSERT INTO finding_rule (org_id, grade, due_days, wait_days, tells)
VALUES (:org, :grade, :due_days, :wait_days, :tells)
ON CONFLICT (org_id, grade) DO UPDATE SET due_days = excluded.due_days,
  wait_days = excluded.wait_days, tells = excluded.tells;

--! finding_leaders many
--  in   role int
--  out  person id
SELECT r.person_id AS person FROM person_role r
JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.role = :role AND (r.until IS NULL OR r.until >= :today)
  AND p.erased = 0 AND (p.left_on IS NULL OR p.left_on > :today)
ORDER BY r.person_id;

--! finding_notice_insert exec
--  in   finding id, person id
INSERT INTO finding_notice (org_id, finding_id, person_id, told)
VALUES (:org, :finding, :person, :now) ON CONFLICT (org_id, finding_id, person_id) DO NOTHING;

--! finding_notices many
--  in   finding id
--  out  person id, name text, told instant, seen instant?
SELECT n.person_id AS person, p.name, n.told, n.seen
FROM finding_notice n JOIN person p ON p.id = n.person_id AND p.org_id = n.org_id
WHERE n.org_id = :org AND n.finding_id = :finding ORDER BY n.id;

--! finding_notice_see exec
--  in   finding id, person id
UPDATE finding_notice SET seen = :now
WHERE org_id = :org AND finding_id = :finding AND person_id = :person AND seen IS NULL;

--! finding_set_state exec
--  in   id id, version int, state int, check_from date?
UPDATE finding SET state = :state, check_from = :check_from,
                   imported = CASE imported WHEN 1 THEN 2 ELSE imported END,
                   changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;
