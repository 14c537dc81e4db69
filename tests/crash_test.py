# SPDX-License-Identifier: Apache-2.0
"""kill -9 at random moments under load: nothing that was acknowledged is lost, the chain verifies,
no half-written evidence. 20 kills; 200 with DAYBOOK_TEST_FULL."""

import collections
import contextlib
import hashlib
import http.client
import os
import random
import re
import threading
import time
import uuid

import lib

KILLS = int(os.environ.get("DAYBOOK_KILLS", "200" if os.environ.get("DAYBOOK_TEST_FULL") else "20"))
WRITERS = 4


class Writer(threading.Thread):
    """Writes comments and evidence until the server is gone; remembers what was acknowledged."""

    def __init__(self, book, server, cookies, activities, seed):
        super().__init__(daemon=True)
        self.book, self.server, self.random = book, server, random.Random(seed)
        self.cookies, self.activities = dict(cookies), activities
        self.comments, self.files, self.refused = [], [], []

    def run(self):
        client = self.server.client()
        client.cookies = self.cookies
        with contextlib.suppress(OSError, http.client.HTTPException):
            page = client.get("/o/nordwind/calendars")
            token = dict(page.form("/calendars").fields).get("csrf", "")
            while True:
                self.one(client, token)

    def one(self, client, csrf):
        activity = self.random.choice(self.activities)
        if self.random.random() < 0.7:
            text = "said " + uuid.uuid4().hex
            answer = client.post(f"/o/nordwind/activities/{activity}/comments",
                                 {"csrf": csrf, "body": text}, follow=False)
            self.keep(answer, self.comments, text)
        else:
            data = uuid.uuid4().hex.encode() * self.random.randint(1, 4000)
            answer = client.upload("/o/nordwind/evidence", [("csrf", csrf),
                                                            ("object_kind", "activity"),
                                   ("object_id", activity)], [("files", "load.txt", data)],
                                   follow=False)
            self.keep(answer, self.files, hashlib.sha256(data).hexdigest())

    def keep(self, answer, where, what):
        if answer.status in (200, 201, 303):
            where.append(what)
        else:
            self.refused.append(repr(answer))


class Kills(lib.DaybookTest):
    def test_nothing_acknowledged_is_lost_when_the_server_is_killed(self):
        self.book.init(adopt=True)
        rows = self.book.sql("SELECT id FROM activity WHERE state < 3 ORDER BY id")
        self.activities = [r[0] for r in rows][:20]
        first = self.book.serve()
        cookies = self.book.signed_in(first).cookies
        first.stop()
        luck, comments, files, after_kill = random.Random(4711), [], [], []
        for kill in range(KILLS):
            server = self.book.serve()
            writers = [Writer(self.book, server, cookies, self.activities, kill * 10 + n)
                       for n in range(WRITERS)]
            for writer in writers:
                writer.start()
            time.sleep(luck.uniform(0.02, 0.4))
            server.kill()
            for writer in writers:
                writer.join(20)
                self.assertFalse(writer.is_alive(), "a writer hangs after the kill")
                self.assertEqual(writer.refused, [])
                comments += writer.comments
                files += writer.files
            after_kill.append(len(comments) + len(files))
            if kill % 10 == 9 or kill == KILLS - 1:
                self.look(comments, files)
        print(f"{KILLS} kills, {len(comments)} comments and {len(files)} files acknowledged")
        self.assertGreater(after_kill[-1], KILLS, "the load was too small to mean anything")

    def look(self, comments, files):
        stored = {r[0] for r in self.book.sql("SELECT body FROM activity_note")}
        self.assertEqual([c for c in comments if c not in stored], [])
        known = {r[0] for r in self.book.sql("SELECT sha256 FROM evidence")}
        self.assertEqual([f for f in files if f not in known], [])
        ran = self.book.run("verify", "--org", "nordwind")
        self.assertEqual(ran.code, 0, repr(ran))
        whole = collections.Counter(f.name for f in self.book.folder.glob("evidence/**/*"))
        for sha in known:
            self.assertEqual(whole[sha], 1, f"no whole file for {sha}")
        self.assertRegex(ran.out, re.compile("entries"))


if __name__ == "__main__":
    lib.main()
