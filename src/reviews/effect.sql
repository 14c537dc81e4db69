-- SPDX-License-Identifier: Apache-2.0
-- What decisions change, and what came of it.

--! effect_insert exec
--  in   decision id, effect text, duty id?, activity id?, item id?, months int?, day date?,
--       amount real?, currency text, days real?, people real?
INSERT INTO review_effect (decision_id, org_id, effect, duty_id, activity_id, item_id, months, day,
                           amount, currency, days, people)
VALUES (:decision, :org, :effect, :duty, :activity, :item, :months, :day, :amount, :currency,
        :days, :people);

--! effects_of many
--  in   id id
--  out  decision id, effect text, duty id?, duty_title text?, activity id?, activity_title text?,
--       item id?, ref text?, risk_title text?, months int?, day date?, amount real?,
--       currency text, days real?, people real?, state int, outcome text, due date?
SELECT e.decision_id AS decision, e.effect, e.duty_id AS duty, u.title AS duty_title,
       e.activity_id AS activity, a.title AS activity_title, e.item_id AS item, i.ref,
       i.title AS risk_title, e.months, e.day, e.amount, e.currency, e.days, e.people, e.state,
       e.outcome, d.due
FROM review_effect e
JOIN review_decision d ON d.id = e.decision_id AND d.org_id = e.org_id
LEFT JOIN duty u ON u.id = e.duty_id AND u.org_id = e.org_id
LEFT JOIN activity a ON a.id = e.activity_id AND a.org_id = e.org_id
LEFT JOIN register_item i ON i.id = e.item_id AND i.org_id = e.org_id
WHERE e.org_id = :org AND d.activity_id = :id ORDER BY e.decision_id LIMIT 500;

--! effect_settle exec
--  in   decision id, state int, outcome text
UPDATE review_effect SET state = :state, outcome = :outcome, settled = :now
WHERE org_id = :org AND decision_id = :decision AND state = 0;

--! effect_duty one
--  in   id id
--  out  title text, every_months int, anchor int
SELECT d.title, d.every_months, d.anchor FROM duty d WHERE d.org_id = :org AND d.id = :id;

--! effect_activity one
--  in   id id
--  out  title text, due date, state int
SELECT a.title, a.due, a.state FROM activity a WHERE a.org_id = :org AND a.id = :id;

--! effect_witness many
--  in   after id, most int
--  out  id id, effect text, duty id?, activity id?, item id?, months int?, day text?,
--       amount real?, currency text, days real?, people real?, state int, outcome text
SELECT e.decision_id AS id, e.effect, e.duty_id AS duty, e.activity_id AS activity,
       e.item_id AS item, e.months, e.day, e.amount, e.currency, e.days, e.people, e.state,
       e.outcome
FROM review_effect e WHERE e.org_id = :org AND e.decision_id > :after
ORDER BY e.decision_id LIMIT :most;

--! effect_grants many
--  in   limit int
--  out  review id, review_title text, held_on date?, decision id, words text, due date?,
--       action id?, action_state int?, action_due date?, amount real?, currency text, days real?,
--       people real?, state int, owner_name text?, position_title text?, holder_name text?
SELECT d.activity_id AS review, a.title AS review_title, a.held_on, d.id AS decision, d.words,
       d.due, d.action_id AS action, k.state AS action_state, k.due AS action_due, e.amount,
       e.currency, e.days, e.people, e.state, p.name AS owner_name, po.title AS position_title,
       ho.name AS holder_name
FROM review_effect e
JOIN review_decision d ON d.id = e.decision_id AND d.org_id = e.org_id
JOIN activity a ON a.id = d.activity_id AND a.org_id = d.org_id
LEFT JOIN action k ON k.id = d.action_id AND k.org_id = d.org_id
LEFT JOIN person p ON p.id = d.owner_person AND p.org_id = d.org_id
LEFT JOIN position po ON po.id = d.owner_position AND po.org_id = d.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = d.org_id
WHERE e.org_id = :org AND e.effect = 'grant' AND d.struck IS NULL
ORDER BY d.id DESC LIMIT :limit;

-- Where a decision can point: duties with a cadence, and what is open in the diary.
--! effect_duties many
--  out  id id, title text, every_months int
SELECT d.id, d.title, d.every_months FROM duty d
WHERE d.org_id = :org AND d.every_months > 0 AND d.until_on > :today
ORDER BY d.title, d.id LIMIT 200;

--! effect_coming many
--  in   until date
--  out  id id, title text, due date
SELECT a.id, a.title, a.due FROM activity a
WHERE a.org_id = :org AND a.state < 3 AND a.due <= :until ORDER BY a.due, a.id LIMIT 200;

-- What earlier reviews changed: what is in effect, and what was not possible.
--! effects_earlier many
--  in   since int, to date, limit int
--  out  decision id, words text, effect text, state int, outcome text, duty id?, activity id?,
--       item id?, review id, review_title text, held_on date?
SELECT d.id AS decision, d.words, e.effect, e.state, e.outcome, e.duty_id AS duty,
       e.activity_id AS activity, e.item_id AS item, a.id AS review, a.title AS review_title,
       a.held_on
FROM review_effect e
JOIN review_decision d ON d.id = e.decision_id AND d.org_id = e.org_id
JOIN activity a ON a.id = d.activity_id AND a.org_id = d.org_id
WHERE e.org_id = :org AND d.struck IS NULL AND e.state > 0 AND e.settled < :since AND a.due <= :to
ORDER BY d.id DESC LIMIT :limit;
