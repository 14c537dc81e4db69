-- SPDX-License-Identifier: Apache-2.0
-- The ledger (append-only, one hash chain per organisation) and the evidence it speaks of.
-- The bytes that are hashed and signed are described in docs/data-formats.md.

CREATE TABLE ledger_entry (
  id {id},
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor BIGINT NOT NULL,
  channel TEXT NOT NULL,
  action TEXT NOT NULL,
  object_kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE UNIQUE INDEX ledger_entry_seq ON ledger_entry (org_id, seq);
CREATE INDEX ledger_entry_object ON ledger_entry (org_id, object_kind, object_id, seq);

-- The plain values of personal data and free text. An erased one has neither salt nor value.
CREATE TABLE ledger_personal (
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  entry BIGINT NOT NULL,
  name TEXT NOT NULL,
  salt TEXT,
  value TEXT,
  PRIMARY KEY (org_id, entry, name)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both

-- One row for each organisation: the end of its chain, signed.
CREATE TABLE ledger_head (
  org_id BIGINT NOT NULL PRIMARY KEY REFERENCES organisation(id),
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  public_key TEXT NOT NULL,
  signature TEXT NOT NULL
);

-- Every public key that ever signed here.
CREATE TABLE ledger_key (
  public_key TEXT NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL
);

-- What a file in the evidence store is: the bytes stand outside the database, named by their hash.
CREATE TABLE evidence (
  id {id},
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  media_type TEXT NOT NULL,
  name TEXT NOT NULL,
  source TEXT,
  note TEXT,
  taken_on TEXT,
  period_from TEXT,
  period_to TEXT,
  added_by BIGINT,
  added_at BIGINT NOT NULL,
  withdrawn_by BIGINT,
  withdrawn_at BIGINT,
  withdrawn_reason TEXT
);
CREATE INDEX evidence_sha256 ON evidence (org_id, sha256);
CREATE INDEX evidence_added ON evidence (org_id, added_at);

CREATE TABLE evidence_link (
  id {id},
  org_id BIGINT NOT NULL REFERENCES organisation(id),
  evidence_id BIGINT NOT NULL REFERENCES evidence(id),
  object_kind TEXT NOT NULL,
  object_id BIGINT NOT NULL,
  linked_by BIGINT,
  linked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX evidence_link_object
  ON evidence_link (org_id, object_kind, object_id, evidence_id);
CREATE INDEX evidence_link_evidence ON evidence_link (org_id, evidence_id);

-- A guard against mistakes. Whoever removes it and changes an entry is still found by `verify`.
--@sqlite
CREATE TRIGGER ledger_entry_keep_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_entry_keep_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
--@postgres
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TRIGGER ledger_entry_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--@both
