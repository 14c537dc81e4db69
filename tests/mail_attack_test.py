# SPDX-License-Identifier: Apache-2.0
"""Mail as somebody sends it who means harm: others' tokens, forged senders, words that want to be
headers or lines of a calendar, clocks that lie, the same thing a thousand times."""
import smtplib
import unittest

import lib
import mailcase
import mailshapes

setUpModule, tearDownModule = mailcase.set_up_module, mailcase.tear_down_module
EVIL = 'Anna";RSVP=FALSE:mailto:eve@example.net\r\nATTENDEE:mailto:eve@example.net\r\nX-A:'
TITLE = "Review\r\nBcc: eve@example.net\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:other; a,b\\c"


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


@lib.both_engines
class Attack(mailcase.MailTest):
    def outcome(self):
        return self.outcomes()[-1]

    def test_the_token_of_one_invitation_opens_no_other(self):
        self.book.add_person("bob@example.org", "employee")
        bob = self.book.sql("SELECT id FROM person WHERE email = 'bob@example.org'")[0][0]
        self.book.sql("INSERT INTO activity_person (org_id, activity_id, person_id, part) SELECT "
                      f"1, id, {bob}, '' FROM activity WHERE kind = 'management_review' "
                      "AND state < 3")
        invited = self.invite()
        annas = [i for i in invited if i.address == "anna@example.org"]
        bobs = [i for i in invited if i.address == "bob@example.org"]
        self.assertTrue(annas and bobs)
        other = next(i for i in annas if i.uid != bobs[0].uid)
        # Bob's token, about something Bob is not asked to.
        self.answer(mailshapes.reply(other, "DECLINED", sender="bob@example.org",
                                     attendee="bob@example.org", organiser=bobs[0].organiser),
                    "bob@example.org", bobs[0].organiser)
        self.assertEqual(self.receive()["refused"], 1)
        self.assertIn("another activity", self.outcome()[2])
        # Bob's token, in Anna's name and with her address forged as the sender's.
        same = next(i for i in annas if i.uid == bobs[0].uid)
        self.answer(mailshapes.reply(same, "DECLINED", organiser=bobs[0].organiser),
                    "anna@example.org", bobs[0].organiser)
        self.assertEqual(self.receive()["held"], 1)
        self.assertIn("neither invited nor named", self.outcome()[2])
        for one in (other, same, bobs[0]):
            answers = self.book.sql("SELECT i.answer FROM mail_invitation i JOIN activity a ON "
                                    f"a.id = i.activity_id WHERE a.uid = '{one.uid}'")
            self.assertEqual({a for a, in answers}, {"needs_action"})

    def test_a_token_in_a_strangers_hand_is_held_and_told_once(self):
        one = self.invite()[0]
        with smtplib.SMTP("127.0.0.1", self.post.smtp, timeout=60) as server:
            for n in range(60):
                message = mailshapes.reply(one, "DECLINED", sender=f"eve{n}@example.net",
                                           stamp=f"20260615T10{n:02}00Z")
                server.sendmail("eve@example.net", [one.organiser], message)
        self.post.mails_there("daybook", 60)
        self.assertEqual(self.receive()["held"], 60)
        self.assertEqual(self.said(one), "needs_action")
        told = self.book.sql("SELECT COUNT(*) FROM mail WHERE kind = 'notice'")
        self.assertEqual(told, [["1"]], "sixty are one notice")

    def test_a_lying_clock_shuts_nobody_out(self):
        one = self.invite()[0]
        self.answer(mailshapes.reply(one, "ACCEPTED", stamp="21990101T000000Z"), to=one.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        self.answer(mailshapes.reply(one, "DECLINED", stamp="20260616T080000Z"), to=one.organiser)
        self.assertEqual(self.receive(now="2026-06-16T09:00:00Z")["taken"], 1, self.outcomes())
        self.assertEqual(self.said(one), "declined")

    def test_an_older_answer_that_comes_late_changes_nothing(self):
        one = self.invite()[0]
        day = {"now": "2026-06-20T09:00:00Z"}
        self.answer(mailshapes.reply(one, "DECLINED", stamp="20260618T100000Z"), to=one.organiser)
        self.assertEqual(self.receive(**day)["taken"], 1)
        self.answer(mailshapes.reply(one, "ACCEPTED", stamp="20260617T100000Z"), to=one.organiser)
        self.assertEqual(self.receive(**day)["refused"], 1)
        self.assertIn("later answer", self.outcome()[2])
        self.assertEqual(self.said(one), "declined")

    def test_names_and_titles_are_words_in_calendars_and_headers(self):
        self.book.sql(f"UPDATE person SET name = {quoted(EVIL)} WHERE email = 'anna@example.org'")
        self.book.sql(f"UPDATE activity SET title = {quoted(TITLE)}, why = {quoted(TITLE)} "
                      "WHERE kind = 'management_review'")
        self.book.sql(f"UPDATE organisation SET name = {quoted(EVIL)}")
        reviews = [i for i in self.invite() if i.title.startswith("Review")]
        self.assertTrue(reviews)
        for one in reviews:
            self.assertEqual(len(one.calendar.walk("VEVENT")), 1)
            self.assertIn("UID:other; a,b\\c", one.title)
            attendees = one.event["ATTENDEE"]
            attendees = attendees if isinstance(attendees, list) else [attendees]
            self.assertEqual({str(a) for a in attendees}, {"mailto:anna@example.org"})
            self.assertEqual({a.params["RSVP"] for a in attendees}, {"TRUE"})
            self.assertNotIn("X-A", one.event)
            self.assertNotIn("Bcc", one.mail)
            self.assertEqual(len(one.mail.get_all("Subject")), 1)
            self.assertEqual([a.addr_spec for a in one.mail["To"].addresses],
                             ["anna@example.org"])
            self.assertEqual([a.addr_spec for a in one.mail["From"].addresses],
                             ["daybook@example.org"])
            html = one.mail.get_body(("html",)).get_content()
            self.assertNotRegex(html, r"<(script|img|iframe)")

    def test_markup_in_a_comment_is_text_on_the_pages(self):
        one = self.invite()[0]
        evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        self.answer(mailshapes.reply(one, "DECLINED", comment=evil), to=one.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        anna = self.book.signed_in(self.serve())
        ident = self.book.sql(f"SELECT id FROM activity WHERE uid = '{one.uid}'")[0][0]
        for path in (f"/o/nordwind/activities/{ident}/answers", "/o/nordwind/mail"):
            text = anna.get(path).text
            self.assertNotIn("<script>alert", text)
            self.assertNotIn("<img src=x", text)

    def test_automatic_replies_and_bounces_are_answered_by_nothing(self):
        one = self.invite()[0]
        sent = int(self.book.sql("SELECT COUNT(*) FROM mail")[0][0])
        for extra, sender in (("Auto-Submitted: auto-replied", "anna@example.org"),
                              ("Auto-Submitted: auto-replied\r\nPrecedence: bulk", "<>"),
                              ("Content-Type: multipart/report; report-type=delivery-status; "
                               'boundary="b"', "<>")):
            self.answer(f"From: {sender}\r\nTo: {one.organiser}\r\nSubject: Away\r\n"
                        f"In-Reply-To: {one.mail['Message-ID']}\r\n{extra}\r\n\r\nI am away.",
                        "anna@example.org", one.organiser)
        self.assertEqual(self.receive()["refused"], 3)
        self.assertEqual(int(self.book.sql("SELECT COUNT(*) FROM mail")[0][0]), sent)

    def test_every_mail_in_the_box_is_read_behind_one_that_cannot_be(self):
        """Garbage of every kind, and one good answer after it."""
        one = self.invite()[0]
        garbage = [b"", b"\x00" * 5000, b"From: \xff\xfe\r\n\r\n\xff" * 40,
                   b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n" * 5000,
                   b"To: " + b"a@b.c, " * 20000 + b"\r\n\r\nx",
                   b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                   + b"////" * 30000]
        for n, raw in enumerate(garbage):
            path = self.post.boxes / "daybook/new" / f"{1780000000 + n}.M{n}.here"
            path.write_bytes(raw)
        self.post.own("daybook")
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        count = self.receive()
        self.assertEqual(count["taken"], 1, count)
        self.assertEqual(self.said(one), "accepted")
        self.assertEqual(sum(self.receive()[k] for k in ("taken", "held", "refused", "strays")), 0)


if __name__ == "__main__":
    unittest.main()
