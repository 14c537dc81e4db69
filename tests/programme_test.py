# SPDX-License-Identifier: Apache-2.0
"""The audit programme, from the registers to three years of it: built, proposed, edited, adopted,
followed, planned anew. And the planner's command sheet, without a database."""

import json
import shutil
import subprocess

import lib

ORG = ("--org", "nordwind")
NOW = "2025-12-02T09:00:00Z"
SOA = ("Control,Control Name,Theme,Applicable,Justification,Implementation Status,Owner\n"
       + "".join(
    f"A.{theme}.{n},Control {theme}.{n},Theme {theme},{'No' if (theme, n) == (7, 6) else 'Yes'},"
    f"Treats a risk,Implemented,{'Otto Brandt' if theme == 8 else 'Anna Weber'}\n"
    for theme, last in ((5, 37), (6, 8), (7, 14), (8, 34)) for n in range(1, last + 1)))
RISKS = ("Risk ID,Risk Title,Asset,Likelihood,Impact,Inherent Score,Existing Controls,"
         "Residual Score,Treatment,Owner,Status\n"
         "R-1,Password stolen,Mail,4,5,20,A.5.15 and A.8.5,15,Reduce,Otto Brandt,Open\n"
         "R-2,Backup cannot be read,Files,2,4,8,A.8.13,4,Reduce,Otto Brandt,Open\n")
SUPPLIERS = ("Supplier ID,Supplier,Service,Criticality,Owner\n"
             "S-1,Cloudberg,Hosting,Critical,Otto Brandt\nS-2,Paperclip,Paper,Low,Otto Brandt\n")


@lib.both_engines
class Programme(lib.DaybookTest):
    now = NOW

    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        for name, text in (("soa.csv", SOA), ("risks.csv", RISKS), ("suppliers.csv", SUPPLIERS)):
            (self.book.folder / name).write_text(text)
            self.book.ok("import", *ORG, self.book.folder / name)
        self.book.add_person("tobias@example.org", "internal_auditor", name="Tobias Becker")
        self.book.add_person("ceo@example.org", "top_management", name="Carla Ehlers")

    def audits(self, *arguments, **options):
        return self.book.run("audits", *arguments, *ORG, **options)

    def propose(self, **options):
        ran = self.audits("propose", "--keep", "--steps", "60000", "--json", "--by",
                          "anna@example.org", **options)
        self.assertIn(ran.code, (0, 3), repr(ran))
        return ran.json()

    def adopt(self, now=None):
        self.propose(now=now)
        ran = self.audits("adopt", "--by", "ceo@example.org", now=now)
        self.assertEqual(ran.code, 0, repr(ran))

    def activities(self, state="state < 3"):
        return self.book.sql(
            "SELECT a.id, a.title, a.due, a.baseline, a.state FROM activity a JOIN duty d ON "
            f"d.id = a.duty_id WHERE d.duty_key = 'audit.programme' AND {state} "
            "ORDER BY a.due, a.id")

    def test_the_only_organisation_need_not_be_named(self):
        named = self.audits("universe").out
        self.assertEqual(self.book.run("audits", "universe").out, named)
        self.assertTrue(self.book.run("audits", "propose", "--json").json()["assignments"])
        self.book.init("second", "Second", "zoe@example.org")
        refused = self.book.run("audits", "universe")
        self.assertEqual(refused.code, 2)
        self.assertIn("--org", refused.err)

    def units(self):
        return {u["id"]: u for u in self.audits("universe").json()["units"]}

    def test_the_universe_is_built_from_the_registers_and_building_again_changes_nothing(self):
        units = self.units()
        self.assertIn("Access control", units)
        self.assertIn("Cloudberg", units)
        self.assertNotIn("Paperclip", units)
        self.assertEqual(units["Support and operation (clauses 7–8)"]["max_interval"], 12)
        self.assertEqual(units["Access control"]["max_interval"], 12)  # residual 15 of 25
        self.assertGreater(units["Access control"]["risk"], units["People"]["risk"])
        refs = " ".join(r for r, in self.book.sql("SELECT refs FROM audit_unit")).split()
        self.assertEqual(len(refs), len(set(refs)))
        self.assertEqual(sum(r.startswith("A.") for r in refs), 92)
        self.assertNotIn("A.7.6", refs)
        before = self.book.sql("SELECT COUNT(*) FROM ledger_entry")
        self.assertEqual(units, self.units())
        self.assertEqual(before, self.book.sql("SELECT COUNT(*) FROM ledger_entry"))

    def test_nobody_is_given_what_they_own_or_operate(self):
        self.book.add_person("otto@example.org", "internal_auditor", name="Otto Brandt")
        universe = self.audits("universe").json()
        otto = next(a for a in universe["auditors"] if a["id"] == "Otto Brandt")
        self.assertIn("Cloudberg", otto["conflicts"])
        self.assertIn("Networks and encryption", otto["conflicts"])
        plan = self.audits("propose", "--steps", "60000", "--json").json()
        for audit in plan["assignments"]:
            if audit["auditor"] == "Otto Brandt":
                self.assertNotIn(audit["unit"], otto["conflicts"])

    def test_adopting_needs_somebody_else_and_fills_the_diary(self):
        self.assertTrue(self.propose()["feasible"])
        alone = self.audits("adopt", "--by", "anna@example.org")
        self.assertEqual(alone.code, 2, repr(alone))
        self.assertIn("proposed", alone.err)
        nobody = self.audits("adopt")
        self.assertEqual(nobody.code, 2, repr(nobody))
        self.assertEqual(self.audits("adopt", "--by", "ceo@example.org").code, 0)
        planned = self.activities()
        adopted = self.book.sql("SELECT COUNT(*) FROM audit_assignment WHERE activity_id IS NULL")
        self.assertEqual(adopted, [["0"]])
        self.assertGreater(len(planned), 25)
        self.assertTrue(all(due == baseline for _, _, due, baseline, _ in planned))
        left = self.book.sql("SELECT COUNT(*) FROM activity a JOIN duty d ON d.id = a.duty_id "
                             "WHERE d.duty_key = 'audit.quarterly' AND a.superseded_by IS NULL "
                             "AND a.state < 3")
        self.assertEqual(left, [["0"]])  # every placeholder gave way, by a link
        reviews = self.book.sql("SELECT COUNT(*) FROM activity a JOIN duty d ON d.id = a.duty_id "
                                "WHERE d.duty_key = 'audit.programme-review'")
        self.assertGreaterEqual(int(reviews[0][0]), 2)
        self.assertEqual(self.audits("adopt", "--by", "ceo@example.org").code, 2)
        self.book.ok("verify")

    def test_the_month_before_surveillance_stays_free_and_a_window_that_closes_is_named(self):
        self.adopt()
        external, = self.book.sql("SELECT MIN(due) FROM activity WHERE stage = 'surveillance'")
        year, month = int(external[0][:4]), int(external[0][5:7])
        before = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02d}"
        self.assertFalse([a for a in self.activities() if a[2].startswith(before)])
        first = self.activities()[0]
        early = self.audits("programme", "--json").json()
        self.assertEqual((early["held"], early["late"], early["warning"]), (0, 0, ""))
        late = self.audits("programme", "--json", now="2026-06-30").json()
        self.assertGreater(late["window_closed"], 0)
        self.assertIn(first[1], late["warning"])
        self.assertEqual(late["at_this_pace"], 0)
        self.assertLess(late["as_planned"], late["due_then"])

    def days(self):
        """What is kept about the programme's days, and the same counted from its audits."""
        kept = self.book.sql("SELECT day, first_due, due_open, latest_open, held FROM follow_tally "
                             "ORDER BY day")
        counted = {}
        for baseline, due, latest, held_on, state in self.book.sql(
                "SELECT a.baseline, a.due, a.latest, a.held_on, a.state FROM activity a JOIN "
                "duty d ON d.id = a.duty_id WHERE d.duty_key = 'audit.programme' "
                "AND a.state < 4"):
            dates = ((baseline, 0), (held_on, 3)) if state == "3" else (
                (baseline, 0), (due, 1), (latest, 2))
            for day, column in dates:
                counted.setdefault(day, [0, 0, 0, 0])[column] += 1
        return kept, [[day, *map(str, counted[day])] for day in sorted(counted)]

    def test_days_moved_held_and_taken_out_are_counted_as_they_happen(self):
        self.adopt()
        moved, held, gone, new = self.activities()[:4]
        now = held[2]
        self.book.ok("activity", "move", moved[0], *ORG, "--due", f"{moved[2][:4]}-12-15",
                     "--reason", "The auditor is ill", now=now)
        self.book.ok("activity", "move", new[0], *ORG, "--due", f"{new[2][:4]}-12-16",
                     "--reason", "The site is closed", now=now)
        self.book.ok("activity", "cancel", gone[0], *ORG, "--reason", "The unit is gone", now=now)
        self.book.ok("activity", "start", held[0], *ORG, now=now)
        self.book.ok("activity", "check", held[0], *ORG, now=now)
        self.book.ok("activity", "record", held[0], *ORG, "--result", "nothing found", now=now)
        (self.book.folder / "log.txt").write_text("Seen.")
        self.book.ok("evidence", "add", self.book.folder / "log.txt", *ORG, "--activity", held[0],
                     now=now)
        self.book.ok("activity", "conclude", held[0], *ORG, now=now)
        kept, counted = self.days()
        self.assertEqual(kept, counted)
        self.assertEqual(sum(int(row[4]) for row in kept), 1)
        self.assertEqual(self.audits("programme", "--json", now=now).json()["held"], 1)
        self.book.ok("rebuild", *ORG)
        self.assertEqual(self.days()[0], kept)
        server = self.book.serve(now=now)
        made = self.book.json("token", "create", *ORG, "--name", "reader", "--scope", "read",
                              "--person", "anna@example.org", now=now)
        page = server.client(token=made["token"]).api("GET", "/o/nordwind/audits/programme").json()
        server.stop()
        slips = {slip["title"]: slip["slip"] for slip in page["slips"]}
        self.assertIn("days later", slips[moved[1]])  # however far away
        self.assertIn("days later", slips[new[1]])
        self.assertNotIn(held[1], slips)
        self.adopt(now=now)  # what is planned anew changes the days, too
        kept, counted = self.days()
        self.assertEqual(kept, counted)

    def test_planning_anew_keeps_what_is_under_way_and_most_dates(self):
        self.adopt()
        under_way, slipped = self.activities()[0], self.activities()[1]
        self.book.ok("activity", "start", under_way[0], *ORG, now=under_way[2])
        now = under_way[2]
        self.book.ok("activity", "move", slipped[0], *ORG, "--due",
                     str(int(slipped[2][:4])) + "-12-15", "--reason", "The auditor is ill", now=now)
        before = {a[0]: a for a in self.activities()}
        self.adopt(now=now)
        after = {a[0]: a for a in self.activities()}
        self.assertIn(under_way[0], after)
        self.assertEqual(after[under_way[0]][2], under_way[2])
        same = sum(k in after and after[k][2] == before[k][2] for k in before)
        self.assertGreaterEqual(same * 10, len(before) * 9)
        for k in after.keys() & before.keys():
            self.assertEqual(after[k][3], before[k][3])  # the first date stays
        self.book.ok("verify")

    def test_three_years_as_planned_by_nobody_and_with_one_who_leaves(self):
        self.book.add_person("mira@example.org", "internal_auditor", name="Mira Holm")
        self.adopt()
        walks = {w["scenario"]: w for w in self.audits("simulate", "--month", "7", "--json").json()}
        planned, nobody, leaves = (walks[k] for k in ("planned", "nobody", "leaves"))
        self.assertEqual(len(planned["months"]), 36)
        self.assertEqual(planned["months"][-1]["coverage"], 100)
        self.assertEqual(planned["months"][-1]["late"], 0)
        self.assertTrue(planned["feasible"])
        self.assertEqual(nobody["months"][-1]["held"], 0)
        self.assertEqual(nobody["months"][-1]["coverage"], 0)
        self.assertGreater(nobody["months"][-1]["beyond"], 0)
        self.assertEqual([m["held"] for m in leaves["months"][:7]],
                         [m["held"] for m in planned["months"][:7]])
        self.assertLess(leaves["kept"], leaves["of"])
        self.assertTrue(leaves["moves"])
        self.assertIn(leaves["leaver"], " ".join(leaves["moves"]))

    def test_a_page_walks_the_programme_three_ways(self):
        self.book.add_person("mira@example.org", "internal_auditor", name="Mira Holm")
        server = self.book.serve()
        anna = self.book.signed_in(server)
        place = "/o/nordwind/audits/programme/simulate"
        self.assertIn("No programme to walk yet", anna.get(place).words)
        self.adopt()
        planned, nobody, leaves = (anna.api("GET", f"{place}?scenario={s}").json()
                                   for s in ("planned", "nobody", "leaves"))
        self.assertEqual([r["coverage"] for r in (planned["rows"][-1], nobody["rows"][-1])],
                         ["100 %", "0 %"])
        self.assertGreater(nobody["rows"][-1]["beyond"], 0)
        self.assertTrue(leaves["moves"])
        self.assertEqual(len(leaves["auditors"]), 2)
        page = anna.get(f"{place}?scenario=leaves&month=3")
        self.assertIn("leaves in March 2026", page.words)
        self.assertIn("Held in this walk", page.text)
        self.assertEqual(anna.api("GET", f"{place}?scenario=leaves&month=60").status, 422)

    def test_a_proposal_is_edited_and_says_what_it_breaks(self):
        version = self.propose()["version"]
        server = self.book.serve()
        anna = self.book.signed_in(server)
        place = f"/o/nordwind/audits/programme/{version}"
        page = anna.get(place)
        self.assertIn("finds every rule kept", page.words)
        unit, = self.book.sql("SELECT id FROM audit_unit WHERE unit_key = 'clauses.support'")
        audits = self.book.sql("SELECT id, month FROM audit_assignment WHERE unit_id = "
                               f"{unit[0]} ORDER BY month")
        tried = anna.get(f"{place}?edit={audits[0][0]}&month=2028-11-01")
        self.assertIn("This would break", tried.words)
        self.assertIn("at most 12 are allowed", tried.words)
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM audit_breach"), [["0"]])
        placed = tried.submit("/edit")
        self.assertIn("It breaks", placed.words)
        refused = anna.post(f"{place}/adopt", [("exception", "no"), ("csrf", "")])
        self.assertNotEqual(refused.status, 200)
        self.assertIn("cannot be adopted while a rule is broken", anna.get(place).words)
        ran = self.audits("adopt", "--by", "ceo@example.org")
        self.assertEqual(ran.code, 1, repr(ran))
        self.assertIn("The checker refuses", ran.err)
        dropped = anna.get(f"{place}?edit={audits[0][0]}").submit("/drop")
        self.assertIn("Taken out", dropped.words)

    def test_a_search_is_asked_for_run_and_watched_from_pages(self):
        server = self.book.serve()
        anna = self.book.signed_in(server)
        anna.get("/o/nordwind/audits/universe").submit("/universe/build")
        page = anna.get("/o/nordwind/audits/programme").submit("/programme/propose")
        self.assertIn("0 % done", page.words)
        done = page.submit("/search", "csrf")
        self.assertIn("every rule is kept", done.words)
        self.assertIn("Units and months", done.words)
        chief = self.book.signed_in(server, "ceo@example.org")
        adopted = chief.get(done.path).submit("/adopt")
        self.assertIn("Adopted", adopted.words)
        self.assertIn("approved by Carla Ehlers", adopted.words)
        unit = anna.get("/o/nordwind/audits/universe?risk=0&findings=100")
        self.assertIn("Trying other weights", unit.words)

    def test_an_owner_of_the_last_twelve_months_is_a_warning(self):
        self.book.add_person("otto@example.org", "internal_auditor", name="Otto Brandt")
        self.units()
        (self.book.folder / "soa.csv").write_text(SOA.replace("Otto Brandt", "Ines Karlsen"))
        self.book.ok("import", *ORG, self.book.folder / "soa.csv")
        self.units()
        rows = self.book.sql("SELECT id FROM audit_unit WHERE title = 'Networks and encryption'")
        unit = rows[0][0]
        server = self.book.serve()
        anna = self.book.signed_in(server)
        rows = anna.api("GET", f"/o/nordwind/audits/units/{unit}").json()["standings"]
        otto = next(row for row in rows if row["name"] == "Otto Brandt")
        self.assertEqual((otto["verdict"], otto["why"]),
                         ("warning", "owned it until 2 December 2025"))

    def test_an_exception_needs_a_reason_and_another_and_stays_visible(self):
        self.book.add_person("otto@example.org", "internal_auditor", name="Otto Brandt")
        self.units()
        server = self.book.serve()
        otto, anna = self.book.signed_in(server, "otto@example.org"), self.book.signed_in(server)
        unit, = self.book.sql("SELECT id FROM audit_unit WHERE unit_key = 'controls.network'")
        place = f"/o/nordwind/audits/units/{unit[0]}"
        self.assertNotIn("Record an exception", otto.get(place).words)
        done = anna.get(place).submit("/exceptions", reason="Nobody else knows the firewalls")
        self.assertIn("exception is recorded", done.words)
        self.assertIn("By exception", done.words)
        universe = self.audits("universe").json()
        theirs = next(a for a in universe["auditors"] if a["id"] == "Otto Brandt")
        self.assertNotIn("Networks and encryption", theirs["conflicts"])
        self.assertIn("Nobody else knows the firewalls",
                      anna.get("/o/nordwind/audits/auditors").words)

    def test_merged_in_mid_cycle_history_stays_and_nothing_is_left_out(self):
        self.adopt()
        server = self.book.serve()
        anna = self.book.signed_in(server)
        people, = self.book.sql("SELECT id FROM audit_unit WHERE unit_key = 'controls.people'")
        legal, = self.book.sql("SELECT id FROM audit_unit WHERE unit_key = 'controls.legal'")
        done = anna.get(f"/o/nordwind/audits/units/{people[0]}").submit(
            "/merge", into=legal[0], reason="One person does both")
        self.assertIn("became part of", done.words)
        old = anna.get(f"/o/nordwind/audits/units/{people[0]}")
        self.assertIn("No longer in the universe", old.words)
        self.assertIn("One person does both", old.words)
        build = anna.get("/o/nordwind/audits/universe").submit("/universe/build")
        self.assertIn("Nothing applicable is left out", build.words)
        self.assertNotIn("People", self.units())
        split = anna.get(f"/o/nordwind/audits/units/{legal[0]}").submit(
            "/split", refs="A.6.1 A.6.2", title="Hiring", reason="Too much for a day")
        self.assertIn("Hiring", split.words)
        self.assertIn("Hiring", self.units())
        self.book.ok("verify")

    def test_too_few_days_are_said_with_the_way_out(self):
        self.units()
        server = self.book.serve()
        anna = self.book.signed_in(server)
        anna.get("/o/nordwind/audits/auditors").submit(
            "/audits/auditors", name="Tobias Becker", days="0.4")
        plan = self.propose()
        self.assertFalse(plan["feasible"])
        page = anna.get(f"/o/nordwind/audits/programme/{plan['version']}")
        self.assertIn("no plan can keep it", page.words)
        self.assertIn("Ways out, the cheapest first", page.words)
        self.assertIn("Grant Tobias Becker", page.words)

    def test_another_organisation_sees_nothing_of_it(self):
        self.adopt()
        self.book.init(org="other", name="Other", admin="olga@example.org")
        server = self.book.serve()
        olga = self.book.signed_in(server, "olga@example.org")
        self.assertIn("First, what is audited", olga.get("/o/other/audits/programme").words)
        unit, = self.book.sql("SELECT MIN(id) FROM audit_unit")
        self.assertEqual(olga.get(f"/o/other/audits/units/{unit[0]}").status, 404)


class Planner(lib.DaybookTest):
    """The command sheet, literally."""

    def audits(self, *arguments):
        env = {k: v for k, v in self.book.env.items() if not k.startswith("DAYBOOK_")}
        return subprocess.run([str(lib.PROGRAM), "audits", *map(str, arguments)], env=env,
                              text=True, capture_output=True, check=False,
                              timeout=120 * lib.PATIENCE)

    def file(self, name, value):
        path = self.book.folder / name
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return path

    def random(self, units=40, auditors=3, months=36, seed=7):
        ran = self.audits("universe", "--random", "--units", units, "--auditors", auditors,
                          "--months", months, "--seed", seed)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        return json.loads(ran.stdout)

    def test_propose_and_check_agree_and_the_same_seed_gives_the_same_plan(self):
        universe = self.random()
        self.assertEqual(universe, self.random())
        for key in ("months", "start", "auditors", "units", "blackout_months"):
            self.assertIn(key, universe)
        path = self.file("u.json", universe)
        first = self.audits("propose", "--universe", path, "--seed", 3, "--steps", 50000, "--json")
        again = self.audits("propose", "--universe", path, "--seed", 3, "--steps", 50000, "--json")
        self.assertEqual((first.returncode, first.stdout), (0, again.stdout))
        plan = json.loads(first.stdout)
        self.assertEqual(set(plan), {"feasible", "objective", "assignments", "conflicts"})
        self.assertTrue(all(set(a) == {"unit", "month", "auditor", "why"}
                            for a in plan["assignments"]))
        check = self.audits("check", "--universe", path, "--plan", self.file("p.json", plan),
                            "--json")
        self.assertEqual(check.returncode, 0, check.stdout)
        self.assertAlmostEqual(json.loads(check.stdout)["objective"], plan["objective"], places=5)
        self.assertAlmostEqual(self.objective(universe, plan), plan["objective"], places=5)

    @staticmethod
    def objective(universe, plan):
        total = 0
        for unit in universe["units"]:
            months = {a["month"] for a in plan["assignments"] if a["unit"] == unit["id"]}
            last = -unit["last_audited"]
            for month in range(universe["months"]):
                last = month if month in months else last
                total += unit["risk"] * (month - last)
        return total

    def test_each_broken_rule_is_named_with_exit_three(self):
        unit = {"id": "u", "effort_days": 1, "max_interval": 3, "last_audited": 1, "risk": 1,
                "needs": ["cloud"], "site": "HQ"}
        universe = {"months": 4, "start": "2026-01", "blackout_months": [1], "units": [unit],
                    "auditors": [{"id": "a", "days": [1, 1, 1, 1], "conflicts": ["u"],
                                  "competences": []},
                                 {"id": "b", "days": [0.5, 1, 1, 1], "conflicts": [],
                                  "competences": ["cloud"]}]}
        path = self.file("u.json", universe)

        def rules(*assignments):
            plan = {"assignments": [dict(zip(("unit", "month", "auditor"), a))
                                    for a in assignments]}
            ran = self.audits("check", "--universe", path, "--plan", self.file("p.json", plan),
                              "--json")
            self.assertEqual(ran.returncode == 0, not json.loads(ran.stdout)["conflicts"])
            self.assertIn(ran.returncode, (0, 3))
            return {c["rule"] for c in json.loads(ran.stdout)["conflicts"]}

        self.assertEqual(rules(("u", 2, "b")), set())
        self.assertEqual(rules(("u", 2, "a")), {"conflict", "competence"})
        self.assertEqual(rules(("u", 1, "b")), {"blackout", "capacity"})
        self.assertEqual(rules(("u", 0, "b")), {"capacity", "interval"})
        self.assertEqual(rules(), {"interval"})
        self.assertEqual(rules(("u", 2, "b"), ("u", 2, "b")), {"shape", "capacity"})
        self.assertEqual(rules(("u", 2, "b"), ("ghost", 2, "b")), {"shape"})
        self.assertEqual(rules(("u", 2, "b"), ("u", 9, "b")), {"shape"})

    def test_what_is_impossible_is_proved_and_what_is_overdue_comes_first(self):
        universe = self.random(units=6, auditors=1, seed=2)
        universe["units"][0].update(last_audited=30, max_interval=12, needs=[])
        plan = json.loads(self.audits("propose", "--universe", self.file("u.json", universe),
                                      "--steps", 20000, "--json").stdout)
        first = min((a["month"] for a in plan["assignments"] if a["unit"] == "unit-1"), default=99)
        self.assertTrue(first <= 3 or not plan["feasible"])
        universe["auditors"][0]["days"] = [0.5] * universe["months"]
        ran = self.audits("propose", "--universe", self.file("u.json", universe), "--steps", 2000,
                          "--json")
        plan = json.loads(ran.stdout)
        self.assertEqual((ran.returncode, plan["feasible"]), (3, False))
        proved = [c for c in plan["conflicts"] if c["proved"]]
        self.assertTrue(proved and all(c["ways_out"] and c["rule"] for c in proved))

    def test_bad_files_are_refused_by_field(self):
        for text, words in (("", "Line"), ("{}", "months"), ('{"months":0,"start":"x"}', "months")):
            ran = self.audits("propose", "--universe", self.file("bad.json", text))
            self.assertEqual(ran.returncode, 2, ran.stderr)
            self.assertIn(words, ran.stderr)

    def test_the_bound_of_another_solver_is_below_the_plan(self):
        if shutil.which("cbc") is None:
            self.fail("coinor-cbc is not installed (tools/packages-test.txt)")
        path, lp = self.file("u.json", self.random(units=25)), self.book.folder / "u.lp"
        ran = self.audits("propose", "--universe", path, "--steps", 400000, "--lp", lp, "--json")
        solved = subprocess.run(["cbc", str(lp), "solve"], text=True, capture_output=True,
                                timeout=120 * lib.PATIENCE, check=True).stdout
        bound = next(float(line.split()[2]) for line in solved.splitlines()
                     if line.startswith("Optimal objective"))
        staleness = json.loads(ran.stdout)["objective"]
        self.assertLessEqual(bound, staleness + 1e-6)
        self.assertLess(staleness / bound, 1.05)


if __name__ == "__main__":
    lib.main()
