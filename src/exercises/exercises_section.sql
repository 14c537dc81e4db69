-- SPDX-License-Identifier: Apache-2.0
--! exercises_since many
--  in  from date, to date
--  out id id, kind text, title text, due date, latest date, state int, held_on date?, result text
--  out system_name text?, site_name text?
SELECT a.id, a.kind, a.title, a.due, a.latest, a.state, a.held_on, a.result,
       y.name AS system_name, s.name AS site_name
FROM activity a
LEFT JOIN critical_system y ON y.id = a.system_id AND y.org_id = a.org_id
LEFT JOIN site s ON s.id = a.site_id AND s.org_id = a.org_id
WHERE a.org_id = :org AND a.state <> 4
  AND a.kind IN ('exercise_continuity', 'exercise_evacuation', 'exercise_recovery')
  AND ((a.due >= :from AND a.due <= :to) OR (a.held_on >= :from AND a.held_on <= :to)
    OR (a.latest < :to AND a.state < 3))
ORDER BY a.kind, a.due, a.id LIMIT 200;
