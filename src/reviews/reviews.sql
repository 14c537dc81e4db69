-- SPDX-License-Identifier: Apache-2.0
-- One management review, and the list of all.

--! review_row one
--  in   id id
--  out  chair id?, chair_name text?, quorum_percent int, quorum_chair bool, pack_days int
--  out  agenda text, opened instant?, closed instant?, held_on date?, summary text
--  out  approved instant?, approved_by text?, version int
SELECT r.chair, p.name AS chair_name, r.quorum_percent, r.quorum_chair, r.pack_days, r.agenda,
       r.opened, r.closed, r.held_on, r.summary, r.approved, a.name AS approved_by, r.version
FROM review r
LEFT JOIN person p ON p.id = r.chair AND p.org_id = r.org_id
LEFT JOIN person a ON a.id = r.approved_by AND a.org_id = r.org_id
WHERE r.org_id = :org AND r.activity_id = :id;

--! review_insert exec
--  in   id id, chair id?, quorum_percent int, quorum_chair bool, pack_days int
INSERT INTO review (activity_id, org_id, chair, quorum_percent, quorum_chair, pack_days)
VALUES (:id, :org, :chair, :quorum_percent, :quorum_chair, :pack_days);

--! review_set exec
--  in   id id, version int, chair id?, quorum_percent int, quorum_chair bool, pack_days int
--  in   agenda text
UPDATE review SET chair = :chair, quorum_percent = :quorum_percent, quorum_chair = :quorum_chair,
                  pack_days = :pack_days, agenda = :agenda, version = version + 1
WHERE org_id = :org AND activity_id = :id AND version = :version AND approved IS NULL;

--! review_set_opened exec
--  in   id id, version int
UPDATE review SET opened = :now, version = version + 1
WHERE org_id = :org AND activity_id = :id AND version = :version AND opened IS NULL;

--! review_set_closed exec
--  in   id id, version int, held_on date, summary text
UPDATE review SET closed = :now, held_on = :held_on, summary = :summary, version = version + 1
WHERE org_id = :org AND activity_id = :id AND version = :version AND approved IS NULL;

--! review_set_reopened exec
--  in   id id, version int
UPDATE review SET closed = NULL, version = version + 1
WHERE org_id = :org AND activity_id = :id AND version = :version AND approved IS NULL
  AND closed IS NOT NULL;

--! review_set_approved exec
--  in   id id, version int, by id
UPDATE review SET approved = :now, approved_by = :by, version = version + 1
WHERE org_id = :org AND activity_id = :id AND version = :version AND approved IS NULL
  AND closed IS NOT NULL;

--! review_people many
--  in   id id
--  out  person id, name text, part text, presence int
SELECT r.person_id AS person, p.name, r.part, r.presence
FROM review_person r JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE r.org_id = :org AND r.activity_id = :id ORDER BY r.id LIMIT 500;

--! review_person_put exec
--  in   id id, person id, part text
INSERT INTO review_person (org_id, activity_id, person_id, part)
VALUES (:org, :id, :person, :part)
ON CONFLICT (org_id, activity_id, person_id) DO UPDATE SET part = excluded.part;

--! review_person_remove exec
--  in   id id, person id
DELETE FROM review_person WHERE org_id = :org AND activity_id = :id AND person_id = :person;

--! review_person_presence exec
--  in   id id, person id, presence int
UPDATE review_person SET presence = :presence
WHERE org_id = :org AND activity_id = :id AND person_id = :person;

-- Who is invited when nobody said otherwise.
--! review_people_default many
--  in   top int, manager int
--  out  person id, name text, role int
SELECT p.id AS person, p.name, CAST(min(r.role_rank) AS BIGINT) AS role
FROM (SELECT q.org_id, q.person_id, CASE WHEN q.role = :top THEN 0 ELSE 1 END AS role_rank
      FROM person_role q
      WHERE q.org_id = :org AND (q.role = :top OR q.role = :manager)
        AND (q.until IS NULL OR q.until >= :today)) AS r
JOIN person p ON p.id = r.person_id AND p.org_id = r.org_id
WHERE p.org_id = :org AND p.erased = 0 AND p.left_on IS NULL
GROUP BY p.id, p.name ORDER BY 3, p.id LIMIT 100;

--! review_person_of one
--  in   person id
--  out  name text
SELECT p.name FROM person p WHERE p.org_id = :org AND p.id = :person;

--! review_inputs many
--  in   id id
--  out  id id, letter text, state int, words text, notes text, reason text, deferred_to id?
--  out  deferred_title text?, deferred_due date?, said instant?, said_by text?, version int
SELECT i.id, i.letter, i.state, i.words, i.notes, i.reason, i.deferred_to,
       a.title AS deferred_title, a.due AS deferred_due, i.said, p.name AS said_by, i.version
FROM review_input i
LEFT JOIN activity a ON a.id = i.deferred_to AND a.org_id = i.org_id
LEFT JOIN person p ON p.id = i.said_by AND p.org_id = i.org_id
WHERE i.org_id = :org AND i.activity_id = :id ORDER BY i.letter;

--! review_input_insert insert
--  in   id id, letter text
INSERT INTO review_input (org_id, activity_id, letter) VALUES (:org, :id, :letter);

--! review_input_words exec
--  in   input id, version int, words text
UPDATE review_input SET words = :words, version = version + 1
WHERE org_id = :org AND id = :input AND version = :version;

--! review_input_say exec
--  in   input id, version int, state int, notes text, reason text, deferred_to id?
UPDATE review_input SET state = :state, notes = :notes, reason = :reason,
                        deferred_to = :deferred_to, said = :now,
                        said_by = CASE WHEN :actor = 0 THEN NULL ELSE :actor END,
                        version = version + 1
WHERE org_id = :org AND id = :input AND version = :version;

-- When an input was last looked at, in a review that ended before this one's day.
--! review_input_last one
--  in   id id, letter text
--  out  held_on date?
SELECT max(a.held_on) AS held_on
FROM review_input i JOIN activity a ON a.id = i.activity_id AND a.org_id = i.org_id
WHERE i.org_id = :org AND i.letter = :letter AND i.state IN (1, 2) AND a.state = 3
  AND i.activity_id <> :id;

--! review_decisions many
--  in   id id
--  out  id id, letter text, kind text, words text, owner_person id?, owner_position id?
--  out  owner_name text?, position_title text?, holder_name text?, due date?, action_id id?
--  out  struck instant?, strike_reason text, decided instant, decided_by text?
SELECT d.id, d.letter, d.kind, d.words, d.owner_person, d.owner_position, p.name AS owner_name,
       po.title AS position_title, ho.name AS holder_name, d.due, d.action_id, d.struck,
       d.strike_reason, d.decided, b.name AS decided_by
FROM review_decision d
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
LEFT JOIN position po ON po.id = d.owner_position AND po.org_id = d.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = d.org_id
LEFT JOIN person b ON b.id = d.decided_by AND b.org_id = d.org_id
WHERE d.org_id = :org AND d.activity_id = :id ORDER BY d.letter, d.id LIMIT 500;

--! review_decision_insert insert
--  in   id id, letter text, kind text, words text, owner_person id?, owner_position id?, due date?
INSERT INTO review_decision (org_id, activity_id, letter, kind, words, owner_person,
                             owner_position, due, decided, decided_by)
VALUES (:org, :id, :letter, :kind, :words, :owner_person, :owner_position, :due, :now,
        CASE WHEN :actor = 0 THEN NULL ELSE :actor END);

--! review_decision_strike exec
--  in   id id, decision id, reason text
UPDATE review_decision SET struck = :now, strike_reason = :reason
WHERE org_id = :org AND activity_id = :id AND id = :decision AND struck IS NULL;

--! review_decision_follow exec
--  in   decision id, action id
UPDATE review_decision SET action_id = :action WHERE org_id = :org AND id = :decision;

--! review_addenda many
--  in   id id
--  out  id id, body text, written instant, written_by text?
SELECT a.id, a.body, a.written, p.name AS written_by
FROM review_addendum a LEFT JOIN person p ON p.id = a.written_by AND p.org_id = a.org_id
WHERE a.org_id = :org AND a.activity_id = :id ORDER BY a.id LIMIT 200;

--! review_addendum_insert insert
--  in   id id, body text
INSERT INTO review_addendum (org_id, activity_id, body, written, written_by)
VALUES (:org, :id, :body, :now, CASE WHEN :actor = 0 THEN NULL ELSE :actor END);

--! review_lines many
--  in   limit int
--  out  id id, title text, state int, baseline date, due date, latest date, held_on date?
--  out  owner_name text?, position_title text?, holder_name text?, chair text?, opened instant?
--  out  closed instant?, approved instant?, packs int, moves int, decisions int, imported bool
SELECT a.id, a.title, a.state, a.baseline, a.due, a.latest, a.held_on, p.name AS owner_name,
       po.title AS position_title, ho.name AS holder_name, ch.name AS chair, r.opened, r.closed,
       r.approved,
       (SELECT count(*) FROM review_document d WHERE d.org_id = a.org_id
          AND d.activity_id = a.id AND d.kind = 'pack') AS packs,
       (SELECT count(*) FROM activity_move m WHERE m.org_id = a.org_id AND m.activity_id = a.id)
         AS moves,
       (SELECT count(*) FROM review_decision e WHERE e.org_id = a.org_id
          AND e.activity_id = a.id AND e.struck IS NULL) AS decisions, a.imported
FROM activity a
LEFT JOIN review r ON r.activity_id = a.id AND r.org_id = a.org_id
LEFT JOIN person ch ON ch.id = r.chair AND ch.org_id = a.org_id
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.kind = 'management_review'
ORDER BY a.due, a.id LIMIT :limit;

--! review_all_inputs many
--  out  id id, letter text, state int
SELECT i.activity_id AS id, i.letter, i.state FROM review_input i
WHERE i.org_id = :org ORDER BY i.activity_id, i.letter;

--! review_previous many
--  in   id id, before date, limit int
--  out  id id, title text, held_on date
SELECT a.id, a.title, COALESCE(a.held_on, a.due) AS held_on FROM activity a
WHERE a.org_id = :org AND a.kind = 'management_review' AND a.state = 3 AND a.id <> :id
  AND a.held_on <= :before
ORDER BY a.held_on DESC, a.id DESC LIMIT :limit;

-- Open ones after this one: where an input can be deferred to.
--! review_later many
--  in   id id
--  out  id id, title text, due date
SELECT a.id, a.title, a.due FROM activity a
JOIN activity b ON b.id = :id AND b.org_id = a.org_id
WHERE a.org_id = :org AND a.kind = 'management_review' AND a.state < 3 AND a.id <> :id
  AND a.due > b.due
ORDER BY a.due, a.id LIMIT 12;

--! review_decision_at one
--  out  decision date, start_on date
SELECT o.decision, o.start_on FROM organisation o WHERE o.id = :org;

--! review_duty many
--  out  id id, every_months int, duty_key text, until_on date, version int
SELECT d.id, d.every_months, d.duty_key, d.until_on, d.version FROM duty d
WHERE d.org_id = :org AND d.kind = 'management_review' ORDER BY d.id LIMIT 20;
