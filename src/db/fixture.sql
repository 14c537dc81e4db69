-- SPDX-License-Identifier: Apache-2.0

--! fixture_add insert
--  in   name text, note text?, amount int?, share real?, flag bool, due date?,
--       at instant?, bytes blob?, parent id?
--  unheard "the test's own table"
INSERT INTO fixture (org_id, name, note, amount, share, flag, due, at, bytes, parent_id)
VALUES (:org, :name, :note, :amount, :share, :flag, :due, :at, :bytes, :parent);

--! fixture_get one
--  in   id id
--  out  id id, name text, note text?, amount int?, share real?, flag bool, due date?, at instant?,
--       bytes blob?, parent_id id?
SELECT id, name, note, amount, share, flag, due, at, bytes, parent_id
FROM fixture WHERE org_id = :org AND id = :id; -- it's :ignored here

--! fixture_list many
--  in   limit int
--  out  id id, name text, amount int?
--  sort name: f.name | amount: f.amount, f.id DESC
SELECT f.id, f.name, f.amount FROM fixture f WHERE f.org_id = :org ORDER BY {sort} LIMIT :limit;

--! fixture_each each
--  out  id id, name text
SELECT id, name FROM fixture WHERE org_id = :org ORDER BY id;

--! fixture_alone each
--  alone "the test asks nothing else meanwhile"
--  out  id id, name text
SELECT id, name FROM fixture WHERE org_id = :org ORDER BY id;

--! fixture_rename exec
--  in   id id, name text
--  unheard "the test's own table"
UPDATE fixture SET name = :name WHERE org_id = :org AND id = :id;

--! fixture_call exec
--  in   id id, name text
--  unheard "the test's own table"
--  later "the test looks afterwards"
UPDATE fixture SET name = :name WHERE org_id = :org AND id = :id;

--! fixture_named one
--  in   name text
--  out  id id
SELECT id FROM fixture WHERE org_id = :org AND name LIKE :name;

--! fixture_stamp exec
--  in   id id
UPDATE fixture SET at = :now, due = :today, parent_id = :actor WHERE org_id = :org AND id = :id;

--! fixture_total one
--  unscoped "the test counts over all organisations"
--  out  rows int, total int, mean real, late bool
SELECT count(*) AS rows, coalesce(sum(amount), 0) AS total, coalesce(avg(amount), 0) AS mean,
--@sqlite
  1 AS late
--@postgres
  true AS late
--@both
FROM fixture;

--! fixture_clear exec
--  unscoped "the test cleans up"
--  unheard "the test's own table"
DELETE FROM fixture;
