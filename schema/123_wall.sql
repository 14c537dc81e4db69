-- SPDX-License-Identifier: Apache-2.0
-- The wall around an organisation's rows as tools/schema.py writes it now, for databases that had
-- another: the organisation is read once a statement instead of once a row, and as a CASE it says
-- nothing to the planner about how many rows pass, so that the plan kept for everybody does not
-- depend on the organisation that asked first.
--@postgres
DO $$
DECLARE walled record;
BEGIN
  FOR walled IN
    SELECT tablename FROM pg_policies
    WHERE schemaname = current_schema() AND policyname = 'organisation_wall'
  LOOP
    EXECUTE format('ALTER POLICY organisation_wall ON %I USING (CASE
      WHEN org_id = (SELECT NULLIF(current_setting(''daybook.org'', true), '''')::bigint) THEN true
      ELSE current_setting(''daybook.scope'', true) = ''installation'' END)', walled.tablename);
  END LOOP;
END $$;
