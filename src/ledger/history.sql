-- SPDX-License-Identifier: Apache-2.0
--! history_all many
--  in   kind text, by id, from int, until int, offset int, limit int
--  out  id id, seq int, at instant, actor int, channel text, action text, kind text, object int
--  out  body text, previous text, hash text, actor_name text?
SELECT e.id, e.seq, e.at, e.actor, e.channel, e.action, e.object_kind AS kind,
       e.object_id AS object, e.body, e.previous, e.hash, p.name AS actor_name
FROM ledger_entry e LEFT JOIN person p ON p.org_id = e.org_id AND p.id = e.actor
WHERE e.org_id = :org AND (:kind = '' OR e.object_kind = :kind)
  AND (:by = 0 OR e.actor = :by) AND e.at >= :from AND e.at < :until
ORDER BY e.seq DESC LIMIT :limit OFFSET :offset;

--! history_of many
--  in   kind text, object id, by id, from int, until int, offset int, limit int
--  out  id id, seq int, at instant, actor int, channel text, action text, kind text, object int
--  out  body text, previous text, hash text, actor_name text?
SELECT e.id, e.seq, e.at, e.actor, e.channel, e.action, e.object_kind AS kind,
       e.object_id AS object, e.body, e.previous, e.hash, p.name AS actor_name
FROM ledger_entry e LEFT JOIN person p ON p.org_id = e.org_id AND p.id = e.actor
WHERE e.org_id = :org AND e.object_kind = :kind AND e.object_id = :object
  AND (:by = 0 OR e.actor = :by) AND e.at >= :from AND e.at < :until
ORDER BY e.seq DESC LIMIT :limit OFFSET :offset;

--! history_one one
--  in   seq int
--  out  id id, seq int, at instant, actor int, channel text, action text, kind text, object int
--  out  body text, previous text, hash text, actor_name text?
SELECT e.id, e.seq, e.at, e.actor, e.channel, e.action, e.object_kind AS kind,
       e.object_id AS object, e.body, e.previous, e.hash, p.name AS actor_name
FROM ledger_entry e LEFT JOIN person p ON p.org_id = e.org_id AND p.id = e.actor
WHERE e.org_id = :org AND e.seq = :seq;

--! history_count_all one
--  in   kind text, by id, from int, until int
--  out  entries int
SELECT count(*) AS entries FROM ledger_entry e
WHERE e.org_id = :org AND (:kind = '' OR e.object_kind = :kind)
  AND (:by = 0 OR e.actor = :by) AND e.at >= :from AND e.at < :until;

--! history_count_of one
--  in   kind text, object id, by id, from int, until int
--  out  entries int
SELECT count(*) AS entries FROM ledger_entry e
WHERE e.org_id = :org AND e.object_kind = :kind AND e.object_id = :object
  AND (:by = 0 OR e.actor = :by) AND e.at >= :from AND e.at < :until;

--! history_personal many
--  in   entry int
--  out  name text, value text?
SELECT p.name, p.value FROM ledger_personal p WHERE p.org_id = :org AND p.entry = :entry;

--! history_kinds many
--  out  kind text
SELECT DISTINCT e.object_kind AS kind FROM ledger_entry e WHERE e.org_id = :org ORDER BY kind;

--! ledger_actor one
--  in   id id
--  out  name text
SELECT p.name FROM person p WHERE p.org_id = :org AND p.id = :id;

--! ledger_activity_title one
--  in   id id
--  out  title text
SELECT a.title FROM activity a WHERE a.org_id = :org AND a.id = :id;
