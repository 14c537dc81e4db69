# SPDX-License-Identifier: Apache-2.0
"""Pages that are not made again while nothing changed, and rows that are not read again: never
stale, never somebody else's."""
import re
import shutil

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


@lib.both_engines
class KeptRows(lib.DaybookTest):
    """A server that keeps rows and one that keeps nothing show the same after every change, which a
    third one makes."""

    address = "http://diary.example"
    now = "2026-07-15T09:00:00Z"

    def setUp(self):
        super().setUp()
        self.book.init(adopt=True, facts={"sites": [{"name": "Yard", "time_zone": "Europe/Berlin"}],
                                          "critical_systems": ["Orders"]})
        self.anna = self.book.signed_in(self.book.serve(now=self.now))
        self.api = self.book.servers[-1].client(
            self.book.json("token", "create", "--name", "all", "--scope", "write")["token"])
        made = self.anna.get("/o/nordwind/calendars").submit("/calendars", "what", what="mine")
        self.feed = re.search(r"/calendar/[\w-]+\.ics", made.text).group(0)
        self.kept, self.anew = self.reader("rows"), self.reader("0")
        self.all = [a["id"] for a in self.book.json("due", "--org", "nordwind", now=self.now)]
        self.person = self.book.sql("SELECT MIN(id) FROM person")[0][0]
        self.same("at first")

    def reader(self, keep):
        client = self.book.serve(now=self.now, DAYBOOK_URL=self.address, DAYBOOK_KEEP=keep).client()
        client.cookies.update(self.anna.cookies)
        return client

    def same(self, after):
        """Asked twice: the first time may put on the shelf what the second takes from it."""
        for path in ("/o/nordwind/activities", "/o/nordwind/activities?sort=-title&size=20",
                     "/o/nordwind/today", self.feed):
            for turn in (1, 2):
                with self.subTest(after=after, path=path, turn=turn):
                    shown = self.kept.get(path)
                    self.assertEqual(shown.status, 200)
                    self.assertEqual(self.anew.get(path).text, shown.text)

    def changed(self, path, **fields):
        answer = self.api.api("POST", f"/o/nordwind/{path}", fields)
        self.assertIn(answer.status, (200, 201, 204), answer)
        self.same(f"{path} {fields}")

    def shows(self, words, path="/o/nordwind/activities?size=200"):
        self.assertIn(words, self.kept.get(path).text)

    def own(self, activity, owner="anna@example.org"):
        self.changed(f"activities/{activity}/delegate", owner=owner, reason="It is hers")

    def test_after_a_move_a_cancellation_and_another_owner(self):
        self.own(self.all[0])
        self.changed(f"activities/{self.all[0]}/move", due="2026-09-14", reason="Later")
        self.shows("14 September 2026")
        self.shows("DTSTART;TZID=Europe/Berlin:20260914", self.feed)
        self.changed(f"activities/{self.all[1]}/cancel", reason="Not needed")
        self.own(self.all[2])
        self.book.add_person("bert@example.org", name="Bert Brecht")
        self.own(self.all[2], "bert@example.org")
        self.shows("Bert Brecht")

    def test_a_person_with_another_name_has_it_on_every_row(self):
        for activity in self.all[:3]:
            self.own(activity)
        self.changed(f"people/{self.person}", name="Anna von Arnim", email="anna@example.org")
        self.shows("Anna von Arnim")
        self.shows("Owner: Anna von Arnim", self.feed)

    def test_a_position_with_another_holder(self):
        self.changed("positions", title="Pilot")
        pilot = self.book.sql("SELECT id FROM position WHERE title = 'Pilot'")[0][0]
        self.own(self.all[0], "Pilot")
        self.shows("Pilot (vacant)")
        self.book.add_person("bert@example.org", name="Bert Brecht")
        bert = self.book.sql("SELECT id FROM person WHERE name = 'Bert Brecht'")[0][0]
        self.changed(f"positions/{pilot}/fill", person=int(bert))
        self.shows("Bert Brecht")

    def test_a_site_that_moved(self):
        drill = self.book.sql("SELECT id FROM activity WHERE site_id IS NOT NULL ORDER BY id")[0][0]
        self.own(drill)
        site = self.book.sql("SELECT MIN(id) FROM site")[0][0]
        self.shows("LOCATION:Yard", self.feed)
        self.changed(f"sites/{site}", name="Harbour", time_zone="America/New_York")
        self.shows("LOCATION:Harbour", self.feed)
        self.shows("DTSTART;TZID=America/New_York", self.feed)

    def test_more_changes_at_once_than_are_read_on(self):
        self.own(self.all[0])
        for turn in range(70):
            said = self.api.api("POST", f"/o/nordwind/activities/{self.all[turn % 5]}/comments",
                                {"body": f"Word {turn}"})
            self.assertIn(said.status, (200, 201))
        self.changed(f"people/{self.person}", name="Anna Seghers", email="anna@example.org")
        self.shows("Anna Seghers")

    def test_a_change_that_was_undone_leaves_nothing(self):
        answer = self.api.api("POST", f"/o/nordwind/activities/{self.all[0]}/move",
                              {"due": "2026-09-14", "reason": "Later", "version": 99})
        self.assertEqual(answer.status, 409)
        self.same("a refused move")


class NotTheSame(lib.DaybookTest):
    def test_a_calendar_of_a_history_that_was_taken_back_is_not_the_same(self):
        """The same number of entries, and others: what a program holds of it is not true."""
        self.book.init(adopt=True)
        due = self.book.json("due", "--org", "nordwind", now="2026-01-15T09:00:00Z")[0]["id"]
        server = self.book.serve()
        page = self.book.signed_in(server).get("/o/nordwind/calendars")
        feed = re.search(r"/calendar/[\w-]+\.ics", page.submit(
            "/calendars", "what", what="mine").text).group(0)
        server.stop()
        copy = self.book.folder / "copy.db"
        shutil.copyfile(self.book.database, copy)
        seen = []
        for day in ("2026-07-03", "2026-07-06"):
            self.book.ok("activity", "move", str(due), "--org", "nordwind", "--due", day,
                         "--reason", "It has to be")
            server = self.book.serve()
            seen.append(server.client().get(feed, If_None_Match=seen[-1].headers["etag"])
                        if seen else server.client().get(feed))
            server.stop()
            shutil.copyfile(copy, self.book.database)
        self.assertEqual([one.status for one in seen], [200, 200])
        self.assertIn("20260706", seen[1].text.replace("-", ""))

    def test_a_version_that_is_known_does_not_say_that_nothing_else_changed(self):
        """Another day, the same version: what was planned is late."""
        self.book.init(adopt=True)
        due = self.book.json("due", "--org", "nordwind", now="2026-01-15T09:00:00Z")[0]["id"]
        token = self.book.json("token", "create", "--name", "all", "--scope", "read")["token"]
        path, seen = f"/o/nordwind/activities/{due}", []
        for now in ("2025-12-01T09:00:00Z", "2026-06-15T09:00:00Z"):
            server = self.book.serve(now=now)
            known = {"If-None-Match": seen[-1].headers["etag"]} if seen else {}
            for _ in range(2):  # the second is kept
                seen.append(server.client(token).api("GET", path, headers=known))
            server.stop()
        self.assertEqual([one.status for one in seen], [200] * 4)
        self.assertEqual(len({one.headers["etag"] for one in seen}), 1)
        self.assertNotEqual(seen[0].json()["mark"], seen[3].json()["mark"])


if __name__ == "__main__":
    lib.main()
