# SPDX-License-Identifier: Apache-2.0
"""What a measurement stands on: the table, the data set, a server on it, wrk. See README.md."""
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import lib  # noqa: E402

HOME = lib.BUILD / "bench"
NOW = "2027-05-20T09:00:00Z"
CONNECTIONS = 32
rows, steps, pages = [], {}, []


def say(text):
    print(text, file=sys.stderr, flush=True)


def record(what, measured, target="", good=None, note=""):
    """One line of the table. good: None when there is no target."""
    rows.append((what, measured, target, "" if good is None else "pass" if good else "MISS", note))
    say(f"  {what}: {measured} {rows[-1][3]}")


def step(word, place=50):
    """Declares a part of the table: `bench/run WORD` runs it alone; smaller places come first."""
    def declare(function):
        steps[word] = (place, function)
        return function
    return declare


def page(name, path, target=None):
    """Declares a page that is measured on both engines. path: a text, or a function of a signed-in
    client that finds it. target: the least share of the static page, None if there is none."""
    pages.append((name, path, target))


class Run:
    """What a step is given: the kept data set on SQLite, and how long to measure."""

    def __init__(self, quick):
        self.rounds, self.seconds = (2, 1) if quick else (5, 1)
        self.long = 1 if quick else 5
        self._book = self._postgres = None

    @property
    def book(self):
        """Built when a step first asks for it."""
        if self._book is None:
            self._book = Book("sqlite").build()
        return self._book


    @property
    def postgres(self):
        if self._postgres is None:
            self._postgres = Book("postgres").build()
        return self._postgres


# ---- the data set ----

class Book:
    """The kept database on one engine, or another one beside it."""

    def __init__(self, engine, small=200, name="daybook", like="template0"):
        self.engine, self.small = engine, small
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("DAYBOOK_")}
        self.env.update(DAYBOOK_NOW=NOW, DAYBOOK_EVIDENCE=str(HOME / f"{engine}-evidence"))
        if engine == "sqlite":
            self.env["DAYBOOK_DB"] = f"sqlite:{HOME}/{name}.db"
        else:
            self.cluster = lib.postgres()
            self.database = f"bench_{name}"
            self.cluster.sql(f"CREATE DATABASE {self.database} OWNER daybook_owner "
                             f"TEMPLATE {like}")
            self.env["DAYBOOK_DB"] = self.cluster.url(self.database)
            self.env["DAYBOOK_DB_OWNER"] = self.cluster.url(self.database, "daybook_owner")

    def stamp(self):
        files = [*sorted((ROOT / "schema").glob("*.sql")), ROOT / "bench" / "dataset.c"]
        return str([(p.name, p.stat().st_size) for p in files])

    def build(self):
        done = HOME / "sqlite.stamp"
        if self.engine == "sqlite":
            if done.exists() and done.read_text() == self.stamp():
                return self
            for old in [*HOME.glob("daybook.db*"), *HOME.glob("many.db*"),
                        HOME / "sqlite-evidence"]:
                shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        say(f"building the data set on {self.engine} (once; half a minute and more)")
        self.dataset(self.small)
        if self.engine == "sqlite":
            done.write_text(self.stamp())
        else:
            self.cluster.sql("VACUUM ANALYZE", self.database)
        return self

    def dataset(self, *arguments):
        return subprocess.run([HOME / "dataset", *map(str, arguments)], env=self.env, check=True,
                              text=True, capture_output=True).stdout

    def daybook(self, *arguments, check=True, **options):
        return subprocess.run([lib.PROGRAM, *map(str, arguments)], env=self.env, text=True,
                              capture_output=True, check=check, **options)

    def serve(self, **env):
        start = time.monotonic()
        server = lib.Server({**self.env, **env}, log=str(HOME / f"{self.engine}.log"))
        server.wait(30)
        server.ready_ms = (time.monotonic() - start) * 1000
        server.beside = self.cluster_seconds if self.engine == "postgres" else None
        return server

    def cluster_seconds(self):
        """What PostgreSQL's processes have used; the first knows what ended ones did."""
        first = (self.cluster.data / "postmaster.pid").read_text().split()[0]
        children = pathlib.Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return ticks(first, 15) + sum(ticks(child, 13) for child in children)


def copied_book(run, name):
    """The data set once more, to be changed."""
    assert run.book  # what is copied is there
    for old in HOME.glob(f"{name}.db*"):
        old.unlink()
    for suffix in ("", ".key"):
        shutil.copy(HOME / f"daybook.db{suffix}", HOME / f"{name}.db{suffix}")
    return Book("sqlite", name=name)


def fresh_book(name):
    """An empty SQLite database of its own, with an organisation of the same name."""
    book = Book("sqlite", name=name)
    book.env["DAYBOOK_EVIDENCE"] = str(HOME / f"{name}-evidence")
    for old in [*HOME.glob(f"{name}.db*"), HOME / f"{name}-evidence"]:
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    book.daybook("init", "--org", name, "--name", name.title(), "--admin", "a@example.org",
                 "--decision-date", "2026-11-20")
    return book


def session(book, server, email="person3@large.example", org="large"):
    """A client in which a security manager has signed in."""
    book.daybook("user", "add", email, "--org", org, "--role", "security_manager", check=False)
    link = re.search(r"/password/\S+", book.daybook("user", "reset", email).stdout).group(0)
    client = server.client()
    words = "correct horse battery"
    client.get(link).submit(None, "password", "again", password=words, again=words)
    client.cookies.clear()
    client.sign_in(email, words)
    return client


# ---- measuring ----

def bare(*arguments):
    """What the machine does without Daybook: bench/bare.c."""
    return float(subprocess.run([HOME / "bare", *map(str, arguments)], check=True, text=True,
                                capture_output=True).stdout)


def ticks(process, until):
    """Seconds of its own, with until=15 of its ended children as well; 0 if it is gone."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return 0
    return sum(int(n) for n in fields[11:until]) / os.sysconf("SC_CLK_TCK")


def cpu_seconds(server):
    """What a server, its database's processes and the programs that asked it have used so far."""
    asked = resource.getrusage(resource.RUSAGE_CHILDREN)
    beside = server.beside() if getattr(server, "beside", None) else 0
    return ticks(server.process.pid, 13) + beside + asked.ru_utime + asked.ru_stime


def wrk(server, path, seconds=1, cookies=None):
    """Rate, latencies, and the processor time of server and client for one request."""
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    if cookies:
        command += ["-H", "Cookie: " + "; ".join(f"{k}={v}" for k, v in cookies.items())]
    before = cpu_seconds(server)
    out = subprocess.run([*command, server.url + path], text=True, capture_output=True,
                         check=True).stdout
    used = cpu_seconds(server) - before
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    if wrong:
        raise SystemExit(f"{path}: {wrong.group(0)}")

    def ms(name):
        value, unit = re.search(rf"{name}%\s+([\d.]+)(us|ms|s)", out).groups()
        return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]

    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
            "cost": used / int(re.search(r"(\d+) requests in", out).group(1)),
            "p50": ms("50"), "p99": ms("99")}


def side_by_side(run, *what):
    """Measures each (server, path, cookies) in turn, several rounds: one list of figures for each.
    Whatever else the machine does meanwhile touches all of them alike."""
    figures = [[] for _ in what]
    for server, path, cookies in what:
        wrk(server, path, 1, cookies)  # warm
    for _ in range(run.rounds):
        for (server, path, cookies), into in zip(what, figures):
            into.append(wrk(server, path, run.seconds, cookies))
    return figures


def share(part, whole, key="rate"):
    """The median of the rounds' ratios."""
    return statistics.median(a[key] / b[key] for a, b in zip(part, whole))


def cost_share(part, whole):
    """The same ratio by processor time: what the rates would say if nobody else used the machine,
    which is busy with nothing but this when both programs have all of it."""
    return median(whole, "cost") / median(part, "cost")


def median(figures, key):
    return statistics.median(f[key] for f in figures)


def table():
    widths = [max(len(str(r[i])) for r in rows) for i in range(5)]
    for row in [("What", "Measured", "Target", "", ""), *rows]:
        print("  ".join(str(v).ljust(w) for v, w in zip(row, widths)).rstrip())
    missed = sum(r[3] == "MISS" for r in rows)
    print(f"\n{sum(r[3] == 'pass' for r in rows)} targets met, {missed} missed")
    return missed
