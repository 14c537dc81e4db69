-- SPDX-License-Identifier: Apache-2.0
-- The scheduler's table holds no organisation's data; "far" guards against a clock set back.

--! job_ensure exec
--  in   name text
--  unheard "the server's own work list, of no organisation"
INSERT INTO job (name, organisation_id, next_at) VALUES (:name, 0, :now)
ON CONFLICT (name, organisation_id) DO NOTHING;

--! job_ensure_each exec
--  in   name text, every int
--  unheard "the server's own work list; what a job does tells the ledger itself"
INSERT INTO job (name, organisation_id, next_at)
SELECT :name, o.id, :now + ((o.id * 7919) % :every) * 1000000
FROM organisation o
WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.name = :name AND j.organisation_id = o.id)
ON CONFLICT (name, organisation_id) DO NOTHING;

--! job_due many
--  in   real instant, far instant
--  out  name text, organisation id
SELECT j.name, j.organisation_id AS organisation
FROM job j
WHERE (j.next_at <= :now OR j.next_at > :far) AND (j.lease_until IS NULL OR j.lease_until < :real)
ORDER BY j.next_at, j.name, j.organisation_id LIMIT 200;

--! job_claim exec
--  in   name text, organisation id, holder text, real instant, until instant, far instant
--  unheard "the server's own work list, of no organisation"
UPDATE job SET holder = :holder, lease_until = :until, started = :now
WHERE name = :name AND organisation_id = :organisation
  AND (next_at <= :now OR next_at > :far) AND (lease_until IS NULL OR lease_until < :real);

--! job_finish exec
--  in   name text, organisation id, holder text, next instant
--  unheard "the server's own work list, of no organisation"
UPDATE job SET holder = NULL, lease_until = NULL, finished = :now, next_at = :next,
  runs = runs + 1, failures = 0, error = ''
WHERE name = :name AND organisation_id = :organisation AND holder = :holder;

--! job_failures one
--  in   name text, organisation id
--  out  failures int
SELECT failures FROM job WHERE name = :name AND organisation_id = :organisation;

--! job_fail exec
--  in   name text, organisation id, holder text, next instant, error text
--  unheard "the server's own work list, of no organisation"
UPDATE job SET holder = NULL, lease_until = NULL, next_at = :next, failures = failures + 1,
  error = :error
WHERE name = :name AND organisation_id = :organisation AND holder = :holder;

--! job_organisation one
--  in   id id
--  out  time_zone text
SELECT time_zone FROM organisation WHERE id = :id;

--! job_slug one
--  in   organisation id
--  out  slug text
SELECT slug FROM organisation WHERE id = :organisation;

--! job_list many
--  out  name text, organisation text?, next_at instant, finished instant?, runs int, failures int,
--       error text, held bool
SELECT j.name, o.slug AS organisation, j.next_at, j.finished, j.runs, j.failures, j.error,
  CASE WHEN j.holder IS NULL THEN 0 ELSE 1 END AS held
FROM job j LEFT JOIN organisation o ON o.id = j.organisation_id
ORDER BY j.name, j.organisation_id LIMIT 1000;

--! job_sweep_sessions exec
--  unheard "what has run out is swept away"
DELETE FROM session WHERE expires <= :now;

--! job_sweep_resets exec
--  unheard "what has run out is swept away"
DELETE FROM password_reset WHERE expires <= :now;

--! job_sweep_failures exec
--  in   before instant
--  unheard "what has run out is swept away"
DELETE FROM sign_in_failure WHERE last < :before;
