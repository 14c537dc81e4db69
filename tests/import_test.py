# SPDX-License-Identifier: Apache-2.0
"""Registers brought from files: recognised, refused where wrong, the same a second time."""
import csv
import io
import os
import pathlib
import time
import unittest

import lib

DATA = pathlib.Path(__file__).parent / "data" / "registers"
REAL = pathlib.Path(os.environ.get("DAYBOOK_REAL_REGISTERS",
                                   lib.ROOT.parent / "shared" / "data" / "starter-kit"))
# file: rows, created, refused
KIT = {
    "asset-register.csv": (18, 18, 0), "capa-register.csv": (5, 5, 0),
    "change-log.csv": (10, 10, 0), "competence-matrix.csv": (22, 22, 0),
    "cryptography-register.csv": (10, 10, 0), "deletion-evidence-log.csv": (7, 7, 0),
    "disaster-recovery-register.csv": (10, 10, 0), "document-control-register.csv": (26, 26, 0),
    "exceptions-register.csv": (6, 6, 0), "incident-register.csv": (10, 10, 0),
    "legal-compliance-register.csv": (27, 27, 0), "raci-matrix.csv": (20, 20, 0),
    "records-retention-schedule.csv": (27, 27, 0), "risk-register.csv": (7, 7, 0),
    "risk-treatment-plan.csv": (11, 11, 0), "security-objectives-register.csv": (10, 10, 0),
    "stakeholder-communication.csv": (12, 1, 11), "stakeholder-requirements.csv": (12, 11, 1),
    "statement-of-applicability.csv": (93, 92, 1), "supplier-register.csv": (12, 12, 0),
    "threat-register.csv": (12, 12, 0), "training-register.csv": (14, 14, 0),
    "vulnerability-register.csv": (15, 15, 0),
}


class ImportTest(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(org="harbour", name="Hafen Kiel Süd")

    def bring(self, *paths, **options):
        report = self.book.json("import", "--org", "harbour", *paths, **options)
        for file in report["files"]:
            self.assertEqual(file["rows"], file["created"] + file["changed"] + file["unchanged"] +
                             file["refused"], file)
            for error in file["errors"]:
                self.assertGreaterEqual(error["line"], 1)
        return report, {f["file"]: f for f in report["files"]}

    def write(self, name, content):
        path = self.book.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def one(self, name, content, *more):
        _, files = self.bring(self.write(name, content), *more)
        return files[name]

    def items(self, register):
        return self.book.json("register", "show", "--org", "harbour", register)["items"]

    def counts(self):
        return [self.book.sql(f"SELECT COUNT(*) FROM {t}")[0][0] for t in
                ("register", "register_item", "item_note", "person", "position", "ledger_entry",
                 "search_entry", "duty_proposal")]


@lib.both_engines
class Import(ImportTest):
    def test_a_folder_goes_in_and_every_row_is_accounted_for(self):
        report, files = self.bring(DATA)
        expected = {  # kind, created, refused
            "audit-plan.md": ("documents", 5, 1), "licence-register.csv": ("plain", 2, 0),
            "raci.csv": ("raci", 3, 0), "risks.csv": ("risks", 3, 2),
            "soa.csv": ("controls", 2, 2), "suppliers.csv": ("suppliers", 2, 1),
            "training.csv": ("training", 3, 0)}
        self.assertEqual({n: (f["kind"], f["created"], f["refused"]) for n, f in files.items()},
                         expected)
        self.assertEqual(report["people"], 2)
        self.assertEqual([(e["line"], e["column"]) for e in files["risks.csv"]["errors"]],
                         [(6, 1), (7, 4)])
        self.assertIn("line 4", files["risks.csv"]["errors"][0]["message"])
        self.assertEqual([e["line"] for e in files["soa.csv"]["errors"]], [4, 5])
        self.assertIn("5 values", files["soa.csv"]["errors"][0]["message"])
        self.assertIn("2027-02-30", files["suppliers.csv"]["errors"][0]["message"])
        self.assertIn("Next Review", files["suppliers.csv"]["errors"][0]["message"])
        self.assertEqual(files["audit-plan.md"]["errors"][0]["line"], 21)

    def test_a_second_time_changes_nothing_and_a_dry_run_writes_nothing(self):
        before = self.counts()
        self.bring(DATA, "--dry-run")
        self.assertEqual(self.counts(), before)
        _, first = self.bring(DATA)
        after = self.counts()
        _, second = self.bring(DATA)
        self.assertEqual(self.counts(), after)
        for name, file in second.items():
            self.assertEqual((file["created"], file["changed"]), (0, 0), name)
            self.assertEqual(file["unchanged"], first[name]["created"], name)
        self.book.ok("verify")

    def test_a_changed_row_is_changed_and_the_others_left_alone(self):
        head = "ID,Risk,Likelihood,Impact\n"
        self.assertEqual(self.one("r.csv", head + "A,one,1,1\nB,two,2,2\n")["created"], 2)
        file = self.one("r.csv", head + "A,one,1,5\nB,two,2,2\nC,three,3,3\n")
        self.assertEqual((file["created"], file["changed"], file["unchanged"]), (1, 1, 1))
        fields = {i["fields"]["ref"]: i["fields"] for i in self.items("risks")}
        self.assertEqual(fields["A"]["impact"], "5")

    def test_the_ledger_hears_what_no_list_shows(self):
        actions = "SELECT action FROM ledger_entry WHERE action LIKE '%s' ORDER BY seq"
        self.one("r.csv", "ID,Risk,Note\nA,one,x\nB,two,y\n")
        file = self.one("r.csv", "ID,Risk,Note,Remark\n\nB,two,y,\nA,one, x,\n")
        self.assertEqual((file["unchanged"], file["created"], file["changed"]), (2, 0, 0))
        self.assertIn(["register.changed"], self.book.sql(actions % "register.%"))
        self.assertEqual(self.book.sql(actions % "%read_again"), [["register_item.read_again"]] * 2)
        self.bring(DATA)
        proposed = self.book.sql(actions % "duty.proposed")
        self.assertEqual(len(proposed), int(self.book.sql(
            "SELECT COUNT(*) FROM duty_proposal")[0][0]))
        self.book.ok("verify")

    def test_what_a_file_says_is_kept_whole(self):
        self.bring(DATA)
        risk = self.items("risks")[0]
        self.assertEqual(risk["fields"]["title"], "Cold store fails;\ngoods spoil")
        self.assertEqual(risk["fields"]["likelihood"], "4")
        self.assertEqual(risk["notes"], [{"name": "Insurer", "value": "Hansa"}])
        self.assertEqual(risk["line"], 2)
        supplier = self.items("suppliers")[0]
        self.assertEqual(supplier["fields"]["title"], "Förde Cloud")
        self.assertEqual(supplier["notes"], [{"name": "Contract End", "value": "Rolling"}])
        licence = self.items("Licence register")
        self.assertEqual(licence[0]["fields"]["next"], "2026-08-01")
        self.assertIn({"name": "Expires", "value": "perpetual"}, licence[1]["notes"])
        self.assertEqual({i["fields"]["ref"] for i in self.items("controls")}, {"A.5.1", "A.5.7"})

    def test_people_come_from_training_and_roles_become_positions(self):
        self.bring(DATA)
        names = {n for (n,) in self.book.sql("SELECT name FROM person")}
        self.assertTrue({"Maren Petersen", "Jonas Brandt"} <= names)
        self.assertFalse([n for n in names if "Employees" in n or n == "ISO"])
        titles = {t: p for t, p in self.book.sql(
            "SELECT o.title, p.name FROM position o LEFT JOIN person p ON p.id = o.person_id")}
        self.assertEqual(titles["Information Security Officer"], "Maren Petersen")
        self.assertNotIn("ISO", titles)
        self.assertFalse(titles["Head of Ops"])
        self.assertNotIn("Quay Ops Lead", titles)
        owners = {i["fields"]["ref"]: i["owner"] for i in self.items("risks")}
        self.assertEqual(owners["K-2"], "Maren Petersen (Information Security Officer)")
        self.assertEqual(owners["K-1"], "Jonas Brandt (Quay Operations Lead)")
        self.assertEqual(owners["K-3"], "Head of Ops (vacant)")

    def test_dates_propose_checks_and_the_plan_is_looked_at(self):
        report, _ = self.bring(DATA)
        keys = {k: f for k, f in self.book.sql("SELECT duty_key, first_on FROM duty_proposal")}
        self.assertEqual(keys["check.licence_register.L-1"], "2026-08-01")
        self.assertEqual(keys["audits.HA-2"], "2026-09-14")
        self.assertNotIn("audits.HA-1", keys)
        warnings = " ".join(w["message"] for w in report["warnings"])
        self.assertIn("HA-2: Maren Petersen", warnings)
        self.assertIn("Supplier security checks", warnings)
        self.assertIn("21 days before the surveillance audit on 5 October 2026", warnings)

    def test_earlier_work_enters_the_diary_once_there_is_one(self):
        report, _ = self.bring(DATA)
        self.assertEqual(report["history"], 0)
        self.book.ok("plan", "--org", "harbour", "--adopt")
        report, _ = self.bring(DATA)
        self.assertEqual(report["history"], 2)  # the audit, and everybody's awareness training
        report, _ = self.bring(DATA)
        self.assertEqual(report["history"], 0)
        held = self.book.sql("SELECT a.held_on, a.imported FROM register_item i "
                             "JOIN activity a ON a.id = i.activity_id ORDER BY a.held_on")
        self.assertEqual(held, [["2026-02-03", "1"], ["2026-04-12", "1"]])
        audit, = self.book.json("audits", "list", "--org", "harbour")["audits"]
        self.assertEqual((audit["title"], audit["state"], audit["kind"]),
                         ("HA-1: Backups on the quay", "concluded", "internal"))
        refused = self.book.run("audits", "team", audit["id"], "anna@example.org", "--org",
                                "harbour", "--part", "lead")
        self.assertNotEqual(refused.code, 0)  # what was held before stays as the file tells it
        self.book.ok("verify")

    def test_a_kind_and_columns_can_be_given_by_hand(self):
        text = "Nr,What,Who\n1,Fire in the shed,CFO\n"
        self.assertEqual(self.one("x.csv", text)["kind"], "plain")
        self.assertEqual(self.one("y.csv", text, "--as", "risks")["refused"], 1)
        mapping = self.write("map.txt", "# ours\nWhat = title\nWho = owner\n")
        file = self.one("z.csv", text, "--as", "risks", "--map", mapping)
        self.assertEqual((file["kind"], file["created"]), ("risks", 1))
        self.assertEqual(self.items("risks")[0]["owner"], "CFO (vacant)")
        for wrong in (["--as", "nonsense"],
                      ["--map", self.write("bad.txt", "What = nosuchfield\n")],
                      ["--map", self.book.folder / "missing.txt"]):
            self.refused(self.book.run("import", "--org", "harbour", self.book.folder / "x.csv",
                                       *wrong))

    def test_what_cannot_be_read_is_said_and_the_rest_goes_in(self):
        self.refused(self.book.run("import", "--org", "harbour", "/nonexistent.csv"))
        binary = self.write("picture.csv", b"\x89PNG\r\n\0\0\0")
        self.assertEqual(self.book.run("import", "--org", "harbour", binary, "--json").code, 2)
        _, files = self.bring(binary, self.write("ok.csv", "ID,Name\n1,x\n"))
        self.assertEqual(files["picture.csv"]["kind"], "unreadable")
        self.assertEqual(files["picture.csv"]["errors"][0]["line"], 2)
        self.assertEqual(files["ok.csv"]["created"], 1)

    def test_every_file_of_a_folder_is_listed(self):
        folder = self.book.folder / "mixed"
        folder.mkdir()
        (folder / "a.csv").write_text("ID,Name\n1,x\n")
        (folder / "photo.jpg").write_bytes(b"\xff\xd8")
        (folder / ".hidden").write_text("x")
        _, files = self.bring(folder)
        self.assertEqual({n: f["kind"] for n, f in files.items()},
                         {"a.csv": "plain", "photo.jpg": "unreadable"})
        (folder / "a.csv").unlink()
        self.refused(self.book.run("import", "--org", "harbour", folder))

    def test_hostile_files_are_refused_line_by_line(self):
        for name, content in {
                "quotes.csv": 'ID,Name\n1,"open\n2,b\n3,"a"b\n',
                "wide.csv": "ID,Name\n" + "1," * 5000 + "\n2,x\n",
                "long.csv": "ID,Name\n1," + "x" * 100000 + "\n2,x\n",
                "control.csv": "ID,Name\n1,a\x1b[2Jb\n2,x\n"}.items():
            file = self.one(name, content)
            self.assertGreaterEqual(file["refused"], 1, name)
            self.assertGreaterEqual(file["created"], 1, name)
        wide = "ID,Name\n1,x\n".encode("utf-16")
        for name, content in {"empty.csv": b"", "utf16.csv": wide}.items():
            ran = self.book.run("import", "--org", "harbour", self.write(name, content), "--json")
            self.assertEqual(ran.code, 2, name)
        self.book.ok("verify")

    def test_what_went_in_is_found_and_comes_out_again(self):
        self.bring(DATA)
        for words, title in (("delivery", "K-2 Forged delivery notes"),
                             ("forg deliv", "K-2 Forged delivery notes"),
                             ("forde", "Förde Cloud"), ("yard", "L-1 Yard planner")):
            hits = self.book.json("search", "--org", "harbour", words)["hits"]
            if words == "forde" and self.engine == "postgres":
                continue  # the plain dictionary keeps accents
            self.assertIn(title, [h["title"] for h in hits], words)
        hit = self.book.json("search", "--org", "harbour", "petersen maren")["hits"][0]
        self.assertEqual((hit["kind"], hit["title"]), ("person", "Maren Petersen"))
        for odd in ('"', "' OR 1=1", "*", "a AND (", "\\", "NEAR/2", "🚢"):
            self.book.ok("search", "--org", "harbour", odd)
        out = self.book.ok("register", "export", "--org", "harbour", "risks").out
        rows = list(csv.DictReader(io.StringIO(out)))
        self.assertEqual(rows[0]["Risk"], "Cold store fails;\ngoods spoil")
        again = self.one("again.csv", out)
        self.assertEqual((again["kind"], again["created"]), ("risks", 0))

    @unittest.skipUnless(REAL.is_dir(), "the real registers are not here")
    def test_a_real_firms_registers(self):
        report, files = self.bring(REAL)
        for name, (rows, created, refused) in KIT.items():
            self.assertEqual((files[name]["rows"], files[name]["created"],
                              files[name]["refused"]), (rows, created, refused), name)
        self.assertEqual(report["people"], 6)
        said = [w["message"] for w in report["warnings"]]
        self.assertTrue(any(m.startswith("IA-2026-Q3: Anna Weber") for m in said), said)
        self.assertTrue(any(m.startswith("IA-2026-Q2 ends on 12 May 2026, 6 days before")
                            for m in said), said)
        _, second = self.bring(REAL)
        self.assertEqual(sum(f["created"] + f["changed"] for f in second.values()), 0)


@lib.both_engines
class ImportOnPages(ImportTest):
    def setUp(self):
        super().setUp()
        self.server = self.book.serve()
        self.anna = self.book.signed_in(self.server)

    def upload(self, *files):
        page = self.anna.get("/o/harbour/import")
        return page.submit("/import", files=[("files", n, b) for n, b in files])

    def test_files_are_looked_through_before_anything_is_written(self):
        before = self.counts()
        preview = self.upload(*[(p.name, p.read_bytes()) for p in sorted(DATA.iterdir())],
                              ("notes.pdf", b"%PDF-1.4\0"))
        self.assertIn("Nothing is written yet", preview.words)
        self.assertIn("2027-02-30", preview.words)
        self.assertEqual(self.counts(), before)
        done = preview.submit("/confirm")
        self.assertIn("20 created", done.words)
        self.assertRegex(done.words, r"Refused: [a-z-]+\.(csv|md) line \d+")
        self.assertNotIn("0 changed", done.words)
        self.assertIn("Licence register", done.words)
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM import_file")[0][0], "0")

    def test_columns_are_mapped_by_hand(self):
        preview = self.upload(("odd.csv", b"Nr,What,Who\n1,Fire,CFO\n"))
        self.assertIn("Register", preview.words)
        link = next(l for l in preview.page.links if "/files/" in l)
        page = self.anna.get(link)
        self.assertIn("Fire", page.words)  # what stands in the column, so that it can be mapped
        page = page.submit("/files/", "kind", kind="risks")
        page = self.anna.get(link)
        page.submit("/files/", "column-1", **{"column-1": "title", "column-2": "owner"})
        preview = self.anna.get(link.split("/files/")[0])
        self.assertIn("One row: 1 created.", preview.words)
        preview.submit("/confirm")
        self.assertEqual(self.items("risks")[0]["owner"], "CFO (vacant)")

    def test_discarded_files_leave_nothing(self):
        before = self.counts()
        done = self.upload(("a.csv", b"ID,Name\n1,x\n")).submit("/discard")
        self.assertIn("Nothing was written", done.words)
        self.assertEqual(self.counts(), before)

    def test_only_so_many_uploads_wait(self):
        for number in range(20):
            self.upload((f"{number}.csv", b"ID,Name\n1,x\n"))
        refused = self.upload(("more.csv", b"ID,Name\n1,x\n"))
        self.assertEqual(refused.status, 422)
        self.assertIn("Confirm or discard one of them first", refused.words)

    def test_an_entry_is_written_changed_and_taken_out_by_hand(self):
        page = self.anna.get("/o/harbour/registers").submit("/registers", "kind", kind="risks")
        form = self.anna.get(page.path + "/new")
        wrong = form.submit("/items", "title", title="", likelihood="3", follow=False)
        self.assertEqual(wrong.status, 422)
        item = form.submit("/items", "title", ref="H-1", title="Ice on the quay", owner="ISO",
                           likelihood="3", impact="4")
        self.assertIn("Ice on the quay", item.words)
        edit = self.anna.get(item.path + "/edit")
        saved = edit.submit("/items/", "title", title="Ice and snow on the quay")
        self.assertIn("Ice and snow", saved.words)
        stale = edit.submit("/items/", "title", title="Somebody else", follow=False)
        self.assertIn(stale.status, (409, 412))
        hits = self.book.json("search", "--org", "harbour", "snow")["hits"]
        self.assertEqual([h["title"] for h in hits], ["H-1 Ice and snow on the quay"])
        saved.submit("/remove", "reason", reason="It melted")
        self.assertEqual(self.items("risks"), [])
        self.assertEqual(self.book.json("search", "--org", "harbour", "snow")["total"], 0)
        self.book.ok("verify")

    def test_lists_sort_filter_and_export_what_they_show(self):
        self.bring(DATA)
        risks = next(l for l in self.anna.get("/o/harbour/registers").page.links
                     if "/registers/" in l and "Risks" in self.anna.get(l).words)
        shown = self.anna.get(risks + "?q=crane")
        self.assertIn("1 in all", shown.words)
        exported = self.anna.get(risks + "/export?q=crane")
        self.assertEqual(len(list(csv.DictReader(io.StringIO(exported.text)))), 1)
        self.assertEqual(self.anna.get(risks + "?sort=nonsense").status, 422)
        self.assertEqual(self.anna.get("/o/harbour/registers/999999").status, 404)
        self.assertIn("93 controls", self.anna.get("/o/harbour/soa").words)


class ManyRisks(ImportTest):
    engine = "sqlite"

    def test_ten_thousand_risks_go_in_quickly(self):
        rows = "".join(f"R-{i},Risk {i},What could happen in case {i},ISO,{i % 5 + 1},{i % 4 + 1}\n"
                       for i in range(10000))
        path = self.write("many.csv", "ID,Risk,Description,Owner,Likelihood,Impact\n" + rows)
        start = time.monotonic()
        _, files = self.bring(path)
        self.assertEqual(files["many.csv"]["created"], 10000)
        # the bench holds it to two seconds
        self.assertLess(time.monotonic() - start, 20 * lib.PATIENCE)


if __name__ == "__main__":
    lib.main()
