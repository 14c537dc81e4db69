-- SPDX-License-Identifier: Apache-2.0
-- What raises the cadence, the duty it belongs to, and what was chosen.

--! cadence_happened one
--  in   since date
--  out  majors_open int, incidents int, missed int
SELECT
  (SELECT count(*) FROM finding f WHERE f.org_id = :org AND f.grade = 0 AND f.state < 8)
    AS majors_open,
  (SELECT count(*) FROM incident n JOIN register_item i ON i.id = n.item_id AND i.org_id = n.org_id
   WHERE n.org_id = :org AND i.removed = 0 AND n.reported_at >= :since
     AND lower(n.severity) IN ('high', 'critical', 'severe', 'major')) AS incidents,
  (SELECT count(*) FROM activity a WHERE a.org_id = :org AND a.state < 3 AND a.latest < :today)
    AS missed;

--! cadence_duty one
--  out  id id, every_months int
SELECT d.id, d.every_months FROM duty d
WHERE d.org_id = :org AND d.duty_key = 'management_review.later';

--! cadence_last one
--  in   duty id
--  out  proposed_months int, chosen_months int, reason text, decided instant, decided_by text?
SELECT k.proposed_months, k.chosen_months, k.reason, k.decided, p.name AS decided_by
FROM review_cadence k LEFT JOIN person p ON p.id = k.decided_by AND p.org_id = k.org_id
WHERE k.org_id = :org AND k.duty_id = :duty ORDER BY k.id DESC LIMIT 1;

--! cadence_insert insert
--  in   duty id, proposed int, chosen int, why text, reason text
INSERT INTO review_cadence (org_id, duty_id, proposed_months, chosen_months, why, reason, decided,
                            decided_by)
VALUES (:org, :duty, :proposed, :chosen, :why, :reason, :now,
        CASE WHEN :actor = 0 THEN NULL ELSE :actor END);
