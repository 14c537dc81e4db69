-- SPDX-License-Identifier: Apache-2.0
--! incidents_until many
--  in  until text, limit int
--  out item id, ref text, title text, severity text, type text, reported_at text, resolved_at text
--  out repair_hours text, status text, data_breach text
SELECT i.id AS item, i.ref, i.title, n.severity, n.type, n.reported_at, n.resolved_at,
       n.repair_hours, i.status, n.data_breach
FROM incident n JOIN register_item i ON i.id = n.item_id AND i.org_id = n.org_id
WHERE n.org_id = :org AND i.removed = 0 AND n.reported_at < :until
ORDER BY n.reported_at, i.id LIMIT :limit;
