-- SPDX-License-Identifier: Apache-2.0
-- Somebody who has an account already joins a further organisation themselves: whoever let them in
-- first may know the account's password; only who invites them now has the invitation's link.

-- Whether only the owner and the installation's administrator ever had a link to set its password.
ALTER TABLE account ADD COLUMN vouched BIGINT NOT NULL DEFAULT 0;

CREATE TABLE invitation (
  id               {id},
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  person_id        BIGINT NOT NULL UNIQUE REFERENCES person(id),
  account_id       BIGINT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash             TEXT NOT NULL UNIQUE,
  created          BIGINT NOT NULL,
  expires          BIGINT NOT NULL
);
