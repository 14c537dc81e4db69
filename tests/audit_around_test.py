# SPDX-License-Identifier: Apache-2.0
"""Around an audit: who approves, what needs whom, what is remembered, and its parts in `verify`."""
import audit_test
import lib


@lib.both_engines
class Around(audit_test.AuditTest):
    def needs(self, who):
        """Audits that need them, on Today."""
        return [row for s in self.get("/today", who)["sections"] if s["key"] == "audits"
                for row in s["rows"]]

    def test_an_exception_counts_once_its_approver_has_confirmed_it(self):
        audit = self.audit(lead=None)
        dora = self.as_person("dora")
        self.post(self.anna, f"/audits/{audit}/exceptions", person="bert@example.org",
                  reason="Nobody else knows the field", approver="dora@example.org")
        self.post(self.anna, f"/audits/{audit}/team", expect=422, person="bert@example.org",
                  part="lead")
        waiting = self.get(f"/audits/{audit}")["waivers"][0]
        self.assertTrue(waiting["waits"])
        confirm = f"/audits/{audit}/exceptions/{waiting['id']}/confirm"
        self.post(self.anna, confirm, expect=403)  # she may approve, but is not the one named
        self.assertEqual(len(self.needs(dora)), 1)
        self.assertEqual(self.needs(self.anna), [])
        self.post(dora, confirm)
        self.post(dora, confirm, expect=409)
        self.assertEqual(self.needs(dora), [])
        self.post(self.anna, f"/audits/{audit}/team", person="bert@example.org", part="lead")
        self.book.ok("verify")

    def test_a_part_that_is_changed_or_taken_away_is_named(self):
        audit = self.audit()
        home = f"/audits/{audit}"
        for person in "bert", "emil":
            self.post(self.anna, f"{home}/team", person=f"{person}@example.org", part="observer")
        self.post(self.anna, f"{home}/team/{self.person('emil')}/leave", reason="Is needed at sea")
        self.post(self.anna, f"{home}/exceptions", person="bert@example.org", reason="Alone")
        self.post(self.anna, f"{home}/auditees", person="emil@example.org", part="Keeps the keys")
        self.post(self.anna, f"{home}/timetable", on="2026-06-20", at="09:30", what="Opening")
        self.post(self.anna, f"{home}/samples", population="Leavers", of=40, size=5, how="random")
        self.post(self.cora, f"{home}/start")
        self.assess_all(self.cora, audit)
        self.post(self.cora, f"{home}/summary", summary="It works")
        self.post(self.cora, f"{home}/issue", people=[self.people["Dora"]])
        self.book.ok("verify")
        for table, column, value, said in (
                ("audit_member", "part", "auditor", "member of the team"),
                ("audit_member", "left_reason", "Fell ill", "former member of the team"),
                ("audit_waiver", "reason", "Convenient", "exception"),
                ("audit_auditee", "part", "Cleans", "auditee"),
                ("audit_area", "title", "Something else", "area"),
                ("audit_slot", "at_time", "10:00", "line of the timetable"),
                ("audit_sample", "drawn", "1, 2, 3, 4, 5", "sample"),
                ("audit_report", "hash", "0" * 64, "report")):
            with self.subTest(f"{table}.{column}"):
                where = "left_at IS NOT NULL" if column == "left_reason" else "1 = 1"
                before = self.book.sql(f"SELECT id, {column} FROM {table} WHERE {where}")
                self.book.sql(f"UPDATE {table} SET {column} = '{value}' WHERE {where}")
                told = self.book.run("verify")
                self.assertEqual(told.code, 3)
                self.assertIn(f"audit {audit}, {said}", told.out + told.err)
                for row, was in before:
                    self.book.sql(f"UPDATE {table} SET {column} = '{was}' WHERE id = {row}")
        self.book.sql("UPDATE audit_recipient SET person_id = 1")
        self.assertIn(f"audit {audit}, report", self.book.run("verify").out)
        self.book.sql(f"UPDATE audit_recipient SET person_id = {self.person('dora')}")
        self.book.ok("verify")
        for table in "member", "waiver", "auditee", "slot", "sample", "recipient", "report":
            self.book.sql(f"DELETE FROM audit_{table}")
        told = self.book.run("verify").out
        for said in ("member of the team", "former member of the team", "exception", "auditee",
                     "line of the timetable", "sample", "report"):
            self.assertRegex(told, rf"audit {audit}, {said} \d+ is gone")

    def test_the_command_line_confirms_for_the_one_who_is_named(self):
        audit = self.audit(lead=None)
        say = ("--org", "nordwind", "--json")
        self.book.ok("audits", "except", audit, "bert@example.org", "--reason", "Alone",
                     "--approver", "dora@example.org", "--by", "anna@example.org", *say)
        waiting = self.book.json("audits", "show", audit)["exceptions"][0]
        self.assertFalse(waiting["confirmed"])
        self.refused(self.book.run("audits", "confirm", audit, waiting["id"], "--by",
                                   "anna@example.org", *say), 1)
        shown = self.book.json("audits", "confirm", audit, waiting["id"], "--by",
                               "dora@example.org", "--org", "nordwind")
        self.assertTrue(shown["exceptions"][0]["confirmed"])

    def test_today_says_which_audits_need_whom(self):
        audit = self.audit()
        rows = self.needs(self.cora)
        self.assertIn("Plan it", rows[0]["todo"])
        self.post(self.cora, f"/audits/{audit}/start")
        self.assertIn("to assess", self.needs(self.cora)[0]["todo"])
        self.assess_all(self.cora, audit)
        self.assertIn("issue it", self.needs(self.cora)[0]["todo"])
        self.finding(self.cora, audit, owner="emil@example.org", due="2026-09-01")
        emil = self.as_person("emil")
        rows = self.needs(emil)
        self.assertEqual((rows[0]["title"], rows[0]["mark"]["word"]),
                         ("Leavers keep access", "To answer"))

    def test_an_external_activity_leads_to_the_audits_record(self):
        visits = [a for a in self.book.json("due", "--org", "nordwind")
                  if a["duty"] == "surveillance"]
        visit = next(a for a in visits if a["stage"] == "surveillance")
        page = self.get(f"/activities/{visit['id']}")
        self.assertEqual(page["room_place"], f"/audits/of/{visit['id']}")
        self.assertTrue(page["in_diary"])  # it can be concluded there as well
        check = next(a for a in visits if a["stage"] == "readiness")
        self.assertEqual(self.get(f"/activities/{check['id']}")["room_place"], "")

    def test_whoever_owned_it_within_twelve_months_is_a_warning(self):
        position = self.book.sql("SELECT id FROM position WHERE title = 'Identity Desk'")[0][0]
        for holder in "Cora", "Emil":
            self.post(self.anna, f"/positions/{position}/fill", person=self.people[holder])
        self.soa.write_text(audit_test.SOA.replace("bert@", "emil@"), "utf-8")
        self.book.ok("import", "--org", "nordwind", self.soa, "--as", "controls")
        audit = self.audit(lead="bert@example.org")
        self.post(self.anna, f"/audits/{audit}/team", person="cora@example.org", part="auditor")

        def words():
            return sorted(b["words"] for b in self.get(f"/audits/{audit}")["biases"])
        self.assertEqual(words(), [
            "Bert owned A.5.15 of “Access control” until 15 June 2026",
            "Cora owned A.5.16 of “Access control” until 15 June 2026"])
        self.assertEqual(self.get(f"/audits/{audit}")["blocked"], 0)
        self.server.stop()
        self.book.now = "2027-06-16T09:00:00Z"
        self.server = self.book.serve()
        self.anna = self.as_person("anna")
        self.assertEqual(words(), [])
        self.book.ok("verify")


if __name__ == "__main__":
    lib.main()
