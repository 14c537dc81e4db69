-- SPDX-License-Identifier: Apache-2.0
-- Everything of this room that needs who reads, in one look. what: 1 a major they were told of,
-- 2 an action of theirs, 3 a finding of theirs; for who leads: 4 reported and not graded, 5 ready
-- for its effectiveness check. 6 (for both) parked until a day that has come.
--! offer_today many
--  in   horizon date, leads bool
--  out  what int, id id, number int, title text, grade int, state int, due date?, progress int
--  out  check_from date?
-- Each part ordered by itself and all merged is what SQLite makes of a compound's ORDER BY; inside
-- a bounded look they are gathered and ordered once.
SELECT w.what, w.id, w.number, w.title, w.grade, w.state, w.due, w.progress, w.check_from FROM (
SELECT 1 AS what, f.id, f.number, f.title, f.grade, f.state, f.due, 0 AS progress, f.check_from
FROM finding_notice n JOIN finding f ON f.id = n.finding_id AND f.org_id = n.org_id
WHERE n.org_id = :org AND n.person_id = :actor AND n.seen IS NULL AND f.state < 8
UNION ALL
SELECT 2, a.id, 0, a.title, a.priority, a.state, a.due, a.progress, NULL FROM action a
WHERE a.org_id = :org AND a.state < 2 AND a.due <= :horizon AND (a.owner_person = :actor
  OR a.owner_position IN
     (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :actor))
UNION ALL
SELECT 3, f.id, f.number, f.title, f.grade, f.state, f.due, 0, f.check_from FROM finding f
WHERE f.org_id = :org AND f.state < 8 AND f.state <> 6 AND (f.owner_person = :actor
  OR f.owner_position IN
     (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :actor))
UNION ALL
SELECT 4, f.id, f.number, f.title, f.grade, f.state, f.due, 0, NULL FROM finding f
WHERE f.org_id = :org AND :leads = 1 AND f.state = 0 AND f.sorted = 0
UNION ALL
SELECT 5, f.id, f.number, f.title, f.grade, f.state, f.due, 0, f.check_from FROM finding f
WHERE f.org_id = :org AND :leads = 1 AND f.state = 6 AND f.check_from <= :today
UNION ALL
SELECT 6, f.id, f.number, f.title, f.grade, f.state, f.parked_until, 0, NULL FROM finding f
WHERE f.org_id = :org AND f.state = 9 AND f.parked_until <= :today
  AND (:leads = 1 OR f.owner_person = :actor OR f.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :actor))
LIMIT 10000) AS w
ORDER BY w.what, w.due, w.id LIMIT 60;
