-- SPDX-License-Identifier: Apache-2.0
-- How full the mailbox of answers is, where its server says so (RFC 9208), and what it would not do
-- with a mail that was read.
ALTER TABLE mail_service ADD COLUMN fill BIGINT NOT NULL DEFAULT -1;  -- per cent; -1: not known
ALTER TABLE mail_service ADD COLUMN note TEXT NOT NULL DEFAULT '';
