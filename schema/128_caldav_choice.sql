-- SPDX-License-Identifier: Apache-2.0
-- What was decided about an event that somebody changed in the shared calendar.
-- wish: 0 nothing yet, 1 ours goes over theirs, 2 theirs stays until ours moves (left_sequence: as
-- ours was then). their_etag '': it is gone there.
ALTER TABLE caldav_event ADD COLUMN wish BIGINT NOT NULL DEFAULT 0;
ALTER TABLE caldav_event ADD COLUMN their_etag TEXT NOT NULL DEFAULT '';
ALTER TABLE caldav_event ADD COLUMN left_sequence BIGINT NOT NULL DEFAULT 0;
