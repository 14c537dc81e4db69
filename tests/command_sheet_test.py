# SPDX-License-Identifier: Apache-2.0
"""The command sheet: names, shapes and exit codes that scripts and packagers rely on.

Written from the outside: it knows the binary, its arguments and its output, and nothing else.
"""
import calendar
import datetime as dt
import json
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.environ.get("DAYBOOK_BINARY", os.path.join(
    os.environ.get("DAYBOOK_BUILD", os.path.join(ROOT, "build")), "daybook"))
KINDS = {"communication", "audit", "management_review", "training", "exercise_continuity",
         "exercise_evacuation", "exercise_recovery", "risk_workshop", "improvement",
         "surveillance", "control_check"}
STATUSES = {"planned", "scheduled", "under_way", "late", "missed", "concluded", "cancelled"}
LONGEST_GAP = {"management_review": 12, "audit": 12, "training": 12, "exercise_continuity": 12,
               "exercise_evacuation": 12, "exercise_recovery": 6, "risk_workshop": 12}


def add_months(day, months):
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def day(text):
    return dt.date.fromisoformat(text)


class Case(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="daybook-sheet-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.env = {key: value for key, value in os.environ.items()
                    if not key.startswith("DAYBOOK_")}
        self.env["DAYBOOK_DB"] = "sqlite:" + os.path.join(self.dir, "daybook.db")

    def run_daybook(self, *args, now=None, expect=0):
        env = dict(self.env, **({"DAYBOOK_NOW": now} if now else {}))
        done = subprocess.run([BINARY, *args], env=env, capture_output=True, timeout=600,
                              check=False)
        if expect is not None:
            self.assertEqual(done.returncode, expect,
                             f"{args}: {done.stderr.decode(errors='replace')[:800]}")
        return done

    def json(self, *args, now=None, expect=0):
        return json.loads(self.run_daybook(*args, "--json", now=now, expect=expect).stdout)

    def init(self, decision="2025-11-20", facts=None, now="2025-11-24", org="nordwind", more=()):
        args = ["init", "--org", org, "--name", "Nordwind Logistics GmbH",
                "--admin", "anna@example.org", "--decision-date", decision, *more]
        if facts is not None:
            path = os.path.join(self.dir, "facts.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(facts, file)
            args += ["--facts", path]
        return self.run_daybook(*args, now=now)

    def write(self, name, content):
        path = os.path.join(self.dir, name)
        mode = "wb" if isinstance(content, bytes) else "w"
        with open(path, mode, **({} if "b" in mode else {"encoding": "utf-8", "newline": ""})) as f:
            f.write(content)
        return path


class Programme(Case):
    def test_plan_has_the_promised_shape(self):
        self.init()
        plan = self.json("plan", "--org", "nordwind", now="2025-11-24")["activities"]
        self.assertGreater(len(plan), 40)
        for item in plan:
            for key in ("id", "duty", "title", "earliest", "due", "latest", "owner", "why"):
                self.assertIn(key, item)
            self.assertIn(item["duty"], KINDS)
            self.assertLessEqual(day(item["earliest"]), day(item["due"]))
            self.assertLessEqual(day(item["due"]), day(item["latest"]))
            self.assertTrue(item["why"].strip() and item["title"].strip())
        self.assertEqual({item["duty"] for item in plan}, KINDS)

    def check_cycle(self, decision, plan):
        expiry = add_months(decision, 36)
        stages = {"surveillance": [], "recertification": [], "readiness": []}
        for item in plan:
            if item["duty"] == "surveillance":
                stages[item["stage"]].append(item)
        first = min(day(i["due"]) for i in stages["surveillance"])
        latest = min(day(i["latest"]) for i in stages["surveillance"])
        self.assertLessEqual(max(first, latest), add_months(decision, 12))
        recertification = max(day(i["latest"]) for i in stages["recertification"])
        self.assertLess(recertification, expiry)
        years = {day(i["due"]).year for s in ("surveillance", "recertification")
                 for i in stages[s]}
        for year in range(decision.year + 1, expiry.year):
            self.assertIn(year, years, f"{decision}: no external audit in {year}")
        self.check_order(plan, stages)
        self.check_gaps(decision, plan)

    def check_order(self, plan, stages):
        reviews = sorted(day(i["due"]) for i in plan if i["duty"] == "management_review")
        audits = sorted(day(i["due"]) for i in plan if i["duty"] == "audit")
        for item in stages["surveillance"] + stages["recertification"]:
            visit = day(item["due"])
            before = [r for r in reviews if (visit - r).days >= 30]
            self.assertTrue(before, f"no review 30 days before {visit}")
            self.assertLess((visit - before[-1]).days, 184)
            self.assertTrue(any(a <= before[-1] for a in audits))
            self.assertGreaterEqual(
                len([i for i in stages["readiness"] if 0 < (visit - day(i["due"])).days <= 100]), 3)

    def check_gaps(self, decision, plan):
        series = {}
        for item in plan:
            if item["duty"] in LONGEST_GAP:
                name = item["title"] if item["duty"].startswith("exercise") else item["duty"]
                series.setdefault((item["duty"], name), []).append(day(item["due"]))
        for (kind, name), days in series.items():
            previous = decision
            for due in sorted(days):
                self.assertLessEqual(due, add_months(previous, LONGEST_GAP[kind]),
                                     f"{decision}: {name}: {previous} to {due}")
                previous = due

    def test_random_certificates_keep_the_rules_of_the_cycle(self):
        rng = random.Random(20251120)
        special = ["2024-02-29", "2025-08-31", "2025-01-01", "2025-12-31", "2025-01-10"]
        days = special + [str(dt.date(2024, 3, 1) + dt.timedelta(rng.randrange(900)))
                          for _ in range(15)]
        for index, text in enumerate(days):
            self.init(decision=text, org=f"org{index}", now=text)
            plan = self.json("plan", "--org", f"org{index}", now=text)["activities"]
            self.check_cycle(day(text), plan)

    def test_an_audit_every_quarter_the_first_within_three_months(self):
        self.init(decision="2025-08-31", now="2025-09-01")
        plan = self.json("plan", "--org", "nordwind", now="2025-09-01")["activities"]
        audits = sorted(day(i["due"]) for i in plan if i["duty"] == "audit")
        self.assertLessEqual(audits[0], dt.date(2025, 11, 30))
        self.assertGreaterEqual(len(audits), 11)

    def test_facts_change_the_programme_and_say_so(self):
        self.init(facts={"sites": ["Hamburg", "Rotterdam"], "head_count": 600,
                         "sector": "logistics", "customer_demands": "high",
                         "outsourced_share": 0.6, "top_management": ["Eva Chef"],
                         "critical_systems": ["ERP", "Portal", "Mail"]})
        plan = self.json("plan", "--org", "nordwind", now="2025-11-24")["activities"]
        titles = " | ".join(i["title"] for i in plan)
        for name in ("Hamburg", "Rotterdam", "ERP", "Portal", "Mail"):
            self.assertIn(name, titles)

    def test_adopting_twice_adds_nothing(self):
        self.init()
        first = self.json("plan", "--org", "nordwind", "--adopt", now="2025-11-24")["activities"]
        due = self.json("due", "--org", "nordwind", now="2025-11-24")
        self.json("plan", "--org", "nordwind", "--adopt", now="2025-11-24")
        self.assertEqual(due, self.json("due", "--org", "nordwind", now="2025-11-24"))
        self.assertEqual(len(first), len(due))

    def test_due_tells_the_truth_three_months_on(self):
        self.init()
        self.json("plan", "--org", "nordwind", "--adopt", now="2025-11-24")
        due = self.json("due", "--org", "nordwind", now="2026-06-01")
        for item in due:
            for key in ("id", "duty", "title", "status", "baseline", "due", "latest",
                        "slip_days", "owner", "why"):
                self.assertIn(key, item)
            self.assertIn(item["status"], STATUSES)
            expected = ("missed" if day(item["latest"]) < dt.date(2026, 6, 1) else
                        "late" if day(item["due"]) < dt.date(2026, 6, 1) else None)
            if expected:
                self.assertEqual(item["status"], expected)
        self.assertTrue(any(i["duty"] == "audit" and i["status"] == "missed" for i in due))


class Refusals(Case):
    def test_bad_input_ends_with_2_and_names_the_field(self):
        base = ["init", "--org", "xx", "--name", "X", "--admin", "a@example.org"]
        for extra, word in ((["--decision-date", "2027-02-30"], "decision-date"),
                            (["--decision-date", "soon"], "decision-date"),
                            ([], "decision-date")):
            done = self.run_daybook(*base, *extra, now="2025-11-24", expect=2)
            self.assertIn(word, done.stderr.decode())
        self.init()
        done = self.run_daybook("due", "--org", "nobody", expect=2)
        self.assertIn("nobody", done.stderr.decode() + done.stdout.decode())
        self.run_daybook("frobnicate", expect=2)
        self.run_daybook("plan", "--frob", expect=2)

    def test_bad_facts_leave_nothing_behind(self):
        path = self.write("facts.json", '{"head_count": "many"}')
        self.run_daybook("init", "--org", "xx", "--name", "X", "--admin", "a@example.org",
                         "--decision-date", "2025-11-20", "--facts", path, now="2025-11-24",
                         expect=2)
        self.init(org="xx")


class Import(Case):
    RISKS = "ID,Risk Title,Owner,Likelihood,Impact,Status\r\n" \
            "R-1,Fire,Head of Ops,2,5,Open\r\n" \
            "R-2,\"Loss, of\nkeys\",ISO,3,3,Open\r\n" \
            "R-3,Ragged,row,with,too,many,cells\r\n" \
            "R-4,Flood,ISO,1,4,Open\r\n"

    def test_ragged_rows_are_refused_by_line_and_the_rest_goes_in(self):
        self.init()
        path = self.write("risk-register.csv", self.RISKS)
        dry = self.json("import", "--org", "nordwind", path, "--dry-run")["files"]
        result = self.json("import", "--org", "nordwind", path)["files"]
        self.assertEqual(dry[0]["created"], result[0]["created"])
        self.assertEqual((result[0]["rows"], result[0]["created"], result[0]["refused"]), (4, 3, 1))
        self.assertEqual(result[0]["errors"][0]["line"], 5)
        again = self.json("import", "--org", "nordwind", path)["files"][0]
        self.assertEqual((again["created"], again["changed"], again["unchanged"]), (0, 0, 3))

    def test_semicolons_tabs_marks_and_latin1(self):
        self.init()
        rows = "ID;Risk Title;Owner;Likelihood;Impact\nR-1;Größe;Müller;2;3\n"
        for name, content in (("a.csv", "\ufeff" + rows), ("b.csv", rows.encode("latin-1")),
                              ("c.csv", rows.replace(";", "\t").replace("R-1", "R-9"))):
            file = self.json("import", "--org", "nordwind", self.write(name, content),
                             "--as", "risk")["files"][0]
            self.assertEqual(file["refused"], 0, file)

    def test_missing_path_is_wrong_input(self):
        self.init()
        self.run_daybook("import", "--org", "nordwind", "/nonexistent.csv", expect=2)


class Calendar(Case):
    def test_one_event_an_activity_and_no_rrule(self):
        self.init()
        self.json("plan", "--org", "nordwind", "--adopt", now="2025-11-24")
        due = self.json("due", "--org", "nordwind", now="2025-11-24")
        text = self.run_daybook("calendar", "--org", "nordwind", now="2025-11-24").stdout.decode()
        self.assertEqual(text.count("BEGIN:VEVENT"), len(due))
        self.assertNotIn("RRULE", text)
        self.assertEqual(len(set(l for l in text.split("\r\n") if l.startswith("UID:"))), len(due))
        self.assertTrue(all(len(l.encode()) <= 75 for l in text.split("\r\n")))


class Ledger(Case):
    def test_verify_finds_each_kind_of_tampering(self):
        self.init()
        self.json("plan", "--org", "nordwind", "--adopt", now="2025-11-24")
        self.run_daybook("verify")
        path = self.env["DAYBOOK_DB"].split(":", 1)[1]
        columns = None
        with sqlite3.connect(path) as db:
            columns = [row[1] for row in db.execute("PRAGMA table_info(ledger_entry)")]
            top = db.execute("SELECT max(rowid) FROM ledger_entry").fetchone()[0]
        attacks = [f"DELETE FROM ledger_entry WHERE rowid = {top}",
                   f"DELETE FROM ledger_entry WHERE rowid = {top // 2}",
                   "DELETE FROM ledger_entry", "DELETE FROM ledger_head",
                   f"UPDATE ledger_entry SET rowid = rowid + 100000 WHERE rowid = {top // 2}"]
        for column in columns:
            attacks.append(f"UPDATE ledger_entry SET {column} = {column} || 'x' "
                           f"WHERE rowid = {top // 2}" if column not in ("id", "org_id", "seq")
                           else f"UPDATE ledger_entry SET {column} = {column} + 500000 "
                           f"WHERE rowid = {top // 2}")
        for number, attack in enumerate(attacks):
            copy = os.path.join(self.dir, f"copy{number}.db")
            with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
                source.backup(target)
            with sqlite3.connect(copy) as db:
                for (name,) in db.execute("SELECT name FROM sqlite_master "
                                          "WHERE type = 'trigger'").fetchall():
                    db.execute(f'DROP TRIGGER "{name}"')
                db.execute("PRAGMA foreign_keys = OFF")
                db.execute(attack)
            env = dict(self.env, DAYBOOK_DB="sqlite:" + copy)
            done = subprocess.run([BINARY, "verify"], env=env, capture_output=True, check=False)
            self.assertEqual(done.returncode, 3, f"{attack}: {done.stdout} {done.stderr}")


class Simulation(Case):
    def test_nobody_acts_and_the_copy_alone_changes(self):
        self.init()
        self.json("plan", "--org", "nordwind", "--adopt", now="2025-11-24")
        before = self.json("due", "--org", "nordwind", now="2025-11-24")
        for behaviour in ("nobody", "planned", "slip"):
            self.json("simulate", "--org", "nordwind", "--from", "2025-11-24",
                      "--to", "2026-11-20", "--behaviour", behaviour)
        self.assertEqual(before, self.json("due", "--org", "nordwind", now="2025-11-24"))
        self.run_daybook("simulate", "--org", "nordwind", "--from", "2026-01-01",
                         "--to", "2025-01-01", "--behaviour", "nobody", expect=2)


if __name__ == "__main__":
    unittest.main()
