-- SPDX-License-Identifier: Apache-2.0
-- Issues of the context, and what entries of a register said before.

--! issue_put exec
--  in  item id, side text, climate int?, effect text, response text
INSERT INTO context_issue (item_id, org_id, side, climate, effect, response)
VALUES (:item, :org, :side, :climate, :effect, :response)
ON CONFLICT (item_id) DO UPDATE SET
  side = excluded.side, climate = excluded.climate, effect = excluded.effect,
  response = excluded.response
WHERE context_issue.org_id = :org;

--! issue_get one
--  in  item id
--  out side text, climate int?, effect text, response text
SELECT side, climate, effect, response FROM context_issue
WHERE org_id = :org AND item_id = :item;

--! item_version_add insert
--  in  item id, kind text, removed bool, title text, words text, score int?
INSERT INTO item_version (org_id, item_id, kind, on_day, at, removed, title, words, score)
VALUES (:org, :item, :kind, :today, :now, :removed, :title, :words, :score);

-- What each entry of a kind said at the end of `to`, and what it said before `from`.
--! item_versions_between many
--  in  kind text, from date, to date, limit int
--  out item id, on_day date, removed bool, title text, words text, score int?
--  out before_words text?, before_title text?, before_score int?, created instant
SELECT v.item_id AS item, v.on_day, v.removed, v.title, v.words, v.score,
       b.words AS before_words, b.title AS before_title, b.score AS before_score, i.created
FROM item_version v
JOIN register_item i ON i.id = v.item_id AND i.org_id = v.org_id
LEFT JOIN item_version b ON b.org_id = v.org_id AND b.id = (
  SELECT max(x.id) FROM item_version x
  WHERE x.org_id = v.org_id AND x.item_id = v.item_id AND x.on_day < :from)
WHERE v.org_id = :org AND v.kind = :kind AND v.on_day >= :from AND v.id = (
  SELECT max(y.id) FROM item_version y
  WHERE y.org_id = v.org_id AND y.item_id = v.item_id AND y.on_day <= :to)
ORDER BY v.id LIMIT :limit;

-- Risks as they stood at the end of a day, with what the register says of each now.
--! risks_at many
--  in  on date, limit int
--  out item id, ref text, title text, score int?, treatment text, status text, owner_text text
--  out owner_name text?, position_title text?, holder_name text?
SELECT v.item_id AS item, i.ref, i.title, v.score, r.treatment, i.status, i.owner_text,
       p.name AS owner_name, po.title AS position_title, ho.name AS holder_name
FROM item_version v
JOIN register_item i ON i.id = v.item_id AND i.org_id = v.org_id
JOIN risk r ON r.item_id = v.item_id AND r.org_id = v.org_id
LEFT JOIN person p ON p.id = i.owner_person AND p.org_id = i.org_id
LEFT JOIN position po ON po.id = i.owner_position AND po.org_id = i.org_id
LEFT JOIN person ho ON ho.id = po.person_id AND ho.org_id = i.org_id
WHERE v.org_id = :org AND v.kind = 'risks' AND v.removed = 0 AND v.id = (
  SELECT max(x.id) FROM item_version x
  WHERE x.org_id = v.org_id AND x.item_id = v.item_id AND x.on_day <= :on)
ORDER BY v.score DESC, v.item_id LIMIT :limit;

--! issues_now one
--  out issues int, climate int, external int
SELECT count(*) AS issues,
  CAST(coalesce(sum(CASE WHEN k.climate = 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS climate,
  CAST(coalesce(sum(CASE WHEN lower(k.side) LIKE 'ext%' THEN 1 ELSE 0 END), 0) AS BIGINT)
    AS external
FROM context_issue k JOIN register_item i ON i.id = k.item_id AND i.org_id = k.org_id
WHERE k.org_id = :org AND i.removed = 0;

--! parties_now one
--  out parties int, uncovered int
SELECT count(*) AS parties,
  CAST(coalesce(sum(CASE WHEN k.covered_by = '' THEN 1 ELSE 0 END), 0) AS BIGINT) AS uncovered
FROM interested_party k JOIN register_item i ON i.id = k.item_id AND i.org_id = k.org_id
WHERE k.org_id = :org AND i.removed = 0;
