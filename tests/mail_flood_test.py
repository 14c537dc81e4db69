# SPDX-License-Identifier: Apache-2.0
"""Thousands of replies at once: each counts once, whoever is killed, in little memory, while the
pages stay quick."""
import datetime
import os
import smtplib
import time
import unittest

import icalendar
import lib
import sanitizer
import mailshapes
import post

MANY = 10000 if os.environ.get("DAYBOOK_TEST_FULL") else 1000
SHAPES = list(mailshapes.PROGRAMS)


class Asked:
    """An invitation as the database knows it: as much of one as a reply needs."""

    def __init__(self, uid, address, token, sequence, title, due):
        self.uid, self.address, self.sequence, self.title = uid, address, int(sequence), title
        self.organiser = f"daybook+{token}@example.org"
        day = datetime.datetime.fromisoformat(due).replace(hour=9)
        self.event = {"DTSTART": icalendar.vDDDTypes(day)}


class FloodTest(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.post = post.Post().start_imap().start_smtp()
        self.addCleanup(self.post.close)
        self.book.env.update(self.post.environment(smtp=False))
        self.book.env.pop("DAYBOOK_URL")  # its pages are asked for here
        self.book.init(adopt=True)

    def invite(self, count):
        """So many invitations, of as many people as that takes."""
        days = int(self.book.sql("SELECT COUNT(*) FROM activity WHERE state < 3 AND "
                                 "due > '2026-06-15' AND due < '2027-06-15'")[0][0])
        people = -(-count // days) * 3 // 2  # some kinds of duties invite nobody
        self.book.sql(
            "INSERT INTO person (org_id, name, name_fold, email, created) WITH RECURSIVE c(x) AS "
            f"(SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {people}) SELECT 1, 'Person ' || x,"
            " 'person ' || x, 'p' || x || '@example.net', 1 FROM c")
        self.book.sql(
            "INSERT INTO activity_person (org_id, activity_id, person_id, part) SELECT 1, a.id, "
            "p.id, '' FROM activity a, person p WHERE a.state < 3 AND a.due > '2026-06-15' AND "
            "a.due < '2027-06-15' AND p.email LIKE 'p%@example.net'")
        self.book.run("jobs", "run", "--once")
        self.book.sql("UPDATE job SET next_at = 1")
        self.book.run("jobs", "run", "--once")
        asked = [Asked(*row) for row in self.book.sql(
            "SELECT a.uid, i.address, i.token, i.sequence, a.title, a.due FROM mail_invitation i "
            "JOIN activity a ON a.id = i.activity_id WHERE i.address LIKE '%@example.net' "
            f"ORDER BY i.id LIMIT {count}")]
        self.assertEqual(len(asked), count)
        return asked

    def deliver(self, asked):
        """Through the SMTP server, on one connection; every third shape is another program's."""
        with smtplib.SMTP("127.0.0.1", self.post.smtp, timeout=60) as server:
            for i, one in enumerate(asked):
                answer = ("ACCEPTED", "TENTATIVE")[i % 7 == 0]
                server.sendmail(one.address, [one.organiser], mailshapes.reply(
                    one, answer, SHAPES[i % len(SHAPES)], start=one.event["DTSTART"].dt))
        self.post.mails_there("daybook", len(asked), seconds=300)

    def answered(self):
        return int(self.book.sql("SELECT COUNT(*) FROM mail_answer WHERE outcome = 'taken'")[0][0])


@lib.both_engines
class Flood(FloodTest):
    def test_every_reply_counts_once_though_the_server_is_killed_again_and_again(self):
        asked = self.invite(MANY)
        self.deliver(asked)
        self.kill_in_the_middle(asked)
        server = self.book.serve(now=None)
        anna = self.book.signed_in(server)
        slowest, start, before = 0, time.monotonic(), self.answered()
        while self.answered() < MANY and time.monotonic() - start < 600 * lib.PATIENCE:
            begin = time.monotonic()
            self.assertEqual(anna.get("/o/nordwind/today").status, 200)
            slowest = max(slowest, time.monotonic() - begin)
            time.sleep(0.1)
        rate = (MANY - before) / (time.monotonic() - start)
        print(f"{MANY - before} replies, {rate:.0f} a second, slowest page {slowest:.2f} s")
        rows = self.book.sql("SELECT outcome, COUNT(*), COUNT(DISTINCT invitation_id) "
                             "FROM mail_answer GROUP BY outcome")
        self.assertEqual(rows, [["taken", str(MANY), str(MANY)]])
        said = self.book.sql("SELECT COUNT(*) FROM mail_invitation WHERE answer <> 'needs_action'")
        self.assertEqual(said, [[str(MANY)]])
        # What a killed server had dealt with and not yet removed is marked, and is not much.
        left = self.left_behind()
        self.assertLessEqual(len(left), 4 * 50, "a batch for each kill at most")
        self.assertEqual({n.rpartition(":2,")[2] for n in left} - {"FS"}, set())
        self.assertLess(slowest, 2 * lib.PATIENCE, "a page waited for the mail")
        if not sanitizer.reports_wanted():  # it keeps memory of its own
            self.assertLess(server.rss_kib("VmHWM"), 64 << 10)
        self.book.ok("verify", "--org", "nordwind")

    def left_behind(self):
        """What lies in the mailbox once the last batch has been removed."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            left = self.post.names("daybook")
            if all(n.endswith(":2,FS") for n in left):
                break
            time.sleep(0.2)
        return left

    def kill_in_the_middle(self, asked):
        for round_ in range(4):
            seen = self.answered()
            server = self.book.serve(wait=False, now=None)
            end = time.monotonic() + 20 * lib.PATIENCE
            while self.answered() == seen and time.monotonic() < end:
                time.sleep(0.01 + 0.03 * round_)
            server.kill()
            self.book.sql("UPDATE mail_service SET lease_until = 1")
        self.assertLess(self.answered(), len(asked), "killed too late to show anything")
        self.assertGreater(self.answered(), 0)


if __name__ == "__main__":
    unittest.main()
