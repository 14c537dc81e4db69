-- SPDX-License-Identifier: Apache-2.0
-- Who audits, when they are there, and what they may not audit.

--! auditor_people many
--  in   role int
--  out  person id, name text, manager id?, left_on date?, auditor id?, outside text?
--  out  competences text?, days int?, from_on date?, until_on date?, version int?, has_role int
SELECT p.id AS person, p.name, p.manager_id AS manager, p.left_on, a.id AS auditor, a.outside,
       a.competences, a.days, a.from_on, a.until_on, a.version,
       (SELECT COUNT(*) FROM person_role r
        WHERE r.org_id = p.org_id AND r.person_id = p.id AND r.role = :role
          AND (r.until IS NULL OR r.until >= :today)) AS has_role
FROM person p LEFT JOIN audit_auditor a ON a.person_id = p.id AND a.org_id = p.org_id
WHERE p.org_id = :org AND p.erased = 0
  AND (a.id IS NOT NULL OR EXISTS (SELECT 1 FROM person_role r
       WHERE r.org_id = p.org_id AND r.person_id = p.id AND r.role = :role
         AND (r.until IS NULL OR r.until >= :today)))
ORDER BY p.name, p.id;

--! auditor_put exec
--  in   person id, outside text, competences text, days int, from_on date?, until_on date?
--  blind "the last word about what an auditor can give counts"
INSERT INTO audit_auditor (org_id, person_id, outside, competences, days, from_on, until_on)
VALUES (:org, :person, :outside, :competences, :days, :from_on, :until_on)
ON CONFLICT (org_id, person_id) DO UPDATE SET outside = excluded.outside,
  competences = excluded.competences, days = excluded.days, from_on = excluded.from_on,
  until_on = excluded.until_on, version = audit_auditor.version + 1;

--! absence_all many
--  out  id id, person id?, name text?, from_on date, until_on date, reason text
SELECT b.id, b.person_id AS person, p.name, b.from_on, b.until_on, b.reason
FROM audit_absence b LEFT JOIN person p ON p.id = b.person_id AND p.org_id = b.org_id
WHERE b.org_id = :org ORDER BY b.from_on, b.id;

--! absence_person one
--  in   person id
--  out  id id
SELECT p.id FROM person p WHERE p.org_id = :org AND p.id = :person AND p.erased = 0;

--! absence_insert insert
--  in   person id?, from_on date, until_on date, reason text
INSERT INTO audit_absence (org_id, person_id, from_on, until_on, reason)
VALUES (:org, :person, :from_on, :until_on, :reason);

--! absence_delete exec
--  in   id id
DELETE FROM audit_absence WHERE org_id = :org AND id = :id;

--! worked_all many
--  out  id id, person id, name text, unit id, title text, until_on date
SELECT w.id, w.person_id AS person, p.name, w.unit_id AS unit, u.title, w.until_on
FROM audit_worked w
JOIN person p ON p.id = w.person_id AND p.org_id = w.org_id
JOIN audit_unit u ON u.id = w.unit_id AND u.org_id = w.org_id
WHERE w.org_id = :org ORDER BY w.unit_id, w.person_id;

--! worked_put exec
--  in   person id, unit id, until_on date
INSERT INTO audit_worked (org_id, person_id, unit_id, until_on)
VALUES (:org, :person, :unit, :until_on)
ON CONFLICT (org_id, person_id, unit_id) DO UPDATE SET until_on = excluded.until_on;

--! exception_all many
--  out  id id, unit id, title text, person id, name text, reason text, approved_by id
--  out  approver text, made instant, ended instant?
SELECT e.id, e.unit_id AS unit, u.title, e.person_id AS person, p.name, e.reason, e.approved_by,
       a.name AS approver, e.made, e.ended
FROM audit_exception e
JOIN audit_unit u ON u.id = e.unit_id AND u.org_id = e.org_id
JOIN person p ON p.id = e.person_id AND p.org_id = e.org_id
JOIN person a ON a.id = e.approved_by AND a.org_id = e.org_id
WHERE e.org_id = :org ORDER BY e.unit_id, e.person_id, e.id;

--! exception_insert insert
--  in   unit id, person id, reason text, approved_by id
INSERT INTO audit_exception (org_id, unit_id, person_id, reason, approved_by, made)
VALUES (:org, :unit, :person, :reason, :approved_by, :now);

--! exception_end exec
--  in   id id
UPDATE audit_exception SET ended = :now WHERE org_id = :org AND id = :id AND ended IS NULL;

--! operators many
--  out  unit id, person id?, what text
SELECT l.id AS unit, i.owner_person AS person, i.title AS what
FROM audit_unit l JOIN register_item i ON i.id = l.register_item AND i.org_id = l.org_id
WHERE l.org_id = :org AND l.retired IS NULL AND i.owner_person IS NOT NULL
UNION ALL
SELECT l.id AS unit, po.person_id AS person, i.title AS what
FROM audit_unit l JOIN register_item i ON i.id = l.register_item AND i.org_id = l.org_id
JOIN position po ON po.id = i.owner_position AND po.org_id = i.org_id
WHERE l.org_id = :org AND l.retired IS NULL AND po.person_id IS NOT NULL
ORDER BY 1, 2;

--! auditor_person one
--  in   id id
--  out  name text, left_on date?
SELECT p.name, p.left_on FROM person p WHERE p.org_id = :org AND p.id = :id AND p.erased = 0;

--! witness_auditors many
--  in   after id, most int
--  out  id id, outside text, competences text, days int, until_on text?
SELECT a.id, a.outside, a.competences, a.days, a.until_on
FROM audit_auditor a WHERE a.org_id = :org AND a.id > :after ORDER BY a.id LIMIT :most;

--! auditor_id one
--  in   person id
--  out  id id
SELECT a.id FROM audit_auditor a WHERE a.org_id = :org AND a.person_id = :person;

--! witness_exceptions many
--  in   after id, most int
--  out  id id, unit_id id, person_id id, reason text, approved_by id
SELECT e.id, e.unit_id, e.person_id, e.reason, e.approved_by
FROM audit_exception e WHERE e.org_id = :org AND e.id > :after ORDER BY e.id LIMIT :most;

--! auditor_by_name one
--  in   name text
--  out  id id
SELECT p.id FROM person p
WHERE p.org_id = :org AND p.erased = 0 AND (p.name_fold = :name OR p.email = :name)
ORDER BY p.id LIMIT 1;
