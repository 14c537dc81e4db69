# SPDX-License-Identifier: Apache-2.0
"""The program itself: its size, and how soon it answers."""
import statistics
import subprocess

import bench
from bench import record, step


@step("size", 10)
def size(run):
    stripped = bench.HOME / "stripped"
    subprocess.run(["strip", "-o", stripped, bench.lib.PROGRAM], check=True)
    megabytes = stripped.stat().st_size / 1e6
    record("binary with assets, stripped", f"{megabytes:.1f} MB", "≤ 10 MB", megabytes <= 10)
    times = []
    for _ in range(9):
        server = run.book.serve()
        times.append(server.ready_ms)
        server.stop()
    ready = statistics.median(times)
    record("ready", f"{ready:.0f} ms", "≤ 100 ms", ready <= 100,
           f"median of {len(times)}, until /healthz answers")
