# SPDX-License-Identifier: Apache-2.0
"""Durable changes against bare commits; verify against bare SHA-256."""
import os
import re
import shutil
import statistics
import time

import bench
from bench import HOME, record, step


@step("write", 30)
def writes(run):
    """Concludes prepared activities, one after another, against bare commits before and after."""
    book = bench.Book("sqlite", name="write")
    assert run.book  # what is copied is there
    shares, rates, yards = [], [], []
    for _ in range(1 if run.long == 1 else 3):
        for old in HOME.glob("commits.db*"):
            old.unlink()
        for suffix in ("", ".key"):
            shutil.copy(HOME / f"daybook.db{suffix}", HOME / f"write.db{suffix}")
        before = bench.bare("commits", HOME / "commits.db", run.long)
        rates.append(float(book.dataset("conclude", run.long).split()[-1]))
        yards.append((before + bench.bare("commits", HOME / "commits.db", run.long)) / 2)
        shares.append(rates[-1] / yards[-1])
    part = statistics.median(shares)
    record("concluding an activity (durable)",
           f"{statistics.median(rates):.0f}/s, {part:.2f} of bare commits", "≥ 0.60", part >= 0.6,
           f"bare SQLite {statistics.median(yards):.0f}/s")


@step("verify", 40)
def verifying(run):
    start = time.monotonic()
    out = run.book.daybook("verify", "--org", "large").stdout
    seconds = time.monotonic() - start
    entries = int(re.search(r"(\d+) entries", out).group(1))
    size = int(re.search(r"\((\d+) bytes\)", out).group(1))
    record("verify, small files (the data set)", f"{seconds:.2f} s", "", None,
           f"{entries:,} entries, {size / 1e6:.0f} MB of evidence")
    large_files(run)


def large_files(run, megabytes=1024):
    """The share of bare SHA-256 where bytes dominate: an organisation with large evidence."""
    book = bench.fresh_book("files")
    piece = os.urandom(1 << 20)
    for i in range(4):
        path = HOME / f"piece{i}.bin"
        with open(path, "wb") as out:
            for k in range(megabytes // 4):
                out.write(bytes([i, k % 256]) + piece[2:])
        book.daybook("evidence", "add", path, "--org", "files")
        path.unlink()
    book.daybook("verify")  # warms the page cache: hashing is measured, not the disk
    shares, rates, yards = [], [], []
    for _ in range(run.rounds):
        yards.append(bench.bare("sha256", megabytes))
        start = time.monotonic()
        book.daybook("verify")
        rates.append(megabytes / (time.monotonic() - start))
        shares.append(rates[-1] / yards[-1])
    part = statistics.median(shares)
    record("verify, large files",
           f"{statistics.median(rates):.0f} MB/s, {part:.2f} of bare SHA-256", "≥ 0.70",
           part >= 0.7, f"bare {statistics.median(yards):.0f} MB/s, {megabytes} MB of evidence")
    shutil.rmtree(HOME / "files-evidence")
