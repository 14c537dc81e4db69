# SPDX-License-Identifier: Apache-2.0
"""Hostile input at the door, sent as raw bytes where a client library would be too polite.
Each gets
a 4xx that names what is wrong, and the server stays up."""
import json
import socket
import time
import unittest
import urllib.parse

import lib


class Door(lib.DaybookTest):
    @classmethod
    def setUpClass(cls):
        cls.shared = lib.Installation("sqlite")
        cls.shared.init(adopt=True)
        cls.server = cls.shared.serve()
        cls.token = cls.shared.json("token", "create", "--org", "nordwind", "--name", "t",
                                    "--scope", "write", "--person", "anna@example.org")["token"]

    @classmethod
    def tearDownClass(cls):
        cls.shared.close()

    def setUp(self):
        self.book = self.shared

    def tearDown(self):
        self.assertEqual(self.server.client().get("/healthz").status, 200)

    # ---- raw ----
    def raw(self, data, timeout=10, shut=False):
        with socket.create_connection(("127.0.0.1", self.server.port),
                                      timeout * lib.PATIENCE) as s:
            answer = b""
            try:
                s.sendall(data)
                if shut:
                    s.shutdown(socket.SHUT_WR)
                while True:
                    piece = s.recv(65536)
                    if not piece:
                        return answer
                    answer += piece
            except OSError:  # refused before everything was sent
                return answer

    def get(self, target, headers=""):
        if isinstance(target, str):
            target = target.encode()
        return self.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + headers.encode() + b"\r\n")

    def status(self, answer):
        self.assertTrue(answer.startswith(b"HTTP/1.1 "), answer[:80])
        return int(answer.split()[1])

    def post(self, path, body, kind="application/x-www-form-urlencoded", more=""):
        head = (f"POST /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                f"Authorization: Bearer {self.token}\r\nContent-Type: {kind}\r\n{more}"
                f"Content-Length: {len(body)}\r\n\r\n").encode()
        answer = self.raw(head + body)
        status = self.status(answer)
        text = answer.split(b"\r\n\r\n", 1)[1].decode("utf-8")
        return status, json.loads(text)

    def names(self, answer, field, *statuses):
        status, problem = answer
        self.assertIn(status, statuses or (422,), problem)
        self.assertIn(field, [e["field"] for e in problem.get("errors", [])], problem)


SITE = "/o/nordwind/sites"
GOOD = {"name": "Hamburg", "time_zone": "Europe/Berlin"}


def form(**values):
    return urllib.parse.urlencode({**GOOD, **values}).encode()


class Forms(Door):
    def test_a_sound_form_is_taken(self):
        status, answer = self.post(SITE, form())
        self.assertEqual(status, 201, answer)

    def test_wrong_numbers(self):
        for number in ("x", "-1", "1e3", "9" * 30, "1.5", "0x10", "10000001", " 1"):
            self.names(self.post(SITE, form(head_count=number)), "head_count")

    def test_over_long_text(self):
        self.names(self.post(SITE, form(name="n" * 201)), "name")
        self.assertEqual(self.post(SITE, form(name="ü" * 200))[0], 201)

    def test_nothing_where_something_must_be(self):
        self.names(self.post(SITE, form(name="")), "name")
        self.names(self.post(SITE, form(name="   ")), "name")
        self.names(self.post(SITE, b""), "name")

    def test_bytes_that_are_not_text(self):
        for bad in (b"%00", b"a%00b", b"%ff", b"%c0%af", b"%ed%a0%80", b"%f5%80%80%80", b"%1b[2J",
                    b"%c3", b"\xff\xfe"):
            self.names(self.post(SITE, b"time_zone=UTC&name=" + bad), "name")

    def test_a_value_sent_twice(self):
        self.names(self.post(SITE, form() + b"&name=Bremen"), "name")

    def test_every_wrong_field_is_named_at_once(self):
        status, problem = self.post(SITE, form(name="", head_count="many"))
        self.assertEqual(status, 422)
        self.assertEqual({e["field"] for e in problem["errors"]}, {"name", "head_count"})

    def test_ten_thousand_fields(self):
        body = "&".join(f"field{n}=1" for n in range(10000)).encode()
        begun = time.monotonic()
        self.assertIn(self.post(SITE, body)[0], (413, 422))
        self.assertLess(time.monotonic() - begun, 2 * lib.PATIENCE)

    def test_a_name_of_a_megabyte(self):
        self.assertIn(self.post(SITE, b"a" * 900_000 + b"=1")[0], (400, 413, 422))

    def test_days_that_do_not_exist(self):
        for day in ("2027-02-30", "2027-13-01", "2027-00-10", "27-01-01", "2027-1-1", "tomorrow",
                    "2027-02-29", "9999999-01-01", "2027-02-01T00:00:00Z", "-2027-02-01"):
            answer = self.post("/o/nordwind/organisation", form(decision_date=day))
            self.names(answer, "decision_date")

    def test_a_body_that_is_too_large(self):
        status, problem = self.post(SITE, b"name=" + b"x" * (2 << 20))
        self.assertEqual(status, 413, problem)

    def test_a_file_where_none_is_expected(self):
        body = (b"--b\r\nContent-Disposition: form-data; name=\"name\"; filename=\"a\"\r\n\r\nx\r\n"
                b"--b--\r\n")
        self.assertEqual(self.post(SITE, body, "multipart/form-data; boundary=b")[0], 422)

    def test_a_multipart_body_that_is_cut_off(self):
        body = b"--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nHam"
        self.assertIn(self.post(SITE, body, "multipart/form-data; boundary=b")[0], (400, 422))

    def test_a_body_of_an_unknown_kind(self):
        self.assertEqual(self.post(SITE, b"<a/>", "text/xml")[0], 415)


class Json(Door):
    def json(self, text):
        body = text if isinstance(text, bytes) else text.encode()
        return self.post(SITE, body, "application/json")

    def test_a_sound_object_is_taken(self):
        self.assertEqual(self.json(json.dumps({**GOOD, "head_count": 12}))[0], 201)

    def test_what_is_not_json(self):
        for text in ("", "{", "[1]", "null", '"x"', "{'a': 1}", '{"a": 01}', '{"a": NaN}',
                     b'{"name": "\xff"}', '{"name": "a\\u0000b"}', '{"name": "\\ud800"}',
                     '{"a": 1} x', '{"a": 1e999}', '{"a": ' + "9" * 40 + "}"):
            status, problem = self.json(text)
            self.assertIn(status, (400, 422), (text, problem))

    def test_a_key_sent_twice(self):
        status, problem = self.json('{"name": "a", "time_zone": "UTC", "name": "b"}')
        self.assertEqual(status, 400)
        self.assertIn("name", json.dumps(problem))

    def test_deep_nesting(self):
        for depth in (2, 100, 100_000):
            text = '{"name": ' + "[" * depth + "]" * depth + "}"
            self.assertIn(self.json(text)[0], (400, 422))

    def test_types_that_do_not_fit(self):
        self.names(self.json('{"name": {"a": 1}, "time_zone": "UTC"}'), "name", 400, 422)
        self.names(self.json('{"name": "a", "time_zone": "UTC", "head_count": "12 people"}'),
                   "head_count")
        self.names(self.json('{"name": "a", "time_zone": "UTC", "head_count": 1.5}'), "head_count")


class Addresses(Door):
    def test_path_tricks_lead_nowhere(self):
        for target in ("/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/etc/passwd",
                       "/static/..%2f..%2fetc/passwd", "//etc/passwd", "/static//daybook.css",
                       "/%2e%2e/", "/static/%00", "/o/nordwind%00/today", "/o/..%5c..", "/\\",
                       "/static/daybook.css/", "/healthz/", "/o//today", "/" + "a/" * 200,
                       b"/\xff\xfe", "/o/%ff/today", "/%c0%ae%c0%ae/"):
            self.assertIn(self.status(self.get(target)), (303, 400, 404), target)

    def test_an_address_of_ten_thousand_bytes(self):
        self.assertIn(self.status(self.get("/" + "a" * 10_000)), (400, 404, 414))

    def test_headers_of_a_megabyte(self):
        answer = self.get("/", "X-A: " + "a" * (1 << 20) + "\r\n")
        self.assertTrue(answer == b"" or self.status(answer) in (400, 413, 431), answer[:80])

    def test_ids_that_are_none(self):
        client = self.server.client(self.token)
        for number in ("0", "-1", "x", "9" * 30, "1.0", "%31x"):
            answer = client.api("GET", f"/o/nordwind/sites/{number}")
            self.assertEqual(answer.status, 404, number)

    def test_a_redirect_cannot_be_split(self):
        answer = self.get("/o/nordwind/today?x=%0d%0aSet-Cookie:%20evil=1")
        head = answer.split(b"\r\n\r\n")[0]
        self.assertEqual(self.status(answer), 303)
        self.assertNotIn(b"\r\nSet-Cookie: evil", head)

    def test_a_host_that_is_none_is_not_repeated(self):
        answer = self.raw(b"GET /sign-in HTTP/1.1\r\nHost: a\"><script>\r\n"
                          b"Connection: close\r\n\r\n")
        self.assertNotIn(b"<script>", answer)

    def test_methods(self):
        client = self.server.client()
        wrong = client.request("DELETE", "/sign-in")
        self.assertEqual(wrong.status, 405)
        self.assertIn("GET", wrong.headers["allow"])
        head = client.request("HEAD", "/sign-in")
        self.assertEqual((head.status, head.body), (200, b""))
        brewed = self.raw(b"BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        self.assertIn(self.status(brewed),
                      (404, 405, 501))

    def test_garbage(self):
        for garbage in (b"\x16\x03\x01\x02\x00\x01\x00", b"\0" * 100, b"GET\r\n\r\n",
                        b"GET / HTTP/9.9\r\n\r\n", b"A" * 100_000):
            self.raw(garbage, shut=True)

    def test_two_lengths_are_refused(self):
        answer = self.raw(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"
                          b"Content-Length: 6\r\nConnection: close\r\n\r\nabcdef", shut=True)
        self.assertTrue(answer == b"" or self.status(answer) >= 400, answer[:60])


class Answers(Door):
    def test_every_page_is_safe_to_show(self):
        answer = self.server.client().get("/sign-in")
        policy = answer.headers["content-security-policy"]
        for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
                     "base-uri 'none'", "form-action 'self'"):
            self.assertIn(rule, policy)
        self.assertNotIn("unsafe", policy)
        self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
        self.assertEqual(answer.headers["referrer-policy"], "same-origin")
        self.assertEqual(answer.headers["cache-control"], "no-store")

    def test_assets_are_kept_for_ever_and_come_compressed(self):
        page = self.server.client().get("/sign-in").text
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        for coding in ("br", "gzip"):
            answer = self.server.client().request("GET", address,
                                                  headers={"Accept-Encoding": coding})
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers.get("content-encoding"), coding)
            self.assertIn("immutable", answer.headers["cache-control"])
        again = self.server.client().request(
            "GET", address, headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual((again.status, again.body), (304, b""))

    def test_the_description_of_the_api_names_every_permission(self):
        api = self.server.client().request("GET", "/api/v1/openapi.json").json()
        self.assertEqual(api["openapi"], "3.1.0")
        for path, methods in api["paths"].items():
            for operation in methods.values():
                self.assertTrue(operation["x-daybook-permission"], path)
                self.assertTrue(operation["summary"], path)

    def test_a_refused_form_comes_back_with_what_was_entered(self):
        anna = self.book.signed_in(self.server)
        page = anna.get("/o/nordwind/sites")
        answer = page.submit("/sites", name="Bre<men", head_count="many", time_zone="Europe/Berlin")
        self.assertEqual(answer.status, 422)
        self.assertIn('value="Bre&lt;men"', answer.text)
        self.assertIn('value="many"', answer.text)
        self.assertIn('aria-invalid="true"', answer.text)
        self.assertIn('id="wrong-head_count"', answer.text)

    def test_a_form_that_comes_back_twice_still_knows_its_page(self):
        anna = self.book.signed_in(self.server)
        first = anna.get("/o/nordwind/sites").submit("/sites", name="", time_zone="UTC")
        again = first.submit("/sites", name="x" * 300, time_zone="UTC")
        self.assertEqual(again.status, 422)
        self.assertIn("x" * 300, again.text)
        self.assertEqual(again.submit("/sites", name="Celle").status, 200)

    def test_a_form_without_its_token_is_refused(self):
        anna = self.book.signed_in(self.server)
        answer = anna.post("/o/nordwind/sites", GOOD, follow=False)
        self.assertEqual(answer.status, 403)

    def test_a_form_from_another_site_is_refused(self):
        anna = self.book.signed_in(self.server)
        for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            page = anna.get("/o/nordwind/sites")
            fields = dict(page.form("/sites").fields)
            answer = anna.post("/o/nordwind/sites", {**fields, **GOOD}, follow=False,
                               headers=header)
            self.assertEqual(answer.status, 403, header)


class Once(Door):
    def create(self, key, **values):
        return self.post(SITE, form(**values), more=f"Idempotency-Key: {key}\r\n")

    def count(self):
        return int(self.book.sql("SELECT count(*) FROM site")[0][0])

    def test_the_same_key_does_it_once(self):
        before = self.count()
        first = self.create("key-number-1", name="Emden")
        again = self.create("key-number-1", name="Emden")
        self.assertEqual(first[0], 201, first)
        self.assertEqual(first, again)
        self.assertEqual(self.count(), before + 1)

    def test_a_key_stands_for_one_request(self):
        self.create("key-number-2", name="Kiel")
        self.names(self.create("key-number-2", name="Lübeck"), "Idempotency-Key")

    def test_a_refused_request_does_not_use_up_its_key(self):
        self.assertEqual(self.create("key-number-3", name="")[0], 422)
        self.assertEqual(self.create("key-number-3", name="Husum")[0], 201)

    def test_a_key_that_is_none(self):
        self.names(self.create("short", name="Kiel"), "Idempotency-Key")


class Versions(Door):
    def test_a_lost_update_is_refused(self):
        client = self.server.client(self.token)
        site = client.api("POST", SITE, {"name": "Jena", "time_zone": "UTC"}).json()["id"]
        read = client.api("GET", f"{SITE}/{site}")
        tag = read.headers["etag"]
        change = {"name": "Jena 2", "time_zone": "UTC"}
        done = client.api("POST", f"{SITE}/{site}", change, headers={"If-Match": tag})
        self.assertEqual(done.status, 200, done.text)
        late = client.api("POST", f"{SITE}/{site}", change, headers={"If-Match": tag})
        self.assertEqual(late.status, 412, late.text)


class Slow(Door):
    def test_slow_clients_do_not_keep_others_waiting(self):
        slow = []
        for _ in range(50):
            s = socket.create_connection(("127.0.0.1", self.server.port))
            s.sendall(b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Le")
            slow.append(s)
        begun = time.monotonic()
        self.assertEqual(self.server.client().get("/sign-in").status, 200)
        self.assertLess(time.monotonic() - begun, lib.PATIENCE)
        for s in slow:
            s.close()

    def test_a_header_that_drips_is_cut_off(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as s:
            s.settimeout(1)
            begun = time.monotonic()
            s.sendall(b"GET /sign-in HTTP/1.1\r\nX-Slow: ")
            while time.monotonic() - begun < 45:
                try:
                    s.sendall(b"a")
                    if s.recv(100) == b"":
                        break
                except socket.timeout:
                    continue
                except OSError:
                    break
            self.assertLess(time.monotonic() - begun, 40)


del Door  # its tests are those of the classes above
if __name__ == "__main__":
    lib.main()
