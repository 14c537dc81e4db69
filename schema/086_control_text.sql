-- SPDX-License-Identifier: Apache-2.0
-- Control sets an organisation brought: the licensed wording of the standard it owns, or a set of
-- its own (a customer's, an industry's). Stands beside the built-in paraphrase, for it alone.
CREATE TABLE control_text (
  item_id  BIGINT PRIMARY KEY REFERENCES register_item(id) ON DELETE CASCADE,
  org_id   BIGINT NOT NULL REFERENCES organisation(id),
  own_set  TEXT NOT NULL DEFAULT '',              -- "ISO/IEC 27001:2022", "TISAX"
  theme    TEXT NOT NULL DEFAULT '',
  ask      TEXT NOT NULL DEFAULT '',
  look     TEXT NOT NULL DEFAULT '',
  take     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX control_text_org ON control_text (org_id);

-- The Statement of Applicability as it stood when somebody froze it, and who approved it.
CREATE TABLE soa_version (
  id           {id},
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  number       BIGINT NOT NULL,
  note         TEXT NOT NULL DEFAULT '',
  hash         TEXT NOT NULL,                     -- SHA-256 of its lines
  made         BIGINT NOT NULL,
  made_by      BIGINT REFERENCES person(id),
  approved     BIGINT,
  approved_by  BIGINT REFERENCES person(id),
  version      BIGINT NOT NULL DEFAULT 1,
  UNIQUE (org_id, number)
);
CREATE TABLE soa_line (
  id              {id},
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  version_id      BIGINT NOT NULL REFERENCES soa_version(id),
  place           BIGINT NOT NULL,
  ref             TEXT NOT NULL,
  title           TEXT NOT NULL,
  applicable      BIGINT,                         -- NULL: nothing was said
  justification   TEXT NOT NULL DEFAULT '',
  status          TEXT NOT NULL DEFAULT '',
  implementation  TEXT NOT NULL DEFAULT '',
  reference       TEXT NOT NULL DEFAULT '',
  owner           TEXT NOT NULL DEFAULT '',
  evidence        BIGINT NOT NULL DEFAULT 0       -- pieces linked to it then
);
CREATE INDEX soa_line_version ON soa_line (org_id, version_id, place);
