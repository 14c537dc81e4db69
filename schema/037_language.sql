-- SPDX-License-Identifier: Apache-2.0
-- The language somebody reads Daybook in; NULL: what their browser asks for.
ALTER TABLE account ADD COLUMN language TEXT;
