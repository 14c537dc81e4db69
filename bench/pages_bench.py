# SPDX-License-Identifier: Apache-2.0
"""Pages, three ways: made with nothing kept (DAYBOOK_KEEP=0); made anew from rows that were read
before (DAYBOOK_KEEP=rows), as the first view after a change somewhere is; and sent again as they
were made while nothing changed."""
import re
import shutil

import bench
from bench import cost_share, record, session, share, side_by_side, step


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


def asks(server, path, client):
    """A calendar program has no cookies."""
    path = path if isinstance(path, str) else path(client)
    return server, path, None if path.startswith("/calendar/") else client.cookies


WAYS = (("nothing kept", "0"), ("first view after a change", "rows"), ("unchanged since", ""))


def record_page(name, size, target, ceiling, ways):
    """By processor time, which is the rates' ratio on a machine that does nothing else."""
    for (way, _), figures in zip(WAYS, ways):
        ratio, rate = cost_share(figures, ceiling), share(figures, ceiling)
        least = None if way == "nothing kept" else target
        record(f"{name} ({size / 1024:.0f} KB), {way}",
               f"{bench.median(figures, 'cost') * 1e6:,.0f} µs, {ratio:.2f} of static",
               f"≥ {least:.2f}" if least else "", ratio >= least if least else None,
               f"{bench.median(figures, 'rate'):,.0f}/s, {rate:.2f} of "
               f"{bench.median(ceiling, 'rate'):,.0f}/s; p50 {bench.median(figures, 'p50'):.2f} ms")
    record_spread(name, ways)


def record_spread(name, ways):
    for (way, _), figures in zip(WAYS, ways):
        spread = bench.statistics.median(r["p99"] / r["p50"] for r in figures)
        record(f"{name}, {way}, p99 / p50", f"{spread:.1f}", "≤ 5", spread <= 5,
               f"p99 {bench.median(figures, 'p99'):.2f} ms")


def serve_ways(book):
    return [book.serve(**({"DAYBOOK_KEEP": keep} if keep else {})) for _, keep in WAYS]


@step("sqlite", 20)
def sqlite_pages(run):
    book = run.book
    servers = serve_ways(book)
    idle = servers[-1].rss_kib() / 1024
    try:
        client = session(book, servers[-1])
        for name, path, target in bench.pages:
            asked = [asks(s, path, client) for s in servers]
            ceiling, *ways = side_by_side(run, (servers[-1], "/static/ceiling.html", None), *asked)
            record_page(name, len(client.get(asked[0][1]).body), target, ceiling, ways)
        busy = max(s.rss_kib() for s in servers) / 1024
        record("resident when idle", f"{idle:.1f} MB", "≤ 12 MB", idle <= 12)
        record("resident after serving all this", f"{busy:.1f} MB", "≤ 40 MB", busy <= 40)
    finally:
        for server in servers:
            server.stop()


@step("postgres", 80)
def postgres_pages(run):
    """Each page on PostgreSQL and on SQLite in turn. PostgreSQL's processes count as the server."""
    servers = [*serve_ways(run.postgres), *serve_ways(run.book)]
    try:
        clients = [session(run.postgres, servers[0]), session(run.book, servers[-1])]
        for name, path, target in bench.pages:
            asked = zip(servers, 3 * clients[:1] + 3 * clients[1:])
            figures = side_by_side(run, *(asks(s, path, c) for s, c in asked))
            for (way, _), here, there in zip(WAYS, figures, figures[3:]):
                ratio = cost_share(here, there)
                aimed = target and way != "nothing kept"
                record(f"PostgreSQL: {name}, {way}",
                       f"{bench.median(here, 'cost') * 1e6:,.0f} µs, {ratio:.2f} of SQLite",
                       "≥ 0.25" if aimed else "", ratio >= 0.25 if aimed else None,
                       f"by rate {share(here, there):.2f}: {bench.median(here, 'rate'):,.0f}/s of "
                       f"{bench.median(there, 'rate'):,.0f}/s")
            record_spread(f"PostgreSQL: {name}", figures[:3])
    finally:
        for server in servers:
            server.stop()


def flatness(run, few, many, engine):
    """The same pages with 200 and with 2,000 organisations, each made anew."""
    few_server, many_server = (b.serve(DAYBOOK_KEEP="rows") for b in (few, many))
    try:
        one, lot = session(few, few_server), session(many, many_server)
        for name, path, _ in bench.pages:
            a, b = side_by_side(run, asks(few_server, path, one), asks(many_server, path, lot))
            ratio = cost_share(b, a)
            record(f"2,000 organisations, {engine}: {name}", f"{ratio:.2f} of 200", "0.80–1.20",
                   ratio >= 0.8, f"by rate {share(b, a):.2f}")
    finally:
        few_server.stop()
        many_server.stop()


@step("flat", 70)
def flat_on_sqlite(run):
    assert run.book  # what is copied is there
    many = bench.Book("sqlite", name="many")
    if not (bench.HOME / "many.db").exists():
        for suffix in ("", ".key"):
            shutil.copy(bench.HOME / f"daybook.db{suffix}", bench.HOME / f"many.db{suffix}")
        bench.say("adding 1,800 organisations (once)")
        many.dataset(2000, 200)
    flatness(run, run.book, many, "SQLite")


@step("flat-postgres", 85)
def flat_on_postgres(run):
    many = bench.Book("postgres", name="many", like=run.postgres.database)
    bench.say("adding 1,800 organisations")
    many.dataset(2000, 200)
    many.cluster.sql("VACUUM ANALYZE", many.database)
    flatness(run, run.postgres, many, "PostgreSQL")
