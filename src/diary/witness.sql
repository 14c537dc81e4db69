-- SPDX-License-Identifier: Apache-2.0
--! witness_activities many
--  in   after id, most int
--  out  id id, kind text, title text, stage text, baseline text, earliest text, due text
--  out  latest text, state int, held_on text?, result text, cancel_reason text
SELECT a.id, a.kind, a.title, a.stage, a.baseline, a.earliest, a.due, a.latest, a.state, a.held_on,
       a.result, a.cancel_reason
FROM activity a WHERE a.org_id = :org AND a.id > :after ORDER BY a.id LIMIT :most;
