# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: a fresh database on either engine, the real program, a real server,
and a client that reads pages as a browser without script does. See tests/README.md."""

import atexit
import contextlib
import html.parser
import http.client
import http.cookies
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("DAYBOOK_BUILD", ROOT / "build"))
PROGRAM = BUILD / "daybook"
ARTIFACTS = ROOT / "tests" / "artifacts"
os.environ["LC_ALL"] = "C.UTF-8"  # the command line speaks English here
ENGINES = tuple(os.environ.get("DAYBOOK_ENGINES", "sqlite postgres").split())
# A program built with a sanitizer takes longer: what a test waits for, or allows, is multiplied.
PATIENCE = float(os.environ.get("DAYBOOK_TEST_PATIENCE", "1"))
NOW = "2026-06-15T09:00:00Z"  # the day most tests live on; each may set its own
DECISION = "2025-11-20"


# ---- PostgreSQL: a private cluster, started once, thrown away at the end ----

def _postgres_bin():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"),
                   key=lambda p: int(p.parent.parent.name))
    if not found:
        raise RuntimeError("PostgreSQL is not installed (see tools/packages.txt)")
    return found[-1].parent


class Postgres:
    """A cluster of its own: unix socket in a temporary folder plus a loopback port. The owner of a
    database and the application's user are different roles, neither a superuser."""

    def __init__(self, folder=None):
        self.bin = _postgres_bin()
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="daybook-pg-", dir="/tmp"))
        self.port = free_port()
        self.data = self.folder / "data"
        self.counter = itertools.count(1)
        self._as_user = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres")
            self._as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        os.chmod(self.folder, 0o755)

    def _run(self, *command):
        done = subprocess.run([*self._as_user, *map(str, command)], cwd="/", text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stdout}")

    def create(self):
        self._run(self.bin / "initdb", "-D", self.data, "-U", "root_of_tests", "-A", "trust",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as extra:
            extra.write(f"listen_addresses='127.0.0.1'\nport={self.port}\n"
                        f"unix_socket_directories='{self.folder}'\nmax_connections=120\n"
                        "shared_buffers=128MB\nfsync=off\nfull_page_writes=off\n"
                        "autovacuum=on\nlogging_collector=off\n")
        os.chmod(extra.name, 0o644)
        self._run("cp", extra.name, self.data / "daybook.conf")
        os.unlink(extra.name)
        self._run("sh", "-c", f"echo \"include 'daybook.conf'\" >> {self.data}/postgresql.conf")
        self.start()
        self.sql("CREATE ROLE daybook_owner LOGIN; CREATE ROLE daybook_app LOGIN")
        return self

    def start(self):
        self._run(self.bin / "pg_ctl", "-D", self.data, "-w", "-t", "30", "-s",
                  "-l", self.folder / "log", "start")

    def stop(self, mode="fast"):
        self._run(self.bin / "pg_ctl", "-D", self.data, "-w", "-s", "-m", mode, "stop")

    def destroy(self):
        with contextlib.suppress(RuntimeError):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database, user="daybook_app"):
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def sql(self, statement, database="postgres", user="root_of_tests"):
        """Runs SQL through psql; rows come back as lists of text."""
        done = subprocess.run([self.bin / "psql", "-XqAt", "-F", "\x1f", "-v", "ON_ERROR_STOP=1",
                               "-d", self.url(database, user), "-c", statement],
                              text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    def database(self):
        name = f"t{os.getpid()}_{next(self.counter)}"
        self.sql(f"CREATE DATABASE {name} OWNER daybook_owner TEMPLATE template0")
        return name


_postgres = None


def postgres():
    """The cluster of this run: tests/run starts one for all; a suite alone starts its own."""
    global _postgres
    if _postgres is None:
        shared = os.environ.get("DAYBOOK_TEST_POSTGRES")  # folder:port
        if shared:
            folder, port = shared.rsplit(":", 1)
            _postgres = Postgres(folder)
            _postgres.port = int(port)
        else:
            _postgres = Postgres().create()
            atexit.register(_postgres.destroy)
    return _postgres


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- a client that reads pages the way a browser without script does ----

class Form:
    def __init__(self, attributes):
        self.action = attributes.get("action") or ""
        self.method = (attributes.get("method") or "get").upper()
        self.enctype = attributes.get("enctype") or "application/x-www-form-urlencoded"
        self.id = attributes.get("id")
        self.fields = []   # (name, value) as a browser would send them
        self.names = set()
        self.buttons = []  # (name, value, text)

    def has(self, *names):
        return all(n in self.names for n in names)


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.text, self.heading = [], [], [], []
        self.title = ""
        self._form = self._select = self._area = self._button = None
        self._inside = []

    def handle_starttag(self, tag, attrs):
        a = {k: (v if v is not None else "") for k, v in attrs}
        if tag == "form":
            self._form = Form(a)
            self.forms.append(self._form)
        elif tag == "a" and "href" in a:
            self.links.append(a["href"])
        elif tag == "input":
            self._input(a)
        elif tag == "select":
            self._select = (a.get("name"), [], a, self._owner(a))
        elif tag == "option" and self._select:
            self._select[1].append((a.get("value"), "selected" in a))
        elif tag == "textarea":
            self._area = (a.get("name"), [], self._owner(a))
        elif tag == "button" and self._owner(a):
            self._button = [a.get("name"), a.get("value", ""), ""]
            self._owner(a).buttons.append(self._button)
        if tag in ("title", "h1", "script", "style"):
            self._inside.append(tag)

    def _owner(self, a):
        if "form" in a:
            return next((f for f in self.forms if f.id == a["form"]), self._form)
        return self._form

    def _input(self, a):
        form, name, kind = self._owner(a), a.get("name"), a.get("type", "text")
        if form is None or not name or "disabled" in a:
            return
        form.names.add(name)
        if kind in ("submit", "image", "button", "reset", "file"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in a:
                form.fields.append((name, a.get("value", "on")))
            return
        form.fields.append((name, a.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            name, options, _, form = self._select
            chosen = [v for v, s in options if s] or [v for v, _ in options[:1]]
            if form is not None and name:
                form.names.add(name)
                form.fields += [(name, v or "") for v in chosen[:1]]
            self._select = None
        elif tag == "textarea" and self._area:
            name, parts, form = self._area
            if form is not None and name:
                form.names.add(name)
                form.fields.append((name, "".join(parts).lstrip("\n")))
            self._area = None
        elif tag == "button":
            self._button = None
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if self._area:
            self._area[1].append(data)
        if self._button is not None:
            self._button[2] += data
        inside = self._inside[-1] if self._inside else None
        if inside == "title":
            self.title += data
        elif inside == "h1":
            self.heading.append(data)
        if inside not in ("script", "style", "title"):
            self.text.append(data)


class Answer:
    """One HTTP answer; pages also know their forms, links and text."""

    def __init__(self, client, method, path, status, headers, body):
        self.client, self.method, self.path = client, method, path
        self.status, self.headers, self.body = status, headers, body
        self._reader = None

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.body)

    @property
    def page(self):
        if self._reader is None:
            self._reader = _Reader()
            self._reader.feed(self.text)
        return self._reader

    @property
    def words(self):
        """What a reader sees: the text without tags, white space folded."""
        return " ".join(" ".join(self.page.text).split())

    @property
    def location(self):
        return self.headers.get("location")

    def form(self, action=None, *names):
        """The first form whose action contains `action` and that has all the fields `names`."""
        for form in self.page.forms:
            if (action is None or action in (form.action or self.path)) and form.has(*names):
                return form
        raise AssertionError(f"{self.path}: no form {action!r} with {names}; there are "
                             f"{[(f.method, f.action, sorted(f.names)) for f in self.page.forms]}")

    def submit(self, action=None, *names, follow=True, files=(), **values):
        """Fills in a form of this page and sends it. A field given as None is not sent; a list is
        sent once per element; a trailing underscore is dropped (from_ → from)."""
        form = self.form(action, *names)
        values = {k.rstrip("_"): v for k, v in values.items()}
        fields = [(k, v) for k, v in form.fields if k not in values]
        for k, v in values.items():
            if v is not None:
                fields += [(k, str(x)) for x in (v if isinstance(v, (list, tuple)) else [v])]
        target = urllib.parse.urljoin(self.path, form.action) if form.action else self.path
        if form.method == "GET":
            target = target.split("?")[0] + "?" + urllib.parse.urlencode(fields)
            return self.client.get(target, follow=follow)
        came_from = {"Referer": self.client.server.url + self.path}
        if files or "multipart" in form.enctype:
            return self.client.upload(target, fields, files, follow=follow, headers=came_from)
        return self.client.post(target, fields, follow=follow, headers=came_from)

    def follow(self, limit=8):
        answer = self
        while answer.status in (301, 302, 303, 307, 308) and limit:
            limit -= 1
            answer = self.client.get(answer.location, follow=False)
        return answer

    def __repr__(self):
        return f"<{self.method} {self.path} → {self.status}: {self.words[:300] or self.body[:300]}>"


class Client:
    """A browser without script: keeps cookies, follows redirects, sends what forms say.
    With a token it is a program that talks to the API."""

    def __init__(self, server, token=None):
        self.server, self.token, self.cookies = server, token, {}

    def request(self, method, path, body=None, headers=None, follow=False, timeout=30):
        parts = urllib.parse.urlsplit(path)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        send = {"Accept": "text/html", "Host": self.server.host, "User-Agent": "daybook-tests"}
        if self.token:
            send["Authorization"] = "Bearer " + self.token
        if self.cookies:
            send["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        send.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port,
                                                timeout=timeout * PATIENCE)
        try:
            connection.request(method, target, body, send)
            reply = connection.getresponse()
            data = reply.read()
        finally:
            connection.close()
        for value in reply.headers.get_all("set-cookie") or []:
            self._keep(value)
        lower = {k.lower(): v for k, v in reply.headers.items()}
        answer = Answer(self, method, target, reply.status, lower, data)
        return answer.follow() if follow else answer

    def _keep(self, header):
        jar = http.cookies.SimpleCookie()
        jar.load(header)
        for name, morsel in jar.items():
            if morsel["max-age"] == "0" or morsel.value == "":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value

    def get(self, path, follow=True, **headers):
        return self.request("GET", path, follow=follow,
                            headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, fields=(), follow=True, headers=None):
        fields = list(fields.items()) if isinstance(fields, dict) else list(fields)
        return self.request("POST", path, urllib.parse.urlencode(fields), follow=follow, headers={
            "Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.url,
            **(headers or {})})

    def upload(self, path, fields=(), files=(), follow=True, headers=None):
        """files: (field, file name, bytes) or (field, file name, bytes, media type)."""
        fields = list(fields.items()) if isinstance(fields, dict) else list(fields)
        edge = "edge-" + uuid.uuid4().hex
        body = b""
        for name, value in fields:
            body += (f"--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"
                     f"{value}\r\n").encode()
        for field, name, data, *kind in files:
            body += (f"--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"; "
                     f"filename=\"{name}\"\r\nContent-Type: "
                     f"{kind[0] if kind else 'application/octet-stream'}\r\n\r\n").encode()
            body += data + b"\r\n"
        body += f"--{edge}--\r\n".encode()
        return self.request("POST", path, body, follow=follow, headers={
            "Content-Type": f"multipart/form-data; boundary={edge}", "Origin": self.server.url,
            **(headers or {})})

    def api(self, method, path, data=None, headers=None):
        """Asks the API (path without /api/v1 gets it) with a JSON body."""
        if not path.startswith("/api/"):
            path = "/api/v1" + path
        send = {"Accept": "application/json", **(headers or {})}
        body = None
        if data is not None:
            body, send["Content-Type"] = json.dumps(data), "application/json"
        return self.request(method, path, body, send)

    def sign_in(self, email, password):
        answer = self.get("/sign-in").submit(None, "email", "password", email=email,
                                              password=password, follow=False)
        assert answer.status == 303 and self.cookies, f"not signed in: {answer}"
        return answer


class Server:
    """`daybook serve` on a loopback port of its own."""

    command = "serve"

    def __init__(self, env, *arguments, log=None, wrapper=(), port=None):
        self.port = port or free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        self.log_path = log
        self._log = open(log, "ab") if log else subprocess.DEVNULL
        self.process = subprocess.Popen(
            [*wrapper, str(PROGRAM), self.command, "--listen", self.host, *arguments],
            env=env, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)

    def wait(self, seconds=15):
        """Until it answers; raises with its log when it does not."""
        end = time.monotonic() + seconds * PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"serve ended with {self.process.returncode}: {self.log()}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
                connection.request("GET", "/healthz")
                status = connection.getresponse().status
                connection.close()
                if status == 200:
                    return self
            time.sleep(0.01)
        raise AssertionError(f"serve did not answer within {seconds} s: {self.log()}")

    def client(self, token=None):
        return Client(self, token)

    def rss_kib(self, of="VmRSS"):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(f"{of}:"):
                return int(line.split()[1])
        return 0

    def log(self):
        return pathlib.Path(self.log_path).read_text("utf-8", "replace") if self.log_path else ""

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self, seconds=10):
        """Asks politely (SIGTERM); returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds * PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("serve did not stop on SIGTERM") from None
        if self.log_path and not self._log.closed:
            self._log.close()
        return self.process.returncode


class Ran:
    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        said = self.out[-2000:] + self.err[-2000:]
        return f"<daybook {' '.join(self.arguments)} → {self.code}\n{said}>"


class Installation:
    """One Daybook: a fresh database on an engine, an evidence folder, a fixed clock."""

    def __init__(self, engine, now=NOW):
        self.engine, self.now = engine, now
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-test-"))
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("DAYBOOK_")}
        self.env.update(LC_ALL="C.UTF-8", TZ="UTC")
        self.env["DAYBOOK_EVIDENCE"] = str(self.folder / "evidence")
        if engine == "sqlite":
            self.database = self.folder / "daybook.db"
            self.env["DAYBOOK_DB"] = f"sqlite:{self.database}"
        else:
            self.database = postgres().database()
            self.env["DAYBOOK_DB"] = postgres().url(self.database)
            self.env["DAYBOOK_DB_OWNER"] = postgres().url(self.database, "daybook_owner")
        self.servers = []

    def environment(self, now=None, **more):
        env = dict(self.env)
        if now or self.now:
            env["DAYBOOK_NOW"] = now or self.now
        env.update({k: str(v) for k, v in more.items()})
        return env

    def run(self, *arguments, now=None, stdin=None, timeout=120, env=None):
        """Runs the program; never raises on a failing exit status."""
        arguments = [str(a) for a in arguments]
        done = subprocess.run([str(PROGRAM), *arguments], input=stdin, text=True, encoding="utf-8",
                              timeout=timeout * PATIENCE, capture_output=True, check=False,
                              env=self.environment(now, **(env or {})))
        return Ran(arguments, done.returncode, done.stdout, done.stderr)

    def ok(self, *arguments, **options):
        ran = self.run(*arguments, **options)
        if ran.code != 0:
            raise AssertionError(repr(ran))
        return ran

    def json(self, *arguments, **options):
        return self.ok(*arguments, "--json", **options).json()

    def init(self, org="nordwind", name="Nordwind Logistics GmbH", admin="anna@example.org",
             decision=DECISION, zone="Europe/Berlin", facts=None, adopt=False, now=None):
        """Creates an organisation (facts: a dict for --facts); with adopt=True its programme too"""
        more = []
        if facts is not None:
            path = self.folder / f"facts-{org}.json"
            path.write_text(json.dumps(facts), "utf-8")
            more = ["--facts", path]
        ran = self.ok("init", "--org", org, "--name", name, "--admin", admin, "--decision-date",
                      decision, "--time-zone", zone, *more, now=now)
        if adopt:
            self.ok("plan", "--org", org, "--adopt", now=now)
        return ran

    def password(self, server, email="anna@example.org", password="correct horse battery"):
        """Sets a person's password as they would: by the one-time link the command line prints."""
        link = re.search(r"/password/\S+", self.ok("user", "reset", email,
                                                     env={"DAYBOOK_SMTP": ""}).out)
        if not link:
            raise AssertionError("user reset printed no link")
        page = server.client().get(link.group(0))
        answer = page.submit(None, "password", "again", password=password, again=password,
                             follow=False)
        if answer.status != 303:
            raise AssertionError(f"the password was not taken: {answer}")
        return password

    def signed_in(self, server, email="anna@example.org"):
        """A browser in which this person has signed in."""
        client = server.client()
        client.sign_in(email, self.password(server, email))
        return client

    def add_person(self, email, role="employee", org="nordwind", name=None):
        name = name or email.split("@")[0].title()
        return self.ok("user", "add", email, "--org", org, "--role", role, "--name", name)

    def serve(self, *arguments, now=None, wait=True, wrapper=(), **env):
        server = Server(self.environment(now, **env), *arguments, wrapper=wrapper,
                        log=str(self.folder / "serve.log"))
        self.servers.append(server)
        return server.wait() if wait else server

    def sql(self, statement):
        """Looks straight into the database (as its owner), for what no page shows: text rows."""
        if self.engine == "postgres":
            return postgres().sql(statement, self.database, "root_of_tests")
        import sqlite3
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as db:
            rows = [["" if v is None else str(v) for v in row] for row in db.execute(statement)]
            db.commit()
            return rows

    def close(self):
        for server in self.servers:
            with contextlib.suppress(AssertionError):
                server.stop()
        if self.engine == "postgres":
            with contextlib.suppress(RuntimeError):
                postgres().sql(f"DROP DATABASE {self.database} WITH (FORCE)")
        shutil.rmtree(self.folder, ignore_errors=True)


class DaybookTest(unittest.TestCase):
    """self.book is a fresh Installation per test on this class's engine."""

    engine = "sqlite"
    now = NOW

    def setUp(self):
        self.book = Installation(self.engine, self.now)
        self.addCleanup(self.book.close)

    def refused(self, ran, code=2):
        self.assertEqual(ran.code, code, repr(ran))
        return ran


def both_engines(case):
    """Class decorator: the suite runs once on SQLite and once on PostgreSQL."""
    module = sys.modules[case.__module__]
    for engine in ENGINES:
        name = f"{case.__name__}_{engine}"
        made = type(name, (case,), {"engine": engine, "__module__": case.__module__})
        setattr(module, name, made)
    return type(case.__name__, (), {})  # the name stays, without tests of its own


def main():
    """`python3 tests/diary_test.py [-v] [Class.test]` runs one suite by itself."""
    unittest.main(module="__main__", verbosity=2)
