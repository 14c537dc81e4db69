# SPDX-License-Identifier: Apache-2.0
"""Mail out and in, through Postfix and Dovecot: invitations, answers, reminders, and what must not
break them."""
import datetime
import os
import re
import signal
import time
import unittest

import lib
import mailcase
import mailshapes
import post

setUpModule, tearDownModule = mailcase.set_up_module, mailcase.tear_down_module


@lib.both_engines
class Outbox(mailcase.MailTest):
    def test_an_invitation_arrives_whole_and_is_sent_once(self):
        invited = self.invite()
        self.assertGreater(len(invited), 5)
        one = invited[0]
        event = one.event
        self.assertEqual(one.method, "REQUEST")
        self.assertEqual(str(event["ATTENDEE"]), "mailto:anna@example.org")
        self.assertEqual(event["ATTENDEE"].params["RSVP"], "TRUE")
        self.assertIn("+", str(event["ORGANIZER"]))
        self.assertEqual(one.mail["Reply-To"].addresses[0].addr_spec, one.organiser)
        self.assertTrue(one.calendar.walk("VTIMEZONE"), "the zone comes with its rules")
        self.assertTrue(event.walk("VALARM"))
        self.assertIn(str(event["URL"]), str(event["DESCRIPTION"]))
        self.assertNotIn("-", str(event["SEQUENCE"]))
        self.assertEqual(str(event["URL"]).split("/o/")[0], "https://daybook.example")
        kinds = [p.get_content_type() for p in one.mail.walk()]
        self.assertEqual(kinds, ["multipart/alternative", "text/plain", "text/html",
                                 "text/calendar"])
        html = one.mail.get_body(("html",)).get_content()
        self.assertNotIn('href="/', html)
        self.assertEqual(self.send()["sent"], 0)
        self.assertEqual(len({i.mail["Message-ID"] for i in invited}), len(invited))

    def test_without_a_server_mail_waits_and_the_pages_say_so(self):
        self.book.env.pop("DAYBOOK_SMTP")
        self.book.env.pop("DAYBOOK_IMAP")
        self.jobs()
        ran = self.book.ok("mail", "send", "--once")
        self.assertIn("DAYBOOK_SMTP", ran.out)
        status = self.book.json("mail", "status", "--org", "nordwind")
        self.assertFalse(status["smtp"]["set"])
        self.assertGreater(status["outbox"]["waiting"], 5)
        anna = self.book.signed_in(self.serve())
        self.assertIn("No mail server is named", anna.get("/o/nordwind/mail").words)

    def test_a_refused_mail_shows_the_servers_words_and_is_tried_again(self):
        self.jobs()
        self.book.sql("UPDATE mail SET address = 'unknown@example.org' WHERE id = 1")
        self.book.sql("UPDATE mail SET address = 'full@example.org' WHERE id = 2")
        ran = self.send()
        self.assertEqual((ran["refused"], ran["later"]), (1, 1))
        dead = self.book.json("mail", "status", "--org", "nordwind")["dead"]
        self.assertIn("No such user here", dead[0]["words"])
        self.book.sql("UPDATE mail SET address = 'anna@example.org' WHERE id = 1")
        anna = self.book.signed_in(self.serve())
        page = anna.get("/o/nordwind/mail?state=dead")
        self.assertIn("No such user here", page.words)
        self.assertEqual(page.submit("/messages/1/retry").status, 200)
        self.assertEqual(self.send()["sent"], 1)
        # A full mailbox is tried again later, by itself.
        self.book.sql("UPDATE mail SET address = 'anna@example.org' WHERE id = 2")
        self.assertEqual(self.send()["sent"], 0)
        self.assertEqual(self.send(now="2026-06-15T10:00:00Z")["sent"], 1)

    def test_a_day_without_a_server_costs_no_mail_an_attempt(self):
        self.jobs()
        waiting = self.book.json("mail", "status", "--org", "nordwind")["outbox"]["waiting"]
        env = {"DAYBOOK_SMTP": f"smtp://127.0.0.1:{lib.free_port()}"}
        for hour in (9, 13, 17, 23):
            ran = self.book.run("mail", "send", "--once", "--json", env=env,
                                now=f"2026-06-15T{hour:02}:00:00Z")
            self.assertEqual((ran.code, ran.json()["sent"]), (1, 0), repr(ran))
        status = self.book.json("mail", "status", "--org", "nordwind", env=env)
        self.assertTrue(status["smtp"]["failing_since"])
        self.assertEqual(self.book.sql("SELECT SUM(attempts) FROM mail"), [["0"]])
        self.assertEqual(self.send(now="2026-06-16T09:00:00Z")["sent"], waiting)

    def test_tls_is_checked_and_asked_for(self):
        self.jobs()
        secure = self.post.environment(tls=True)
        wrong = {**secure, "DAYBOOK_MAIL_CA": "/etc/ssl/certs/ca-certificates.crt"}
        ran = self.book.run("mail", "send", "--once", "--json", env=wrong)
        self.assertEqual(ran.json()["sent"], 0)
        self.assertIn("certificate", ran.json()["words"])
        self.assertGreater(self.send(env=secure)["sent"], 5)
        self.jobs(now="2026-12-15T09:00:00Z")
        begun = {**secure, "DAYBOOK_SMTP": f"smtp://daybook@localhost:{self.post.smtp}",
                 "DAYBOOK_MAIL_TLS": "required"}
        self.assertGreater(self.send(env=begun, now="2026-12-15T09:00:00Z")["sent"], 0)

    def test_names_and_titles_put_nothing_into_headers(self):
        self.jobs()
        evil = "Anna\r\nBcc: eve@example.net\r\n\r\nHello"
        self.book.sql(f"UPDATE mail SET name = '{evil}', subject = '{evil}' WHERE id = 1")
        self.book.sql("UPDATE mail SET address = 'a@b.c>\r\nRCPT TO:<eve@example.net' WHERE id = 2")
        self.assertEqual(self.send()["refused"], 1)
        for mail in self.post.mails("all"):
            self.assertNotIn("Bcc", mail)
            self.assertEqual(len(mail.get_all("Subject")), 1)
            self.assertNotIn("eve", mail["To"].addresses[0].addr_spec)


@lib.both_engines
class Invitations(mailcase.MailTest):
    def move(self, invitation, days=-7):
        ident, due = self.book.sql(
            f"SELECT id, due FROM activity WHERE uid = '{invitation.uid}'")[0]
        day = datetime.date.fromisoformat(due) + datetime.timedelta(days=days)
        self.book.ok("activity", "move", ident, "--due", day, "--reason", "The room is taken")
        return ident, day

    def news(self, count=1):
        self.post.clear()
        self.assertEqual(self.send()["sent"], count)
        return [mailshapes.invitation(m) for m in self.post.mails("all", count)]

    def test_who_reads_the_mail_of_others_cannot_answer_in_their_name(self):
        self.invite()
        anna = self.book.signed_in(self.serve())
        rows = self.book.sql("SELECT id, answer_token, stop_token FROM mail "
                             "WHERE answer_token <> ''")
        self.assertTrue(rows)
        for number, *tokens in rows:
            said = anna.api("GET", f"/o/nordwind/mail/messages/{number}").text
            said += anna.get(f"/o/nordwind/mail/messages/{number}").text
            for token in filter(None, tokens):
                self.assertNotIn(token, re.sub(r"(\\r)?\\n |\r?\n ", "", said))

    def test_moved_is_an_update_and_cancelled_a_cancel_to_those_concerned(self):
        review = next(i for i in self.invite() if "review" in i.title)
        _, day = self.move(review)
        moved, = self.news()
        self.assertEqual((moved.uid, moved.method), (review.uid, "REQUEST"))
        self.assertGreater(moved.sequence, review.sequence)
        self.assertEqual(moved.event["DTSTART"].dt.date(), day)
        self.assertIn("The room is taken", moved.text)
        ident = self.book.sql(f"SELECT id FROM activity WHERE uid = '{review.uid}'")[0][0]
        self.book.ok("activity", "cancel", ident, "--reason", "No need")
        off, = self.news()
        self.assertEqual((off.uid, off.method, str(off.event["STATUS"])),
                         (review.uid, "CANCEL", "CANCELLED"))
        self.assertGreater(off.sequence, moved.sequence)

    def test_what_was_never_sent_is_not_called_off(self):
        self.jobs()
        ident = self.book.sql("SELECT activity_id FROM mail_invitation ORDER BY id")[0][0]
        self.book.ok("activity", "cancel", ident, "--reason", "No need")
        cancels = self.book.sql("SELECT COUNT(*) FROM mail WHERE method = 'CANCEL'")
        self.assertEqual(cancels, [["0"]])
        uids = [i.uid for i in self.invitations(self.send()["sent"])]
        uid = self.book.sql(f"SELECT uid FROM activity WHERE id = {ident}")[0][0]
        self.assertNotIn(uid, uids)

    def test_who_is_added_hears_of_it_and_who_is_removed_too(self):
        review = next(i for i in self.invite() if "Risk workshop" in i.title)
        ident = self.book.sql(f"SELECT id FROM activity WHERE uid = '{review.uid}'")[0][0]
        self.book.add_person("bob@example.org", "employee")
        anna = self.book.signed_in(self.serve())
        page = anna.get(f"/o/nordwind/activities/{ident}")
        self.assertEqual(page.submit("/people", "person", person="bob@example.org").status, 200)
        added, = self.news()
        self.assertEqual((added.method, added.address), ("REQUEST", "bob@example.org"))
        page = anna.get(f"/o/nordwind/activities/{ident}/answers")
        page.submit("/place", location="Room 7", link="https://meet.example/7")
        changed = self.news(2)
        self.assertEqual({c.address for c in changed}, {"anna@example.org", "bob@example.org"})
        self.assertEqual({str(c.event["LOCATION"]) for c in changed},
                         {"Room 7"})

    def test_khal_lists_the_meetings_as_invited_moved_and_cancelled(self):
        invited = self.invite()
        self.move(invited[0])
        ident = self.book.sql(f"SELECT id FROM activity WHERE uid = '{invited[1].uid}'")[0][0]
        self.book.ok("activity", "cancel", ident, "--reason", "No need")
        count = len(self.post.mails("all")) + self.send()["sent"]
        listed = mailshapes.khal_lists(self.invitations(count), self.book.folder / "khal")
        rows = self.book.sql("SELECT a.due, a.title FROM activity a JOIN mail_invitation i ON "
                             "i.activity_id = a.id WHERE i.state = 0 AND a.state < 3")
        self.assertEqual(listed, sorted(tuple(r) for r in rows))


@lib.both_engines
class Answers(mailcase.MailTest):
    def test_every_clients_answer_is_understood(self):
        invited = self.invite()
        shapes = [("google", "ACCEPTED"), ("outlook", "TENTATIVE"), ("exchange", "DECLINED"),
                  ("apple", "ACCEPTED"), ("thunderbird", "DECLINED")]
        for one, (shape, answer) in zip(invited, shapes):
            self.answer(mailshapes.reply(one, answer, shape, comment="As you say"),
                        to=one.organiser)
        self.assertEqual(self.receive()["taken"], len(shapes))
        for one, (shape, answer) in zip(invited, shapes):
            self.assertEqual(self.said(one), answer.lower(), shape)
        self.assertEqual(self.post.files("daybook"), [], "what was understood is removed")
        self.book.ok("verify", "--org", "nordwind")

    def test_a_delegate_speaks_once_named(self):
        one = self.invite()[0]
        bob = mailshapes.reply(one, "ACCEPTED", sender="bob@example.net",
                               attendee="bob@example.net", parameters=';DELEGATED-FROM='
                               '"mailto:anna@example.org"', stamp="20260615T120000Z")
        self.answer(bob, "bob@example.net", one.organiser)
        self.assertEqual(self.receive()["held"], 1)
        self.answer(mailshapes.reply(one, "DELEGATED", "exchange",
                                     parameters=';DELEGATED-TO="mailto:bob@example.net"'),
                    to=one.organiser)
        self.receive()
        self.assertEqual(self.said(one), "delegated")
        self.answer(bob.replace("20260615T120000Z", "20260615T130000Z"), "bob@example.net",
                    one.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        self.assertEqual(self.said(one), "accepted")

    def test_what_does_not_count_is_refused_or_held_with_its_reason(self):
        one, two, three, four = self.invite()[:4]
        forged = mailshapes.reply(one, "ACCEPTED", organiser="daybook@example.org")
        self.answer(forged)
        self.answer(mailshapes.reply(two, "ACCEPTED", sender="eve@example.net",
                                     attendee="eve@example.net"), "eve@example.net", two.organiser)
        self.answer(mailshapes.reply(two, "ACCEPTED", sender="eve@example.net"), "eve@example.net",
                    two.organiser)
        accepted = mailshapes.reply(three, "ACCEPTED")
        self.answer(accepted, to=three.organiser)
        self.answer(accepted, to=three.organiser)
        for bomb in mailshapes.bombs(four):
            self.answer(bomb, to=four.organiser)
        count = self.receive()
        self.assertEqual((count["taken"], count["held"]), (1, 2), self.outcomes())
        self.assertEqual(count["refused"], 2 + len(mailshapes.bombs(four)), self.outcomes())
        for invitation in (one, two, four):
            self.assertEqual(self.said(invitation), "needs_action")
        why = " ".join(row[2] for row in self.outcomes())
        for part in ("own token", "neither invited", "in the name of", "heard before",
                     "repeats", "nested too deeply", "too long"):
            self.assertIn(part, why)
        status = self.book.json("mail", "status", "--org", "nordwind")
        self.assertEqual([(a["outcome"], a["answer"], a["why"]) for a in status["answers"]],
                         self.outcomes()[::-1][:20])
        self.assertIn(three.uid, [self.book.sql(
            f"SELECT uid FROM activity WHERE id = {a['activity']}")[0][0]
            for a in status["answers"] if a["outcome"] == "taken"])
        self.assertEqual((status["dead"], status["imap"]["set"]), ([], True))
        said = self.book.ok("mail", "status", "--org", "nordwind").out
        self.assertIn("answer: ", said)

    def test_an_answer_to_an_earlier_date_is_stale(self):
        one = self.invite()[0]
        ident = self.book.sql(f"SELECT id FROM activity WHERE uid = '{one.uid}'")[0][0]
        self.book.ok("activity", "move", ident, "--due", "2026-06-19", "--reason", "Sooner")
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        self.assertEqual(self.receive()["refused"], 1)
        self.assertIn("earlier date", self.outcomes()[0][2])

    def test_the_organiser_decides_about_held_answers_and_proposed_times(self):
        held, proposed, other = self.invite()[:3]
        self.answer(mailshapes.reply(held, "ACCEPTED", sender="anna@home.example"),
                    "anna@home.example", held.organiser)
        for one in (proposed, other):
            self.answer(mailshapes.counter(one, days=2, hour=14), to=one.organiser)
        self.assertEqual(self.receive(), {"set": True, "taken": 2, "held": 1, "refused": 0,
                                          "strays": 0, "words": None})
        self.post.clear()
        self.send()
        subjects = [m["Subject"] for m in self.post.mails("all", 3)]
        self.assertEqual(len([s for s in subjects if "proposed" in s]), 2, subjects)
        anna = self.book.signed_in(self.serve())
        ids = [self.book.sql(f"SELECT id, due FROM activity WHERE uid = '{i.uid}'")[0]
               for i in (held, proposed, other)]
        page = anna.get(f"/o/nordwind/activities/{ids[0][0]}/answers")
        self.assertEqual(page.submit("/release").status, 200)
        self.assertEqual(self.said(held), "accepted")
        page = anna.get(f"/o/nordwind/activities/{ids[1][0]}/answers")
        page = page.submit("/accept")
        self.assertEqual(page.status, 200, repr(page))
        due, start = self.book.sql("SELECT due, start_minute FROM activity WHERE id = "
                                   + ids[1][0])[0]
        self.assertEqual((datetime.date.fromisoformat(due)
                          - datetime.date.fromisoformat(ids[1][1])).days, 2)
        self.assertEqual(start, str(14 * 60))
        self.assertEqual(self.said(proposed), "accepted")
        page = anna.get(f"/o/nordwind/activities/{ids[2][0]}/answers")
        page.submit("/refuse", "why", why="The auditor cannot come then")
        self.post.clear()
        self.send()
        methods = [mailshapes.invitation(m).method for m in self.post.mails("all", 2)]
        self.assertIn("DECLINECOUNTER", methods)

    def test_links_answer_only_when_somebody_says_so(self):
        one = self.invite()[0]
        link = re.search(r"https://daybook\.example(/mail/answer/\S+declined)", one.text).group(1)
        server = self.serve()
        stranger = server.client()
        page = stranger.get(link)
        self.assertEqual((page.status, self.said(one)), (200, "needs_action"))
        page = page.submit("/mail/answer", "answer", answer="declined", comment="On holiday")
        self.assertEqual((page.status, self.said(one)), (200, "declined"))
        self.assertEqual(stranger.get("/mail/answer/000000000000000000000000").status, 404)

    def test_a_link_answers_only_so_often(self):
        one = self.invite()[0]
        link = re.search(r"https://daybook\.example(/mail/answer/\S+declined)", one.text).group(1)
        stranger = self.serve().client()
        path = link.split("?")[0]
        seen = [stranger.post(path, {"answer": ("declined", "accepted")[i % 2]}).status
                for i in range(40)]
        self.assertEqual((seen[0], seen[-1]), (200, 429))
        self.assertEqual(stranger.get(link).status, 200)

    def test_a_wrong_password_and_a_large_mail_stop_nothing(self):
        one = self.invite()[0]
        self.post.send(f"From: big@example.net\r\nTo: {one.organiser}\r\nSubject: big\r\n\r\n"
                       + ("x" * 998 + "\r\n") * 20000, "big@example.net", one.organiser)
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        self.post.mails("daybook", 2)
        wrong = self.book.folder / "wrong"
        wrong.write_text("not it\n")
        ran = self.book.run("mail", "receive", "--once", "--json",
                            env={"DAYBOOK_IMAP_PASSWORD_FILE": wrong})
        self.assertEqual(ran.code, 1)
        self.assertIn("fail", ran.json()["words"].lower())
        count = self.receive()
        self.assertEqual((count["taken"], count["refused"]), (1, 1))
        self.assertIn("too large", " ".join(r[2] for r in self.outcomes()))

    def test_a_reply_is_in_the_diary_within_two_seconds(self):
        one = self.invite()[0]
        server = self.book.serve(now=None)
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        arrived = time.monotonic()
        while self.said(one) != "accepted" and time.monotonic() - arrived < 10 * lib.PATIENCE:
            time.sleep(0.02)
        self.assertLess(time.monotonic() - arrived, 2 * lib.PATIENCE, server.log())


@lib.both_engines
class Quorum(mailcase.MailTest):
    def review(self):
        """The next one, by whom it asks; two of top management beside Anna."""
        for name in ("cora", "dan"):
            self.book.add_person(f"{name}@example.org", "top_management")
        invited = [i for i in self.invite() if "review" in i.title]
        first = min(i.event["DTSTART"].dt for i in invited)
        review = {i.address: i for i in invited if i.event["DTSTART"].dt == first}
        self.assertEqual(set(review), {"anna@example.org", "cora@example.org", "dan@example.org"})
        self.post.clear()
        return review

    def told(self, review):
        """Two say no; what the organiser reads."""
        for name in ("cora", "dan"):
            address = f"{name}@example.org"
            self.answer(mailshapes.reply(review[address], "DECLINED"), address,
                        review[address].organiser)
        self.receive()
        self.send()
        notice, = [m for m in self.post.mails("all", 1) if "no quorum" in m["Subject"]]
        return notice.get_body(("plain",)).get_content()

    def offered(self, text):
        return [datetime.datetime.strptime(f"{day} {time_}", "%d %B %Y %H:%M") for day, time_ in
                re.findall(r"^- \w+, (\d+ \w+ \d{4}), (\d\d:\d\d)", text, re.M)]

    def test_the_organiser_hears_at_once_that_there_will_be_none(self):
        text = self.told(self.review())
        self.assertEqual(text.count("Europe/Berlin"), 4, text)  # the present time and three others
        self.assertEqual(len(self.offered(text)), 3, text)

    def test_the_times_offered_are_free_in_the_calendars_they_published(self):
        review = self.review()
        start = review["cora@example.org"].event["DTSTART"].dt
        day = start.replace(hour=0, minute=0)
        periods = [f"{day + datetime.timedelta(days=n):%Y%m%d}T000000Z/PT24H" for n in range(9)]
        busy = ["FREEBUSY;FBTYPE=BUSY:" + ",".join(periods[:4]),
                *(f"FREEBUSY:{period}" for period in periods[4:])]
        free = (f"FREEBUSY;FBTYPE=FREE:{day + datetime.timedelta(days=9):%Y%m%d}T000000Z/PT24H")
        file = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tests//EN",
                            "METHOD:PUBLISH", "BEGIN:VFREEBUSY", "DTSTAMP:20260615T090000Z", *busy,
                            free, "END:VFREEBUSY", "END:VCALENDAR", ""])
        server = self.serve()
        cora = self.book.signed_in(server, "cora@example.org")
        page = cora.get("/o/nordwind/mail/mine").submit(
            "/mail/busy", files=[("file", "cora.ifb", file.encode())])
        self.assertEqual(page.status, 200)
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM person_busy"), [["9"]])
        text = self.told(review)
        times = self.offered(text)
        self.assertEqual(len(times), 3, text)
        last = (day + datetime.timedelta(days=9)).replace(tzinfo=None)
        self.assertGreaterEqual(min(times), last, "not while Cora is busy")


@lib.both_engines
class Reminders(mailcase.MailTest):
    def mails(self, now):
        self.jobs(now=now)
        return {tuple(r) for r in self.book.sql(
            "SELECT m.kind, p.email, m.subject FROM mail m JOIN person p ON p.id = m.person_id "
            "WHERE m.kind <> 'invitation' AND m.state = 0")}

    def only(self, title):
        """Everything else is done: one duty is left to be reminded of."""
        self.book.sql("UPDATE activity SET state = 4 WHERE title <> '%s'" % title)
        return self.book.sql(f"SELECT id, due, latest FROM activity WHERE title = '{title}' "
                             "ORDER BY due")[0]

    def day(self, due, days):
        day = datetime.date.fromisoformat(due) + datetime.timedelta(days=days)
        return f"{day}T09:00:00Z"

    def test_each_stage_is_said_once_and_what_is_past_is_not_made_up_for(self):
        self.book.add_person("cora@example.org", "top_management")
        ident, due, latest = self.only("Risk workshop")
        self.book.sql(f"UPDATE activity SET state = 4 WHERE id <> {ident}")
        seen = {}
        for days in (-20, -14, -14, -7, -3, 0, 1, 1, 8, 8):
            before = len(self.book.sql("SELECT id FROM mail_reminder"))
            self.mails(self.day(due, days))
            seen[days] = len(self.book.sql("SELECT id FROM mail_reminder")) - before
        stages = [r[0] for r in self.book.sql("SELECT stage FROM mail_reminder ORDER BY id")]
        self.assertEqual(stages[:5], ["prepare_14", "prepare_7", "before", "today", "late"])
        self.assertEqual(len(stages), len(set(stages)), "each once")
        self.assertEqual(seen[-20], 0)
        late = (datetime.date.fromisoformat(latest) - datetime.date.fromisoformat(due)).days + 30
        self.mails(self.day(due, late))
        stages = {r[0] for r in self.book.sql("SELECT stage FROM mail_reminder")}
        self.assertIn("missed", stages)
        self.assertIn("top", stages)

    def test_after_a_week_of_silence_what_is_still_true_is_said_once(self):
        ident, due, _ = self.only("Risk workshop")
        self.book.sql(f"UPDATE activity SET state = 4 WHERE id <> {ident}")
        self.mails(self.day(due, -14))
        said = self.mails(self.day(due, 2))
        reminders = [s for kind, _, s in said if kind == "reminder"]
        self.assertEqual(len(reminders), 1, said)
        self.assertIn("Late", reminders[0])

    def test_a_digest_is_one_mail_and_a_stop_stops_what_is_no_duty(self):
        server = self.serve()
        anna = self.book.signed_in(server)
        page = anna.get("/o/nordwind/mail/mine")
        self.assertEqual(page.submit("/mail/mine", "digest", digest="daily").status, 200)
        ident, due, _ = self.only("Risk workshop")
        self.book.sql(f"UPDATE activity SET state = 4 WHERE id <> {ident}")
        self.jobs(now=self.day(due, -7))
        states = [r[0] for r in self.book.sql("SELECT state FROM mail WHERE kind = 'preparation'")]
        self.assertEqual(states, ["5"])
        self.jobs(now=self.day(due, -6))
        digests = self.book.sql("SELECT state FROM mail WHERE kind = 'digest' AND body_text LIKE "
                                "'%Risk workshop%'")
        self.assertEqual(digests, [["0"]])
        token = self.book.sql("SELECT stop_token FROM mail WHERE kind = 'preparation'")[0][0]
        done = server.client().post(f"/mail/stop/{token}", {"List-Unsubscribe": "One-Click"})
        self.assertEqual((done.status, "Stopped" in done.words), (200, True))
        self.assertEqual(self.book.sql("SELECT stopped FROM mail_choice"), [["1"]])

    def test_one_click_stops_what_is_no_duty_and_only_that_offers_it(self):
        ident, due, _ = self.only("Risk workshop")
        self.book.sql(f"UPDATE activity SET state = 4 WHERE id <> {ident}")
        self.jobs(now=self.day(due, -7))
        self.send(now=self.day(due, -7))
        self.jobs(now=self.day(due, 0))
        self.send(now=self.day(due, 0))
        mails = {kind: mail for mail in self.post.mails("all", 2)
                 for kind in ("Due in 7 days", "Due today") if kind in mail["Subject"]}
        self.assertNotIn("List-Unsubscribe", mails["Due today"], "a duty is not to be stopped")
        offered = mails["Due in 7 days"]
        self.assertIn("still missing", offered.get_body(("plain",)).get_content())
        self.assertEqual(offered["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        link = re.fullmatch(r"<https://daybook\.example(/mail/stop/\w+)>",
                            offered["List-Unsubscribe"]).group(1)
        server = self.serve()
        self.assertEqual(server.client().get(link).status, 200)
        looked = self.book.sql("SELECT stopped FROM mail_choice")
        self.assertEqual(looked, [], "looking is no click")
        stranger = server.client()
        stopped = stranger.post(link, {"List-Unsubscribe": "One-Click"})
        self.assertEqual(stopped.status, 200)
        before = len(self.book.sql("SELECT id FROM mail WHERE kind = 'preparation'"))
        self.book.sql(f"UPDATE activity SET due = '2027-03-01', latest = '2027-03-20' WHERE id = "
                      f"{ident}")
        self.jobs(now="2027-02-20T09:00:00Z")
        self.assertEqual(len(self.book.sql("SELECT id FROM mail WHERE kind = 'preparation'")),
                         before)
        self.jobs(now="2027-03-01T09:00:00Z")
        self.assertIn("reminder", {r[0] for r in self.book.sql(
            "SELECT kind FROM mail WHERE subject LIKE 'Due today%2027'")}, "a duty still comes")

    def test_a_weekly_digest_comes_once_a_week(self):
        anna = self.book.signed_in(self.serve())
        anna.get("/o/nordwind/mail/mine").submit("/mail/mine", "digest", digest="weekly")
        ident, due, _ = self.only("Risk workshop")
        self.book.sql(f"UPDATE activity SET state = 4 WHERE id <> {ident}")
        came = []
        for days in range(-14, 8):
            self.jobs(now=self.day(due, days))
            count = int(self.book.sql("SELECT COUNT(*) FROM mail WHERE kind = 'digest'")[0][0])
            came.append(count)
        self.assertGreaterEqual(came[-1], 2, "something was said")
        steps = [b - a for a, b in zip(came, came[1:])]
        self.assertLessEqual(max(steps), 1)
        days = [n for n, step in enumerate(steps) if step]
        self.assertTrue(all(b - a >= 6 for a, b in zip(days, days[1:])), days)
        late = self.book.sql("SELECT state FROM mail WHERE kind = 'reminder' AND state = 0")
        self.assertEqual(late, [], "reminders wait for it, too")

    def test_what_a_server_put_off_is_not_sent_after_something_newer(self):
        ident, due, _ = self.only("Risk workshop")
        self.book.sql(f"UPDATE activity SET state = 4 WHERE id <> {ident}")
        self.jobs(now=self.day(due, -3))
        self.book.sql("UPDATE mail SET address = 'full@example.org' WHERE state = 0")
        self.assertGreater(self.send(now=self.day(due, -3))["later"], 0)
        self.jobs(now=self.day(due, 0))
        self.jobs(now=self.day(due, 1))
        self.book.sql("UPDATE mail SET address = 'anna@example.org' WHERE state = 0")
        self.send(now=self.day(due, 1))
        subjects = [m["Subject"] for m in self.post.mails("all", 1) if "Risk" in m["Subject"]]
        self.assertTrue(any(s.startswith("Late") for s in subjects), subjects)
        self.assertFalse([s for s in subjects if "in 3 days" in s], subjects)

    def test_quiet_hours_are_kept(self):
        anna = self.book.signed_in(self.serve())
        page = anna.get("/o/nordwind/mail/mine")
        page.submit("/mail/mine", "quiet_from", quiet_from="18:00", quiet_until="07:30")
        self.jobs(now="2026-06-15T18:00:00Z")  # eight in the evening in Berlin
        self.assertEqual(self.send(now="2026-06-15T18:30:00Z")["sent"], 0)
        self.assertEqual(self.send(now="2026-06-16T05:29:00Z")["sent"], 0)
        self.assertGreater(self.send(now="2026-06-16T05:31:00Z")["sent"], 0)


@lib.both_engines
class Kills(mailcase.MailTest):
    """Killed between commit, send and mark, again and again: nothing is lost, and what is sent
    twice is at most the one mail that was on its way, under the same Message-ID."""

    def test_no_mail_is_lost_and_at_most_one_is_doubled_by_a_kill(self):
        self.book.sql(
            "INSERT INTO mail (org_id, message_id, kind, address, name, subject, body_text,"
            " body_html, queued, next_try) WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1"
            " FROM c WHERE x < 300) SELECT 1, 'k' || x || '@example.org', 'notice',"
            " 'p' || x || '@example.org', '', 'k', 'k', '<p>k</p>', 1, 1 FROM c")
        kills = 0
        for round_ in range(12):
            server = self.book.serve(wait=False, DAYBOOK_IMAP="")
            time.sleep(0.15 + 0.05 * (round_ % 5))
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
            kills += 1
            self.book.sql("UPDATE mail SET lease_until = 1 WHERE state = 1")
        self.send()
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM mail WHERE state <> 2"), [["0"]])
        time.sleep(0.5)
        got = [m["Message-ID"] for m in self.post.mails("all", 300)]
        self.assertEqual(len(set(got)), 300)
        self.assertLessEqual(len(got) - 300, kills)


if __name__ == "__main__":
    unittest.main()
