-- SPDX-License-Identifier: Apache-2.0
-- People, and what stands for them. Tables with org_id are walled by organisation; an account, its
-- sessions and the tokens by which a stranger is recognised come before any organisation is known.

-- An identity that signs in; the same one in several organisations (a consultant's).
CREATE TABLE account (
  id             {id},
  email          TEXT NOT NULL UNIQUE,           -- folded to lower case
  name           TEXT NOT NULL,
  password_hash  TEXT,                           -- Argon2id; NULL: has never set one
  time_zone      TEXT,                           -- NULL: the organisation's
  installation_admin BIGINT NOT NULL DEFAULT 0,  -- may create organisations
  disabled       BIGINT NOT NULL DEFAULT 0,
  created        BIGINT NOT NULL,
  version        BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE session (
  id          {id},
  account_id  BIGINT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash        TEXT NOT NULL UNIQUE,              -- of the cookie's secret
  agent       TEXT NOT NULL DEFAULT '',
  created     BIGINT NOT NULL,
  seen        BIGINT NOT NULL,
  expires     BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

-- A link that sets a password once.
CREATE TABLE password_reset (
  id          {id},
  account_id  BIGINT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  hash        TEXT NOT NULL UNIQUE,
  created     BIGINT NOT NULL,
  expires     BIGINT NOT NULL
);

-- Failed sign-ins, counted for an account's e-mail and for an address; keys are hashes.
CREATE TABLE sign_in_failure (
  bucket      TEXT PRIMARY KEY,
  failures    BIGINT NOT NULL,
  blocked     BIGINT NOT NULL,                   -- no attempt before this instant
  last        BIGINT NOT NULL
);

CREATE TABLE site (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  name        TEXT NOT NULL,
  time_zone   TEXT NOT NULL,
  address     TEXT NOT NULL DEFAULT '',
  head_count  BIGINT NOT NULL DEFAULT 0,
  closed      BIGINT NOT NULL DEFAULT 0,
  version     BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, name)
);

CREATE TABLE critical_system (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  name        TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  retired     BIGINT NOT NULL DEFAULT 0,
  version     BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, name)
);

-- A person who may or may not sign in. Erasure leaves the row with a number for a name.
CREATE TABLE person (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  account_id  BIGINT REFERENCES account(id),
  name        TEXT NOT NULL,
  name_fold   TEXT NOT NULL,                     -- lower case, for finding
  email       TEXT,                              -- folded to lower case
  title       TEXT NOT NULL DEFAULT '',
  site_id     BIGINT REFERENCES site(id),
  manager_id  BIGINT REFERENCES person(id),
  joined      TEXT,
  left_on     TEXT,                              -- no longer with the organisation
  erased      BIGINT NOT NULL DEFAULT 0,
  created     BIGINT NOT NULL,
  version     BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, account_id)
);
CREATE UNIQUE INDEX person_email ON person (org_id, email) WHERE email IS NOT NULL;
CREATE INDEX person_name ON person (org_id, name_fold);
CREATE INDEX person_present ON person (org_id, erased, left_on); -- counts without the rows

CREATE TABLE person_role (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  person_id   BIGINT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  role        BIGINT NOT NULL,                   -- enum Role
  until       TEXT,                              -- last day; NULL: no end
  granted     BIGINT NOT NULL,
  UNIQUE (org_id, person_id, role)
);
CREATE INDEX person_role_org ON person_role (org_id, role);

-- What the door asks of each request in one look: who an account is in an organisation, and
-- its roles. Derived from person and person_role in the same transaction (membership_refresh); it
-- holds numbers only and has no wall, because it is what finds out behind which wall one belongs.
CREATE TABLE membership (
  account_id       BIGINT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  person_id        BIGINT NOT NULL,
  role_bit         BIGINT NOT NULL,              -- 1 << Role
  until            TEXT,
  PRIMARY KEY (account_id, organisation_id, role_bit)
);
CREATE INDEX membership_person ON membership (organisation_id, person_id);

-- A responsibility by name ("IT Operations Lead"); nobody may hold it.
CREATE TABLE position (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  title       TEXT NOT NULL,
  title_fold  TEXT NOT NULL,
  person_id   BIGINT REFERENCES person(id),
  version     BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, title_fold)
);
CREATE INDEX position_person ON position (org_id, person_id);

CREATE TABLE team (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  name        TEXT NOT NULL,
  purpose     TEXT NOT NULL DEFAULT '',
  version     BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, name)
);
CREATE TABLE team_member (
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  team_id     BIGINT NOT NULL REFERENCES team(id) ON DELETE CASCADE,
  person_id   BIGINT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_member_person ON team_member (org_id, person_id);

-- An API token acts as one person in one organisation, within its scope, until it expires.
CREATE TABLE api_token (
  id               {id},
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  person_id        BIGINT NOT NULL REFERENCES person(id),
  name             TEXT NOT NULL,
  hash             TEXT NOT NULL UNIQUE,
  scope            TEXT NOT NULL,                -- read, write, or permissions
  created          BIGINT NOT NULL,
  expires          TEXT NOT NULL,                -- last day
  used             BIGINT,
  revoked          BIGINT
);
CREATE INDEX api_token_org ON api_token (organisation_id, person_id);

-- A calendar's address; whoever has it reads that calendar, until it is revoked.
CREATE TABLE calendar_token (
  id               {id},
  organisation_id  BIGINT NOT NULL REFERENCES organisation(id),
  reader_id        BIGINT NOT NULL REFERENCES person(id),   -- made for
  hash             TEXT NOT NULL UNIQUE,
  label            TEXT NOT NULL,
  person_id        BIGINT REFERENCES person(id),
  position_id      BIGINT REFERENCES position(id),
  role             BIGINT,
  whole            BIGINT NOT NULL DEFAULT 0,
  created          BIGINT NOT NULL,
  used             BIGINT,
  revoked          BIGINT
);
CREATE INDEX calendar_token_org ON calendar_token (organisation_id, reader_id);
