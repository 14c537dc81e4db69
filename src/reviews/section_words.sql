-- SPDX-License-Identifier: Apache-2.0
-- What the manager says of each section of a review's pack.

--! section_words many
--  in   id id
--  out  section text, words text, version int
SELECT w.section, w.words, w.version FROM review_words w
WHERE w.org_id = :org AND w.activity_id = :id ORDER BY w.id LIMIT 100;

--! section_words_add exec
--  in   id id, section text, words text
INSERT INTO review_words (org_id, activity_id, section, words, said, said_by)
VALUES (:org, :id, :section, :words, :now, CASE WHEN :actor = 0 THEN NULL ELSE :actor END)
ON CONFLICT (org_id, activity_id, section) DO NOTHING;

--! section_words_change exec
--  in   id id, section text, words text, version int
UPDATE review_words SET words = :words, said = :now, version = version + 1,
  said_by = CASE WHEN :actor = 0 THEN NULL ELSE :actor END
WHERE org_id = :org AND activity_id = :id AND section = :section AND version = :version;

--! section_words_one one
--  in   id id, section text
--  out  words_id id
SELECT w.id AS words_id FROM review_words w
WHERE w.org_id = :org AND w.activity_id = :id AND w.section = :section;

--! section_words_page many
--  in   after id, most int
--  out  id id, section text, words text
SELECT w.id, w.section, w.words FROM review_words w
WHERE w.org_id = :org AND w.id > :after ORDER BY w.id LIMIT :most;
