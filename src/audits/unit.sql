-- SPDX-License-Identifier: Apache-2.0
-- The audit universe: units, what they protect or have suffered, merged and split.

--! unit_insert insert
--  in   unit_key text, kind text, title text, refs text, needs text, effort int, owner_person id?
--  in   owner_position id?, site id?, register_item id?, edited bool
INSERT INTO audit_unit (org_id, unit_key, kind, title, refs, needs, effort, owner_person,
                        owner_position, site_id, register_item, edited, created, changed)
VALUES (:org, :unit_key, :kind, :title, :refs, :needs, :effort, :owner_person, :owner_position,
        :site, :register_item, :edited, :now, :now);

--! unit_all many
--  in   limit int
--  out  id id, unit_key text, kind text, title text, refs text, needs text, effort int
--  out  max_interval int, interval_reason text, weight int, weight_reason text, outsourced int
--  out  last_audited date?, owner_person id?, owner_position id?, site id?, register_item id?
--  out  edited bool, retired instant?, retired_reason text, successor id?, version int
--  out  owner_name text?, position_title text?, holder id?, holder_name text?, site_name text?
--  out  manager id?
SELECT u.id, u.unit_key, u.kind, u.title, u.refs, u.needs, u.effort, u.max_interval,
       u.interval_reason, u.weight, u.weight_reason, u.outsourced, u.last_audited, u.owner_person,
       u.owner_position, u.site_id AS site, u.register_item, u.edited, u.retired,
       u.retired_reason, u.successor_id AS successor, u.version, p.name AS owner_name,
       po.title AS position_title, po.person_id AS holder, ho.name AS holder_name,
       s.name AS site_name, p.manager_id AS manager
FROM audit_unit u
LEFT JOIN person p ON p.id = u.owner_person AND p.org_id = u.org_id
LEFT JOIN position po ON po.id = u.owner_position AND po.org_id = u.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = u.org_id
LEFT JOIN site s ON s.id = u.site_id AND s.org_id = u.org_id
WHERE u.org_id = :org ORDER BY u.kind, u.id LIMIT :limit;

--! unit_item one
--  in   item id
--  out  kind text, title text
SELECT i.kind, i.title FROM register_item i
WHERE i.org_id = :org AND i.id = :item AND i.removed = 0;

--! unit_count one
--  out  live int
SELECT COUNT(*) AS live FROM audit_unit u WHERE u.org_id = :org AND u.retired IS NULL;

--! unit_update exec
--  in   id id, version int, title text, refs text, needs text, effort int, max_interval int
--  in   interval_reason text, weight int, weight_reason text, outsourced int, last_audited date?
--  in   owner_person id?, owner_position id?, edited bool
UPDATE audit_unit SET title = :title, refs = :refs, needs = :needs, effort = :effort,
  max_interval = :max_interval, interval_reason = :interval_reason, weight = :weight,
  weight_reason = :weight_reason, outsourced = :outsourced, last_audited = :last_audited,
  owner_person = :owner_person, owner_position = :owner_position, edited = :edited,
  changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! unit_retire exec
--  in   id id, version int, reason text, successor id?
UPDATE audit_unit SET retired = :now, retired_reason = :reason, successor_id = :successor,
  changed = :now, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version;

--! unit_change_insert insert
--  in   from_unit id, to_unit id, what text, reason text
INSERT INTO audit_unit_change (org_id, from_unit, to_unit, what, reason, changed, changed_by)
VALUES (:org, :from_unit, :to_unit, :what, :reason, :now, :actor);

--! unit_changes many
--  in   unit id
--  out  from_unit id, from_title text, to_unit id, to_title text, what text, reason text
--  out  changed instant, by text?
SELECT h.from_unit, f.title AS from_title, h.to_unit, t.title AS to_title, h.what, h.reason,
       h.changed, p.name AS by
FROM audit_unit_change h
JOIN audit_unit f ON f.id = h.from_unit AND f.org_id = h.org_id
JOIN audit_unit t ON t.id = h.to_unit AND t.org_id = h.org_id
LEFT JOIN person p ON p.id = h.changed_by AND p.org_id = h.org_id
WHERE h.org_id = :org AND (h.from_unit = :unit OR h.to_unit = :unit) ORDER BY h.id;

--! unit_link_put exec
--  in   unit id, kind text, item id, why text, size int, dated date?, by_hand bool
--  unheard "derived from the registers; building the universe makes it anew"
INSERT INTO audit_unit_link (org_id, unit_id, kind, item_id, why, size, dated, by_hand)
VALUES (:org, :unit, :kind, :item, :why, :size, :dated, :by_hand)
ON CONFLICT (org_id, unit_id, kind, item_id) DO UPDATE SET
  size = excluded.size, dated = excluded.dated;

--! unit_link_remove exec
--  in   unit id, kind text, item id
--  unheard "derived from the registers; building the universe makes it anew"
DELETE FROM audit_unit_link
WHERE org_id = :org AND unit_id = :unit AND kind = :kind AND item_id = :item;

--! unit_link_move exec
--  in   from_unit id, to_unit id
INSERT INTO audit_unit_link (org_id, unit_id, kind, item_id, why, size, dated, by_hand)
SELECT l.org_id, t.id, l.kind, l.item_id, l.why, l.size, l.dated, l.by_hand
FROM audit_unit_link l, audit_unit t
WHERE l.org_id = :org AND t.org_id = :org AND l.unit_id = :from_unit AND t.id = :to_unit
ON CONFLICT (org_id, unit_id, kind, item_id) DO NOTHING;

--! unit_link_keys many
--  out  unit id, kind text, item id, by_hand bool
SELECT l.unit_id AS unit, l.kind, l.item_id AS item, l.by_hand FROM audit_unit_link l
WHERE l.org_id = :org ORDER BY l.unit_id, l.item_id;

--! unit_link_facts many
--  out  unit id, kind text, size int, dated date?, status text?, state int?
SELECT l.unit_id AS unit, l.kind, l.size, l.dated, i.status, f.state
FROM audit_unit_link l
LEFT JOIN register_item i ON i.id = l.item_id AND i.org_id = l.org_id AND l.kind <> 'findings'
LEFT JOIN finding f ON f.id = l.item_id AND f.org_id = l.org_id AND l.kind = 'findings'
WHERE l.org_id = :org AND (f.id IS NOT NULL OR i.removed = 0) ORDER BY l.unit_id, l.id;

--! unit_links many
--  in   unit id
--  out  item id, kind text, ref text?, title text?, status text?, why text, size int, dated date?
--  out  by_hand bool, in_register id?, finding id?, finding_title text?, finding_number int?
--  out  state int?
SELECT l.item_id AS item, l.kind, i.ref, i.title, i.status, l.why, l.size, l.dated, l.by_hand,
       i.register_id AS in_register, f.id AS finding, f.title AS finding_title,
       f.number AS finding_number, f.state
FROM audit_unit_link l
LEFT JOIN register_item i ON i.id = l.item_id AND i.org_id = l.org_id AND l.kind <> 'findings'
LEFT JOIN finding f ON f.id = l.item_id AND f.org_id = l.org_id AND l.kind = 'findings'
WHERE l.org_id = :org AND l.unit_id = :unit AND (f.id IS NOT NULL OR i.removed = 0)
ORDER BY l.kind, l.id LIMIT 300;

--! unit_held many
--  out  unit id, held date
SELECT g.unit_id AS unit, MAX(a.held_on) AS held
FROM audit_assignment g JOIN activity a ON a.id = g.activity_id AND a.org_id = g.org_id
WHERE g.org_id = :org AND a.state = 3 AND a.held_on IS NOT NULL
GROUP BY g.unit_id ORDER BY g.unit_id;

-- ---- what the registers hold ----

--! source_controls many
--  out  item id, ref text, title text, applicable int?, owner_person id?, owner_position id?
--  out  holder id?
SELECT i.id AS item, i.ref, i.title, k.applicable, i.owner_person, i.owner_position,
       po.person_id AS holder
FROM register_item i JOIN control k ON k.item_id = i.id AND k.org_id = i.org_id
LEFT JOIN position po ON po.id = i.owner_position AND po.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'controls' AND i.removed = 0 ORDER BY i.id;

--! source_risks many
--  out  item id, ref text, title text, description text, status text, asset text, threat text
--  out  controls text, residual int?, inherent int?
SELECT i.id AS item, i.ref, i.title, i.description, i.status, r.asset, r.threat, r.controls,
       r.residual_score AS residual, r.inherent_score AS inherent
FROM register_item i JOIN risk r ON r.item_id = i.id AND r.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'risks' AND i.removed = 0 ORDER BY i.id;

--! source_suppliers many
--  out  item id, ref text, title text, criticality text, owner_person id?, owner_position id?
SELECT i.id AS item, i.ref, i.title, s.criticality, i.owner_person, i.owner_position
FROM register_item i JOIN supplier s ON s.item_id = i.id AND s.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'suppliers' AND i.removed = 0 ORDER BY i.id;

--! source_processes many
--  out  item id, ref text, title text, type text, owner_person id?, owner_position id?
SELECT i.id AS item, i.ref, i.title, d.type, i.owner_person, i.owner_position
FROM register_item i JOIN document d ON d.item_id = i.id AND d.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'documents' AND i.removed = 0
  AND (LOWER(d.type) LIKE '%procedure%' OR LOWER(d.type) LIKE '%process%')
ORDER BY i.id;

--! source_incidents many
--  out  item id, ref text, title text, description text, type text, severity text, assets text
--  out  reported text, cause text
SELECT i.id AS item, i.ref, i.title, i.description, n.type, n.severity, n.assets,
       n.reported_at AS reported, n.cause
FROM register_item i JOIN incident n ON n.item_id = i.id AND n.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'incidents' AND i.removed = 0 ORDER BY i.id;

--! source_findings many
--  out  item id, title text, statement text, criterion text, area text, grade int, raised date
--  out  unit id?
SELECT f.id AS item, f.title, f.statement, f.criterion, f.area, f.grade, f.raised,
       (SELECT MAX(g.unit_id) FROM audit_assignment g
        WHERE g.org_id = f.org_id AND g.activity_id = f.activity_id) AS unit
FROM finding f WHERE f.org_id = :org AND f.grade <= 3 ORDER BY f.id;

--! source_changes many
--  out  item id, ref text, title text, description text, status text
SELECT i.id AS item, i.ref, i.title, i.description, i.status
FROM register_item i JOIN register g ON g.id = i.register_id AND g.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'plain' AND i.removed = 0
  AND (LOWER(g.name) LIKE '%change%' OR LOWER(g.source) LIKE '%change%')
ORDER BY i.id;

--! source_change_notes many
--  in   item id
--  out  name text, value text
SELECT n.name, n.value FROM item_note n WHERE n.org_id = :org AND n.item_id = :item
ORDER BY n.position;

--! source_sites many
--  out  id id, name text, head_count int
SELECT s.id, s.name, s.head_count FROM site s WHERE s.org_id = :org AND s.closed = 0 ORDER BY s.id;

-- ---- weights ----

--! weight_all many
--  out  part text, weight int
SELECT w.part, w.weight FROM audit_weight w WHERE w.org_id = :org ORDER BY w.part;

--! weight_put exec
--  in   part text, weight int
INSERT INTO audit_weight (org_id, part, weight) VALUES (:org, :part, :weight)
ON CONFLICT (org_id, part) DO UPDATE SET weight = excluded.weight;

--! unit_titles_sorted many
--  out  id id, title text
SELECT u.id, u.title FROM audit_unit u WHERE u.org_id = :org AND u.retired IS NULL
ORDER BY u.title, u.id LIMIT 2000;

--! witness_units many
--  in   after id, most int
--  out  id id, unit_key text, kind text, title text, refs text, needs text, effort int
--  out  max_interval int, weight int, last_audited text?
SELECT u.id, u.unit_key, u.kind, u.title, u.refs, u.needs, u.effort, u.max_interval, u.weight,
       u.last_audited
FROM audit_unit u WHERE u.org_id = :org AND u.id > :after ORDER BY u.id LIMIT :most;
