# SPDX-License-Identifier: Apache-2.0
"""Management reviews: from the pack to approved minutes, the gate, and how often they are held."""

import contextlib
import hashlib
import json

import lib

FACTS = {"head_count": 60, "top_management": [{"name": "Clara Voss", "email": "clara@example.org"},
                                              {"name": "Dirk Lang", "email": "dirk@example.org"}]}
PASSWORD = "correct horse battery"
LETTERS = "abcdefg"


class ReviewTest(lib.DaybookTest):
    """An adopted programme; Clara (chair) and Dirk are top management, Anna the manager."""

    now = "2026-02-03T09:00:00Z"
    facts = FACTS

    def setUp(self):
        super().setUp()
        self.book.init(adopt=True, facts=self.facts, now="2025-11-21T09:00:00Z")
        leaders = [person["email"] for person in self.facts["top_management"]]
        for email in leaders:
            self.book.ok("user", "add", email, "--org", "nordwind", "--role", "top_management",
                         now="2025-11-21T09:00:00Z")
        with self.day("2025-11-21"):
            for email in ["anna@example.org", *leaders]:
                self.book.password(self.server, email, PASSWORD)

    @contextlib.contextmanager
    def day(self, day):
        """A server whose clock stands on that day."""
        before = self.book.now
        self.book.now = f"{day}T09:00:00Z"
        self.server = self.book.serve()
        try:
            yield self
        finally:
            self.server.stop()
            self.book.servers.remove(self.server)
            self.book.now = before

    def signed(self, email):
        client = self.server.client()
        client.sign_in(email, PASSWORD)
        return client

    def program(self, email="anna@example.org"):
        """A program that talks to the API in that person's name."""
        token = self.book.json("token", "create", "--org", "nordwind", "--name", "t", "--scope",
                               "write", "--person", email)["token"]
        return self.server.client(token)

    def reviews(self, **options):
        return self.book.json("reviews", "list", "--org", "nordwind", **options)["reviews"]

    def done(self, answer):
        self.assertEqual(answer.status, 200, repr(answer))
        self.assertNotIn('id="complaint"', answer.text, repr(answer))
        return answer

    def page(self, client, review, tail=""):
        return client.get(f"/o/nordwind/reviews/{review}{tail}")

    def attend(self, client, review, present=("Clara Voss", "Dirk Lang"), absent=()):
        page = self.page(client, review, "/minutes")
        fields = {}
        people = client.api("GET", f"/o/nordwind/reviews/{review}").json()["people"]
        for person in people:
            if person["name"] in present:
                fields[f"person_{person['id']}"] = "present"
            if person["name"] in absent:
                fields[f"person_{person['id']}"] = "absent"
        self.done(page.submit("/attendance", **fields))

    def consider(self, client, review, letters=LETTERS, state="considered"):
        for letter in letters:
            page = self.page(client, review, "/minutes")
            self.done(page.submit(f"/inputs/{letter}", "notes", state=state,
                                  notes=f"Talked about ({letter})"))

    def decide(self, client, review, due="2026-12-01", **more):
        page = self.page(client, review, "/minutes")
        fields = {"letter": "d", "kind": "action", "words": "Test the restore of payroll",
                  "owner": "anna@example.org", "due": due, **more}
        return page.submit("/decisions", **fields)

    def close(self, client, review, held_on):
        return self.page(client, review, "/minutes").submit(
            "/close", held_on=held_on, summary="All inputs considered; the restore is tested.")

    def approve(self, client, review, password=PASSWORD):
        return self.page(client, review, "/minutes").submit("/approve", password=password)

    def hold(self, review, held_on, due, anna=None, clara=None):
        """A whole review on one day."""
        anna, clara = anna or self.signed("anna@example.org"), clara or self.signed(
            "clara@example.org")
        self.done(self.page(anna, review, "/minutes").submit("/open"))
        self.attend(anna, review)
        self.consider(anna, review)
        self.done(self.decide(anna, review, due=due))
        self.done(self.close(anna, review, held_on))
        return self.done(self.approve(clara, review))


@lib.both_engines
class Gate(ReviewTest):
    def test_history_leads_past_no_gate(self):
        review = self.reviews()[0]["id"]
        duty = self.book.sql(f"SELECT duty_id FROM activity WHERE id = {review}")[0][0]
        with self.day("2026-02-12"):
            refused = self.program().api("POST", f"/o/nordwind/duties/{duty}/history",
                                         {"held_on": "2026-02-11", "result": "It went well"})
            self.assertEqual(refused.status, 422, repr(refused))
            self.assertIn("held_on", refused.text)
            self.assertIn("start, 20 November 2025", refused.text)
            page = self.signed("anna@example.org").get(f"/o/nordwind/duties/{duty}")
            said = page.submit("/history", held_on="2025-11-20", result="It went well")
            self.assertIn("recorded in its activity", said.words)
        for start in ("2026-02-05", "2026-02-20"):  # before its nominal day, and after it
            self.book.sql(f"UPDATE organisation SET start_on = '{start}'")
            entered = self.book.ok("duty", "history", duty, "--org", "nordwind", "--held",
                                   "2026-02-02", "--result", "It went well")
            self.assertIn("Entered as history", entered.out)
            status = {r["id"]: r["status"] for r in self.reviews()}
            self.assertEqual(status[review], "planned", start)
        held = self.book.sql("SELECT COUNT(*) FROM activity WHERE held_on = '2026-02-02' AND "
                             f"imported = 1 AND duty_id = {duty}")
        self.assertEqual(held, [["2"]])

    def to_the_chair(self, anna, review):
        self.done(self.page(anna, review, "/minutes").submit("/open"))
        self.attend(anna, review)
        self.consider(anna, review)
        self.done(self.decide(anna, review))
        self.done(self.close(anna, review, "2026-02-12"))

    def test_a_person_of_the_demo_chooses_a_password_and_signs(self):
        review = self.reviews()[0]["id"]
        chair = self.book.sql("SELECT id FROM account WHERE email = 'clara@example.org'")[0][0]
        approve = f'action="/o/nordwind/reviews/{review}/approve"'
        fields = {"password": "another horse entirely", "again": "another horse entirely"}
        self.book.env["DAYBOOK_DEMO"] = "1"
        with self.day("2026-02-12"):
            self.to_the_chair(self.signed("anna@example.org"), review)
            self.book.sql("UPDATE organisation SET demo = 1")
            clara = self.server.client()
            clara.get("/sign-in").submit("/sign-in/demo", account=chair)
            # who has a password already gives it
            self.assertIn("not your present", clara.get("/me").submit(
                "/me/password", current="wrong", **fields).words)
            self.assertIn(approve, self.page(clara, review, "/minutes").text)
            self.book.sql(f"UPDATE account SET password_hash = NULL WHERE id = {chair}")
            page = self.page(clara, review, "/minutes")
            self.assertIn("has none yet", page.words)
            self.assertNotIn(approve, page.text)
            # nor does somebody who is of another organisation, too, choose one so
            self.book.sql("UPDATE organisation SET demo = 0")
            self.assertIn("not your present", clara.get("/me").submit(
                "/me/password", current="x", **fields).words)
            self.book.sql("UPDATE organisation SET demo = 1")
            self.assertIn("is changed", clara.get("/me").submit("/me/password", **fields).words)
            self.assertIn("do not belong together",
                          self.approve(clara, review, password="wrong").words)
            self.done(self.approve(clara, review, password=fields["password"]))
            self.assertEqual(self.reviews()[0]["status"], "concluded")

    def test_nothing_concludes_a_review_but_quorum_inputs_results_and_the_chair(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-12"):
            api = self.program()
            anna, clara = self.signed("anna@example.org"), self.signed("clara@example.org")
            # the diary's own page and API refuse, and name everything
            answer = api.api("POST", f"/o/nordwind/activities/{review}/conclude", {})
            self.assertEqual(answer.status, 422, repr(answer))
            for words in ("No quorum", "Input (a)", "Input (g)", "No result", "not approved"):
                self.assertIn(words, answer.text)
            self.done(self.page(anna, review, "/minutes").submit("/open"))
            refused = self.close(anna, review, "2026-02-12")
            for words in ("No quorum", "Input (c)", "No result"):
                self.assertIn(words, refused.words)
            # a guest and one of two without the chair are no quorum
            self.attend(anna, review, present=("Dirk Lang",), absent=("Clara Voss",))
            self.consider(anna, review)
            self.done(self.decide(anna, review))
            self.assertIn("without the chair", self.close(anna, review, "2026-02-12").words)
            self.attend(anna, review, present=("Clara Voss", "Dirk Lang"))
            self.done(self.close(anna, review, "2026-02-12"))
            # only the chair, and only with the password
            self.assertNotIn('action="/o/nordwind/reviews/%d/approve"' % review,
                             self.page(anna, review, "/minutes").text)
            path = f"/o/nordwind/reviews/{review}/approve"
            self.assertEqual(api.api("POST", path, {"password": PASSWORD}).status, 403)
            answer = self.program("dirk@example.org").api("POST", path, {"password": PASSWORD})
            self.assertEqual(answer.status, 403, repr(answer))
            self.assertIn("Only the chair", answer.text)
            self.assertIn("do not belong together",
                          self.approve(clara, review, password="wrong").words)
            self.assertEqual(self.reviews()[0]["status"], "under_way")
            self.done(self.approve(clara, review))
            self.assertEqual(self.reviews()[0]["status"], "concluded")
            # what is approved stays; a correction is an addendum
            answer = api.api("POST", f"/o/nordwind/reviews/{review}/inputs/a",
                              {"state": "considered", "notes": "changed afterwards"})
            self.assertEqual(answer.status, 409, repr(answer))
            self.done(self.page(anna, review, "/minutes").submit(
                "/addenda", body="The restore is of payroll and of the ledger."))
            self.assertIn("and of the ledger", self.page(anna, review, "/minutes").words)
        self.book.ok("verify", "--org", "nordwind")

    def test_decisions_are_followed_as_actions(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-12"):
            anna = self.signed("anna@example.org")
            self.hold(review, "2026-02-12", "2026-04-30", anna=anna)
            decisions = anna.api("GET", f"/o/nordwind/reviews/{review}").json()["decisions"]
            self.assertEqual(len(decisions), 1)
            self.assertGreater(decisions[0]["action"], 0)
        rows = self.book.sql("SELECT title, source, source_object FROM action")
        self.assertEqual(rows, [["Test the restore of payroll", "review", str(review)]])

    def test_a_decision_needs_words_an_owner_and_a_day(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-12"):
            api = self.program()
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, review, "/minutes").submit("/open"))
            path = f"/o/nordwind/reviews/{review}/decisions"
            answer = api.api("POST", path, {"letter": "d", "kind": "action", "words": "Do it"})
            self.assertEqual(answer.status, 422)
            self.assertIn("owner", answer.text)
            self.assertIn("due", answer.text)
            answer = api.api("POST", path, {"letter": "d", "kind": "no_change",
                                             "words": "It stays as it is"})
            self.assertEqual(answer.status, 200, repr(answer))
            self.assertEqual(api.api("POST", path, {"letter": "x", "kind": "no_change",
                                                     "words": "?"}).status, 404)
            # taken back, it stays visible
            decision = answer.json()["id"]
            self.done(self.page(anna, review, "/minutes").submit(
                f"/decisions/{decision}/strike", reason="Typed into the wrong input"))
            self.assertIn("Typed into the wrong input", self.page(anna, review, "/minutes").words)


@lib.both_engines
class Inputs(ReviewTest):
    def test_an_input_waits_for_a_named_later_review_within_twelve_months(self):
        first, second, *rest = self.reviews()
        far = [r for r in self.reviews() if r["due"] > "2026-11-20"][0]
        with self.day("2026-02-12"):
            api = self.program()
            anna = self.signed("anna@example.org")
            path = f"/o/nordwind/reviews/{first['id']}/inputs/e"
            answer = api.api("POST", path, {"state": "deferred", "deferred_to": second["id"]})
            self.assertEqual(answer.status, 422)
            self.assertIn("reason", answer.text)
            answer = api.api("POST", path, {"state": "deferred", "deferred_to": far["id"],
                                             "reason": "No feedback yet"})
            self.assertEqual(answer.status, 422, repr(answer))
            self.assertIn("20 November 2026", answer.text)
            answer = api.api("POST", path, {"state": "deferred", "deferred_to": second["id"],
                                             "reason": "No feedback yet"})
            self.assertEqual(answer.status, 200, repr(answer))
            # the one it was deferred to is cancelled: the gate says so
            cancel = api.api("POST", f"/o/nordwind/activities/{second['id']}/cancel",
                              {"reason": "Merged with the next one"})
            self.assertEqual(cancel.status, 200, repr(cancel))
            gaps = anna.api("GET", f"/o/nordwind/reviews/{first['id']}").json()["gaps"]
            self.assertTrue(any("no longer open" in gap["what"] for gap in gaps), gaps)

    def test_two_minute_takers_do_not_overwrite_each_other(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-12"):
            anna, clara = self.signed("anna@example.org"), self.signed("clara@example.org")
            self.done(self.page(anna, review, "/minutes").submit("/open"))
            page, other = self.page(anna, review, "/minutes"), self.page(clara, review, "/minutes")
            self.done(page.submit("/inputs/a", "notes", state="considered", notes="One"))
            answer = other.submit("/inputs/a", "notes", state="considered", notes="Two")
            self.assertIn("meanwhile", answer.words)
            self.assertIn("One", self.page(anna, review, "/minutes").words)


@lib.both_engines
class Pack(ReviewTest):
    def test_a_draft_becomes_frozen_numbers_and_later_changes_show(self):
        review = self.reviews()[0]
        draft = self.book.json("reviews", "pack", "--org", "nordwind", review["id"])
        self.assertTrue(draft["draft"])
        self.assertEqual({s["input"] for s in draft["sections"]} - set(LETTERS), set())
        with self.day("2026-02-05"):
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, review["id"]).submit("/pack/issue"))
        frozen = self.book.json("reviews", "pack", "--org", "nordwind", review["id"])
        self.assertFalse(frozen["draft"])
        ((body, sha),) = self.book.sql("SELECT body, sha256 FROM review_document")
        self.assertEqual(hashlib.sha256(body.encode()).hexdigest(), sha)
        self.assertEqual(frozen["sha256"], sha)
        self.assertEqual(json.loads(body)["sections"], frozen["sections"])
        self.assertIn(sha, "".join(r[0] for r in self.book.sql(
            "SELECT body FROM ledger_entry WHERE action = 'review.frozen'")))
        # five weeks later more has been missed: the pack stays, the page says what changed
        with self.day("2026-03-20"):
            page = self.page(self.signed("anna@example.org"), review["id"], "/pack")
            self.assertIn("Since the pack", page.words)
            self.assertIn("Missed and still open", page.words)
        again = self.book.json("reviews", "pack", "--org", "nordwind", review["id"],
                               now="2026-03-20T09:00:00Z")
        self.assertEqual(again["sections"], frozen["sections"])
        self.book.ok("verify", "--org", "nordwind")

    def test_the_manager_says_something_of_each_section(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-05"):
            anna, clara = self.signed("anna@example.org"), self.signed("clara@example.org")
            page, other = self.page(anna, review), self.page(clara, review)
            for key in ("training", "incidents"):
                page = self.done(page.submit(f"/sections/{key}/words", words=f"Of {key}: well"))
            refused = other.submit("/sections/training/words", words="Of training: badly")
            self.assertIn("meanwhile", refused.words)
            path = f"/o/nordwind/reviews/{review}/sections"
            self.assertEqual(self.program().api("POST", f"{path}/nothing/words",
                                                {"words": "?"}).status, 404)
            self.done(self.page(anna, review).submit("/pack/issue"))
            # what is said after the pack was frozen is not in it
            self.done(self.page(anna, review).submit("/sections/training/words", words="Later"))
            for tail in ("", "/pack", "/room?input=d&section=training", "/minutes"):
                said = self.page(anna, review, tail).words
                self.assertIn("Later" if tail in ("", "/minutes") else "Of training: well", said)
        pack = self.book.json("reviews", "pack", "--org", "nordwind", review)
        said = {s["key"]: s["said"] for s in pack["sections"] if s["said"]}
        self.assertEqual(said, {"training": "Of training: well", "incidents": "Of incidents: well"})
        self.assertIn("Of incidents: well",
                      self.book.ok("reviews", "pack", "--org", "nordwind", review).out)
        self.book.ok("verify", "--org", "nordwind")
        self.book.sql("UPDATE review_words SET words = 'Excellent' WHERE section = 'incidents'")
        self.assertEqual(self.book.run("verify", "--org", "nordwind").code, 3)

    def test_a_wrong_command_says_what_is_wrong_and_how_to_mend_it(self):
        review = self.reviews()[0]["id"]
        other = self.book.sql("SELECT min(id) FROM activity "
                              "WHERE kind <> 'management_review'")[0][0]
        for arguments, words in ((("pack", "abc"), "ID: Give the number"),
                                 (("pack", "999999"), "ID: There is no management review 999999"),
                                 (("pack", other), f"ID: There is no management review {other}"),
                                 (("pack",), "needs ID"),
                                 (("minutes", "0"), "ID: There is no management review 0"),
                                 (("pack", review, "--pdf", "/nowhere/x.pdf"), "pdf: /nowhere"),
                                 (("list", "twice"), "one word too many")):
            ran = self.book.run("reviews", *arguments, "--org", "nordwind")
            self.assertEqual(ran.code, 2, repr(ran))
            self.assertIn(words, ran.err, repr(ran))
            self.assertEqual(ran.out, "")
        rows = self.reviews()
        self.assertEqual({"id", "title", "due", "status"} - set(rows[0]), set())
        self.assertTrue(self.book.json("reviews", "pack", "--org", "nordwind", review)["draft"])
        self.assertIn("draft", self.book.ok("reviews", "pack", "--org", "nordwind", review).out)

    def test_verify_finds_a_changed_pack(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-05"):
            self.done(self.page(self.signed("anna@example.org"), review).submit("/pack/issue"))
        self.book.ok("verify", "--org", "nordwind")
        self.book.sql("UPDATE review_document SET body = replace(body, '\"measured\":true', "
                      "'\"measured\":false')")
        ran = self.book.run("verify", "--org", "nordwind")
        self.assertEqual(ran.code, 3, repr(ran))
        self.assertIn("review_document", ran.out + ran.err)

    def test_a_guest_reads_until_the_address_ends_and_each_reading_is_logged(self):
        review = self.reviews()[0]["id"]
        with self.day("2026-02-05"):
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, review).submit("/pack/issue"))
            page = self.page(anna, review).submit("/guests", name="Board member", days=10)
            address = page.text.split('value="http')[1].split('"')[0]
            path = "/pack/" + address.split("/pack/")[1]
            outside = self.server.client()
            answer = outside.get(path)
            self.assertEqual(answer.status, 200, repr(answer))
            self.assertIn("Board member", answer.words)
            self.assertIn("This reading is logged", answer.words)
            self.assertEqual(outside.get(path + "x").status, 404)
        self.assertEqual(len(self.book.sql(
            "SELECT 1 FROM ledger_entry WHERE action = 'review.pack_read'")), 1)
        with self.day("2026-02-14"):
            self.assertEqual(self.server.client().get(path).status, 200)
            page = self.page(self.signed("anna@example.org"), review)
            self.assertIn("read 2 times", page.words)
            read = self.program().api("GET", f"/o/nordwind/reviews/{review}").json()["guests"][0]
            self.assertEqual([x["at"][:10] for x in read["read"]], ["2026-02-14", "2026-02-05"])
            seen = [self.server.client().get(path).status for _ in range(40)]
            self.assertEqual((seen[0], seen[-1]), (200, 429), "how often is limited")
        with self.day("2026-02-16"):
            self.assertEqual(self.server.client().get(path).status, 404)
        self.book.ok("verify", "--org", "nordwind")


@lib.both_engines
class ByHand(ReviewTest):
    def test_a_review_beside_the_series_is_held_as_any_other(self):
        with self.day("2026-03-02"):
            api = self.program()
            answer = api.api("POST", "/o/nordwind/reviews", {"title": "After the ransomware",
                                                             "due": "2026-03-04"})
            self.assertEqual(answer.status, 422)
            answer = api.api("POST", "/o/nordwind/reviews",
                             {"title": "After the ransomware", "due": "2026-03-04",
                              "why": "Top management asked for it"})
            self.assertEqual(answer.status, 201, repr(answer))
            review = answer.json()["id"]
            self.hold(review, "2026-03-02", "2026-05-01")
        held = [r for r in self.reviews() if r["status"] == "concluded"]
        self.assertEqual([r["title"] for r in held], ["After the ransomware"])

    def test_the_cadence_is_proposed_with_its_reason_and_can_be_chosen_otherwise(self):
        with self.day("2026-03-02"):
            anna, clara = self.signed("anna@example.org"), self.signed("clara@example.org")
            cadence = anna.api("GET", "/o/nordwind/reviews").json()["cadence"]
            self.assertIn("missed duties", cadence["why"])
            other = 4 if cadence["proposed"] != 4 else 5
            page = anna.get("/o/nordwind/reviews").submit("/cadence", months=other)
            self.assertIn("say why", page.words)
            refused = self.program().api("POST", "/o/nordwind/reviews/cadence",
                                         {"months": other, "reason": "The board meets so often"})
            self.assertEqual(refused.status, 403, repr(refused))  # the manager does not choose
            self.assertIn("top management", refused.text)
            page = clara.get("/o/nordwind/reviews").submit(
                "/cadence", months=other, reason="The board meets so often")
            self.assertIn("The board meets so often", page.words)
            self.assertEqual(anna.api("GET", "/o/nordwind/reviews").json()["cadence"]["now"], other)
        self.book.ok("verify", "--org", "nordwind")


@lib.both_engines
class Cadence(lib.DaybookTest):
    """How often after the first year: each input alone has its effect, and the reason names it."""

    EARLY, LATER = "2025-11-21T09:00:00Z", "2025-12-20T09:00:00Z"
    SMALL = {"head_count": 20, "sector": "Bakery", "customer_demands": 0}

    def proposed(self, org, facts=None, now=None):
        self.book.init(org=org, facts={**self.SMALL, **(facts or {})}, adopt=True, now=self.EARLY)
        token = self.book.json("token", "create", "--org", org, "--name", "t", "--scope", "read",
                               "--person", "anna@example.org")["token"]
        return lambda: self.asked(org, token, now or self.LATER)

    def asked(self, org, token, now):
        server = self.book.serve(now=now)
        cadence = server.client(token).api("GET", f"/o/{org}/reviews").json()["cadence"]
        server.stop()
        self.book.servers.remove(server)
        return cadence["proposed"], cadence["why"]

    def test_what_the_organisation_is_has_its_effect(self):
        for org, facts, months, words in (
                ("small", {}, 6, "20 people"),
                ("big", {"head_count": 300}, 3, "300 people"),
                ("bank", {"sector": "Banking"}, 3, "Banking"),
                ("asked", {"customer_demands": 2}, 3, "high customer demands"),
                ("both", {"head_count": 300, "customer_demands": 2}, 2, "is high")):
            proposed, why = self.proposed(org, facts)()
            self.assertEqual(proposed, months, (org, why))
            self.assertIn(words, why)

    def test_what_happened_has_its_effect(self):
        ask = self.proposed("found")
        self.book.ok("findings", "raise", "--org", "found", "--title", "No backup", "--grade",
                     "major", now=self.LATER)
        proposed, why = ask()
        self.assertEqual(proposed, 3, why)
        self.assertIn("open major nonconformities: 1", why)
        ask = self.proposed("hit")
        path = self.book.folder / "incidents.csv"
        path.write_text("Incident ID,Title,Severity,Reported At,Status\n" + "".join(
            f"I-{i},Intrusion {i},High,2025-12-0{i},Closed\n" for i in (1, 2, 3)), "utf-8")
        self.book.ok("import", "--org", "hit", path, now=self.LATER)
        proposed, why = ask()
        self.assertEqual(proposed, 3, why)
        self.assertIn("serious incidents in twelve months: 3", why)
        proposed, why = self.proposed("idle", now="2026-05-20T09:00:00Z")()
        self.assertEqual(proposed, 3, why)
        self.assertRegex(why, r"missed duties: ([3-9]|\d\d)")


if __name__ == "__main__":
    lib.main()
