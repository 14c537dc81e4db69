-- SPDX-License-Identifier: Apache-2.0
--! paper_items many
--  in   fresh_from date
--  out  kind text, whole int, evidenced int
SELECT i.kind, count(*) AS whole, sum(
  CASE WHEN EXISTS (
    SELECT 1 FROM evidence_link l JOIN evidence e ON e.id = l.evidence_id AND e.org_id = l.org_id
    WHERE l.org_id = i.org_id AND l.object_kind = 'register_item' AND l.object_id = i.id
      AND e.withdrawn_at IS NULL
      AND COALESCE(e.period_to, e.taken_on, :fresh_from) >= :fresh_from)
  OR EXISTS (
    SELECT 1 FROM duty d JOIN duty_tally t ON t.org_id = d.org_id AND t.duty_id = d.id
    WHERE d.org_id = i.org_id AND d.register_item = i.id AND t.fresh_until >= :today
      AND t.evidenced = 1)
  THEN 1 ELSE 0 END) AS evidenced
FROM register_item i
LEFT JOIN control co ON co.item_id = i.id AND co.org_id = i.org_id
WHERE i.org_id = :org AND i.removed = 0 AND i.kind IN ('documents', 'controls')
  AND COALESCE(co.applicable, 1) = 1
GROUP BY i.kind;
