-- SPDX-License-Identifier: Apache-2.0
--! backup_files many
--  in   after_org id, after text, most int
--  out  org id, sha256 text, size int, evidence id
--  unscoped "a backup holds every organisation"
SELECT e.org_id AS org, e.sha256, max(e.size) AS size, min(e.id) AS evidence FROM evidence e
WHERE e.org_id > :after_org OR (e.org_id = :after_org AND e.sha256 > :after)
GROUP BY e.org_id, e.sha256 ORDER BY e.org_id, e.sha256 LIMIT :most;

--! backup_head_key one
--  in   public_key text
--  out  org id
--  unscoped "one key signs for the whole installation"
SELECT h.org_id AS org FROM ledger_head h WHERE h.public_key = :public_key LIMIT 1;

--! backup_head_count one
--  out  heads int
--  unscoped "a new installation has none"
SELECT count(*) AS heads FROM ledger_head h;
