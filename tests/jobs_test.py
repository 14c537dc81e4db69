# SPDX-License-Identifier: Apache-2.0
"""What runs by the clock: once, by one server of several, and again after one was killed."""
import concurrent.futures
import unittest

import lib


@lib.both_engines
class Jobs(lib.DaybookTest):
    def rows(self):
        return {(j["job"], j["org"]): j for j in self.book.json("jobs", "list")}

    def due_now(self):
        self.book.sql("UPDATE job SET next_at = 1")

    def test_several_at_once_share_the_work_and_do_each_piece_once(self):
        self.book.init()
        self.book.init("second", "Second GmbH")
        self.book.ok("jobs", "run", "--once")
        before = {k: j["runs"] for k, j in self.rows().items()}
        self.due_now()
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            run = lambda _: self.book.run("jobs", "run", "--once", "--json")  # noqa: E731
            ran = list(pool.map(run, range(6)))
        self.assertEqual([r.code for r in ran], [0] * 6, ran)
        self.assertEqual(sum(r.json()["done"] for r in ran), len(before))
        for key, job in self.rows().items():
            self.assertEqual(job["runs"], before[key] + 1, key)

    def test_a_killed_ones_work_is_taken_over_when_its_lease_ends(self):
        self.book.init()
        self.book.ok("jobs", "run", "--once")
        self.due_now()
        self.book.sql("UPDATE job SET holder = 'killed', lease_until = 9000000000000000")
        self.assertEqual(self.book.json("jobs", "run", "--once")["done"], 0)
        self.book.sql("UPDATE job SET lease_until = 1")
        self.assertEqual(self.book.json("jobs", "run", "--once")["done"], len(self.rows()))

    def test_expired_sessions_go(self):
        self.book.init()
        self.book.sql("INSERT INTO session (account_id, hash, created, seen, expires)"
                      " SELECT id, 'old', 1, 1, 1 FROM account")
        self.book.ok("jobs", "run", "--once")
        self.assertEqual(self.book.sql("SELECT count(*) FROM session"), [["0"]])

    def test_a_ledger_that_was_changed_raises_an_alarm(self):
        self.book.init()
        self.book.ok("jobs", "run", "--once")
        self.due_now()
        self.assertEqual(self.book.run("jobs", "run", "--once").code, 0)
        if self.engine == "sqlite":
            for trigger in self.book.sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'"
                                         " AND tbl_name = 'ledger_entry'"):
                self.book.sql(f"DROP TRIGGER {trigger[0]}")
        else:
            self.book.sql("ALTER TABLE ledger_entry DISABLE TRIGGER ALL")
        self.book.sql("UPDATE ledger_entry SET action = 'x.y' WHERE seq = 2")
        self.due_now()
        ran = self.book.run("jobs", "run", "--once")
        self.assertEqual(ran.code, 1)
        self.assertIn("ledger_not_whole", ran.err)
        self.assertIn("not whole", self.rows()[("ledger_check", "nordwind")]["error"])


if __name__ == "__main__":
    unittest.main()
