# SPDX-License-Identifier: Apache-2.0
"""What is left of a person who is erased: nothing that names them, wherever it stands."""
import unittest

import lib
import mailcase
import mailshapes

setUpModule, tearDownModule = mailcase.set_up_module, mailcase.tear_down_module
NAME, ADDRESS = "Gunda Ohnesorge", "gunda@example.org"


@lib.both_engines
class Erasure(mailcase.MailTest):
    def tables(self):
        where = ("pg_tables WHERE schemaname = 'public'" if self.engine == "postgres" else
                 "sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        name = "tablename" if self.engine == "postgres" else "name"
        return [row[0] for row in self.book.sql(f"SELECT {name} FROM {where} ORDER BY 1")]

    def named(self):
        """Tables in which a row still holds the name or the address."""
        found = []
        for table in self.tables():
            for row in self.book.sql(f"SELECT * FROM {table}"):
                if any(NAME in value or ADDRESS in value for value in row):
                    found.append(table)
        return sorted(set(found))

    def taking_part(self):
        self.book.add_person(ADDRESS, name=NAME)
        person = self.book.sql(f"SELECT id FROM person WHERE email = '{ADDRESS}'")[0][0]
        activity, uid = self.book.sql(
            "SELECT id, uid FROM activity WHERE kind = 'management_review' AND state < 3 "
            "AND due > '2026-06-20' ORDER BY due LIMIT 1")[0]
        self.book.sql("INSERT INTO activity_person (org_id, activity_id, person_id, part) "
                      f"VALUES (1, {activity}, {person}, '')")
        return person, uid

    def erase(self, person, server=None):
        anna = self.book.signed_in(server or self.serve())
        page = anna.get(f"/o/nordwind/people/{person}")
        self.assertEqual(page.submit("/erase", confirm=NAME).status, 200)
        self.assertEqual(self.named(), [])

    def test_what_they_reported_stays_without_their_name(self):
        self.book.add_person(ADDRESS, name=NAME)
        person = self.book.sql(f"SELECT id FROM person WHERE email = '{ADDRESS}'")[0][0]
        server = self.serve()
        gunda = self.book.signed_in(server, ADDRESS)
        page = gunda.get("/o/nordwind/report").submit("/report", title="The door stands open")
        self.assertEqual(page.status, 200)
        self.assertIn("finding", self.named())
        self.erase(person, server)
        self.assertEqual(self.book.sql("SELECT title, source_title FROM finding"),
                         [["The door stands open", "Reported"]])
        self.book.ok("verify", "--org", "nordwind")

    def test_an_answer_and_what_others_were_sent_go_with_them(self):
        person, uid = self.taking_part()
        one, = [i for i in self.invite() if i.uid == uid and i.address == ADDRESS]
        self.answer(mailshapes.reply(one, "ACCEPTED", comment=f"{NAME} comes"), sender=ADDRESS,
                    to=one.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        self.assertIn("ledger_personal", self.named())
        self.erase(person)
        self.assertNotEqual(self.book.sql("SELECT COUNT(*) FROM ledger_personal "
                                          "WHERE value = 'anna@example.org'"), [["0"]])
        self.book.ok("verify", "--org", "nordwind")

    def test_a_mail_that_waits_names_them_no_more(self):
        person, uid = self.taking_part()
        self.jobs()
        self.erase(person)
        mine, = [i for i in self.invitations(self.send()["sent"]) if i.uid == uid]
        self.assertEqual(mine.address, "anna@example.org")
        self.assertIn(f"Former colleague {person}", mine.text)
        self.assertNotIn("Ohnesorge", mine.source)


if __name__ == "__main__":
    unittest.main()
