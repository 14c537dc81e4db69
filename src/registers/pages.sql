-- SPDX-License-Identifier: Apache-2.0
-- What stands beside an item on its page.

--! item_trail many
--  in  item id
--  out seq int, at instant, action text, actor text?, reason text?
SELECT l.seq, l.at, l.action, p.name AS actor, n.value AS reason
FROM ledger_entry l
LEFT JOIN person p ON p.id = l.actor AND p.org_id = l.org_id
LEFT JOIN ledger_personal n ON n.org_id = l.org_id AND n.entry = l.seq AND n.name = 'reason'
WHERE l.org_id = :org AND l.object_kind = 'register_item' AND l.object_id = :item
ORDER BY l.seq DESC LIMIT 50;

--! item_duties many
--  in  item id
--  out id id, title text, kind text, due date?
SELECT d.id, d.title, d.kind,
  (SELECT MIN(a.due) FROM activity a
   WHERE a.org_id = d.org_id AND a.duty_id = d.id AND a.state < 3) AS due
FROM duty d WHERE d.org_id = :org AND d.register_item = :item ORDER BY d.id;

--! item_proposals many
--  in  item id
--  out title text, why text, first_on date
SELECT title, why, first_on FROM duty_proposal
WHERE org_id = :org AND register_item = :item ORDER BY id;

--! item_evidence many
--  in  item id
--  out id id, name text, taken_on date?
SELECT e.id, e.name, e.taken_on FROM evidence_link k
JOIN evidence e ON e.id = k.evidence_id AND e.org_id = k.org_id
WHERE k.org_id = :org AND k.object_kind = 'register_item' AND k.object_id = :item
  AND e.withdrawn_at IS NULL
ORDER BY e.id DESC;

--! owner_names many
--  out name text
SELECT name FROM person WHERE org_id = :org AND erased = 0 AND left_on IS NULL
UNION SELECT title AS name FROM position WHERE org_id = :org
ORDER BY 1 LIMIT 500;

--! position_holder one
--  in  id id
--  out holder id?
SELECT person_id AS holder FROM position WHERE org_id = :org AND id = :id;
