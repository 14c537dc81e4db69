# SPDX-License-Identifier: Apache-2.0
"""Signing in, links, tokens and people, through a real server, as a browser without script."""
import re
import unittest

import lib

PASSWORD = "three calm red herons"


@lib.both_engines
class SigningIn(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init()
        self.server = self.book.serve()

    def try_sign_in(self, password, client=None):
        client = client or self.server.client()
        return client, client.get("/sign-in").submit(None, "email", "password",
                                                     email="anna@example.org", password=password)

    def link(self):
        return re.search(r"/password/\S+",
                         self.book.ok("user", "reset", "anna@example.org").out).group(0)

    def test_a_stranger_is_asked_to_sign_in_and_led_back(self):
        self.book.password(self.server, password=PASSWORD)
        client = self.server.client()
        page = client.get("/o/nordwind/people?sort=email")
        self.assertIn("/sign-in", page.path)
        arrived = page.submit(None, "email", "password", email="anna@example.org",
                              password=PASSWORD)
        self.assertEqual(arrived.path, "/o/nordwind/people?sort=email")
        self.assertIn("anna@example.org", arrived.words)

    def test_leading_back_stays_on_this_server(self):
        self.book.password(self.server, password=PASSWORD)
        for elsewhere in "//evil.example/", "/\\evil.example", "https://evil.example/":
            answer = self.server.client().post("/sign-in", {
                "email": "anna@example.org", "password": PASSWORD, "next": elsewhere}, follow=False)
            self.assertNotIn("evil", answer.location or "")

    def test_a_wrong_password_and_an_unknown_address_get_the_same_words(self):
        self.book.password(self.server, password=PASSWORD)
        _, wrong = self.try_sign_in("three calm red hens")
        unknown = self.server.client().get("/sign-in").submit(
            None, "email", "password", email="nobody@example.org", password=PASSWORD)
        for answer in wrong, unknown:
            self.assertEqual(answer.status, 422)
            self.assertIn("do not belong together", answer.words)

    def test_a_new_organisation_is_told_its_first_steps_until_they_are_done(self):
        self.book.ok("plan", "--org", "nordwind", "--adopt")
        server = self.book.serve(now="2026-01-15T09:00:00Z")
        anna = self.book.signed_in(server)

        def steps():
            sections = anna.api("GET", "/o/nordwind/today").json()["sections"]
            return [row["title"] for s in sections if s["key"] == "first-steps"
                    for row in s["rows"]]
        self.assertIn("Bring your registers", steps())
        self.assertIn("Subscribe to the duties in your calendar", steps())
        anna.get("/o/nordwind/calendars").submit("/calendars", what="mine")
        risks = b"ID,Risk,Owner\n1,Fire,CFO\n"
        preview = anna.get("/o/nordwind/import").submit(
            "/import", files=[("files", "risks.csv", risks)])
        preview.submit("/confirm")
        self.assertEqual(steps(), ["Say who holds the vacant position", "Let others sign in",
                                   "Have the audit programme proposed"])
        (position,), = self.book.sql("SELECT id FROM position WHERE person_id IS NULL")
        (person,), = self.book.sql("SELECT id FROM person WHERE email = 'anna@example.org'")
        page = anna.get("/o/nordwind/positions")
        filled = page.submit("/positions/fill", **{f"position-{position}": person})
        self.assertIn("One position is filled", filled.words)
        self.assertEqual(steps()[0], "Let others sign in")
        later = self.book.serve()  # half a year on, nobody is new any more
        sections = self.book.signed_in(later).api("GET", "/o/nordwind/today").json()["sections"]
        self.assertEqual([s for s in sections if s["key"] == "first-steps"], [])

    def test_the_cookie_is_for_the_server_alone(self):
        self.book.password(self.server, password=PASSWORD)
        answer = self.server.client().post("/sign-in", {"email": "anna@example.org",
                                                        "password": PASSWORD}, follow=False)
        self.assertEqual(answer.status, 303)
        cookie = answer.headers["set-cookie"]
        self.assertIn("HttpOnly", cookie)
        self.assertIn("SameSite=Lax", cookie)
        secret = re.search(r"daybook=([^;]+)", cookie).group(1)
        stored = self.book.sql(f"SELECT COUNT(*) FROM session WHERE hash = '{secret}'")
        self.assertEqual(stored, [["0"]])

    def test_signing_out_ends_the_session_on_the_server(self):
        client = self.book.signed_in(self.server)
        cookies = dict(client.cookies)
        page = client.get("/me")
        page.submit("/sign-out")
        client.cookies = cookies
        self.assertIn("/sign-in", client.get("/me").path)

    def test_guessing_is_slowed_down_and_kindly_told_so(self):
        self.book.password(self.server, password=PASSWORD)
        for _ in range(5):
            self.assertEqual(self.try_sign_in("a guess in the dark")[1].status, 422)
        _, answer = self.try_sign_in(PASSWORD)
        self.assertEqual(answer.status, 429)
        self.assertGreaterEqual(int(answer.headers["retry-after"]), 30)
        self.assertIn("try again in 30 seconds", answer.words)

    def test_a_form_without_its_token_is_refused(self):
        client = self.book.signed_in(self.server)
        refused = client.post("/o/nordwind/positions", {"title": "Spy"})
        self.assertEqual(refused.status, 403)
        refused = client.post("/o/nordwind/positions", {"title": "Spy", "csrf": "0" * 48})
        self.assertEqual(refused.status, 403)
        page = client.get("/o/nordwind/positions")
        token = dict(page.form("/positions", "title").fields)["csrf"]
        foreign = client.post("/o/nordwind/positions", {"title": "Spy", "csrf": token},
                              headers={"Origin": "https://evil.example"})
        self.assertEqual(foreign.status, 403)
        self.assertEqual(page.submit("/positions", "title", title="Clerk").status, 200)
        self.assertEqual(self.book.sql("SELECT title FROM position"), [["Clerk"]])

    def test_a_link_sets_a_password_once_and_ends_open_sessions(self):
        client = self.book.signed_in(self.server)
        link = self.link()
        other = self.server.client()
        page = other.get(link)
        self.assertIn("anna@example.org", page.words)
        short = page.submit(None, "password", password="short", again="short")
        self.assertEqual(short.status, 422)
        twice = page.submit(None, "password", password=PASSWORD, again=PASSWORD + "x")
        self.assertEqual(twice.status, 422)
        done = page.submit(None, "password", password=PASSWORD, again=PASSWORD)
        self.assertEqual(done.status, 200)
        self.assertIn("/sign-in", client.get("/me").path)
        again = self.server.client()
        self.assertEqual(again.get(link).status, 404)
        self.assertEqual(again.post(link, {"password": PASSWORD, "again": PASSWORD}).status, 404)
        told = [row[0] for row in self.book.sql("SELECT action FROM ledger_entry")]
        self.assertIn("person.password_link_made", told)
        self.assertIn("person.password_set", told)

    def test_a_link_ends_after_three_days(self):
        link = self.link()
        later = self.book.serve(now="2026-06-18T09:00:01Z")
        self.assertEqual(later.client().get(link).status, 404)

    def test_an_external_auditor_is_out_after_the_last_day(self):
        self.book.ok("user", "add", "uta@example.net", "--org", "nordwind", "--role",
                     "external_auditor", "--until", "2026-06-15")
        client = self.book.signed_in(self.server, "uta@example.net")
        self.assertEqual(client.get("/o/nordwind/people").status, 200)
        # 23:59 in Berlin is still the last day; a minute later is not.
        evening = self.book.serve(now="2026-06-15T21:59:00Z").client()
        midnight = self.book.serve(now="2026-06-15T22:00:00Z").client()
        evening.cookies = midnight.cookies = client.cookies
        self.assertEqual(evening.get("/o/nordwind/people").status, 200)
        self.assertEqual(midnight.get("/o/nordwind/people").status, 404)

    def test_a_disabled_person_is_out_at_once(self):
        client = self.book.signed_in(self.server)
        self.book.ok("user", "disable", "anna@example.org")
        self.assertIn("/sign-in", client.get("/o/nordwind/people").path)

    def test_a_token_reads_or_writes_within_its_scope_until_its_last_day(self):
        def token(scope):
            return self.book.json("token", "create", "--org", "nordwind", "--name", scope[:20],
                                  "--scope", scope, "--expires", "2026-06-20")["token"]
        reader = self.server.client(token=token("read"))
        self.assertEqual(reader.api("GET", "/o/nordwind/people").status, 200)
        self.assertEqual(reader.api("POST", "/o/nordwind/positions", {"title": "A"}).status, 403)
        narrow = self.server.client(token=token("position.change"))
        self.assertEqual(narrow.api("GET", "/o/nordwind/people").status, 403)
        added = narrow.api("POST", "/o/nordwind/positions", {"title": "A"})
        self.assertIn(added.status, (200, 201))
        later = self.book.serve(now="2026-06-21T09:00:00Z").client(token=reader.token)
        self.assertEqual(later.api("GET", "/o/nordwind/people").status, 401)
        self.book.ok("token", "revoke", "1", "--org", "nordwind")
        self.assertEqual(reader.api("GET", "/o/nordwind/people").status, 401)
        self.assertEqual(self.server.client(token="dbk_" + "A" * 43).api("GET", "/me").status, 401)

    def test_a_consultant_chooses_among_organisations(self):
        self.book.init(org="suedwind", name="Südwind")
        for org in "nordwind", "suedwind":
            self.book.ok("user", "add", "kim@consult.example", "--org", org, "--role", "consultant")
        client = self.book.signed_in(self.server, "kim@consult.example")
        page = client.get("/organisations")
        self.assertIn("Südwind", page.words)
        self.assertIn("Nordwind", page.words)
        for org in "nordwind", "suedwind":
            self.assertEqual(client.get(f"/o/{org}/people").status, 200)

    def test_ones_own_name_zone_password_and_sessions(self):
        client = self.book.signed_in(self.server)
        page = client.get("/me").submit("/me", "name", "time_zone", name="Anna W.",
                                        time_zone="Asia/Tokyo")
        self.assertEqual(dict(page.form("/me", "time_zone").fields)["time_zone"], "Asia/Tokyo")
        wrong = page.submit("/me", "name", "time_zone", time_zone="Moon/Base")
        self.assertEqual(wrong.status, 422)
        other = self.server.client()
        other.sign_in("anna@example.org", "correct horse battery")
        page = client.get("/me")
        self.assertEqual(page.submit("/me/password", current="wrong", password=PASSWORD,
                                     again=PASSWORD).status, 422)
        self.assertEqual(page.submit("/me/password", current="correct horse battery",
                                     password=PASSWORD, again=PASSWORD).status, 200)
        self.assertIn("/sign-in", other.get("/me").path)
        self.assertEqual(client.get("/me").path, "/me")


@lib.both_engines
class People(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init()
        self.server = self.book.serve()
        self.anna = self.book.signed_in(self.server)

    def test_a_person_is_added_found_changed_let_in_and_erased(self):
        page = self.anna.get("/o/nordwind/people/new").submit(
            "/people", "name", name="Eva Lind", email="Eva@Example.org", title="Head of <IT>")
        self.assertIn("Eva Lind", page.words)
        self.assertIn("Head of <IT>", page.words)
        path = page.path
        found = self.anna.get("/o/nordwind/people?q=eva")
        self.assertIn("eva@example.org", found.words)
        self.assertNotIn("anna@example.org", found.words)
        self.assertNotIn("Eva", self.anna.get("/o/nordwind/people?q=%25zz").words)
        edit = self.anna.get(path + "/edit")
        self.assertEqual(edit.submit(path, "name", name="Eva Lindt").status, 200)
        stale = edit.submit(path, "name", name="Eva Linde")
        self.assertEqual(stale.status, 409)
        link = self.anna.get(path).submit("/let-in")
        secret = re.search(r"/password/[\w-]+", link.text).group(0)
        eva = self.server.client()
        eva.get(secret).submit(None, "password", password=PASSWORD, again=PASSWORD)
        self.assertEqual(eva.get("/o/nordwind/people").status, 200)
        self.assertEqual(eva.get("/o/nordwind/people/new").status, 403)
        wrong = self.anna.get(path).submit("/erase", confirm="Somebody else")
        self.assertEqual(wrong.status, 422)
        self.assertEqual(self.anna.get(path).submit("/erase", confirm="Eva Lindt").status, 200)
        self.assertIn("/sign-in", eva.get("/o/nordwind/people").path)
        self.assertNotIn("Eva", self.anna.get(path).words)
        accounts = self.book.sql("SELECT COUNT(*) FROM account WHERE email LIKE 'eva%'")
        self.assertEqual(accounts, [["0"]])
        self.book.ok("verify", "--org", "nordwind")

    def test_one_organisation_cannot_reset_the_password_of_a_shared_colleague(self):
        self.book.init(org="suedwind", admin="sara@example.net")
        self.book.ok("user", "add", "kim@consult.example", "--org", "suedwind",
                     "--role", "consultant")
        self.book.password(self.server, "kim@consult.example", PASSWORD)
        page = self.anna.get("/o/nordwind/people/new").submit(
            "/people", "name", name="Kim", email="kim@consult.example")
        link = page.submit("/let-in")
        self.assertNotIn("/password/", link.text)
        self.assertIn("has an account here already", link.words)
        self.assertIn("/join/", link.text)

    def test_roles_are_given_and_taken(self):
        self.book.add_person("ivo@example.org")
        page = self.anna.get("/o/nordwind/people?q=ivo")
        path = re.search(r"/o/nordwind/people/\d+", page.text).group(0)
        page = self.anna.get(path)
        endless = page.submit("/roles", "role", "until", role="external_auditor")
        self.assertEqual(endless.status, 422)
        page = page.submit("/roles", "role", "until", role="internal_auditor", until="2026-12-31")
        self.assertIn("Internal auditor until", page.words)
        page = self.anna.post(path + "/roles/revoke", {
            "role": "internal_auditor", "csrf": dict(page.form("/revoke").fields)["csrf"]})
        self.assertNotIn("Internal auditor until", page.words)

    def test_positions_teams_sites_and_systems(self):
        page = self.anna.get("/o/nordwind/positions").submit("/positions", "title", title="CISO")
        self.assertIn("vacant", page.words)
        path = re.search(r"/o/nordwind/positions/\d+", page.text).group(0)
        page = self.anna.get(path).submit("/fill", person=1)
        self.assertNotIn("1 vacant", page.words)
        team = self.anna.get("/o/nordwind/teams").submit("/teams", "name", name="IT", purpose="x")
        self.assertIn("Anna", team.submit("/join", person=1).words)
        self.assertIn("Nobody yet", self.anna.get(team.path).submit("/leave", "person").words)
        page = self.anna.get("/o/nordwind/sites").submit(
            "/sites", "name", name="Porto", time_zone="Europe/Lisbon", head_count=12)
        self.assertIn("Europe/Lisbon", page.words)
        again = self.anna.get("/o/nordwind/sites").submit(
            "/sites", "name", name="Porto", time_zone="Europe/Lisbon")
        self.assertEqual(again.status, 422)
        page = self.anna.get("/o/nordwind/systems").submit("/systems", "name", name="ERP")
        self.assertIn("ERP", page.words)
        page = self.anna.get("/o/nordwind/organisation").submit(
            "/organisation", "decision_date", outsourced_share="40", certificate_number="C-1")
        self.assertEqual(self.book.sql("SELECT outsourced_percent FROM organisation"), [["40"]])
        self.book.ok("verify", "--org", "nordwind")

    def test_tokens_and_calendar_addresses_are_shown_once(self):
        page = self.anna.get("/o/nordwind/tokens").submit("/tokens", "scope", name="script")
        token = re.search(r"dbk_[\w-]+", page.text).group(0)
        self.assertNotIn(token, self.anna.get("/o/nordwind/tokens").text)
        page = self.anna.get("/o/nordwind/calendars").submit("/calendars", "what", what="mine")
        address = re.search(r"/calendar/[\w-]+\.ics", page.text).group(0)
        page = self.anna.get("/o/nordwind/calendars")
        self.assertNotIn(address, page.text)
        self.assertEqual(page.submit("/revoke").status, 200)
        self.assertEqual(self.anna.get(address).status, 404)


@lib.both_engines
class StartingOnesOwn(lib.DaybookTest):
    def answers(self, page, **more):
        return page.submit("/start", "decision_date", **{
            "name": "Nordwind Logistics GmbH", "decision_date": "2026-05-20",
            "time_zone": "Europe/Berlin",
            "sites": "Hamburg; Europe/Berlin; 100\nPorto; Europe/Lisbon",
            "critical_systems": "WMS\nERP", "top_management": "Eva Lind; eva@example.org",
            "outsourced_share": "35", "head_count": "140", **more})

    def test_the_first_visitor_starts_an_organisation_and_sees_its_programme(self):
        self.book.ok("migrate")
        server = self.book.serve()
        page = server.client().get("/sign-in")
        self.assertIn("/start", page.text)
        client = server.client()
        page = client.get("/start")
        wrong = self.answers(page, admin_name="Anna", admin="anna@example.org", password="short")
        self.assertEqual(wrong.status, 422)
        wrong = self.answers(page, admin_name="Anna", admin="anna@example.org", password=PASSWORD,
                             sites="Hamburg; Mars")
        self.assertIn("Line 1", wrong.words)
        done = self.answers(page, admin_name="Anna", admin="anna@example.org", password=PASSWORD)
        self.assertEqual(done.path, "/o/nordwind-logistics-gmbh/programme")
        self.assertEqual(self.book.sql("SELECT outsourced_percent, slug FROM organisation"),
                         [["35", "nordwind-logistics-gmbh"]])
        # the administrator starts a second one; a stranger does not
        page = client.get("/start")
        self.assertEqual(self.answers(page, slug="nordwind-two").status, 200)
        self.assertEqual(server.client().get("/start").status, 403)
        self.assertEqual(len(self.book.json("user", "list")), 1)

    def test_demo_people_exist_only_on_a_demo_server(self):
        self.book.init()
        self.book.sql("UPDATE organisation SET demo = 1")
        plain = self.book.serve()
        self.assertNotIn("Or look around", plain.client().get("/sign-in").words)
        self.assertEqual(plain.client().post("/sign-in/demo", {"account": 1}).status, 404)
        demo = self.book.serve(DAYBOOK_DEMO="1")
        client = demo.client()
        client.get("/sign-in").submit("/sign-in/demo")
        self.assertEqual(client.get("/o/nordwind/people").status, 200)
        self.book.sql("UPDATE organisation SET demo = 0")
        self.assertEqual(demo.client().post("/sign-in/demo", {"account": 1}).status, 404)


if __name__ == "__main__":
    lib.main()
