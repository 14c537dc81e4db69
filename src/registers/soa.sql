-- SPDX-License-Identifier: Apache-2.0
-- The Statement of Applicability: what the register says now, and its frozen versions.

-- Pieces of evidence: linked to the control, or at activities of duties that check it.
--! soa_present many
--  out  id id, ref text, title text, description text, status text, applicable bool?
--  out  justification text, reference text, owner text, evidence int
SELECT i.id, i.ref, i.title, i.description, i.status, k.applicable, k.justification, k.reference,
       COALESCE(p.name, h.name, o.title, i.owner_text) AS owner,
       (SELECT count(*) FROM evidence_link l JOIN evidence e ON e.id = l.evidence_id
          AND e.org_id = l.org_id
        WHERE l.org_id = :org AND l.object_kind = 'register_item' AND l.object_id = i.id
          AND e.withdrawn_at IS NULL) AS evidence
FROM register_item i
JOIN control k ON k.item_id = i.id AND k.org_id = i.org_id
LEFT JOIN person p ON p.id = i.owner_person AND p.org_id = i.org_id
LEFT JOIN position o ON o.id = i.owner_position AND o.org_id = i.org_id
LEFT JOIN person h ON h.id = o.person_id AND h.org_id = i.org_id
WHERE i.org_id = :org AND i.kind = 'controls' AND i.removed = 0 ORDER BY i.id;

--! soa_version_insert insert
--  in   number int, note text, hash text
INSERT INTO soa_version (org_id, number, note, hash, made, made_by)
VALUES (:org, :number, :note, :hash, :now, :actor);

--! soa_line_insert exec
--  in   version_id id, place int, ref text, title text, applicable bool?, justification text
--  in   status text, implementation text, reference text, owner text, evidence int
INSERT INTO soa_line (org_id, version_id, place, ref, title, applicable, justification, status,
                      implementation, reference, owner, evidence)
VALUES (:org, :version_id, :place, :ref, :title, :applicable, :justification, :status,
        :implementation, :reference, :owner, :evidence);

--! soa_versions many
--  in   limit int
--  out  id id, number int, note text, hash text, made instant, made_by text?
--  out  approved instant?, approved_by text?, version int
SELECT v.id, v.number, v.note, v.hash, v.made, m.name AS made_by, v.approved,
       a.name AS approved_by, v.version
FROM soa_version v
LEFT JOIN person m ON m.id = v.made_by AND m.org_id = v.org_id
LEFT JOIN person a ON a.id = v.approved_by AND a.org_id = v.org_id
WHERE v.org_id = :org ORDER BY v.number DESC LIMIT :limit;

--! soa_version_get one
--  in   id id
--  out  id id, number int, note text, hash text, made instant, made_by text?
--  out  made_by_person id?, approved instant?, approved_by text?, version int
SELECT v.id, v.number, v.note, v.hash, v.made, m.name AS made_by, v.made_by AS made_by_person,
       v.approved, a.name AS approved_by, v.version
FROM soa_version v
LEFT JOIN person m ON m.id = v.made_by AND m.org_id = v.org_id
LEFT JOIN person a ON a.id = v.approved_by AND a.org_id = v.org_id
WHERE v.org_id = :org AND v.id = :id;

--! soa_version_before one
--  in   number int
--  out  id id
SELECT v.id FROM soa_version v WHERE v.org_id = :org AND v.number < :number
ORDER BY v.number DESC LIMIT 1;

--! soa_version_approve exec
--  in   id id, version int
UPDATE soa_version SET approved = :now, approved_by = :actor, version = version + 1
WHERE org_id = :org AND id = :id AND version = :version AND approved IS NULL;

--! soa_lines many
--  in   version_id id
--  out  ref text, title text, applicable bool?, justification text, status text
--  out  implementation text, reference text, owner text, evidence int
SELECT l.ref, l.title, l.applicable, l.justification, l.status, l.implementation, l.reference,
       l.owner, l.evidence
FROM soa_line l WHERE l.org_id = :org AND l.version_id = :version_id ORDER BY l.place;

--! soa_witness_rows many
--  in   after id, most int
--  out  id id, number int, hash text
SELECT v.id, v.number, v.hash FROM soa_version v
WHERE v.org_id = :org AND v.id > :after ORDER BY v.id LIMIT :most;
