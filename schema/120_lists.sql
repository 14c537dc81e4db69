-- SPDX-License-Identifier: Apache-2.0
-- A list that asks only which activities are on it, and at which version, is answered by its index
-- alone. PostgreSQL would have to look at the rows all the same, and write both for every change.
--@sqlite
DROP INDEX activity_due;
CREATE INDEX activity_due ON activity (org_id, due, id, state, version);
DROP INDEX activity_open;
CREATE INDEX activity_open ON activity (org_id, due, id, latest, version) WHERE state < 3;
--@postgres
SELECT 1;
--@both
