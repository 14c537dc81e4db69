-- SPDX-License-Identifier: Apache-2.0
-- Management reviews (9.3): one for each activity of that kind, made when somebody begins to
-- prepare it; and beside them the measurements of objectives (9.1) and what entries said before.

CREATE TABLE review (
  activity_id     BIGINT PRIMARY KEY REFERENCES activity(id),
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  chair           BIGINT REFERENCES person(id),
  quorum_percent  BIGINT NOT NULL,               -- of the invited top management
  quorum_chair    BIGINT NOT NULL,               -- 1: not without the chair
  pack_days       BIGINT NOT NULL,               -- the pack is due so many days before
  agenda          TEXT NOT NULL DEFAULT '',
  opened          BIGINT,
  closed          BIGINT,                        -- the meeting is over, the minutes wait
  held_on         TEXT,
  summary         TEXT NOT NULL DEFAULT '',      -- of the minutes
  approved        BIGINT,                        -- by the chair
  approved_by     BIGINT REFERENCES person(id),
  version         BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX review_org ON review (org_id, activity_id);

CREATE TABLE review_person (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  part         TEXT NOT NULL,                    -- top_management, security_manager, guest
  presence     BIGINT NOT NULL DEFAULT 0,        -- 0 not said, 1 present, 2 absent
  UNIQUE (org_id, activity_id, person_id),
  CHECK (presence BETWEEN 0 AND 2)
);
CREATE INDEX review_person_activity ON review_person (org_id, activity_id, id);

-- One of the seven inputs. state: 0 open, 1 considered, 2 nothing to report, 3 deferred.
CREATE TABLE review_input (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  letter       TEXT NOT NULL,
  state        BIGINT NOT NULL DEFAULT 0,
  words        TEXT NOT NULL DEFAULT '',         -- the manager's, for the pack
  notes        TEXT NOT NULL DEFAULT '',         -- of the discussion, for the minutes
  reason       TEXT NOT NULL DEFAULT '',         -- why it is deferred
  deferred_to  BIGINT REFERENCES activity(id),
  said         BIGINT,
  said_by      BIGINT REFERENCES person(id),
  version      BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, activity_id, letter),
  CHECK (state BETWEEN 0 AND 3)
);

-- A result (9.3.3). kind: action, programme, risk, resource, no_change.
CREATE TABLE review_decision (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  activity_id     BIGINT NOT NULL REFERENCES activity(id),
  letter          TEXT NOT NULL,
  kind            TEXT NOT NULL,
  words           TEXT NOT NULL,
  owner_person    BIGINT REFERENCES person(id),
  owner_position  BIGINT REFERENCES position(id),
  due             TEXT,
  action_id       BIGINT,                        -- where it is followed, from the approval on
  struck          BIGINT,                        -- taken back before the approval
  strike_reason   TEXT NOT NULL DEFAULT '',
  decided         BIGINT NOT NULL,
  decided_by      BIGINT REFERENCES person(id)
);
CREATE INDEX review_decision_activity ON review_decision (org_id, activity_id, id);

-- Frozen: the pack (each edition) and the minutes, as JSON whose hash stands in the ledger.
CREATE TABLE review_document (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  kind         TEXT NOT NULL,                    -- pack, minutes
  edition      BIGINT NOT NULL,
  reason       TEXT NOT NULL DEFAULT '',         -- of a further edition
  body         TEXT NOT NULL,
  sha256       TEXT NOT NULL,
  made         BIGINT NOT NULL,
  made_by      BIGINT REFERENCES person(id),
  UNIQUE (org_id, activity_id, kind, edition)
);

CREATE TABLE review_addendum (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  body         TEXT NOT NULL,
  written      BIGINT NOT NULL,
  written_by   BIGINT REFERENCES person(id)
);
CREATE INDEX review_addendum_activity ON review_addendum (org_id, activity_id, id);

-- Somebody from outside reads the pack by an address that ends. Found by its hash before the
-- organisation is known, so it is restricted by organisation_id in every statement.
CREATE TABLE review_guest (
  id               {id},
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  activity_id      BIGINT NOT NULL REFERENCES activity(id),
  name             TEXT NOT NULL,
  hash             TEXT NOT NULL UNIQUE,
  expires          BIGINT NOT NULL,
  created          BIGINT NOT NULL,
  created_by       BIGINT REFERENCES person(id),
  revoked          BIGINT,
  readings         BIGINT NOT NULL DEFAULT 0,
  last_read        BIGINT
);
CREATE INDEX review_guest_activity ON review_guest (organisation_id, activity_id, id);

-- How often reviews are held, when top management chose it.
CREATE TABLE review_cadence (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  duty_id          BIGINT NOT NULL REFERENCES duty(id),
  proposed_months  BIGINT NOT NULL,
  chosen_months    BIGINT NOT NULL,
  why              TEXT NOT NULL,                -- of the proposal, as it was said
  reason           TEXT NOT NULL,                -- of the choice
  decided          BIGINT NOT NULL,
  decided_by       BIGINT REFERENCES person(id)
);
CREATE INDEX review_cadence_org ON review_cadence (org_id, id);

-- How an objective is measured, beside what its register says. direction: 1 higher is better,
-- -1 lower is better.
CREATE TABLE measure (
  item_id       BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  unit          TEXT NOT NULL DEFAULT '',
  direction     BIGINT NOT NULL,
  target        DOUBLE PRECISION,
  every_months  BIGINT NOT NULL,
  first_on      TEXT NOT NULL,                   -- readings are expected from this day on
  version       BIGINT NOT NULL DEFAULT 1,
  CHECK (direction IN (-1, 1))
);
CREATE INDEX measure_org ON measure (org_id, item_id);

CREATE TABLE reading (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  item_id       BIGINT NOT NULL REFERENCES register_item(id) ON DELETE CASCADE,
  taken_on      TEXT NOT NULL,
  value         DOUBLE PRECISION NOT NULL,
  source        TEXT NOT NULL DEFAULT '',
  recorded      BIGINT NOT NULL,
  recorded_by   BIGINT REFERENCES person(id),
  withdrawn     BIGINT,                          -- a wrong one stays, with why
  why_withdrawn TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reading_item ON reading (org_id, item_id, taken_on, id);

-- What an entry of a register said from a day on: "what changed since the last review".
CREATE TABLE item_version (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  item_id      BIGINT NOT NULL REFERENCES register_item(id) ON DELETE CASCADE,
  kind         TEXT NOT NULL,
  on_day       TEXT NOT NULL,
  at           BIGINT NOT NULL,
  removed      BIGINT NOT NULL DEFAULT 0,
  title        TEXT NOT NULL,
  words        TEXT NOT NULL,                    -- "Label: value", a field a line
  score        BIGINT                            -- of a risk: what is left of it
);
CREATE INDEX item_version_item ON item_version (org_id, item_id, id);
CREATE INDEX item_version_kind ON item_version (org_id, kind, on_day, id);

CREATE TABLE context_issue (
  item_id BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  side TEXT NOT NULL DEFAULT '',                 -- external, internal
  climate BIGINT,                                -- 1: a matter of climate change (Amendment 1:2024)
  effect TEXT NOT NULL DEFAULT '',
  response TEXT NOT NULL DEFAULT ''
);
CREATE INDEX context_issue_org ON context_issue (org_id);
