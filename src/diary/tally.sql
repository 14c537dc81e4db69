-- SPDX-License-Identifier: Apache-2.0
--! tally_kind_add exec
--  in   kind text, open int, on_time int, concluded_late int, cancelled int, held date?
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO kind_tally (org_id, kind, open, on_time, concluded_late, cancelled, last_held)
VALUES (:org, :kind, :open, :on_time, :concluded_late, :cancelled, :held)
ON CONFLICT (org_id, kind) DO UPDATE SET
  open = kind_tally.open + excluded.open, on_time = kind_tally.on_time + excluded.on_time,
  concluded_late = kind_tally.concluded_late + excluded.concluded_late,
  cancelled = kind_tally.cancelled + excluded.cancelled,
  last_held = CASE WHEN excluded.last_held > COALESCE(kind_tally.last_held, '')
                   THEN excluded.last_held ELSE kind_tally.last_held END;

--! tally_kind_proved exec
--  in   kind text, proved int
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO kind_tally (org_id, kind, proved) VALUES (:org, :kind, :proved)
ON CONFLICT (org_id, kind) DO UPDATE SET proved = kind_tally.proved + excluded.proved;

--! tally_month_add exec
--  in   month date, kind text, due_open int, latest_open int
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO month_tally (org_id, month, kind, due_open, latest_open)
VALUES (:org, :month, :kind, :due_open, :latest_open)
ON CONFLICT (org_id, month, kind) DO UPDATE SET
  due_open = month_tally.due_open + excluded.due_open,
  latest_open = month_tally.latest_open + excluded.latest_open;

--! tally_month_tidy exec
--  in   month date, kind text
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM month_tally
WHERE org_id = :org AND month = :month AND kind = :kind AND due_open = 0 AND latest_open = 0;

--! tally_day_add exec
--  in   day date, kind text, due_open int, latest_open int
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO day_tally (org_id, day, kind, due_open, latest_open)
VALUES (:org, :day, :kind, :due_open, :latest_open)
ON CONFLICT (org_id, day, kind) DO UPDATE SET
  due_open = day_tally.due_open + excluded.due_open,
  latest_open = day_tally.latest_open + excluded.latest_open;

--! tally_day_tidy exec
--  in   day date, kind text
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM day_tally
WHERE org_id = :org AND day = :day AND kind = :kind AND due_open = 0 AND latest_open = 0;

-- Of the adopted audit programme alone; any other duty changes nothing.
--! tally_follow_add exec
--  in   duty id, day date, first_due int, due_open int, latest_open int, held int
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO follow_tally (org_id, duty_id, day, first_due, due_open, latest_open, held)
SELECT d.org_id, d.id, :day, :first_due, :due_open, :latest_open, :held
FROM duty d WHERE d.org_id = :org AND d.id = :duty AND d.duty_key = 'audit.programme'
ON CONFLICT (org_id, duty_id, day) DO UPDATE SET
  first_due = follow_tally.first_due + excluded.first_due,
  due_open = follow_tally.due_open + excluded.due_open,
  latest_open = follow_tally.latest_open + excluded.latest_open,
  held = follow_tally.held + excluded.held;

--! tally_follow_tidy exec
--  in   duty id, day date
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM follow_tally
WHERE org_id = :org AND duty_id = :duty AND day = :day AND first_due = 0 AND due_open = 0
  AND latest_open = 0 AND held = 0;

--! tally_clear_followed exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM follow_tally WHERE org_id = :org;

--! tally_rebuild_followed exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO follow_tally (org_id, duty_id, day, first_due, due_open, latest_open, held)
SELECT d.org_id, d.id, f.day, sum(f.first_due), sum(f.due_open), sum(f.latest_open), sum(f.held)
FROM (
  SELECT a.org_id, a.duty_id, a.baseline AS day, 1 AS first_due, 0 AS due_open, 0 AS latest_open,
         0 AS held
  FROM activity a WHERE a.org_id = :org AND a.state <> 4
  UNION ALL
  SELECT b.org_id, b.duty_id, b.due, 0, 1, 0, 0
  FROM activity b WHERE b.org_id = :org AND b.state < 3
  UNION ALL
  SELECT l.org_id, l.duty_id, l.latest, 0, 0, 1, 0
  FROM activity l WHERE l.org_id = :org AND l.state < 3
  UNION ALL
  SELECT h.org_id, h.duty_id, h.held_on, 0, 0, 0, 1
  FROM activity h WHERE h.org_id = :org AND h.state = 3 AND h.held_on IS NOT NULL) AS f
JOIN duty d ON d.id = f.duty_id AND d.org_id = f.org_id
WHERE d.org_id = :org AND d.duty_key = 'audit.programme'
GROUP BY d.org_id, d.id, f.day;

-- One walk over its activities: the last one held is the greatest of day and number together.
--! tally_duty_refresh exec
--  in   duty id
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO duty_tally (org_id, duty_id, kind, on_time, concluded_late, cancelled, last_activity,
                        last_held)
SELECT d.org_id, d.id, d.kind, COALESCE(s.on_time, 0), COALESCE(s.concluded_late, 0),
       COALESCE(s.cancelled, 0), CAST(substr(s.last, 11) AS BIGINT), substr(s.last, 1, 10)
FROM duty d
CROSS JOIN (
  SELECT sum(CASE WHEN a.state = 3 AND a.held_on <= a.latest THEN 1 ELSE 0 END) AS on_time,
         sum(CASE WHEN a.state = 3 AND a.held_on > a.latest THEN 1 ELSE 0 END) AS concluded_late,
         sum(CASE WHEN a.state = 4 THEN 1 ELSE 0 END) AS cancelled,
--@sqlite
         max(CASE WHEN a.state = 3 THEN a.held_on || printf('%019d', a.id) END) AS last
--@postgres
         max(CASE WHEN a.state = 3 THEN a.held_on || lpad(CAST(a.id AS TEXT), 19, '0') END) AS last
--@both
  FROM activity a WHERE a.org_id = :org AND a.duty_id = :duty) AS s
WHERE d.org_id = :org AND d.id = :duty
ON CONFLICT (org_id, duty_id) DO UPDATE SET
  kind = excluded.kind, on_time = excluded.on_time, concluded_late = excluded.concluded_late,
  cancelled = excluded.cancelled, last_activity = excluded.last_activity,
  last_held = excluded.last_held;

--! tally_duty_fresh exec
--  in   duty id, fresh_until date?, evidenced bool
--  unheard "derived from activities; `daybook rebuild` makes it anew"
UPDATE duty_tally SET fresh_until = :fresh_until, evidenced = :evidenced
WHERE org_id = :org AND duty_id = :duty;

--! tally_duty_get one
--  in   duty id
--  out  kind text, last_activity id?, last_held date?, evidenced bool
SELECT t.kind, t.last_activity, t.last_held, t.evidenced FROM duty_tally t
WHERE t.org_id = :org AND t.duty_id = :duty;

--! tally_clear_kinds exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM kind_tally WHERE org_id = :org;

--! tally_clear_months exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM month_tally WHERE org_id = :org;

--! tally_clear_days exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM day_tally WHERE org_id = :org;

--! tally_clear_duties exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
DELETE FROM duty_tally WHERE org_id = :org;

--! tally_rebuild_kinds exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO kind_tally (org_id, kind, open, on_time, concluded_late, cancelled, last_held)
SELECT a.org_id, a.kind, sum(CASE WHEN a.state < 3 THEN 1 ELSE 0 END),
       sum(CASE WHEN a.state = 3 AND a.held_on <= a.latest THEN 1 ELSE 0 END),
       sum(CASE WHEN a.state = 3 AND a.held_on > a.latest THEN 1 ELSE 0 END),
       sum(CASE WHEN a.state = 4 THEN 1 ELSE 0 END),
       max(CASE WHEN a.state = 3 THEN a.held_on END)
FROM activity a WHERE a.org_id = :org GROUP BY a.org_id, a.kind;

--! tally_rebuild_months exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO month_tally (org_id, month, kind, due_open, latest_open)
SELECT m.org_id, m.month, m.kind, sum(m.due_open), sum(m.latest_open) FROM (
  SELECT a.org_id, a.kind, substr(a.due, 1, 7) || '-01' AS month, 1 AS due_open, 0 AS latest_open
  FROM activity a WHERE a.org_id = :org AND a.state < 3
  UNION ALL
  SELECT b.org_id, b.kind, substr(b.latest, 1, 7) || '-01', 0, 1
  FROM activity b WHERE b.org_id = :org AND b.state < 3) AS m
GROUP BY m.org_id, m.month, m.kind;

--! tally_rebuild_days exec
--  unheard "derived from activities; `daybook rebuild` makes it anew"
INSERT INTO day_tally (org_id, day, kind, due_open, latest_open)
SELECT d.org_id, d.day, d.kind, sum(d.due_open), sum(d.latest_open) FROM (
  SELECT a.org_id, a.kind, a.due AS day, 1 AS due_open, 0 AS latest_open
  FROM activity a WHERE a.org_id = :org AND a.state < 3
  UNION ALL
  SELECT b.org_id, b.kind, b.latest, 0, 1 FROM activity b
  WHERE b.org_id = :org AND b.state < 3) AS d
GROUP BY d.org_id, d.day, d.kind;

-- Past months, where something is still open; the present month is added from its days.
--! tally_past_months many
--  in   month date
--  out  due_open int, latest_open int
SELECT t.due_open, t.latest_open FROM month_tally t
WHERE t.org_id = :org AND t.month < :month;

-- By kind, all that is past: the months before the present one, and the days of that.
--! tally_past many
--  in   month date
--  out  kind text, due_open int, latest_open int
SELECT t.kind, t.due_open, t.latest_open FROM month_tally t
WHERE t.org_id = :org AND t.month < :month
UNION ALL
SELECT d.kind, d.due_open, d.latest_open FROM day_tally d
WHERE d.org_id = :org AND d.day >= :month AND d.day < :today;

-- stale: of the proved duties.
--! tally_kinds many
--  out  kind text, open int, on_time int, concluded_late int, cancelled int, last_held date?
--  out  proved int, stale int
SELECT t.kind, t.open, t.on_time, t.concluded_late, t.cancelled, t.last_held, t.proved,
  (SELECT count(*) FROM duty_tally d
   WHERE d.org_id = t.org_id AND d.kind = t.kind AND d.evidenced = 1 AND d.fresh_until < :today)
    AS stale
FROM kind_tally t WHERE t.org_id = :org ORDER BY t.kind;

-- What became of everything, without a look at the day.
--! tally_sums one
--  in   kind text
--  out  open int, concluded int, cancelled int
SELECT COALESCE(CAST(sum(t.open) AS BIGINT), 0) AS open,
  COALESCE(CAST(sum(t.on_time + t.concluded_late) AS BIGINT), 0) AS concluded,
  COALESCE(CAST(sum(t.cancelled) AS BIGINT), 0) AS cancelled
FROM kind_tally t WHERE t.org_id = :org AND (:kind = '' OR t.kind = :kind);

-- Of every kind: what became of it all, what is past in the present month, what comes until a day.
--! tally_today one
--  in   month date, to date
--  out  open int, on_time int, concluded_late int, past_due int, past_latest int, coming int
SELECT COALESCE(CAST(sum(t.open) AS BIGINT), 0) AS open,
  COALESCE(CAST(sum(t.on_time) AS BIGINT), 0) AS on_time,
  COALESCE(CAST(sum(t.concluded_late) AS BIGINT), 0) AS concluded_late,
  COALESCE((SELECT CAST(sum(d.due_open) AS BIGINT) FROM day_tally d
            WHERE d.org_id = :org AND d.day >= :month AND d.day < :today), 0) AS past_due,
  COALESCE((SELECT CAST(sum(d.latest_open) AS BIGINT) FROM day_tally d
            WHERE d.org_id = :org AND d.day >= :month AND d.day < :today), 0) AS past_latest,
  COALESCE((SELECT CAST(sum(d.due_open) AS BIGINT) FROM day_tally d
            WHERE d.org_id = :org AND d.day >= :today AND d.day <= :to), 0) AS coming
FROM kind_tally t WHERE t.org_id = :org;

--! tally_bare many
--  out  kind text, fresh_until date?, pieces int
SELECT t.kind, t.fresh_until, (
  SELECT count(*) FROM evidence_link l CROSS JOIN evidence e -- from the links to their files
  WHERE l.org_id = t.org_id AND l.object_kind = 'activity' AND l.object_id = t.last_activity
    AND e.id = l.evidence_id AND e.org_id = l.org_id AND e.withdrawn_at IS NULL) AS pieces
FROM duty_tally t
WHERE t.org_id = :org AND t.evidenced = 0 AND t.last_activity IS NOT NULL;

--! tally_next many
--  out  kind text, id id, due date, owner_name text?, position_title text?, holder_name text?
--@sqlite
SELECT k.kind, a.id, a.due, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name
FROM kind_tally k
JOIN activity a ON a.org_id = k.org_id AND a.id = (
  SELECT b.id FROM activity b WHERE b.org_id = k.org_id AND b.kind = k.kind AND b.state < 3
  ORDER BY b.due LIMIT 1)
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
--@postgres
SELECT k.kind, a.id, a.due,
       (SELECT p.name FROM person p WHERE p.id = a.owner_person AND p.org_id = :org) AS owner_name,
       (SELECT po.title FROM position po WHERE po.id = a.owner_position AND po.org_id = :org)
         AS position_title,
       (SELECT ho.name FROM position hp JOIN person ho ON ho.id = hp.person_id AND ho.org_id = :org
        WHERE hp.id = a.owner_position AND hp.org_id = :org) AS holder_name
FROM kind_tally k
CROSS JOIN LATERAL (
  SELECT b.id, b.due, b.owner_person, b.owner_position FROM activity b
  WHERE b.org_id = :org AND b.kind = k.kind AND b.state < 3 ORDER BY b.due LIMIT 1) AS a
--@both
WHERE k.org_id = :org;

--! tally_duties many
--  in   kind text, limit int
--  out  duty id, title text, paused_on date?, paused_until date?, on_time int, concluded_late int
--  out  cancelled int, last_held date?, fresh_until date?, last_activity id?, proved int
--  out  past_due int, past_latest int, open int, next_activity id?, next_due date?
--  out  owner_name text?, position_title text?, holder_name text?
SELECT d.id AS duty, d.title, d.paused_on, d.paused_until, COALESCE(t.on_time, 0) AS on_time,
       COALESCE(t.concluded_late, 0) AS concluded_late, COALESCE(t.cancelled, 0) AS cancelled,
       t.last_held, t.fresh_until, t.last_activity,
       CASE WHEN t.evidenced = 1 THEN 1 WHEN EXISTS (
         SELECT 1 FROM evidence_link l JOIN evidence e ON e.id = l.evidence_id
           AND e.org_id = l.org_id
         WHERE l.org_id = d.org_id AND l.object_kind = 'activity'
           AND l.object_id = t.last_activity AND e.withdrawn_at IS NULL) THEN 1 ELSE 0 END
         AS proved,
       COALESCE(w.past_due, 0) AS past_due, COALESCE(w.past_latest, 0) AS past_latest,
       COALESCE(w.open, 0) AS open,
       (SELECT a.id FROM activity a WHERE a.org_id = d.org_id AND a.duty_id = d.id
          AND a.state < 3 ORDER BY a.due LIMIT 1) AS next_activity,
       w.next_due, p.name AS owner_name, po.title AS position_title, ho.name AS holder_name
FROM duty d
LEFT JOIN duty_tally t ON t.org_id = d.org_id AND t.duty_id = d.id
LEFT JOIN (
  SELECT b.duty_id, count(*) AS open, min(b.due) AS next_due,
         sum(CASE WHEN b.due < :today THEN 1 ELSE 0 END) AS past_due,
         sum(CASE WHEN b.latest < :today THEN 1 ELSE 0 END) AS past_latest
  FROM activity b WHERE b.org_id = :org AND b.kind = :kind AND b.state < 3
  GROUP BY b.duty_id) AS w ON w.duty_id = d.id
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
LEFT JOIN position po ON po.id = d.owner_position AND po.org_id = d.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = d.org_id
WHERE d.org_id = :org AND d.kind = :kind
ORDER BY d.id LIMIT :limit;
