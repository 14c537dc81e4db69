-- SPDX-License-Identifier: Apache-2.0
-- Lists of findings and actions: one statement each, whatever is asked for.

--! finding_list many
--  in   grade int, source text, kind text, find text, person id, state_from int, state_to int
--  in   overdue bool, unsorted bool, raised_from date, raised_to date, offset int, limit int
--  out  id id, number int, ref text, title text, grade int, is_sorted bool, duty_kind text
--  out  area text, source text, source_title text, owner_name text?, position_title text?
--  out  holder_name text?, raised date, due date?, state int, closed_on date?, actions int
--  out  actions_open int, version int
--  sort due: f.due NULLS LAST, f.id | raised: f.raised, f.id | title: f.title, f.id |
--       grade: f.grade, f.raised, f.id
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
WHERE f.org_id = :org AND f.state >= :state_from AND f.state <= :state_to
  AND f.raised >= :raised_from AND f.raised <= :raised_to
  AND (:grade < 0 OR f.grade = :grade) AND (:source = '' OR f.source = :source)
  AND (:kind = '' OR f.duty_kind = :kind)
  AND (:overdue = 0 OR f.due < :today) AND (:unsorted = 0 OR f.sorted = 0)
  AND (:person = 0 OR f.owner_person = :person OR f.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(f.title) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! finding_list_count one
--  in   grade int, source text, kind text, find text, person id, state_from int, state_to int
--  in   overdue bool, unsorted bool, raised_from date, raised_to date
--  out  total int
SELECT count(*) AS total FROM finding f
WHERE f.org_id = :org AND f.state >= :state_from AND f.state <= :state_to
  AND f.raised >= :raised_from AND f.raised <= :raised_to
  AND (:grade < 0 OR f.grade = :grade) AND (:source = '' OR f.source = :source)
  AND (:kind = '' OR f.duty_kind = :kind)
  AND (:overdue = 0 OR f.due < :today) AND (:unsorted = 0 OR f.sorted = 0)
  AND (:person = 0 OR f.owner_person = :person OR f.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(f.title) LIKE '%' || lower(:find) || '%');

--! finding_sources many
--  out  source text, findings int
SELECT f.source, count(*) AS findings FROM finding f WHERE f.org_id = :org
GROUP BY f.source ORDER BY f.source LIMIT 60;

-- What the tiles above the list say.
--! finding_figures one
--  out  majors int, open int, overdue int, unsorted int, to_check int
SELECT COALESCE(SUM(CASE WHEN f.grade = 0 THEN 1 ELSE 0 END), 0) AS majors, count(*) AS open,
       COALESCE(SUM(CASE WHEN f.due < :today THEN 1 ELSE 0 END), 0) AS overdue,
       COALESCE(SUM(CASE WHEN f.sorted = 0 THEN 1 ELSE 0 END), 0) AS unsorted,
       COALESCE(SUM(CASE WHEN f.state = 6 AND f.check_from <= :today THEN 1 ELSE 0 END), 0)
         AS to_check
FROM finding f WHERE f.org_id = :org AND f.state < 8;

--! action_list many
--  in   priority int, finding id, find text, person id, state_from int, state_to int, overdue bool
--  in   offset int, limit int
--  out  id id, title text, finding id?, source text, source_title text, source_place text
--  out  owner_name text?, position_title text?, holder_name text?, due date, baseline date
--  out  priority int, state int, progress int, extensions int, done_on date?, version int
--  sort due: a.due, a.id | title: a.title, a.id | priority: a.priority, a.due, a.id
SELECT a.id, a.title, a.finding_id AS finding, a.source, a.source_title, a.source_place,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name, a.due, a.baseline,
       a.priority, a.state, a.progress, a.extensions, a.done_on, a.version
FROM action a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state >= :state_from AND a.state <= :state_to
  AND (:priority = 0 OR a.priority = :priority) AND (:finding = 0 OR a.finding_id = :finding)
  AND (:overdue = 0 OR a.due < :today)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! action_list_count one
--  in   priority int, finding id, find text, person id, state_from int, state_to int, overdue bool
--  out  total int
SELECT count(*) AS total FROM action a
WHERE a.org_id = :org AND a.state >= :state_from AND a.state <= :state_to
  AND (:priority = 0 OR a.priority = :priority) AND (:finding = 0 OR a.finding_id = :finding)
  AND (:overdue = 0 OR a.due < :today)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%');
