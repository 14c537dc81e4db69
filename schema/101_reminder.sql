-- SPDX-License-Identifier: Apache-2.0
-- What somebody was reminded of: once for each stage of each date.
CREATE TABLE mail_reminder (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  stage        TEXT NOT NULL,                  -- mail/reminder.c
  due          TEXT NOT NULL,                  -- moved, it is a new date to be reminded of
  said         BIGINT NOT NULL,
  mail_id      BIGINT,
  UNIQUE (org_id, activity_id, person_id, stage, due)
);
CREATE INDEX mail_reminder_person ON mail_reminder (org_id, person_id);
