-- SPDX-License-Identifier: Apache-2.0
--! outreach_since many
--  in  from date, to date
--  out id id, title text, held_on date?, result text
SELECT a.id, a.title, a.held_on, a.result FROM activity a
WHERE a.org_id = :org AND a.kind = 'communication' AND a.state = 3
  AND a.held_on >= :from AND a.held_on <= :to
ORDER BY a.held_on, a.id LIMIT 100;

--! outreach_reported many
--  in  from date, to date
--  out id id, title text, raised date, reporter text, source text
SELECT f.id, f.title, f.raised, f.reporter, f.source FROM finding f
WHERE f.org_id = :org AND f.source IN ('report', 'interested_party', 'customer')
  AND f.raised >= :from AND f.raised <= :to
ORDER BY f.raised, f.id LIMIT 100;
