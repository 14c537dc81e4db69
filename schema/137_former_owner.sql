-- SPDX-License-Identifier: Apache-2.0
-- Who owned what until when: written in the transaction that gives it to somebody else, because
-- nobody audits without a warning what was theirs within twelve months. kind: register_item,
-- position (whoever held it), audit_unit.
--@postgres
SELECT set_config('daybook.scope', 'installation', true);
--@both
CREATE TABLE former_owner (
  org_id     BIGINT NOT NULL REFERENCES organisation(id),
  kind       TEXT NOT NULL,
  object_id  BIGINT NOT NULL,
  person_id  BIGINT NOT NULL REFERENCES person(id),
  until_on   TEXT NOT NULL,
  PRIMARY KEY (org_id, kind, object_id, person_id)
);
CREATE INDEX former_owner_until ON former_owner (org_id, until_on);
