-- SPDX-License-Identifier: Apache-2.0
-- What is audited, by whom, and when: the audit universe, the auditors, and the versions of the
-- audit programme (9.2.2). Effort and capacity are in hundredths of a day.

-- Something a person audits in a day or two. Built from what the registers hold (unit_key says
-- from what), or added by hand. Never deleted: one that ends is retired and keeps its history.
CREATE TABLE audit_unit (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  unit_key         TEXT NOT NULL,                -- stable: "controls.access", "site.3"
  kind             TEXT NOT NULL,                -- clauses, controls, site, supplier, process
  title            TEXT NOT NULL,
  refs             TEXT NOT NULL DEFAULT '',     -- clauses or controls, apart by blanks: "A.5.15"
  needs            TEXT NOT NULL DEFAULT '',     -- competences its auditor needs, apart by blanks
  effort           BIGINT NOT NULL,              -- hundredths of a day
  max_interval     BIGINT NOT NULL DEFAULT 0,    -- months, set by hand; 0: from its priority
  interval_reason  TEXT NOT NULL DEFAULT '',
  weight           BIGINT NOT NULL DEFAULT 0,    -- management's own, 0 to 100
  weight_reason    TEXT NOT NULL DEFAULT '',
  outsourced       BIGINT NOT NULL DEFAULT -1,   -- percent; -1: as the organisation's
  last_audited     TEXT,                         -- said by hand; what is in the diary counts, too
  owner_person     BIGINT REFERENCES person(id),
  owner_position   BIGINT REFERENCES position(id),
  site_id          BIGINT REFERENCES site(id),
  register_item    BIGINT,                       -- the supplier or document it stands for
  edited           BIGINT NOT NULL DEFAULT 0,    -- by hand: building anew leaves title and effort
  retired          BIGINT,                       -- when it left the universe
  retired_reason   TEXT NOT NULL DEFAULT '',
  successor_id     BIGINT REFERENCES audit_unit(id), -- into which it was merged
  created          BIGINT NOT NULL,
  changed          BIGINT NOT NULL,
  version          BIGINT NOT NULL DEFAULT 1,
  CHECK (effort > 0),
  CHECK (weight BETWEEN 0 AND 100),
  UNIQUE (org_id, unit_key)
);
CREATE INDEX audit_unit_live ON audit_unit (org_id, kind, title, id) WHERE retired IS NULL;
CREATE INDEX audit_unit_item ON audit_unit (org_id, register_item);

-- What a unit protects or has suffered: risks, controls, incidents, changes, findings.
CREATE TABLE audit_unit_link (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  unit_id      BIGINT NOT NULL REFERENCES audit_unit(id),
  kind         TEXT NOT NULL,                    -- the register's: risks, controls, incidents, …
  item_id      BIGINT NOT NULL,                  -- register_item.id; of findings: finding.id
  why          TEXT NOT NULL,                    -- how it was found
  size         BIGINT NOT NULL DEFAULT 0,        -- how much it weighs, 0 to 100
  dated        TEXT,                             -- of an incident, a change, a finding
  by_hand      BIGINT NOT NULL DEFAULT 0,
  UNIQUE (org_id, unit_id, kind, item_id)
);
CREATE INDEX audit_unit_link_item ON audit_unit_link (org_id, kind, item_id);

-- Merged and split: the way from the old unit to the new one, kept for ever.
CREATE TABLE audit_unit_change (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  from_unit    BIGINT NOT NULL REFERENCES audit_unit(id),
  to_unit      BIGINT NOT NULL REFERENCES audit_unit(id),
  what         TEXT NOT NULL,                    -- merged, split
  reason       TEXT NOT NULL,
  changed      BIGINT NOT NULL,
  changed_by   BIGINT REFERENCES person(id)
);
CREATE INDEX audit_unit_change_from ON audit_unit_change (org_id, from_unit);
CREATE INDEX audit_unit_change_to ON audit_unit_change (org_id, to_unit);

-- How much each part of a priority counts; what has no row counts as by default.
CREATE TABLE audit_weight (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  part         TEXT NOT NULL,                    -- risk, outsourced, findings, …
  weight       BIGINT NOT NULL,
  PRIMARY KEY (org_id, part)
);

-- Who audits: people of the organisation and named ones from outside.
CREATE TABLE audit_auditor (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  outside      TEXT NOT NULL DEFAULT '',         -- the firm they come from; '' of the organisation
  competences  TEXT NOT NULL DEFAULT '',         -- apart by blanks
  days         BIGINT NOT NULL,                  -- a month, hundredths of a day
  from_on      TEXT,
  until_on     TEXT,                             -- last day as an auditor
  version      BIGINT NOT NULL DEFAULT 1,
  CHECK (days >= 0),
  UNIQUE (org_id, person_id)
);

-- Days on which nobody (person_id NULL: a blackout) or one auditor is there.
CREATE TABLE audit_absence (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  person_id    BIGINT REFERENCES person(id),
  from_on      TEXT NOT NULL,
  until_on     TEXT NOT NULL,
  reason       TEXT NOT NULL,
  CHECK (until_on >= from_on)
);
CREATE INDEX audit_absence_from ON audit_absence (org_id, from_on);

-- Has worked in the unit's area: a warning for twelve months.
CREATE TABLE audit_worked (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  unit_id      BIGINT NOT NULL REFERENCES audit_unit(id),
  until_on     TEXT NOT NULL,
  UNIQUE (org_id, person_id, unit_id)
);

-- Somebody may audit a unit although they own or operate it: said why and by whom, for ever.
CREATE TABLE audit_exception (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  unit_id      BIGINT NOT NULL REFERENCES audit_unit(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  reason       TEXT NOT NULL,
  approved_by  BIGINT NOT NULL REFERENCES person(id),
  made         BIGINT NOT NULL,
  ended        BIGINT                            -- withdrawn; what was planned on it stays visible
);
CREATE INDEX audit_exception_unit ON audit_exception (org_id, unit_id, person_id);

-- A version of the programme. state: 0 being searched, 1 proposed, 2 adopted, 3 superseded by a
-- later one, 4 discarded.
CREATE TABLE audit_programme (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  number           BIGINT NOT NULL,              -- 1, 2, … in the organisation
  state            BIGINT NOT NULL DEFAULT 0,
  start_on         TEXT NOT NULL,                -- first day of its first month
  months           BIGINT NOT NULL,
  seed             BIGINT NOT NULL,
  steps            BIGINT NOT NULL,              -- 0: from the size
  feasible         BIGINT NOT NULL DEFAULT 0,
  staleness        DOUBLE PRECISION NOT NULL DEFAULT 0,
  progress         BIGINT NOT NULL DEFAULT 0,    -- percent, while it is searched
  stop             BIGINT NOT NULL DEFAULT 0,    -- somebody asked the search to end
  touched          BIGINT NOT NULL,              -- when the search was last heard of
  failure          TEXT NOT NULL DEFAULT '',     -- why the search ended without a plan
  proposed         BIGINT NOT NULL,
  proposed_by      BIGINT REFERENCES person(id),
  adopted          BIGINT,
  adopted_by       BIGINT REFERENCES person(id),
  exception        TEXT NOT NULL DEFAULT '',     -- why the proposer approved it themselves
  plan_hash        TEXT NOT NULL DEFAULT '',     -- SHA-256 of the plan as adopted
  version          BIGINT NOT NULL DEFAULT 1,
  CHECK (state BETWEEN 0 AND 4),
  UNIQUE (org_id, number)
);
CREATE INDEX audit_programme_state ON audit_programme (org_id, state);

-- One audit of a version: which unit, which month, which auditor, why; and once the version is
-- adopted, the activity of the diary that it became.
CREATE TABLE audit_assignment (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  programme_id     BIGINT NOT NULL REFERENCES audit_programme(id) ON DELETE CASCADE,
  unit_id          BIGINT NOT NULL REFERENCES audit_unit(id),
  month            TEXT NOT NULL,                -- its first day
  auditor_person   BIGINT NOT NULL REFERENCES person(id),
  why              TEXT NOT NULL,
  by_hand          BIGINT NOT NULL DEFAULT 0,
  activity_id      BIGINT REFERENCES activity(id),
  UNIQUE (org_id, programme_id, unit_id, month)
);
CREATE INDEX audit_assignment_unit ON audit_assignment (org_id, unit_id, month);
CREATE INDEX audit_assignment_activity ON audit_assignment (org_id, activity_id);

-- What a version breaks, as the checker said, with the ways out.
CREATE TABLE audit_breach (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  programme_id     BIGINT NOT NULL REFERENCES audit_programme(id) ON DELETE CASCADE,
  rule             TEXT NOT NULL,
  unit_id          BIGINT REFERENCES audit_unit(id),
  words            TEXT NOT NULL,
  proved           BIGINT NOT NULL,
  ways_out         TEXT NOT NULL                 -- one a line, the cheapest first
);
CREATE INDEX audit_breach_programme ON audit_breach (org_id, programme_id, id);

-- Objectives, responsibilities, methods, criteria and reporting lines of the programme, and how
-- much the planner weighs what is not a rule.
CREATE TABLE audit_charter (
  org_id           BIGINT NOT NULL PRIMARY KEY REFERENCES organisation(id),
  objectives       TEXT NOT NULL DEFAULT '',
  responsibilities TEXT NOT NULL DEFAULT '',
  methods          TEXT NOT NULL DEFAULT '',
  criteria         TEXT NOT NULL DEFAULT '',
  reporting        TEXT NOT NULL DEFAULT '',
  weigh_travel     BIGINT NOT NULL DEFAULT 2,    -- for each further site of an auditor's month
  weigh_moves      BIGINT NOT NULL DEFAULT 20,   -- for each audit that leaves its month
  weigh_effort     BIGINT NOT NULL DEFAULT 3,    -- for each day of audit
  weigh_warning    BIGINT NOT NULL DEFAULT 6,    -- for an auditor with a warning
  changed          BIGINT NOT NULL,
  version          BIGINT NOT NULL DEFAULT 1
);
