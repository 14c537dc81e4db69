-- SPDX-License-Identifier: Apache-2.0
-- Improvement: findings from every source with a life of their own, their causes, where else they
-- were looked for, corrective actions, effectiveness checks, and the links by which anyone reports.

-- What a file said of a finding; the registers show it as it came.
ALTER TABLE finding RENAME TO finding_row;

-- state: 0 raised, 1 corrected, 2 contained, 3 cause known, 4 looked for elsewhere, 5 actions under
-- way, 6 waiting for the effectiveness check, 7 found effective, 8 closed, 9 parked, 10 declined,
-- 11 noted. Below 8 it is open.
CREATE TABLE finding (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  number           BIGINT NOT NULL,              -- F-1, F-2, … within the organisation
  ref              TEXT NOT NULL DEFAULT '',     -- as a file or an auditor called it
  title            TEXT NOT NULL,
  statement        TEXT NOT NULL DEFAULT '',
  criterion        TEXT NOT NULL DEFAULT '',     -- what it was measured against
  seen             TEXT NOT NULL DEFAULT '',     -- the evidence in words
  grade            BIGINT NOT NULL,              -- enum FindingGrade
  sorted           BIGINT NOT NULL DEFAULT 1,    -- 0: reported, and nobody has graded it yet
  duty_kind        TEXT NOT NULL DEFAULT '',     -- the duty it belongs to
  area             TEXT NOT NULL DEFAULT '',     -- a unit or part of the organisation
  source           TEXT NOT NULL,
  source_object    BIGINT NOT NULL DEFAULT 0,
  source_title     TEXT NOT NULL DEFAULT '',
  source_place     TEXT NOT NULL DEFAULT '',     -- the address behind /o/{slug}
  activity_id      BIGINT REFERENCES activity(id),
  item_id          BIGINT REFERENCES register_item(id),
  imported         BIGINT NOT NULL DEFAULT 0,    -- 1: as a file tells it, 2: worked on since
  reporter         TEXT NOT NULL DEFAULT '',     -- as they called themselves; '' anonymous
  owner_person     BIGINT REFERENCES person(id),
  owner_position   BIGINT REFERENCES position(id),
  raised           TEXT NOT NULL,
  raised_by        BIGINT REFERENCES person(id),
  due              TEXT,
  baseline         TEXT,                         -- the first due date
  state            BIGINT NOT NULL DEFAULT 0,
  round            BIGINT NOT NULL DEFAULT 1,    -- 2 after it was reopened once
  correction       TEXT NOT NULL DEFAULT '',
  corrected_on     TEXT,
  containment      TEXT NOT NULL DEFAULT '',
  contained_on     TEXT,
  cause_method     BIGINT NOT NULL DEFAULT 0,    -- 1 asked why, 2 fishbone, 3 as a file says
  cause            TEXT NOT NULL DEFAULT '',
  cause_kind       TEXT NOT NULL DEFAULT '',     -- people, process, technology, …
  cause_on         TEXT,
  repeats          BIGINT REFERENCES finding(id),
  extent           TEXT NOT NULL DEFAULT '',     -- what the search elsewhere came to
  extent_on        TEXT,
  decision         BIGINT NOT NULL DEFAULT 0,    -- 1 act, 2 park, 3 decline (not a nonconformity)
  decision_reason  TEXT NOT NULL DEFAULT '',
  parked_until     TEXT,
  check_from       TEXT,                         -- first day of the effectiveness check
  improved         TEXT NOT NULL DEFAULT '',     -- what is better than before
  closed_on        TEXT,
  closed_by        BIGINT REFERENCES person(id),
  created          BIGINT NOT NULL,
  changed          BIGINT NOT NULL,
  version          BIGINT NOT NULL DEFAULT 1,
  CHECK (state BETWEEN 0 AND 11),
  CHECK (grade BETWEEN 0 AND 5),
  UNIQUE (org_id, number),
  UNIQUE (org_id, item_id)
);
CREATE INDEX finding_raised ON finding (org_id, raised, id);
CREATE INDEX finding_due ON finding (org_id, due, id);
CREATE INDEX finding_title ON finding (org_id, title, id);
CREATE INDEX finding_grade ON finding (org_id, grade, raised, id);
CREATE INDEX finding_open ON finding (org_id, due, id) WHERE state < 8;
CREATE INDEX finding_source ON finding (org_id, source, source_object);
CREATE INDEX finding_cause_known ON finding (org_id, cause_on, id) WHERE cause_on IS NOT NULL;
CREATE INDEX finding_closed ON finding (org_id, closed_on, id) WHERE closed_on IS NOT NULL;
CREATE INDEX finding_person ON finding (org_id, owner_person, due)
  WHERE state < 8 AND owner_person IS NOT NULL;
CREATE INDEX finding_position ON finding (org_id, owner_position, due)
  WHERE state < 8 AND owner_position IS NOT NULL;

CREATE TABLE finding_counter (
  org_id  BIGINT PRIMARY KEY REFERENCES organisation(id),
  last    BIGINT NOT NULL
);

-- A cause as it was found: the whys in their order, or the branches of a fishbone. parent is the
-- place of what it explains, 0 the finding itself.
CREATE TABLE finding_cause (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  finding_id  BIGINT NOT NULL REFERENCES finding(id),
  round       BIGINT NOT NULL,
  place       BIGINT NOT NULL,
  parent      BIGINT NOT NULL,
  branch      TEXT NOT NULL DEFAULT '',
  body        TEXT NOT NULL,
  UNIQUE (org_id, finding_id, round, place)
);

-- Where else it was looked for. verdict: 1 not there, 2 there, too.
CREATE TABLE finding_place (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  finding_id  BIGINT NOT NULL REFERENCES finding(id),
  round       BIGINT NOT NULL,
  kind        TEXT NOT NULL,
  object_id   BIGINT NOT NULL DEFAULT 0,
  title       TEXT NOT NULL,
  place       TEXT NOT NULL DEFAULT '',
  verdict     BIGINT NOT NULL,
  note        TEXT NOT NULL DEFAULT '',
  looked      BIGINT NOT NULL,
  looked_by   BIGINT REFERENCES person(id),
  CHECK (verdict BETWEEN 1 AND 2),
  UNIQUE (org_id, finding_id, round, kind, title)
);

-- An exception from "nobody checks their own work": visible for ever, used or not.
CREATE TABLE finding_exception (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  finding_id  BIGINT NOT NULL REFERENCES finding(id),
  round       BIGINT NOT NULL,
  checker     BIGINT NOT NULL REFERENCES person(id),
  reason      TEXT NOT NULL,
  approver    BIGINT NOT NULL REFERENCES person(id),
  written     BIGINT NOT NULL,
  UNIQUE (org_id, finding_id, round, checker)
);

CREATE TABLE finding_check (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  finding_id    BIGINT NOT NULL REFERENCES finding(id),
  round         BIGINT NOT NULL,
  checked_on    TEXT NOT NULL,
  checker       BIGINT REFERENCES person(id),    -- NULL: a file does not say
  effective     BIGINT NOT NULL,
  result        TEXT NOT NULL,
  exception_id  BIGINT REFERENCES finding_exception(id),
  written       BIGINT NOT NULL
);
CREATE INDEX finding_check_finding ON finding_check (org_id, finding_id, id);

-- Top management was told; seen when they say so.
CREATE TABLE finding_notice (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  finding_id  BIGINT NOT NULL REFERENCES finding(id),
  person_id   BIGINT NOT NULL REFERENCES person(id),
  told        BIGINT NOT NULL,
  seen        BIGINT,
  UNIQUE (org_id, finding_id, person_id)
);
CREATE INDEX finding_notice_person ON finding_notice (org_id, person_id) WHERE seen IS NULL;

-- The organisation's own clocks; where there is no row, the defaults of grade.c hold.
CREATE TABLE finding_rule (
  org_id     BIGINT NOT NULL REFERENCES organisation(id),
  grade      BIGINT NOT NULL,
  due_days   BIGINT NOT NULL,
  wait_days  BIGINT NOT NULL,
  tells      BIGINT NOT NULL,                    -- top management hears of it
  PRIMARY KEY (org_id, grade)
);

-- state: 0 open, 1 under way, 2 done, 3 cancelled.
CREATE TABLE action (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  title           TEXT NOT NULL,
  detail          TEXT NOT NULL DEFAULT '',
  finding_id      BIGINT REFERENCES finding(id),
  round           BIGINT NOT NULL DEFAULT 1,     -- the finding's round it belongs to
  source          TEXT NOT NULL,
  source_object   BIGINT NOT NULL DEFAULT 0,
  source_title    TEXT NOT NULL DEFAULT '',
  source_place    TEXT NOT NULL DEFAULT '',
  owner_person    BIGINT REFERENCES person(id),
  owner_position  BIGINT REFERENCES position(id),
  due             TEXT NOT NULL,
  baseline        TEXT NOT NULL,                 -- the first due date
  priority        BIGINT NOT NULL DEFAULT 2,     -- 1 high, 2 normal, 3 low
  state           BIGINT NOT NULL DEFAULT 0,
  progress        BIGINT NOT NULL DEFAULT 0,     -- percent
  extensions      BIGINT NOT NULL DEFAULT 0,
  result          TEXT NOT NULL DEFAULT '',
  done_on         TEXT,
  done_by         BIGINT REFERENCES person(id),
  cancel_reason   TEXT NOT NULL DEFAULT '',
  imported        BIGINT NOT NULL DEFAULT 0,
  created         BIGINT NOT NULL,
  created_by      BIGINT REFERENCES person(id),
  changed         BIGINT NOT NULL,
  version         BIGINT NOT NULL DEFAULT 1,
  CHECK (state BETWEEN 0 AND 3),
  CHECK (priority BETWEEN 1 AND 3),
  CHECK (progress BETWEEN 0 AND 100)
);
CREATE INDEX action_due ON action (org_id, due, id);
CREATE INDEX action_title ON action (org_id, title, id);
CREATE INDEX action_priority ON action (org_id, priority, due, id);
CREATE INDEX action_open ON action (org_id, due, id) WHERE state < 2;
CREATE INDEX action_finding ON action (org_id, finding_id, id) WHERE finding_id IS NOT NULL;
CREATE INDEX action_source ON action (org_id, source, source_object);
CREATE INDEX action_person ON action (org_id, owner_person, due)
  WHERE state < 2 AND owner_person IS NOT NULL;
CREATE INDEX action_position ON action (org_id, owner_position, due)
  WHERE state < 2 AND owner_position IS NOT NULL;

CREATE TABLE action_extension (
  id         {id},
  org_id     BIGINT NOT NULL REFERENCES organisation(id),
  action_id  BIGINT NOT NULL REFERENCES action(id),
  from_due   TEXT NOT NULL,
  to_due     TEXT NOT NULL,
  reason     TEXT NOT NULL,
  extended   BIGINT NOT NULL,
  extended_by BIGINT REFERENCES person(id)
);
CREATE INDEX action_extension_action ON action_extension (org_id, action_id, id);

CREATE TABLE action_need (
  org_id     BIGINT NOT NULL REFERENCES organisation(id),
  action_id  BIGINT NOT NULL REFERENCES action(id),
  needs_id   BIGINT NOT NULL REFERENCES action(id),
  PRIMARY KEY (org_id, action_id, needs_id)
);
CREATE INDEX action_need_needs ON action_need (org_id, needs_id);

CREATE TABLE action_note (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  action_id   BIGINT NOT NULL REFERENCES action(id),
  progress    BIGINT NOT NULL,
  body        TEXT NOT NULL,
  written     BIGINT NOT NULL,
  written_by  BIGINT REFERENCES person(id)
);
CREATE INDEX action_note_action ON action_note (org_id, action_id, id);

-- "Report something" by an address that anyone may be given. Found by its hash before any
-- organisation is known, so it has no wall of its own.
CREATE TABLE report_link (
  id               {id},
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  hash             TEXT NOT NULL UNIQUE,
  label            TEXT NOT NULL,
  created          BIGINT NOT NULL,
  created_by       BIGINT REFERENCES person(id),
  used             BIGINT,
  reports          BIGINT NOT NULL DEFAULT 0,
  revoked          BIGINT
);
CREATE INDEX report_link_org ON report_link (organisation_id, id);

-- How many reports came lately, per link and per link and sender; keys are hashes.
CREATE TABLE report_throttle (
  bucket   TEXT PRIMARY KEY,
  reports  BIGINT NOT NULL,
  since    BIGINT NOT NULL
);
