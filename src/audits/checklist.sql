-- SPDX-License-Identifier: Apache-2.0
--! audit_item_insert insert
--  in   audit id, area id, place int, ref text, title text, ask text, look text, take text
--  in   own bool
INSERT INTO audit_item (org_id, audit_id, area_id, place, ref, title, ask, look, take, own)
VALUES (:org, :audit, :area, :place, :ref, :title, :ask, :look, :take, :own);

--! audit_items many
--  in   audit id
--  out  id id, area id, place int, ref text, title text, ask text, look text, take text, own bool
--  out  result int, note text, reason text, auditor id?, auditor_name text?, assessed instant?
--  out  assessed_by text?, version int, evidence int
SELECT i.id, i.area_id AS area, i.place, i.ref, i.title, i.ask, i.look, i.take, i.own, i.result,
       i.note, i.reason, i.auditor, u.name AS auditor_name, i.assessed, p.name AS assessed_by,
       i.version,
       (SELECT count(*) FROM evidence_link l WHERE l.org_id = :org
          AND l.object_kind = 'audit_item' AND l.object_id = i.id) AS evidence
FROM audit_item i
LEFT JOIN person u ON u.id = i.auditor AND u.org_id = i.org_id
LEFT JOIN person p ON p.id = i.assessed_by AND p.org_id = i.org_id
WHERE i.org_id = :org AND i.audit_id = :audit ORDER BY i.place, i.id;

--! audit_item_get one
--  in   id id
--  out  id id, audit id, area id, place int, ref text, title text, ask text, look text, take text
--  out  own bool, result int, note text, reason text, auditor id?, auditor_name text?
--  out  assessed instant?, assessed_by text?, version int, area_title text
SELECT i.id, i.audit_id AS audit, i.area_id AS area, i.place, i.ref, i.title, i.ask, i.look,
       i.take, i.own, i.result, i.note, i.reason, i.auditor, u.name AS auditor_name, i.assessed,
       p.name AS assessed_by, i.version, r.title AS area_title
FROM audit_item i
JOIN audit_area r ON r.id = i.area_id AND r.org_id = i.org_id
LEFT JOIN person u ON u.id = i.auditor AND u.org_id = i.org_id
LEFT JOIN person p ON p.id = i.assessed_by AND p.org_id = i.org_id
WHERE i.org_id = :org AND i.id = :id;

--! audit_item_neighbours one
--  in   audit id, place int
--  out  before int, after int, next_open int, number int, total int
SELECT COALESCE((SELECT b.id FROM audit_item b WHERE b.org_id = :org AND b.audit_id = :audit
                   AND b.place < :place ORDER BY b.place DESC LIMIT 1), 0) AS before,
       COALESCE((SELECT n.id FROM audit_item n WHERE n.org_id = :org AND n.audit_id = :audit
                   AND n.place > :place ORDER BY n.place LIMIT 1), 0) AS after,
       COALESCE((SELECT k.id FROM audit_item k WHERE k.org_id = :org AND k.audit_id = :audit
                   AND k.place <> :place AND k.result = 0
                 ORDER BY k.place < :place, k.place LIMIT 1), 0) AS next_open,
       (SELECT count(*) FROM audit_item m WHERE m.org_id = :org AND m.audit_id = :audit
          AND m.place <= :place) AS number,
       (SELECT count(*) FROM audit_item t WHERE t.org_id = :org AND t.audit_id = :audit) AS total;

--! audit_item_assess exec
--  in   id id, version int, result int, note text, reason text, auditor id?
UPDATE audit_item SET result = :result, note = :note, reason = :reason, auditor = :auditor,
                      assessed = :now, assessed_by = :actor, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! audit_item_edit exec
--  in   id id, version int, title text, ask text, look text, take text
UPDATE audit_item SET title = :title, ask = :ask, look = :look, take = :take,
                      version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! audit_item_remove exec
--  in   id id, version int
DELETE FROM audit_item
WHERE org_id = :org AND id = :id AND version = :version AND result = 0;

--! audit_item_last one
--  in   audit id
--  out  place int
SELECT COALESCE(max(i.place), 0) AS place FROM audit_item i
WHERE i.org_id = :org AND i.audit_id = :audit;

--! audit_item_witness_rows many
--  in   after id, most int
--  out  id id, ref text, result int, note text
SELECT i.id, i.ref, i.result, i.note FROM audit_item i
WHERE i.org_id = :org AND i.id > :after ORDER BY i.id LIMIT :most;

-- Files at the items of an audit, for the checklist and the report.
--! audit_item_evidence many
--  in   audit id
--  out  item id, evidence id, name text, size int
SELECT i.id AS item, e.id AS evidence, e.name, e.size
FROM audit_item i
JOIN evidence_link l ON l.org_id = i.org_id AND l.object_kind = 'audit_item' AND l.object_id = i.id
JOIN evidence e ON e.id = l.evidence_id AND e.org_id = i.org_id
WHERE i.org_id = :org AND i.audit_id = :audit AND e.withdrawn_at IS NULL
ORDER BY i.place, e.id;

--! audit_evidence_links many
--  in   audit id
--  out  evidence id
SELECT DISTINCT l.evidence_id AS evidence
FROM audit_item i
JOIN evidence_link l ON l.org_id = i.org_id AND l.object_kind = 'audit_item' AND l.object_id = i.id
WHERE i.org_id = :org AND i.audit_id = :audit ORDER BY evidence;

-- The organisation's own wording of a control or clause, if it was imported.
--! audit_own_wording many
--  out  ref text, title text, description text, own_set text, ask text, look text, take text
SELECT i.ref, i.title, i.description, t.own_set, t.ask, t.look, t.take
FROM register_item i JOIN control_text t ON t.item_id = i.id AND t.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'control_set' AND i.removed = 0 ORDER BY i.id;

-- ---- findings ----

--! audit_finding_insert insert
--  in   audit id, item int, grade int, title text, criterion text, evidence text, statement text
--  in   owner_person id?, owner_position id?, due date?
INSERT INTO audit_finding (org_id, audit_id, item_id, grade, title, criterion, evidence,
                           statement, owner_person, owner_position, due, made, made_by)
VALUES (:org, :audit, :item, :grade, :title, :criterion, :evidence, :statement, :owner_person,
        :owner_position, :due, :now, :actor);

--! audit_findings many
--  in   audit id
--  out  id id, item int, ref text?, grade int, title text, criterion text, evidence text
--  out  statement text, owner_person id?, owner_position id?, owner_name text?, owner_title text?
--  out  owner_holder text?, due date?, answer int, answer_words text, answered_by text?
--  out  answered instant?, finding int, made instant, made_by text?, withdrawn text, version int
SELECT f.id, f.item_id AS item, i.ref, f.grade, f.title, f.criterion, f.evidence, f.statement,
       f.owner_person, f.owner_position, p.name AS owner_name, o.title AS owner_title,
       h.name AS owner_holder, f.due, f.answer, f.answer_words, q.name AS answered_by, f.answered,
       f.finding_id AS finding, f.made, m.name AS made_by, f.withdrawn, f.version
FROM audit_finding f
LEFT JOIN audit_item i ON i.id = f.item_id AND i.org_id = f.org_id
LEFT JOIN person p ON p.id = f.owner_person AND p.org_id = f.org_id
LEFT JOIN position o ON o.id = f.owner_position AND o.org_id = f.org_id
LEFT JOIN person h ON h.id = o.person_id AND h.org_id = f.org_id
LEFT JOIN person q ON q.id = f.answered_by AND q.org_id = f.org_id
LEFT JOIN person m ON m.id = f.made_by AND m.org_id = f.org_id
WHERE f.org_id = :org AND f.audit_id = :audit
ORDER BY f.withdrawn <> '', f.grade, f.id;

--! audit_finding_get one
--  in   id id
--  out  id id, audit id, item int, grade int, title text, criterion text, evidence text
--  out  statement text, owner_person id?, owner_position id?, due date?, answer int
--  out  answer_words text, finding int, withdrawn text, version int
SELECT f.id, f.audit_id AS audit, f.item_id AS item, f.grade, f.title, f.criterion, f.evidence,
       f.statement, f.owner_person, f.owner_position, f.due, f.answer, f.answer_words,
       f.finding_id AS finding, f.withdrawn, f.version
FROM audit_finding f WHERE f.org_id = :org AND f.id = :id;

--! audit_finding_set exec
--  in   id id, version int, grade int, title text, criterion text, evidence text, statement text
--  in   owner_person id?, owner_position id?, due date?
UPDATE audit_finding SET grade = :grade, title = :title, criterion = :criterion,
                         evidence = :evidence, statement = :statement,
                         owner_person = :owner_person, owner_position = :owner_position,
                         due = :due, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! audit_finding_answer exec
--  blind "what the auditee says last counts; the ledger keeps each answer"
--  in   id id, answer int, words text
UPDATE audit_finding SET answer = :answer, answer_words = :words, answered_by = :actor,
                         answered = :now, version = version + 1
WHERE org_id = :org AND id = :id;

--! audit_finding_withdraw exec
--  blind "an event, loaded in this transaction"
--  in   id id, reason text
UPDATE audit_finding SET withdrawn = :reason, version = version + 1
WHERE org_id = :org AND id = :id AND finding_id = 0;

--! audit_finding_raised exec
--  blind "an event, loaded in this transaction"
--  in   id id, finding id
UPDATE audit_finding SET finding_id = :finding, version = version + 1
WHERE org_id = :org AND id = :id;

--! audit_finding_witness_rows many
--  in   after id, most int
--  out  id id, grade int, title text, statement text, withdrawn text
SELECT f.id, f.grade, f.title, f.statement, f.withdrawn FROM audit_finding f
WHERE f.org_id = :org AND f.id > :after ORDER BY f.id LIMIT :most;
