-- SPDX-License-Identifier: Apache-2.0
-- ---- the audit itself ----

--! audit_insert insert
--  in   activity id, kind text, title text, objective text, criteria text, scope text, method text
--  in   body text
INSERT INTO audit (org_id, activity_id, kind, title, objective, criteria, scope, method, body,
                   created)
VALUES (:org, :activity, :kind, :title, :objective, :criteria, :scope, :method, :body, :now);

--! audit_get one
--  in   id id
--  out  id id, activity id, kind text, title text, objective text, criteria text, scope text
--  out  method text, body text, summary text, notified instant?, started instant?
--  out  started_by text?, issued instant?, open_again bool, created instant, version int
--  out  state int, due date, latest date, held_on date?, concluded instant?, concluded_by text?
--  out  imported bool, activity_kind text
SELECT a.id, a.activity_id AS activity, a.kind, a.title, a.objective, a.criteria, a.scope,
       a.method, a.body, a.summary, a.notified, a.started, s.name AS started_by, a.issued,
       a.open_again, a.created, a.version, d.state, d.due, d.latest, d.held_on, d.concluded,
       p.name AS concluded_by, d.imported, d.kind AS activity_kind
FROM audit a
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
LEFT JOIN person s ON s.id = a.started_by AND s.org_id = a.org_id
LEFT JOIN person p ON p.id = d.concluded_by AND p.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id;

--! audit_of_activity one
--  in   activity id
--  out  id id
SELECT a.id FROM audit a WHERE a.org_id = :org AND a.activity_id = :activity;

--! audit_set_plan exec
--  in   id id, version int, title text, objective text, criteria text, scope text, method text
--  in   body text
UPDATE audit SET title = :title, objective = :objective, criteria = :criteria, scope = :scope,
                 method = :method, body = :body, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! audit_set_summary exec
--  blind "the last word counts; the ledger keeps each"
--  in   id id, summary text
UPDATE audit SET summary = :summary, version = version + 1 WHERE org_id = :org AND id = :id;

--! audit_set_notified exec
--  blind "an event, loaded in this transaction"
--  in   id id
UPDATE audit SET notified = :now, notified_by = :actor, version = version + 1
WHERE org_id = :org AND id = :id;

--! audit_set_started exec
--  blind "an event, loaded in this transaction"
--  in   id id
UPDATE audit SET started = :now, started_by = :actor, version = version + 1
WHERE org_id = :org AND id = :id;

--! audit_set_issued exec
--  blind "an event, loaded in this transaction"
--  in   id id, issued instant?
UPDATE audit SET issued = :issued, version = version + 1 WHERE org_id = :org AND id = :id;

--! audit_set_open_again exec
--  blind "an event, loaded in this transaction"
--  in   id id, open_again bool
UPDATE audit SET open_again = :open_again, version = version + 1 WHERE org_id = :org AND id = :id;

-- state: 0 planned, 1 under way, 2 concluded, 3 cancelled, 4 reopened; -1 all.
--! audit_list many
--  in   kind text, find text, state int, offset int, limit int
--  out  id id, activity id, kind text, title text, body text, due date, held_on date?, state int
--  out  latest date, started instant?, issued instant?, open_again bool, lead text?, items int
--  out  items_open int, majors int, minors int, others int, waivers int, findings int
--  sort due: d.due, a.id | title: a.title, a.id
SELECT a.id, a.activity_id AS activity, a.kind, a.title, a.body, d.due, d.held_on, d.state,
       d.latest, a.started, a.issued, a.open_again,
       (SELECT max(p.name) FROM audit_member m JOIN person p ON p.id = m.person_id
          AND p.org_id = m.org_id
        WHERE m.org_id = :org AND m.audit_id = a.id AND m.part = 'lead' AND m.left_at IS NULL)
         AS lead,
       (SELECT count(*) FROM audit_item i WHERE i.org_id = :org AND i.audit_id = a.id) AS items,
       (SELECT count(*) FROM audit_item i
        WHERE i.org_id = :org AND i.audit_id = a.id AND i.result = 0) AS items_open,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.grade = 0 AND f.withdrawn = '') AS majors,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.grade = 1 AND f.withdrawn = '') AS minors,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.grade > 1 AND f.withdrawn = '') AS others,
       (SELECT count(*) FROM audit_waiver w WHERE w.org_id = :org AND w.audit_id = a.id)
         AS waivers,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.withdrawn = '') AS findings
FROM audit a
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
WHERE a.org_id = :org AND (:kind = '' OR a.kind = :kind)
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
  AND (:state < 0 OR (:state = 2 AND d.state = 3 AND a.open_again = 0)
       OR (:state = 4 AND a.open_again = 1) OR (:state = 3 AND d.state = 4)
       OR (:state = 0 AND d.state < 3 AND a.started IS NULL)
       OR (:state = 1 AND d.state < 3 AND a.started IS NOT NULL))
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! audit_count one
--  in   kind text, find text, state int
--  out  total int
SELECT count(*) AS total FROM audit a
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
WHERE a.org_id = :org AND (:kind = '' OR a.kind = :kind)
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
  AND (:state < 0 OR (:state = 2 AND d.state = 3 AND a.open_again = 0)
       OR (:state = 4 AND a.open_again = 1) OR (:state = 3 AND d.state = 4)
       OR (:state = 0 AND d.state < 3 AND a.started IS NULL)
       OR (:state = 1 AND d.state < 3 AND a.started IS NOT NULL));

-- Activities that wait for an audit's plan.
--! audit_waiting many
--  in   limit int
--  out  id id, title text, due date, latest date, state int, kind text, owner_name text?
SELECT d.id, d.title, d.due, d.latest, d.state, d.kind, p.name AS owner_name
FROM activity d
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
WHERE d.org_id = :org AND d.state < 3
  AND (d.kind = 'audit' OR (d.kind = 'surveillance' AND d.stage <> 'readiness'))
  AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.org_id = :org AND a.activity_id = d.id)
ORDER BY d.due, d.id LIMIT :limit;

-- ---- areas ----

--! audit_area_insert insert
--  in   audit id, kind text, ref text, refs text, title text, object int, owner_person id?
--  in   owner_position id?, operator_person id?, operator_position id?, auditor id?
INSERT INTO audit_area (org_id, audit_id, kind, ref, refs, title, object_id, owner_person,
                        owner_position, operator_person, operator_position, auditor_person)
VALUES (:org, :audit, :kind, :ref, :refs, :title, :object, :owner_person, :owner_position,
        :operator_person, :operator_position, :auditor);

--! audit_areas many
--  in   audit id
--  out  id id, kind text, ref text, refs text, title text, object int, owner_person id?
--  out  owner_position id?, owner_name text?, owner_title text?, owner_holder id?
--  out  owner_holder_name text?, operator_person id?, operator_position id?, operator_name text?
--  out  operator_title text?, operator_holder id?, operator_holder_name text?, auditor id?
--  out  auditor_name text?
SELECT r.id, r.kind, r.ref, r.refs, r.title, r.object_id AS object, r.owner_person,
       r.owner_position, p.name AS owner_name, po.title AS owner_title,
       po.person_id AS owner_holder, ph.name AS owner_holder_name, r.operator_person,
       r.operator_position, q.name AS operator_name, qo.title AS operator_title,
       qo.person_id AS operator_holder, qh.name AS operator_holder_name,
       r.auditor_person AS auditor, u.name AS auditor_name
FROM audit_area r
LEFT JOIN person p ON p.id = r.owner_person AND p.org_id = r.org_id
LEFT JOIN position po ON po.id = r.owner_position AND po.org_id = r.org_id
LEFT JOIN person ph ON ph.id = po.person_id AND ph.org_id = r.org_id
LEFT JOIN person q ON q.id = r.operator_person AND q.org_id = r.org_id
LEFT JOIN position qo ON qo.id = r.operator_position AND qo.org_id = r.org_id
LEFT JOIN person qh ON qh.id = qo.person_id AND qh.org_id = r.org_id
LEFT JOIN person u ON u.id = r.auditor_person AND u.org_id = r.org_id
WHERE r.org_id = :org AND r.audit_id = :audit AND r.removed = 0 ORDER BY r.id;

--! audit_area_counts many
--  in   audit id
--  out  area id, items int, items_open int
SELECT i.area_id AS area, count(*) AS items,
       sum(CASE WHEN i.result = 0 THEN 1 ELSE 0 END) AS items_open
FROM audit_item i WHERE i.org_id = :org AND i.audit_id = :audit GROUP BY i.area_id;

--! audit_area_set exec
--  in   id id, audit id, owner_person id?, owner_position id?, operator_person id?
--  in   operator_position id?, auditor id?
UPDATE audit_area SET owner_person = :owner_person, owner_position = :owner_position,
                      operator_person = :operator_person, operator_position = :operator_position,
                      auditor_person = :auditor
WHERE org_id = :org AND id = :id AND audit_id = :audit;

--! audit_area_remove exec
--  in   id id, audit id
UPDATE audit_area SET removed = 1 WHERE org_id = :org AND id = :id AND audit_id = :audit;

-- Who owns the controls, as the register has it now.
--! audit_control_owners many
--  out  ref text, item id, person id, name text, applicable bool?
SELECT i.ref, i.id AS item, p.id AS person, p.name, k.applicable
FROM register_item i
JOIN control k ON k.item_id = i.id AND k.org_id = i.org_id
JOIN person p ON p.org_id = i.org_id AND p.id = COALESCE(i.owner_person,
  (SELECT o.person_id FROM position o WHERE o.org_id = :org AND o.id = i.owner_position))
WHERE i.org_id = :org AND i.kind = 'controls' AND i.removed = 0
ORDER BY i.id;

--! audit_controls_excluded many
--  out  ref text
SELECT i.ref FROM register_item i
JOIN control k ON k.item_id = i.id AND k.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'controls' AND i.removed = 0 AND k.applicable = 0
ORDER BY i.id;

--! audit_item_owner one
--  in   item id
--  out  id id, title text, kind text, owner_person id?, owner_position id?
SELECT i.id, i.title, i.kind, i.owner_person, i.owner_position FROM register_item i
WHERE i.org_id = :org AND i.id = :item AND i.removed = 0;

--! audit_unit_facts one
--  in   unit id
--  out  id id, title text, kind text, refs text, owner_person id?, owner_position id?, site id?
--  out  register_item id?
SELECT u.id, u.title, u.kind, u.refs, u.owner_person, u.owner_position, u.site_id AS site,
       u.register_item
FROM audit_unit u WHERE u.org_id = :org AND u.id = :unit;

-- What the programme says of the activity: its units, their auditors, the exceptions for them.
--! audit_assigned many
--  in   activity id
--  out  unit id, auditor id
SELECT g.unit_id AS unit, g.auditor_person AS auditor FROM audit_assignment g
WHERE g.org_id = :org AND g.activity_id = :activity ORDER BY g.id;

--! audit_unit_exceptions many
--  in   unit id, person id
--  out  reason text, approved_by id
SELECT x.reason, x.approved_by FROM audit_exception x
WHERE x.org_id = :org AND x.unit_id = :unit AND x.person_id = :person AND x.ended IS NULL
ORDER BY x.id;

-- Did, within the year, what a duty asks for one of the register entries that are audited.
--! audit_worked_lately many
--  in   audit id, person id, since date
--  out  area id, title text, held_on date?
SELECT r.id AS area, a.title, a.held_on
FROM audit_area r
JOIN duty d ON d.org_id = r.org_id AND d.register_item = r.object_id
JOIN activity a ON a.org_id = d.org_id AND a.duty_id = d.id
WHERE r.org_id = :org AND r.audit_id = :audit AND r.kind = 'item' AND r.removed = 0
  AND a.state = 3 AND a.concluded_by = :person AND a.held_on >= :since
ORDER BY a.held_on;

-- ---- team, exceptions, auditees, timetable ----

--! audit_member_put exec
--  in   audit id, person id, part text, outside text, worked_until date?
INSERT INTO audit_member (org_id, audit_id, person_id, part, outside, worked_until, joined)
VALUES (:org, :audit, :person, :part, :outside, :worked_until, :now)
ON CONFLICT (org_id, audit_id, person_id) DO UPDATE SET part = :part, outside = :outside,
  worked_until = :worked_until, left_at = NULL, left_reason = '';

--! audit_members many
--  in   audit id
--  out  id id, person id, name text, part text, outside text, worked_until date?, joined instant
--  out  left_at instant?, left_reason text, account id?, manager id?, left_on date?
SELECT m.id, m.person_id AS person, p.name, m.part, m.outside, m.worked_until, m.joined,
       m.left_at, m.left_reason, p.account_id AS account, p.manager_id AS manager, p.left_on
FROM audit_member m JOIN person p ON p.id = m.person_id AND p.org_id = m.org_id
WHERE m.org_id = :org AND m.audit_id = :audit
ORDER BY m.left_at IS NOT NULL, m.part <> 'lead', m.id;

--! audit_member_leave exec
--  in   audit id, person id, reason text
UPDATE audit_member SET left_at = :now, left_reason = :reason
WHERE org_id = :org AND audit_id = :audit AND person_id = :person AND left_at IS NULL;

--! audit_waiver_insert insert
--  in   audit id, person id, area id?, reason text, approved_by id, confirmed instant?
INSERT INTO audit_waiver (org_id, audit_id, person_id, area_id, reason, approved_by, recorded_by,
                          made, confirmed)
VALUES (:org, :audit, :person, :area, :reason, :approved_by, :actor, :now, :confirmed);

--! audit_waiver_confirm exec
--  in   id id, audit id
UPDATE audit_waiver SET confirmed = :now
WHERE org_id = :org AND id = :id AND audit_id = :audit AND confirmed IS NULL
  AND approved_by = :actor;

--! audit_waivers many
--  in   audit id
--  out  id id, person id, name text, area id?, area_title text?, reason text, approved_by id
--  out  approver text, recorded_by text?, made instant, confirmed instant?
SELECT w.id, w.person_id AS person, p.name, w.area_id AS area, r.title AS area_title, w.reason,
       w.approved_by, q.name AS approver, s.name AS recorded_by, w.made, w.confirmed
FROM audit_waiver w
JOIN person p ON p.id = w.person_id AND p.org_id = w.org_id
JOIN person q ON q.id = w.approved_by AND q.org_id = w.org_id
LEFT JOIN person s ON s.id = w.recorded_by AND s.org_id = w.org_id
LEFT JOIN audit_area r ON r.id = w.area_id AND r.org_id = w.org_id
WHERE w.org_id = :org AND w.audit_id = :audit ORDER BY w.id;

--! audit_person one
--  in   person id
--  out  id id, name text, email text?, account id?, manager id?, left_on date?
SELECT p.id, p.name, p.email, p.account_id AS account, p.manager_id AS manager, p.left_on
FROM person p WHERE p.org_id = :org AND p.id = :person AND p.erased = 0;

--! audit_position_holder one
--  in   position id
--  out  person id?
SELECT o.person_id AS person FROM position o WHERE o.org_id = :org AND o.id = :position;

--! audit_auditee_put exec
--  in   audit id, person id, part text
INSERT INTO audit_auditee (org_id, audit_id, person_id, part)
VALUES (:org, :audit, :person, :part)
ON CONFLICT (org_id, audit_id, person_id) DO UPDATE SET part = :part;

--! audit_auditees many
--  in   audit id
--  out  person id, name text, part text, notified instant?
SELECT u.person_id AS person, p.name, u.part, u.notified
FROM audit_auditee u JOIN person p ON p.id = u.person_id AND p.org_id = u.org_id
WHERE u.org_id = :org AND u.audit_id = :audit ORDER BY u.id;

--! audit_auditee_remove exec
--  in   audit id, person id
DELETE FROM audit_auditee WHERE org_id = :org AND audit_id = :audit AND person_id = :person;

--! audit_auditees_notified exec
--  in   audit id
UPDATE audit_auditee SET notified = :now WHERE org_id = :org AND audit_id = :audit;

--! audit_slot_insert insert
--  in   audit id, on date, at text, what text, who text
INSERT INTO audit_slot (org_id, audit_id, on_day, at_time, what, who)
VALUES (:org, :audit, :on, :at, :what, :who);

--! audit_slots many
--  in   audit id
--  out  id id, on date, at text, what text, who text
SELECT s.id, s.on_day AS "on", s.at_time AS at, s.what, s.who FROM audit_slot s
WHERE s.org_id = :org AND s.audit_id = :audit ORDER BY s.on_day, s.at_time, s.id;

--! audit_slot_remove exec
--  in   id id, audit id
DELETE FROM audit_slot WHERE org_id = :org AND id = :id AND audit_id = :audit;

--! audit_sample_insert insert
--  in   audit id, item int, population text, members text, size_of_it int, size int, how text
--  in   seed int, drawn text, reason text
INSERT INTO audit_sample (org_id, audit_id, item_id, population, members, size_of_it, size, how,
                          seed, drawn, reason, made, made_by)
VALUES (:org, :audit, :item, :population, :members, :size_of_it, :size, :how, :seed, :drawn,
        :reason, :now, :actor);

--! audit_samples many
--  in   audit id
--  out  id id, item int, ref text?, population text, members text, size_of_it int, size int
--  out  how text, seed int, drawn text, reason text, made instant, made_by text?
SELECT s.id, s.item_id AS item, i.ref, s.population, s.members, s.size_of_it, s.size, s.how,
       s.seed, s.drawn, s.reason, s.made, p.name AS made_by
FROM audit_sample s
LEFT JOIN audit_item i ON i.id = s.item_id AND i.org_id = s.org_id
LEFT JOIN person p ON p.id = s.made_by AND p.org_id = s.org_id
WHERE s.org_id = :org AND s.audit_id = :audit ORDER BY s.id;

-- ---- notes, reports ----

--! audit_note_insert insert
--  in   audit id, kind text, body text
INSERT INTO audit_note (org_id, audit_id, kind, body, written, written_by)
VALUES (:org, :audit, :kind, :body, :now, :actor);

--! audit_notes many
--  in   audit id
--  out  id id, kind text, body text, written instant, written_by text?
SELECT n.id, n.kind, n.body, n.written, p.name AS written_by
FROM audit_note n LEFT JOIN person p ON p.id = n.written_by AND p.org_id = n.org_id
WHERE n.org_id = :org AND n.audit_id = :audit ORDER BY n.id;

--! audit_report_insert insert
--  in   audit id, number int, hash text
INSERT INTO audit_report (org_id, audit_id, number, issued, issued_by, hash)
VALUES (:org, :audit, :number, :now, :actor, :hash);

--! audit_report_last one
--  in   audit id
--  out  id id, number int, issued instant, issued_by text?, hash text
SELECT r.id, r.number, r.issued, p.name AS issued_by, r.hash
FROM audit_report r LEFT JOIN person p ON p.id = r.issued_by AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.audit_id = :audit ORDER BY r.number DESC LIMIT 1;

--! audit_recipient_insert exec
--  in   report id, person id
INSERT INTO audit_recipient (org_id, report_id, person_id) VALUES (:org, :report, :person)
ON CONFLICT DO NOTHING;

--! audit_recipients many
--  in   report id
--  out  person id, name text, read_at instant?
SELECT r.person_id AS person, p.name, r.read_at
FROM audit_recipient r JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.report_id = :report ORDER BY p.name_fold, r.id;

--! audit_recipient_read exec
--  in   report id, person id
UPDATE audit_recipient SET read_at = :now
WHERE org_id = :org AND report_id = :report AND person_id = :person AND read_at IS NULL;

-- ---- what verify compares ----

--! audit_witness_rows many
--  in   after id, most int
--  out  id id, kind text, title text, summary text, open_again int
SELECT a.id, a.kind, a.title, a.summary, a.open_again FROM audit a
WHERE a.org_id = :org AND a.id > :after ORDER BY a.id LIMIT :most;

-- To whom a report is usually issued: top management, whoever leads the system, owners of duties.
--! audit_management many
--  out  id id, name text, top bool
SELECT p.id, p.name, max(CASE WHEN r.role = 2 THEN 1 ELSE 0 END) AS top
FROM person_role r JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.role IN (1, 2, 4) AND (r.until IS NULL OR r.until >= :today)
  AND p.erased = 0 AND (p.left_on IS NULL OR p.left_on >= :today)
GROUP BY p.id, p.name ORDER BY p.name, p.id LIMIT 60;

--! audit_organisation one
--  out  name text, slug text
SELECT o.name, o.slug FROM organisation o WHERE o.id = :org;

-- ---- for the management review ----

--! audit_review_counts one
--  in   from date, to date, from_at instant, to_at instant
--  out  concluded int, majors int, minors int, conform int, assessed int, waivers int
SELECT (SELECT count(*) FROM audit a JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
        WHERE a.org_id = :org AND d.state = 3 AND d.held_on >= :from AND d.held_on <= :to)
         AS concluded,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.grade = 0
          AND f.withdrawn = '' AND f.made >= :from_at AND f.made < :to_at) AS majors,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.grade = 1
          AND f.withdrawn = '' AND f.made >= :from_at AND f.made < :to_at) AS minors,
       (SELECT count(*) FROM audit_item i WHERE i.org_id = :org AND i.result = 1
          AND i.assessed >= :from_at AND i.assessed < :to_at) AS conform,
       (SELECT count(*) FROM audit_item i WHERE i.org_id = :org AND i.result IN (1, 2, 3)
          AND i.assessed >= :from_at AND i.assessed < :to_at) AS assessed,
       (SELECT count(*) FROM audit_waiver w WHERE w.org_id = :org
          AND w.made >= :from_at AND w.made < :to_at) AS waivers;

--! audit_review_list many
--  in   from date, to date
--  out  id id, title text, kind text, held_on date?, summary text, majors int, minors int
--  out  others int
SELECT a.id, a.title, a.kind, d.held_on, a.summary,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.grade = 0 AND f.withdrawn = '') AS majors,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.grade = 1 AND f.withdrawn = '') AS minors,
       (SELECT count(*) FROM audit_finding f WHERE f.org_id = :org AND f.audit_id = a.id
          AND f.grade > 1 AND f.withdrawn = '') AS others
FROM audit a JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
WHERE a.org_id = :org AND d.state = 3 AND d.held_on >= :from AND d.held_on <= :to
ORDER BY d.held_on, a.id;
