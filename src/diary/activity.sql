-- SPDX-License-Identifier: Apache-2.0
--! activity_insert insert
--  in   duty id, kind text, uid text, ordinal int, title text, stage text, why text, series date
--  in   due date, earliest date, latest date, start_minute int, duration_minutes int
--  in   owner_person id?, owner_position id?, site id?, system id?
INSERT INTO activity (org_id, duty_id, kind, uid, ordinal, title, stage, why, series, baseline,
                      earliest, due, latest, start_minute, duration_minutes, owner_person,
                      owner_position, site_id, system_id, changed)
VALUES (:org, :duty, :kind, :uid, :ordinal, :title, :stage, :why, :series, :due, :earliest, :due,
        :latest, :start_minute, :duration_minutes, :owner_person, :owner_position, :site, :system,
        :now);

--! activity_is_theirs one
--  in   id id
--  out  id id
SELECT a.id FROM activity a
JOIN duty d ON d.id = a.duty_id AND d.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN position dp ON dp.id = d.owner_position AND dp.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id
  AND (a.owner_person = :actor OR po.person_id = :actor OR d.owner_person = :actor
       OR dp.person_id = :actor);

--! activity_get one
--  in   id id
--  out  id id, duty id, kind text, uid text, sequence int, title text, stage text, why text
--  out  duty_title text, duty_key text, lead_days int, tolerance_days int, maximum_months int
--  out  every_months int, anchor int, until_on date, series date, baseline date, earliest date
--  out  due date, latest date, start_minute int, duration_minutes int, state int, owner_person id?
--  out  owner_position id?, owner_name text?, position_title text?, holder_name text?, site id?
--  out  system id?, site_name text?, time_zone text, start_on date, held_on date?, result text
--  out  concluded instant?, concluded_by_name text?, cancel_reason text, imported bool
--  out  superseded_by id?, version int
SELECT a.id, a.duty_id AS duty, a.kind, a.uid, a.sequence, a.title, a.stage, a.why,
       d.title AS duty_title, d.duty_key, d.lead_days, d.tolerance_days, d.maximum_months,
       d.every_months, d.anchor, d.until_on, a.series, a.baseline, a.earliest, a.due, a.latest,
       a.start_minute, a.duration_minutes, a.state, a.owner_person, a.owner_position,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name,
       a.site_id AS site, a.system_id AS system, s.name AS site_name,
       COALESCE(s.time_zone, o.time_zone) AS time_zone, o.start_on, a.held_on, a.result,
       a.concluded,
       cb.name AS concluded_by_name, a.cancel_reason, a.imported, a.superseded_by, a.version
FROM activity a
JOIN duty d ON d.id = a.duty_id AND d.org_id = a.org_id
JOIN organisation o ON o.id = a.org_id
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
LEFT JOIN person cb ON cb.id = a.concluded_by AND cb.org_id = a.org_id
LEFT JOIN site s ON s.id = a.site_id AND s.org_id = a.org_id
WHERE a.org_id = :org AND a.id = :id;

-- PostgreSQL plans a statement once for all organisations and cannot know which filters will be
-- used: written as one CASE they count as half of the rows, so that it walks the index in the order
-- asked for; names are looked up for the rows shown alone. As conditions of their own they counted
-- as one row, and it read and sorted the whole organisation.
--! activity_list many
--  in   kind text, duty id, person id, find text, state_from int, state_to int
--  in   offset int, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
--  sort due: a.due, a.id | title: a.title, a.id | kind: a.kind, a.due, a.id
--@sqlite
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state >= :state_from AND a.state <= :state_to
  AND (:kind = '' OR a.kind = :kind) AND (:duty = 0 OR a.duty_id = :duty)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;
--@postgres
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on,
       (SELECT p.name FROM person p WHERE p.id = a.owner_person AND p.org_id = :org) AS owner_name,
       (SELECT po.title FROM position po WHERE po.id = a.owner_position AND po.org_id = :org)
         AS position_title,
       (SELECT ho.name FROM position hp JOIN person ho ON ho.id = hp.person_id AND ho.org_id = :org
        WHERE hp.id = a.owner_position AND hp.org_id = :org) AS holder_name, a.version
FROM (
  SELECT a.* FROM activity a
  WHERE a.org_id = :org
    AND CASE
      WHEN a.state < :state_from OR a.state > :state_to THEN FALSE
      WHEN :kind <> '' AND a.kind <> :kind THEN FALSE
      WHEN :duty <> 0 AND a.duty_id <> :duty THEN FALSE
      WHEN :person <> 0 AND COALESCE(a.owner_person, 0) <> :person
        AND COALESCE(a.owner_position, 0) NOT IN
            (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person) THEN FALSE
      ELSE :find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%' END
  ORDER BY {sort} LIMIT :limit OFFSET :offset) AS a
ORDER BY {sort};

--! activity_list_between many
--  in   kind text, duty id, person id, find text, state_from int, state_to int
--  in   due_from date, due_to date, offset int, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
--  sort due: a.due, a.id | title: a.title, a.id | kind: a.kind, a.due, a.id
--@sqlite
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.due >= :due_from AND a.due <= :due_to
  AND a.state >= :state_from AND a.state <= :state_to
  AND (:kind = '' OR a.kind = :kind) AND (:duty = 0 OR a.duty_id = :duty)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;
--@postgres
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on,
       (SELECT p.name FROM person p WHERE p.id = a.owner_person AND p.org_id = :org) AS owner_name,
       (SELECT po.title FROM position po WHERE po.id = a.owner_position AND po.org_id = :org)
         AS position_title,
       (SELECT ho.name FROM position hp JOIN person ho ON ho.id = hp.person_id AND ho.org_id = :org
        WHERE hp.id = a.owner_position AND hp.org_id = :org) AS holder_name, a.version
FROM (
  SELECT a.* FROM activity a
  WHERE a.org_id = :org AND a.due >= :due_from AND a.due <= :due_to
    AND CASE
      WHEN a.state < :state_from OR a.state > :state_to THEN FALSE
      WHEN :kind <> '' AND a.kind <> :kind THEN FALSE
      WHEN :duty <> 0 AND a.duty_id <> :duty THEN FALSE
      WHEN :person <> 0 AND COALESCE(a.owner_person, 0) <> :person
        AND COALESCE(a.owner_position, 0) NOT IN
            (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person) THEN FALSE
      ELSE :find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%' END
  ORDER BY {sort} LIMIT :limit OFFSET :offset) AS a
ORDER BY {sort};

-- The dates are kept from choosing the index: the order asked for does (few open ones are skipped).
--! activity_list_open many
--  in   kind text, duty id, person id, find text, state_from int, state_to int
--  in   due_from date, due_to date, latest_from date, latest_to date
--  in   offset int, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
--  sort due: a.due, a.id | title: a.title, a.id | kind: a.kind, a.due, a.id
--@sqlite
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state < 3 AND a.state >= :state_from AND a.state <= :state_to
  AND a.due || '' >= :due_from AND a.due || '' <= :due_to
  AND a.latest || '' >= :latest_from AND a.latest || '' <= :latest_to
  AND (:kind = '' OR a.kind = :kind) AND (:duty = 0 OR a.duty_id = :duty)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;
--@postgres
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on,
       (SELECT p.name FROM person p WHERE p.id = a.owner_person AND p.org_id = :org) AS owner_name,
       (SELECT po.title FROM position po WHERE po.id = a.owner_position AND po.org_id = :org)
         AS position_title,
       (SELECT ho.name FROM position hp JOIN person ho ON ho.id = hp.person_id AND ho.org_id = :org
        WHERE hp.id = a.owner_position AND hp.org_id = :org) AS holder_name, a.version
FROM (
  SELECT a.* FROM activity a
  WHERE a.org_id = :org AND a.state < 3
    AND CASE
      WHEN a.state < :state_from OR a.state > :state_to THEN FALSE
      WHEN a.due < :due_from OR a.due > :due_to THEN FALSE
      WHEN a.latest < :latest_from OR a.latest > :latest_to THEN FALSE
      WHEN :kind <> '' AND a.kind <> :kind THEN FALSE
      WHEN :duty <> 0 AND a.duty_id <> :duty THEN FALSE
      WHEN :person <> 0 AND COALESCE(a.owner_person, 0) <> :person
        AND COALESCE(a.owner_position, 0) NOT IN
            (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person) THEN FALSE
      ELSE :find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%' END
  ORDER BY {sort} LIMIT :limit OFFSET :offset) AS a
ORDER BY {sort};

--! activity_list_overdue many
--  in   kind text, duty id, person id, find text, state_from int, state_to int
--  in   due_from date, due_to date, latest_from date, latest_to date
--  in   offset int, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
--  sort due: a.due, a.id | title: a.title, a.id | kind: a.kind, a.due, a.id
--@sqlite
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state < 3 AND a.state >= :state_from AND a.state <= :state_to
  AND a.due >= :due_from AND a.due <= :due_to
  AND a.latest >= :latest_from AND a.latest <= :latest_to
  AND (:kind = '' OR a.kind = :kind) AND (:duty = 0 OR a.duty_id = :duty)
  AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
  AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
ORDER BY {sort} LIMIT :limit OFFSET :offset;
--@postgres
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on,
       (SELECT p.name FROM person p WHERE p.id = a.owner_person AND p.org_id = :org) AS owner_name,
       (SELECT po.title FROM position po WHERE po.id = a.owner_position AND po.org_id = :org)
         AS position_title,
       (SELECT ho.name FROM position hp JOIN person ho ON ho.id = hp.person_id AND ho.org_id = :org
        WHERE hp.id = a.owner_position AND hp.org_id = :org) AS holder_name, a.version
FROM (
  SELECT a.* FROM activity a
  WHERE a.org_id = :org AND a.state < 3
    AND a.due >= :due_from AND a.due <= :due_to
    AND CASE
      WHEN a.state < :state_from OR a.state > :state_to THEN FALSE
      WHEN a.latest < :latest_from OR a.latest > :latest_to THEN FALSE
      WHEN :kind <> '' AND a.kind <> :kind THEN FALSE
      WHEN :duty <> 0 AND a.duty_id <> :duty THEN FALSE
      WHEN :person <> 0 AND COALESCE(a.owner_person, 0) <> :person
        AND COALESCE(a.owner_position, 0) NOT IN
            (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person) THEN FALSE
      ELSE :find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%' END
  ORDER BY {sort} LIMIT :limit OFFSET :offset) AS a
ORDER BY {sort};

--! activity_list_count one
--  in   kind text, duty id, person id, find text, state_from int, state_to int
--  in   due_from date, due_to date, latest_from date, latest_to date
--  in   most int
--  out  total int
SELECT count(*) AS total FROM (
  SELECT a.id FROM activity a
  WHERE a.org_id = :org AND a.due >= :due_from AND a.due <= :due_to
    AND a.state >= :state_from AND a.state <= :state_to
    AND a.latest >= :latest_from AND a.latest <= :latest_to
    AND (:kind = '' OR a.kind = :kind) AND (:duty = 0 OR a.duty_id = :duty)
    AND (:person = 0 OR a.owner_person = :person OR a.owner_position IN
         (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person))
    AND (:find = '' OR lower(a.title) LIKE '%' || lower(:find) || '%')
  LIMIT :most) AS counted;

--! activity_open_list many
--  in   due_from date, due_to date, latest_from date, latest_to date, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state < 3 AND a.due >= :due_from AND a.due <= :due_to
  AND a.latest >= :latest_from AND a.latest <= :latest_to
ORDER BY a.due, a.id LIMIT :limit;

--! activity_mine many
--  in   person id, horizon date, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state < 3 AND a.owner_person = :person AND a.due <= :horizon
  AND a.earliest <= :today
ORDER BY a.due, a.id LIMIT :limit;

--! activity_positions_held many
--  in   person id
--  out  id id
SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :person;

--! activity_mine_of_position many
--  in   position id, person id, horizon date, limit int
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org AND a.state < 3 AND a.owner_position = :position AND a.due <= :horizon
  AND a.earliest <= :today AND COALESCE(a.owner_person, 0) <> :person
ORDER BY a.due, a.id LIMIT :limit;

--! activity_mine_count one
--  in   person id, horizon date, most int
--  out  total int
SELECT count(*) AS total FROM (
  SELECT b.id FROM activity b
  WHERE b.org_id = :org AND b.state < 3 AND b.owner_person = :person AND b.due <= :horizon
    AND b.earliest <= :today
  UNION ALL
  SELECT d.id FROM position q CROSS JOIN activity d
  WHERE q.org_id = :org AND q.person_id = :person
    AND d.org_id = :org AND d.state < 3 AND d.owner_position = q.id AND d.due <= :horizon
    AND d.earliest <= :today AND COALESCE(d.owner_person, 0) <> :person
  LIMIT :most) AS counted;

--! activity_marks many
--  in   from date, to date, limit int
--  out  id id, kind text, title text, stage text, state int, baseline date, due date, latest date
--  out  held_on date?
SELECT a.id, a.kind, a.title, a.stage, a.state, a.baseline, a.due, a.latest, a.held_on
FROM activity a
WHERE a.org_id = :org AND a.due >= :from AND a.due <= :to
ORDER BY a.due, a.id LIMIT :limit;

--! activity_next_external one
--  out  id id, title text, stage text, due date, latest date
SELECT a.id, a.title, a.stage, a.due, a.latest FROM activity a
WHERE a.org_id = :org AND a.kind = 'surveillance' AND a.state < 3
  AND a.stage IN ('surveillance', 'recertification')
ORDER BY a.due LIMIT 1;

--! activity_externals many
--  in   limit int
--  out  due date
SELECT a.due FROM activity a
WHERE a.org_id = :org AND a.kind = 'surveillance' AND a.state < 4
  AND a.stage IN ('surveillance', 'recertification')
ORDER BY a.due LIMIT :limit;

-- kind '' looks at the duty alone, else at every duty of that kind.
-- Each half has its own index; an OR of both had PostgreSQL read the whole organisation.
--! activity_before one
--  in   duty id, kind text, series date, id id
--  out  due date, held_on date?
SELECT b.due, b.held_on FROM (
  SELECT o.due, o.held_on, o.series FROM (
    SELECT a.due, a.held_on, a.series FROM activity a
    WHERE a.org_id = :org AND a.duty_id = :duty AND a.state < 4 AND a.id <> :id
      AND a.series < :series
    ORDER BY a.series DESC LIMIT 1) AS o
  UNION ALL
  SELECT k.due, k.held_on, k.series FROM (
    SELECT a.due, a.held_on, a.series FROM activity a
    WHERE a.org_id = :org AND a.kind = :kind AND a.state < 4 AND a.id <> :id
      AND a.series < :series
    ORDER BY a.series DESC LIMIT 1) AS k
) AS b ORDER BY b.series DESC LIMIT 1;

--! activity_after one
--  in   duty id, kind text, series date, id id
--  out  due date, maximum_months int
SELECT a.due, d.maximum_months FROM (
  SELECT o.due, o.duty_id, o.series FROM (
    SELECT b.due, b.duty_id, b.series FROM activity b
    WHERE b.org_id = :org AND b.duty_id = :duty AND b.state < 3 AND b.id <> :id
      AND b.series > :series
    ORDER BY b.series LIMIT 1) AS o
  UNION ALL
  SELECT k.due, k.duty_id, k.series FROM (
    SELECT b.due, b.duty_id, b.series FROM activity b
    WHERE b.org_id = :org AND b.kind = :kind AND b.state < 3 AND b.id <> :id
      AND b.series > :series
    ORDER BY b.series LIMIT 1) AS k
) AS a JOIN duty d ON d.id = a.duty_id AND d.org_id = :org
ORDER BY a.series LIMIT 1;

--! activity_of_duty many
--  in   duty id
--  out  id id, ordinal int, state int, series date, earliest date, due date, latest date
--  out  held_on date?, version int
SELECT a.id, a.ordinal, a.state, a.series, a.earliest, a.due, a.latest, a.held_on, a.version
FROM activity a
WHERE a.org_id = :org AND a.duty_id = :duty ORDER BY a.ordinal;

--! activity_set_window exec
--  in   id id, version int, earliest date, due date, latest date
UPDATE activity SET earliest = :earliest, due = :due, latest = :latest, sequence = sequence + 1,
                    changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_set_time exec
--  in   id id, version int, state int, start_minute int, duration_minutes int
UPDATE activity SET state = :state, start_minute = :start_minute,
                    duration_minutes = :duration_minutes, sequence = sequence + 1, changed = :now,
                    version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_set_state exec
--  in   id id, version int, state int
UPDATE activity SET state = :state, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_set_cancelled exec
--  in   id id, version int, reason text, superseded_by id?
UPDATE activity SET state = 4, cancel_reason = :reason, superseded_by = :superseded_by,
                    sequence = sequence + 1, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_set_result exec
--  in   id id, version int, state int, held_on date, result text
UPDATE activity SET state = :state, held_on = :held_on, result = :result, changed = :now,
                    version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_set_concluded exec
--  in   id id, version int, imported bool
UPDATE activity SET state = 3, concluded = :now, concluded_by = NULLIF(:actor, 0),
                    imported = :imported, sequence = sequence + 1, changed = :now,
                    version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_set_owner exec
--  in   id id, version int, owner_person id?, owner_position id?
UPDATE activity SET owner_person = :owner_person, owner_position = :owner_position,
                    sequence = sequence + 1, changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! activity_touch exec
--  in   id id
--  blind "what changed stands beside the row"
UPDATE activity SET changed = :now, version = version + 1 WHERE org_id = :org AND id = :id;

--! activity_move_insert insert
--  in   activity id, from_due date, to_due date, reason text, breach text
INSERT INTO activity_move (org_id, activity_id, from_due, to_due, reason, breach, moved, moved_by)
VALUES (:org, :activity, :from_due, :to_due, :reason, :breach, :now, NULLIF(:actor, 0));

--! activity_moves many
--  in   activity id
--  out  from_due date, to_due date, reason text, moved instant, moved_by text?
SELECT m.from_due, m.to_due, m.reason, m.moved, p.name AS moved_by
FROM activity_move m LEFT JOIN person p ON p.id = m.moved_by AND p.org_id = m.org_id
WHERE m.org_id = :org AND m.activity_id = :activity ORDER BY m.id;

--! activity_item_insert insert
--  in   activity id, place int, body text
INSERT INTO activity_item (org_id, activity_id, place, body)
VALUES (:org, :activity, :place, :body);

--! activity_items many
--  in   activity id
--  out  id id, body text, state int, reason text, changed instant?, changed_by text?
SELECT i.id, i.body, i.state, i.reason, i.changed, p.name AS changed_by
FROM activity_item i LEFT JOIN person p ON p.id = i.changed_by AND p.org_id = i.org_id
WHERE i.org_id = :org AND i.activity_id = :activity ORDER BY i.place, i.id;

--! activity_item_get one
--  in   id id
--  out  id id, activity id, body text, state int, reason text
SELECT i.id, i.activity_id AS activity, i.body, i.state, i.reason FROM activity_item i
WHERE i.org_id = :org AND i.id = :id;

--! activity_item_set exec
--  in   id id, state int, reason text
UPDATE activity_item SET state = :state, reason = :reason, changed = :now,
                         changed_by = NULLIF(:actor, 0)
WHERE org_id = :org AND id = :id;

--! activity_note_insert insert
--  in   activity id, correction bool, body text
INSERT INTO activity_note (org_id, activity_id, correction, body, written, written_by)
VALUES (:org, :activity, :correction, :body, :now, NULLIF(:actor, 0));

--! activity_notes many
--  in   activity id
--  out  id id, correction bool, body text, written instant, written_by text?
SELECT n.id, n.correction, n.body, n.written, p.name AS written_by
FROM activity_note n LEFT JOIN person p ON p.id = n.written_by AND p.org_id = n.org_id
WHERE n.org_id = :org AND n.activity_id = :activity ORDER BY n.id LIMIT 500;

--! activity_person_put exec
--  in   activity id, person id, part text
INSERT INTO activity_person (org_id, activity_id, person_id, part)
VALUES (:org, :activity, :person, :part)
ON CONFLICT (org_id, activity_id, person_id) DO UPDATE SET part = excluded.part;

--! activity_person_remove exec
--  in   activity id, person id
DELETE FROM activity_person
WHERE org_id = :org AND activity_id = :activity AND person_id = :person;

--! activity_people many
--  in   activity id
--  out  person id, name text, part text
SELECT ap.person_id AS person, p.name, ap.part
FROM activity_person ap JOIN person p ON p.id = ap.person_id AND p.org_id = ap.org_id
WHERE ap.org_id = :org AND ap.activity_id = :activity LIMIT 500;

--! activity_whole many
--  out  id id, duty id, kind text, title text, stage text, why text, state int, baseline date
--  out  earliest date, due date, latest date, held_on date?, owner_name text?
--  out  position_title text?, holder_name text?, version int
SELECT a.id, a.duty_id AS duty, a.kind, a.title, a.stage, a.why, a.state, a.baseline, a.earliest,
       a.due, a.latest, a.held_on, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name, a.version
FROM activity a
LEFT JOIN person p ON p.id = a.owner_person AND p.org_id = a.org_id
LEFT JOIN position po ON po.id = a.owner_position AND po.org_id = a.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = a.org_id
WHERE a.org_id = :org ORDER BY a.due, a.id;

--! activity_marks_count one
--  in   from date, to date
--  out  total int
SELECT count(*) AS total FROM activity a
WHERE a.org_id = :org AND a.due >= :from AND a.due <= :to;
