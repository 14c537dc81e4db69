-- SPDX-License-Identifier: Apache-2.0
-- How far an organisation has come that began lately: no row for one that began before.
--! first_steps one
--  in   since date
--  out  registers bool, vacant int, signed_in int, calendars bool, programme bool
SELECT CASE WHEN EXISTS (SELECT 1 FROM register_item i WHERE i.org_id = :org)
       THEN 1 ELSE 0 END AS registers,
       (SELECT count(*) FROM position q WHERE q.org_id = :org AND q.person_id IS NULL) AS vacant,
       (SELECT count(*) FROM person p WHERE p.org_id = :org AND p.account_id IS NOT NULL)
         AS signed_in,
       CASE WHEN EXISTS (SELECT 1 FROM calendar_token t
                         WHERE t.organisation_id = :org AND t.revoked IS NULL)
       THEN 1 ELSE 0 END AS calendars,
       CASE WHEN EXISTS (SELECT 1 FROM audit_programme a WHERE a.org_id = :org AND a.state = 2)
       THEN 1 ELSE 0 END AS programme
FROM organisation o WHERE o.id = :org AND o.start_on >= :since;
