-- SPDX-License-Identifier: Apache-2.0
-- Derived, like the tallies: the audits of the adopted programme (duty audit.programme) by day, so
-- that its figures and its burn-up read some days however many audits there are.
--@postgres
SELECT set_config('daybook.scope', 'installation', true);
--@both
CREATE TABLE follow_tally (
  org_id       BIGINT NOT NULL REFERENCES organisation(id),
  duty_id      BIGINT NOT NULL REFERENCES duty(id),
  day          TEXT NOT NULL,
  first_due    BIGINT NOT NULL,                  -- by the first plan, without those taken out
  due_open     BIGINT NOT NULL,
  latest_open  BIGINT NOT NULL,
  held         BIGINT NOT NULL,
  PRIMARY KEY (org_id, duty_id, day)
--@sqlite
) WITHOUT ROWID;
--@postgres
);
--@both

INSERT INTO follow_tally (org_id, duty_id, day, first_due, due_open, latest_open, held)
SELECT f.org_id, f.duty_id, f.day, sum(f.first_due), sum(f.due_open), sum(f.latest_open),
       sum(f.held)
FROM (
  SELECT a.org_id, a.duty_id, a.baseline AS day, 1 AS first_due, 0 AS due_open, 0 AS latest_open,
         0 AS held
  FROM activity a WHERE a.state <> 4
  UNION ALL
  SELECT b.org_id, b.duty_id, b.due, 0, 1, 0, 0 FROM activity b WHERE b.state < 3
  UNION ALL
  SELECT l.org_id, l.duty_id, l.latest, 0, 0, 1, 0 FROM activity l WHERE l.state < 3
  UNION ALL
  SELECT h.org_id, h.duty_id, h.held_on, 0, 0, 0, 1 FROM activity h
  WHERE h.state = 3 AND h.held_on IS NOT NULL) AS f
JOIN duty d ON d.id = f.duty_id AND d.org_id = f.org_id
WHERE d.duty_key = 'audit.programme'
GROUP BY f.org_id, f.duty_id, f.day;

-- Open ones that left their first date: few, and shown beside what is late.
CREATE INDEX activity_moved ON activity (org_id, kind, due, id) WHERE state < 3 AND due <> baseline;

-- How many audits a version has, counted when its plan changes.
ALTER TABLE audit_programme ADD COLUMN audits BIGINT NOT NULL DEFAULT 0;
UPDATE audit_programme SET audits = (
  SELECT COUNT(*) FROM audit_assignment g
  WHERE g.org_id = audit_programme.org_id AND g.programme_id = audit_programme.id);

-- A page of the grid is read in its order.
CREATE INDEX audit_unit_grid ON audit_unit (org_id, kind, id) WHERE retired IS NULL;
