-- SPDX-License-Identifier: Apache-2.0
-- "Report something": by an address for anyone, or signed in.

--! report_link_add insert
--  in   hash text, label text
--  unscoped "restricted by organisation_id"
INSERT INTO report_link (organisation_id, hash, label, created, created_by)
VALUES (:org, :hash, :label, :now, NULLIF(:actor, 0));

--! report_links many
--  out  id id, label text, created instant, created_by text?, used instant?, reports int
--  out  revoked instant?
SELECT l.id, l.label, l.created, p.name AS created_by, l.used, l.reports, l.revoked
FROM report_link l LEFT JOIN person p ON p.id = l.created_by AND p.org_id = :org
WHERE l.organisation_id = :org ORDER BY l.id;

--! report_link_revoke exec
--  in   id id
--  unscoped "restricted by organisation_id"
UPDATE report_link SET revoked = :now
WHERE organisation_id = :org AND id = :id AND revoked IS NULL;

--! report_link_by_hash one
--  in   hash text
--  out  id id, org id, org_name text, org_zone text, label text
--  unscoped "an address is found by its hash before its organisation is known"
SELECT l.id, l.organisation_id AS org, o.name AS org_name, o.time_zone AS org_zone, l.label
FROM report_link l JOIN organisation o ON o.id = l.organisation_id
WHERE l.hash = :hash AND l.revoked IS NULL;

--! report_link_used exec
--  in   id id
--  unscoped "restricted by organisation_id"
UPDATE report_link SET used = :now, reports = reports + 1
WHERE organisation_id = :org AND id = :id;

--! report_count one
--  in   bucket text
--  out  reports int, since instant
--  unscoped "a bucket is a hash and belongs to nobody"
SELECT reports, since FROM report_throttle WHERE bucket = :bucket;

--! report_count_put exec
--  in   bucket text, reports int, since instant
--  unscoped "a bucket is a hash and belongs to nobody"
--  unheard "counts attempts, not what they say"
INSERT INTO report_throttle (bucket, reports, since) VALUES (:bucket, :reports, :since)
ON CONFLICT (bucket) DO UPDATE SET reports = excluded.reports, since = excluded.since;

--! report_count_sweep exec
--  in   before instant
--  unscoped "a bucket is a hash and belongs to nobody"
--  unheard "what has run out is swept away"
DELETE FROM report_throttle WHERE since < :before;

-- The same words of the same day: sent twice.
--! report_same one
--  in   title text, statement text
--  out  id id
SELECT f.id FROM finding f
WHERE f.org_id = :org AND f.source = 'report' AND f.raised = :today AND f.title = :title
  AND f.statement = :statement ORDER BY f.id LIMIT 1;

-- By whoever is erased: signed in, or by a link under the same name.
--! report_named many
--  in   person id, name text
--  out  id id, linked bool
SELECT f.id, CASE WHEN f.source_object = 0 THEN 0 ELSE 1 END AS linked FROM finding f
WHERE f.org_id = :org AND f.source = 'report' AND f.reporter <> ''
  AND (f.raised_by = :person OR f.reporter = :name)
ORDER BY f.id;

--! report_unname exec
--  in   id id, source_title text?
--  blind "what is erased goes, whatever it said last"
UPDATE finding SET reporter = '', source_title = COALESCE(:source_title, source_title),
  changed = :now, version = version + 1
WHERE org_id = :org AND id = :id;

--! report_forget_heard exec
--  in   id id
UPDATE ledger_personal SET salt = NULL, value = NULL
WHERE org_id = :org AND value IS NOT NULL AND name = 'reporter'
  AND entry IN (SELECT e.seq FROM ledger_entry e
                WHERE e.org_id = :org AND e.object_kind = 'finding' AND e.object_id = :id);
