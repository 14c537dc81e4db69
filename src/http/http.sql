-- SPDX-License-Identifier: Apache-2.0

--! request_key_reserve exec
--  in   account id, key_hash text, asked_hash text
--  unheard "the answer kept for a repeated request; the change in it is an entry"
INSERT INTO request_key (org_id, account, key_hash, asked_hash, made)
VALUES (:org, :account, :key_hash, :asked_hash, :now)
ON CONFLICT (org_id, account, key_hash) DO NOTHING;

--! request_key_find one
--  in   account id, key_hash text
--  out  asked_hash text, status int, answer text
SELECT k.asked_hash, k.status, k.answer
FROM request_key k
WHERE k.org_id = :org AND k.account = :account AND k.key_hash = :key_hash;

--! request_key_answer exec
--  in   account id, key_hash text, status int, answer text
--  unheard "the answer kept for a repeated request; the change in it is an entry"
UPDATE request_key SET status = :status, answer = :answer
WHERE org_id = :org AND account = :account AND key_hash = :key_hash;

--! request_key_forget exec
--  in   before instant
--  unheard "the answer kept for a repeated request; the change in it is an entry"
DELETE FROM request_key WHERE org_id = :org AND made < :before;

--! http_ledger_head one
--  out  seq int, hash text
SELECT h.seq, h.hash FROM ledger_head h WHERE h.org_id = :org;
