-- SPDX-License-Identifier: Apache-2.0
-- Somebody says that they have forgotten their password. Whoever it is, known or not, the same is
-- written here; the link is made and mailed a moment later, so that nobody can tell the two apart.
CREATE TABLE password_wish (
  id     {id},
  email  TEXT NOT NULL,
  asked  BIGINT NOT NULL
);
