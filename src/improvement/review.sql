-- SPDX-License-Identifier: Apache-2.0
-- What this room brings to a management review, as it was on the last day of the span.
--! review_findings one
--  in   from date, to date
--  out  raised int, majors int, minors int, closed int, open int, open_majors int, overdue int
--  out  causes int, again int
SELECT
  COALESCE(SUM(CASE WHEN f.raised >= :from THEN 1 ELSE 0 END), 0) AS raised,
  COALESCE(SUM(CASE WHEN f.raised >= :from AND f.grade = 0 THEN 1 ELSE 0 END), 0) AS majors,
  COALESCE(SUM(CASE WHEN f.raised >= :from AND f.grade = 1 THEN 1 ELSE 0 END), 0) AS minors,
  COALESCE(SUM(CASE WHEN f.closed_on >= :from AND f.closed_on <= :to THEN 1 ELSE 0 END), 0)
    AS closed,
  COALESCE(SUM(CASE WHEN f.closed_on IS NULL OR f.closed_on > :to THEN 1 ELSE 0 END), 0) AS open,
  COALESCE(SUM(CASE WHEN f.grade = 0 AND (f.closed_on IS NULL OR f.closed_on > :to)
    THEN 1 ELSE 0 END), 0) AS open_majors,
  COALESCE(SUM(CASE WHEN f.due < :to AND (f.closed_on IS NULL OR f.closed_on > :to)
    THEN 1 ELSE 0 END), 0) AS overdue,
  COALESCE(SUM(CASE WHEN f.cause_on >= :from AND f.cause_on <= :to THEN 1 ELSE 0 END), 0)
    AS causes,
  COALESCE(SUM(CASE WHEN f.cause_on >= :from AND f.cause_on <= :to AND f.repeats IS NOT NULL
    THEN 1 ELSE 0 END), 0) AS again
FROM finding f
WHERE f.org_id = :org AND f.grade < 2 AND f.raised <= :to AND f.state NOT IN (9, 10, 11);

--! review_finding_rows many
--  in   from date, to date
--  out  id id, number int, title text, grade int, raised date, due date?, closed_on date?
--  out  state int, cause text, owner_name text?, position_title text?, holder_name text?
SELECT f.id, f.number, f.title, f.grade, f.raised, f.due, f.closed_on, f.state, f.cause,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name
FROM finding f
LEFT JOIN person p ON p.id = f.owner_person AND p.org_id = f.org_id
LEFT JOIN position po ON po.id = f.owner_position AND po.org_id = f.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = f.org_id
WHERE f.org_id = :org AND f.grade < 2 AND f.raised <= :to
  AND (f.closed_on IS NULL OR f.closed_on >= :from) AND f.state NOT IN (9, 10, 11)
ORDER BY f.grade, f.raised, f.id LIMIT 200;

--! review_checks one
--  in   from date, to date
--  out  checks int, held int
SELECT count(*) AS checks, CAST(COALESCE(SUM(k.effective), 0) AS BIGINT) AS held
FROM finding_check k WHERE k.org_id = :org AND k.checked_on >= :from AND k.checked_on <= :to;

--! review_actions one
--  in   from date, to date, until instant
--  out  done int, in_time int, open int, overdue int, extended int
SELECT
  COALESCE(SUM(CASE WHEN a.done_on >= :from AND a.done_on <= :to THEN 1 ELSE 0 END), 0) AS done,
  COALESCE(SUM(CASE WHEN a.done_on >= :from AND a.done_on <= :to AND a.done_on <= a.baseline
    THEN 1 ELSE 0 END), 0) AS in_time,
  COALESCE(SUM(CASE WHEN a.done_on IS NULL OR a.done_on > :to THEN 1 ELSE 0 END), 0) AS open,
  COALESCE(SUM(CASE WHEN (a.done_on IS NULL OR a.done_on > :to) AND a.due < :to
    THEN 1 ELSE 0 END), 0) AS overdue,
  COALESCE(SUM(CASE WHEN (a.done_on IS NULL OR a.done_on > :to) AND a.extensions > 0
    THEN 1 ELSE 0 END), 0) AS extended
FROM action a WHERE a.org_id = :org AND a.created < :until AND a.state <> 3;

-- Those of earlier reviews first.
--! review_action_rows many
--  in   from date, until instant
--  out  id id, title text, source text, source_title text, due date, done_on date?, progress int
--  out  extensions int, owner_name text?, position_title text?, holder_name text?
SELECT a.id, a.title, a.source, a.source_title, a.due, a.done_on, a.progress, a.extensions,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name
FROM action a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.created < :until AND a.state <> 3
  AND (a.done_on IS NULL OR a.done_on >= :from)
ORDER BY CASE WHEN a.source = 'review' THEN 0 ELSE 1 END, a.due, a.id LIMIT 200;

--! review_ideas many
--  in   from date, to date
--  out  id id, number int, title text, grade int, raised date, closed_on date?, decision int
--  out  improved text
SELECT f.id, f.number, f.title, f.grade, f.raised, f.closed_on, f.decision, f.improved
FROM finding f
WHERE f.org_id = :org AND f.grade IN (2, 3, 5) AND f.raised <= :to
  AND (f.raised >= :from OR (f.closed_on IS NULL AND f.state < 8) OR f.closed_on >= :from)
ORDER BY f.grade DESC, f.raised, f.id LIMIT 200;
