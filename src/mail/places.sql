-- SPDX-License-Identifier: Apache-2.0
--! meeting_site one
--  in   activity id
--  out  slug text, organisation text, site text?, address text?
SELECT o.slug, o.name AS organisation, s.name AS site, s.address
FROM activity a
JOIN organisation o ON o.id = a.org_id
LEFT JOIN site s ON s.id = a.site_id AND s.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :activity;

--! meeting_uid exec
--  in   token text, id id
--  unheard "the mail that carries it is heard"
INSERT INTO mail_token (token, organisation_id, purpose, object_id)
VALUES (:token, :org, 'uid', :id)
ON CONFLICT (token) DO NOTHING;
