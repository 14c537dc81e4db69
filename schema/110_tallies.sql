-- SPDX-License-Identifier: Apache-2.0
-- The derived counts anew, so that Today and Readiness read a few rows however much there is:
-- counts of a month or a day are kept only while something is open then, sums lie in the order in
-- which they are read, and what was counted row by row (proved duties, days) has its own count.
--@postgres
SELECT set_config('daybook.scope', 'installation', true);
--@both
DROP TABLE kind_tally;
DROP TABLE month_tally;

-- Per kind: what became of its activities, when one was last held, and how many of its duties were
-- held with evidence.
CREATE TABLE kind_tally (
  org_id          BIGINT NOT NULL REFERENCES organisation(id),
  kind            TEXT NOT NULL,
  open            BIGINT NOT NULL DEFAULT 0,
  on_time         BIGINT NOT NULL DEFAULT 0,
  concluded_late  BIGINT NOT NULL DEFAULT 0,
  cancelled       BIGINT NOT NULL DEFAULT 0,
  last_held       TEXT,
  proved          BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (org_id, kind)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both

-- Per month and kind: open activities by the month they are due in, and by that of their last day.
-- No row, nothing open. Late and missed are sums over past months plus a look at the present one.
CREATE TABLE month_tally (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  month        TEXT NOT NULL,                    -- YYYY-MM-01
  kind         TEXT NOT NULL,
  due_open     BIGINT NOT NULL,
  latest_open  BIGINT NOT NULL,
  PRIMARY KEY (org_id, month, kind)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both

-- Per day, of every kind: the present month of Today, and what is coming.
CREATE TABLE day_tally (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  day          TEXT NOT NULL,
  due_open     BIGINT NOT NULL,
  latest_open  BIGINT NOT NULL,
  PRIMARY KEY (org_id, day)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both

INSERT INTO kind_tally (org_id, kind, open, on_time, concluded_late, cancelled, last_held, proved)
SELECT a.org_id, a.kind, sum(CASE WHEN a.state < 3 THEN 1 ELSE 0 END),
       sum(CASE WHEN a.state = 3 AND a.held_on <= a.latest THEN 1 ELSE 0 END),
       sum(CASE WHEN a.state = 3 AND a.held_on > a.latest THEN 1 ELSE 0 END),
       sum(CASE WHEN a.state = 4 THEN 1 ELSE 0 END),
       max(CASE WHEN a.state = 3 THEN a.held_on END),
       (SELECT count(*) FROM duty_tally t
        WHERE t.org_id = a.org_id AND t.kind = a.kind AND t.evidenced = 1)
FROM activity a GROUP BY a.org_id, a.kind;

INSERT INTO month_tally (org_id, month, kind, due_open, latest_open)
SELECT m.org_id, m.month, m.kind, sum(m.due_open), sum(m.latest_open) FROM (
  SELECT a.org_id, a.kind, substr(a.due, 1, 7) || '-01' AS month, 1 AS due_open, 0 AS latest_open
  FROM activity a WHERE a.state < 3
  UNION ALL
  SELECT b.org_id, b.kind, substr(b.latest, 1, 7) || '-01', 0, 1 FROM activity b WHERE b.state < 3
) AS m GROUP BY m.org_id, m.month, m.kind;

INSERT INTO day_tally (org_id, day, due_open, latest_open)
SELECT d.org_id, d.day, sum(d.due_open), sum(d.latest_open) FROM (
  SELECT a.org_id, a.due AS day, 1 AS due_open, 0 AS latest_open FROM activity a WHERE a.state < 3
  UNION ALL
  SELECT b.org_id, b.latest, 0, 1 FROM activity b WHERE b.state < 3
) AS d GROUP BY d.org_id, d.day;

-- Counting by kind looks at one index alone; nothing is looked up by its last day without its kind.
DROP INDEX activity_open_latest;
CREATE INDEX activity_open_kind_latest ON activity (org_id, kind, latest) WHERE state < 3;
-- Whose evidence is old, by kind: the rest of the proved are fresh.
DROP INDEX duty_tally_kind;
CREATE INDEX duty_tally_proved ON duty_tally (org_id, kind, fresh_until) WHERE evidenced = 1;
