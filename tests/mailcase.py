# SPDX-License-Identifier: Apache-2.0
"""What the suites about mail share: an organisation whose mail goes through real servers."""
import lib
import mailshapes
import post

_post = None


def set_up_module():
    global _post
    _post = post.Post().start_imap().start_smtp()


def post_of_module():
    return _post


def tear_down_module():
    _post.close()


class MailTest(lib.DaybookTest):
    """An organisation with a programme, whose mail goes to the servers of this module."""

    def setUp(self):
        super().setUp()
        self.post = _post
        for box in ("all", "daybook"):
            self.post.clear(box)
        self.book.env.update(self.post.environment())
        self.book.init(adopt=True)

    def jobs(self, now=None):
        self.book.run("jobs", "run", "--once", now=now)
        self.book.sql("UPDATE job SET next_at = 1")
        self.book.run("jobs", "run", "--once", now=now)

    def serve(self, leaves=("DAYBOOK_SMTP", "DAYBOOK_IMAP", "DAYBOOK_URL"), **options):
        """A server that leaves the post alone."""
        kept = self.book.env
        self.book.env = {k: v for k, v in kept.items() if k not in leaves}
        try:
            return self.book.serve(**options)
        finally:
            self.book.env = kept

    def send(self, **options):
        return self.book.json("mail", "send", "--once", **options)

    def receive(self, **options):
        return self.book.json("mail", "receive", "--once", **options)

    def invite(self):
        """Everything within a year is invited to and sent; the invitations as their readers hold
        them, by title."""
        self.jobs()
        return self.invitations(self.send()["sent"])

    def invitations(self, count):
        """Of what lies in the mailbox, which is to hold so many mails, those with a calendar."""
        read = [mailshapes.invitation(m) for m in self.post.mails("all", count)]
        return [one for one in read if one.event is not None]

    def answer(self, message, sender="anna@example.org", to="daybook@example.org"):
        before = len(self.post.files("daybook"))
        self.post.send(message, sender, to)
        self.post.mails("daybook", before + 1)

    def outcomes(self):
        return [tuple(row) for row in self.book.sql(
            "SELECT outcome, answer, why FROM mail_answer ORDER BY id")]

    def said(self, invitation):
        return self.book.sql("SELECT i.answer FROM mail_invitation i JOIN activity a ON "
                             f"a.id = i.activity_id WHERE a.uid = '{invitation.uid}'")[0][0]
