-- SPDX-License-Identifier: Apache-2.0
-- What fell due between two days, as it stood at the end of the second.
--! review_duties many
--  in   from date, to date
--  out  kind text, due int, on_time int, concluded_late int, open_missed int, moved int
SELECT k.kind, CAST(sum(k.due) AS BIGINT) AS due, CAST(sum(k.on_time) AS BIGINT) AS on_time,
       CAST(sum(k.concluded_late) AS BIGINT) AS concluded_late,
       CAST(sum(k.open_missed) AS BIGINT) AS open_missed, CAST(sum(k.moved) AS BIGINT) AS moved
FROM (
  SELECT a.kind, CASE WHEN a.due >= :from AND a.due <= :to THEN 1 ELSE 0 END AS due,
         CASE WHEN a.due >= :from AND a.due <= :to AND a.state = 3 AND a.held_on <= a.latest
               AND a.held_on <= :to THEN 1 ELSE 0 END AS on_time,
         CASE WHEN a.due >= :from AND a.due <= :to AND a.state = 3 AND a.held_on > a.latest
               AND a.held_on <= :to THEN 1 ELSE 0 END AS concluded_late,
         CASE WHEN a.latest < :to AND (a.state < 3 OR a.state = 3 AND a.held_on > :to)
              THEN 1 ELSE 0 END AS open_missed, 0 AS moved
  FROM activity a WHERE a.org_id = :org AND a.due <= :to AND a.state <> 4
  UNION ALL
  SELECT b.kind, 0, 0, 0, 0, 1
  FROM activity_move m JOIN activity b ON b.id = m.activity_id AND b.org_id = m.org_id
  WHERE m.org_id = :org AND m.to_due > m.from_due AND m.from_due >= :from AND m.from_due <= :to
) AS k GROUP BY k.kind ORDER BY k.kind;
