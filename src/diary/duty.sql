-- SPDX-License-Identifier: Apache-2.0
--! duty_insert insert
--  in   duty_key text, kind text, title text, why text, every_months int, maximum_months int
--  in   anchor int, series_from date, series_months int, until_on date, lead_days int
--  in   tolerance_days int, start_minute int, duration_minutes int, site id?, system id?
--  in   register_item id?, owner_person id?, owner_position id?
INSERT INTO duty (org_id, duty_key, kind, title, why, every_months, maximum_months, anchor,
                  series_from, series_months, until_on, lead_days, tolerance_days, start_minute,
                  duration_minutes, site_id, system_id, register_item, owner_person,
                  owner_position, adopted)
VALUES (:org, :duty_key, :kind, :title, :why, :every_months, :maximum_months, :anchor,
        :series_from, :series_months, :until_on, :lead_days, :tolerance_days, :start_minute,
        :duration_minutes, :site, :system, :register_item, :owner_person, :owner_position, :now);

--! duty_get one
--  in   id id
--  out  id id, duty_key text, kind text, title text, why text, every_months int
--  out  maximum_months int, anchor int, series_from date, series_months int, until_on date
--  out  lead_days int, tolerance_days int, start_minute int, duration_minutes int, site id?
--  out  system id?, register_item id?, owner_person id?, owner_position id?, paused_on date?
--  out  paused_until date?, pause_reason text, version int
SELECT d.id, d.duty_key, d.kind, d.title, d.why, d.every_months, d.maximum_months, d.anchor,
       d.series_from, d.series_months, d.until_on, d.lead_days, d.tolerance_days, d.start_minute,
       d.duration_minutes, d.site_id AS site, d.system_id AS system, d.register_item,
       d.owner_person, d.owner_position, d.paused_on, d.paused_until, d.pause_reason, d.version
FROM duty d WHERE d.org_id = :org AND d.id = :id;

--! duty_list many
--  in   kind text, limit int
--  out  id id, duty_key text, kind text, title text, why text, every_months int
--  out  maximum_months int, anchor int, series_from date, series_months int, until_on date
--  out  lead_days int, tolerance_days int, start_minute int, duration_minutes int, site id?
--  out  system id?, register_item id?, owner_person id?, owner_position id?, paused_on date?
--  out  paused_until date?, pause_reason text, version int
--  out  owner_name text?, position_title text?, holder_name text?
SELECT d.id, d.duty_key, d.kind, d.title, d.why, d.every_months, d.maximum_months, d.anchor,
       d.series_from, d.series_months, d.until_on, d.lead_days, d.tolerance_days, d.start_minute,
       d.duration_minutes, d.site_id AS site, d.system_id AS system, d.register_item,
       d.owner_person, d.owner_position, d.paused_on, d.paused_until, d.pause_reason, d.version,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name
FROM duty d
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
LEFT JOIN position po ON po.id = d.owner_position AND po.org_id = d.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = d.org_id
WHERE d.org_id = :org AND (:kind = '' OR d.kind = :kind)
ORDER BY d.kind, d.id LIMIT :limit;

--! duty_keys many
--  out  duty_key text
SELECT d.duty_key FROM duty d WHERE d.org_id = :org ORDER BY d.duty_key;

--! duty_by_key one
--  in   duty_key text
--  out  id id
SELECT d.id FROM duty d WHERE d.org_id = :org AND d.duty_key = :duty_key;

--! duty_any one
--  out  id id
SELECT d.id FROM duty d WHERE d.org_id = :org LIMIT 1;

--! duty_set_pause exec
--  in   id id, version int, paused_on date?, paused_until date?, reason text
UPDATE duty SET paused_on = :paused_on, paused_until = :paused_until, pause_reason = :reason,
                version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! duty_set_cadence exec
--  in   id id, version int, every_months int, anchor int, series_from date, series_months int
--  in   why text
UPDATE duty SET every_months = :every_months, anchor = :anchor, series_from = :series_from,
                series_months = :series_months, why = :why, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! duty_set_owner exec
--  in   id id, version int, owner_person id?, owner_position id?
UPDATE duty SET owner_person = :owner_person, owner_position = :owner_position,
                version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! duty_pause_insert insert
--  in   duty id, from_on date, until_on date?, reason text
INSERT INTO duty_pause (org_id, duty_id, from_on, until_on, reason)
VALUES (:org, :duty, :from_on, :until_on, :reason);

--! duty_pause_end exec
--  in   duty id, until_on date
UPDATE duty_pause SET until_on = :until_on
WHERE org_id = :org AND duty_id = :duty AND (until_on IS NULL OR until_on > :until_on);

--! duty_proposal_put exec
--  in   duty_key text, kind text, title text, why text, every_months int, maximum_months int
--  in   anchor int, first_on date, until_on date?, lead_days int, tolerance_days int
--  in   start_minute int, duration_minutes int, site id?, register_item id?, owner_person id?
--  in   owner_position id?
INSERT INTO duty_proposal (org_id, duty_key, kind, title, why, every_months, maximum_months,
                           anchor, first_on, until_on, lead_days, tolerance_days, start_minute,
                           duration_minutes, site_id, register_item, owner_person, owner_position)
VALUES (:org, :duty_key, :kind, :title, :why, :every_months, :maximum_months, :anchor, :first_on,
        :until_on, :lead_days, :tolerance_days, :start_minute, :duration_minutes, :site,
        :register_item,
        :owner_person, :owner_position)
ON CONFLICT (org_id, duty_key) DO UPDATE SET
  kind = excluded.kind, title = excluded.title, why = excluded.why,
  every_months = excluded.every_months, maximum_months = excluded.maximum_months,
  anchor = excluded.anchor, first_on = excluded.first_on, until_on = excluded.until_on,
  lead_days = excluded.lead_days,
  tolerance_days = excluded.tolerance_days, start_minute = excluded.start_minute,
  duration_minutes = excluded.duration_minutes, site_id = excluded.site_id,
  register_item = excluded.register_item, owner_person = excluded.owner_person,
  owner_position = excluded.owner_position
WHERE (duty_proposal.kind, duty_proposal.title, duty_proposal.why, duty_proposal.every_months,
       duty_proposal.maximum_months, duty_proposal.anchor, duty_proposal.first_on,
       duty_proposal.until_on, duty_proposal.lead_days, duty_proposal.tolerance_days,
       duty_proposal.start_minute, duty_proposal.duration_minutes, duty_proposal.site_id,
       duty_proposal.register_item, duty_proposal.owner_person, duty_proposal.owner_position)
  IS DISTINCT FROM
      (excluded.kind, excluded.title, excluded.why, excluded.every_months,
       excluded.maximum_months, excluded.anchor, excluded.first_on,
       excluded.until_on, excluded.lead_days, excluded.tolerance_days,
       excluded.start_minute, excluded.duration_minutes, excluded.site_id,
       excluded.register_item, excluded.owner_person, excluded.owner_position);

--! duty_proposal_list many
--  out  duty_key text, kind text, title text, why text, every_months int, maximum_months int
--  out  anchor int, first_on date, until_on date?, lead_days int, tolerance_days int
--  out  start_minute int, duration_minutes int, site id?, register_item id?, owner_person id?
--  out  owner_position id?
SELECT p.duty_key, p.kind, p.title, p.why, p.every_months, p.maximum_months, p.anchor, p.first_on,
       p.until_on, p.lead_days, p.tolerance_days, p.start_minute, p.duration_minutes,
       p.site_id AS site, p.register_item, p.owner_person, p.owner_position
FROM duty_proposal p WHERE p.org_id = :org ORDER BY p.id;

--! duty_choice_put exec
--  in   duty_key text, every_months int, first_on date?, owner_person id?, owner_position id?
--  in   leave_out bool, reason text
INSERT INTO duty_choice (org_id, duty_key, every_months, first_on, owner_person, owner_position,
                         leave_out, reason)
VALUES (:org, :duty_key, :every_months, :first_on, :owner_person, :owner_position, :leave_out,
        :reason)
ON CONFLICT (org_id, duty_key) DO UPDATE SET
  every_months = excluded.every_months, first_on = excluded.first_on,
  owner_person = excluded.owner_person, owner_position = excluded.owner_position,
  leave_out = excluded.leave_out, reason = excluded.reason;

--! duty_choice_list many
--  out  duty_key text, every_months int, first_on date?, owner_person id?, owner_position id?
--  out  leave_out bool, reason text
SELECT ch.duty_key, ch.every_months, ch.first_on, ch.owner_person, ch.owner_position,
       ch.leave_out, ch.reason
FROM duty_choice ch WHERE ch.org_id = :org ORDER BY ch.id;

--! duty_ids many
--  out  id id
SELECT d.id FROM duty d WHERE d.org_id = :org ORDER BY d.id;

--! activity_last_ordinal one
--  in   duty id
--  out  ordinal int
SELECT COALESCE(MAX(a.ordinal), 0) AS ordinal FROM activity a
WHERE a.org_id = :org AND a.duty_id = :duty;
