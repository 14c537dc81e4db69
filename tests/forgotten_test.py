# SPDX-License-Identifier: Apache-2.0
"""A link that sets a password, by mail: for whom it is, and that nobody else learns anything."""
import re
import unittest

import lib
import mailcase

setUpModule, tearDownModule = mailcase.set_up_module, mailcase.tear_down_module
OWN = "https://daybook.example"
NEW = "a wholly other passphrase"


@lib.both_engines
class Forgotten(mailcase.MailTest):
    def setUp(self):
        super().setUp()
        self.book.env["DAYBOOK_IMAP"] = ""

    def ask(self, server, email):
        return server.client().get("/forgotten").submit("/forgotten", email=email)

    def pages(self):
        """A server that knows a mail server and sends nothing by itself."""
        return self.serve(leaves=("DAYBOOK_URL",), DAYBOOK_SMTP="smtp://127.0.0.1:9")

    def links(self, count):
        found = []
        for mail in self.post.mails("all", count):
            link = re.search(OWN + r"(/password/\S+)", mail.get_body(("plain",)).get_content())
            found.append((mail["To"].addresses[0].addr_spec, link and link.group(1)))
        return found

    def test_it_comes_by_mail_and_works_once(self):
        server = self.pages()
        self.assertIn('href="/forgotten"', server.client().get("/sign-in").text)
        page = self.ask(server, " Anna@Example.org ")
        self.assertEqual(page.status, 200)
        self.send()
        (to, link), = self.links(1)
        self.assertEqual(to, "anna@example.org")
        form = server.client().get(link)
        done = form.submit(None, "password", password=NEW, again=NEW, follow=False)
        self.assertEqual(done.status, 303)
        client = server.client()
        client.sign_in("anna@example.org", NEW)
        self.assertEqual(client.get("/o/nordwind/today").status, 200)
        self.assertEqual(server.client().get(link).status, 404)
        emptied = self.book.sql("SELECT body_text, body_html FROM mail WHERE kind = 'account'")
        self.assertEqual(emptied, [["", ""]])
        self.book.ok("verify", "--org", "nordwind")

    def test_nobody_learns_whether_an_address_is_known(self):
        self.book.add_person("gone@example.org")
        self.book.ok("user", "disable", "gone@example.org")
        server = self.pages()
        known = self.ask(server, "anna@example.org")
        for other in ("eve@example.net", "gone@example.org"):
            page = self.ask(server, other)
            self.assertEqual((page.status, page.words.replace(other, "X")),
                             (known.status, known.words.replace("anna@example.org", "X")))
        wishes = self.book.sql("SELECT email FROM password_wish ORDER BY id")
        self.assertEqual(len(wishes), 3, "each is the same work while the page is made")
        self.send()
        self.assertEqual([to for to, _ in self.links(1)], ["anna@example.org"])
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM password_wish"), [["0"]])

    def test_it_is_throttled_for_the_known_and_the_unknown_alike(self):
        for email in ("anna@example.org", "eve@example.net"):
            server = self.pages()
            seen = [self.ask(server, email).status for _ in range(5)]
            self.assertEqual((seen[0], seen[-1]), (200, 429), (email, seen))
            self.assertLessEqual(seen.count(200), 4)

    def test_an_old_wish_is_not_granted(self):
        self.ask(self.pages(), "anna@example.org")
        self.send(now="2026-06-15T14:00:00Z")
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM mail WHERE kind = 'account'"), [["0"]])

    def test_its_mail_goes_with_the_person_who_is_erased(self):
        self.book.add_person("gone@example.org")
        self.ask(self.pages(), "gone@example.org")
        self.send()
        self.links(1)
        person = self.book.sql("SELECT id, name FROM person WHERE email = 'gone@example.org'")[0]
        anna = self.book.signed_in(self.pages())
        page = anna.get(f"/o/nordwind/people/{person[0]}")
        self.assertEqual(page.submit("/erase", confirm=person[1]).status, 200)
        left = self.book.sql("SELECT address, name, subject FROM mail WHERE kind = 'account'")
        self.assertEqual(left, [["", "", ""]])

    def test_one_that_cannot_be_granted_stops_no_other_mail(self):
        self.book.json("user", "reset", "anna@example.org")
        self.ask(self.pages(), "anna@example.org")
        self.book.sql("UPDATE ledger_head SET seq = seq - 1")  # the next entry's number is taken
        self.send()
        self.book.sql("UPDATE ledger_head SET seq = seq + 1")
        self.links(1)
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM password_wish"), [["0"]])
        self.book.ok("verify", "--org", "nordwind")

    def test_asking_does_not_make_a_strangers_password_ones_own(self):
        """An account whose password somebody else may have set stays unvouched for."""
        self.book.sql("UPDATE account SET vouched = 0")
        self.ask(self.pages(), "anna@example.org")
        self.send()
        self.assertEqual(self.book.sql("SELECT vouched FROM account"), [["0"]])

    def test_the_command_line_prints_it_and_mails_it(self):
        said = self.book.json("user", "reset", "anna@example.org")
        self.assertTrue(said["mailed"])
        self.send()
        (_, link), = self.links(1)
        self.assertTrue(said["password_link"].endswith(link))
        silent = self.book.json("user", "reset", "anna@example.org", env={"DAYBOOK_SMTP": ""})
        self.assertFalse(silent["mailed"])

    def test_without_a_mail_server_the_pages_say_whom_to_ask(self):
        server = self.serve()
        page = server.client().get("/forgotten")
        self.assertIn("sends no mail", page.words)
        self.assertNotIn('href="/forgotten"', server.client().get("/sign-in").text)
        server.client().post("/forgotten", {"email": "anna@example.org"})
        self.assertEqual(self.book.sql("SELECT COUNT(*) FROM password_wish"), [["0"]])


if __name__ == "__main__":
    unittest.main()
