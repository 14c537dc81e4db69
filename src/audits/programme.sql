-- SPDX-License-Identifier: Apache-2.0
-- Versions of the audit programme: searched, proposed, adopted, followed.

--! programme_insert insert
--  in   number int, start_on date, months int, seed int, steps int
INSERT INTO audit_programme (org_id, number, start_on, months, seed, steps, touched, proposed,
                             proposed_by)
VALUES (:org, :number, :start_on, :months, :seed, :steps, :now, :now, :actor);

--! programme_last one
--  out  number int
SELECT COALESCE(MAX(p.number), 0) AS number FROM audit_programme p WHERE p.org_id = :org;

--! programme_get one
--  in   id id
--  out  id id, number int, state int, start_on date, months int, seed int, steps int
--  out  feasible bool, staleness real, progress int, stop bool, touched instant, failure text
--  out  proposed instant, proposed_by id?, proposer text?, adopted instant?, adopted_by id?
--  out  approver text?, exception text, plan_hash text, version int
SELECT p.id, p.number, p.state, p.start_on, p.months, p.seed, p.steps, p.feasible, p.staleness,
       p.progress, p.stop, p.touched, p.failure, p.proposed, p.proposed_by, w.name AS proposer,
       p.adopted, p.adopted_by, a.name AS approver, p.exception, p.plan_hash, p.version
FROM audit_programme p
LEFT JOIN person w ON w.id = p.proposed_by AND w.org_id = p.org_id
LEFT JOIN person a ON a.id = p.adopted_by AND a.org_id = p.org_id
WHERE p.org_id = :org AND p.id = :id;

--! programme_list many
--  out  id id, number int, state int, start_on date, months int, feasible bool, staleness real
--  out  proposed instant, proposer text?, adopted instant?, approver text?, audits int
SELECT p.id, p.number, p.state, p.start_on, p.months, p.feasible, p.staleness, p.proposed,
       w.name AS proposer, p.adopted, a.name AS approver,
       p.audits
FROM audit_programme p
LEFT JOIN person w ON w.id = p.proposed_by AND w.org_id = p.org_id
LEFT JOIN person a ON a.id = p.adopted_by AND a.org_id = p.org_id
WHERE p.org_id = :org ORDER BY p.number DESC LIMIT 50;

--! programme_in_state one
--  in   state int
--  out  id id
SELECT p.id FROM audit_programme p WHERE p.org_id = :org AND p.state = :state
ORDER BY p.number DESC LIMIT 1;

--! programme_heartbeat exec
--  in   id id, progress int
--  unheard "how far a search is"
UPDATE audit_programme SET progress = :progress, touched = :now
WHERE org_id = :org AND id = :id AND state = 0;

--! programme_ask_stop exec
--  in   id id
UPDATE audit_programme SET stop = 1 WHERE org_id = :org AND id = :id AND state = 0;

--! programme_found exec
--  in   id id, feasible bool, staleness real
--  blind "the search alone ends a search"
UPDATE audit_programme SET state = 1, progress = 100, feasible = :feasible,
  staleness = :staleness, touched = :now, version = version + 1,
  audits = (SELECT COUNT(*) FROM audit_assignment g
            WHERE g.org_id = audit_programme.org_id AND g.programme_id = audit_programme.id)
WHERE org_id = :org AND id = :id AND state = 0;

--! programme_failed exec
--  in   id id, failure text
--  blind "the search alone ends a search"
--  unheard "a search that ended without a plan changed nothing"
UPDATE audit_programme SET state = 4, failure = :failure, touched = :now, version = version + 1
WHERE org_id = :org AND id = :id AND state = 0;

--! programme_checked exec
--  in   id id, feasible bool, staleness real
--  blind "the checker's word about what stands there"
--  unheard "derived from the plan by the checker"
UPDATE audit_programme SET feasible = :feasible, staleness = :staleness, version = version + 1,
  audits = (SELECT COUNT(*) FROM audit_assignment g
            WHERE g.org_id = audit_programme.org_id AND g.programme_id = audit_programme.id)
WHERE org_id = :org AND id = :id AND state = 1;

--! programme_set_state exec
--  in   id id, version int, from_state int, state int
UPDATE audit_programme SET state = :state, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version AND state = :from_state;

--! programme_set_adopted exec
--  in   id id, version int, exception text, plan_hash text
UPDATE audit_programme SET state = 2, adopted = :now, adopted_by = :actor,
  exception = :exception, plan_hash = :plan_hash, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version AND state = 1;

--! assignment_insert insert
--  in   programme id, unit id, month date, auditor id, why text, by_hand bool, activity id?
INSERT INTO audit_assignment (org_id, programme_id, unit_id, month, auditor_person, why, by_hand,
                              activity_id)
VALUES (:org, :programme, :unit, :month, :auditor, :why, :by_hand, :activity);

--! assignment_change exec
--  in   id id, month date, auditor id, why text
UPDATE audit_assignment SET month = :month, auditor_person = :auditor, why = :why, by_hand = 1
WHERE org_id = :org AND id = :id AND activity_id IS NULL;

--! assignment_delete exec
--  in   id id
DELETE FROM audit_assignment WHERE org_id = :org AND id = :id AND activity_id IS NULL;

--! assignment_set_activity exec
--  in   id id, activity id
UPDATE audit_assignment SET activity_id = :activity WHERE org_id = :org AND id = :id;

--! assignment_all many
--  in   programme id
--  out  id id, unit id, unit_title text, unit_kind text, month date, auditor id, auditor_name text
--  out  why text, by_hand bool, activity id?, state int?, baseline date?, due date?, latest date?
--  out  held_on date?, effort int, activity_version int?, owner_person id?
SELECT g.id, g.unit_id AS unit, u.title AS unit_title, u.kind AS unit_kind, g.month,
       g.auditor_person AS auditor, p.name AS auditor_name, g.why, g.by_hand,
       g.activity_id AS activity, a.state, a.baseline, a.due, a.latest, a.held_on, u.effort,
       a.version AS activity_version, a.owner_person
FROM audit_assignment g
JOIN audit_unit u ON u.id = g.unit_id AND u.org_id = g.org_id
JOIN person p ON p.id = g.auditor_person AND p.org_id = g.org_id
LEFT JOIN activity a ON a.id = g.activity_id AND a.org_id = g.org_id
WHERE g.org_id = :org AND g.programme_id = :programme
ORDER BY g.month, g.unit_id;

--! assignment_months many
--  in   programme id
--  out  unit id, month date, auditor id, activity id?, state int?, due date?, latest date?
--  out  held_on date?, baseline date?
SELECT g.unit_id AS unit, g.month, g.auditor_person AS auditor, g.activity_id AS activity,
       a.state, a.due, a.latest, a.held_on, a.baseline
FROM audit_assignment g
LEFT JOIN activity a ON a.id = g.activity_id AND a.org_id = g.org_id
WHERE g.org_id = :org AND g.programme_id = :programme ORDER BY g.unit_id, g.month;

--! assignment_of_activity one
--  in   activity id
--  out  unit id, unit_title text, auditor id, programme id, why text
SELECT g.unit_id AS unit, u.title AS unit_title, g.auditor_person AS auditor,
       g.programme_id AS programme, g.why
FROM audit_assignment g JOIN audit_unit u ON u.id = g.unit_id AND u.org_id = g.org_id
WHERE g.org_id = :org AND g.activity_id = :activity ORDER BY g.id DESC LIMIT 1;

--! assignment_of_unit many
--  in   unit id
--  out  number int, programme_state int, month date, auditor_name text, why text, activity id?
--  out  state int?, due date?, held_on date?, latest date?
SELECT r.number, r.state AS programme_state, g.month, p.name AS auditor_name, g.why,
       g.activity_id AS activity, a.state, a.due, a.held_on, a.latest
FROM audit_assignment g
JOIN audit_programme r ON r.id = g.programme_id AND r.org_id = g.org_id
JOIN person p ON p.id = g.auditor_person AND p.org_id = g.org_id
LEFT JOIN activity a ON a.id = g.activity_id AND a.org_id = g.org_id
WHERE g.org_id = :org AND g.unit_id = :unit AND r.state IN (1, 2) ORDER BY g.month LIMIT 60;

--! breach_insert insert
--  in   programme id, rule text, unit id?, words text, proved bool, ways_out text
--  unheard "derived from the plan by the checker"
INSERT INTO audit_breach (org_id, programme_id, rule, unit_id, words, proved, ways_out)
VALUES (:org, :programme, :rule, :unit, :words, :proved, :ways_out);

--! breach_clear exec
--  in   programme id
--  unheard "derived from the plan by the checker"
DELETE FROM audit_breach WHERE org_id = :org AND programme_id = :programme;

--! breach_all many
--  in   programme id
--  out  rule text, unit id?, title text?, words text, proved bool, ways_out text
SELECT b.rule, b.unit_id AS unit, u.title, b.words, b.proved, b.ways_out
FROM audit_breach b LEFT JOIN audit_unit u ON u.id = b.unit_id AND u.org_id = b.org_id
WHERE b.org_id = :org AND b.programme_id = :programme ORDER BY b.proved DESC, b.id LIMIT 200;

--! placeholder_audits many
--  out  id id, due date, title text
SELECT a.id, a.due, a.title FROM activity a JOIN duty d ON d.id = a.duty_id AND d.org_id = a.org_id
WHERE a.org_id = :org AND d.duty_key = 'audit.quarterly' AND a.state < 2 AND a.imported = 0
ORDER BY a.due, a.id;

--! external_audits many
--  out  due date, stage text
SELECT a.due, a.stage FROM activity a
WHERE a.org_id = :org AND a.kind = 'surveillance' AND a.stage IN ('surveillance', 'recertification')
  AND a.state <> 4
ORDER BY a.due;

--! charter_get one
--  out  objectives text, responsibilities text, methods text, criteria text, reporting text
--  out  weigh_travel int, weigh_moves int, weigh_effort int, weigh_warning int, weigh_crowd int
--  out  version int
SELECT k.objectives, k.responsibilities, k.methods, k.criteria, k.reporting, k.weigh_travel,
       k.weigh_moves, k.weigh_effort, k.weigh_warning, k.weigh_crowd, k.version
FROM audit_charter k WHERE k.org_id = :org;

--! charter_put exec
--  in   objectives text, responsibilities text, methods text, criteria text, reporting text
--  in   weigh_travel int, weigh_moves int, weigh_effort int, weigh_warning int, weigh_crowd int
--  in   version int
INSERT INTO audit_charter (org_id, objectives, responsibilities, methods, criteria, reporting,
  weigh_travel, weigh_moves, weigh_effort, weigh_warning, weigh_crowd, changed)
VALUES (:org, :objectives, :responsibilities, :methods, :criteria, :reporting, :weigh_travel,
  :weigh_moves, :weigh_effort, :weigh_warning, :weigh_crowd, :now)
ON CONFLICT (org_id) DO UPDATE SET objectives = excluded.objectives,
  responsibilities = excluded.responsibilities, methods = excluded.methods,
  criteria = excluded.criteria, reporting = excluded.reporting,
  weigh_travel = excluded.weigh_travel, weigh_moves = excluded.weigh_moves,
  weigh_effort = excluded.weigh_effort, weigh_warning = excluded.weigh_warning,
  weigh_crowd = excluded.weigh_crowd,
  changed = excluded.changed, version = audit_charter.version + 1
WHERE audit_charter.version = :version;

--! witness_programmes many
--  in   after id, most int
--  out  id id, number int, start_on text, months int, state int, plan_hash text, exception text
SELECT p.id, p.number, p.start_on, p.months, p.state, p.plan_hash, p.exception
FROM audit_programme p WHERE p.org_id = :org AND p.id > :after ORDER BY p.id LIMIT :most;

--! witness_assignments many
--  in   after id, most int
--  out  id id, programme_id id, unit_id id, month text, auditor_person id
SELECT g.id, g.programme_id, g.unit_id, g.month, g.auditor_person
FROM audit_assignment g JOIN audit_programme p ON p.id = g.programme_id AND p.org_id = g.org_id
WHERE g.org_id = :org AND p.state IN (2, 3) AND g.id > :after ORDER BY g.id LIMIT :most;

--! placeholder_review one
--  in   duty_key text
--  out  id id
SELECT d.id FROM duty d WHERE d.org_id = :org AND d.duty_key = :duty_key;

-- ---- following it ----

--! followed_days many
--  out  day date, first_due int, due_open int, latest_open int, held int
SELECT t.day, t.first_due, t.due_open, t.latest_open, t.held
FROM follow_tally t JOIN duty d ON d.id = t.duty_id AND d.org_id = t.org_id
WHERE t.org_id = :org AND d.duty_key = 'audit.programme' ORDER BY t.day;

-- Asked for only when one has closed.
--! followed_first_closed one
--  out  id id, title text, latest date, owner text?
SELECT a.id, a.title, a.latest, p.name AS owner
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
WHERE a.org_id = :org AND a.kind = 'audit' AND a.state < 3 AND a.latest < :today
  AND +a.duty_id = (SELECT d.id FROM duty d
                    WHERE d.org_id = :org AND d.duty_key = 'audit.programme')
ORDER BY a.latest, a.id LIMIT 1;

-- Late or next, and moved: each the first of its own index.
--! followed_slips many
--  in   soon date
--  out  id id, title text, owner text?, baseline date, due date, latest date, held_on date?
--  out  state int
SELECT a.id, a.title, p.name AS owner, a.baseline, a.due, a.latest, a.held_on, a.state
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
WHERE a.org_id = :org AND a.id IN (
  SELECT s.id FROM (
    SELECT n.id FROM activity n
    WHERE n.org_id = :org AND n.kind = 'audit' AND n.state < 3 AND n.due <= :soon
      AND +n.duty_id = (SELECT d.id FROM duty d
                        WHERE d.org_id = :org AND d.duty_key = 'audit.programme')
    ORDER BY n.due, n.id LIMIT 20) AS s
  UNION
  SELECT v.id FROM (
    SELECT m.id FROM activity m
    WHERE m.org_id = :org AND m.kind = 'audit' AND m.state < 3 AND m.due <> m.baseline
      AND +m.duty_id = (SELECT d.id FROM duty d
                        WHERE d.org_id = :org AND d.duty_key = 'audit.programme')
    ORDER BY m.due, m.id LIMIT 20) AS v)
ORDER BY a.due, a.id LIMIT 20;

--! grid_units many
--  in   limit int, offset int
--  out  id id, title text, kind text
SELECT u.id, u.title, u.kind FROM audit_unit u WHERE u.org_id = :org AND u.retired IS NULL
ORDER BY u.kind, u.id LIMIT :limit OFFSET :offset;

--! grid_cells many
--  in   programme id, first_kind text, first id, last_kind text, last id, least id, most id
--  out  id id, unit id, month date, auditor_name text, by_hand bool, activity id?, state int?
--  out  due date?, latest date?, held_on date?
SELECT g.id, g.unit_id AS unit, g.month, p.name AS auditor_name, g.by_hand,
       g.activity_id AS activity, a.state, a.due, a.latest, a.held_on
FROM audit_assignment g
JOIN audit_unit u ON u.id = g.unit_id AND u.org_id = g.org_id
JOIN person p ON p.id = g.auditor_person AND p.org_id = g.org_id
LEFT JOIN activity a ON a.id = g.activity_id AND a.org_id = g.org_id
WHERE g.org_id = :org AND u.org_id = :org AND +g.programme_id = :programme
  AND g.unit_id >= :least AND g.unit_id <= :most
  AND (u.kind > :first_kind OR (u.kind = :first_kind AND u.id >= :first))
  AND (u.kind < :last_kind OR (u.kind = :last_kind AND u.id <= :last))
  AND u.retired IS NULL
ORDER BY u.kind, g.unit_id, g.month;
