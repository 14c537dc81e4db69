-- SPDX-License-Identifier: Apache-2.0
--! activity_place one
--  in   activity id
--  out  location text, link text
SELECT location, link FROM activity_place WHERE org_id = :org AND activity_id = :activity;

--! activity_place_put exec
--  in   activity id, location text, link text
INSERT INTO activity_place (org_id, activity_id, location, link)
VALUES (:org, :activity, :location, :link)
ON CONFLICT (org_id, activity_id) DO UPDATE SET location = excluded.location, link = excluded.link
WHERE activity_place.org_id = :org;

--! activity_of_meeting one
--  in   id id
--  out  kind text
SELECT kind FROM activity WHERE org_id = :org AND id = :id;

--! activity_recall exec
--  in   id id, version int
UPDATE activity SET sequence = sequence + 1, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;
