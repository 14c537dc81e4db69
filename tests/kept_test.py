# SPDX-License-Identifier: Apache-2.0
"""Pages that are not made again while nothing changed: never stale, never somebody else's."""
import lib


@lib.both_engines
class KeptPages(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        self.due = self.book.json("due", "--org", "nordwind", now="2026-01-15T09:00:00Z")
        self.server = self.book.serve()
        self.anna = self.book.signed_in(self.server)
        self.page = f"/o/nordwind/activities/{self.due[0]['id']}"

    def test_a_change_by_another_process_shows_at_once(self):
        before = self.anna.get(self.page).text
        self.assertEqual(before, self.anna.get(self.page).text)
        self.book.ok("activity", "move", str(self.due[0]["id"]), "--org", "nordwind", "--due",
                     "2026-07-03", "--reason", "The kept page must go")
        self.assertIn("The kept page must go", self.anna.get(self.page).text)

    def test_a_message_is_shown_once(self):
        self.anna.get(self.page)
        self.anna.get(f"{self.page}/move").submit("/move", due="2026-07-06", reason="Once only")
        shown = self.anna.get(self.page).text
        self.assertNotIn("note-done", self.anna.get(self.page).text)
        self.assertIn("Once only", shown)

    def test_another_reader_gets_a_page_of_their_own(self):
        self.book.add_person("bert@example.org", "employee")
        bert = self.book.signed_in(self.server, "bert@example.org")
        mine = self.anna.get("/o/nordwind/today").text
        self.assertNotEqual(mine, bert.get("/o/nordwind/today").text)
        self.assertNotIn("bert@example.org", self.anna.get("/o/nordwind/today").text)


if __name__ == "__main__":
    lib.main()
