-- SPDX-License-Identifier: Apache-2.0
--! paper_counts many
--  out  kind text, whole int, shown int
SELECT k.kind,
  (SELECT count(*) FROM paper_tally t WHERE t.org_id = :org AND t.kind = k.kind) AS whole,
  (SELECT count(*) FROM paper_tally s
   WHERE s.org_id = :org AND s.kind = k.kind AND s.shown_until >= :today) AS shown
FROM (SELECT 'documents' AS kind UNION ALL SELECT 'controls') AS k;

-- Only a document in force or an applicable control is a row.
--! paper_item one
--  in   item id
--  out  kind text, checked_until date?
SELECT i.kind, (
  SELECT max(t.fresh_until)
  FROM duty d JOIN duty_tally t ON t.org_id = d.org_id AND t.duty_id = d.id
  WHERE d.org_id = i.org_id AND d.register_item = i.id AND t.evidenced = 1) AS checked_until
FROM register_item i
LEFT JOIN control co ON co.item_id = i.id AND co.org_id = i.org_id
WHERE i.org_id = :org AND i.id = :item AND i.removed = 0 AND i.kind IN ('documents', 'controls')
  AND COALESCE(co.applicable, 1) = 1;

--! paper_evidence many
--  in   item id
--  out  period_to date?, taken_on date?, added_at instant
SELECT e.period_to, e.taken_on, e.added_at
FROM evidence_link l CROSS JOIN evidence e -- from the links to their few files
WHERE l.org_id = :org AND l.object_kind = 'register_item' AND l.object_id = :item
  AND e.id = l.evidence_id AND e.org_id = :org AND e.withdrawn_at IS NULL;

--! paper_put exec
--  in   kind text, item id, shown_until date?
--  unheard "derived from evidence and duties; `daybook rebuild` makes it anew"
--  later "nobody asks how many rows it changed"
INSERT INTO paper_tally (org_id, kind, item_id, shown_until)
VALUES (:org, :kind, :item, :shown_until)
ON CONFLICT (org_id, kind, item_id) DO UPDATE SET shown_until = excluded.shown_until;

--! paper_forget exec
--  in   item id
--  unheard "derived from evidence and duties; `daybook rebuild` makes it anew"
--  later "nobody asks how many rows it changed"
DELETE FROM paper_tally
WHERE org_id = :org AND kind IN ('documents', 'controls') AND item_id = :item;

--! paper_clear exec
--  unheard "derived from evidence and duties; `daybook rebuild` makes it anew"
DELETE FROM paper_tally WHERE org_id = :org;

--! paper_ids many
--  out  id id
SELECT i.id FROM register_item i
WHERE i.org_id = :org AND i.removed = 0 AND i.kind IN ('documents', 'controls') ORDER BY i.id;
