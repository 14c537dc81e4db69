# SPDX-License-Identifier: Apache-2.0
"""Durable changes against bare commits; verify against bare SHA-256."""
import os
import re
import shutil
import statistics
import subprocess
import time

import bench
from bench import HOME, record, step

PEOPLE = 8  # as many changes as a server makes at once


def in_turn(run, name, what, people, says):
    """Durable changes (`dataset WHAT`) on a copy of the data set against bare commits, a moment
    each, in turn: what else the disk has to do meets both. Gives the copy, and its last words."""
    slice_of = 0.15
    book = bench.copied_book(run, name)
    for old in HOME.glob("commits.db*"):
        old.unlink()

    def bare():
        return bench.bare("commits", HOME / "commits.db", slice_of)

    rates, yards = [], [bare()]
    command = [HOME / "dataset", what, str(slice_of), str(people)]
    with subprocess.Popen(command, env=book.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as changing:
        for _ in range(3 * run.rounds):
            print(file=changing.stdin, flush=True)
            rates.append(float(changing.stdout.readline()))
            yards.append(bare())
        said = changing.communicate()[0]
    shares = [rate / ((before + after) / 2) for rate, before, after in zip(rates, yards, yards[1:])]
    part = statistics.median(shares)
    at_once = f"{people} people at once" if people > 1 else "one person alone"
    record(f"{says} (durable), {at_once}",
           f"{statistics.median(rates):.0f}/s, {part:.2f} of bare commits",
           "≥ 0.60" if people > 1 else "", part >= 0.6 if people > 1 else None,
           f"bare SQLite {statistics.median(yards):.0f}/s, {min(yards):.0f} to {max(yards):.0f}")
    return book, said


@step("write", 30)
def writes(run):
    """Prepared activities are concluded."""
    for people in (PEOPLE, 1):
        in_turn(run, "write", "conclude", people, "concluding an activity")


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
