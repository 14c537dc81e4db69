-- SPDX-License-Identifier: Apache-2.0
-- The Idempotency-Key of a change and the answer it got, kept for a day in the change's own
-- transaction: the same request again is answered again and done once.
CREATE TABLE request_key (
  id          {id},
  org_id      BIGINT NOT NULL REFERENCES organisation(id),
  account     BIGINT NOT NULL,
  key_hash    TEXT NOT NULL,             -- BLAKE2b of the key
  asked_hash  TEXT NOT NULL,             -- of what was asked: a key stands for one request
  status      BIGINT NOT NULL DEFAULT 0,
  answer      TEXT NOT NULL DEFAULT '',
  made        BIGINT NOT NULL
);
CREATE UNIQUE INDEX request_key_once ON request_key (org_id, account, key_hash);
CREATE INDEX request_key_made ON request_key (org_id, made);
