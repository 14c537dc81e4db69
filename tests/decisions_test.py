# SPDX-License-Identifier: Apache-2.0
"""What a management review decides takes effect: duties, dates, risks, what is granted (9.3.3)."""

import json

import lib
from reviews_test import ReviewTest

RISKS = ("Risk ID,Risk Title,Asset,Threat,Likelihood ,Impact,Residual Likelihood,Residual Impact,"
         "Treatment,Status\n"
         "R-1,Ransomware,Files,Malware,4,5,3,4,Mitigate,Open\n"
         "R-2,Theft,Laptops,Thief,3,3,2,3,,Open\n")


@lib.both_engines
class Decisions(ReviewTest):
    def setUp(self):
        super().setUp()
        path = self.book.folder / "risk-register.csv"
        path.write_text(RISKS, "utf-8")
        self.book.ok("import", "--org", "nordwind", path)
        self.review = self.reviews()[0]["id"]

    def risk(self, ref="R-1"):
        return int(self.book.sql(f"SELECT id FROM register_item WHERE ref = '{ref}'")[0][0])

    def duty(self, key):
        row = self.book.sql(f"SELECT id, every_months FROM duty WHERE duty_key = '{key}'")[0]
        return int(row[0]), int(row[1])

    def open_activity(self, duty, after="2026-02-12"):
        return self.book.sql(f"SELECT id, due FROM activity WHERE duty_id = {duty} AND state < 3 "
                             f"AND due > '{after}' ORDER BY due")[0]

    def began(self, anna):
        self.done(self.page(anna, self.review, "/minutes").submit("/open"))
        self.attend(anna, self.review)
        self.consider(anna, self.review)

    def decide_by(self, api, **what):
        return api.api("POST", f"/o/nordwind/reviews/{self.review}/decisions",
                       {"letter": "d", "words": "So it shall be", **what})

    def accepted(self, answer):
        self.assertEqual(answer.status, 200, repr(answer))
        return answer.json()["id"]

    def finish(self, anna, clara, held_on="2026-02-12"):
        self.done(self.close(anna, self.review, held_on))
        self.done(self.approve(clara, self.review))

    def decided(self):
        return {d["id"]: d for d in self.program().api(
            "GET", f"/o/nordwind/reviews/{self.review}").json()["decisions"]}

    def test_a_cadence_and_a_date_change_with_the_approval_and_lead_back(self):
        refresher, months = self.duty("training.refresher")
        drill, _ = self.duty(self.book.sql(
            "SELECT duty_key FROM duty WHERE kind = 'exercise_evacuation'")[0][0])
        activity, due = self.open_activity(drill)
        with self.day("2026-02-12"):
            anna, clara, api = (self.signed("anna@example.org"), self.signed("clara@example.org"),
                                self.program())
            self.began(anna)
            cadence = self.accepted(self.decide_by(
                api, kind="programme", duty=f"{refresher} · Awareness", months=6))
            page = self.page(anna, self.review, "/minutes")  # as a browser without script does
            self.done(page.submit("/decisions", letter="d", kind="programme", day="2026-06-01",
                                  words="The drill comes forward", activity=activity))
            self.assertEqual(self.duty("training.refresher")[1], months)  # nothing before the chair
            self.assertIn("with the approval of the minutes",
                          self.page(anna, self.review, "/minutes").words)
            self.finish(anna, clara)
            self.assertEqual(self.duty("training.refresher")[1], 6)
            moved = self.book.sql(f"SELECT due, baseline FROM activity WHERE id = {activity}")
            self.assertEqual(moved, [["2026-06-01", due]])
            decided = self.decided()
            self.assertEqual(decided[cadence]["effect_state"], "in_effect")
            self.assertEqual(decided[cadence]["action"], 0)  # done: nobody has to do it
            place = f"/o/nordwind/reviews/{self.review}#decision-"
            for path in (f"duties/{refresher}", f"activities/{activity}"):
                page = anna.get(f"/o/nordwind/{path}")
                self.assertIn("Decided by management", page.words)
                self.assertIn(place, page.text)
            self.assertIn("The drill comes forward", anna.get(
                f"/o/nordwind/activities/{activity}").words)
            page = self.page(anna, self.review)
            self.assertIn(f"/o/nordwind/duties/{refresher}", page.text)
            self.assertIn("Every 6 months instead of every", page.words)
            minutes = self.book.ok("reviews", "minutes", "--org", "nordwind", self.review).out
            self.assertIn("every 6 months", minutes)
        entries = [json.loads(r[0]) for r in self.book.sql(
            f"SELECT body FROM ledger_entry WHERE action = 'activity.decided' AND object_id = "
            f"{activity}")]
        self.assertEqual(len(entries), 1)
        self.assertIn(place.replace("/o/nordwind", ""), json.dumps(entries[0]))
        self.book.ok("verify", "--org", "nordwind")
        self.book.sql("UPDATE review_effect SET months = 12 WHERE months = 6")
        self.assertEqual(self.book.run("verify", "--org", "nordwind").code, 3)

    def test_a_risk_is_accepted_by_somebody_until_a_day(self):
        with self.day("2026-02-12"):
            anna, clara, api = (self.signed("anna@example.org"), self.signed("clara@example.org"),
                                self.program())
            self.began(anna)
            risk = self.risk()
            self.accepted(self.decide_by(
                api, kind="risk", risk=str(risk), treatment="accept", letter="f",
                owner="clara@example.org", due="2026-05-31", words="Until the vault is there"))
            self.accepted(self.decide_by(
                api, kind="risk", risk=str(self.risk("R-2")), treatment="treat", letter="f",
                owner="anna@example.org", due="2026-04-30"))
            self.finish(anna, clara)
            page = anna.get(f"/o/nordwind/items/{risk}")
            for words in ("Accepted until 31 May 2026", "Until the vault is there",
                          "Clara Voss answers for it"):
                self.assertIn(words, page.words)
            self.assertIn(f"/o/nordwind/reviews/{self.review}#decision-", page.text)
            self.assertIn("Accept", self.book.sql(
                f"SELECT treatment FROM risk WHERE item_id = {risk}")[0])
            page = anna.get(f"/o/nordwind/items/{self.risk('R-2')}")
            self.assertIn("To be treated by 30 April 2026", page.words)
        # the next review sees it in (f), first as accepted, then as run out
        later = self.reviews()[1]["id"]
        for now, accepted, run_out in (("2026-05-12", 1, 0), ("2026-06-12", 0, 1)):
            pack = self.book.json("reviews", "pack", "--org", "nordwind", later,
                                  now=f"{now}T09:00:00Z")
            figures = {f["key"]: f["value"] for s in pack["sections"] if s["key"] == "risks"
                       for f in s["figures"]}
            self.assertEqual((figures["accepted"], figures["run_out"]), (accepted, run_out), now)
        with self.day("2026-06-12"):
            page = self.signed("anna@example.org").get(f"/o/nordwind/items/{risk}")
            self.assertIn("Run out", page.words)
        self.book.ok("verify", "--org", "nordwind")

    def test_what_is_granted_is_listed_and_followed(self):
        with self.day("2026-02-12"):
            anna, clara, api = (self.signed("anna@example.org"), self.signed("clara@example.org"),
                                self.program())
            self.began(anna)
            grant = self.accepted(self.decide_by(
                api, kind="resource", amount=12000, currency="EUR", days=10, letter="g",
                owner="anna@example.org", due="2026-04-30", words="For the backup vault"))
            self.finish(anna, clara)
            action = self.decided()[grant]["action"]
            self.assertGreater(action, 0)
            page = anna.get("/o/nordwind/reviews")
            self.assertIn("12000 EUR, 10 days of work", page.words)
            self.assertIn(f"/o/nordwind/actions/{action}", page.text)
        later = self.reviews()[1]["id"]
        pack = self.book.json("reviews", "pack", "--org", "nordwind", later,
                              now="2026-05-12T09:00:00Z")
        section = [s for s in pack["sections"] if s["key"] == "earlier_actions"][0]
        cells = [c["text"] for t in section["tables"] for c in t["cells"]]
        self.assertIn("Granted: 12000 EUR, 10 days of work", cells)
        with self.day("2026-05-12"):
            grants = self.program().api("GET", "/o/nordwind/reviews").json()["grants"]
            self.assertEqual([g["status"] for g in grants], ["late"])

    def test_what_cannot_be_is_refused_with_its_field(self):
        duty, months = self.duty("training.refresher")
        once, _ = self.duty("communication.celebrate")
        activity, due = self.open_activity(duty)
        with self.day("2026-02-12"):
            self.began(self.signed("anna@example.org"))
            api = self.program()
            for field, what in (
                    ("duty", {"kind": "programme", "duty": "Awareness", "months": 6}),
                    ("duty", {"kind": "programme", "duty": "99999", "months": 6}),
                    ("duty", {"kind": "programme", "duty": str(once), "months": 6}),
                    ("duty", {"kind": "programme", "duty": str(duty), "months": months}),
                    ("months", {"kind": "programme", "duty": str(duty)}),
                    ("kind", {"kind": "no_change", "duty": str(duty), "months": 6}),
                    ("activity", {"kind": "programme", "activity": activity, "day": due}),
                    ("activity", {"kind": "programme", "activity": activity, "day": "2026-01-01"}),
                    ("activity", {"kind": "programme", "activity": str(self.review),
                                  "day": "2026-03-01"}),
                    ("day", {"kind": "programme", "activity": activity}),
                    ("risk", {"kind": "risk", "risk": str(activity) + "0000", "owner":
                              "anna@example.org", "due": "2026-05-01"}),
                    ("owner", {"kind": "risk", "risk": str(self.risk()), "due": "2026-05-01"}),
                    ("amount", {"kind": "resource", "owner": "anna@example.org",
                                "due": "2026-05-01"}),
                    ("currency", {"kind": "resource", "owner": "anna@example.org", "amount": 5,
                                  "due": "2026-05-01"})):
                answer = self.decide_by(api, **what)
                self.assertEqual(answer.status, 422, (what, repr(answer)))
                self.assertIn(field, answer.text, what)
        self.assertEqual(self.book.sql("SELECT count(*) FROM review_decision"), [["0"]])

    def test_a_decision_names_one_thing_and_no_strangers(self):
        refresher, _ = self.duty("training.refresher")
        activity, _ = self.open_activity(refresher)
        with self.day("2026-02-12"):
            self.began(self.signed("anna@example.org"))
            api = self.program()
            for what in ({"kind": "risk", "risk": str(self.risk()), "duty": str(refresher)},
                         {"kind": "risk", "risk": str(self.risk()), "activity": activity},
                         {"kind": "risk", "risk": str(self.risk()), "duty": "99999"}):
                answer = self.decide_by(api, owner="anna@example.org", due="2026-05-01", **what)
                self.assertEqual(answer.status, 422, (what, repr(answer)))
        self.assertEqual(self.book.sql("SELECT count(*) FROM review_effect"), [["0"]])

    def test_what_is_no_longer_possible_is_said_and_becomes_an_action(self):
        drill, _ = self.duty(self.book.sql(
            "SELECT duty_key FROM duty WHERE kind = 'exercise_evacuation'")[0][0])
        activity, _ = self.open_activity(drill)
        with self.day("2026-02-12"):
            anna, clara, api = (self.signed("anna@example.org"), self.signed("clara@example.org"),
                                self.program())
            self.began(anna)
            decision = self.accepted(self.decide_by(api, kind="programme", activity=activity,
                                                    day="2026-06-01"))
            struck = self.accepted(self.decide_by(
                api, kind="programme", duty=str(self.duty("training.refresher")[0]), months=2))
            self.done(self.page(anna, self.review, "/minutes").submit(
                f"/decisions/{struck}/strike", reason="Not now"))
            self.done(self.close(anna, self.review, "2026-02-12"))
            cancelled = api.api("POST", f"/o/nordwind/activities/{activity}/cancel",
                                {"reason": "The site is closed"})
            self.assertEqual(cancelled.status, 200, repr(cancelled))
            self.done(self.approve(clara, self.review))
            one = self.decided()[decision]
            self.assertEqual(one["effect_state"], "not_possible")
            self.assertIn("is cancelled", one["outcome"])
            self.assertGreater(one["action"], 0)
            self.assertNotEqual(self.duty("training.refresher")[1], 2)  # struck: nothing happens
        self.book.ok("verify", "--org", "nordwind")


if __name__ == "__main__":
    lib.main()
