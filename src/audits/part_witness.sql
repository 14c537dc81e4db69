-- SPDX-License-Identifier: Apache-2.0
-- What belongs to an audit and has no entries of its own: `daybook verify` compares these rows with
-- what the audit's entries say of them. Dates come as they are stored.
--! audit_part_members many
--  in   first id, last id, present bool
--  out  audit id, person id, part text, outside text, worked_until text?, left_reason text
SELECT m.audit_id AS audit, m.person_id AS person, m.part, m.outside, m.worked_until, m.left_reason
FROM audit_member m
WHERE m.org_id = :org AND m.audit_id BETWEEN :first AND :last
  AND CASE WHEN m.left_at IS NULL THEN 1 ELSE 0 END = :present
ORDER BY m.audit_id, m.id;

--! audit_part_waivers many
--  in   first id, last id
--  out  audit id, id id, person id, area id?, reason text, approved_by id, confirmed bool
--  out  unsaid bool
SELECT w.audit_id AS audit, w.id, w.person_id AS person, w.area_id AS area, w.reason,
       w.approved_by, CASE WHEN w.confirmed IS NULL THEN 0 ELSE 1 END AS confirmed,
       CASE WHEN w.made = a.created THEN 1 ELSE 0 END AS unsaid
FROM audit_waiver w JOIN audit a ON a.id = w.audit_id AND a.org_id = w.org_id
WHERE w.org_id = :org AND w.audit_id BETWEEN :first AND :last ORDER BY w.audit_id, w.id;

--! audit_part_auditees many
--  in   first id, last id
--  out  audit id, person id, part text
SELECT u.audit_id AS audit, u.person_id AS person, u.part
FROM audit_auditee u
WHERE u.org_id = :org AND u.audit_id BETWEEN :first AND :last ORDER BY u.audit_id, u.id;

--! audit_part_areas many
--  in   first id, last id
--  out  audit id, id id, kind text, ref text, title text, owner_person id?, owner_position id?
--  out  operator_person id?, operator_position id?
SELECT r.audit_id AS audit, r.id, r.kind, r.ref, r.title, r.owner_person, r.owner_position,
       r.operator_person, r.operator_position
FROM audit_area r
WHERE r.org_id = :org AND r.audit_id BETWEEN :first AND :last AND r.removed = 0
ORDER BY r.audit_id, r.id;

--! audit_part_slots many
--  in   first id, last id
--  out  audit id, id id, on_day text, at_time text, what text, who text
SELECT t.audit_id AS audit, t.id, t.on_day, t.at_time, t.what, t.who
FROM audit_slot t
WHERE t.org_id = :org AND t.audit_id BETWEEN :first AND :last ORDER BY t.audit_id, t.id;

--! audit_part_samples many
--  in   first id, last id
--  out  audit id, id id, how text, size_of_it int, size int, seed int, drawn text
SELECT s.audit_id AS audit, s.id, s.how, s.size_of_it, s.size, s.seed, s.drawn
FROM audit_sample s
WHERE s.org_id = :org AND s.audit_id BETWEEN :first AND :last ORDER BY s.audit_id, s.id;

--! audit_part_reports many
--  in   first id, last id
--  out  audit id, number int, hash text, recipients int
SELECT e.audit_id AS audit, e.number, e.hash,
       (SELECT count(*) FROM audit_recipient r WHERE r.org_id = :org AND r.report_id = e.id)
         AS recipients
FROM audit_report e
WHERE e.org_id = :org AND e.audit_id BETWEEN :first AND :last ORDER BY e.audit_id, e.number;

-- Of one report, by report: so that a name among its recipients is not exchanged.
--! audit_part_recipients many
--  in   first id, last id
--  out  audit id, number int, person id, has_read bool
SELECT e.audit_id AS audit, e.number, r.person_id AS person,
       CASE WHEN r.read_at IS NULL THEN 0 ELSE 1 END AS has_read
FROM audit_recipient r JOIN audit_report e ON e.id = r.report_id AND e.org_id = r.org_id
WHERE r.org_id = :org AND e.audit_id BETWEEN :first AND :last
ORDER BY e.audit_id, e.number, r.person_id;
