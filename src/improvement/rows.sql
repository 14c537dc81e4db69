-- SPDX-License-Identifier: Apache-2.0
-- What was found and what happened, keyed by the register item.

--! finding_row_put exec
--  in  item id, source text, classification text, raised date?, cause text, correction text,
--      action text, due date?, effectiveness text, closed date?
INSERT INTO finding_row (
  item_id, org_id, source, classification, raised, cause, correction, action, due,
  effectiveness, closed
) VALUES (
  :item, :org, :source, :classification, :raised, :cause, :correction, :action, :due,
  :effectiveness, :closed
)
ON CONFLICT (item_id) DO UPDATE SET
  source = excluded.source, classification = excluded.classification, raised = excluded.raised,
  cause = excluded.cause, correction = excluded.correction, action = excluded.action,
  due = excluded.due, effectiveness = excluded.effectiveness, closed = excluded.closed
WHERE finding_row.org_id = :org;

--! finding_row_get one
--  in  item id
--  out source text, classification text, raised date?, cause text, correction text, action text,
--      due date?, effectiveness text, closed date?
SELECT
  source, classification, raised, cause, correction, action, due, effectiveness, closed
FROM finding_row WHERE org_id = :org AND item_id = :item;

--! incident_put exec
--  in  item id, type text, severity text, assets text, reported_by text, reported_at text,
--      detected_by text, detection_method text, response_team text, contained_at text,
--      resolved_at text, repair_hours text, data_breach text, notification text, cause text,
--      action text
INSERT INTO incident (
  item_id, org_id, type, severity, assets, reported_by, reported_at, detected_by,
  detection_method, response_team, contained_at, resolved_at, repair_hours, data_breach,
  notification, cause, action
) VALUES (
  :item, :org, :type, :severity, :assets, :reported_by, :reported_at, :detected_by,
  :detection_method, :response_team, :contained_at, :resolved_at, :repair_hours, :data_breach,
  :notification, :cause, :action
)
ON CONFLICT (item_id) DO UPDATE SET
  type = excluded.type, severity = excluded.severity, assets = excluded.assets,
  reported_by = excluded.reported_by, reported_at = excluded.reported_at,
  detected_by = excluded.detected_by, detection_method = excluded.detection_method,
  response_team = excluded.response_team, contained_at = excluded.contained_at,
  resolved_at = excluded.resolved_at, repair_hours = excluded.repair_hours,
  data_breach = excluded.data_breach, notification = excluded.notification,
  cause = excluded.cause, action = excluded.action
WHERE incident.org_id = :org;

--! incident_get one
--  in  item id
--  out type text, severity text, assets text, reported_by text, reported_at text, detected_by text,
--      detection_method text, response_team text, contained_at text, resolved_at text,
--      repair_hours text, data_breach text, notification text, cause text, action text
SELECT
  type, severity, assets, reported_by, reported_at, detected_by, detection_method,
  response_team, contained_at, resolved_at, repair_hours, data_breach, notification, cause,
  action
FROM incident WHERE org_id = :org AND item_id = :item;
