-- SPDX-License-Identifier: Apache-2.0
-- The language of those of an organisation who have not chosen one, and of its mails to them;
-- empty: what their browser asks for, and English.
ALTER TABLE organisation ADD COLUMN language TEXT NOT NULL DEFAULT '';
