# SPDX-License-Identifier: Apache-2.0
"""Reminders through a year, day by day, against rules written down here a second time."""
import collections
import datetime
import os
import unittest

import lib

DAYS = 365 if os.environ.get("DAYBOOK_TEST_FULL") else 120
START = datetime.date(2026, 6, 15)
DOWN = range(40, 48)      # the server is off for these days
STAGES = ("prepare_14", "prepare_7", "before", "today", "late", "missed", "manager", "top")


def day_of(text):
    return datetime.date.fromisoformat(text)


@lib.both_engines
class Year(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.env["DAYBOOK_MAIL_FROM"] = "daybook@example.org"
        self.book.init(adopt=True)
        for name, role in (("bob", "employee"), ("dora", "employee"), ("cora", "top_management")):
            self.book.add_person(f"{name}@example.org", role)
        self.people = {e.split("@")[0]: int(i) for e, i in self.book.sql(
            "SELECT email, id FROM person WHERE email IS NOT NULL")}
        bob, dora = self.people["bob"], self.people["dora"]
        self.book.sql(f"UPDATE person SET manager_id = {dora} WHERE id = {bob}")
        # Bob has every third of each kind; Anna, who leads the programme, the rest.
        self.book.sql(f"UPDATE activity SET owner_position = NULL, owner_person = CASE WHEN "
                      f"id % 3 = 0 THEN {bob} ELSE {self.people['anna']} END WHERE state < 3")
        self.expected = set()
        self.optional = set()   # what a room wants ready goes to the security manager, too

    def run_reminders(self, day):
        self.book.sql("UPDATE job SET next_at = CASE WHEN name = 'mail_reminders' THEN 1 ELSE "
                      "9000000000000000 END")
        ran = self.book.run("jobs", "run", "--once", now=f"{day}T09:00:00Z")
        self.assertNotIn("job=mail_reminders", ran.out + ran.err)  # failed

    def expect(self, day):
        """Of every activity that is open: what is true of it today."""
        bob, anna, dora, cora = (self.people[n] for n in ("bob", "anna", "dora", "cora"))
        for ident, kind, due, latest, owner in self.book.sql(
                "SELECT id, kind, due, latest, owner_person FROM activity WHERE state < 3 AND "
                f"due <= '{day + datetime.timedelta(days=14)}'"):
            days, missed, owner = (day_of(due) - day).days, day > day_of(latest), int(owner)
            stage = ("missed" if missed else "late" if days < 0 else "today" if days == 0
                     else "before" if days <= 3 else None if kind == "control_check"
                     else "prepare_7" if days <= 7 else "prepare_14")
            if stage:
                self.expected.add((int(ident), owner, stage))
            if stage in ("prepare_7", "prepare_14"):
                self.optional.add((int(ident), anna, stage))
            if missed or days <= -7:
                # Bob's manager; Anna has none, and leads the programme herself.
                if owner == bob:
                    self.expected.add((int(ident), dora, "manager"))
            if missed or days <= -14:
                self.expected.add((int(ident), cora, "top"))

    def conclude(self, day):
        """Every other activity is done on its day; the others never."""
        self.book.sql(f"UPDATE activity SET state = 3 WHERE due = '{day}' AND id % 2 = 0")

    def test_each_stage_of_every_duty_is_said_once_on_its_day(self):
        for _ in range(4):  # every job has had its first turn
            self.book.run("jobs", "run", "--once", now=f"{START}T02:00:00Z")
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM mail_reminder"), [["0"]],
                         "nobody is woken at four in the morning")
        for n in range(DAYS):
            day = START + datetime.timedelta(days=n)
            if n not in DOWN:
                self.expect(day)
                self.run_reminders(day)
                if n % 10 == 0:
                    self.run_reminders(day)  # a second time on the same day says nothing new
                said = self.said(day)
                self.mails_of(day)
            self.conclude(day)
        self.assertEqual({stage for _, _, stage in said}, set(STAGES))
        kinds = {k for k, in self.book.sql(
            "SELECT DISTINCT a.kind FROM mail_reminder r JOIN activity a ON a.id = r.activity_id")}
        self.assertGreaterEqual(len(kinds), 4, kinds)
        self.withdrawn()

    def said(self, day):
        said = [(int(a), int(p), s) for a, p, s in self.book.sql(
            "SELECT activity_id, person_id, stage FROM mail_reminder") if s in STAGES]
        self.assertEqual(len(said), len(set(said)), "each once")
        self.assertEqual(self.expected - set(said), set(), f"what was true was said: {day}")
        self.assertEqual(set(said) - self.expected - self.optional, set(),
                         f"and nothing else: {day}")
        return said

    def mails_of(self, day):
        """No more than three of a kind to one person on one day; more of them are one mail."""
        start = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.timezone.utc)
        first = int(start.timestamp() * 1_000_000)
        rows = self.book.sql("SELECT person_id, kind FROM mail WHERE queued >= "
                             f"{first} AND kind IN ('reminder', 'escalation')")
        count = collections.Counter(tuple(r) for r in rows)
        self.assertLessEqual(max(count.values(), default=0), 3, (day, count))

    def withdrawn(self):
        waiting = self.book.sql(
            "SELECT m.id FROM mail m JOIN activity a ON a.id = m.object_id WHERE m.state = 0 AND "
            "m.kind IN ('reminder', 'preparation', 'escalation') AND a.state >= 3 AND "
            "m.object_kind = 'activity' AND a.due < "
            f"'{START + datetime.timedelta(days=DAYS - 2)}'")
        self.assertEqual(waiting, [], "what is done is not reminded of any more")


if __name__ == "__main__":
    unittest.main()
