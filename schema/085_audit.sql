-- SPDX-License-Identifier: Apache-2.0
-- One audit: its plan, team, checklist, findings and reports. Whether it is concluded stands in its
-- activity of the diary; open_again says that it was reopened since.
CREATE TABLE audit (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  activity_id   BIGINT NOT NULL REFERENCES activity(id),
  kind          TEXT NOT NULL,                   -- internal, certification, surveillance, …
  title         TEXT NOT NULL,
  objective     TEXT NOT NULL DEFAULT '',
  criteria      TEXT NOT NULL DEFAULT '',
  scope         TEXT NOT NULL DEFAULT '',        -- its limits, in words beside the areas
  method        TEXT NOT NULL DEFAULT '',
  body          TEXT NOT NULL DEFAULT '',        -- who audits from outside: the certification body
  summary       TEXT NOT NULL DEFAULT '',        -- the auditors' conclusion
  notified      BIGINT,
  notified_by   BIGINT REFERENCES person(id),
  started       BIGINT,
  started_by    BIGINT REFERENCES person(id),
  issued        BIGINT,                          -- when its report was last issued; NULL: not valid
  open_again    BIGINT NOT NULL DEFAULT 0,
  created       BIGINT NOT NULL,
  version       BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, activity_id)
);
CREATE INDEX audit_kind ON audit (org_id, kind, id);

-- What is audited: a group of controls, one control or clause, a site, a supplier, a process.
CREATE TABLE audit_area (
  id                 {id},
  org_id             BIGINT NOT NULL REFERENCES organisation(id),
  audit_id           BIGINT NOT NULL REFERENCES audit(id),
  kind               TEXT NOT NULL,              -- group, control, site, item, unit, other
  ref                TEXT NOT NULL DEFAULT '',   -- of a group or control
  refs               TEXT NOT NULL DEFAULT '',   -- of a unit: its controls, apart by blanks
  title              TEXT NOT NULL,
  object_id          BIGINT NOT NULL DEFAULT 0,  -- of a site, register entry or unit
  owner_person       BIGINT REFERENCES person(id),
  owner_position     BIGINT REFERENCES position(id),
  operator_person    BIGINT REFERENCES person(id),
  operator_position  BIGINT REFERENCES position(id),
  auditor_person     BIGINT REFERENCES person(id), -- NULL: the whole team
  removed            BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX audit_area_audit ON audit_area (org_id, audit_id, id);

CREATE TABLE audit_member (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  person_id     BIGINT NOT NULL REFERENCES person(id),
  part          TEXT NOT NULL,                   -- lead, auditor, expert, observer
  outside       TEXT NOT NULL DEFAULT '',        -- the firm of one who is not of the organisation
  worked_until  TEXT,                            -- worked in an area of this audit until then
  joined        BIGINT NOT NULL,
  left_at       BIGINT,
  left_reason   TEXT NOT NULL DEFAULT '',
  UNIQUE (org_id, audit_id, person_id)
);
CREATE INDEX audit_member_person ON audit_member (org_id, person_id);

-- Somebody audits what they own or operate: why, and who approved it. Never removed.
CREATE TABLE audit_waiver (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  person_id     BIGINT NOT NULL REFERENCES person(id),
  area_id       BIGINT REFERENCES audit_area(id), -- NULL: the whole audit
  reason        TEXT NOT NULL,
  approved_by   BIGINT NOT NULL REFERENCES person(id),
  recorded_by   BIGINT REFERENCES person(id),
  made          BIGINT NOT NULL
);
CREATE INDEX audit_waiver_audit ON audit_waiver (org_id, audit_id);

CREATE TABLE audit_auditee (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  person_id     BIGINT NOT NULL REFERENCES person(id),
  part          TEXT NOT NULL DEFAULT '',
  notified      BIGINT,
  UNIQUE (org_id, audit_id, person_id)
);

CREATE TABLE audit_slot (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  on_day        TEXT NOT NULL,
  at_time       TEXT NOT NULL DEFAULT '',        -- "09:30" at the site; '' the whole day
  what          TEXT NOT NULL,
  who           TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_slot_audit ON audit_slot (org_id, audit_id, on_day, at_time, id);

-- how: all, random (seeded: the same seed draws the same), judgement
CREATE TABLE audit_sample (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  item_id       BIGINT NOT NULL DEFAULT 0,       -- of the checklist; 0: of the audit
  population    TEXT NOT NULL,
  members       TEXT NOT NULL DEFAULT '',        -- the population itself, one a line, if given
  size_of_it    BIGINT NOT NULL,
  size          BIGINT NOT NULL,
  how           TEXT NOT NULL,
  seed          BIGINT NOT NULL DEFAULT 0,
  drawn         TEXT NOT NULL DEFAULT '',        -- numbers, or the lines drawn, one a line
  reason        TEXT NOT NULL DEFAULT '',        -- of a judgement
  made          BIGINT NOT NULL,
  made_by       BIGINT REFERENCES person(id)
);
CREATE INDEX audit_sample_audit ON audit_sample (org_id, audit_id, id);

-- The checklist. result: 0 open, 1 conforms, 2 nonconformity, 3 observation, 4 not applicable.
CREATE TABLE audit_item (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  area_id       BIGINT NOT NULL REFERENCES audit_area(id),
  place         BIGINT NOT NULL,
  ref           TEXT NOT NULL DEFAULT '',
  title         TEXT NOT NULL,
  ask           TEXT NOT NULL DEFAULT '',
  look          TEXT NOT NULL DEFAULT '',
  take          TEXT NOT NULL DEFAULT '',        -- what to sample
  own           BIGINT NOT NULL DEFAULT 0,       -- written for this audit
  result        BIGINT NOT NULL DEFAULT 0,
  note          TEXT NOT NULL DEFAULT '',
  reason        TEXT NOT NULL DEFAULT '',        -- why it does not apply
  auditor       BIGINT REFERENCES person(id),    -- whose judgement it is
  assessed      BIGINT,
  assessed_by   BIGINT REFERENCES person(id),    -- who entered it
  version       BIGINT NOT NULL DEFAULT 1,
  CHECK (result BETWEEN 0 AND 4)
);
CREATE INDEX audit_item_audit ON audit_item (org_id, audit_id, place, id);
CREATE INDEX audit_item_open ON audit_item (org_id, audit_id) WHERE result = 0;

-- A finding as the auditors write it; finding_id once it stands in the improvement register.
CREATE TABLE audit_finding (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  audit_id        BIGINT NOT NULL REFERENCES audit(id),
  item_id         BIGINT NOT NULL DEFAULT 0,
  grade           BIGINT NOT NULL,               -- enum FindingGrade
  title           TEXT NOT NULL,
  criterion       TEXT NOT NULL,
  evidence        TEXT NOT NULL,
  statement       TEXT NOT NULL,
  owner_person    BIGINT REFERENCES person(id),
  owner_position  BIGINT REFERENCES position(id),
  due             TEXT,
  answer          BIGINT NOT NULL DEFAULT 0,     -- 0 not asked, 1 agreed, 2 disagreed
  answer_words    TEXT NOT NULL DEFAULT '',
  answered_by     BIGINT REFERENCES person(id),
  answered        BIGINT,
  finding_id      BIGINT NOT NULL DEFAULT 0,
  made            BIGINT NOT NULL,
  made_by         BIGINT REFERENCES person(id),
  withdrawn       TEXT NOT NULL DEFAULT '',      -- why; before it was raised
  version         BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX audit_finding_audit ON audit_finding (org_id, audit_id, id);

CREATE TABLE audit_report (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  number        BIGINT NOT NULL,
  issued        BIGINT NOT NULL,
  issued_by     BIGINT REFERENCES person(id),
  hash          TEXT NOT NULL,                   -- SHA-256 of its text as issued
  UNIQUE (org_id, audit_id, number)
);
CREATE TABLE audit_recipient (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  report_id     BIGINT NOT NULL REFERENCES audit_report(id),
  person_id     BIGINT NOT NULL REFERENCES person(id),
  read_at       BIGINT,
  UNIQUE (org_id, report_id, person_id)
);

-- What is added to a record, also after it was concluded. kind: addition, reopened
CREATE TABLE audit_note (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  audit_id      BIGINT NOT NULL REFERENCES audit(id),
  kind          TEXT NOT NULL,
  body          TEXT NOT NULL,
  written       BIGINT NOT NULL,
  written_by    BIGINT REFERENCES person(id)
);
CREATE INDEX audit_note_audit ON audit_note (org_id, audit_id, id);
