# SPDX-License-Identifier: Apache-2.0
"""Mail through Postfix and Dovecot on this machine: queued, handed over, answered."""
import smtplib
import statistics
import time

import bench
from bench import lib, record, step

import mail_flood_test
import mailshapes
import post

PEOPLE = 60
NEEDED = 1000


def organisation(book, servers):
    """A thousand invitations to be made: so many people taking part in what comes within a year."""
    book.env.update(servers.environment())
    book.init(adopt=True)
    book.sql("INSERT INTO person (org_id, name, name_fold, email, created) WITH RECURSIVE c(x) AS "
             f"(SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < {PEOPLE}) SELECT 1, "
             "'Person ' || x, 'person ' || x, 'p' || x || '@example.org', 1 FROM c")
    book.sql("INSERT INTO activity_person (org_id, activity_id, person_id, part) SELECT 1, a.id, "
             "p.id, '' FROM (SELECT id FROM activity WHERE due > '2026-06-15' "
             "AND due < '2027-06-15') a, person p WHERE p.email LIKE 'p%'")
    book.run("jobs", "run", "--once")  # everything but the invitations, whose turn comes later
    return book


def queueing(book):
    book.sql("UPDATE job SET next_at = CASE WHEN name = 'mail_invitations' THEN 1 ELSE 9e15 END")
    start = time.monotonic()
    book.ok("jobs", "run", "--once")
    seconds = time.monotonic() - start
    return seconds, int(book.sql("SELECT COUNT(*) FROM mail WHERE kind = 'invitation'")[0][0])


def answering(book, servers, rounds):
    mails = [mailshapes.invitation(m) for m in servers.mails("all", NEEDED)]
    invited = [m for m in mails if m.event is not None][:rounds]
    server = book.serve(now=None)
    times = []
    for one in invited:
        before = len(servers.files("daybook"))
        servers.send(mailshapes.reply(one, "ACCEPTED"), one.address, one.organiser)
        servers.mails("daybook", before + 1)
        start = time.monotonic()
        while time.monotonic() - start < 10 and book.sql(
                "SELECT COUNT(*) FROM mail_invitation i JOIN activity a ON a.id = i.activity_id "
                f"WHERE a.uid = '{one.uid}' AND i.address = '{one.address}' AND "
                "i.answer = 'accepted'") != [["1"]]:
            time.sleep(0.01)
        times.append(time.monotonic() - start)
    server.stop()
    return times


def flood(book, servers, count):
    """So many replies lie in the mailbox at once: how many a second are in the diary."""
    servers.clear("daybook")
    asked = [mail_flood_test.Asked(*row) for row in book.sql(
        "SELECT a.uid, i.address, i.token, i.sequence, a.title, a.due FROM mail_invitation i "
        "JOIN activity a ON a.id = i.activity_id WHERE i.answer = 'needs_action' "
        f"ORDER BY i.id LIMIT {count}")]
    with smtplib.SMTP("127.0.0.1", servers.smtp, timeout=60) as server:
        for one in asked:
            server.sendmail(one.address, [one.organiser], mailshapes.reply(
                one, "ACCEPTED", start=one.event["DTSTART"].dt))
    servers.mails_there("daybook", len(asked), seconds=300)
    start = time.monotonic()
    taken = book.json("mail", "receive", "--once")["taken"]
    return taken / (time.monotonic() - start), taken, len(asked)


@step("mail", 55)
def mail(run):
    servers = post.Post().start_imap().start_smtp()
    book = lib.Installation("sqlite")
    try:
        organisation(book, servers)
        seconds, count = queueing(book)
        record(f"{count} invitations queued", f"{seconds:.2f} s", "≤ 1 s for 1,000",
               count >= NEEDED and seconds * NEEDED / count <= 1, "the whole job, start to end")
        start = time.monotonic()
        sent = book.json("mail", "send", "--once")["sent"]
        rate = sent / (time.monotonic() - start)
        record("handed to Postfix, each marked durably", f"{rate:.0f} a second", "≥ 300",
               rate >= 300, f"{sent} mails on one connection")
        times = answering(book, servers, 3 if run.long == 1 else 10)
        record("an answer in the mailbox until it is in the diary",
               f"{statistics.median(times):.2f} s", "≤ 2 s", max(times) <= 2,
               f"longest of {len(times)}: {max(times):.2f} s")
        rate, taken, count = flood(book, servers, 900)
        record("replies at once, each in the diary and removed", f"{rate:.0f} a second", "≥ 200",
               rate >= 200 and taken == count, f"{taken} of {count} taken")
    finally:
        book.close()
        servers.close()
