# SPDX-License-Identifier: Apache-2.0
"""One audit: saving an item of its checklist, and the report of a large one."""
import shutil
import statistics
import time

import bench
from bench import HOME, record, step

REPORT_MS = 50


@step("audit", 35)
def audit(run):
    """300 items and 200 files in the large organisation: each item saved durably, against bare
    commits before and after; then the report page of the concluded audit, made anew."""
    book = bench.Book("sqlite", name="audit")
    assert run.book  # what is copied is there
    for suffix in ("", ".key"):
        shutil.copy(HOME / f"daybook.db{suffix}", HOME / f"audit.db{suffix}")
    for old in HOME.glob("commits.db*"):
        old.unlink()
    before = bench.bare("commits", HOME / "commits.db", run.long)
    rate, number = book.dataset("audit", run.long).split()[-2:]
    yard = (before + bench.bare("commits", HOME / "commits.db", run.long)) / 2
    part = float(rate) / yard
    record("saving an item of a checklist (durable)", f"{float(rate):.0f}/s, {part:.2f} of bare "
           "commits", "≥ 0.60", part >= 0.6, f"bare SQLite {yard:.0f}/s")
    server = book.serve(DAYBOOK_KEEP="0")
    try:
        client = bench.session(book, server)
        times = []
        for _ in range(20 if run.long == 1 else 60):
            start = time.monotonic()
            page = client.get(f"/o/large/audits/{number}/report")
            times.append((time.monotonic() - start) * 1000)
            assert page.status == 200
        shown = statistics.median(times)
        record(f"report of 300 items, 200 files ({len(page.body) / 1024:.0f} KB), made anew",
               f"{shown:.1f} ms", f"≤ {REPORT_MS} ms", shown <= REPORT_MS,
               f"slowest {max(times):.1f} ms, from the client")
    finally:
        server.stop()
