# SPDX-License-Identifier: Apache-2.0
"""Pages: as they are made after a change, and as they are sent again while nothing changed."""
import re
import shutil

import bench
from bench import cost_share, record, session, share, side_by_side, step

numbers = {}


def one_activity(client):
    listed = client.get("/o/large/activities?size=50")
    return next(link for link in listed.page.links if re.search(r"/activities/\d+$", link))


def own_calendar(client):
    made = client.get("/o/large/calendars").submit("/calendars", "what", what="mine")
    return re.search(r"/calendar/[\w-]+\.ics", made.text).group(0)


bench.page("a list of 50", "/o/large/activities?size=50", 0.25)
bench.page("one activity", one_activity, 0.35)
bench.page("Today", "/o/large/today", 0.20)
bench.page("Readiness", "/o/large/readiness", 0.20)
bench.page("Year", "/o/large/year")
bench.page("a person's calendar", own_calendar, 0.15)


def found(path, client):
    return path if isinstance(path, str) else path(client)


def record_page(engine, name, size, target, figures):
    """By processor time, which is the rates' ratio on a machine that does nothing else. What
    PostgreSQL's own processes use is not in it, so there the rates are compared."""
    ceiling, anew, again = figures
    ratio, kept = cost_share(anew, ceiling), cost_share(again, ceiling)
    numbers[engine, name] = rate = share(anew, ceiling)
    shown, want, good = f"{ratio:.2f} of static", f"≥ {target:.2f}" if target else "", None
    if engine == "sqlite":
        good = ratio >= target if target else None
    elif ("sqlite", name) in numbers:
        ratio = rate / numbers["sqlite", name]
        shown, want = f"{ratio:.2f} of SQLite", "≥ 0.25" if target else ""
        good = ratio >= 0.25 if target else None
    else:
        want = ""
    record(f"{engine}: {name} ({size / 1024:.0f} KB), made anew",
           f"{bench.median(anew, 'cost') * 1e6:,.0f} µs, {shown}", want, good,
           f"{bench.median(anew, 'rate'):,.0f}/s, {share(anew, ceiling):.2f} of "
           f"{bench.median(ceiling, 'rate'):,.0f}/s; p50 {bench.median(anew, 'p50'):.2f} ms")
    record(f"{engine}: {name}, unchanged since",
           f"{bench.median(again, 'cost') * 1e6:,.0f} µs, {kept:.2f} of static", "", None,
           f"{bench.median(again, 'rate'):,.0f}/s, {share(again, ceiling):.2f}")
    for what, rounds in (("made anew", anew), ("unchanged since", again)):
        spread = bench.statistics.median(r["p99"] / r["p50"] for r in rounds)
        record(f"{engine}: {name}, {what}, p99 / p50", f"{spread:.1f}", "≤ 5", spread <= 5,
               f"p99 {bench.median(rounds, 'p99'):.2f} ms")


def read_pages(run, book):
    server = book.serve()
    idle = server.rss_kib() / 1024
    made_anew = book.serve(DAYBOOK_KEEP="0")
    try:
        client = session(book, server)
        for name, path, target in bench.pages:
            path = found(path, client)
            figures = side_by_side(run, (server, "/static/ceiling.html", None),
                                   (made_anew, path, client.cookies),
                                   (server, path, client.cookies))
            record_page(book.engine, name, len(client.get(path).body), target, figures)
        if book.engine == "sqlite":
            busy = max(server.rss_kib(), made_anew.rss_kib()) / 1024
            record("resident when idle", f"{idle:.1f} MB", "≤ 12 MB", idle <= 12)
            record("resident after serving all this", f"{busy:.1f} MB", "≤ 40 MB", busy <= 40)
    finally:
        server.stop()
        made_anew.stop()


@step("sqlite", 20)
def sqlite_pages(run):
    read_pages(run, run.book)


@step("postgres", 80)
def postgres_pages(run):
    read_pages(run, bench.Book("postgres").build())


@step("flat", 70)
def flatness(run):
    """The same pages with 200 and with 2,000 organisations, each made anew."""
    assert run.book  # what is copied is there
    many = bench.Book("sqlite", name="many")
    if not (bench.HOME / "many.db").exists():
        for suffix in ("", ".key"):
            shutil.copy(bench.HOME / f"daybook.db{suffix}", bench.HOME / f"many.db{suffix}")
        bench.say("adding 1,800 organisations (once)")
        many.dataset(2000, 200)
    few_server, many_server = run.book.serve(DAYBOOK_KEEP="0"), many.serve(DAYBOOK_KEEP="0")
    try:
        few, lot = session(run.book, few_server), session(many, many_server)
        for name, path, _ in bench.pages:
            a, b = side_by_side(run, (few_server, found(path, few), few.cookies),
                                (many_server, found(path, lot), lot.cookies))
            ratio = cost_share(b, a)
            record(f"2,000 organisations: {name}", f"{ratio:.2f} of 200", "0.80–1.20",
                   ratio >= 0.8, f"by rate {share(b, a):.2f}")
    finally:
        few_server.stop()
        many_server.stop()
