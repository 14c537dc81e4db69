-- SPDX-License-Identifier: Apache-2.0
-- The lines of a list that were read before, and what says that they still hold (era.h).

--! era_head one
--  out  seq int, hash text
SELECT h.seq, h.hash FROM ledger_head h WHERE h.org_id = :org;

--! era_since many
--  in   seq int, most int
--  out  seq int, hash text, kind text
SELECT e.seq, e.hash, e.object_kind AS kind FROM ledger_entry e
WHERE e.org_id = :org AND e.seq >= :seq ORDER BY e.seq LIMIT :most;

--! line_get one
--  in   id id
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id;

-- As activity_list and activity_open_list, but only which ones, and at which version.
--! line_ids_listed many
--  in   kind text, duty id, person id, find text, state_from int, state_to int
--  in   offset int, limit int
--  out  id id, version int
--  sort due: a.due, a.id | title: a.title, a.id | kind: a.kind, a.due, a.id
--@sqlite
SELECT a.id, a.version FROM activity a
WHERE a.org_id = :org AND a.state >= :state_from AND a.state <= :state_to
  AND (:kind = '' OR a.kind = :kind) AND (:duty = 0 OR a.duty_id = :duty)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
--@postgres
SELECT a.id, a.version FROM activity a
WHERE a.org_id = :org
  AND CASE
    WHEN a.state < :state_from OR a.state > :state_to THEN FALSE
    WHEN :kind <> '' AND a.kind <> :kind THEN FALSE
    WHEN :duty <> 0 AND a.duty_id <> :duty THEN FALSE
    WHEN :person <> 0 AND COALESCE(a.owner_person, 0) <> :person
      AND COALESCE(a.owner_position, 0) NOT IN
          (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person) THEN FALSE
    ELSE :find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%' END
--@both
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! line_ids_open many
--  in   due_from date, due_to date, latest_from date, latest_to date, limit int
--  out  id id, version int
SELECT a.id, a.version FROM activity a
WHERE a.org_id = :org AND a.state < 3 AND a.due >= :due_from AND a.due <= :due_to
  AND a.latest >= :latest_from AND a.latest <= :latest_to
ORDER BY a.due, a.id LIMIT :limit;
