# SPDX-License-Identifier: Apache-2.0
"""Findings and actions: a nonconformity from raised to closed, refused at each step left out; who
may check; circles of actions; repeats of a cause; the register that an organisation brought."""
import contextlib
import hashlib
import re

import lib

CAPA = (
    "ID,Source,Date Raised,Finding / Nonconformity,Root Cause,Correction (Immediate),"
    "Corrective Action,Owner,Due Date,Status,Effectiveness Check,Closure Date\n"
    "C-1,Internal audit,2026-02-10,Accounts without approval,No gate in onboarding,"
    "Accounts revoked,Gate in the workflow,HR Lead,2026-05-15,In progress,Sample in Q3,\n"
    "C-2,External audit 2025,2025-12-05,No justification for A 8.34,Old text reused,"
    "Justification added,Peer review,ISO,2026-03-01,Closed,re-check passed,2026-03-20\n"
    "C-3,Management review,2026-03-30,Patches late,Window too short,Patched,"
    "Monthly window,IT Operations Lead,2026-06-30,Open,,\n")
LATER = "2026-10-01T09:00:00Z"


class Improving(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init()
        for person, role in (("rosa", "security_manager"), ("ceo", "top_management"),
                             ("olaf", "duty_owner")):
            self.book.add_person(f"{person}@example.org", role)

    def find(self, *arguments, by="anna", **options):
        return self.book.json("findings", *arguments, "--org", "nordwind", "--by",
                              f"{by}@example.org", **options)

    def act(self, *arguments, by="anna", **options):
        return self.book.json("actions", *arguments, "--org", "nordwind", "--by",
                              f"{by}@example.org", **options)

    def refused(self, *arguments, by="anna", **options):
        """What is said when it is refused."""
        ran = self.book.run(*arguments, "--org", "nordwind", "--by", f"{by}@example.org",
                            "--json", **options)
        self.assertNotEqual(ran.code, 0, f"{arguments} was not refused: {ran.out}")
        return ran.err + ran.out

    def raised(self, grade="minor", title="Leavers keep their badges", **options):
        return str(self.find("raise", "--title", title, "--grade", grade, "--statement",
                             "Three of ten badges open the gate", "--owner", "anna@example.org",
                             **options)["id"])

    def proof(self, action):
        path = self.book.folder / "proof.txt"
        path.write_text(f"It was done: {action}.\n", "utf-8")
        self.book.ok("evidence", "add", "--org", "nordwind", "--object", f"action:{action}", path)

    def analysed(self, root="Nobody tells facilities who leaves", **options):
        """A nonconformity as far as before its first action."""
        number = self.raised(**options)
        self.find("correct", number, "--text", "Badges blocked")
        self.find("contain", number, "--text", "Nobody came in since")
        self.find("cause", number, "--why", "No list of leavers", "--why", root, "--root", root,
                  "--kind", "process")
        self.find("look", number, "--place", "Rotterdam", "--kind", "site")
        self.find("searched", number, "--text", "Only here")
        return number

    def added(self, number=None, title="Facilities gets the leaver form", owner="anna",
              due="2026-08-01"):
        more = ("--finding", number) if number else ()
        return str(self.act("add", "--title", title, "--owner", f"{owner}@example.org", "--due",
                            due, *more)["id"])

    def acted(self, **options):
        """A nonconformity whose only action is done by Anna."""
        number = self.analysed(**options)
        action = self.added(number)
        self.proof(action)
        self.act("done", action, "--result", "The form goes there")
        return number


@lib.both_engines
class Life(Improving):
    def test_a_nonconformity_is_refused_at_each_step_that_is_left_out(self):
        number = self.raised()
        missing = self.refused("findings", "close", number, "--improved", "It is better")
        for word in ("correction", "Containment", "cause", "elsewhere", "action", "effective"):
            self.assertIn(word, missing)
        self.assertIn("correction", self.refused("findings", "contain", number, "--text", "x"))
        cause = ("--why", "a", "--why", "b", "--root", "b", "--kind", "process")
        self.find("correct", number, "--text", "Badges blocked")
        self.assertIn("Containment", self.refused("findings", "cause", number, *cause))
        self.find("contain", number, "--text", "Nobody came in")
        self.assertIn("cause", self.refused("findings", "look", number, "--place", "Hull"))
        self.assertIn("twice", self.refused("findings", "cause", number, "--why", "a", "--root",
                                            "a", "--kind", "process"))
        self.find("cause", number, *cause)
        self.assertIn("No place", self.refused("findings", "searched", number, "--text", "Gone"))
        self.assertIn("looked", self.refused("actions", "add", "--title", "x", "--owner",
                                             "anna@example.org", "--due", "2026-08-01",
                                             "--finding", number))
        self.find("look", number, "--place", "Rotterdam", "--kind", "site")
        self.find("searched", number, "--text", "Only here")
        self.assertIn("No action", self.refused("findings", "check", number, "--effective",
                                                "--result", "x", by="rosa"))
        action = self.added(number)
        self.assertIn("evidence", self.refused("actions", "done", action, "--result", "Done"))
        self.assertIn("is not done", self.refused("findings", "close", number, "--improved", "x"))
        self.proof(action)
        self.act("done", action, "--result", "The form goes there")
        shown = self.find("show", number)
        self.assertEqual((shown["status"], shown["check_from"]), ("waiting", "2026-08-14"))
        early = self.refused("findings", "check", number, "--effective", "--result", "x", by="rosa")
        self.assertIn("waiting period", early)
        self.assertIn("waiting period",
                      self.refused("findings", "close", number, "--improved", "x"))
        self.assertIn("checked", self.refused("findings", "close", number, "--improved", "x",
                                              now=LATER))
        own = self.refused("findings", "check", number, "--effective", "--result", "x", now=LATER)
        self.assertIn("nobody checks their own work", own)
        self.find("check", number, "--effective", "--result", "Ten badges tried", by="rosa",
                  now=LATER)
        self.assertIn("better", self.refused("findings", "close", number, "--improved", " ",
                                             now=LATER))
        closed = self.find("close", number, "--improved", "Leavers hand in badges", now=LATER)
        self.assertEqual((closed["status"], closed["closed_on"]), ("closed", "2026-10-01"))
        self.book.ok("verify", "--org", "nordwind")

    def test_what_is_changed_past_the_ledger_is_found(self):
        number = self.acted()
        self.find("check", number, "--effective", "--result", "Ten tried", by="rosa", now=LATER)
        self.book.ok("verify", "--org", "nordwind")
        for change in ("UPDATE finding SET grade = 2", "UPDATE finding SET cause = 'Nothing'",
                       "UPDATE action SET due = '2027-01-01'",
                       "UPDATE finding_check SET checker = 1",
                       "UPDATE finding SET state = 8, closed_on = '2026-10-01'"):
            table, column = change.split()[1], change.split()[3]
            before = self.book.sql(f"SELECT {column} FROM {table}")[0][0]
            with self.subTest(change):
                self.book.sql(change)
                self.assertEqual(self.book.run("verify", "--org", "nordwind").code, 3)
            self.book.sql(f"UPDATE {table} SET {column} = '{before}'")
            if "closed_on" in change:
                self.book.sql("UPDATE finding SET closed_on = NULL")
        self.book.ok("verify", "--org", "nordwind")

    def test_a_part_that_is_changed_or_taken_away_is_named(self):
        number = self.analysed()
        action, other = self.added(number), self.added(number, title="The printer is repaired")
        self.act("need", action, "--first", other)
        self.act("extend", action, "--due", "2026-09-01", "--reason", "The supplier is late")
        self.book.ok("verify")
        for table, column, value, said in (
                ("finding_cause", "body", "Bad luck", "structure of the cause"),
                ("finding_place", "verdict", "2", "place looked at"),
                ("action_extension", "reason", "Rain", "extension")):
            with self.subTest(f"{table}.{column}"):
                before = self.book.sql(f"SELECT id, {column} FROM {table}")
                self.book.sql(f"UPDATE {table} SET {column} = '{value}'")
                self.assertIn(f", {said}", self.book.run("verify").out)
                for row, was in before:
                    self.book.sql(f"UPDATE {table} SET {column} = '{was}' WHERE id = {row}")
        self.book.sql("UPDATE finding_cause SET parent = 0, branch = 'process'")
        self.assertIn("structure of the cause", self.book.run("verify").out)
        for table in "finding_cause", "finding_place", "action_extension", "action_need":
            self.book.sql(f"DELETE FROM {table}")
        told = self.book.run("verify").out
        for said in "structure of the cause", "place looked at", "extension", "need of action":
            self.assertRegex(told, rf", {said}.* \d+ is gone")

    def test_what_is_not_effective_goes_round_again_and_closes_only_with_a_new_action(self):
        number = self.acted()
        again = self.find("check", number, "--not-effective", "--result", "Two badges opened it",
                          by="rosa", now=LATER)
        self.assertEqual((again["status"], again["round"]), ("searched", 2))
        self.assertIn("since it was opened again",
                      self.refused("findings", "close", number, "--improved", "x", now=LATER))
        twice = self.find("raise", "--title", "x", "--grade", "minor", by="rosa")["id"]
        self.assertNotEqual(str(twice), number)
        closed = self.raised("idea", "A box for badges")
        self.find("decide", closed, "--decision", "decline", "--reason", "No room")
        opened = self.find("reopen", closed, "--reason", "There is room now")
        self.assertEqual((opened["status"], opened["round"]), ("raised", 2))

    def test_an_exception_lets_the_doer_check_and_stays_in_sight(self):
        number = self.acted()
        self.assertIn("themselves", self.refused("findings", "allow", number, "--checker",
                                                 "anna@example.org", "--reason", "We are three"))
        self.assertIn("Top management", self.refused(
            "findings", "allow", number, "--checker", "anna@example.org", "--reason", "Three",
            by="olaf"))
        self.find("allow", number, "--checker", "anna@example.org", "--reason", "We are three",
                  by="ceo")
        self.find("check", number, "--effective", "--result", "Ten tried", now=LATER)
        closed = self.find("close", number, "--improved", "Better", now=LATER)
        self.assertEqual(closed["exceptions"][0]["approver"], "Ceo")
        self.assertTrue(closed["checks"][0]["exception"])

    def test_whoever_reported_progress_is_a_doer_too(self):
        number = self.analysed()
        action = self.added(number)
        self.act("progress", action, "--percent", "40", "--text", "Form drafted", by="rosa")
        self.proof(action)
        self.act("done", action, "--result", "In use")
        self.assertIn("own work", self.refused("findings", "check", number, "--effective",
                                               "--result", "x", by="rosa", now=LATER))

    def test_a_major_has_a_shorter_clock_and_tells_top_management(self):
        number = self.raised("major")
        self.assertEqual(self.find("show", number)["due"], "2026-07-15")
        self.assertEqual(int(self.book.sql("SELECT COUNT(*) FROM finding_notice")[0][0]), 1)
        minor = self.raised("minor")
        self.assertEqual(self.find("show", minor)["due"], "2026-09-13")
        self.find("sort", minor, "--grade", "major", "--reason", "It is worse")
        self.assertEqual(self.find("show", minor)["due"], "2026-07-15")

    def test_the_search_finds_findings_and_actions_also_after_a_rebuild(self):
        number = self.analysed()
        self.added(number)
        server = self.book.serve()
        client = self.book.signed_in(server)
        for _ in range(2):
            found = client.get("/o/nordwind/search?q=leaver").words
            self.assertIn("Leavers keep their badges", found)
            self.assertIn("Facilities gets the leaver form", found)
            self.book.ok("rebuild", "--org", "nordwind")

    def test_two_who_save_at_once_are_told(self):
        number = self.raised()
        seen = str(self.find("show", number)["version"])
        self.find("correct", number, "--text", "Blocked", "--version", seen)
        told = self.refused("findings", "correct", number, "--text", "Mine", "--version", seen,
                            by="rosa")
        self.assertIn("meanwhile", told)

    def test_an_observation_is_decided_about(self):
        number = self.raised("observation")
        self.assertIn("decided", self.refused("findings", "close", number, "--improved", "x"))
        self.assertIn("why", self.refused("findings", "decide", number, "--decision", "park"))
        parked = self.find("decide", number, "--decision", "park", "--reason", "After the move",
                           "--until", "2026-09-01")
        self.assertEqual(parked["status"], "parked")
        self.book.ok("jobs", "run", "--once", now="2026-08-31T12:00:00Z")
        self.assertEqual(self.find("show", number)["status"], "parked")
        self.book.now = "2026-09-01T12:00:00Z"
        self.book.sql("UPDATE job SET next_at = next_at + 86400000000")
        server = self.book.serve()  # Today says it before any job has run
        sections = self.book.signed_in(server).api("GET", "/o/nordwind/today").json()["sections"]
        self.assertIn("parked", [s["key"] for s in sections])
        server.stop()
        self.book.sql("UPDATE job SET next_at = next_at - 86400000000")
        self.book.ok("jobs", "run", "--once")
        back = self.find("show", number, now="2026-09-01T12:00:00Z")
        self.assertEqual((back["status"], back["due"]), ("raised", "2026-11-30"))
        self.book.ok("verify")
        self.find("decide", number, "--decision", "act")
        action = self.added(number, due="2026-12-01")
        self.proof(action)
        self.act("done", action, "--result", "Done")
        self.assertEqual(self.find("close", number, "--improved", "Quicker")["status"], "closed")


@lib.both_engines
class Actions(Improving):
    def test_actions_that_would_wait_for_each_other_are_refused(self):
        one, two, three = (self.added(title=t) for t in ("One", "Two", "Three"))
        self.act("need", two, "--first", one)
        self.act("need", three, "--first", two)
        self.assertIn("for ever", self.refused("actions", "need", one, "--first", three))
        self.assertIn("itself", self.refused("actions", "need", one, "--first", one))
        self.proof(two)
        self.assertIn("One", self.refused("actions", "done", two, "--result", "x"))

    def test_more_time_has_a_reason_and_is_counted(self):
        action = self.added()
        self.assertIn("later", self.refused("actions", "extend", action, "--due", "2026-07-01",
                                            "--reason", "x"))
        self.act("extend", action, "--due", "2026-09-01", "--reason", "Supplier late")
        shown = self.act("extend", action, "--due", "2026-10-01", "--reason", "Again")["action"]
        self.assertEqual((shown["extensions"], shown["baseline"], shown["due"]),
                         (2, "2026-08-01", "2026-10-01"))

    def test_whose_it_is_works_on_it_and_nobody_else(self):
        self.book.add_person("emil@example.org", "employee")
        action = self.added(owner="emil")
        self.act("progress", action, "--percent", "30", "--text", "Begun", by="emil")
        self.assertIn("not yours", self.refused("actions", "progress", action, "--percent", "50",
                                                "--text", "x", by="olaf"))

    def test_a_cause_that_repeats_is_pointed_out(self):
        self.analysed(root="Nobody tells facilities who leaves the company")
        second = self.analysed(root="Facilities are not told who leaves", title="Keys not returned")
        alike = self.find("show", second)["alike"]
        self.assertEqual([a["title"] for a in alike], ["Leavers keep their badges"])
        third = self.analysed(root="Printer ran out of paper", title="Other")
        self.assertEqual(self.find("show", third)["alike"], [])


@lib.both_engines
class Imported(Improving):
    def bring(self, text, name="capa.csv"):
        path = self.book.folder / name
        path.write_text(text, "utf-8")
        return self.book.ok("import", path, "--org", "nordwind")

    def test_a_register_of_corrective_actions_becomes_findings_as_far_as_it_says(self):
        self.bring(CAPA)
        found = self.find("list", "--sort", "raised")
        self.assertEqual({f["title"]: f["status"] for f in found}, {
            "Accounts without approval": "corrected", "No justification for A 8.34": "closed",
            "Patches late": "corrected"})
        actions = {a["title"]: a["status"] for a in self.act("list", "--status", "all")}
        self.assertEqual(actions, {"Gate in the workflow": "under_way", "Peer review": "done",
                                   "Monthly window": "open"})
        before = self.book.sql("SELECT COUNT(*) FROM ledger_entry")
        self.bring(CAPA)
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM ledger_entry"), before)
        self.assertEqual(len(self.find("list")), 3)
        self.book.ok("verify", "--org", "nordwind")

    def test_a_finding_follows_its_file_until_somebody_works_on_it(self):
        self.bring(CAPA)
        number = str(next(f["id"] for f in self.find("list") if f["title"] == "Patches late"))
        self.bring(CAPA.replace("IT Operations Lead,2026-06-30,Open,,",
                                "IT Operations Lead,2026-07-30,In progress,,"))
        self.assertEqual(self.find("show", number)["due"], "2026-07-30")
        self.find("contain", number, "--text", "Scanned weekly")
        self.bring(CAPA.replace("Lead,2026-06-30,Open,,", "Lead,2026-06-30,Closed,,2026-06-10"))
        self.assertEqual(self.find("show", number)["status"], "cause_known")


@lib.both_engines
class Reported(Improving):
    def link(self, server):
        page = self.book.signed_in(server).get("/o/nordwind/report/links")
        made = page.submit("/report/links", "label", label="Poster in the canteen")
        return re.search(r"/report/[\w-]{43}", made.text).group(0)

    def test_anyone_with_the_address_reports_and_may_stay_anonymous(self):
        server = self.book.serve()
        address = self.link(server)
        stranger = server.client()
        thanks = stranger.get(address).submit(
            address, "title", title="The door does not close", words="Since Monday",
            kind="wrong", files=[("file", "door.txt", b"A picture would be better")])
        self.assertEqual(thanks.status, 200)
        self.assertIn("Thank you", thanks.words)
        found = self.find("list")[0]
        self.assertEqual((found["title"], found["grade"], found["unsorted"]),
                         ("The door does not close", "observation", True))
        self.assertEqual(self.find("show", str(found["id"]))["source_title"],
                         "Reported: Poster in the canteen")
        reporter, by = self.book.sql("SELECT reporter, raised_by FROM finding")[0]
        self.assertFalse(reporter or by)
        self.assertEqual(int(self.book.sql(
            "SELECT COUNT(*) FROM evidence_link WHERE object_kind = 'finding'")[0][0]), 1)
        graded = self.find("sort", str(found["id"]), "--grade", "minor")
        self.assertEqual(graded["due"], "2026-09-13")
        self.book.ok("verify", "--org", "nordwind")

    def test_nobody_with_the_database_finds_out_who_reported(self):
        """What is kept to count is keyed by what is in no database: no guess can be checked."""
        server = self.book.serve()
        self.book.signed_in(server).get("/o/nordwind/report").submit(
            "/report", "title", title="The boss", anonymous="1", kind="wrong")
        rows = self.book.sql("SELECT bucket FROM report_throttle")
        self.assertEqual(len(rows), 1)
        guesses = {hashlib.blake2b(f"report person {org} {person}".encode(),
                                   digest_size=32).hexdigest()
                   for org in range(4) for person in range(200)}
        self.assertNotIn(rows[0][0], guesses)
        person = self.book.sql("SELECT id FROM person WHERE email = 'anna@example.org'")[0][0]
        heard = self.book.sql("SELECT actor FROM ledger_entry WHERE action = 'finding.raised'")
        self.assertTrue(heard)
        self.assertNotIn([person], heard)

    def test_a_flood_is_stopped_and_what_a_program_sends_is_dropped(self):
        server = self.book.serve()
        address = self.link(server)
        stranger = server.client()
        send = {"kind": "wrong", "words": ""}
        for n in range(5):
            self.assertEqual(stranger.post(address, {**send, "title": f"Thing {n}"}).status, 200)
        full = stranger.post(address, {**send, "title": "Thing 6"})
        self.assertEqual(full.status, 429)
        self.assertEqual(len(self.find("list")), 5)
        bot = stranger.post(address, {**send, "title": "Buy", "website": "http://spam.example"})
        self.assertEqual(bot.status, 200)
        self.assertEqual(len(self.find("list")), 5)
        with contextlib.suppress(OSError):  # it hangs up without reading on
            big = server.client().upload(address, {**send, "title": "Bomb"},
                                         [("file", "b.bin", b"x" * (9 << 20))])
            self.assertEqual(big.status, 413)
        self.assertNotIn("Bomb", [f["title"] for f in self.find("list")])
        twice = self.book.signed_in(server)
        for _ in range(2):
            twice.get("/o/nordwind/report").submit("/report", "title", title="Same", words="Same")
        self.assertEqual(len([f for f in self.find("list") if f["title"] == "Same"]), 1)

    def test_a_revoked_address_leads_nowhere(self):
        server = self.book.serve()
        address = self.link(server)
        page = self.book.signed_in(server).get("/o/nordwind/report/links")
        page.submit("/revoke")
        self.assertEqual(server.client().get(address).status, 404)
        self.assertEqual(server.client().post(address, {"kind": "wrong", "title": "x"}).status, 404)
        self.assertEqual(server.client().get("/report/" + "x" * 43).status, 404)


if __name__ == "__main__":
    lib.main()
