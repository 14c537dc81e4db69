# SPDX-License-Identifier: Apache-2.0
"""What somebody with a role, a token or a neighbouring organisation would try."""
import re
import unittest

import lib


class Attack(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        self.server = self.book.serve()
        self.admin = self.client("anna@example.org")

    def client(self, email, scope="write", org="nordwind"):
        token = self.book.json("token", "create", "--org", org, "--name", "attack", "--scope",
                               scope, "--person", email)["token"]
        return self.server.client(token=token)

    def somebody(self, email, role, org="nordwind"):
        self.book.ok("user", "add", email, "--org", org, "--role", role)
        return self.client(email, org=org)

    def number_of(self, email, org="nordwind"):
        return int(self.book.sql("SELECT p.id FROM person p JOIN organisation o ON o.id = p.org_id "
                                 f"WHERE o.slug = '{org}' AND p.email = '{email}'")[0][0])

    def activity(self):
        return self.admin.api("GET", "/o/nordwind/activities?status=open").json()["rows"][0]["id"]

    def entries(self):
        return int(self.book.sql("SELECT count(*) FROM ledger_entry")[0][0])


@lib.both_engines
class Versions(Attack):
    def start(self, tag, **body):
        return self.admin.api("POST", f"/o/nordwind/activities/{self.activity()}/start", body,
                              headers={"If-Match": tag})

    def test_a_tag_that_does_not_match_changes_nothing(self):
        before = self.entries()
        for tag in ('"0"', '"-1"', '0', '"999"', 'W/"1"', '""', '"99999999999999999999"', '"1x"',
                    '"1", "2"', "nonsense"):
            self.assertEqual(self.start(tag).status, 412, tag)
        self.assertEqual(self.entries(), before)
        self.assertEqual(self.start('"1"').status, 200)

    def test_a_tag_cannot_be_overruled_by_the_body(self):
        self.assertEqual(self.start('"999"', version=1).status, 412)
        self.assertEqual(self.start('"1"', version=1).status, 200)

    def test_a_tag_is_not_ignored_where_nothing_is_compared(self):
        path = f"/o/nordwind/activities/{self.activity()}/comments"
        answer = self.admin.api("POST", path, {"body": "x"}, headers={"If-Match": '"999"'})
        self.assertEqual(answer.status, 412)
        self.assertEqual(self.admin.api("POST", path, {"body": "x"},
                                        headers={"If-Match": "*"}).status, 200)


@lib.both_engines
class Roles(Attack):
    def test_a_duty_owner_changes_only_what_is_theirs(self):
        owner = self.somebody("dora@example.org", "duty_owner")
        activity = self.activity()
        duty = self.book.sql(f"SELECT duty_id FROM activity WHERE id = {activity}")[0][0]
        here = f"/o/nordwind/activities/{activity}"
        before = self.entries()
        for path, body in (("/start", {}), ("/cancel", {"reason": "x"}),
                           ("/move", {"due": "2026-12-01", "reason": "x"}),
                           ("/record", {"held_on": "2026-06-01", "result": "x"}),
                           ("/delegate", {"owner": "dora@example.org", "reason": "x"}),
                           ("/items", {"text": "x"}), ("/conclude", {})):
            self.assertEqual(owner.api("POST", here + path, body).status, 403, path)
        self.assertEqual(owner.api("POST", f"/o/nordwind/duties/{duty}/history",
                                   {"held_on": "2025-06-01", "result": "x"}).status, 403)
        self.assertEqual(self.entries(), before)
        given = {"owner": "dora@example.org", "reason": "hers now"}
        self.assertEqual(self.admin.api("POST", here + "/delegate", given).status, 200)
        self.assertEqual(owner.api("POST", here + "/start", {}).status, 200)

    def test_a_security_manager_cannot_become_the_administrator(self):
        manager = self.somebody("mia@example.org", "security_manager")
        anna = self.number_of("anna@example.org")
        self.book.ok("user", "add", "otto@example.org", "--org", "nordwind", "--role",
                     "administrator")
        for path in "let-in", "shut-out":
            answer = manager.api("POST", f"/o/nordwind/people/{anna}/{path}", {})
            self.assertEqual(answer.status, 403, path)
        person = manager.api("GET", f"/o/nordwind/people/{anna}").json()
        dismissed = manager.api("POST", f"/o/nordwind/people/{anna}", {
            "name": person["name"], "email": "anna@example.org", "left_on": "2026-06-01"})
        self.assertEqual(dismissed.status, 403)

    def test_another_organisation_gets_no_link_for_somebody_who_has_no_password_yet(self):
        self.book.ok("user", "add", "bob@example.org", "--org", "nordwind", "--role", "employee")
        self.book.init(org="suedwind", name="Südwind", admin="eve@evil.example")
        eve = self.client("eve@evil.example", org="suedwind")
        made = eve.api("POST", "/o/suedwind/people", {"name": "Bob", "email": "bob@example.org"})
        answer = eve.api("POST", f"/o/suedwind/people/{made.json()['id']}/let-in", {})
        self.assertNotIn("/password/", answer.text)

    def test_a_token_does_not_touch_its_persons_own_sign_in(self):
        reader = self.client("anna@example.org", scope="read")
        browser = self.book.signed_in(self.server)
        for path, body in (("/me", {"name": "Mallory"}), ("/me/sessions/end-others", {}),
                           ("/me/sessions/1/end", {})):
            self.assertEqual(reader.api("POST", path, body).status, 403, path)
        self.assertEqual(browser.get("/me").path, "/me")
        self.assertNotIn("Mallory", browser.get("/me").text)


@lib.both_engines
class LetInElsewhereFirst(Attack):
    """Eve, who administers another organisation, lets Vera's address in before Vera's own does."""

    VERA = "vera@example.org"

    def setUp(self):
        super().setUp()
        self.book.init(org="suedwind", name="Südwind", admin="eve@evil.example")
        self.eve = self.client("eve@evil.example", org="suedwind")
        made = self.eve.api("POST", "/o/suedwind/people", {"name": "Vera", "email": self.VERA})
        self.theirs = made.json()["id"]
        self.given = self.link(self.eve, "suedwind", self.theirs)

    def link(self, by, org, person):
        answer = by.api("POST", f"/o/{org}/people/{person}/let-in", {})
        self.assertEqual(answer.status, 200, answer)
        return (answer.json()["link"] or "").replace(self.server.url, "")

    def set_password(self, path, password):
        browser = self.server.client()
        answer = browser.get(path).submit(None, "password", "again", password=password,
                                          again=password, follow=False)
        self.assertEqual(answer.status, 303, answer)
        return browser

    def invited(self):
        made = self.admin.api("POST", "/o/nordwind/people", {"name": "Vera", "email": self.VERA})
        path = self.link(self.admin, "nordwind", made.json()["id"])
        self.assertRegex(path, "^/join/")
        return path

    def owner(self):
        """Vera proves to the installation's administrator who she is, and sets her password."""
        said = self.book.ok("user", "reset", self.VERA).out
        return self.set_password(re.search(r"/password/\S+", said).group(0), "vera's own words")

    def inside(self, browser):
        return browser.get("/o/nordwind/today", follow=False).status == 200

    def test_a_password_set_by_another_organisation_opens_nothing(self):
        mallory = self.set_password(self.given, "eve knows this")
        invitation = self.invited()
        self.assertFalse(self.inside(mallory))
        self.assertEqual(mallory.get("/o/nordwind/today", follow=False).status, 404)
        vera = self.owner()
        self.assertFalse(self.inside(vera))
        page = vera.get(invitation)
        self.assertIn("Join Nordwind Logistics GmbH", page.words)
        self.assertEqual(page.submit("/join/").status, 200)
        self.assertTrue(self.inside(vera))
        self.assertFalse(self.inside(mallory))
        self.assertEqual(vera.get(invitation).status, 404)
        self.assertEqual(self.link(self.eve, "suedwind", self.theirs), "")
        self.book.ok("verify")

    def test_a_link_kept_back_is_worth_nothing_after_joining(self):
        invitation = self.invited()
        vera = self.owner()
        kept = self.link(self.eve, "suedwind", self.theirs)
        self.assertRegex(kept, "^/password/")
        vera.get(invitation).submit("/join/")
        self.assertTrue(self.inside(vera))
        self.assertEqual(self.server.client().get(kept).status, 404)

    def test_an_invitation_is_for_one_person(self):
        invitation = self.invited()
        self.book.add_person("bob@example.org")
        bob = self.book.signed_in(self.server, "bob@example.org")
        self.assertIn("Sign out first", bob.get(invitation).words)
        csrf = dict(bob.get("/me").form("/me", "name").fields)["csrf"]
        self.assertEqual(bob.post(invitation, {"csrf": csrf}).status, 403)
        self.assertIn("/sign-in?next=/join/", self.server.client().get(invitation).text)

    def test_a_newer_invitation_and_being_shut_out_end_the_old_one(self):
        invitation = self.invited()
        person = self.number_of(self.VERA)
        newer = self.link(self.admin, "nordwind", person)
        self.assertEqual(self.server.client().get(invitation).status, 404)
        self.admin.api("POST", f"/o/nordwind/people/{person}/shut-out", {})
        self.assertEqual(self.server.client().get(newer).status, 404)

    def test_the_command_line_ends_a_password_that_nobody_vouches_for(self):
        mallory = self.set_password(self.given, "eve knows this")
        added = self.book.json("user", "add", self.VERA, "--org", "nordwind")
        self.assertFalse(self.inside(mallory))
        with self.assertRaises(AssertionError):
            self.server.client().sign_in(self.VERA, "eve knows this")
        vera = self.set_password(re.search(r"/password/\S+", added["password_link"]).group(0),
                                 "vera's own words")
        self.assertTrue(self.inside(vera))

    def test_what_the_command_line_vouches_for_keeps_its_password(self):
        self.book.password(self.server)  # Anna's link came from the command line
        self.book.ok("user", "add", "anna@example.org", "--org", "suedwind")
        self.server.client().sign_in("anna@example.org", "correct horse battery")


@lib.both_engines
class Leaks(Attack):
    def test_a_secret_is_not_kept_for_an_idempotency_key(self):
        key = {"Idempotency-Key": "attack-0001"}
        body = {"name": "script", "scope": "read", "expires": "2026-07-01"}
        first = self.admin.api("POST", "/o/nordwind/tokens", body, headers=key)
        secret = re.search(r"dbk_[\w-]+", first.text).group(0)
        kept = self.book.sql("SELECT answer FROM request_key")
        self.assertNotIn(secret, repr(kept))
        again = self.admin.api("POST", "/o/nordwind/tokens", body, headers=key)
        self.assertEqual(again.status, 409)
        self.assertNotIn(secret, again.text)
        made = self.book.sql("SELECT count(*) FROM api_token WHERE name = 'script'")
        self.assertEqual(made, [["1"]])

    def test_a_disabled_account_reads_no_calendar(self):
        self.book.ok("user", "add", "bob@example.org", "--org", "nordwind", "--role", "employee")
        bob = self.client("bob@example.org")
        made = bob.api("POST", "/o/nordwind/calendars", {"what": "whole"})
        path = re.search(r"/calendar/[\w-]+\.ics", made.text).group(0)
        self.assertEqual(self.server.client().get(path).status, 200)
        self.book.ok("user", "disable", "bob@example.org")
        self.assertEqual(self.server.client().get(path).status, 404)

    def test_a_holiday_names_no_other_organisations_site(self):
        self.book.init(org="suedwind", name="Südwind", admin="eve@evil.example")
        other = self.book.sql("SELECT s.id FROM site s JOIN organisation o ON o.id = s.org_id "
                              "WHERE o.slug = 'suedwind'")[0][0]
        for site in int(other), 999999:
            answer = self.admin.api("POST", "/o/nordwind/holidays",
                                    {"on": "2026-08-03", "name": "x", "site": site})
            self.assertEqual(answer.status, 422, site)

    def test_a_file_name_brings_no_terminal_codes(self):
        browser = self.book.signed_in(self.server)
        form = browser.get(f"/o/nordwind/activities/{self.activity()}").form("/evidence")
        csrf = dict(form.fields)["csrf"]
        browser.upload("/o/nordwind/evidence", {"csrf": csrf},
                       [("files", "a\x1b]0;owned\x07b.txt", b"text")])
        self.assertNotIn("\x1b", self.book.ok("evidence", "list", "--org", "nordwind").out)

    def test_a_title_brings_no_terminal_codes_either(self):
        for title in "CISO\u009b31m", "CISO\u001b[31m", "CISO\u0085":
            answer = self.admin.api("POST", "/o/nordwind/positions", {"title": title})
            self.assertIn(answer.status, (400, 422), title)
        made = self.admin.api("POST", "/o/nordwind/positions", {"title": "Sécurité\u00a0à Ü"})
        self.assertEqual(made.status, 201)

    def test_of_several_files_all_are_kept_or_none(self):
        browser = self.book.signed_in(self.server)
        form = browser.get(f"/o/nordwind/activities/{self.activity()}").form("/evidence")
        csrf = dict(form.fields)["csrf"]
        answer = browser.upload("/o/nordwind/evidence", {"csrf": csrf},
                                [("files", "a.txt", b"text"), ("files", "b.txt", b"")])
        self.assertEqual(answer.status, 422)
        self.assertEqual(self.book.sql("SELECT count(*) FROM evidence"), [["0"]])


@lib.both_engines
class Zombies(Attack):
    def test_what_an_activity_was_concluded_on_stays_with_it(self):
        activity = self.activity()
        here = f"/o/nordwind/activities/{activity}"
        log = self.book.folder / "log.txt"
        log.write_text("done", "utf-8")
        self.book.ok("evidence", "add", "--org", "nordwind", "--activity", activity, log)
        for item in self.book.sql(f"SELECT id FROM activity_item WHERE activity_id = {activity}"):
            self.admin.api("POST", f"{here}/items/{item[0]}", {"state": "done"})
        self.admin.api("POST", here + "/record", {"held_on": "2026-06-01", "result": "done"})
        self.assertEqual(self.admin.api("POST", here + "/conclude", {}).status, 200)
        before = self.entries()
        link = {"object_kind": "activity", "object_id": activity}
        self.assertEqual(self.admin.api("POST", "/o/nordwind/evidence/1/unlink", link).status, 409)
        self.assertEqual(self.entries(), before)
        self.assertEqual(self.admin.api("POST", "/o/nordwind/evidence/1/withdraw",
                                        {"reason": "the wrong file"}).status, 200)

    def test_what_was_removed_from_a_register_stays_removed(self):
        path = self.book.folder / "risk-register.csv"
        path.write_text("Risk ID,Risk,Likelihood,Impact\nR-1,Flood,2,3\n", "utf-8")
        self.book.ok("import", "--org", "nordwind", path, "--as", "risk")
        item = int(self.book.sql("SELECT id FROM register_item")[0][0])
        here = f"/o/nordwind/items/{item}"
        self.assertEqual(self.admin.api("POST", here + "/remove", {"reason": "x"}).status, 200)
        before = self.entries()
        self.assertEqual(self.admin.api("POST", here + "/remove", {"reason": "x"}).status, 409)
        self.assertEqual(self.admin.api("POST", here, {"title": "Back"}).status, 409)
        self.assertEqual(self.entries(), before)


@lib.both_engines
class Rooms(Attack):
    """Doors of the mission rooms: whose work is judged, and what is not for every eye."""

    def audit_of(self, owner):
        audit = self.admin.api("POST", "/o/nordwind/audits",
                               {"title": "Doors", "due": "2026-09-01"}).json()["id"]
        here = f"/o/nordwind/audits/{audit}"
        self.admin.api("POST", here + "/areas", {"what": "access"})
        area = self.admin.api("GET", here).json()["areas"][0]["id"]
        answer = self.admin.api("POST", f"{here}/areas/{area}", {"owner": owner})
        self.assertEqual(answer.status, 200, answer.text)
        return here, area

    def test_an_auditor_does_not_take_their_name_off_what_they_audit(self):
        bert = self.somebody("bert@example.org", "internal_auditor")
        here, area = self.audit_of("bert@example.org")
        for body in ({}, {"owner": "anna@example.org"}, {"operator": "bert@example.org"}):
            answer = bert.api("POST", f"{here}/areas/{area}", body)
            self.assertEqual(answer.status, 422, body)
        team = {"person": "bert@example.org", "part": "lead"}
        self.assertEqual(bert.api("POST", here + "/team", team).status, 422)
        both = {"owner": "bert@example.org", "operator": "bert@example.org"}
        self.assertEqual(bert.api("POST", f"{here}/areas/{area}", both).status, 200)
        anew = {"owner": "anna@example.org"}
        self.assertEqual(self.admin.api("POST", f"{here}/areas/{area}", anew).status, 200)

    def test_an_exception_is_approved_by_whoever_may(self):
        self.somebody("bert@example.org", "internal_auditor")
        self.somebody("emil@example.org", "employee")
        here, _ = self.audit_of("bert@example.org")
        fields = {"person": "bert@example.org", "reason": "Nobody else"}
        for approver in "emil@example.org", "bert@example.org":
            answer = self.admin.api("POST", here + "/exceptions", {**fields, "approver": approver})
            self.assertEqual(answer.status, 422, approver)
        self.assertEqual(self.admin.api("POST", here + "/exceptions", fields).status, 200)

    def test_a_check_is_allowed_to_nobody_from_elsewhere(self):
        self.book.init(org="suedwind", name="Südwind", admin="eve@evil.example")
        boss = self.somebody("ceo@example.org", "top_management")
        finding = self.admin.api("POST", "/o/nordwind/findings",
                                 {"title": "Door", "grade": "minor"}).json()["id"]
        before = self.entries()
        for checker in self.number_of("eve@evil.example", "suedwind"), 999999:
            answer = boss.api("POST", f"/o/nordwind/findings/{finding}/allow",
                              {"checker": checker, "reason": "x"})
            self.assertEqual(answer.status, 422, answer.text)
        self.assertEqual(self.entries(), before)

    def test_nobody_from_elsewhere_is_absent_here(self):
        self.book.init(org="suedwind", name="Südwind", admin="eve@evil.example")
        away = {"from": "2026-10-01", "until": "2026-10-02", "reason": "x"}
        before = self.entries()
        for person in self.number_of("eve@evil.example", "suedwind"), 999999:
            answer = self.admin.api("POST", "/o/nordwind/audits/absences",
                                    {**away, "person": person})
            self.assertEqual(answer.status, 422, answer.text)
        self.assertEqual(self.entries(), before)
        away["person"] = self.number_of("anna@example.org")
        self.assertEqual(self.admin.api("POST", "/o/nordwind/audits/absences", away).status, 200)

    def test_what_belongs_to_a_review_is_opened_by_its_readers_alone(self):
        review = self.book.json("reviews", "list", "--org", "nordwind")["reviews"][0]["id"]
        notes = self.book.folder / "Minutes.md"
        notes.write_text("Payroll cannot be restored", "utf-8")
        self.book.ok("evidence", "add", "--org", "nordwind", "--activity", review, notes)
        self.book.ok("evidence", "add", "--org", "nordwind", "--activity", self.activity(),
                     self.log("open to all"))
        readers = {"employee": 403, "duty_owner": 403, "top_management": 200,
                   "internal_auditor": 200}
        for role, status in readers.items():
            who = self.somebody(f"{role}@example.org", role)
            self.assertEqual(who.get("/o/nordwind/evidence/1/file").status, status, role)
            self.assertEqual(who.get("/o/nordwind/evidence/2/file").status, 200, role)

    def log(self, words):
        path = self.book.folder / "log.txt"
        path.write_text(words, "utf-8")
        return path


if __name__ == "__main__":
    unittest.main()
