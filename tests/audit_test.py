# SPDX-License-Identifier: Apache-2.0
"""One audit from plan to conclusion: independence at every door, checklist, findings, report."""
import unittest

import lib

ORG = "/o/nordwind"
SOA = """Control,Name,Applicable,Justification,Status,Owner
A.5.15,Access control,yes,needed,implemented,bert@example.org
A.5.16,Identities,yes,needed,implemented,Identity Desk
A.8.18,Utility programs,no,none here,,
A.5.19,Suppliers,yes,needed,implemented,anna@example.org
"""


class AuditTest(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        for name, role in (("bert", "internal_auditor"), ("cora", "internal_auditor"),
                           ("dora", "top_management"), ("emil", "employee")):
            self.book.add_person(f"{name}@example.org", role)
        self.soa = self.book.folder / "soa.csv"
        self.soa.write_text(SOA, "utf-8")
        self.book.ok("import", "--org", "nordwind", self.soa, "--as", "controls")
        self.server = self.book.serve()
        self.people = {row[1]: int(row[0]) for row in
                       self.book.sql("SELECT id, name FROM person ORDER BY id")}
        self.anna, self.cora = self.as_person("anna"), self.as_person("cora")

    def as_person(self, name):
        token = self.book.json("token", "create", "--org", "nordwind", "--name", name, "--scope",
                               "write", "--person", f"{name}@example.org")["token"]
        return self.server.client(token=token)

    def post(self, who, path, expect=200, **fields):
        answer = who.api("POST", ORG + path, fields)
        if expect == 200:
            self.assertIn(answer.status, (200, 201), f"{path}: {answer.status} {answer.text}")
        else:
            self.assertEqual(answer.status, expect, f"{path}: {answer.status} {answer.text}")
        return answer.json()

    def get(self, path, who=None):
        answer = (who or self.anna).api("GET", ORG + path)
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json()

    def person(self, name):
        return self.book.sql(f"SELECT id FROM person WHERE email = '{name}@example.org'")[0][0]

    def activity(self):
        return next(a for a in self.book.json("due", "--org", "nordwind")
                    if a["duty"] == "audit")["id"]

    def audit(self, lead="cora@example.org", area="access"):
        audit = self.post(self.anna, "/audits", activity=self.activity())["id"]
        if area:
            self.post(self.anna, f"/audits/{audit}/areas", what=area)
        if lead:
            self.post(self.anna, f"/audits/{audit}/team", person=lead, part="lead")
        return audit

    def assess_all(self, who, audit, result="conforms"):
        for group in self.get(f"/audits/{audit}/checklist")["groups"]:
            for item in group["items"]:
                if item["result"] == "open":
                    self.post(who, f"/audits/{audit}/items/{item['id']}", result=result,
                              note="Seen", version=item["version"])

    def finding(self, who, audit, **more):
        fields = {"grade": "minor", "title": "Leavers keep access", "criterion": "A.5.18",
                  "evidence": "3 of 5 leavers", "statement": "Rights are not taken away in time.",
                  **more}
        return self.post(who, f"/audits/{audit}/findings", **fields)["id"]


@lib.both_engines
class Whole(AuditTest):
    def test_an_audit_from_plan_to_conclusion(self):
        activity = self.activity()
        audit = self.audit()
        page = self.get(f"/audits/{audit}")
        self.assertEqual(page["activity"], activity)
        self.assertTrue(page["planned"])
        people = self.get(f"/activities/{activity}")["people"]
        self.assertIn("Cora", [p["name"] for p in people])
        self.post(self.anna, f"/audits/{audit}/auditees", person="emil@example.org")
        self.post(self.anna, f"/audits/{audit}/notify")
        self.assertIn("Emil", [p["name"] for p in self.get(f"/activities/{activity}")["people"]])

        self.post(self.cora, f"/audits/{audit}/start")
        items = [i for g in self.get(f"/audits/{audit}/checklist")["groups"] for i in g["items"]]
        refs = [i["ref"] for i in items]
        self.assertIn("A.5.15", refs)
        self.assertNotIn("A.8.18", refs, "a control stated not applicable is left out")
        self.assertTrue(all(i["ask"] and i["look"] and i["take"] for i in items))
        self.post(self.cora, f"/audits/{audit}/samples", population="Leavers", of=40, size=5,
                  how="random", seed=7)

        first = items[0]
        self.post(self.cora, f"/audits/{audit}/items/{first['id']}", result="nonconformity",
                  note="3 of 5 leavers still had access", version=first["version"])
        refused = self.post(self.cora, f"/audits/{audit}/conclude", expect=422)
        told = str(refused)
        for gap in "not assessed", "without a finding", "report is not issued":
            self.assertIn(gap, told)
        self.assess_all(self.cora, audit)
        finding = self.finding(self.cora, audit, item=first["id"])
        self.finding(self.cora, audit, grade="conformity", title="Good minutes", criterion="7.5",
                     evidence="Twelve sets", statement="Minutes are exemplary.")
        self.assertIn("has no owner", str(self.post(self.cora, f"/audits/{audit}/conclude",
                                                    expect=422)))
        self.post(self.cora, f"/audits/{audit}/findings/{finding}", grade="minor",
                  title="Leavers keep access", criterion="A.5.18", evidence="3 of 5 leavers",
                  statement="Rights are not taken away in time.", owner="emil@example.org",
                  due="2027-03-01")
        self.post(self.cora, f"/audits/{audit}/summary", summary="It works, with one gap.")
        dora = self.people["Dora"]
        self.assertIn("put to the auditee", str(self.post(
            self.cora, f"/audits/{audit}/issue", expect=422, people=[dora])))
        self.post(self.as_person("emil"), f"/audits/{audit}/findings/{finding}/answer",
                  agreed="no", words="Two of the three were contractors.")
        self.post(self.cora, f"/audits/{audit}/issue", people=[dora])
        mails = [row[0] for row in self.book.sql("SELECT subject FROM mail ORDER BY id")]
        self.assertTrue(any(m.startswith("Audit plan:") for m in mails), mails)
        self.assertTrue(any(m.startswith("Audit report:") for m in mails), mails)
        report = self.get(f"/audits/{audit}/report")
        self.assertTrue(report["current"])
        self.assertEqual(len(report["hash"]), 64)
        self.assertIsNone(report["recipients"][0].get("read_at"))
        self.post(self.as_person("dora"), f"/audits/{audit}/read")
        self.assertTrue(self.get(f"/audits/{audit}/report")["recipients"][0]["read_at"])
        raised = self.get(f"/audits/{audit}")["findings"]
        self.assertTrue(all(f["raised"] for f in raised))

        # the diary's own gate still asks for evidence
        self.assertIn("evidence", str(self.post(self.cora, f"/audits/{audit}/conclude",
                                                expect=422)))
        self.book.ok("evidence", "add", self.soa, "--org", "nordwind", "--activity", activity)
        self.post(self.cora, f"/audits/{audit}/conclude")
        self.assertTrue(self.get(f"/audits/{audit}")["concluded"])
        shown = self.get(f"/activities/{activity}")
        self.assertEqual(shown["mark"]["status"], "concluded")
        self.assertEqual(shown["items_open"], 0)

        # a concluded record does not change; it can be added to
        self.post(self.cora, f"/audits/{audit}/items/{first['id']}", expect=409, result="conforms")
        self.post(self.cora, f"/audits/{audit}/areas", expect=409, what="people")
        self.post(self.cora, f"/audits/{audit}/notes", body="The list was found later.")
        self.post(self.cora, f"/audits/{audit}/reopen", expect=422, reason=" ")
        self.post(self.cora, f"/audits/{audit}/reopen", reason="An interview was forgotten")
        self.assertTrue(self.get(f"/audits/{audit}")["reopened"])
        self.assertIn("not issued", str(self.post(self.cora, f"/audits/{audit}/conclude",
                                                  expect=422)))
        self.post(self.cora, f"/audits/{audit}/issue", people=[dora])
        self.post(self.cora, f"/audits/{audit}/conclude")
        self.book.ok("verify", "--org", "nordwind")

    def test_the_diarys_own_door_obeys_the_audits_gate(self):
        activity, audit = self.activity(), self.audit()
        self.post(self.cora, f"/audits/{audit}/start")
        gaps = str(self.get(f"/activities/{activity}")["gaps"])
        self.assertIn("not assessed", gaps)
        ran = self.book.run("activity", "conclude", activity, "--org", "nordwind")
        self.assertNotEqual(ran.code, 0)
        self.assertIn("report is not issued", ran.err)

    def test_an_external_audit_needs_no_checklist_and_takes_the_same_findings(self):
        audit = self.post(self.anna, "/audits", kind="customer", title="Audit by Contoso",
                          due="2026-08-03", body="Contoso plc")["id"]
        self.post(self.anna, f"/audits/{audit}/start")
        finding = self.finding(self.anna, audit, grade="major", owner="anna@example.org",
                               due="2027-02-01")
        self.post(self.anna, f"/audits/{audit}/summary", summary="One major nonconformity.")
        self.post(self.anna, f"/audits/{audit}/issue", people=[self.people["Dora"]])
        self.assertTrue(self.get(f"/audits/{audit}/findings/{finding}")["raised"])
        rows = self.get("/audits?kind=customer")["rows"]
        self.assertEqual([r["majors"] for r in rows], [1])

    def test_a_surveillance_audits_record_is_asked_at_the_activitys_own_door(self):
        activity = self.book.sql("SELECT MIN(id) FROM activity WHERE kind = 'surveillance' "
                                 "AND stage = 'surveillance'")[0][0]
        self.assertNotIn("not issued", str(self.get(f"/activities/{activity}")["gaps"]))
        audit = self.post(self.anna, "/audits", activity=activity)["id"]
        ran = self.book.run("activity", "conclude", activity, "--org", "nordwind")
        self.assertNotEqual(ran.code, 0)
        for words in ("was not started", "report is not issued"):
            self.assertIn(words, ran.err)
        self.post(self.anna, f"/audits/{audit}/start")
        gaps = str(self.get(f"/activities/{activity}")["gaps"])
        self.assertNotIn("was not started", gaps)
        self.assertIn("report is not issued", gaps)


@lib.both_engines
class Independence(AuditTest):
    def test_nobody_audits_what_they_own(self):
        audit = self.audit(lead=None)
        refused = self.post(self.anna, f"/audits/{audit}/team", expect=422,
                            person="bert@example.org", part="lead")
        self.assertIn("owns A.5.15", str(refused))
        self.post(self.anna, f"/audits/{audit}/team", person="bert@example.org", part="observer")

    def test_an_area_of_ones_own_cannot_join_the_scope(self):
        audit = self.audit(lead="bert@example.org", area="people")
        self.assertIn("owns A.5.15", str(self.post(
            self.anna, f"/audits/{audit}/areas", expect=422, what="access")))
        # but it may be another auditor's
        self.post(self.anna, f"/audits/{audit}/team", person="cora@example.org", part="auditor")
        area = self.post(self.anna, f"/audits/{audit}/areas", what="access",
                         auditor=self.people["Cora"])["id"]
        self.assertIn("owns A.5.15", str(self.post(
            self.anna, f"/audits/{audit}/areas/{area}", expect=422)))

    def planned_by_programme(self, auditor):
        """The activity as an adopted programme leaves it: a unit, an auditor, a month."""
        activity = self.activity()
        org, person = self.book.sql("SELECT id FROM organisation")[0][0], self.people[auditor]
        self.book.sql("INSERT INTO audit_unit (org_id, unit_key, kind, title, refs, effort, "
                      f"created, changed) VALUES ({org}, 'controls.x', 'controls', 'Access', "
                      "'A.5.15 A.5.17', 100, 0, 0)")
        self.book.sql("INSERT INTO audit_programme (org_id, number, state, start_on, months, seed, "
                      f"steps, proposed, touched) VALUES ({org}, 1, 2, '2026-12-01', 36, 1, 0, "
                      "0, 0)")
        self.book.sql("INSERT INTO audit_assignment (org_id, programme_id, unit_id, month, "
                      f"auditor_person, why, activity_id) SELECT {org}, p.id, u.id, '2026-12-01', "
                      f"{person}, 'due', {activity} FROM audit_programme p, audit_unit u")
        return activity

    def test_the_programmes_auditor_leads_unless_they_own_it_by_now(self):
        audit = self.post(self.anna, "/audits", activity=self.planned_by_programme("Cora"))["id"]
        page = self.get(f"/audits/{audit}")
        self.assertEqual([a["title"] for a in page["areas"]], ["Access"])
        self.assertEqual([m["name"] for m in page["team"]], ["Cora"])

    def test_an_owner_whom_the_programme_named_is_left_out(self):
        audit = self.post(self.anna, "/audits", activity=self.planned_by_programme("Bert"))["id"]
        self.assertEqual(self.get(f"/audits/{audit}")["team"], [])
        self.assertIn("owns A.5.15", str(self.post(
            self.anna, f"/audits/{audit}/team", expect=422, person="bert@example.org",
            part="lead")))

    def test_who_comes_to_own_it_later_cannot_start(self):
        audit = self.audit()
        self.soa.write_text(SOA.replace("bert@", "cora@"), "utf-8")
        self.book.ok("import", "--org", "nordwind", self.soa, "--as", "controls")
        self.assertIn("Cora owns A.5.15", str(self.post(
            self.cora, f"/audits/{audit}/start", expect=422)))
        self.assertEqual(self.get(f"/audits/{audit}")["blocked"], 1)

    def test_who_comes_to_own_it_after_the_start_cannot_assess(self):
        audit = self.audit()
        self.post(self.cora, f"/audits/{audit}/start")
        item = self.get(f"/audits/{audit}/checklist")["groups"][0]["items"][0]
        self.soa.write_text(SOA.replace("bert@", "cora@"), "utf-8")
        self.book.ok("import", "--org", "nordwind", self.soa, "--as", "controls")
        path = f"/audits/{audit}/items/{item['id']}"
        self.assertIn("Cora owns A.5.15", str(self.post(self.cora, path, expect=422,
                                                        result="conforms")))
        ran = self.book.run("audits", "assess", audit, item["id"], "conforms", "--org", "nordwind",
                            "--by", "cora@example.org")
        self.assertIn("Cora owns A.5.15", self.refused(ran).err)

    def test_a_swap_after_the_start_is_looked_at_too_and_so_is_each_item(self):
        audit = self.audit()
        self.post(self.cora, f"/audits/{audit}/start")
        self.post(self.anna, f"/audits/{audit}/team/{self.people['Cora']}/leave", expect=422,
                  reason="")
        self.post(self.anna, f"/audits/{audit}/team/{self.people['Cora']}/leave",
                  reason="Left the firm")
        self.post(self.anna, f"/audits/{audit}/team", expect=422, person="bert@example.org",
                  part="lead", reason="Cora left")
        item = self.get(f"/audits/{audit}/checklist")["groups"][0]["items"][0]
        self.assertIn("not in the team", str(self.post(
            self.cora, f"/audits/{audit}/items/{item['id']}", expect=422, result="conforms")))
        self.post(self.anna, f"/audits/{audit}/team", person="dora@example.org", part="lead",
                  reason="Cora left")
        area = self.get(f"/audits/{audit}")["areas"][0]["id"]
        self.post(self.anna, f"/audits/{audit}/areas/{area}", expect=422,
                  owner="dora@example.org")
        self.assertIn("Left the firm", str(self.get(f"/audits/{audit}")["team"]))

    def test_an_exception_needs_a_reason_and_another_to_approve(self):
        audit = self.audit(lead=None)
        bert = self.as_person("bert")
        fields = {"person": "bert@example.org", "reason": "Nobody else knows the field"}
        self.assertEqual(bert.api("POST", f"{ORG}/audits/{audit}/exceptions", fields).status, 403)
        self.post(self.anna, f"/audits/{audit}/exceptions", expect=422, person="bert@example.org",
                  reason=" ")
        self.post(self.anna, f"/audits/{audit}/exceptions", expect=422, **fields,
                  approver="bert@example.org")
        self.post(self.anna, f"/audits/{audit}/exceptions", expect=422, person="anna@example.org",
                  reason="I do it myself", approver="dora@example.org")
        self.post(self.as_person("dora"), f"/audits/{audit}/exceptions", **fields)
        self.post(self.anna, f"/audits/{audit}/team", person="bert@example.org", part="lead")
        self.post(bert, f"/audits/{audit}/start")
        self.assertEqual(self.get("/audits")["rows"][0]["waivers"], 1)
        self.assertEqual(self.get(f"/audits/{audit}/report")["waivers"][0]["approver"], "Dora")

    def test_the_command_line_refuses_a_self_audit(self):
        audit = self.audit(lead=None)
        ran = self.refused(self.book.run("audits", "team", audit, "bert@example.org", "--part",
                                         "lead", "--org", "nordwind"))
        self.assertIn("owns A.5.15", ran.err)

    def test_one_from_outside_who_does_not_sign_in_is_written_for(self):
        audit = self.audit(lead=None)
        self.post(self.anna, f"/audits/{audit}/team", person="Frieda Fern", outside="Fern & Co",
                  part="lead")
        self.post(self.anna, f"/audits/{audit}/start")
        item = self.get(f"/audits/{audit}/checklist")["groups"][0]["items"][0]
        path = f"/audits/{audit}/items/{item['id']}"
        self.post(self.anna, path, expect=422, result="conforms")
        frieda = next(m for m in self.get(f"/audits/{audit}")["team"])["person"]
        self.post(self.anna, path, result="conforms", auditor=frieda)
        shown = self.get(path)
        self.assertEqual(shown["auditor"], "Frieda Fern")
        self.assertNotEqual(shown["by"], "Frieda Fern")
        # one who signs in writes for themselves
        self.post(self.anna, f"/audits/{audit}/team", person="cora@example.org", part="auditor")
        self.post(self.anna, path, expect=422, result="conforms", auditor=self.people["Cora"])

    def test_reporting_to_the_owner_is_a_warning(self):
        cora, dora = self.people["Cora"], self.people["Dora"]
        self.book.sql(f"UPDATE person SET manager_id = {dora} WHERE id = {cora}")
        audit = self.audit()
        area = self.get(f"/audits/{audit}")["areas"][0]["id"]
        self.post(self.anna, f"/audits/{audit}/areas/{area}", owner="dora@example.org")
        biases = self.get(f"/audits/{audit}")["biases"]
        self.assertEqual([(b["hard"], "reports to" in b["words"]) for b in biases], [(False, True)])
        self.post(self.cora, f"/audits/{audit}/start")


@lib.both_engines
class Checklist(AuditTest):
    def test_two_who_save_one_item_both_see_what_the_other_wrote(self):
        audit = self.audit()
        self.post(self.anna, f"/audits/{audit}/team", person="dora@example.org", part="auditor")
        self.post(self.cora, f"/audits/{audit}/start")
        item = self.get(f"/audits/{audit}/checklist")["groups"][0]["items"][0]
        path = f"/audits/{audit}/items/{item['id']}"
        self.post(self.cora, path, result="conforms", note="Seen at ten", version=1)
        browser = self.book.signed_in(self.server, "cora@example.org")
        page = browser.get(ORG + path)
        clash = page.submit(f"{ORG}{path}", version="1", result="observation",
                            note="Mine, at eleven")
        self.assertEqual(clash.status, 409)
        self.assertIn("Seen at ten", clash.words)
        self.assertIn("Mine, at eleven", clash.text)
        self.assertIn("Seen at ten", str(self.post(self.cora, path, expect=409,
                                                   result="observation", note="Mine", version=1)))
        self.post(self.cora, path, result="observation", note="Both", version=2)
        self.assertEqual(self.get(path)["note"], "Both")

    def test_an_own_item_the_wording_and_a_second_draw(self):
        audit = self.audit()
        self.post(self.anna, f"/audits/{audit}/checklist/draw")
        page = self.get(f"/audits/{audit}/checklist")
        area, before = int(page["areas"][0]["value"]), page["total"]
        own = self.post(self.anna, f"/audits/{audit}/items", area=area, title="Badge printer")["id"]
        self.post(self.anna, f"/audits/{audit}/checklist/draw")
        self.assertEqual(self.get(f"/audits/{audit}/checklist")["total"], before + 1)
        self.post(self.anna, f"/audits/{audit}/items/{own}/edit", title="Badge printer, upstairs")
        self.post(self.anna, f"/audits/{audit}/items/{own}/remove")
        self.assertEqual(self.get(f"/audits/{audit}/checklist")["total"], before)
        self.post(self.cora, f"/audits/{audit}/start")
        item = self.get(f"/audits/{audit}/checklist")["groups"][0]["items"][0]
        self.post(self.cora, f"/audits/{audit}/items/{item['id']}", expect=422,
                  result="not_applicable")
        self.post(self.cora, f"/audits/{audit}/items/{item['id']}", expect=422,
                  result="nonconformity")
        self.book.ok("verify", "--org", "nordwind")

    def test_an_imported_wording_stands_on_the_checklist(self):
        text = self.book.folder / "standard.csv"
        text.write_text("Control ID,Control name,Control text,What to ask\n"
                        "5.15,Zugangssteuerung,Regeln sind festgelegt,Wer darf was?\n", "utf-8")
        said = self.book.json("import", "--org", "nordwind", text, "--as", "control_set")
        self.assertEqual(said["files"][0]["created"], 1)
        audit = self.audit()
        self.post(self.anna, f"/audits/{audit}/checklist/draw")
        item = next(i for g in self.get(f"/audits/{audit}/checklist")["groups"]
                    for i in g["items"] if i["ref"] == "A.5.15")
        self.assertEqual((item["title"], item["ask"]), ("Zugangssteuerung", "Wer darf was?"))
        self.assertTrue(item["look"], "what was not brought comes from the built-in set")

    def test_a_random_sample_can_be_drawn_again(self):
        audit = self.audit()
        path = f"/audits/{audit}/samples"
        for _ in range(2):
            self.post(self.anna, path, population="Leavers", of=40, size=5, how="random", seed=7)
        one, two = self.get(f"/audits/{audit}")["samples"]
        self.assertEqual(one["drawn"], two["drawn"])
        numbers = [int(n) for n in one["drawn"].split(", ")]
        self.assertEqual(len(set(numbers)), 5)
        self.assertTrue(all(1 <= n <= 40 for n in numbers))
        drawn = self.book.ok("audits", "draw", "--population", "40", "--size", "5", "--seed", "7")
        self.assertEqual([int(n) for n in drawn.out.split()], numbers)
        self.post(self.anna, path, expect=422, population="Leavers", of=4, size=5, how="random")
        self.post(self.anna, path, expect=422, population="Leavers", of=4, size=2, how="judgement")

    def test_files_at_an_item_count_and_stay_once_concluded(self):
        audit = self.audit()
        self.post(self.cora, f"/audits/{audit}/start")
        item = self.get(f"/audits/{audit}/checklist")["groups"][0]["items"][0]
        path = f"{ORG}/audits/{audit}/items/{item['id']}"
        browser = self.book.signed_in(self.server, "cora@example.org")
        answer = browser.get(path).submit("/evidence", "files", files=[
            ("files", "rights.csv", b"who,what\nada,all\n")])
        self.assertEqual(answer.status, 200, answer.words)
        self.assertIn("rights.csv", answer.words)


@lib.both_engines
class Handed(AuditTest):
    def test_the_report_is_a_document_in_four_forms(self):
        audit = self.audit()
        self.post(self.cora, f"/audits/{audit}/start")
        self.post(self.cora, f"/audits/{audit}/summary", summary="It works.")
        self.finding(self.cora, audit)
        browser = self.book.signed_in(self.server, "dora@example.org")
        for form, begins in (("pdf", b"%PDF-"), ("md", b"#"), ("json", b"{")):
            answer = browser.get(f"{ORG}/audits/{audit}/report.{form}")
            self.assertEqual(answer.status, 200, form)
            self.assertTrue(answer.body.lstrip().startswith(begins), answer.body[:60])
        markdown = browser.get(f"{ORG}/audits/{audit}/report.md").text
        for words in "It works.", "Leavers keep access", "A.5.15":
            self.assertIn(words, markdown)
        self.assertEqual(browser.get(f"{ORG}/audits/{audit}/report.exe").status, 404)
        for name in "audits.csv", f"audits/{audit}/checklist.csv":
            self.assertIn("text/csv", browser.get(f"{ORG}/{name}").headers["content-type"])

    def test_an_activity_leads_to_its_audit(self):
        activity = self.activity()
        browser = self.book.signed_in(self.server, "cora@example.org")
        self.assertIn("/audits/new", browser.get(f"{ORG}/audits/of/{activity}").path)
        audit = self.audit()
        self.assertTrue(browser.get(f"{ORG}/audits/of/{activity}").path.endswith(f"/{audit}"))


@lib.both_engines
class Applicability(AuditTest):
    def whole(self, status="implemented"):
        lines = ["Control,Name,Applicable,Justification,Status"]
        for theme, most in ((5, 37), (6, 8), (7, 14), (8, 34)):
            lines += [f"A.{theme}.{n},Control {n},{'no' if theme == 7 else 'yes'},because,{status}"
                      for n in range(1, most + 1)]
        self.soa.write_text("\n".join(lines) + "\n", "utf-8")
        self.book.ok("import", "--org", "nordwind", self.soa, "--as", "controls")

    def test_a_version_is_frozen_whole_and_approved_by_somebody_else(self):
        self.assertIn("not said", str(self.post(self.anna, "/soa/versions", expect=422)))
        self.whole()
        first = self.post(self.anna, "/soa/versions", note="The first")["id"]
        self.post(self.anna, "/soa/versions", expect=409)
        self.post(self.anna, f"/soa/versions/{first}/approve", expect=422)
        self.assertEqual(self.cora.api("POST", f"{ORG}/soa/versions/{first}/approve",
                                       {}).status, 403)
        self.post(self.as_person("dora"), f"/soa/versions/{first}/approve")
        self.post(self.as_person("dora"), f"/soa/versions/{first}/approve", expect=409)
        self.assertEqual(self.get(f"/soa/versions/{first}")["approved_by"], "Dora")
        self.whole(status="partly")
        second = self.post(self.anna, "/soa/versions")["id"]
        self.assertEqual(len(self.get(f"/soa/versions/{second}")["changed"]), 93)
        self.assertEqual(self.get(f"/soa/versions/{first}")["implemented"], 79)
        browser = self.book.signed_in(self.server, "dora@example.org")
        old = browser.get(f"{ORG}/soa.csv?version={first}").text
        self.assertIn("implemented", old)
        self.assertNotIn("partly", old)
        self.assertIn("partly", browser.get(f"{ORG}/soa.csv").text)
        self.assertTrue(browser.get(f"{ORG}/soa.pdf?version={first}").body.startswith(b"%PDF-"))
        self.book.ok("verify", "--org", "nordwind")

    def test_a_changed_line_of_a_frozen_version_is_found(self):
        self.whole()
        self.post(self.anna, "/soa/versions")
        self.book.sql("UPDATE soa_line SET status = 'planned' WHERE ref = 'A.5.7'")
        self.assertEqual(self.book.run("verify", "--org", "nordwind").code, 3)

    def test_a_changed_result_of_an_item_is_found(self):
        audit = self.audit()
        self.post(self.cora, f"/audits/{audit}/start")
        self.assess_all(self.cora, audit)
        self.book.ok("verify", "--org", "nordwind")
        self.book.sql("UPDATE audit_item SET result = 2 WHERE ref = 'A.5.15'")
        self.assertEqual(self.book.run("verify", "--org", "nordwind").code, 3)


if __name__ == "__main__":
    lib.main()
