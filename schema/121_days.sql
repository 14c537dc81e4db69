-- SPDX-License-Identifier: Apache-2.0
-- The counts of days know the kind, too: Readiness reads the present month from them instead of
-- counting its activities, twice for each kind.
--@postgres
SELECT set_config('daybook.scope', 'installation', true);
--@both
DROP TABLE day_tally;
DROP INDEX activity_open_kind_latest;

-- Per day and kind: open activities due then, and those whose last day it is. No row, nothing open.
CREATE TABLE day_tally (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  day          TEXT NOT NULL,
  kind         TEXT NOT NULL,
  due_open     BIGINT NOT NULL,
  latest_open  BIGINT NOT NULL,
  PRIMARY KEY (org_id, day, kind)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both

INSERT INTO day_tally (org_id, day, kind, due_open, latest_open)
SELECT d.org_id, d.day, d.kind, sum(d.due_open), sum(d.latest_open) FROM (
  SELECT a.org_id, a.kind, a.due AS day, 1 AS due_open, 0 AS latest_open
  FROM activity a WHERE a.state < 3
  UNION ALL
  SELECT b.org_id, b.kind, b.latest, 0, 1 FROM activity b WHERE b.state < 3
) AS d GROUP BY d.org_id, d.day, d.kind;
