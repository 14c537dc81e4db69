-- SPDX-License-Identifier: Apache-2.0
-- Findings with their corrective actions, and incidents.

CREATE TABLE finding (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  source TEXT NOT NULL DEFAULT '',
  classification TEXT NOT NULL DEFAULT '',
  raised TEXT,
  cause TEXT NOT NULL DEFAULT '',
  correction TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL DEFAULT '',
  due TEXT,
  effectiveness TEXT NOT NULL DEFAULT '',
  closed TEXT
);
CREATE INDEX finding_org ON finding (org_id);

CREATE TABLE incident (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  type TEXT NOT NULL DEFAULT '',
  severity TEXT NOT NULL DEFAULT '',
  assets TEXT NOT NULL DEFAULT '',
  reported_by TEXT NOT NULL DEFAULT '',
  reported_at TEXT NOT NULL DEFAULT '',
  detected_by TEXT NOT NULL DEFAULT '',
  detection_method TEXT NOT NULL DEFAULT '',
  response_team TEXT NOT NULL DEFAULT '',
  contained_at TEXT NOT NULL DEFAULT '',
  resolved_at TEXT NOT NULL DEFAULT '',
  repair_hours TEXT NOT NULL DEFAULT '',
  data_breach TEXT NOT NULL DEFAULT '',
  notification TEXT NOT NULL DEFAULT '',
  cause TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL DEFAULT ''
);
CREATE INDEX incident_org ON incident (org_id);
