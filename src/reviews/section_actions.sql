-- SPDX-License-Identifier: Apache-2.0
-- What earlier reviews decided, and what became of it.
--! earlier_actions many
--  in  to date, since int, limit int
--  out id id, title text, state int, due date, baseline date, done_on date?, extensions int
--  out progress int, review id, review_title text, held_on date?, owner_name text?
--  out position_title text?, holder_name text?, cancel_reason text
SELECT k.id, k.title, k.state, k.due, k.baseline, k.done_on, k.extensions, k.progress,
       a.id AS review, a.title AS review_title, a.held_on, p.name AS owner_name,
       po.title AS position_title, ho.name AS holder_name, k.cancel_reason
FROM action k
JOIN activity a ON a.id = k.source_object AND a.org_id = k.org_id
LEFT JOIN person p ON p.id = k.owner_person AND p.org_id = k.org_id
LEFT JOIN position po ON po.id = k.owner_position AND po.org_id = k.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = k.org_id
WHERE k.org_id = :org AND k.source = 'review' AND k.created < :since AND a.due <= :to
ORDER BY k.due, k.id LIMIT :limit;
