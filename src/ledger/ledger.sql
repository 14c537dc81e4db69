-- SPDX-License-Identifier: Apache-2.0
--! ledger_head_lock one
--  out  seq int, hash text, public_key text, next id
--  unscoped "the number of the next entry is counted over the whole installation"
--@sqlite
SELECT h.seq, h.hash, h.public_key, (SELECT coalesce(max(e.id), 0) + 1 FROM ledger_entry e) AS next
FROM ledger_head h WHERE h.org_id = :org;
--@postgres
SELECT h.seq, h.hash, h.public_key,
       nextval(pg_get_serial_sequence('ledger_entry', 'id')) AS next
FROM ledger_head h WHERE h.org_id = :org FOR UPDATE;

--! ledger_ids many
--  in   many int
--  out  id id
--  unscoped "the number of the next entry is counted over the whole installation"
--@sqlite
SELECT coalesce(max(e.id), 0) + 1 AS id FROM ledger_entry e WHERE :many > 0;
--@postgres
SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) AS id FROM generate_series(1, :many);

--! ledger_head_open exec
--  in   hash text, public_key text, signature text
--  unheard "the ledger itself"
INSERT INTO ledger_head (org_id, seq, hash, at, public_key, signature)
VALUES (:org, 0, :hash, :now, :public_key, :signature)
ON CONFLICT DO NOTHING;

--! ledger_head_set exec
--  in   seq int, hash text, at instant, public_key text, signature text
--  unheard "the ledger itself"
--  later "nobody asks how many rows it changed"
UPDATE ledger_head SET seq = :seq, hash = :hash, at = :at, public_key = :public_key,
       signature = :signature
WHERE org_id = :org;

--! ledger_heads_unsigned many
--  out  org id, seq int, at instant, hash text
--  unscoped "one transaction may write to several organisations"
SELECT h.org_id AS org, h.seq, h.at, h.hash FROM ledger_head h WHERE h.signature = '';

--! ledger_heads_of_other_key many
--  in   public_key text
--  out  org id
--  unscoped "the key changes for every chain of the installation"
SELECT h.org_id AS org FROM ledger_head h WHERE h.public_key <> :public_key AND h.seq > 0
ORDER BY h.org_id;

--! ledger_entry_add exec
--  in   id id, seq int, by int, channel text, action text, kind text, object int, body text
--  in   previous text, hash text
--  unheard "the ledger itself"
--  later "nobody asks how many rows it changed"
INSERT INTO ledger_entry (id, org_id, seq, at, actor, channel, action, object_kind, object_id,
                          body, previous, hash)
VALUES (:id, :org, :seq, :now, :by, :channel, :action, :kind, :object, :body, :previous, :hash);

--! ledger_personal_add exec
--  in   entry int, name text, salt text, value text
--  unheard "the ledger itself"
--  later "nobody asks how many rows it changed"
INSERT INTO ledger_personal (org_id, entry, name, salt, value)
VALUES (:org, :entry, :name, :salt, :value);

--! ledger_key_add exec
--  in   public_key text
--  unheard "the ledger itself"
INSERT INTO ledger_key (public_key, created_at) VALUES (:public_key, :now)
ON CONFLICT DO NOTHING;

--! ledger_personal_erase exec
--  in   kind text, object id
UPDATE ledger_personal SET salt = NULL, value = NULL
WHERE org_id = :org AND value IS NOT NULL
  AND entry IN (SELECT e.seq FROM ledger_entry e
                WHERE e.org_id = :org AND e.object_kind = :kind AND e.object_id = :object);
