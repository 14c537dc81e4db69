# SPDX-License-Identifier: Apache-2.0
"""What Readiness and Today count is derived: after each kind of change it is what `daybook rebuild`
makes of the source, and the paper shield is what one counts by hand."""
import lib

NOW = "2026-06-15T09:00:00Z"
LATER = "2027-05-20T09:00:00Z"
PAPERS = ("Control ID,Control Name,Applicable,Justification,Implementation Status\n"
          "A.5.1,Policies,Yes,Needed,Implemented\nA.5.2,Roles,Yes,Needed,Implemented\n"
          "A.7.4,Cameras,No,No premises,Not applicable\n")
DOCUMENTS = "Doc ID,Title,Type,Owner,Version,Status\nP-1,Policy,Policy,CISO,1.0,Published\n"


@lib.both_engines
class Tallies(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        for name, text in (("statement-of-applicability.csv", PAPERS),
                           ("document-control-register.csv", DOCUMENTS)):
            (self.book.folder / name).write_text(text)
            self.book.ok("import", "--org", "nordwind", self.book.folder / name)

    def pages(self, now):
        """Readiness and Today as the security manager reads them on a day."""
        server = self.book.serve(now=now)
        made = self.book.json("token", "create", "--org", "nordwind", "--name", f"reader {now}",
                              "--scope", "read", "--person", "anna@example.org", now=now)
        anna = server.client(token=made["token"])
        told = [anna.api("GET", f"/o/nordwind/{page}").json() for page in ("readiness", "today")]
        server.stop()
        return told

    def agree(self, now=NOW):
        before = self.pages(now)
        self.book.ok("rebuild", "--org", "nordwind")
        self.assertEqual(before, self.pages(now))
        return before[0]

    def shield(self, readiness):
        figure = next(f for f in readiness["figures"] if f["label"] == "Paper shield")
        return figure["why"]

    def item(self, ref):
        return self.book.sql(f"SELECT id FROM register_item WHERE ref = '{ref}'")[0][0]

    def test_moves_conclusions_and_cancellations_are_counted_as_they_happen(self):
        server = self.book.serve()
        anna = self.book.signed_in(server)
        due = self.book.json("due", "--org", "nordwind", now=NOW)
        place = "/o/nordwind/activities/"
        moved, cancelled = due[0]["id"], due[1]["id"]
        self.assertEqual(anna.get(f"{place}{moved}/move").submit(
            "/move", due="2026-06-29", reason="The auditor is ill").status, 200)
        self.assertEqual(anna.get(f"{place}{cancelled}/cancel").submit(
            "/cancel", reason="Held together with the next").status, 200)
        server.stop()
        self.agree()
        self.agree(LATER)

    def test_a_changed_cadence_changes_how_long_evidence_is_fresh(self):
        duty = self.book.sql("SELECT id FROM duty WHERE every_months = 3 ORDER BY id")[0][0]
        server = self.book.serve()
        anna = self.book.signed_in(server)
        page = anna.get(f"/o/nordwind/duties/{duty}")
        answer = page.submit(None, "every_months", every_months="6",
                             reason="Low risk since the move")
        self.assertEqual(answer.status, 200)
        self.assertEqual(self.book.sql(f"SELECT every_months FROM duty WHERE id = {duty}"), [["6"]])
        server.stop()
        self.agree(LATER)

    def test_the_paper_shield_follows_registers_and_evidence(self):
        self.assertEqual(self.shield(self.agree()), "1 of 1 documents and 2 of 2 controls without "
                         "evidence that they operate")
        (self.book.folder / "log.txt").write_text("Reviewed by the board.")
        self.book.ok("evidence", "add", self.book.folder / "log.txt", "--org", "nordwind",
                     "--date", "2026-05-01", "--object", f"register_item:{self.item('A.5.1')}")
        self.assertIn("1 of 2 controls", self.shield(self.agree()))
        self.assertIn("2 of 2 controls", self.shield(self.agree("2027-05-02T09:00:00Z")))
        server = self.book.serve()
        anna = self.book.signed_in(server)
        piece = self.book.sql("SELECT id FROM evidence")[0][0]
        anna.get(f"/o/nordwind/evidence/{piece}").submit("/withdraw", reason="Not this board")
        server.stop()
        self.assertIn("2 of 2 controls", self.shield(self.agree()))
        (self.book.folder / "statement-of-applicability.csv").write_text(
            PAPERS.replace("A.5.2,Roles,Yes", "A.5.2,Roles,No"))
        self.book.ok("import", "--org", "nordwind",
                     self.book.folder / "statement-of-applicability.csv")
        self.assertIn("1 of 1 controls", self.shield(self.agree()))


if __name__ == "__main__":
    lib.main()
