# SPDX-License-Identifier: Apache-2.0
"""A review that comes: its pack, its chair and waiting minutes are said on Today and by mail."""

import lib
from reviews_test import ReviewTest


@lib.both_engines
class Prompts(ReviewTest):
    def setUp(self):
        super().setUp()
        first = self.reviews()[0]
        self.review, self.due = first["id"], first["due"]
        self.assertEqual(self.due, "2026-02-13")
        self.book.sql("UPDATE activity SET state = 4 WHERE kind <> 'management_review'")

    def today(self, email="anna@example.org"):
        return self.signed(email).get("/o/nordwind/today").words

    def mails(self, day):
        for _ in range(2):  # whatever ran before that day is due again
            self.book.run("jobs", "run", "--once", now=f"{day}T09:00:00Z")
            self.book.sql("UPDATE job SET next_at = 1")

    def told(self, subject, words=""):
        """Who was written to under that subject, where the mail says these words."""
        return [r[0] for r in self.book.sql(
            "SELECT p.email FROM mail m JOIN person p ON p.id = m.person_id WHERE m.kind = "
            f"'preparation' AND m.subject LIKE '%{subject}%' AND m.body_text LIKE '%{words}%' "
            "ORDER BY m.id")]

    def test_a_pack_that_is_due_is_on_today_and_in_the_managers_mail_once(self):
        with self.day("2026-01-29"):  # more than a week before the pack is due
            self.assertNotIn("The pack of", self.today())
        with self.day("2026-01-31"):
            self.assertIn("The pack of “Management review” is due on 6 February 2026", self.today())
        self.mails("2026-02-05")
        self.assertEqual(self.told("The pack of"), [])
        for day in ("2026-02-06", "2026-02-07"):  # once
            self.mails(day)
            self.assertEqual(self.told("The pack of", "There is no agenda yet"),
                             ["anna@example.org"])
        with self.day("2026-02-07"):
            self.assertIn("The pack of “Management review” was due on", self.today())
            self.done(self.page(self.signed("anna@example.org"), self.review).submit("/pack/issue"))
            self.assertNotIn("The pack of", self.today())

    def test_what_is_missing_is_mailed_fourteen_and_seven_days_before(self):
        for count, day in enumerate(("2026-01-30", "2026-02-06"), 1):
            self.mails(day)
            said = self.told("Due in", "What is still missing before it can begin")
            self.assertEqual(said.count("anna@example.org"), count, day)
            self.assertEqual(self.told("Due in", "The pack is not issued"), said)
        self.assertEqual(self.told("Due in", "Input (a)"), [])  # that is for the meeting

    def test_a_review_without_a_chair_or_anybody_to_decide_says_so_early(self):
        self.book.sql("UPDATE person_role SET until = '2025-12-01' WHERE person_id IN (SELECT id "
                      "FROM person WHERE email IN ('clara@example.org', 'dirk@example.org'))")
        with self.day("2025-12-20"):
            self.assertIn("has nobody of top management", self.today())
            page = self.page(self.signed("anna@example.org"), self.review)
            self.assertIn("Nobody of top management is invited", page.words)
            self.assertIn("Nobody chairs it", page.words)
        self.mails("2026-01-10")
        self.assertEqual(self.told("has nobody of top"), [])
        self.mails("2026-01-17")
        self.assertEqual(self.told("has nobody of top"), ["anna@example.org"])

    def test_minutes_that_wait_are_the_chairs(self):
        with self.day("2026-02-12"):
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, self.review, "/minutes").submit("/open"))
            self.attend(anna, self.review)
            self.consider(anna, self.review)
            self.done(self.decide(anna, self.review))
            self.done(self.close(anna, self.review, "2026-02-12"))
            self.assertIn("The minutes of “Management review” wait for you",
                          self.today("clara@example.org"))
            self.assertNotIn("wait for you", self.today())
        self.mails("2026-02-13")
        self.assertEqual(self.told("wait for you"), ["clara@example.org"])


if __name__ == "__main__":
    lib.main()
