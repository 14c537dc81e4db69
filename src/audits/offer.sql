-- SPDX-License-Identifier: Apache-2.0
-- What of audits needs who reads, in one look. what: 1 an exception that waits for their
-- confirmation, 2 a report they have not read, 3 a finding that is theirs to answer, 4 an audit
-- they hold whose activity is somebody else's (their own stands with their activities already).
--! audit_offer_today many
--  in   horizon date
--  out  what int, audit id, about id, title text, words text, due date, state int, started bool
--  out  open int, items int, issued bool
-- Gathered in a bounded look and ordered once: a compound would order each part and merge them.
SELECT x.what, x.audit, x.about, x.title, x.words, x.due, x.state, x.started, x.open, x.items,
       x.issued FROM (
SELECT 1 AS what, a.id AS audit, w.id AS about, a.title, p.name AS words, d.due, d.state,
       CASE WHEN a.started IS NULL THEN 0 ELSE 1 END AS started, 0 AS open, 0 AS items,
       CASE WHEN a.issued IS NULL THEN 0 ELSE 1 END AS issued
FROM audit_waiver w
JOIN audit a ON a.id = w.audit_id AND a.org_id = w.org_id
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
JOIN person p ON p.id = w.person_id AND p.org_id = w.org_id
WHERE w.org_id = :org AND w.approved_by = :actor AND w.confirmed IS NULL
  AND (d.state < 3 OR a.open_again = 1)
UNION ALL
SELECT 2, a.id, r.report_id, a.title, '', d.due, d.state, 1, 0, 0, 1
FROM audit_recipient r
JOIN audit_report e ON e.id = r.report_id AND e.org_id = r.org_id
JOIN audit a ON a.id = e.audit_id AND a.org_id = e.org_id AND a.issued = e.issued
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
WHERE r.org_id = :org AND r.person_id = :actor AND r.read_at IS NULL
UNION ALL
SELECT 3, a.id, f.id, f.title, a.title, d.due, d.state, 1, 0, 0, 0
FROM audit_finding f
JOIN audit a ON a.id = f.audit_id AND a.org_id = f.org_id
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
WHERE f.org_id = :org AND f.answer = 0 AND f.grade < 2 AND f.withdrawn = ''
  AND a.issued IS NULL AND a.kind = 'internal' AND (d.state < 3 OR a.open_again = 1)
  AND (f.owner_person = :actor OR f.owner_position IN
       (SELECT q.id FROM position q WHERE q.org_id = :org AND q.person_id = :actor))
UNION ALL
SELECT 4, a.id, a.id, a.title, '', d.due, d.state,
       CASE WHEN a.started IS NULL THEN 0 ELSE 1 END,
       (SELECT count(*) FROM audit_item i
        WHERE i.org_id = :org AND i.audit_id = a.id AND i.result = 0),
       (SELECT count(*) FROM audit_item i WHERE i.org_id = :org AND i.audit_id = a.id),
       CASE WHEN a.issued IS NULL THEN 0 ELSE 1 END
FROM audit_member m
JOIN audit a ON a.id = m.audit_id AND a.org_id = m.org_id
JOIN activity d ON d.id = a.activity_id AND d.org_id = a.org_id
WHERE m.org_id = :org AND m.person_id = :actor AND m.left_at IS NULL AND m.part <> 'observer'
  AND (d.state < 3 AND d.due <= :horizon OR a.open_again = 1)
  AND (d.owner_person IS NULL OR d.owner_person <> :actor)
LIMIT 10000) AS x
ORDER BY x.what, x.due, x.about LIMIT 40;
