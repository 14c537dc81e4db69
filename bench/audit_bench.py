# SPDX-License-Identifier: Apache-2.0
"""One audit: saving an item of its checklist, and the report of a large one."""
import statistics
import time

import bench
from bench import record, step
from ledger_bench import PEOPLE, in_turn

REPORT_MS = 50


@step("audit", 35)
def audit(run):
    """300 items and 200 files in the large organisation: each item saved durably; then the report
    page of the concluded audit, made anew each time."""
    for people in (1, PEOPLE):
        book, said = in_turn(run, "audit", "audit", people, "saving an item of a checklist")
    number = said.split()[-1]
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
