-- SPDX-License-Identifier: Apache-2.0
-- The open reviews that come, with what tells whether they are prepared: for Today, in one look.
--! review_coming many
--  in   top int, until date
--  out  id id, title text, due date, pack_days int, prepared bool, chair id?, chair_role int,
--       invited int, able int, packs int, closed instant?
SELECT a.id, a.title, a.due, COALESCE(r.pack_days, 7) AS pack_days,
       CASE WHEN r.activity_id IS NULL THEN 0 ELSE 1 END AS prepared, r.chair,
       (SELECT count(*) FROM person_role c WHERE c.org_id = a.org_id AND c.person_id = r.chair
          AND c.role = :top AND (c.until IS NULL OR c.until >= :today)) AS chair_role,
       (SELECT count(*) FROM review_person v WHERE v.org_id = a.org_id AND v.activity_id = a.id
          AND v.part = 'top_management') AS invited,
       -- once for all of them, and from the few who have the role
       (SELECT count(*) FROM person_role q CROSS JOIN person p
        WHERE q.org_id = :org AND q.role = :top AND p.id = q.person_id AND p.org_id = :org
          AND p.erased = 0 AND p.left_on IS NULL
          AND (q.until IS NULL OR q.until >= :today)) AS able,
       (SELECT count(*) FROM review_document d WHERE d.org_id = a.org_id
          AND d.activity_id = a.id AND d.kind = 'pack') AS packs, r.closed
FROM activity a
LEFT JOIN review r ON r.activity_id = a.id AND r.org_id = a.org_id
WHERE a.org_id = :org AND a.kind = 'management_review' AND a.state < 3 AND a.due <= :until
ORDER BY a.due, a.id LIMIT 20;

-- What earlier reviews left to this one.
--! review_left many
--  in   id id
--  out  letter text, title text, held_on date?
SELECT i.letter, a.title, a.held_on
FROM review_input i JOIN activity a ON a.id = i.activity_id AND a.org_id = i.org_id
WHERE i.org_id = :org AND i.deferred_to = :id AND i.state = 3 AND a.state < 4
ORDER BY i.letter, a.id LIMIT 50;
