-- SPDX-License-Identifier: Apache-2.0
--! holiday_list many
--  out  id id, site id?, on_day date, name text, source text
SELECT h.id, h.site_id AS site, h.on_day, h.name, h.source FROM holiday h
WHERE h.org_id = :org ORDER BY h.on_day, h.id;

--! holiday_find one
--  in   site id, on_day date
--  out  id id
SELECT h.id FROM holiday h
WHERE h.org_id = :org AND h.on_day = :on_day AND COALESCE(h.site_id, 0) = :site LIMIT 1;

--! holiday_insert insert
--  in   site id?, on_day date, name text, source text
INSERT INTO holiday (org_id, site_id, on_day, name, source)
VALUES (:org, :site, :on_day, :name, :source);

--! holiday_delete exec
--  in   id id
DELETE FROM holiday WHERE org_id = :org AND id = :id;
