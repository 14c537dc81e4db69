# SPDX-License-Identifier: Apache-2.0
"""Objectives and their readings (6.2, 9.1), and what changed in the context since a day."""

import lib

CSV = """ID,Objective,Owner,Metric,Baseline,Target,Measurement Frequency,Current Value
OBJ-1,Fewer clicks,Anna,% clicks,5.8% (2025-12),<5% by 2026-12-31,Quarterly,4.2% (2026-Q1)
OBJ-2,Second factor for every administrator,anna@example.org,% of accounts,0%,100%,Monthly,
"""


@lib.both_engines
class Objectives(lib.DaybookTest):
    now = "2026-07-10T09:00:00Z"

    def setUp(self):
        super().setUp()
        self.book.init(adopt=True, now="2025-12-01T09:00:00Z")
        path = self.book.folder / "objectives.csv"
        path.write_text(CSV, "utf-8")
        self.book.ok("import", "--org", "nordwind", path, "--as", "objectives",
                     now="2026-04-05T09:00:00Z")

    def listed(self, **options):
        rows = self.book.json("objectives", "list", "--org", "nordwind", **options)["objectives"]
        return {row["ref"]: row for row in rows}

    def record(self, *arguments, **options):
        return self.book.run("objectives", "record", "--org", "nordwind", *arguments, **options)

    def test_a_register_says_how_it_is_measured(self):
        clicks, factor = self.listed()["OBJ-1"], self.listed()["OBJ-2"]
        self.assertEqual((clicks["unit"], clicks["direction"], clicks["target"]), ("%", "lower", 5))
        self.assertEqual((clicks["latest"], clicks["measured_on"]), (4.2, "2026-03-31"))
        self.assertTrue(clicks["met"])
        self.assertEqual((factor["direction"], factor["every_months"]), ("higher", 1))
        self.assertIsNone(factor["latest"])

    def test_zero_is_a_value_and_a_missing_reading_is_missing(self):
        for at, value in (("2026-04-30", "0"), ("2026-06-30", "40")):  # nothing in May
            ran = self.record("OBJ-2", value, "--at", at, "--source", "directory")
            self.assertEqual(ran.code, 0, repr(ran))
        factor = self.listed()["OBJ-2"]
        values = {p["from"][:7]: p["value"] for p in factor["periods"]}
        self.assertEqual(values["2026-04"], 0)
        self.assertIsNone(values["2026-05"])
        self.assertEqual(values["2026-06"], 40)
        self.assertEqual(factor["missing"], 1)
        self.assertFalse(factor["met"])
        self.book.ok("verify", "--org", "nordwind")

    def test_names_values_and_days_that_cannot_be_are_refused_by_name(self):
        for arguments, words in ((("nothing", "1"), "no objective"),
                                 (("OBJ-1", "many"), "no number"),
                                 (("OBJ-1", "nan"), "no number"),
                                 (("OBJ-1", "1", "--at", "2026-02-30"), "at"),
                                 (("OBJ-1", "1", "--at", "2027-01-01"), "not come yet")):
            ran = self.refused(self.record(*arguments))
            self.assertIn(words, ran.err + ran.out)
        self.assertEqual(self.record("second factor", "12").code, 0)  # a part of its name

    def test_readings_come_by_csv_twice_without_doubling(self):
        path = self.book.folder / "readings.csv"
        path.write_text("objective;value;date;source\nOBJ-1;3,9;2026-06-30;campaign\n"
                        "OBJ-2;;2026-06-30;\nOBJ-9;1;2026-06-30;\nOBJ-2;0;31.05.2026;\n", "utf-8")
        first = self.book.json("objectives", "import", "--org", "nordwind", path)
        self.assertEqual((first["rows"], first["recorded"]), (4, 2))
        self.assertEqual([e["line"] for e in first["errors"]], [3, 4])
        again = self.book.json("objectives", "import", "--org", "nordwind", path)
        self.assertEqual((again["recorded"], again["unchanged"]), (0, 2))

    def test_a_program_records_by_the_api_and_zero_is_a_value_there_too(self):
        token = self.book.json("token", "create", "--org", "nordwind", "--name", "t", "--scope",
                               "write", "--person", "anna@example.org")["token"]
        api = self.book.serve().client(token)
        item = self.listed()["OBJ-2"]["id"]
        path = f"/o/nordwind/objectives/{item}"
        answer = api.api("POST", f"{path}/readings", {"value": 0, "at": "2026-06-30"})
        self.assertIn(answer.status, (200, 201), repr(answer))
        self.assertEqual(self.listed()["OBJ-2"]["latest"], 0)
        for wrong, field in (({"at": "2026-06-30"}, "value"), ({"value": "many"}, "value"),
                             ({"value": 1, "at": "2030-01-01"}, "at")):
            answer = api.api("POST", f"{path}/readings", wrong)
            self.assertEqual(answer.status, 422, repr(answer))
            self.assertIn(field, answer.text)
        self.book.ok("verify", "--org", "nordwind")

    def test_pages_record_set_up_and_withdraw(self):
        server = self.book.serve()
        anna = self.book.signed_in(server)
        item = self.listed()["OBJ-2"]["id"]
        page = anna.get(f"/o/nordwind/objectives/{item}")
        self.assertIn("missing", page.words)
        page = page.submit("/readings", "value", value="0", at="2026-07-01")
        self.assertIn("The reading is recorded", page.words)
        page = page.submit("/measure", unit="%", direction="higher", target="90",
                           every_months="3", first_on="2026-01-01")
        self.assertIn("Saved", page.words)
        page = page.submit("/withdraw", why="The wrong directory")
        self.assertIn("The wrong directory", page.words)
        self.assertIsNone(self.listed()["OBJ-2"]["latest"])
        self.assertEqual(anna.get("/o/nordwind/objectives").status, 200)
        self.book.ok("verify", "--org", "nordwind")


@lib.both_engines
class Context(lib.DaybookTest):
    now = "2026-02-10T09:00:00Z"

    def bring(self, name, text, now):
        path = self.book.folder / name
        path.write_text(text, "utf-8")
        self.book.ok("import", "--org", "nordwind", path, now=now)

    def section(self, key):
        reviews = self.book.json("reviews", "list", "--org", "nordwind")["reviews"]
        pack = self.book.json("reviews", "pack", "--org", "nordwind", reviews[0]["id"])
        section = [s for s in pack["sections"] if s["key"] == key][0]
        return {f["key"]: f["value"] for f in section["figures"]}, section

    def test_what_changed_since_the_last_review_is_an_answer(self):
        early = "2025-11-10T09:00:00Z"
        self.book.init(adopt=True, now=early)
        head = "ID,Issue,Internal or external,Climate change,Effect\n"
        self.bring("issues.csv", head + "I-1,Floods at a quay,external,yes,Server room\n"
                   "I-2,Staff turnover,internal,no,Knowledge goes\n", early)
        risks = ("Risk ID,Risk Title,Asset,Threat,Likelihood ,Impact,Residual Likelihood,"
                 "Residual Impact,Treatment\n")
        first = "R-1,Ransomware,Files,Malware,4,5,3,4,Mitigate\n"
        self.bring("risk-register.csv", risks + first +
                   "R-2,Theft,Laptops,Thief,3,3,2,3,\n", early)
        later = "2026-01-20T09:00:00Z"
        self.bring("issues.csv", head + "I-1,Floods at a quay,external,yes,Server room and racks\n"
                   "I-2,Staff turnover,internal,no,Knowledge goes\n"
                   "I-3,New customs rule,external,no,Forms change\n", later)
        self.bring("risk-register.csv", risks + "R-1,Ransomware,Files,Malware,4,5,4,5,Mitigate\n"
                   "R-2,Theft,Laptops,Thief,3,3,1,3,\n", later)
        figures, section = self.section("issues")
        self.assertEqual((figures["issues"], figures["climate"]), (3, 1))
        self.assertEqual((figures["added"], figures["changed"], figures["removed"]), (1, 1, 0))
        cells = [c["text"] for c in section["tables"][0]["cells"]]
        self.assertTrue(any("Server room → Server room and racks" in c for c in cells), cells)
        figures, section = self.section("risks")
        self.assertEqual((figures["risks"], figures["high"]), (2, 1))
        self.assertEqual((figures["rose"], figures["fell"]), (1, 1))
        self.assertEqual(figures["treated"], 50)


if __name__ == "__main__":
    lib.main()
