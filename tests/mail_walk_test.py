# SPDX-License-Identifier: Apache-2.0
"""A first year of management reviews as its people live it in their calendars: every invitation,
move and cancellation is a mail through Postfix, every answer a mail through Dovecot, and khal and
icalendar say what stands in their diaries."""
import datetime
import re
import unittest

import icalendar
import lib
import mailcase
import mailshapes
import reviews_test

setUpModule, tearDownModule = mailcase.set_up_module, mailcase.tear_down_module
PEOPLE = ("anna@example.org", "clara@example.org", "dirk@example.org")


@lib.both_engines
class Year(reviews_test.ReviewTest):
    def setUp(self):
        super().setUp()
        self.post = mailcase.post_of_module()
        self.post.clear("all")
        self.post.clear("daybook")
        self.book.env["DAYBOOK_MAIL_FROM"] = "daybook@example.org"
        self.env = self.post.environment()
        self.got = []          # every invitation that came, in order
        self.count = 0

    def pass_on(self, day):
        """What the server does by itself on that day; the invitations that came of it."""
        now = f"{day}T09:00:00Z"
        for _ in range(2):
            self.book.run("jobs", "run", "--once", now=now, env=self.env)
            self.book.sql("UPDATE job SET next_at = 1")
        self.count += self.book.json("mail", "send", "--once", now=now, env=self.env)["sent"]
        mails = self.post.mails("all", self.count)
        self.assertEqual(len(mails), self.count)
        came = [mailshapes.invitation(m) for m in mails[self.seen():]]
        self.got += came
        return [one for one in came if one.event is not None]

    def seen(self):
        return len(self.got)

    def answer(self, day, *answers):
        """(invitation, answer, shape): as their calendar programs send it."""
        for n, (one, said, shape) in enumerate(answers):
            stamp = f"{day.replace('-', '')}T0{n + 1}0000Z"
            self.post.send(mailshapes.reply(one, said, shape, stamp=stamp), one.address,
                           one.organiser)
        self.post.mails_there("daybook", len(answers))
        said = self.book.json("mail", "receive", "--once", now=f"{day}T09:00:00Z", env=self.env)
        self.post.clear("daybook")
        return said

    def latest(self, ident):
        """The newest invitation of a review, by address."""
        uid = self.book.sql(f"SELECT uid FROM activity WHERE id = {ident}")[0][0]
        return {one.address: one for one in self.got if one.event is not None and one.uid == uid}

    def said(self, ident):
        return dict(self.book.sql("SELECT address, answer FROM mail_invitation WHERE activity_id = "
                                  f"{ident} ORDER BY address"))

    def move(self, ident, day, due, why):
        self.book.ok("activity", "move", ident, "--due", due, "--reason", why,
                     now=f"{day}T08:00:00Z")
        return self.about(ident, self.pass_on(day))

    def about(self, ident, came):
        uid = self.book.sql(f"SELECT uid FROM activity WHERE id = {ident}")[0][0]
        return [one for one in came if one.uid == uid]

    def held(self, ident, day):
        with self.day(day):
            self.hold(ident, day, due="2027-03-01")

    def test_the_meetings_stand_as_invited_moved_and_cancelled(self):
        first, second, third, fourth = self.invited()
        self.as_planned(first)
        self.moved_twice(second)
        self.without_quorum(third)
        self.cancelled(fourth)
        self.what_the_diaries_say((first, second, third), fourth)
        self.book.ok("verify", "--org", "nordwind")

    def invited(self):
        came = [i for i in self.pass_on("2025-11-21") if "review" in i.title.lower()]
        reviews = [r["id"] for r in self.reviews(now="2025-11-21T09:00:00Z")][:4]
        self.assertEqual(len(reviews), 4, "quarterly in the first year")
        for ident in reviews:
            self.assertEqual(set(self.latest(ident)), set(PEOPLE))
        self.assertEqual({i.method for i in came}, {"REQUEST"})
        self.assertEqual({i.sequence for i in came}, {0})
        return reviews

    def due(self, ident):
        return self.book.sql(f"SELECT due FROM activity WHERE id = {ident}")[0][0]

    def before(self, ident, days):
        return str(datetime.date.fromisoformat(self.due(ident)) - datetime.timedelta(days=days))

    def as_planned(self, ident):
        mine = self.latest(ident)
        heard = self.answer(self.before(ident, 20), *zip(mine.values(), ["ACCEPTED"] * 3,
                                                         ["google", "outlook", "apple"]))
        self.assertEqual(heard["taken"], 3)
        self.assertEqual(set(self.said(ident).values()), {"accepted"})
        self.held(ident, self.due(ident))

    def moved_twice(self, ident):
        asked = self.latest(ident)
        sequences = [asked["clara@example.org"].sequence]
        for days, why in ((7, "The auditor comes"), (3, "And goes again")):
            today = self.before(ident, 30)
            due = str(datetime.date.fromisoformat(self.due(ident)) + datetime.timedelta(days))
            told = self.move(ident, today, due, why)
            self.assertEqual({(i.address, i.method) for i in told},
                             {(who, "REQUEST") for who in PEOPLE}, "all of them, and no other")
            self.assertEqual({str(i.event["DTSTART"].dt.date()) for i in told}, {due})
            self.assertIn(why, told[0].text)
            sequences.append(told[0].sequence)
        self.assertEqual(sequences, sorted(set(sequences)), "each newer than the one before")
        day = self.before(ident, 10)
        late = self.answer(day, (asked["dirk@example.org"], "ACCEPTED", "thunderbird"))
        self.assertEqual((late["taken"], late["refused"]), (0, 1), "an answer to the first date")
        now = self.latest(ident)
        heard = self.answer(self.before(ident, 9), *zip(now.values(), ["ACCEPTED"] * 3,
                                                        ["exchange", "google", "thunderbird"]))
        self.assertEqual(heard["taken"], 3)
        self.held(ident, self.due(ident))

    def without_quorum(self, ident):
        asked = self.latest(ident)
        day = self.before(ident, 12)
        before = self.seen()
        self.answer(day, (asked["clara@example.org"], "DECLINED", "google"),
                    (asked["dirk@example.org"], "DECLINED", "outlook"))
        self.pass_on(day)
        told = [i for i in self.got[before:] if "no quorum" in i.mail["Subject"]]
        self.assertEqual([i.address for i in told], ["clara@example.org"], "the chair organises")
        offered = re.findall(r"^- \w+, (\d+ \w+ \d{4}),", told[0].text, re.M)
        self.assertEqual(len(offered), 3, told[0].text)
        self.refused_without_quorum(ident)
        chosen = datetime.datetime.strptime(offered[0], "%d %B %Y").date()
        self.move(ident, day, str(chosen), "Then all can come")
        now = self.latest(ident)
        self.assertEqual(set(self.said(ident).values()), {"needs_action"}, "asked anew")
        self.answer(day, *zip(now.values(), ["ACCEPTED"] * 3, ["google", "apple", "exchange"]))
        self.assertEqual(set(self.said(ident).values()), {"accepted"})
        with self.day(str(chosen)):  # it was begun already, on the day without a quorum
            anna = self.signed("anna@example.org")
            self.attend(anna, ident)
            self.done(self.close(anna, ident, str(chosen)))
            self.done(self.approve(self.signed("clara@example.org"), ident))

    def refused_without_quorum(self, ident):
        with self.day(self.due(ident)):
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, ident, "/minutes").submit("/open"))
            self.attend(anna, ident, present=("Dirk Lang",), absent=("Clara Voss",))
            self.consider(anna, ident)
            self.done(self.decide(anna, ident, due="2027-03-01"))
            refused = self.close(anna, ident, self.due(ident))
            self.assertIn("quorum", refused.words.lower())
            state = self.book.sql(f"SELECT state FROM activity WHERE id = {ident}")[0][0]
            self.assertNotEqual(state, "3", "not concluded")

    def cancelled(self, ident):
        day = self.before(ident, 30)
        self.book.ok("activity", "cancel", ident, "--reason", "The company is sold",
                     now=f"{day}T08:00:00Z")
        told = self.about(ident, self.pass_on(day))
        off = {i.address: i for i in told if i.method == "CANCEL"}
        self.assertEqual(set(off), set(PEOPLE))
        for one in off.values():
            self.assertEqual(str(one.event["STATUS"]), "CANCELLED")

    def what_the_diaries_say(self, held, off):
        titles = dict(self.book.sql("SELECT id, title FROM activity"))
        uids = dict(self.book.sql("SELECT id, uid FROM activity"))
        rows = [(self.due(i), titles[str(i)]) for i in held]
        for who in PEOPLE:
            mine = [i for i in self.got if i.event is not None and i.address == who
                    and i.uid in {uids[str(i)] for i in (*held, off)}]
            listed = mailshapes.khal_lists(mine, self.book.folder / f"khal-{who}")
            self.assertEqual(listed, sorted(rows), who)
            last = {i.uid: i for i in mine}  # as icalendar reads the last of each
            self.assertEqual({uid: i.method for uid, i in last.items()},
                             {**{uids[str(i)]: "REQUEST" for i in held}, uids[str(off)]: "CANCEL"})
            again = [icalendar.Calendar.from_ical(i.calendar.to_ical()) for i in last.values()]
            self.assertEqual(len(again), 4)
            self.assertGreaterEqual(last[uids[str(held[1])]].sequence, 2, "moved twice")


if __name__ == "__main__":
    unittest.main()
