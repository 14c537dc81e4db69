# SPDX-License-Identifier: Apache-2.0
"""Registers coming in: 10,000 risks, on both engines."""
import json
import statistics
import time

import bench
from bench import record, step


def risks():
    path = bench.HOME / "risks.csv"
    with open(path, "w", encoding="utf-8") as out:
        out.write("Risk ID,Risk Title,Description,Likelihood,Impact,Owner,Status\n")
        for i in range(10000):
            out.write(f"N-{i:05},New risk {i},\"What may happen, and why\",{1 + i % 5},"
                      f"{1 + i // 5 % 5},Risk Owner {i % 40},Open\n")
    return path


def once(book, org):
    start = time.monotonic()
    done = book.daybook("import", "--org", org, risks(), "--json")
    seconds = time.monotonic() - start
    return seconds, json.loads(done.stdout)["files"][0]["created"]


@step("import", 50)
def importing(run):
    times = []
    for _ in range(3):
        seconds, created = once(bench.fresh_book("import"), "import")
        times.append(seconds)
    middle = statistics.median(times)
    record("import of 10,000 risks", f"{middle:.2f} s", "≤ 2 s", middle <= 2 and created == 10000,
           f"{created} created, median of {len(times)}")


@step("import-postgres", 81)
def importing_on_postgres(run):
    book = bench.Book("postgres", name="import")
    book.daybook("init", "--org", "import", "--name", "Import", "--admin", "a@example.org",
                 "--decision-date", "2026-11-20")
    seconds, created = once(book, "import")
    record("import of 10,000 risks on PostgreSQL", f"{seconds:.2f} s", "", None,
           f"{created} created")
