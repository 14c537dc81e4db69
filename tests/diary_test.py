# SPDX-License-Identifier: Apache-2.0
"""The diary through the command line, on both engines."""

import datetime
import os
import random
import re

import lib

ORG = ("--org", "nordwind")


def day(text):
    return datetime.date.fromisoformat(text)


def months_after(date, count):
    month = date.month - 1 + count
    year, month = date.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(date.day, last))


@lib.both_engines
class Diary(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)

    def due(self, **values):
        return self.book.json("due", *ORG, **values)

    def first(self, kind, now=None):
        return next(a for a in self.due(now=now) if a["duty"] == kind)

    def test_a_year_too_full_for_its_lane_says_how_many_more_and_leads_to_them(self):
        path = self.book.folder / "suppliers.csv"
        path.write_text("Supplier,Next Review\n" + "".join(
            f"Supplier {n},2026-09-{n % 28 + 1:02}\n" for n in range(90)))
        self.book.ok("import", *ORG, path)
        self.book.ok("plan", *ORG, "--adopt")
        anna = self.book.signed_in(self.book.serve())
        page = anna.get("/o/nordwind/year")
        links = [link for link in page.page.links if "kind=control_check" in link]
        self.assertTrue(links)
        self.assertIn("more in September 2026", page.text)
        shown = sum("/activities/" in link for link in page.page.links)
        more = [int(n) for n in re.findall(r">\+(\d+)<", page.text)]
        self.assertGreater(min(sum(more), shown), 20)
        listed = anna.get(links[0].replace("&amp;", "&"))
        self.assertIn("Review: Supplier", listed.words)

    def test_the_search_names_the_next_of_many_alike_with_its_day(self):
        first = self.first("management_review")
        hits = [h for h in self.book.json("search", *ORG, "management review")["hits"]
                if h["kind"] == "activity"]
        self.assertEqual(len(hits), 2, hits)  # quarterly at first, then by the profile: two duties
        anna = self.book.signed_in(self.book.serve(now="2025-12-01T09:00:00Z"))
        page = anna.get("/o/nordwind/search?q=management+review")
        self.assertIn(f"/o/nordwind/activities/{first['id']}", page.page.links)
        self.assertRegex(page.words, r"activity · due \d+ \w+ 202[56]")

    def evidence_for(self, activity, now):
        path = self.book.folder / "report.txt"
        path.write_text("what was seen\n")
        self.book.ok("evidence", "add", str(path), *ORG, "--activity", str(activity), now=now)

    def test_adopting_twice_adds_nothing(self):
        before = self.due()
        self.book.ok("plan", *ORG, "--adopt")
        self.assertEqual(before, self.due())
        plan = self.book.json("plan", *ORG)["activities"]
        self.assertEqual({a["id"] for a in before}, {a["id"] for a in plan})

    def test_every_activity_says_why_and_whose_it_is(self):
        for activity in self.book.json("plan", *ORG)["activities"]:
            for field in ("earliest", "due", "latest"):
                day(activity[field])
            self.assertTrue(activity["why"].endswith("."), activity)
            self.assertTrue(activity["owner"] and activity["title"])
            self.assertLessEqual(activity["earliest"], activity["due"])
            self.assertLessEqual(activity["due"], activity["latest"])
            self.assertEqual("stage" in activity, activity["duty"] == "surveillance")

    def test_the_day_the_first_audit_window_closes_it_is_missed_and_named(self):
        audit = self.first("audit")
        closed = day(audit["latest"]) + datetime.timedelta(days=1)
        self.assertLessEqual(day(audit["latest"]), months_after(day(lib.DECISION), 3))
        later = next(a for a in self.due(now=closed.isoformat()) if a["id"] == audit["id"])
        self.assertEqual(later["status"], "missed")
        self.assertTrue(later["owner"] and later["why"])
        walk = self.book.json("simulate", *ORG, "--from", lib.DECISION, "--to", closed.isoformat(),
                              "--behaviour", "nobody")
        missed = [line for line in walk["months"][-1]["overdue"] if line["status"] == "missed"]
        self.assertIn(str(audit["id"]), [line["id"] for line in missed])

    def test_a_move_keeps_the_baseline_and_needs_a_reason_and_a_day(self):
        audit = self.first("audit", now="2025-11-25")
        target = (day(audit["due"]) + datetime.timedelta(days=9)).isoformat()
        move = ("activity", "move", str(audit["id"]), *ORG)
        self.assertEqual(self.book.run(*move, "--due", target, "--reason", " ",
                                       now="2025-11-25").code, 2)
        for bad in ("2027-02-30", "tomorrow", "", "2025-01-01", "9999-99-99"):
            self.assertEqual(self.book.run(*move, "--due", bad, "--reason", "x",
                                           now="2025-11-25").code, 2, bad)
        self.book.ok(*move, "--due", target, "--reason", "the auditor is ill", now="2025-11-25")
        moved = self.first("audit", now="2025-11-25")
        self.assertEqual((moved["baseline"], moved["due"], moved["slip_days"]),
                         (audit["due"], target, 9))
        stale = self.book.run(*move, "--due", audit["due"], "--reason", "back", "--version", "1",
                              now="2025-11-25")
        self.assertEqual(stale.code, 1)
        self.assertIn("version", stale.err)
        self.book.ok("verify", *ORG)

    def test_a_date_that_is_none_is_shown_again_in_words(self):
        anna = self.book.signed_in(self.book.serve())
        audit = self.first("audit")["id"]
        form = anna.get(f"/o/nordwind/activities/{audit}/move")
        answer = form.submit("/move", due="30 February", reason="The auditor is ill")
        self.assertEqual(answer.status, 422)
        self.assertIn("30 February", answer.words)
        self.assertIn("The auditor is ill", answer.text)
        self.assertRegex(answer.text, r'id="wrong-due">[^<]*30 February')

    def test_nothing_concludes_empty_and_what_is_concluded_stays(self):
        audit = str(self.first("audit", now="2026-02-04")["id"])
        now = "2026-02-04"
        empty = self.book.run("activity", "conclude", audit, *ORG, now=now)
        self.assertEqual(empty.code, 2)
        self.assertIn("evidence", empty.err)
        self.book.ok("activity", "start", audit, *ORG, now=now)
        self.book.ok("activity", "check", audit, *ORG, now=now)
        self.book.ok("activity", "record", audit, *ORG, "--result", "two observations", now=now)
        self.assertEqual(self.book.run("activity", "conclude", audit, *ORG, now=now).code, 2)
        self.evidence_for(audit, now)
        self.book.ok("activity", "conclude", audit, *ORG, now=now)
        self.assertEqual(self.first("audit", now=now)["status"], "concluded")
        self.assertEqual(self.book.run("activity", "cancel", audit, *ORG, "--reason", "no",
                                       now=now).code, 1)
        self.book.ok("activity", "note", audit, *ORG, "--correction", "--text", "three", now=now)
        self.book.ok("rebuild", *ORG)
        self.book.ok("verify", *ORG)

    def test_pausing_and_resuming_keep_the_series(self):
        duty = next(d for d in self.book.json("duty", "list", *ORG)
                    if d["key"] == "audit.quarterly")
        before = {a["due"] for a in self.due() if a["duty"] == "audit"}
        self.book.ok("duty", "pause", str(duty["id"]), *ORG, "--until", "2026-09-30", "--reason",
                     "rebuilding", now="2026-03-01")
        cancelled = [a for a in self.due() if a["duty"] == "audit" and a["status"] == "cancelled"]
        self.assertTrue(cancelled)
        self.assertTrue(all("2026-03-01" <= a["due"] <= "2026-09-30" for a in cancelled))
        self.book.ok("duty", "resume", str(duty["id"]), *ORG, now="2026-08-01")
        after = {a["due"] for a in self.due()
                 if a["duty"] == "audit" and a["status"] != "cancelled"}
        self.assertGreaterEqual(len(before & after), 8)

    def test_a_choice_before_adopting_says_what_it_breaches(self):
        self.book.init("zweite")
        org = ("--org", "zweite")
        choose = ("duty", "choose", "audit.quarterly", *org, "--every", "12")
        refused = self.book.run(*choose)
        self.assertEqual(refused.code, 2)
        self.assertIn("months apart", refused.err)
        self.book.ok(*choose, "--reason", "agreed with the certification body")
        audits = [a for a in self.book.json("plan", *org, "--adopt")["activities"]
                  if a["duty"] == "audit"]
        self.assertLessEqual(len(audits), 6)
        self.assertIn("chose", audits[0]["why"])

    def test_holidays_are_not_working_days(self):
        self.book.init("dritte")
        org = ("--org", "dritte")
        due = [a["due"] for a in self.book.json("plan", *org)["activities"] if a["duty"] == "audit"]
        self.book.ok("holiday", "add", due[0], "Founders' Day", *org)
        audit = next(a for a in self.book.json("plan", *org)["activities"] if a["duty"] == "audit")
        self.assertLess(audit["due"], due[0])
        self.assertIn("Founders", audit["why"])

    def test_public_holidays_come_from_a_calendar_file(self):
        path = self.book.folder / "holidays.ics"
        path.write_text("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\nBEGIN:VEVENT\r\n"
                        "UID:1@x\r\nDTSTAMP:20250101T000000Z\r\nDTSTART;VALUE=DATE:20251225\r\n"
                        "SUMMARY:Christmas Day\r\nRRULE:FREQ=YEARLY;COUNT=5\r\nEND:VEVENT\r\n"
                        "END:VCALENDAR\r\n")
        first = self.book.json("holiday", "import", str(path), *ORG)
        self.assertEqual((first["created"], first["refused"]), (3, 0))
        again = self.book.json("holiday", "import", str(path), *ORG)
        self.assertEqual((again["created"], again["unchanged"]), (0, 3))
        path.write_text("this is no calendar")
        self.assertEqual(self.book.run("holiday", "import", str(path), *ORG).code, 2)

    def test_starting_in_mid_cycle_misses_nothing_before_the_start(self):
        self.book.ok("init", "--org", "spaet", "--name", "Spät GmbH", "--admin", "s@example.org",
                     "--decision-date", "2024-06-03", "--start-date", "2025-11-10",
                     now="2025-11-10")
        plan = self.book.json("plan", "--org", "spaet", "--adopt", now="2025-11-10")["activities"]
        self.assertGreaterEqual(min(a["earliest"] for a in plan), "2025-11-10")
        for kind in ("audit", "management_review"):
            first = min(a["due"] for a in plan if a["duty"] == kind)
            self.assertLessEqual(first, "2025-12-10", kind)
        due = self.book.json("due", "--org", "spaet", now="2025-11-10")
        self.assertFalse([a for a in due if a["status"] in ("late", "missed")])

    def test_simulation_changes_nothing_and_knows_three_behaviours(self):
        before = self.due()
        walk = {}
        for behaviour in ("nobody", "planned", "slip"):
            walk[behaviour] = self.book.json("simulate", *ORG, "--from", "2025-11-25", "--to",
                                             "2026-11-19", "--behaviour", behaviour)
        self.assertEqual(before, self.due())
        self.assertEqual(walk["planned"]["missed"], [])
        self.assertEqual(walk["planned"]["months"][-1]["readiness"], 100)
        self.assertEqual(walk["nobody"]["months"][-1]["readiness"], 0)
        self.assertIsNone(walk["nobody"]["months"][0]["readiness"])
        self.assertGreater(len(walk["nobody"]["missed"]), len(walk["slip"]["missed"]))
        for bad in (("--to", "2025-01-01"), ("--to", "2026-02-30"), ("--behaviour", "lazy")):
            arguments = ["simulate", *ORG, "--from", "2025-11-25", "--to", "2026-11-19",
                         "--behaviour", "nobody"]
            arguments[arguments.index(bad[0]) + 1] = bad[1]
            self.assertEqual(self.book.run(*arguments).code, 2, bad)

    def test_one_organisation_cannot_touch_anothers_activity(self):
        self.book.init("fremd")
        audit = self.first("audit")
        for command in (("show",), ("start",), ("cancel", "--reason", "mine")):
            run = self.book.run("activity", command[0], str(audit["id"]), "--org", "fremd",
                                *command[1:])
            self.assertEqual(run.code, 2, run.err)


class Cycles(lib.DaybookTest):
    def test_random_certificates_keep_the_rules(self):
        count = 60 if os.environ.get("DAYBOOK_TEST_FULL") == "1" else 6
        chance = random.Random(20251120)
        for number in range(count):
            decision = day("2024-01-01") + datetime.timedelta(days=chance.randrange(700))
            slug = f"zufall{number}"
            self.book.ok("init", "--org", slug, "--name", slug, "--admin", f"{slug}@example.org",
                         "--decision-date", decision.isoformat(), now=decision.isoformat())
            plan = self.book.json("plan", "--org", slug, now=decision.isoformat())["activities"]
            self.check(decision, plan)

    def check(self, decision, plan):
        external = [a for a in plan if a.get("stage") in ("surveillance", "recertification")]
        self.assertLessEqual(day(external[0]["latest"]), months_after(decision, 12))
        years = {day(a["due"]).year for a in external}
        expiry = months_after(decision, 36) - datetime.timedelta(days=1)
        for year in range(decision.year + 1, expiry.year):
            self.assertIn(year, years, decision)
        self.assertEqual(external[-1]["stage"], "recertification")
        self.assertLess(day(external[-1]["latest"]), expiry)
        previous = decision
        for audit in external:
            due = day(audit["due"])
            reviews = [day(a["due"]) for a in plan if a["duty"] == "management_review"
                       and previous < day(a["due"]) <= due - datetime.timedelta(days=30)]
            self.assertTrue(reviews, decision)
            self.assertTrue([a for a in plan if a["duty"] == "audit"
                             and previous < day(a["due"]) < max(reviews)], decision)
            previous = due


if __name__ == "__main__":
    lib.main()
