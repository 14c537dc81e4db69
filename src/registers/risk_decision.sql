-- SPDX-License-Identifier: Apache-2.0
-- Risks that management decides about, and those it accepted.

--! risk_one one
--  in   id id
--  out  kind text, removed bool, ref text, title text
SELECT i.kind, i.removed, i.ref, i.title FROM register_item i
WHERE i.org_id = :org AND i.id = :id;

--! risk_choices many
--  in   limit int
--  out  id id, ref text, title text
SELECT i.id, i.ref, i.title FROM register_item i
WHERE i.org_id = :org AND i.kind = 'risks' AND i.removed = 0
ORDER BY i.ref, i.title, i.id LIMIT :limit;

-- The last word of management about each risk on that day, where it accepted the risk.
--! risks_accepted many
--  in   on date, limit int
--  out  item id, ref text, title text, until_on date?, owner_name text?, position_title text?,
--       holder_name text?, source_title text, source_place text
SELECT d.object_id AS item, i.ref, i.title, d.until_on, p.name AS owner_name,
       po.title AS position_title, ho.name AS holder_name, d.source_title, d.source_place
FROM decided d
JOIN register_item i ON i.id = d.object_id AND i.org_id = d.org_id AND i.removed = 0
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
LEFT JOIN position po ON po.id = d.owner_position AND po.org_id = d.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = d.org_id
WHERE d.org_id = :org AND d.effect = 'accepted' AND d.object_kind = 'register_item'
  AND d.id = (SELECT max(e.id) FROM decided e
              WHERE e.org_id = d.org_id AND e.object_kind = 'register_item'
                AND e.object_id = d.object_id AND e.on_day <= :on)
ORDER BY d.until_on, d.object_id LIMIT :limit;
