-- SPDX-License-Identifier: Apache-2.0
-- What is frozen, and who from outside may read it.

--! review_document_last one
--  in   id id, kind text
--  out  document id, edition int, body text, sha256 text, made instant, made_by text?, reason text
SELECT d.id AS document, d.edition, d.body, d.sha256, d.made, p.name AS made_by, d.reason
FROM review_document d LEFT JOIN person p ON p.id = d.made_by AND p.org_id = d.org_id
WHERE d.org_id = :org AND d.activity_id = :id AND d.kind = :kind
ORDER BY d.edition DESC LIMIT 1;

--! review_document_insert insert
--  in   id id, kind text, edition int, reason text, body text, sha256 text
INSERT INTO review_document (org_id, activity_id, kind, edition, reason, body, sha256, made,
                             made_by)
VALUES (:org, :id, :kind, :edition, :reason, :body, :sha256, :now,
        CASE WHEN :actor = 0 THEN NULL ELSE :actor END);

--! review_document_list many
--  in   id id
--  out  document id, kind text, edition int, sha256 text, made instant, made_by text?, reason text
SELECT d.id AS document, d.kind, d.edition, d.sha256, d.made, p.name AS made_by, d.reason
FROM review_document d LEFT JOIN person p ON p.id = d.made_by AND p.org_id = d.org_id
WHERE d.org_id = :org AND d.activity_id = :id ORDER BY d.id LIMIT 100;

--! review_document_page many
--  in   after id, most int
--  out  id id, activity text, kind text, edition text, body text
SELECT d.id, CAST(d.activity_id AS TEXT) AS activity, d.kind, CAST(d.edition AS TEXT) AS edition,
       d.body
FROM review_document d WHERE d.org_id = :org AND d.id > :after ORDER BY d.id LIMIT :most;

--! review_guest_insert insert
--  in   id id, name text, hash text, expires instant
--  unscoped "restricted by organisation_id"
INSERT INTO review_guest (organisation_id, activity_id, name, hash, expires, created, created_by)
VALUES (:org, :id, :name, :hash, :expires, :now, CASE WHEN :actor = 0 THEN NULL ELSE :actor END);

--! review_guest_by_hash one
--  in   hash text
--  out  guest id, organisation id, slug text, org_name text, zone text, id id, name text
--  out  expires instant
--  unscoped "a guest's address is found by its hash before its organisation is known"
SELECT g.id AS guest, g.organisation_id AS organisation, o.slug, o.name AS org_name,
       o.time_zone AS zone, g.activity_id AS id, g.name, g.expires
FROM review_guest g JOIN organisation o ON o.id = g.organisation_id
WHERE g.hash = :hash AND g.revoked IS NULL;

--! review_guest_read exec
--  in   guest id
--  unscoped "restricted by organisation_id"
UPDATE review_guest SET readings = readings + 1, last_read = :now
WHERE organisation_id = :org AND id = :guest;

--! review_reading_add exec
--  in   guest id
--  unscoped "restricted by organisation_id"
INSERT INTO review_reading (organisation_id, guest_id, read) VALUES (:org, :guest, :now);

--! review_readings many
--  in   id id
--  out  guest id, read instant
--  unscoped "restricted by organisation_id"
SELECT x.guest_id AS guest, x.read FROM review_reading x
JOIN review_guest g ON g.id = x.guest_id AND g.organisation_id = x.organisation_id
WHERE x.organisation_id = :org AND g.activity_id = :id ORDER BY x.id DESC LIMIT 200;

--! review_guest_revoke exec
--  in   id id, guest id
--  unscoped "restricted by organisation_id"
UPDATE review_guest SET revoked = :now
WHERE organisation_id = :org AND activity_id = :id AND id = :guest AND revoked IS NULL;

--! review_guests many
--  in   id id
--  out  guest id, name text, expires instant, created instant, created_by text?, revoked instant?
--  out  readings int, last_read instant?
--  unscoped "restricted by organisation_id"
SELECT g.id AS guest, g.name, g.expires, g.created, p.name AS created_by, g.revoked, g.readings,
       g.last_read
FROM review_guest g LEFT JOIN person p ON p.id = g.created_by AND p.org_id = :org
WHERE g.organisation_id = :org AND g.activity_id = :id ORDER BY g.id LIMIT 100;

--! review_org_name one
--  out  name text, slug text
SELECT o.name, o.slug FROM organisation o WHERE o.id = :org;
