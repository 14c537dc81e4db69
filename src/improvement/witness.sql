-- SPDX-License-Identifier: Apache-2.0
-- What `daybook verify` compares with the ledger's last word. Dates come as they are stored.
--! finding_witness_rows many
--  in   after id, most int
--  out  id id, number int, grade int, title text, statement text, raised text, due text?
--  out  owner_person id?, owner_position id?, state int, round int, correction text
--  out  corrected_on text?, containment text, contained_on text?, cause text, cause_kind text
--  out  cause_on text?, extent text, extent_on text?, decision int, decision_reason text
--  out  parked_until text?, check_from text?, improved text, closed_on text?
SELECT id, number, grade, title, statement, raised, due, owner_person, owner_position, state, round,
       correction, corrected_on, containment, contained_on, cause, cause_kind, cause_on, extent,
       extent_on, decision, decision_reason, parked_until, check_from, improved, closed_on
FROM finding WHERE org_id = :org AND id > :after ORDER BY id LIMIT :most;

--! finding_witness_actions many
--  in   after id, most int
--  out  id id, title text, detail text, owner_person id?, owner_position id?, due text
--  out  baseline text, priority int, state int, progress int, extensions int, result text
--  out  done_on text?, cancel_reason text
SELECT id, title, detail, owner_person, owner_position, due, baseline, priority, state, progress,
       extensions, result, done_on, cancel_reason
FROM action WHERE org_id = :org AND id > :after ORDER BY id LIMIT :most;

--! finding_witness_checks many
--  in   after id, most int
--  out  id id, finding id, round int, checked_on text, checker id?, effective int, result text
--  out  exception id?
SELECT id, finding_id AS finding, round, checked_on, checker, effective, result,
       exception_id AS exception
FROM finding_check WHERE org_id = :org AND id > :after ORDER BY id LIMIT :most;

--! finding_witness_exceptions many
--  in   after id, most int
--  out  id id, finding id, round int, checker id, reason text, approver id
SELECT id, finding_id AS finding, round, checker, reason, approver
FROM finding_exception WHERE org_id = :org AND id > :after ORDER BY id LIMIT :most;

-- Parts, which entries of their finding or action speak of by a number.
--! finding_part_causes many
--  in   first id, last id
--  out  finding id, round int, parent int, branch text, body text
SELECT s.finding_id AS finding, s.round, s.parent, s.branch, s.body
FROM finding_cause s WHERE s.org_id = :org AND s.finding_id BETWEEN :first AND :last
ORDER BY s.finding_id, s.round, s.place;

--! finding_part_places many
--  in   first id, last id
--  out  finding id, id id, kind text, title text, verdict int, note text
SELECT x.finding_id AS finding, x.id, x.kind, x.title, x.verdict, x.note
FROM finding_place x WHERE x.org_id = :org AND x.finding_id BETWEEN :first AND :last
ORDER BY x.finding_id, x.id;

--! action_part_needs many
--  in   first id, last id
--  out  action id, needs id
SELECT n.action_id AS action, n.needs_id AS needs
FROM action_need n WHERE n.org_id = :org AND n.action_id BETWEEN :first AND :last
ORDER BY n.action_id, n.needs_id;

-- The first, the second … of an action, as its entries count them.
--! action_part_extensions many
--  in   first id, last id
--  out  action id, number int, to_due text, reason text
SELECT e.action_id AS action,
       row_number() OVER (PARTITION BY e.action_id ORDER BY e.id) AS number, e.to_due, e.reason
FROM action_extension e WHERE e.org_id = :org AND e.action_id BETWEEN :first AND :last
ORDER BY e.action_id, e.id;
