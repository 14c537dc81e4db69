-- SPDX-License-Identifier: Apache-2.0
-- What every other table leans on.

-- One certified organisation. Everything else of it carries org_id and is walled by it.
CREATE TABLE organisation (
  id                  {id},
  slug                TEXT NOT NULL UNIQUE,        -- in addresses: /o/{slug}
  name                TEXT NOT NULL,
  time_zone           TEXT NOT NULL,
  decision            TEXT NOT NULL,               -- the certification decision
  expiry              TEXT NOT NULL,               -- as printed on the certificate
  start_on            TEXT NOT NULL,               -- nothing before it counts as missed
  certification_body  TEXT NOT NULL DEFAULT '',
  certificate_number  TEXT NOT NULL DEFAULT '',
  scope               TEXT NOT NULL DEFAULT '',
  sector              TEXT NOT NULL DEFAULT '',
  head_count          BIGINT NOT NULL DEFAULT 0,   -- 0: not stated
  customer_demands    BIGINT NOT NULL DEFAULT 1,   -- 0 low, 1 medium, 2 high
  outsourced_percent  BIGINT NOT NULL DEFAULT -1,  -- -1: not stated
  demo                BIGINT NOT NULL DEFAULT 0,
  created             BIGINT NOT NULL,
  version             BIGINT NOT NULL DEFAULT 1,
  CHECK (customer_demands BETWEEN 0 AND 2),
  CHECK (outsourced_percent BETWEEN -1 AND 100)
);
