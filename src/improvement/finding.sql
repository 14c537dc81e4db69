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
--  out  closer id?, actions int, actions_open int, actions_done int, places int, effective int, version int
SELECT f.id, f.number, f.ref, f.title, f.statement, f.criterion, f.seen, f.grade,
       f.sorted AS is_sorted, f.duty_kind, f.area, f.source, f.source_object, f.source_title,
       f.source_place, f.activity_id AS activity, f.item_id AS item, f.imported, f.reporter,
       f.owner_person, f.owner_position, p.name AS owner_name, po.title AS position_title,
       po.person_id AS holder, ho.name AS holder_name, f.raised, rb.name AS raised_by, f.due,
       f.baseline, f.state, f.round, f.correction, f.corrected_on, f.containment, f.contained_on,
       f.cause_method, f.cause, f.cause_kind, f.cause_on, f.repeats, f.extent, f.extent_on,
       f.decision, f.decision_reason, f.parked_until, f.check_from, f.improved, f.closed_on,
       cb.name AS closed_by, f.closed_by AS closer,
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

--! finding_update exec
--  in   id id, version int, grade int, is_sorted bool, owner_person id?, owner_position id?
--  in   due date?, state int, round int, correction text, corrected_on date?, containment text
--  in   contained_on date?, cause_method int, cause text, cause_kind text, cause_on date?
--  in   repeats id?, extent text, extent_on date?, decision int, decision_reason text
--  in   parked_until date?, check_from date?, improved text, closed_on date?, closed_by id?
--  in   imported int
UPDATE finding SET grade = :grade, sorted = :is_sorted, owner_person = :owner_person,
  owner_position = :owner_position, due = :due, state = :state, round = :round,
  correction = :correction, corrected_on = :corrected_on, containment = :containment,
  contained_on = :contained_on, cause_method = :cause_method, cause = :cause,
  cause_kind = :cause_kind, cause_on = :cause_on, repeats = :repeats, extent = :extent,
  extent_on = :extent_on, decision = :decision, decision_reason = :decision_reason,
  parked_until = :parked_until, check_from = :check_from, improved = :improved,
  closed_on = :closed_on, closed_by = :closed_by, imported = :imported, changed = :now,
  version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! finding_is_theirs one
--  in   id id
--  out  id id
SELECT f.id FROM finding f
LEFT JOIN position po ON po.id = f.owner_position AND po.org_id = f.org_id
WHERE f.org_id = :org AND f.id = :id AND (f.owner_person = :actor OR po.person_id = :actor);

--! finding_cause_clear exec
--  in   finding id, round int
DELETE FROM finding_cause WHERE org_id = :org AND finding_id = :finding AND round = :round;

--! finding_cause_insert exec
--  in   finding id, round int, place int, parent int, branch text, body text
INSERT INTO finding_cause (org_id, finding_id, round, place, parent, branch, body)
VALUES (:org, :finding, :round, :place, :parent, :branch, :body);

--! finding_causes many
--  in   finding id
--  out  round int, place int, parent int, branch text, body text
SELECT round, place, parent, branch, body FROM finding_cause
WHERE org_id = :org AND finding_id = :finding ORDER BY round DESC, place LIMIT 500;

--! finding_causes_known many
--  in   id id, since date, limit int
--  out  id id, number int, title text, cause text, cause_kind text, area text, cause_on date?
--  out  state int, owner_name text?
SELECT f.id, f.number, f.title, f.cause, f.cause_kind, f.area, f.cause_on, f.state,
       p.name AS owner_name
FROM finding f LEFT JOIN person p ON p.id = f.owner_person AND p.org_id = f.org_id
WHERE f.org_id = :org AND f.cause_on IS NOT NULL AND f.cause_on >= :since AND f.id <> :id
ORDER BY f.cause_on DESC, f.id DESC LIMIT :limit;

--! finding_place_put exec
--  in   finding id, round int, kind text, object int, title text, place text, verdict int
--  in   note text
INSERT INTO finding_place (org_id, finding_id, round, kind, object_id, title, place, verdict, note,
                           looked, looked_by)
VALUES (:org, :finding, :round, :kind, :object, :title, :place, :verdict, :note, :now,
        NULLIF(:actor, 0))
ON CONFLICT (org_id, finding_id, round, kind, title) DO UPDATE SET verdict = excluded.verdict,
  note = excluded.note, looked = excluded.looked, looked_by = excluded.looked_by;

--! finding_place_id one
--  in   finding id, round int, kind text, title text
--  out  id id
SELECT x.id FROM finding_place x WHERE x.org_id = :org AND x.finding_id = :finding
  AND x.round = :round AND x.kind = :kind AND x.title = :title;

--! finding_places many
--  in   finding id
--  out  round int, kind text, object int, title text, place text, verdict int, note text
--  out  looked instant, looked_by text?
SELECT x.round, x.kind, x.object_id AS object, x.title, x.place, x.verdict, x.note, x.looked,
       p.name AS looked_by
FROM finding_place x LEFT JOIN person p ON p.id = x.looked_by AND p.org_id = x.org_id
WHERE x.org_id = :org AND x.finding_id = :finding ORDER BY x.round DESC, x.id LIMIT 500;

-- Every place of the organisation where the same may stand: the first of each kind.
--! finding_elsewhere many
--  in   like text
--  out  kind text, object id, title text, place text
SELECT 'site' AS kind, s.id AS object, s.name AS title, '/sites/' AS place
FROM site s WHERE s.org_id = :org AND s.closed = 0 AND LOWER(s.name) LIKE :like
UNION ALL
SELECT 'system' AS kind, y.id AS object, y.name AS title, '/systems/' AS place
FROM critical_system y WHERE y.org_id = :org AND y.retired = 0 AND LOWER(y.name) LIKE :like
UNION ALL
SELECT 'team' AS kind, t.id AS object, t.name AS title, '/teams/' AS place
FROM team t WHERE t.org_id = :org AND LOWER(t.name) LIKE :like
UNION ALL
SELECT 'supplier' AS kind, i.id AS object, i.title, '/items/' AS place
FROM register_item i WHERE i.org_id = :org AND i.kind = 'suppliers' AND i.removed = 0
  AND LOWER(i.title) LIKE :like
ORDER BY 1, 3 LIMIT 60;

--! finding_checker one
--  in   checker id
--  out  id id
SELECT p.id FROM person p WHERE p.org_id = :org AND p.id = :checker AND p.erased = 0;

--! finding_exception_insert insert
--  in   finding id, round int, checker id, reason text
INSERT INTO finding_exception (org_id, finding_id, round, checker, reason, approver, written)
VALUES (:org, :finding, :round, :checker, :reason, :actor, :now);

--! finding_exception_find one
--  in   finding id, round int, checker id
--  out  id id
SELECT id FROM finding_exception
WHERE org_id = :org AND finding_id = :finding AND round = :round AND checker = :checker;

--! finding_exceptions many
--  in   finding id
--  out  id id, round int, checker text, reason text, approver text, written instant
SELECT x.id, x.round, k.name AS checker, x.reason, a.name AS approver, x.written
FROM finding_exception x
JOIN person k ON k.id = x.checker AND k.org_id = x.org_id
JOIN person a ON a.id = x.approver AND a.org_id = x.org_id
WHERE x.org_id = :org AND x.finding_id = :finding ORDER BY x.id;

--! finding_check_insert insert
--  in   finding id, round int, checked_on date, checker id?, effective bool, result text
--  in   exception id?
INSERT INTO finding_check (org_id, finding_id, round, checked_on, checker, effective, result,
                           exception_id, written)
VALUES (:org, :finding, :round, :checked_on, :checker, :effective, :result, :exception, :now);

--! finding_checks many
--  in   finding id
--  out  id id, round int, checked_on date, checker text?, effective bool, result text
--  out  exception id?
SELECT k.id, k.round, k.checked_on, p.name AS checker, k.effective, k.result,
       k.exception_id AS exception
FROM finding_check k LEFT JOIN person p ON p.id = k.checker AND p.org_id = k.org_id
WHERE k.org_id = :org AND k.finding_id = :finding ORDER BY k.id;

-- Whoever owned, finished or reported progress of an action of that round.
--! finding_doers many
--  in   finding id, round int
--  out  person id?
SELECT a.owner_person AS person FROM action a
WHERE a.org_id = :org AND a.finding_id = :finding AND a.round = :round AND a.state = 2
  AND a.owner_person IS NOT NULL
UNION
SELECT po.person_id AS person FROM action a
JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
WHERE a.org_id = :org AND a.finding_id = :finding AND a.round = :round AND a.state = 2
  AND po.person_id IS NOT NULL
UNION
SELECT a.done_by AS person FROM action a
WHERE a.org_id = :org AND a.finding_id = :finding AND a.round = :round AND a.state = 2
  AND a.done_by IS NOT NULL
UNION
SELECT n.written_by AS person FROM action_note n
JOIN action a ON a.id = n.action_id AND a.org_id = n.org_id
WHERE n.org_id = :org AND a.finding_id = :finding AND a.round = :round AND a.state = 2
  AND n.progress > 0 AND n.written_by IS NOT NULL
ORDER BY 1;

--! finding_by_number one
--  in   number int
--  out  id id
SELECT id FROM finding WHERE org_id = :org AND number = :number;

--! finding_activity_title one
--  in   id id
--  out  title text
SELECT a.title FROM activity a WHERE a.org_id = :org AND a.id = :id;

-- Parked until a day that has come.
--! finding_parked many
--  out  id id
SELECT f.id FROM finding f
WHERE f.org_id = :org AND f.state = 9 AND f.parked_until <= :today ORDER BY f.id;
