# SPDX-License-Identifier: Apache-2.0
"""Evidence and the ledger by pages and API: uploads, downloads that never run, walls, history."""

import hashlib
import http.client
import os
import pathlib

import lib

PAGE = b"<!doctype html><script>alert(document.cookie)</script>"


@lib.both_engines
class Evidence(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        self.server = self.book.serve()
        token = self.book.json("token", "create", "--name", "t", "--scope", "write")["token"]
        self.api = self.server.client(token)
        self.activity = int(self.book.sql("SELECT min(id) FROM activity")[0][0])

    def upload(self, files, fields=(), path=None, client=None):
        path = path or f"/o/nordwind/activities/{self.activity}/evidence"
        return (client or self.api).upload("/api/v1" + path, fields, [("files", *f) for f in files])

    def evidence(self, id_):
        answer = self.api.api("GET", f"/o/nordwind/evidence/{id_}")
        self.assertEqual(answer.status, 200, answer)
        return answer.json()

    def nothing_waits(self):
        """A request's files go when it ends; the server may notice a lost client a little later."""
        self.assertEqual(self.server.stop(), 0)
        incoming = pathlib.Path(self.book.env["DAYBOOK_EVIDENCE"]) / "incoming"
        self.assertEqual(list(incoming.iterdir()), [])

    def test_a_person_attaches_reads_and_withdraws_by_the_pages(self):
        anna = self.book.signed_in(self.server)
        page = anna.get(f"/o/nordwind/activities/{self.activity}/evidence")
        file = ("files", "C:\\logs\\restore.txt", b"4 min")
        answer = page.submit("/evidence", "files", files=[file],
                             source="Backup log", note="Zoë watched", taken_on="2026-06-01",
                             period_from="2026-01-01", period_to="2026-03-31")
        self.assertEqual(answer.status, 200, answer)
        page = anna.get("/o/nordwind/evidence?q=RESTORE")
        self.assertIn("restore.txt", page.words)
        self.assertNotIn("C:", page.words)
        shown = self.evidence(1)["evidence"]
        self.assertEqual(shown["sha256"], hashlib.sha256(b"4 min").hexdigest())
        self.assertEqual((shown["speaks"], shown["freshness"]), ("2026-03-31", "fresh"))
        page = anna.get("/o/nordwind/evidence/1")
        refused = page.submit("/withdraw", "reason", reason=" ")
        self.assertIn(refused.status, (400, 422), refused)
        page.submit("/withdraw", "reason", reason="The wrong month")
        self.assertIn("The wrong month", anna.get("/o/nordwind/evidence/1").words)
        self.assertNotIn("restore.txt", anna.get("/o/nordwind/evidence").words)
        self.assertIn("restore.txt", anna.get("/o/nordwind/evidence?withdrawn=1").words)
        history = anna.get("/o/nordwind/ledger?kind=evidence&object=1")
        self.assertIn("evidence withdrawn", history.words)
        self.assertIn("The wrong month", history.words)

    def test_a_download_never_runs_in_the_browser(self):
        self.assertEqual(self.upload([("page.html", PAGE, "image/png")]).status // 100, 2)
        answer = self.api.get("/o/nordwind/evidence/1/file")
        self.assertEqual(answer.body, PAGE)
        self.assertTrue(answer.headers["content-disposition"].startswith("attachment"))
        self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
        self.assertIn("sandbox", answer.headers["content-security-policy"])
        self.assertEqual(self.evidence(1)["evidence"]["media_type"], "text/html")

    def test_names_cannot_leave_the_folder_or_split_a_header(self):
        for name in ("../../etc/passwd", "..", "a\\b", "x" * 300, "ü.pdf", "semi;colon.txt"):
            self.assertEqual(self.upload([(name, os.urandom(9))]).status // 100, 2, name)
        for i in range(1, 7):
            answer = self.api.get(f"/o/nordwind/evidence/{i}/file")
            self.assertEqual(answer.status, 200)
            self.assertNotIn("/", self.evidence(i)["evidence"]["name"])
            self.assertNotIn("\n", answer.headers["content-disposition"])
        store = pathlib.Path(self.book.env["DAYBOOK_EVIDENCE"])
        for path in store.rglob("*"):
            self.assertTrue(path.is_dir() or len(path.name) == 64, path)

    def test_what_is_wrong_is_said_by_field(self):
        cases = {
            "period_to": [("period_from", "2026-02-01"), ("period_to", "2026-01-01")],
            "taken_on": [("taken_on", "2031-01-01")],
            "note": [("note", "x" * 2001)],
        }
        for field, fields in cases.items():
            answer = self.upload([("a.txt", b"a")], fields)
            self.assertIn(answer.status, (400, 422), answer)
            self.assertIn(field, answer.text)
        self.assertIn(self.upload([("a.txt", b"")]).status, (400, 422))
        self.assertIn(self.upload([]).status, (400, 422))
        nowhere = "/o/nordwind/activities/99999/evidence"
        self.assertEqual(self.upload([("a.txt", b"a")], path=nowhere).status, 404)
        self.assertEqual(self.book.sql("SELECT count(*) FROM evidence"), [["0"]])
        self.nothing_waits()

    def test_a_broken_off_upload_leaves_nothing(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port,
                                                timeout=10 * lib.PATIENCE)
        connection.putrequest("POST", f"/api/v1/o/nordwind/activities/{self.activity}/evidence")
        connection.putheader("Authorization", "Bearer " + self.api.token)
        connection.putheader("Content-Type", "multipart/form-data; boundary=edge")
        connection.putheader("Content-Length", "1000000")
        connection.endheaders()
        connection.send(b"--edge\r\nContent-Disposition: form-data; name=\"files\"; "
                        b"filename=\"a\"\r\n\r\n" + b"x" * 300000)
        connection.close()
        self.assertEqual(self.upload([("a.txt", b"a")]).status // 100, 2)
        self.nothing_waits()

    def test_a_large_upload_takes_no_memory(self):
        self.upload([("warm.bin", os.urandom(1000))])
        before = self.server.rss_kib()
        size = 200_000_000
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port,
                                                timeout=120 * lib.PATIENCE)
        head = (b"--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"big\"\r\n"
                b"Content-Type: image/png\r\n\r\n")
        tail = b"\r\n--edge--\r\n"
        connection.putrequest("POST", f"/api/v1/o/nordwind/activities/{self.activity}/evidence")
        connection.putheader("Authorization", "Bearer " + self.api.token)
        connection.putheader("Content-Type", "multipart/form-data; boundary=edge")
        connection.putheader("Content-Length", str(len(head) + size + len(tail)))
        connection.endheaders(head)
        piece, digest, most = os.urandom(1_000_000), hashlib.sha256(), 0
        for i in range(size // len(piece)):
            connection.send(piece)
            digest.update(piece)
            if i % 20 == 0:
                most = max(most, self.server.rss_kib())
        connection.send(tail)
        reply = connection.getresponse()
        self.assertEqual(reply.status // 100, 2, reply.read())
        connection.close()
        self.assertLess(max(most, self.server.rss_kib()) - before, 8192, "KiB more than before")
        self.assertEqual(self.evidence(2)["evidence"]["sha256"], digest.hexdigest())

    def test_a_folder_nobody_names_any_more_is_said(self):
        self.assertEqual(self.upload([("proof.txt", b"4 min")]).status, 201)
        key = self.book.env["DAYBOOK_EVIDENCE"] + ".key"
        server = self.book.serve(DAYBOOK_EVIDENCE="", DAYBOOK_KEY=key)
        answer = self.book.signed_in(server).get("/o/nordwind/evidence/1/file")
        if self.engine == "postgres":  # SQLite looks beside its database
            self.assertEqual(answer.status, 503, answer)
            self.assertIn("set DAYBOOK_EVIDENCE", answer.words)
        else:
            self.assertNotEqual(answer.status, 200, answer)

    def test_another_organisation_sees_and_changes_nothing(self):
        self.upload([("secret.txt", b"secret")])
        self.book.init(org="other", name="Other", admin="otto@example.org")
        made = self.book.json("token", "create", "--org", "other", "--name", "t",
                              "--scope", "write")
        otto = self.server.client(made["token"])
        for path in ("/evidence/1", "/evidence/1/file", "/ledger/1", "/evidence",
                     f"/activities/{self.activity}/evidence"):
            self.assertIn(otto.get(f"/api/v1/o/nordwind{path}").status, (403, 404), path)
        for path in ("/evidence/1", "/evidence/1/file", f"/activities/{self.activity}/evidence"):
            self.assertEqual(otto.get(f"/api/v1/o/other{path}").status, 404, path)
        for path, data in (("/evidence/1/withdraw", {"reason": "x"}),
                           ("/evidence/1/link", {"object_kind": "site", "object_id": 1})):
            self.assertEqual(otto.api("POST", f"/o/other{path}", data).status, 404, path)
        self.assertNotIn("secret", otto.get("/api/v1/o/other/evidence").text)
        self.assertNotIn("secret", otto.get("/api/v1/o/other/ledger").text)

    def test_the_ledger_pages_filter_and_show_before_and_after(self):
        anna = self.book.signed_in(self.server)
        self.upload([("a.txt", b"a")], [("source", "S3 bucket")])
        page = anna.get("/o/nordwind/ledger?kind=evidence")
        self.assertIn("S3 bucket", page.words)
        [[seq]] = self.book.sql(
            "SELECT max(seq) FROM ledger_entry WHERE action = 'evidence.added'")
        entry = anna.get(f"/o/nordwind/ledger/{seq}")
        self.assertIn("source S3 bucket", entry.words)
        self.assertEqual(anna.get("/o/nordwind/ledger/99999").status, 404)
        none = self.api.api("GET", "/o/nordwind/ledger?to=2020-01-01").json()
        self.assertEqual((none["entries"], none["total"]), ([], 0))
        some = self.api.api("GET", "/o/nordwind/ledger?size=7&page=2").json()
        self.assertEqual(len(some["entries"]), 7)
        self.assertEqual(some["entries"][0]["seq"], some["total"] - 7)
        self.assertIn(self.api.api("GET", "/o/nordwind/ledger?object=1").status, (400, 422))

    def test_the_verify_page_says_whole_and_what_is_not(self):
        anna = self.book.signed_in(self.server)
        self.upload([("a.txt", b"a")])

        def verify():
            form = anna.get("/o/nordwind/ledger/verify").form("/verify")
            return anna.post("/o/nordwind/ledger/verify", form.fields + [("files", "1")])

        self.assertIn("Whole.", verify().words)
        store = pathlib.Path(self.book.env["DAYBOOK_EVIDENCE"])
        [path] = [p for p in store.rglob("*") if len(p.name) == 64]
        path.write_bytes(b"b")
        page = verify()
        self.assertIn("Not whole.", page.words)
        self.assertIn("evidence 1 was changed", page.words)

    def test_an_employee_may_add_but_not_withdraw_or_read_the_ledger(self):
        self.book.add_person("emil@example.org", "employee")
        emil = self.book.signed_in(self.server, "emil@example.org")
        page = emil.get("/o/nordwind/evidence")
        self.assertEqual(page.status, 200)
        self.assertEqual(emil.get("/o/nordwind/ledger").status, 403)
        answer = page.submit("/evidence", "files", files=[("files", "mine.txt", b"mine")])
        self.assertEqual(answer.status, 200, answer)
        shown = emil.get("/o/nordwind/evidence/1")
        self.assertFalse(any("withdraw" in f.action for f in shown.page.forms))


if __name__ == "__main__":
    lib.main()
