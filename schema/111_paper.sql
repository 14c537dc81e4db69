-- SPDX-License-Identifier: Apache-2.0
-- Derived, like the tallies: per document in force and applicable control, the last day on which
-- something still shows that it operates – evidence of its own until a year after the day it speaks
-- for, or a duty that checks it until its next is due. NULL: nothing ever did.
--@postgres
SELECT set_config('daybook.scope', 'installation', true);
--@both
CREATE TABLE paper_tally (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  kind         TEXT NOT NULL,                    -- documents, controls
  item_id      BIGINT NOT NULL REFERENCES register_item(id),
  shown_until  TEXT,
  PRIMARY KEY (org_id, kind, item_id)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both
CREATE INDEX paper_tally_shown ON paper_tally (org_id, kind, shown_until);
CREATE INDEX duty_item ON duty (org_id, register_item) WHERE register_item IS NOT NULL;

INSERT INTO paper_tally (org_id, kind, item_id, shown_until)
SELECT p.org_id, p.kind, p.id,
       NULLIF(CASE WHEN p.spoken >= p.checked THEN p.spoken ELSE p.checked END, '')
FROM (
  SELECT i.org_id, i.kind, i.id,
    COALESCE((
      SELECT max(CAST(CAST(substr(s.said, 1, 4) AS INTEGER) + 1 AS TEXT) || substr(s.said, 5))
      FROM (
        SELECT l.org_id, l.object_id, COALESCE(e.period_to, e.taken_on,
--@sqlite
          strftime('%Y-%m-%d', e.added_at / 1000000, 'unixepoch')
--@postgres
          to_char(to_timestamp(e.added_at / 1000000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD')
--@both
        ) AS said
        FROM evidence_link l JOIN evidence e ON e.id = l.evidence_id AND e.org_id = l.org_id
        WHERE l.object_kind = 'register_item' AND e.withdrawn_at IS NULL) AS s
      WHERE s.org_id = i.org_id AND s.object_id = i.id), '') AS spoken,
    COALESCE((
      SELECT max(t.fresh_until)
      FROM duty d JOIN duty_tally t ON t.org_id = d.org_id AND t.duty_id = d.id
      WHERE d.org_id = i.org_id AND d.register_item = i.id AND t.evidenced = 1), '') AS checked
  FROM register_item i
  LEFT JOIN control c ON c.item_id = i.id AND c.org_id = i.org_id
  WHERE i.removed = 0 AND i.kind IN ('documents', 'controls') AND COALESCE(c.applicable, 1) = 1
) AS p;
