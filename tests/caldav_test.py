# SPDX-License-Identifier: Apache-2.0
"""The diary in a shared calendar (CalDAV, Radicale): put, moved, taken out; never overwritten
unless somebody says so."""
import unittest

import lib
import post


@lib.both_engines
class SharedCalendar(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.there = post.Radicale()
        self.addCleanup(self.there.close)
        password = self.book.folder / "dav"
        password.write_text("x\n")
        self.book.env.update(DAYBOOK_CALDAV=self.there.url.replace("http://", "http://daybook@"),
                             DAYBOOK_CALDAV_PASSWORD_FILE=str(password))
        self.book.init(adopt=True)
        self.book.run("jobs", "run", "--once")  # the first time, all of them
        self.push()

    def push(self):
        self.book.sql("UPDATE job SET next_at = CASE WHEN name = 'mail_caldav' THEN 1 ELSE "
                      "9000000000000000 END")
        self.book.ok("jobs", "run", "--once")

    def ours(self):
        return {r[0]: r for r in self.book.sql(
            "SELECT uid, id, due FROM activity WHERE due >= '2026-06-15' AND due <= '2027-12-15'"
            " AND state < 3 ORDER BY due")}

    def theirs(self, uid):
        name, event = self.there.events()[uid]
        return str(event["SUMMARY"]), event["DTSTART"].dt.date().isoformat(), name

    def change(self, uid, word="Mine"):
        """Somebody changes it in their own program."""
        url = self.there.url + self.theirs(uid)[2]
        changed = self.there.ask("GET", url).replace("SUMMARY:", f"SUMMARY:{word}: ")
        self.there.ask("PUT", url, changed.encode(), **{"Content-Type": "text/calendar"})

    def move(self, ident, day):
        self.book.ok("activity", "move", ident, "--due", day, "--reason", "The room is taken")
        self.push()

    def conflict(self, place=2):
        uid = list(self.ours())[place]
        ident = self.ours()[uid][1]
        self.change(uid)
        self.move(ident, "2026-06-20")
        self.assertTrue(self.theirs(uid)[0].startswith("Mine: "))
        return uid, ident

    def conflicts(self):
        return self.book.json("mail", "conflicts", "--org", "nordwind")["conflicts"]

    def pages(self):
        kept = self.book.env
        self.book.env = {k: v for k, v in kept.items() if k != "DAYBOOK_CALDAV"}
        try:
            return self.book.signed_in(self.book.serve())
        finally:
            self.book.env = kept

    def test_the_diary_is_put_moved_and_taken_out(self):
        rows = self.ours()
        self.assertEqual(set(self.there.events()), set(rows))
        moved, gone = list(rows)[2:4]
        self.book.ok("activity", "cancel", rows[gone][1], "--reason", "No need")
        self.move(rows[moved][1], "2026-06-19")
        self.assertNotIn(gone, self.there.events())
        self.assertEqual(self.theirs(moved)[1], "2026-06-19")
        self.assertEqual(self.conflicts(), [])

    def test_what_somebody_changed_there_is_left_until_somebody_decides(self):
        uid, ident = self.conflict()
        anna = self.pages()
        page = anna.get("/o/nordwind/mail")
        self.assertIn("Somebody changed it there", page.words)
        self.move(ident, "2026-06-21")
        self.assertTrue(self.theirs(uid)[0].startswith("Mine: "), "undecided, it stays")
        self.assertEqual([str(c["activity"]) for c in self.conflicts()], [ident])

    def test_ours_goes_over_theirs_when_somebody_says_so(self):
        uid, ident = self.conflict()
        anna = self.pages()
        page = anna.get("/o/nordwind/mail")
        self.assertEqual(page.submit(f"/conflicts/{ident}", keep="ours").status, 200)
        self.assertTrue(self.conflicts()[0]["decided"])
        self.push()
        summary, day, _ = self.theirs(uid)
        self.assertFalse(summary.startswith("Mine"))
        self.assertEqual((day, self.conflicts()), ("2026-06-20", []))
        heard = self.book.sql("SELECT COUNT(*) FROM ledger_entry WHERE action = 'calendar.settled'")
        self.assertEqual(heard, [["1"]])
        again = self.book.run("mail", "conflicts", "--org", "nordwind", ident, "--keep", "ours")
        self.assertNotEqual(again.code, 0, "there is no conflict any more")
        self.book.ok("verify", "--org", "nordwind")

    def test_changed_again_after_the_decision_it_is_a_conflict_again(self):
        uid, ident = self.conflict()
        self.book.ok("mail", "conflicts", "--org", "nordwind", ident, "--keep", "ours")
        self.change(uid, "Later")
        self.push()
        self.assertTrue(self.theirs(uid)[0].startswith("Later: "))
        self.assertEqual([c["decided"] for c in self.conflicts()], [""])

    def test_theirs_stays_until_ours_moves(self):
        uid, ident = self.conflict()
        self.book.ok("mail", "conflicts", "--org", "nordwind", ident, "--keep", "theirs")
        self.book.sql(f"UPDATE activity SET version = version + 1 WHERE id = {ident}")
        self.push()
        self.assertTrue(self.theirs(uid)[0].startswith("Mine: "))
        self.move(ident, "2026-06-22")
        self.assertEqual(self.theirs(uid)[1], "2026-06-22")
        self.assertEqual(self.conflicts(), [])

    def test_deleted_there_and_cancelled_here(self):
        uid, ident = self.conflict()
        self.there.ask("DELETE", self.there.url + self.theirs(uid)[2])
        self.book.ok("mail", "conflicts", "--org", "nordwind", ident, "--keep", "ours")
        self.push()
        self.push()  # seen as gone by the first, which asked for theirs as it was
        if self.conflicts():
            self.book.ok("mail", "conflicts", "--org", "nordwind", ident, "--keep", "ours")
            self.push()
        self.assertEqual(self.theirs(uid)[1], "2026-06-20", "it is there again")
        self.change(uid)
        self.book.ok("activity", "cancel", ident, "--reason", "No need")
        self.push()
        self.assertIn(uid, self.there.events())
        self.book.ok("mail", "conflicts", "--org", "nordwind", ident, "--keep", "ours")
        self.push()
        self.assertNotIn(uid, self.there.events())


if __name__ == "__main__":
    unittest.main()
