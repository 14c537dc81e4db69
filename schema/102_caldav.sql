-- SPDX-License-Identifier: Apache-2.0
-- What was put into the collection of a CalDAV server, and which edition of it we know.
-- state: 0 as we put it, 1 somebody changed it there: left alone, 2 taken out again.
CREATE TABLE caldav_event (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  etag         TEXT NOT NULL,
  edition      BIGINT NOT NULL,                -- activity.version when it was put
  state        BIGINT NOT NULL DEFAULT 0,
  words        TEXT NOT NULL DEFAULT '',
  pushed       BIGINT NOT NULL,
  PRIMARY KEY (org_id, activity_id),
  CHECK (state BETWEEN 0 AND 2)
);
