# SPDX-License-Identifier: Apache-2.0
"""The audit planner against the bound that Debian's cbc finds, and the programme of 1,000 units."""
import json
import shutil
import subprocess

import bench
from bench import HOME, record, share, side_by_side, step

SEEDS = (1, 2, 3)
UNITS = 1000


def audits(*arguments):
    return subprocess.run([bench.lib.PROGRAM, "audits", *map(str, arguments)], text=True,
                          capture_output=True, check=False)


def universe(name, units, auditors, seed):
    path = HOME / f"{name}.json"
    path.write_text(audits("universe", "--random", "--units", units, "--auditors", auditors,
                           "--months", 36, "--seed", seed).stdout)
    return path


def bound(lp):
    """The optimum of the linear relaxation; no plan can be below it."""
    if shutil.which("cbc") is None:
        return None
    solved = subprocess.run(["cbc", str(lp), "solve"], text=True, capture_output=True,
                            check=True).stdout
    return next((float(line.split()[2]) for line in solved.splitlines()
                 if line.startswith("Optimal objective")), None)


def first_feasible(said):
    return float(said.split("first such plan after ")[1].split(" ")[0])


@step("planner", 55)
def planner(run):
    """120 units, 36 months, 6 auditors: five seconds against the bound, for several seeds; then
    1,000 units with 20 auditors as long as the planner takes by itself."""
    HOME.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[:2 if run.long == 1 else None]:
        path, lp = universe("planner", 120, 6, seed), HOME / "planner.lp"
        said = audits("propose", "--universe", path, "--seconds", 5, "--lp", lp).stdout
        staleness = float(said.split("staleness ")[1].split(",")[0])
        least = bound(lp)
        gap = None if least is None else (staleness / least - 1) * 100
        record(f"plan of 120 units × 36 months × 6 auditors, seed {seed}, 5 s",
               "no cbc" if gap is None else f"{gap:.2f} % above the bound", "≤ 8 %, goal 5 %",
               None if gap is None else gap <= 8, f"staleness {staleness:.0f}")
        first = first_feasible(said)
        record(f"first plan that keeps every rule, seed {seed}", f"{first * 1000:.1f} ms",
               "≤ 200 ms", first <= 0.2)
    path = universe("planner", UNITS, 20, 1)
    start = bench.time.monotonic()
    ran = audits("propose", "--universe", path, "--json")
    took = bench.time.monotonic() - start
    feasible = json.loads(ran.stdout)["feasible"]
    record("plan of 1,000 units × 36 months × 20 auditors", f"{took:.1f} s", "≤ 10 s",
           feasible and took <= 10)


def people(book):
    for n in range(20):
        book.daybook("user", "add", f"auditor{n}@example.org", "--org", "planner", "--role",
                     "internal_auditor", "--name", f"Auditor {n:02d}")
    book.daybook("user", "add", "chief@example.org", "--org", "planner", "--role",
                 "top_management", "--name", "Chief")


@step("programme", 56)
def programme(run):
    """A thousand critical suppliers become units; their adopted programme's page against the list
    of 50 activities of the same server, both made anew."""
    for old in HOME.glob("planner.db*"):
        old.unlink()
    book = bench.fresh_book("planner")
    people(book)
    rows = "".join(f"S-{n},Supplier {n},Service,Critical,Owner {n % 30}\n" for n in range(UNITS))
    (HOME / "units.csv").write_text("Supplier ID,Supplier,Service,Criticality,Owner\n" + rows)
    book.daybook("import", "--org", "planner", HOME / "units.csv")
    start = bench.time.monotonic()
    book.daybook("audits", "propose", "--org", "planner", "--keep", "--steps", 2000000, check=False)
    searched = bench.time.monotonic()
    book.daybook("audits", "adopt", "--org", "planner", "--by", "chief@example.org")
    record("universe of 1,000 units built, searched and kept", f"{searched - start:.1f} s")
    record("its programme adopted into the diary", f"{bench.time.monotonic() - searched:.1f} s")
    for kept, words in (("0", "made anew"), ("1", "unchanged since")):
        server = book.serve(DAYBOOK_KEEP=kept) if kept == "0" else book.serve()
        try:
            client = bench.session(book, server, "a@example.org", "planner")
            listed = "/o/planner/activities?size=50"
            figures = side_by_side(run, (server, listed, client.cookies),
                                   (server, "/o/planner/audits/programme", client.cookies))
            times = 1 / share(figures[1], figures[0])
            record(f"programme page of 1,000 units, {words}", f"{times:.1f} × the list of 50",
                   "≤ 5 ×", times <= 5, f"p50 {bench.median(figures[1], 'p50'):.2f} ms")
        finally:
            server.stop()
