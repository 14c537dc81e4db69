-- SPDX-License-Identifier: Apache-2.0
--! verify_orgs many
--  out  id id, slug text
SELECT o.id, o.slug FROM organisation o ORDER BY o.id;

--! verify_chain each
--  out  id id, org id, seq int, at int, actor int, channel text?, action text?, kind text?
--  out  object int, body text?, previous text?, hash text?, sound int, name text?, salt text?
--  out  value text?
--@sqlite
SELECT e.id, CAST(e.org_id AS INTEGER) AS org, CAST(e.seq AS INTEGER) AS seq,
       CAST(e.at AS INTEGER) AS at, CAST(e.actor AS INTEGER) AS actor,
       CAST(e.channel AS TEXT) AS channel, CAST(e.action AS TEXT) AS action,
       CAST(e.object_kind AS TEXT) AS kind, CAST(e.object_id AS INTEGER) AS object,
       CAST(e.body AS TEXT) AS body, CAST(e.previous AS TEXT) AS previous,
       CAST(e.hash AS TEXT) AS hash,
       (typeof(e.org_id) || typeof(e.seq) || typeof(e.at) || typeof(e.actor) || typeof(e.object_id)
          = 'integerintegerintegerintegerinteger'
        AND typeof(e.channel) || typeof(e.action) || typeof(e.object_kind) || typeof(e.body)
          || typeof(e.previous) || typeof(e.hash) = 'texttexttexttexttexttext'
        AND instr(e.channel || e.action || e.object_kind || e.body || e.previous || e.hash, char(0))
          = 0) AS sound,
       CAST(p.name AS TEXT) AS name, CAST(p.salt AS TEXT) AS salt, CAST(p.value AS TEXT) AS value
FROM ledger_entry e LEFT JOIN ledger_personal p ON p.org_id = e.org_id AND p.entry = e.seq
WHERE e.org_id = :org ORDER BY e.seq, e.id, p.name;
--@postgres
SELECT e.id, e.org_id AS org, e.seq, e.at, e.actor, e.channel, e.action, e.object_kind AS kind,
       e.object_id AS object, e.body, e.previous, e.hash, 1 AS sound, p.name, p.salt, p.value
FROM ledger_entry e LEFT JOIN ledger_personal p ON p.org_id = e.org_id AND p.entry = e.seq
WHERE e.org_id = :org ORDER BY e.seq, e.id, p.name;

--! verify_head one
--  out  seq int, at int, hash text, public_key text, signature text
SELECT h.seq, h.at, h.hash, h.public_key, h.signature FROM ledger_head h WHERE h.org_id = :org;

--! verify_keys many
--  out  public_key text
SELECT k.public_key FROM ledger_key k ORDER BY k.created_at, k.public_key;

--! verify_personal_total one
--  out  total int
SELECT count(*) AS total FROM ledger_personal p WHERE p.org_id = :org;

--! verify_erased_unsaid many
--  out  entry int, name text
SELECT p.entry, p.name
FROM ledger_personal p JOIN ledger_entry e ON e.org_id = p.org_id AND e.seq = p.entry
WHERE p.org_id = :org AND e.org_id = :org AND p.value IS NULL
  AND NOT EXISTS (SELECT 1 FROM ledger_entry x
                  WHERE x.org_id = :org AND x.object_kind = e.object_kind
                    AND x.object_id = e.object_id AND x.action = 'personal.erased'
                    AND x.seq > e.seq)
ORDER BY p.entry LIMIT 500;

--! verify_ids one
--  out  entries int, first id, last id
--  unscoped "the ids of all chains together have no gap"
SELECT count(*) AS entries, coalesce(min(e.id), 0) AS first, coalesce(max(e.id), 0) AS last
FROM ledger_entry e;

--! verify_gaps many
--  out  first id, last id
--  unscoped "the ids of all chains together have no gap"
SELECT g.after + 1 AS first, g.id - 1 AS last
FROM (SELECT e.id, lag(e.id, 1, 0) OVER (ORDER BY e.id) AS after FROM ledger_entry e) AS g
WHERE g.id > g.after + 1 ORDER BY g.id LIMIT 20;

--! verify_strays many
--  out  org id, entries int
--  unscoped "entries whose organisation is gone"
SELECT e.org_id AS org, count(*) AS entries FROM ledger_entry e
WHERE NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = e.org_id) GROUP BY e.org_id;

--! verify_guards one
--  out  guards int
--@sqlite
SELECT count(*) AS guards FROM sqlite_master
WHERE type = 'trigger' AND tbl_name = 'ledger_entry' AND name LIKE 'ledger_entry_keep%';
--@postgres
SELECT count(*) * 2 AS guards FROM pg_trigger t JOIN pg_class r ON r.oid = t.tgrelid
WHERE r.relname = 'ledger_entry' AND t.tgname = 'ledger_entry_keep' AND t.tgenabled <> 'D';

--! verify_words many
--  in   kind text, first id, last id
--  out  object id, seq int, action text, actor id, at instant, body text, name text?, salt text?
SELECT e.object_id AS object, e.seq, e.action, e.actor, e.at, e.body, p.name, p.salt
FROM ledger_entry e LEFT JOIN ledger_personal p ON p.org_id = e.org_id AND p.entry = e.seq
WHERE e.org_id = :org AND e.object_kind = :kind AND e.object_id BETWEEN :first AND :last
ORDER BY e.object_id, e.seq, p.name;

--! verify_objects many
--  in   kind text, after id, most int
--  out  object id
SELECT DISTINCT e.object_id AS object FROM ledger_entry e
WHERE e.org_id = :org AND e.object_kind = :kind AND e.object_id > :after
ORDER BY e.object_id LIMIT :most;

--! verify_evidence many
--  in   after id, most int
--  out  id id, sha256 text, size int, media_type text, name text, source text?, note text?
--  out  taken_on text?, period_from text?, period_to text?, added_by int, added_at int
--  out  withdrawn_by int, withdrawn_at int, withdrawn_reason text?
SELECT e.id, e.sha256, e.size, e.media_type, e.name, e.source, e.note, e.taken_on, e.period_from,
       e.period_to, coalesce(e.added_by, 0) AS added_by, e.added_at,
       coalesce(e.withdrawn_by, 0) AS withdrawn_by, coalesce(e.withdrawn_at, 0) AS withdrawn_at,
       e.withdrawn_reason
FROM evidence e WHERE e.org_id = :org AND e.id > :after ORDER BY e.id LIMIT :most;

--! verify_files many
--  in   after text, most int
--  out  sha256 text, size int, evidence id
SELECT e.sha256, max(e.size) AS size, min(e.id) AS evidence FROM evidence e
WHERE e.org_id = :org AND e.sha256 > :after
GROUP BY e.sha256 ORDER BY e.sha256 LIMIT :most;

--! verify_bytes one
--  out  bytes int
SELECT CAST(coalesce(sum(e.size), 0) AS BIGINT) AS bytes FROM evidence e WHERE e.org_id = :org;

--! verify_links_unsaid many
--  out  evidence id, kind text, object id
SELECT l.evidence_id AS evidence, l.object_kind AS kind, l.object_id AS object
FROM evidence_link l
WHERE l.org_id = :org
  AND NOT EXISTS (SELECT 1 FROM ledger_entry e
                  WHERE e.org_id = :org AND e.object_kind = l.object_kind
                    AND e.object_id = l.object_id AND e.action = 'evidence.linked'
                    AND e.body = '{"evidence":{"to":' || l.evidence_id || '}}')
ORDER BY l.id LIMIT 500;

--! verify_links_lost many
--  out  seq int, kind text, object id
SELECT e.seq, e.object_kind AS kind, e.object_id AS object FROM ledger_entry e
WHERE e.org_id = :org AND e.action = 'evidence.linked'
  AND NOT EXISTS (SELECT 1 FROM evidence_link l
                  WHERE l.org_id = :org AND l.object_kind = e.object_kind
                    AND l.object_id = e.object_id
                    AND e.body = '{"evidence":{"to":' || l.evidence_id || '}}')
  AND NOT EXISTS (SELECT 1 FROM ledger_entry u
                  WHERE u.org_id = :org AND u.object_kind = e.object_kind
                    AND u.object_id = e.object_id AND u.action = 'evidence.unlinked'
                    AND u.body = e.body AND u.seq > e.seq)
ORDER BY e.seq LIMIT 500;
