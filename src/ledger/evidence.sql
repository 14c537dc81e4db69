-- SPDX-License-Identifier: Apache-2.0
--! evidence_named one
--  in   sha256 text
--  out  id id
SELECT e.id FROM evidence e WHERE e.org_id = :org AND e.sha256 = :sha256 LIMIT 1;

--! evidence_insert insert
--  in   sha256 text, size int, media_type text, name text, source text?, note text?
--  in   taken_on date?, period_from date?, period_to date?
INSERT INTO evidence (org_id, sha256, size, media_type, name, source, note, taken_on, period_from,
                      period_to, added_by, added_at)
VALUES (:org, :sha256, :size, :media_type, :name, :source, :note, :taken_on, :period_from,
        :period_to, :actor, :now);

--! evidence_get one
--  in   id id
--  out  id id, sha256 text, size int, media_type text, name text, source text?, note text?
--  out  taken_on date?, period_from date?, period_to date?, added_by id?, added_at instant
--  out  withdrawn_by id?, withdrawn_at instant?, withdrawn_reason text?
SELECT e.id, e.sha256, e.size, e.media_type, e.name, e.source, e.note, e.taken_on, e.period_from,
       e.period_to, e.added_by, e.added_at, e.withdrawn_by, e.withdrawn_at, e.withdrawn_reason
FROM evidence e WHERE e.org_id = :org AND e.id = :id;

--! evidence_withdraw_set exec
--  in   id id, reason text
UPDATE evidence SET withdrawn_by = :actor, withdrawn_at = :now, withdrawn_reason = :reason
WHERE org_id = :org AND id = :id AND withdrawn_at IS NULL;

--! evidence_link_insert exec
--  in   evidence id, kind text, object id
INSERT INTO evidence_link (org_id, evidence_id, object_kind, object_id, linked_by, linked_at)
VALUES (:org, :evidence, :kind, :object, :actor, :now)
ON CONFLICT DO NOTHING;

--! evidence_link_delete exec
--  in   evidence id, kind text, object id
DELETE FROM evidence_link
WHERE org_id = :org AND evidence_id = :evidence AND object_kind = :kind AND object_id = :object;

--! evidence_object_known one
--  in   kind text, object id
--  out  id id
SELECT e.id FROM ledger_entry e
WHERE e.org_id = :org AND e.object_kind = :kind AND e.object_id = :object LIMIT 1;

--! evidence_object_count one
--  in   kind text, object id
--  out  pieces int
SELECT count(*) AS pieces
-- in this order: from the links to their few files
FROM evidence_link l CROSS JOIN evidence e
WHERE l.org_id = :org AND l.object_kind = :kind AND l.object_id = :object
  AND e.id = l.evidence_id AND e.org_id = :org
  AND e.withdrawn_at IS NULL;

--! evidence_of_object many
--  in   kind text, object id
--  out  id id, sha256 text, size int, media_type text, name text, source text?, note text?
--  out  taken_on date?, period_from date?, period_to date?, added_by id?, added_at instant
--  out  withdrawn_at instant?, withdrawn_reason text?
SELECT e.id, e.sha256, e.size, e.media_type, e.name, e.source, e.note, e.taken_on, e.period_from,
       e.period_to, e.added_by, e.added_at, e.withdrawn_at, e.withdrawn_reason

-- in this order: from the links to their few files
FROM evidence_link l CROSS JOIN evidence e
WHERE l.org_id = :org AND l.object_kind = :kind AND l.object_id = :object
  AND e.id = l.evidence_id AND e.org_id = :org
ORDER BY e.added_at DESC, e.id DESC;

--! evidence_links many
--  in   evidence id
--  out  kind text, object id
SELECT l.object_kind AS kind, l.object_id AS object FROM evidence_link l
WHERE l.org_id = :org AND l.evidence_id = :evidence ORDER BY l.id;

--! evidence_of_review one
--  in   evidence id
--  out  activity id
SELECT a.id AS activity FROM evidence_link l JOIN activity a ON a.id = l.object_id
WHERE l.org_id = :org AND l.evidence_id = :evidence AND l.object_kind = 'activity'
  AND a.org_id = :org AND a.kind = 'management_review' LIMIT 1;

--! evidence_list many
--  in   find text, all int, offset int, limit int
--  out  id id, sha256 text, size int, media_type text, name text, source text?, taken_on date?
--  out  period_from date?, period_to date?, added_by id?, added_at instant, withdrawn_at instant?
--  out  links int
--  sort added: e.added_at, e.id | name: e.name, e.id | size: e.size, e.id | taken: e.taken_on, e.id
SELECT e.id, e.sha256, e.size, e.media_type, e.name, e.source, e.taken_on, e.period_from,
       e.period_to, e.added_by, e.added_at, e.withdrawn_at,
       (SELECT count(*) FROM evidence_link l
        WHERE l.org_id = e.org_id AND l.evidence_id = e.id) AS links
FROM evidence e
WHERE e.org_id = :org AND (:all = 1 OR e.withdrawn_at IS NULL)
  AND (:find = '' OR lower(e.name) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;

--! evidence_total one
--  in   find text, all int
--  out  pieces int, bytes int
SELECT count(*) AS pieces, CAST(coalesce(sum(e.size), 0) AS BIGINT) AS bytes FROM evidence e
WHERE e.org_id = :org AND (:all = 1 OR e.withdrawn_at IS NULL)
  AND (:find = '' OR lower(e.name) LIKE '%' || lower(:find) || '%');
