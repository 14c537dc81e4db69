-- SPDX-License-Identifier: Apache-2.0
-- What runs by the clock. Whoever holds the lease does the work; one that ran out is taken over.
-- Numbers only: the work itself stays behind its organisation's wall.
CREATE TABLE job (
  name             TEXT NOT NULL,
  organisation_id  BIGINT NOT NULL,     -- 0: the installation as a whole
  next_at          BIGINT NOT NULL,
  holder           TEXT,
  lease_until      BIGINT,              -- by the real clock, also while time is simulated
  started          BIGINT,
  finished         BIGINT,
  runs             BIGINT NOT NULL DEFAULT 0,
  failures         BIGINT NOT NULL DEFAULT 0, -- in a row
  error            TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (name, organisation_id)
);
CREATE INDEX job_next ON job (next_at);
