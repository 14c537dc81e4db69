# SPDX-License-Identifier: Apache-2.0
"""Every route, asked over and over by several people, as page and as API, answered and refused: the
server's memory stays flat. 26,000 requests; in full 100,000, and 30,000 on PostgreSQL."""
import json
import os
import re
import socket
import threading
import time

import lib
import sanitizer

FULL = bool(os.environ.get("DAYBOOK_TEST_FULL"))
REQUESTS = {"sqlite": 100_000 if FULL else 26_000, "postgres": 30_000 if FULL else 20_000}
CLIENTS = 4
GROWTH_KIB = 512      # what a heap may still shift when everything was met before
WARM_ROUNDS = 9       # statements prepared on each connection, kept pages, caches
SLOW_SECONDS = 0.05   # a document laid out by the worker: asked rarely
RARELY = 40
ROLES = ("security_manager", "employee", "external_auditor")


class Connection:
    """One connection kept open, as a proxy keeps it; nothing is parsed that need not be."""

    def __init__(self, server):
        self.server, self.socket, self.stream = server, None, None

    def close(self):
        for part in (self.stream, self.socket):
            if part is not None:
                part.close()
        self.stream = self.socket = None

    def ask(self, request):
        """The status; the answer is read to its end."""
        for attempt in (1, 2):
            try:
                if self.stream is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.server.port), 60)
                    self.stream = self.socket.makefile("rb")
                self.socket.sendall(request)
                return self.answer()
            except (ConnectionError, ValueError):
                self.close()
                if attempt == 2:
                    raise
        return 0

    def answer(self):
        status = int(self.stream.readline().split()[1])
        length, close = 0, False
        while (line := self.stream.readline().strip().lower()):
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            close = close or line == b"connection: close"
        if status != 304:
            self.stream.read(length)
        if close:
            self.close()
        return status


def request(method, path, headers=(), body=None):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"")


@lib.both_engines
class Leaks(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        path = self.book.folder / "risks.csv"
        path.write_text("Risk ID,Risk Title,Likelihood,Impact,Owner\n" + "".join(
            f"R-{i},Risk {i},3,4,Risk Owner\n" for i in range(60)))
        self.book.ok("import", "--org", "nordwind", path)
        self.server = self.book.serve()
        self.statuses, self.slow, self.lock = {}, set(), threading.Lock()

    def token(self, role):
        email = f"{role}@nordwind.example"
        until = ["--until", "2027-12-31"] if role == "external_auditor" else []
        self.book.ok("user", "add", email, "--org", "nordwind", "--role", role, *until)
        made = self.book.json("token", "create", "--org", "nordwind", "--name", role, "--scope",
                              "write", "--person", email)
        return f"Authorization: Bearer {made['token']}"

    def mixture(self):
        """One round: what a route is asked with. Nothing in it changes anything, so that memory has
        no reason to grow."""
        tokens = {role: self.token(role) for role in ROLES}
        cookies = ["Cookie: " + "; ".join(f"{k}={v}" for k, v in
                                          self.book.signed_in(self.server, email).cookies.items())
                   for email in ("anna@example.org", "employee@nordwind.example")]
        paths = self.server.client().api("GET", "/openapi.json").json()["paths"]
        out = []
        for number, (path, methods) in enumerate(sorted(paths.items())):
            for method in methods:
                here = re.sub(r"\{\w+\}", str(1 + number % 30), path.replace("{org}", "nordwind"))
                out += getattr(self, "reading" if method == "get" else "refused")(
                    method.upper(), here, tokens, cookies)
        out += [request("GET", "/o/nordwind/activities?size=%00"),
                request("GET", "/o/nordwind/today", [cookies[0], "If-None-Match: \"1\""]),
                request("GET", "/nowhere"), request("GET", "/static/ceiling.html"),
                request("GET", "/o/elsewhere/today", [cookies[0]]),
                request("GET", "/api/v1/o/nordwind/today", ["Authorization: Bearer dbk_nobody"])]
        return out

    def reading(self, method, path, tokens, cookies):
        page = path.removeprefix("/api/v1")
        api = page if page.startswith("/api/") else "/api/v1" + page
        return ([request(method, api, [token]) for token in tokens.values()]
                + [request(method, page, [cookie]) for cookie in cookies] + [request(method, page)])

    def refused(self, method, path, tokens, cookies):
        page = path.removeprefix("/api/v1")
        api, kind = "/api/v1" + page, "Content-Type: application/json"
        form = "Content-Type: application/x-www-form-urlencoded"
        edge = "Content-Type: multipart/form-data; boundary=edge"
        file = (b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n"
                b"\r\n" + b"%PDF" * 500 + b"\r\n--edge--\r\n")
        deep = json.dumps({"title": "x" * 300, "due": "2027-02-30", "id": -1, "list": [[[[1]]]]})
        out = [request(method, api, [tokens["security_manager"], kind], b"{\"title\": \"half"),
               request(method, api, [tokens["external_auditor"], kind], deep.encode()),
               request(method, page, [form], b"csrf=none&title=a%00b")]
        if method == "POST":
            out += [request(method, page, [cookies[0], form], b"csrf=forged&title=x&due=tomorrow"),
                    request(method, page, [cookies[1], edge], file)]
        return out

    def run_round(self, asked, number):
        """All of them once, by several connections; slow ones in the first round, then rarely."""
        todo = iter([r for r in asked if r not in self.slow or number % RARELY == 0])
        failures = []

        def work():
            connection = Connection(self.server)
            while True:
                with self.lock:
                    one = next(todo, None)
                if one is None:
                    connection.close()
                    return
                start = time.monotonic()
                try:
                    status = connection.ask(one)
                except (OSError, ValueError, IndexError) as error:
                    failures.append((one[:120], repr(error)))
                    return
                with self.lock:
                    self.statuses[status] = self.statuses.get(status, 0) + 1
                    if time.monotonic() - start > SLOW_SECONDS:
                        self.slow.add(one)
                    if status >= 500:
                        failures.append((one[:120], status))

        workers = [threading.Thread(target=work, daemon=True) for _ in range(CLIENTS)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(failures, [], f"round {number}")

    def test_memory_stays_flat_over_every_route(self):
        asked, wanted = self.mixture(), REQUESTS[self.book.engine]
        entries = self.book.sql("SELECT count(*) FROM ledger_entry")
        memory, number = [], 0
        while sum(self.statuses.values()) < wanted:
            self.run_round(asked, number)
            memory.append(self.server.rss_kib())
            number += 1
        self.assertEqual(self.book.sql("SELECT count(*) FROM ledger_entry"), entries,
                         "something was changed, so memory might rightly grow")
        warm = max(WARM_ROUNDS, number // 4)
        print(f"{sum(self.statuses.values()):,} requests in {number} rounds of {len(asked)}, "
              f"{dict(sorted(self.statuses.items()))}; resident {memory[warm - 1]} KiB warm, "
              f"{memory[-1]} KiB at the end")
        self.assertGreater(number, warm, "too few rounds to compare")
        self.assertGreater(self.statuses.get(200, 0), wanted // 10)
        if sanitizer.reports_wanted():
            return  # it keeps memory of its own, and says itself what is lost
        self.assertLess(min(memory[-2:]) - max(memory[warm - 1:warm + 1]), GROWTH_KIB, memory)


if __name__ == "__main__":
    lib.main()
