-- SPDX-License-Identifier: Apache-2.0
-- Registers, their items, what the known kinds hold, files waiting to be imported, and the search.

CREATE TABLE register (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  kind        TEXT NOT NULL,                     -- registers/kinds.h; 'plain' for one nobody knows
  name        TEXT NOT NULL,
  source      TEXT NOT NULL DEFAULT '',          -- the file it last came from
  columns     TEXT NOT NULL DEFAULT '',          -- of a plain register: its own names, one a line
  created     BIGINT NOT NULL,
  version     BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, kind, name)
);

CREATE TABLE register_item (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  register_id     BIGINT NOT NULL REFERENCES register(id),
  kind            TEXT NOT NULL,
  item_key        TEXT NOT NULL,                 -- what makes it the same item in the next file
  ref             TEXT NOT NULL DEFAULT '',
  title           TEXT NOT NULL,
  description     TEXT NOT NULL DEFAULT '',
  owner_person    BIGINT REFERENCES person(id),
  owner_position  BIGINT REFERENCES position(id),
  owner_text      TEXT NOT NULL DEFAULT '',      -- as written
  status          TEXT NOT NULL DEFAULT '',
  last_on         TEXT,
  next_on         TEXT,
  every           TEXT NOT NULL DEFAULT '',      -- "12 months", as written
  source_file     TEXT NOT NULL DEFAULT '',
  source_line     BIGINT NOT NULL DEFAULT 0,     -- 0: written by hand
  source_hash     TEXT NOT NULL DEFAULT '',      -- of the row as last imported
  created         BIGINT NOT NULL,
  changed         BIGINT NOT NULL,
  removed         BIGINT NOT NULL DEFAULT 0,
  activity_id     BIGINT,                        -- its entry in the diary, once it is there
  version         BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, register_id, item_key)
);
CREATE INDEX register_item_kind ON register_item (org_id, kind, id);
CREATE INDEX register_item_next ON register_item (org_id, register_id, next_on, id);
CREATE INDEX register_item_owner ON register_item (org_id, owner_position);
CREATE INDEX register_item_person ON register_item (org_id, owner_person);

-- A column nobody knows, or text where a date was expected: kept, never dropped.
CREATE TABLE item_note (
  item_id   BIGINT NOT NULL REFERENCES register_item(id) ON DELETE CASCADE,
  org_id    BIGINT NOT NULL REFERENCES organisation(id),
  position  BIGINT NOT NULL,
  name      TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (item_id, position)
);
CREATE INDEX item_note_org ON item_note (org_id);

CREATE TABLE risk (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  asset TEXT NOT NULL DEFAULT '',
  threat TEXT NOT NULL DEFAULT '',
  vulnerability TEXT NOT NULL DEFAULT '',
  likelihood BIGINT,
  impact BIGINT,
  impact_financial BIGINT,
  impact_operational BIGINT,
  impact_reputational BIGINT,
  impact_legal BIGINT,
  impact_safety BIGINT,
  inherent_score BIGINT,
  inherent_level TEXT NOT NULL DEFAULT '',
  controls TEXT NOT NULL DEFAULT '',
  residual_likelihood BIGINT,
  residual_impact BIGINT,
  residual_score BIGINT,
  residual_level TEXT NOT NULL DEFAULT '',
  treatment TEXT NOT NULL DEFAULT ''
);
CREATE INDEX risk_org ON risk (org_id);

CREATE TABLE control (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  theme TEXT NOT NULL DEFAULT '',
  applicable BIGINT,
  justification TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT ''
);
CREATE INDEX control_org ON control (org_id);

CREATE TABLE supplier (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  service TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  criticality TEXT NOT NULL DEFAULT '',
  data_accessed TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '',
  contract_start TEXT,
  contract_end TEXT,
  dpa_signed TEXT NOT NULL DEFAULT '',
  certifications TEXT NOT NULL DEFAULT '',
  review_result TEXT NOT NULL DEFAULT ''
);
CREATE INDEX supplier_org ON supplier (org_id);

CREATE TABLE asset (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  type TEXT NOT NULL DEFAULT '',
  category TEXT NOT NULL DEFAULT '',
  custodian TEXT NOT NULL DEFAULT '',
  location TEXT NOT NULL DEFAULT '',
  classification TEXT NOT NULL DEFAULT '',
  criticality TEXT NOT NULL DEFAULT '',
  environment TEXT NOT NULL DEFAULT ''
);
CREATE INDEX asset_org ON asset (org_id);

CREATE TABLE interested_party (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  category TEXT NOT NULL DEFAULT '',
  need TEXT NOT NULL DEFAULT '',
  requirement TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  priority TEXT NOT NULL DEFAULT '',
  covered_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX interested_party_org ON interested_party (org_id);

CREATE TABLE communication_need (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  category TEXT NOT NULL DEFAULT '',
  interest TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  channel TEXT NOT NULL DEFAULT '',
  frequency TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT ''
);
CREATE INDEX communication_need_org ON communication_need (org_id);

CREATE TABLE objective (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  clause TEXT NOT NULL DEFAULT '',
  metric TEXT NOT NULL DEFAULT '',
  baseline TEXT NOT NULL DEFAULT '',
  target TEXT NOT NULL DEFAULT '',
  frequency TEXT NOT NULL DEFAULT '',
  current_value TEXT NOT NULL DEFAULT '',
  action TEXT NOT NULL DEFAULT ''
);
CREATE INDEX objective_org ON objective (org_id);

CREATE TABLE document (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  type TEXT NOT NULL DEFAULT '',
  approver TEXT NOT NULL DEFAULT '',
  edition TEXT NOT NULL DEFAULT '',
  effective TEXT,
  classification TEXT NOT NULL DEFAULT '',
  distribution TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_org ON document (org_id);

CREATE TABLE planned_event (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  type TEXT NOT NULL DEFAULT '',
  planned TEXT,
  effort TEXT NOT NULL DEFAULT '',
  participants TEXT NOT NULL DEFAULT '',
  observer TEXT NOT NULL DEFAULT '',
  result TEXT NOT NULL DEFAULT ''
);
CREATE INDEX planned_event_org ON planned_event (org_id);

CREATE TABLE training_record (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  role TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL DEFAULT '',
  due TEXT,
  completed TEXT,
  evidence TEXT NOT NULL DEFAULT ''
);
CREATE INDEX training_record_org ON training_record (org_id);

CREATE TABLE competence (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  role TEXT NOT NULL DEFAULT '',
  level TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  mandatory TEXT NOT NULL DEFAULT '',
  months BIGINT
);
CREATE INDEX competence_org ON competence (org_id);

-- Files brought for import, kept until somebody confirms or discards them.
CREATE TABLE import_batch (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  person_id   BIGINT,
  created     BIGINT NOT NULL
);
CREATE TABLE import_file (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  batch_id    BIGINT NOT NULL REFERENCES import_batch(id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  content     {blob} NOT NULL,
  kind        TEXT NOT NULL DEFAULT '',          -- chosen by hand; '' = recognise it
  mapping     TEXT NOT NULL DEFAULT ''           -- chosen by hand: "column<tab>field" a line
);
CREATE INDEX import_file_batch ON import_file (org_id, batch_id);

-- Everything that can be found. Rooms write it in the transaction of the change (search_put);
-- `daybook rebuild` writes it anew.
CREATE TABLE search_entry (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  kind        TEXT NOT NULL,
  object_id   BIGINT NOT NULL,
  title       TEXT NOT NULL,
  body        TEXT NOT NULL,
  place       TEXT NOT NULL,                     -- the address behind /o/{slug}
--@postgres
  words       tsvector,
--@both
  UNIQUE (org_id, kind, object_id)
);
--@postgres
CREATE INDEX search_entry_words ON search_entry USING gin (words);
--@sqlite
CREATE VIRTUAL TABLE search_index USING fts5(
  title, body, content='search_entry', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2", detail=column
);
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 8388608);
--@both
