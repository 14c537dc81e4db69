-- SPDX-License-Identifier: Apache-2.0
--! page_person one
--  in   person id
--  out  name text, email text?
SELECT p.name, p.email FROM person p WHERE p.org_id = :org AND p.id = :person;

--! page_person_named many
--  in   name text
--  out  id id
SELECT p.id FROM person p
WHERE p.org_id = :org AND p.left_on IS NULL AND p.erased = 0
  AND (p.email = :name OR p.name_fold = :name)
ORDER BY p.id LIMIT 2;

--! page_position_named one
--  in   title text
--  out  id id
SELECT p.id FROM position p WHERE p.org_id = :org AND p.title_fold = :title;

--! page_names many
--  out  name text
SELECT n.name FROM (
  SELECT p.title AS name, 0 AS rank FROM position p WHERE p.org_id = :org
  UNION ALL
  SELECT q.name AS name, 1 AS rank FROM person q
  WHERE q.org_id = :org AND q.left_on IS NULL AND q.erased = 0) n
ORDER BY n.rank, n.name LIMIT 200;

--! page_taking_part many
--  in   person id
--  out  id id, title text, kind text, due date, latest date, state int
SELECT a.id, a.title, a.kind, a.due, a.latest, a.state
FROM activity_person p CROSS JOIN activity a -- in this order: from one person's few
WHERE p.org_id = :org AND p.person_id = :person
  AND a.id = p.activity_id AND a.org_id = :org AND a.state < 3
ORDER BY a.due, a.id LIMIT 20;

--! page_organisation one
--  out  name text, decision date, expiry date, start_on date, certification_body text, certificate_number text, scope text
SELECT o.name, o.decision, o.expiry, o.start_on, o.certification_body, o.certificate_number, o.scope
FROM organisation o WHERE o.id = :org;

--! page_evidence many
--  in   activity id
--  out  id id, name text, media_type text, size int, taken_on date?, period_from date?, period_to date?, added_at instant, added_by text?
SELECT e.id, e.name, e.media_type, e.size, e.taken_on, e.period_from, e.period_to, e.added_at,
       p.name AS added_by
-- In this order: from the links to their few files; as they were added is how the index has them.
FROM evidence_link l CROSS JOIN evidence e
LEFT JOIN person p ON p.id = e.added_by AND p.org_id = e.org_id
WHERE l.org_id = :org AND l.object_kind = 'activity' AND l.object_id = :activity
  AND e.id = l.evidence_id AND e.org_id = :org AND e.withdrawn_at IS NULL
ORDER BY l.evidence_id DESC LIMIT 200;

--! page_duty_next many
--  out  duty id, id id, due date, latest date, state int
SELECT a.duty_id AS duty, a.id, a.due, a.latest, a.state
FROM activity a
WHERE a.org_id = :org AND a.state < 3 AND a.due = (
  SELECT min(b.due) FROM activity b
  WHERE b.org_id = :org AND b.duty_id = a.duty_id AND b.state < 3)
ORDER BY a.duty_id, a.id DESC LIMIT 2000;

--! page_item_activity one
--  in   item id
--  out  activity id
SELECT i.activity_id AS activity FROM activity_item i WHERE i.org_id = :org AND i.id = :item;

--! page_holidays many
--  in   from date, to date
--  out  id id, on_day date, name text, source text, site text?
SELECT h.id, h.on_day, h.name, h.source, s.name AS site
FROM holiday h LEFT JOIN site s ON s.id = h.site_id AND s.org_id = h.org_id
WHERE h.org_id = :org AND h.on_day >= :from AND h.on_day <= :to
ORDER BY h.on_day, h.id LIMIT 1000;

--! page_sites many
--  out  id id, name text
SELECT s.id, s.name FROM site s WHERE s.org_id = :org AND s.closed = 0 ORDER BY s.name LIMIT 500;

--! adviser_get one
--  out  name text, contact text, note text
SELECT a.name, a.contact, a.note FROM adviser a WHERE a.org_id = :org;

--! adviser_set exec
--  in   name text, contact text, note text
INSERT INTO adviser (org_id, name, contact, note) VALUES (:org, :name, :contact, :note)
ON CONFLICT (org_id) DO UPDATE SET name = excluded.name, contact = excluded.contact,
  note = excluded.note;
