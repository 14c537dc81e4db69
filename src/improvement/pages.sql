-- SPDX-License-Identifier: Apache-2.0
-- What the pages of findings and actions show beside them.

--! page_proof many
--  in   kind text, object id
--  out  id id, name text, media_type text, size int, added_at instant, added_by text?
SELECT e.id, e.name, e.media_type, e.size, e.added_at, p.name AS added_by
FROM evidence_link l CROSS JOIN evidence e
LEFT JOIN person p ON p.id = e.added_by AND p.org_id = e.org_id
WHERE l.org_id = :org AND l.object_kind = :kind AND l.object_id = :object
  AND e.id = l.evidence_id AND e.org_id = :org AND e.withdrawn_at IS NULL
ORDER BY e.added_at, e.id LIMIT 200;

--! page_activity_of_finding one
--  in   id id
--  out  id id, title text
SELECT a.id, a.title FROM activity a WHERE a.org_id = :org AND a.id = :id;

-- Who may be allowed to check their own work.
--! page_people many
--  out  id id, name text
SELECT p.id, p.name FROM person p
WHERE p.org_id = :org AND p.erased = 0 AND p.left_on IS NULL AND p.account_id IS NOT NULL
ORDER BY p.name LIMIT 200;
