-- SPDX-License-Identifier: Apache-2.0
-- Whom to ask when the help does not help: one adviser for each organisation, in or outside of it.
CREATE TABLE adviser (
  org_id   BIGINT NOT NULL PRIMARY KEY REFERENCES organisation(id),
  name     TEXT NOT NULL,
  contact  TEXT NOT NULL,                        -- an e-mail or web address, a telephone number
  note     TEXT NOT NULL DEFAULT ''              -- when they can be reached, for what
);
