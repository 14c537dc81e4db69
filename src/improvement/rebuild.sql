-- SPDX-License-Identifier: Apache-2.0
--! rebuild_findings many
--  in   after id, limit int
--  out  id id
SELECT id FROM finding WHERE org_id = :org AND id > :after ORDER BY id LIMIT :limit;

--! rebuild_actions many
--  in   after id, limit int
--  out  id id, title text, detail text
SELECT id, title, detail FROM action
WHERE org_id = :org AND id > :after ORDER BY id LIMIT :limit;
