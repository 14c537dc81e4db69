# SPDX-License-Identifier: Apache-2.0
"""Documents: a management review's pack laid out by the worker."""
import json
import random
import resource
import statistics
import subprocess
import time

import bench
from bench import record, step


def review_pack():
    """Twelve sections with twenty charts, key figures and tables, as a management review has."""
    rng = random.Random(4)

    def chart(kind, months, series):
        return {"chart": kind, "title": "Restored in time", "note": "A gap was not measured.",
                "unit": "%", "labels": [f"{m + 1:02}/26" for m in range(months)],
                "series": [{"name": f"Series {s}", "values": [
                    None if rng.random() < 0.1 else rng.randint(0, 100) for _ in range(months)]}
                    for s in range(series)]}

    blocks, kinds = [], ["line", "bars", "stacked", "burn-up", "share", "ring"]
    for i in range(12):
        blocks += [{"block": "heading", "level": 1, "text": f"{i + 1}. What this input says"},
                   {"block": "paragraph", "text": "What is late has a reason and a new date. " * 8},
                   {"block": "figures", "figures": [
                       {"label": "Done of what fell due", "value": "87 %", "why": "26 of 30"},
                       {"label": "Open", "value": "4", "why": "since May", "ink": "late"}]},
                   {"block": "charts", "charts": [chart(kinds[i % 6], 12, 2)]},
                   {"block": "table", "caption": "Actions", "columns": [
                       {"title": "Action", "weight": 4}, {"title": "Owner", "weight": 2},
                       {"title": "Due", "weight": 1}, {"title": "State", "weight": 1}],
                    "rows": [[{"text": f"Test the restore of system {i}-{k} from the copy off site",
                               "place": f"/o/n/actions/{k}"},
                              rng.choice(["Anna Lindqvist", "山田太郎", "محمد بن سعيد"]),
                              "2026-11-30", {"text": "late", "ink": "late"}] for k in range(12)]}]
        if i < 4:
            blocks.append({"block": "charts", "charts": [chart("line", 12, 1),
                                                         chart("bars", 12, 1)]})
    return {"document": 1, "made": bench.NOW, "hash": "ab" * 32, "hash_of": "data",
            "title": "Review",
            "kind": "Management review pack", "organisation": "Nordwind", "blocks": blocks,
            "base_url": "https://daybook.example"}


@step("paper", 56)
def papers(run):
    """A document of twelve sections and twenty charts, laid out by the worker, process and all."""
    text = json.dumps(review_pack()).encode()
    times, worked, pdf = [], [], b""
    for _ in range(15):
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        pdf = subprocess.run([bench.lib.BUILD / "daybook-worker", "pdf", "ac"], input=text,
                             check=True, capture_output=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((time.monotonic() - start) * 1000)
        worked.append((after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000)
    record("PDF of 12 sections and 20 charts", f"{statistics.median(times):.0f} ms", "≤ 150 ms",
           statistics.median(times) <= 150,
           f"median of 15, best {min(times):.0f} ms, processor {statistics.median(worked):.0f} ms")
    record("its size", f"{len(pdf) / 1e6:.2f} MB", "≤ 1 MB", len(pdf) <= 1e6)
