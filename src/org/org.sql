-- SPDX-License-Identifier: Apache-2.0
-- Organisations, their sites and critical systems.

--! organisation_by_slug one
--  in   slug text
--  out  id id, name text, time_zone text
--  unscoped "finds the organisation an address or a command names"
SELECT o.id, o.name, o.time_zone FROM organisation o WHERE o.slug = :slug;

--! organisation_slug one
--  out  slug text, name text, time_zone text
--  unscoped "the organisation's own row is found by its number"
SELECT o.slug, o.name, o.time_zone FROM organisation o WHERE o.id = :org;

--! organisation_count one
--  out  count int
--  unscoped "a new installation has none"
SELECT COUNT(*) AS count FROM organisation;

--! organisation_list many
--  out  id id, slug text, name text, time_zone text, decision date, expiry date
--  unscoped "the installation's own list, for the command line"
SELECT o.id, o.slug, o.name, o.time_zone, o.decision, o.expiry FROM organisation o ORDER BY o.slug;

--! organisation_of_account many
--  in   account id
--  out  slug text, name text, expiry date, role_bit int, until date?
--  unscoped "where an account belongs, before one is chosen"
SELECT o.slug, o.name, o.expiry, m.role_bit, m.until
FROM membership m JOIN organisation o ON o.id = m.organisation_id
WHERE m.account_id = :account
ORDER BY o.name, o.slug, m.role_bit;

--! organisation_add insert
--  in   slug text, name text, time_zone text, decision date, expiry date, start date
--  in   certification_body text, certificate_number text, scope text, sector text, head_count int
--  in   customer_demands int, outsourced_percent int, demo bool, language text
--  unscoped "a new organisation is behind no wall yet"
INSERT INTO organisation (slug, name, time_zone, decision, expiry, start_on, certification_body,
  certificate_number, scope, sector, head_count, customer_demands, outsourced_percent,
  demo, language, created)
VALUES (:slug, :name, :time_zone, :decision, :expiry, :start, :certification_body,
  :certificate_number, :scope, :sector, :head_count, :customer_demands, :outsourced_percent,
  :demo, :language, :now);

--! organisation_get one
--  out  slug text, name text, time_zone text, decision date, expiry date, start date
--  out  certification_body text, certificate_number text, scope text, sector text, head_count int
--  out  customer_demands int, outsourced_percent int, demo bool, language text, version int
--  unscoped "the organisation's own row is found by its number"
SELECT o.slug, o.name, o.time_zone, o.decision, o.expiry, o.start_on AS start, o.certification_body,
  o.certificate_number, o.scope, o.sector, o.head_count, o.customer_demands, o.outsourced_percent,
  o.demo, o.language, o.version
FROM organisation o WHERE o.id = :org;

--! organisation_change exec
--  in   name text, time_zone text, decision date, expiry date, start date, certification_body text
--  in   certificate_number text, scope text, sector text, head_count int, customer_demands int
--  in   outsourced_percent int, language text, version int
--  unscoped "the organisation's own row is found by its number"
UPDATE organisation SET name = :name, time_zone = :time_zone, decision = :decision,
  expiry = :expiry, start_on = :start, certification_body = :certification_body,
  certificate_number = :certificate_number, scope = :scope, sector = :sector,
  head_count = :head_count, customer_demands = :customer_demands,
  outsourced_percent = :outsourced_percent, language = :language, version = version + 1
WHERE id = :org AND version = :version;

--! site_list many
--  in   closed bool
--  out  id id, name text, time_zone text, address text, head_count int, closed bool, version int
SELECT s.id, s.name, s.time_zone, s.address, s.head_count, s.closed, s.version
FROM site s WHERE s.org_id = :org AND s.closed <= :closed ORDER BY s.closed, s.name;

--! site_get one
--  in   id id
--  out  id id, name text, time_zone text, address text, head_count int, closed bool, version int
SELECT s.id, s.name, s.time_zone, s.address, s.head_count, s.closed, s.version
FROM site s WHERE s.org_id = :org AND s.id = :id;

--! site_named one
--  in   name text
--  out  id id
SELECT s.id FROM site s WHERE s.org_id = :org AND s.name = :name;

--! site_open_count one
--  out  count int
SELECT COUNT(*) AS count FROM site s WHERE s.org_id = :org AND s.closed = 0;

--! site_add insert
--  in   name text, time_zone text, address text, head_count int
INSERT INTO site (org_id, name, time_zone, address, head_count)
VALUES (:org, :name, :time_zone, :address, :head_count);

--! site_change exec
--  in   id id, name text, time_zone text, address text, head_count int, closed bool, version int
UPDATE site SET name = :name, time_zone = :time_zone, address = :address,
  head_count = :head_count, closed = :closed, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! system_list many
--  in   retired bool
--  out  id id, name text, description text, retired bool, version int
SELECT s.id, s.name, s.description, s.retired, s.version
FROM critical_system s WHERE s.org_id = :org AND s.retired <= :retired ORDER BY s.retired, s.name;

--! system_get one
--  in   id id
--  out  id id, name text, description text, retired bool, version int
SELECT s.id, s.name, s.description, s.retired, s.version
FROM critical_system s WHERE s.org_id = :org AND s.id = :id;

--! system_named one
--  in   name text
--  out  id id
SELECT s.id FROM critical_system s WHERE s.org_id = :org AND s.name = :name;

--! system_live_count one
--  out  count int
SELECT COUNT(*) AS count FROM critical_system s WHERE s.org_id = :org AND s.retired = 0;

--! system_add insert
--  in   name text, description text
INSERT INTO critical_system (org_id, name, description) VALUES (:org, :name, :description);

--! system_change exec
--  in   id id, name text, description text, retired bool, version int
UPDATE critical_system SET name = :name, description = :description, retired = :retired,
  version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;
