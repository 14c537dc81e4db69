-- SPDX-License-Identifier: Apache-2.0
-- What a decision of a review changes once the minutes are approved, what the manager says of each
-- section of the pack, and when somebody from outside read it.

-- effect: cadence, move, accept, treat, look_again, grant. state: 0 waits for the approval,
-- 1 in effect, 2 was no longer possible on that day.
CREATE TABLE review_effect (
  decision_id  BIGINT PRIMARY KEY REFERENCES review_decision(id),
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  effect       TEXT NOT NULL,
  duty_id      BIGINT REFERENCES duty(id),
  activity_id  BIGINT REFERENCES activity(id),
  item_id      BIGINT REFERENCES register_item(id),
  months       BIGINT,
  day          TEXT,
  amount       DOUBLE PRECISION,
  currency     TEXT NOT NULL DEFAULT '',
  days         DOUBLE PRECISION,                 -- of work
  people       DOUBLE PRECISION,
  state        BIGINT NOT NULL DEFAULT 0,
  outcome      TEXT NOT NULL DEFAULT '',
  settled      BIGINT,
  CHECK (state BETWEEN 0 AND 2)
);
CREATE INDEX review_effect_org ON review_effect (org_id, decision_id);

CREATE TABLE review_words (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  section      TEXT NOT NULL,
  words        TEXT NOT NULL,
  said         BIGINT NOT NULL,
  said_by      BIGINT REFERENCES person(id),
  version      BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, activity_id, section)
);

CREATE TABLE review_reading (
  id               {id},
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  guest_id         BIGINT NOT NULL REFERENCES review_guest(id),
  read             BIGINT NOT NULL
);
CREATE INDEX review_reading_guest ON review_reading (organisation_id, guest_id, id);
