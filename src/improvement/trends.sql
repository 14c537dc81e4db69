-- SPDX-License-Identifier: Apache-2.0
-- How findings and actions go over time. Months are the first seven letters of a date.

--! trend_raised many
--  in   from date
--  out  month text, findings int, nonconformities int
SELECT substr(f.raised, 1, 7) AS month, count(*) AS findings,
       COALESCE(SUM(CASE WHEN f.grade < 2 THEN 1 ELSE 0 END), 0) AS nonconformities
FROM finding f WHERE f.org_id = :org AND f.raised >= :from AND f.state <> 11
GROUP BY substr(f.raised, 1, 7) ORDER BY 1;

--! trend_closed many
--  in   from date
--  out  month text, findings int
SELECT substr(f.closed_on, 1, 7) AS month, count(*) AS findings
FROM finding f WHERE f.org_id = :org AND f.closed_on IS NOT NULL AND f.closed_on >= :from
GROUP BY substr(f.closed_on, 1, 7) ORDER BY 1;

-- Each closed one's two dates: the days between are counted in the program, for both engines alike.
--! trend_times many
--  in   from date, to date, limit int
--  out  raised date, closed_on date?, grade int
SELECT f.raised, f.closed_on, f.grade FROM finding f
WHERE f.org_id = :org AND f.closed_on IS NOT NULL AND f.closed_on >= :from AND f.closed_on <= :to
ORDER BY f.closed_on LIMIT :limit;

--! trend_open many
--  in   limit int
--  out  raised date, grade int, due date?
SELECT f.raised, f.grade, f.due FROM finding f
WHERE f.org_id = :org AND f.state < 8 ORDER BY f.raised LIMIT :limit;

--! trend_causes many
--  in   from date
--  out  cause_kind text, findings int, again int
SELECT f.cause_kind, count(*) AS findings,
       COALESCE(SUM(CASE WHEN f.repeats IS NOT NULL THEN 1 ELSE 0 END), 0) AS again
FROM finding f
WHERE f.org_id = :org AND f.cause_on IS NOT NULL AND f.cause_on >= :from AND f.cause_kind <> ''
GROUP BY f.cause_kind ORDER BY findings DESC, f.cause_kind;

--! trend_sources many
--  in   from date
--  out  source text, findings int
SELECT f.source, count(*) AS findings FROM finding f
WHERE f.org_id = :org AND f.raised >= :from AND f.state <> 11
GROUP BY f.source ORDER BY findings DESC, f.source LIMIT 20;

--! trend_actions one
--  in   from date
--  out  done int, in_time int, extended int, open int, overdue int
SELECT
  COALESCE(SUM(CASE WHEN a.state = 2 AND a.done_on >= :from THEN 1 ELSE 0 END), 0) AS done,
  COALESCE(SUM(CASE WHEN a.state = 2 AND a.done_on >= :from AND a.done_on <= a.baseline
    THEN 1 ELSE 0 END), 0) AS in_time,
  COALESCE(SUM(CASE WHEN a.extensions > 0 AND (a.state < 2 OR a.done_on >= :from)
    THEN 1 ELSE 0 END), 0) AS extended,
  COALESCE(SUM(CASE WHEN a.state < 2 THEN 1 ELSE 0 END), 0) AS open,
  COALESCE(SUM(CASE WHEN a.state < 2 AND a.due < :today THEN 1 ELSE 0 END), 0) AS overdue
FROM action a WHERE a.org_id = :org;

-- Checks of effectiveness: how many held.
--! trend_checks one
--  in   from date
--  out  checks int, held int
SELECT count(*) AS checks, CAST(COALESCE(SUM(k.effective), 0) AS BIGINT) AS held
FROM finding_check k
WHERE k.org_id = :org AND k.checked_on >= :from;

--! improved_of_duties many
--  in   from date, limit int
--  out  id id, number int, title text, grade int, duty_kind text, improved text, closed_on date?
SELECT f.id, f.number, f.title, f.grade, f.duty_kind, f.improved, f.closed_on FROM finding f
WHERE f.org_id = :org AND f.closed_on IS NOT NULL AND f.closed_on >= :from
ORDER BY f.duty_kind, f.closed_on DESC, f.id LIMIT :limit;
