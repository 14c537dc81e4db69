-- SPDX-License-Identifier: Apache-2.0
--! pack_entries each
--  out  id id, org id, seq int, at int, actor int, channel text, action text, kind text
--  out  object int, body text, previous text, hash text, name text?, salt text?, value text?
SELECT e.id, e.org_id AS org, e.seq, e.at, e.actor, e.channel, e.action, e.object_kind AS kind,
       e.object_id AS object, e.body, e.previous, e.hash, p.name, p.salt, p.value
FROM ledger_entry e LEFT JOIN ledger_personal p ON p.org_id = e.org_id AND p.entry = e.seq
WHERE e.org_id = :org AND e.seq <= (SELECT h.seq FROM ledger_head h WHERE h.org_id = :org)
ORDER BY e.seq, p.name;

--! pack_evidence each
--  out  id id, sha256 text, size int, media_type text, name text, source text?, note text?
--  out  taken_on text?, period_from text?, period_to text?, added_by int, added_at int
--  out  withdrawn_at int, withdrawn_reason text?
SELECT e.id, e.sha256, e.size, e.media_type, e.name, e.source, e.note, e.taken_on, e.period_from,
       e.period_to, coalesce(e.added_by, 0) AS added_by, e.added_at,
       coalesce(e.withdrawn_at, 0) AS withdrawn_at, e.withdrawn_reason
FROM evidence e WHERE e.org_id = :org ORDER BY e.id;
