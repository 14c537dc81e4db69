-- SPDX-License-Identifier: Apache-2.0
-- Rows that must agree with the ledger's last word.

--! witness_inputs many
--  in   after id, most int
--  out  id id, state int, words text, notes text, reason text, deferred_to id?
SELECT i.id, i.state, i.words, i.notes, i.reason, i.deferred_to
FROM review_input i
WHERE i.org_id = :org AND i.id > :after AND (i.said IS NOT NULL OR i.words <> '')
ORDER BY i.id LIMIT :most;

--! witness_decisions many
--  in   after id, most int
--  out  id id, letter text, kind text, words text, owner_person id?, owner_position id?, due text?
--  out  action_id id?, strike_reason text
SELECT d.id, d.letter, d.kind, d.words, d.owner_person, d.owner_position, d.due, d.action_id,
       d.strike_reason
FROM review_decision d WHERE d.org_id = :org AND d.id > :after ORDER BY d.id LIMIT :most;

--! witness_reviews many
--  in   after id, most int
--  out  id id, chair id?, quorum_percent int, agenda text, held_on text?, summary text
--  out  approved_by id?
SELECT r.activity_id AS id, r.chair, r.quorum_percent, r.agenda, r.held_on, r.summary,
       r.approved_by
FROM review r WHERE r.org_id = :org AND r.activity_id > :after ORDER BY r.activity_id LIMIT :most;
