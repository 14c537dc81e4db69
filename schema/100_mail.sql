-- SPDX-License-Identifier: Apache-2.0
-- Mail: what waits to be sent, who was invited to what, what they answered.

-- The outbox. A row is written in the transaction of the change it speaks of, and is fixed then,
-- its Message-ID too: whatever happens, another attempt sends the same mail.
-- state: 0 waiting, 1 being handed over, 2 sent, 3 refused for good, 4 withdrawn before it was
-- sent, 5 kept for a digest, 6 went in a digest.
CREATE TABLE mail (
  id            {id},
  org_id        BIGINT NOT NULL REFERENCES organisation(id),
  message_id    TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,                 -- outbox/kind.c
  person_id     BIGINT REFERENCES person(id),
  address       TEXT NOT NULL,
  name          TEXT NOT NULL,
  subject       TEXT NOT NULL,
  body_text     TEXT NOT NULL,
  body_html     TEXT NOT NULL,
  calendar      TEXT NOT NULL DEFAULT '',      -- unfolded; its organiser is written when it is sent
  method        TEXT NOT NULL DEFAULT '',      -- of the calendar: REQUEST, CANCEL, …
  answer_token  TEXT NOT NULL DEFAULT '',      -- in the address that answers go to
  stop_token    TEXT NOT NULL DEFAULT '',      -- '': cannot be stopped, it is a duty
  once_key      TEXT,                          -- what must not be said twice
  topic         TEXT NOT NULL DEFAULT '',      -- a newer one to the same person takes its place
  object_kind   TEXT NOT NULL DEFAULT '',
  object_id     BIGINT NOT NULL DEFAULT 0,
  state         BIGINT NOT NULL DEFAULT 0,
  queued        BIGINT NOT NULL,
  next_try      BIGINT NOT NULL,
  attempts      BIGINT NOT NULL DEFAULT 0,
  last_words    TEXT NOT NULL DEFAULT '',      -- of the mail server
  sent          BIGINT,
  holder        TEXT,
  lease_until   BIGINT,                        -- by the real clock, also while time is simulated
  digest_id     BIGINT,
  CHECK (state BETWEEN 0 AND 6)
);
CREATE UNIQUE INDEX mail_once ON mail (org_id, once_key) WHERE once_key IS NOT NULL;
CREATE INDEX mail_due ON mail (org_id, next_try, id) WHERE state < 2;
CREATE INDEX mail_topic ON mail (org_id, topic, person_id) WHERE state < 2;
CREATE INDEX mail_list ON mail (org_id, state, id);
CREATE INDEX mail_person_id ON mail (org_id, person_id, id);
CREATE INDEX mail_object ON mail (org_id, object_kind, object_id);

-- How a person wants their mail. No row: at once, at any hour.
CREATE TABLE mail_choice (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  person_id    BIGINT NOT NULL REFERENCES person(id),
  quiet_from   BIGINT NOT NULL DEFAULT -1,     -- minute of the day in their zone; -1: none
  quiet_until  BIGINT NOT NULL DEFAULT -1,
  digest       BIGINT NOT NULL DEFAULT 0,      -- 0 at once, 1 daily, 2 weekly
  stopped      BIGINT NOT NULL DEFAULT 0,      -- what is not a duty
  version      BIGINT NOT NULL DEFAULT 1,
  PRIMARY KEY (org_id, person_id),
  CHECK (digest BETWEEN 0 AND 2)
);

-- Secrets in mails, which lead a stranger's answer to its organisation before any is known. Plain,
-- because every update of an invitation repeats its own; each opens one thing only.
CREATE TABLE mail_token (
  token            TEXT PRIMARY KEY,
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  purpose          TEXT NOT NULL,              -- answer, stop, uid (of an invited activity)
  object_id        BIGINT NOT NULL
);
CREATE INDEX mail_token_object ON mail_token (organisation_id, purpose, object_id);

-- Where an activity takes place, beyond its site.
CREATE TABLE activity_place (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  activity_id  BIGINT NOT NULL REFERENCES activity(id),
  location     TEXT NOT NULL DEFAULT '',
  link         TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (org_id, activity_id)
);

-- Who is invited by mail, for each kind of duty: 0 nobody, 1 who takes part, 2 and the owner.
CREATE TABLE mail_kind_choice (
  org_id  BIGINT NOT NULL REFERENCES organisation(id),
  kind    TEXT NOT NULL,                       -- duty_kind_name
  who     BIGINT NOT NULL,
  PRIMARY KEY (org_id, kind),
  CHECK (who BETWEEN 0 AND 2)
);

-- One person invited to one activity, as last told. state: 0 invited, 1 told that it is off.
-- answer: needs_action, accepted, declined, tentative, delegated.
CREATE TABLE mail_invitation (
  id             {id},
  org_id         BIGINT NOT NULL REFERENCES organisation(id),
  activity_id    BIGINT NOT NULL REFERENCES activity(id),
  person_id      BIGINT NOT NULL REFERENCES person(id),
  address        TEXT NOT NULL,
  token          TEXT NOT NULL,
  state          BIGINT NOT NULL DEFAULT 0,
  sequence       BIGINT NOT NULL,
  told           TEXT NOT NULL,                -- hash of what was said: only a difference is told
  invited        BIGINT NOT NULL,
  answer         TEXT NOT NULL DEFAULT 'needs_action',
  answered       BIGINT,
  answer_stamp   BIGINT,                       -- DTSTAMP of the answer: an older one is a replay
  answered_by    TEXT NOT NULL DEFAULT '',     -- mail, link, page
  comment        TEXT NOT NULL DEFAULT '',
  delegate       TEXT NOT NULL DEFAULT '',     -- address they named
  version        BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, activity_id, person_id)
);
CREATE INDEX mail_invitation_person ON mail_invitation (org_id, person_id);

-- What came in. outcome: taken, proposed (another time), held (for the organiser), refused.
CREATE TABLE mail_answer (
  id             {id},
  org_id         BIGINT NOT NULL REFERENCES organisation(id),
  activity_id    BIGINT REFERENCES activity(id),
  invitation_id  BIGINT REFERENCES mail_invitation(id),
  received       BIGINT NOT NULL,
  fingerprint    TEXT NOT NULL,                -- of what it says: the same again is a replay
  from_address   TEXT NOT NULL DEFAULT '',
  attendee       TEXT NOT NULL DEFAULT '',
  method         TEXT NOT NULL DEFAULT '',
  answer         TEXT NOT NULL DEFAULT '',
  comment        TEXT NOT NULL DEFAULT '',
  delegate       TEXT NOT NULL DEFAULT '',
  sequence       BIGINT NOT NULL DEFAULT -1,
  stamp          BIGINT,
  proposed_from  BIGINT,
  proposed_until BIGINT,
  outcome        TEXT NOT NULL,
  why            TEXT NOT NULL DEFAULT '',
  settled        BIGINT,                       -- a held or proposed one: when it was dealt with
  settled_by     BIGINT REFERENCES person(id),
  settled_as     TEXT NOT NULL DEFAULT '',
  version        BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX mail_answer_activity ON mail_answer (org_id, activity_id, id);
CREATE INDEX mail_answer_list ON mail_answer (org_id, id);
CREATE INDEX mail_answer_open ON mail_answer (org_id, outcome, id) WHERE settled IS NULL;
CREATE INDEX mail_answer_same ON mail_answer (org_id, fingerprint);

-- When somebody is not free: published by their calendar, or learnt from an answer.
CREATE TABLE person_busy (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  person_id   BIGINT NOT NULL REFERENCES person(id),
  from_at     BIGINT NOT NULL,
  until_at    BIGINT NOT NULL,
  source      TEXT NOT NULL                    -- published, answer
);
CREATE INDEX person_busy_person ON person_busy (org_id, person_id, from_at);

-- How the installation gets on with each server it talks to.
CREATE TABLE mail_service (
  name         TEXT PRIMARY KEY,               -- smtp, imap
  worked       BIGINT,                         -- last time it did
  failed       BIGINT,                         -- since when it does not; NULL: it does
  failures     BIGINT NOT NULL DEFAULT 0,      -- in a row
  next_try     BIGINT NOT NULL DEFAULT 0,
  words        TEXT NOT NULL DEFAULT '',       -- what it said
  holder       TEXT,                           -- imap: the one server that reads the mailbox
  lease_until  BIGINT,
  validity     BIGINT NOT NULL DEFAULT 0,      -- imap: UIDVALIDITY, and the last mail dealt with
  last_uid     BIGINT NOT NULL DEFAULT 0,
  strays       BIGINT NOT NULL DEFAULT 0       -- imap: mails that belong to no invitation
);
