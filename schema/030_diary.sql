-- SPDX-License-Identifier: Apache-2.0
-- The diary: duties, the activities they put in it, and what happened to each.

-- An obligation with a cadence and a reason.
CREATE TABLE duty (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  duty_key         TEXT NOT NULL,                -- stable: adopting twice adds nothing
  kind             TEXT NOT NULL,                -- duty_kind_name
  title            TEXT NOT NULL,
  why              TEXT NOT NULL,
  every_months     BIGINT NOT NULL,              -- 0: once, or dates of its own
  maximum_months   BIGINT NOT NULL,              -- largest tolerable gap; 0: none
  anchor           BIGINT NOT NULL DEFAULT 0,    -- enum Anchor: 0 fixed series, 1 from completion
  series_from      TEXT NOT NULL,                -- the series is this date …
  series_months    BIGINT NOT NULL,              -- … plus so many months, plus k times every_months
  until_on         TEXT NOT NULL,                -- every activity is due before it
  lead_days        BIGINT NOT NULL,
  tolerance_days   BIGINT NOT NULL,
  start_minute     BIGINT NOT NULL,
  duration_minutes BIGINT NOT NULL,
  site_id          BIGINT REFERENCES site(id),
  system_id        BIGINT REFERENCES critical_system(id),
  register_item    BIGINT,
  owner_person     BIGINT REFERENCES person(id),
  owner_position   BIGINT REFERENCES position(id),
  paused_on        TEXT,                         -- NULL: it runs
  paused_until     TEXT,
  pause_reason     TEXT NOT NULL DEFAULT '',
  adopted          BIGINT NOT NULL,
  version          BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, duty_key)
);
CREATE INDEX duty_kind ON duty (org_id, kind, id);

-- A recurring check that a register proposes; it waits here until it is adopted.
CREATE TABLE duty_proposal (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  duty_key         TEXT NOT NULL,
  kind             TEXT NOT NULL,
  title            TEXT NOT NULL,
  why              TEXT NOT NULL,
  every_months     BIGINT NOT NULL,
  maximum_months   BIGINT NOT NULL,
  anchor           BIGINT NOT NULL DEFAULT 0,
  first_on         TEXT NOT NULL,
  until_on         TEXT,
  lead_days        BIGINT NOT NULL,
  tolerance_days   BIGINT NOT NULL,
  start_minute     BIGINT NOT NULL,
  duration_minutes BIGINT NOT NULL,
  site_id          BIGINT REFERENCES site(id),
  register_item    BIGINT,
  owner_person     BIGINT REFERENCES person(id),
  owner_position   BIGINT REFERENCES position(id),
  UNIQUE (org_id, duty_key)
);

-- What the organisation changed about a proposed duty before adopting it.
CREATE TABLE duty_choice (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  duty_key        TEXT NOT NULL,
  every_months    BIGINT NOT NULL,               -- -1: as proposed
  first_on        TEXT,                          -- NULL: as proposed
  owner_person    BIGINT REFERENCES person(id),
  owner_position  BIGINT REFERENCES position(id),
  leave_out       BIGINT NOT NULL,
  reason          TEXT NOT NULL,
  UNIQUE (org_id, duty_key)
);

CREATE TABLE duty_pause (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  duty_id     BIGINT NOT NULL REFERENCES duty(id),
  from_on     TEXT NOT NULL,
  until_on    TEXT,                              -- NULL: still, or open when it was paused
  reason      TEXT NOT NULL
);
CREATE INDEX duty_pause_duty ON duty_pause (org_id, duty_id);

-- One thing to be done. state: 0 planned, 1 scheduled, 2 under way, 3 concluded, 4 cancelled.
-- Late and missed are never stored.
CREATE TABLE activity (
  id               {id},
  org_id           BIGINT NOT NULL REFERENCES organisation(id),
  duty_id          BIGINT NOT NULL REFERENCES duty(id),
  kind             TEXT NOT NULL,                -- the duty's
  uid              TEXT NOT NULL UNIQUE,         -- in calendars; never changes
  sequence         BIGINT NOT NULL DEFAULT 0,    -- grows when a calendar must notice
  ordinal          BIGINT NOT NULL,              -- 1, 2, … within the duty
  title            TEXT NOT NULL,
  stage            TEXT NOT NULL DEFAULT '',     -- readiness, surveillance, recertification
  why              TEXT NOT NULL,
  series           TEXT NOT NULL,                -- the nominal date of the series
  baseline         TEXT NOT NULL,                -- the first due date; never overwritten
  earliest         TEXT NOT NULL,
  due              TEXT NOT NULL,
  latest           TEXT NOT NULL,
  start_minute     BIGINT NOT NULL,
  duration_minutes BIGINT NOT NULL,
  state            BIGINT NOT NULL DEFAULT 0,
  owner_person     BIGINT REFERENCES person(id),
  owner_position   BIGINT REFERENCES position(id),
  site_id          BIGINT REFERENCES site(id),
  system_id        BIGINT REFERENCES critical_system(id),
  held_on          TEXT,
  result           TEXT NOT NULL DEFAULT '',
  concluded        BIGINT,
  concluded_by     BIGINT REFERENCES person(id),
  cancel_reason    TEXT NOT NULL DEFAULT '',
  imported         BIGINT NOT NULL DEFAULT 0,
  superseded_by    BIGINT REFERENCES activity(id),
  changed          BIGINT NOT NULL,              -- when it last changed
  version          BIGINT NOT NULL DEFAULT 1,
  CHECK (state BETWEEN 0 AND 4),
  CHECK (latest >= due),
  UNIQUE (org_id, duty_id, ordinal)
);
CREATE INDEX activity_due ON activity (org_id, due, id);
CREATE INDEX activity_kind ON activity (org_id, kind, due, id);
CREATE INDEX activity_title ON activity (org_id, title, id);
CREATE INDEX activity_open ON activity (org_id, due, id) WHERE state < 3;
CREATE INDEX activity_open_latest ON activity (org_id, latest, id) WHERE state < 3;
CREATE INDEX activity_open_kind ON activity (org_id, kind, due) WHERE state < 3;
CREATE INDEX activity_open_person ON activity (org_id, owner_person, due, id)
  WHERE state < 3 AND owner_person IS NOT NULL;
CREATE INDEX activity_open_position ON activity (org_id, owner_position, due, id)
  WHERE state < 3 AND owner_position IS NOT NULL;
-- Calendars show what is done, too; and a duty has few: an index that does not speak of the state
-- costs nothing when an activity is concluded.
CREATE INDEX activity_of_person ON activity (org_id, owner_person);
CREATE INDEX activity_of_position ON activity (org_id, owner_position);
CREATE INDEX activity_duty ON activity (org_id, duty_id, due, id);

CREATE TABLE activity_move (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  from_due     TEXT NOT NULL,
  to_due       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  breach       TEXT NOT NULL DEFAULT '',         -- what the move breaches, as it was said
  moved        BIGINT NOT NULL,
  moved_by     BIGINT REFERENCES person(id)
);
CREATE INDEX activity_move_activity ON activity_move (org_id, activity_id, id);

-- The checklist. state: 0 open, 1 done, 2 not applicable (with a reason).
CREATE TABLE activity_item (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  place        BIGINT NOT NULL,
  body         TEXT NOT NULL,
  state        BIGINT NOT NULL DEFAULT 0,
  reason       TEXT NOT NULL DEFAULT '',
  changed      BIGINT,
  changed_by   BIGINT REFERENCES person(id),
  CHECK (state BETWEEN 0 AND 2)
);
CREATE INDEX activity_item_activity ON activity_item (org_id, activity_id, place);

CREATE TABLE activity_note (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  correction   BIGINT NOT NULL,
  body         TEXT NOT NULL,
  written      BIGINT NOT NULL,
  written_by   BIGINT REFERENCES person(id)
);
CREATE INDEX activity_note_activity ON activity_note (org_id, activity_id, id);

CREATE TABLE activity_person (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  part         TEXT NOT NULL,
  UNIQUE (org_id, activity_id, person_id)
);
CREATE INDEX activity_person_person ON activity_person (org_id, person_id, activity_id);

CREATE TABLE holiday (
  id       {id},
  org_id   BIGINT NOT NULL REFERENCES organisation(id),
  site_id  BIGINT REFERENCES site(id),           -- NULL: everywhere
  on_day   TEXT NOT NULL,
  name     TEXT NOT NULL,
  source   TEXT NOT NULL DEFAULT ''
);
CREATE INDEX holiday_day ON holiday (org_id, on_day);

-- Derived, kept in the same transaction as what they count; `daybook rebuild` makes them anew.
-- Per kind: what became of its activities.
CREATE TABLE kind_tally (
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  kind            TEXT NOT NULL,
  open            BIGINT NOT NULL,
  on_time         BIGINT NOT NULL,
  concluded_late  BIGINT NOT NULL,
  cancelled       BIGINT NOT NULL,
  PRIMARY KEY (org_id, kind)
);
-- Per kind and month: open activities by the month they are due in, and by that of their last day.
-- Late and missed are sums over past months plus a look at the present one.
CREATE TABLE month_tally (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  kind         TEXT NOT NULL,
  month        TEXT NOT NULL,                    -- YYYY-MM-01
  due_open     BIGINT NOT NULL,
  latest_open  BIGINT NOT NULL,
  PRIMARY KEY (org_id, month, kind)
);
-- Per duty: counts, and its last held activity.
CREATE TABLE duty_tally (
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  duty_id         BIGINT NOT NULL REFERENCES duty(id),
  kind            TEXT NOT NULL,
  on_time         BIGINT NOT NULL,
  concluded_late  BIGINT NOT NULL,
  cancelled       BIGINT NOT NULL,
  last_activity   BIGINT,
  last_held       TEXT,
  fresh_until     TEXT,                          -- last held + cadence + tolerance
  evidenced       BIGINT NOT NULL DEFAULT 0,     -- its last held activity had evidence then
  PRIMARY KEY (org_id, duty_id)
);
CREATE INDEX duty_tally_kind ON duty_tally (org_id, kind, fresh_until, last_held)
  WHERE evidenced = 1;
CREATE INDEX duty_tally_bare ON duty_tally (org_id, last_activity) WHERE evidenced = 0;
