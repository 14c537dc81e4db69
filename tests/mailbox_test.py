# SPDX-License-Identifier: Apache-2.0
"""The mailbox of answers when its server is set up in another way: full, frozen, without IDLE."""
import time
import unittest

import lib
import mailcase
import mailshapes
import post


class OwnPost(mailcase.MailTest):
    """With an IMAP server of its own."""

    def setUp(self):
        lib.DaybookTest.setUp(self)

    def start(self, imap_settings):
        self.post = post.Post(imap_settings=imap_settings).start_imap().start_smtp()
        self.addCleanup(self.post.close)
        self.book.env.update(self.post.environment())
        self.book.init(adopt=True)

    def mail_page(self):
        """As a server that reads this mailbox shows it."""
        server = self.serve(leaves=("DAYBOOK_SMTP", "DAYBOOK_URL"))
        words = self.book.signed_in(server).get("/o/nordwind/mail").words
        server.stop()
        return words


@lib.both_engines
class OwnMailboxFull(OwnPost):
    def test_answers_count_and_the_pages_say_that_there_is_no_room(self):
        self.start(post.QUOTA % 60)
        one, two = self.invite()[:2]
        stray = "From: x@example.net\r\nSubject: s\r\n\r\n" + ("x" * 76 + "\r\n") * 850
        self.answer(stray, "x@example.net")
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        self.assertEqual(self.said(one), "accepted")
        self.assertIn("The mailbox is full", self.mail_page())
        self.assertGreaterEqual(
            self.book.json("mail", "status", "--org", "nordwind")["imap"]["fill"], 100)
        self.assertIn("full", self.book.ok("mail", "status", "--org", "nordwind").out)
        self.answer(mailshapes.reply(two, "DECLINED"), to=two.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        self.assertEqual(len(self.post.files("daybook")), 1, "what counted makes room")
        self.post.clear("daybook")
        self.receive()
        self.assertNotIn("The mailbox is full", self.mail_page())

    def test_a_mailbox_in_which_nothing_can_be_removed_stops_nothing(self):
        self.start("")
        one, two = self.invite()[:2]
        for invitation in (one, two):
            self.answer(mailshapes.reply(invitation, "ACCEPTED"), to=invitation.organiser)
        self.post.freeze("daybook")
        self.assertEqual(self.receive()["taken"], 2)
        self.assertEqual((self.said(one), self.said(two)), ("accepted", "accepted"))
        self.assertEqual(len(self.post.files("daybook")), 2)
        self.assertIn("the server would not remove them", self.mail_page())
        self.assertEqual(self.receive()["taken"], 0, "and none counts twice")


@lib.both_engines
class OneThatIsNotHandedOut(OwnPost):
    def test_a_mail_the_server_cannot_hand_out_loses_and_stops_no_other(self):
        self.start("")
        invitations = self.invite()[:3]
        for one in invitations:
            self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        broken = self.post.files("daybook")[1]
        broken.chmod(0)
        # what came before it counts at once, what lies behind it after three tries
        said = [self.book.run("mail", "receive", "--once", "--json") for _ in range(5)]
        counted = [(one.json()["taken"], one.json()["strays"]) for one in said]
        self.assertEqual(counted, [(1, 0), (0, 0), (0, 0), (1, 1), (0, 0)])
        self.assertIn("cannot be fetched", said[2].json()["words"])
        self.assertEqual(sorted(self.said(one) for one in invitations),
                         ["accepted", "accepted", "needs_action"])
        left, = self.post.files("daybook")
        self.assertTrue(left.name.startswith(broken.name), "the others are done with")


@lib.both_engines
class Secured(OwnPost):
    def test_the_mailbox_is_read_by_tls_and_its_certificate_is_checked(self):
        self.start("")
        one, two = self.invite()[:2]
        secure = self.post.environment(tls=True)
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        wrong = {**secure, "DAYBOOK_MAIL_CA": "/etc/ssl/certs/ca-certificates.crt"}
        ran = self.book.run("mail", "receive", "--once", "--json", env=wrong)
        self.assertEqual((ran.code, ran.json()["taken"]), (1, 0))
        self.assertIn("certificate", ran.json()["words"])
        self.assertEqual(self.receive(env=secure)["taken"], 1)
        begun = {**secure, "DAYBOOK_IMAP": f"imap://daybook@localhost:{self.post.imap}",
                 "DAYBOOK_MAIL_TLS": "required"}
        self.answer(mailshapes.reply(two, "ACCEPTED"), to=two.organiser)
        self.assertEqual(self.receive(env=begun)["taken"], 1)
        log = (self.post.folder / "dovecot.log").read_text()
        logins = [line for line in log.splitlines() if "Login: user=<daybook>" in line]
        self.assertEqual([", TLS," in line for line in logins], [True, True], log)

    def test_a_server_that_goes_and_comes_back_is_asked_again(self):
        self.start("")
        one = self.invite()[0]
        server = self.book.serve(now=None)
        self.addCleanup(server.stop)
        time.sleep(2)
        self.post.stop_imap()
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        time.sleep(1)
        self.post.start_imap()
        end = time.monotonic() + 60 * lib.PATIENCE
        while self.said(one) != "accepted" and time.monotonic() < end:
            time.sleep(0.2)
        self.assertEqual(self.said(one), "accepted", server.log())


@lib.both_engines
class AsksPolitely(OwnPost):
    def take(self, settings, waits):
        self.start(settings + "verbose_proctitle = yes\n")
        one = self.invite()[0]
        server = self.book.serve(now=None)
        self.addCleanup(server.stop)
        time.sleep(2.5)
        self.assertEqual("IDLE]" in self.post.imap_processes(), waits)
        self.answer(mailshapes.reply(one, "ACCEPTED"), to=one.organiser)
        arrived = time.monotonic()
        while self.said(one) != "accepted" and time.monotonic() - arrived < 10 * lib.PATIENCE:
            time.sleep(0.02)
        self.assertLess(time.monotonic() - arrived, 2 * lib.PATIENCE, server.log())
        log = (self.post.folder / "dovecot.log").read_text()
        self.assertEqual(log.count("Login: user=<daybook>"), 1, log)

    def test_a_server_that_can_tell_of_news_is_waited_for(self):
        self.take("", waits=True)

    def test_a_server_that_cannot_is_asked_on_one_connection(self):
        self.take(post.NO_IDLE, waits=False)


if __name__ == "__main__":
    unittest.main()
