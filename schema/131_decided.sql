-- SPDX-License-Identifier: Apache-2.0
-- What management decided about something that stands elsewhere: kept beside the thing it changed,
-- with the way back to where it was decided.
CREATE TABLE decided (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  object_kind     TEXT NOT NULL,                 -- activity, duty, register_item
  object_id       BIGINT NOT NULL,
  effect          TEXT NOT NULL,                 -- moved, cadence, accepted, treated, looked_at
  words           TEXT NOT NULL,                 -- of the decision
  outcome         TEXT NOT NULL,                 -- "every 3 months instead of 6"
  owner_person    BIGINT REFERENCES person(id),  -- who answers for it
  owner_position  BIGINT REFERENCES position(id),
  until_on        TEXT,
  source          TEXT NOT NULL,                 -- review
  source_object   BIGINT NOT NULL,
  decision        BIGINT NOT NULL,
  source_title    TEXT NOT NULL,
  source_place    TEXT NOT NULL,                 -- behind /o/{slug}
  on_day          TEXT NOT NULL,
  decided         BIGINT NOT NULL,
  decided_by      BIGINT REFERENCES person(id)
);
CREATE INDEX decided_object ON decided (org_id, object_kind, object_id, id);
CREATE INDEX decided_effect ON decided (org_id, effect, object_id, id);
