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

    def invited(self):
        self.book.add_person(ADDRESS, name=NAME)
        person = self.book.sql(f"SELECT id FROM person WHERE email = '{ADDRESS}'")[0][0]
        activity, uid = self.book.sql(
            "SELECT id, uid FROM activity WHERE kind = 'management_review' AND state < 3 "
            "AND due > '2026-06-20' ORDER BY due LIMIT 1")[0]
        self.book.sql("INSERT INTO activity_person (org_id, activity_id, person_id, part) "
                      f"VALUES (1, {activity}, {person}, '')")
        one, = [i for i in self.invite() if i.uid == uid and i.address == ADDRESS]
        return person, one

    def test_what_they_reported_stays_without_their_name(self):
        self.book.add_person(ADDRESS, name=NAME)
        person = self.book.sql(f"SELECT id FROM person WHERE email = '{ADDRESS}'")[0][0]
        server = self.serve()
        gunda = self.book.signed_in(server, ADDRESS)
        page = gunda.get("/o/nordwind/report").submit("/report", title="The door stands open")
        self.assertEqual(page.status, 200)
        self.assertIn("finding", self.named())
        anna = self.book.signed_in(server)
        page = anna.get(f"/o/nordwind/people/{person}")
        self.assertEqual(page.submit("/erase", confirm=NAME).status, 200)
        self.assertEqual(self.named(), [])
        self.assertEqual(self.book.sql("SELECT title, source_title FROM finding"),
                         [["The door stands open", "Reported"]])
        self.book.ok("verify", "--org", "nordwind")

    def test_an_answer_and_what_others_were_sent_go_with_them(self):
        person, one = self.invited()
        self.answer(mailshapes.reply(one, "ACCEPTED", comment=f"{NAME} comes"), sender=ADDRESS,
                    to=one.organiser)
        self.assertEqual(self.receive()["taken"], 1)
        self.assertIn("ledger_personal", self.named())
        anna = self.book.signed_in(self.serve())
        page = anna.get(f"/o/nordwind/people/{person}")
        self.assertEqual(page.submit("/erase", confirm=NAME).status, 200)
        self.assertEqual(self.named(), [])
        self.assertNotEqual(self.book.sql("SELECT COUNT(*) FROM ledger_personal "
                                          "WHERE value = 'anna@example.org'"), [["0"]])
        self.assertNotEqual(self.book.sql("SELECT COUNT(*) FROM mail WHERE body_text <> ''"),
                            [["0"]])
        self.book.ok("verify", "--org", "nordwind")


if __name__ == "__main__":
    unittest.main()
