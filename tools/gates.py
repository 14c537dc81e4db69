#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gates of `make check` that need no compiler: size, layering, banned functions, licence lines,
copied code. Exceptions stand in tools/gates.txt, each with its present size; one that is no longer
needed, or has grown, fails, so the list only shrinks.

usage: tools/gates.py [--write]     (--write: lower the list to today's sizes; never adds a line)
"""
import argparse
import collections
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXCEPTIONS = ROOT / "tools" / "gates.txt"
MOST = {"file": 600, "function": 60, "columns": 100, "nesting": 4}
COPIED_LINES = 12

# Dependencies point down; a mission room knows nothing of another (docs/architecture.md).
MISSION = {"audits", "reviews", "training", "exercises", "workshop", "outreach", "surveillance"}
LAYERS = [  # lowest first; a room may include its own layer only where TOGETHER says so
    {"base"}, {"db", "html", "json"}, {"ledger", "http", "outbox"},
    {"report"},  # below the diary and the missions: each of them hands out documents and charts
    {"org"}, {"diary"}, {"registers", "improvement"}, MISSION,
    {"exchange", "jobs", "mail", "worker"}, {"demo"}, {"cli"},
]
# What looks sideways or up, and why that is right.
TOGETHER = {
    ("http", "org"): "the door asks who is there",
    ("org", "ledger"): "changes to people are entries",
    ("outbox", "ledger"): "a queued mail is an entry",
    ("ledger", "http"): "evidence arrives as a streamed upload",
    ("diary", "worker"): "a calendar of holidays is a stranger's file",
    ("report", "worker"): "a document is laid out by the worker, where its libraries live",
    ("improvement", "registers"): "a finding points at a risk or a control",
    ("*", "cli"): "a room's commands implement cli/command.h",
    ("*", "http"): "a room's pages implement http/request.h",
    ("*", "html"): "pages", ("*", "json"): "pages",
}
BANNED = re.compile(r"(?<![\w.>])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|"
                    r"atol|atof|system|popen|alloca|tmpnam|mktemp|sqlite3_exec|PQexec)\s*\(")
BANNED_HERE = {"sqlite3_exec": ("src/db/", "bench/"), "PQexec": ("src/db/",)}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
CODE = (".c", ".h")
LICENSED = (".c", ".h", ".py", ".sql", ".routes", ".views", ".css", ".js", ".mjs", ".build", ".sh")


def tracked():
    out = subprocess.run(["git", "ls-files"], cwd=ROOT, text=True, capture_output=True, check=True)
    return [ROOT / line for line in out.stdout.splitlines() if (ROOT / line).is_file()]


def bare(line):
    """The line without string and character literals and without a // comment."""
    line = re.sub(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', '""', line)
    return line.split("//")[0]


def functions(lines):
    """(name, first line, length, deepest nesting) of each function, as clang-format has them."""
    name, start, depth, deepest, header = None, 0, 0, 0, ""
    for number, raw in enumerate(lines, 1):
        line = bare(raw)
        if name is None:
            if raw[:1].isalpha() or raw[:1] == "_":
                header = line
            elif raw[:1] in (" ", "\t"):
                header += line
            found = re.search(r"(\w+)\s*\([^;]*$", header)
            if line.rstrip().endswith("{") and found and "=" not in header.split("(")[0] \
                    and not header.startswith(("struct", "enum", "union", "typedef", "#")):
                name, start, depth, deepest = found.group(1), number, 1, 1
                first = re.search(r"(\w+)\s*\(", header)
                name = first.group(1) if first else name
                continue
        else:
            depth += line.count("{") - line.count("}")
            deepest = max(deepest, depth)
            if depth <= 0:
                yield name, start, number - start + 1, deepest - 1
                name, header = None, ""


def room_of(path):
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "src" and len(parts) > 2 else None


def layer_of(room):
    return next((i for i, rooms in enumerate(LAYERS) if room in rooms), None)


def layering(path, lines):
    room = room_of(path)
    if room is None or path.name.endswith("_test.c"):
        return
    for number, line in enumerate(lines, 1):
        found = re.match(r'#include "(\w+)/', line)
        if not found or found.group(1) == room:
            continue
        other = found.group(1)
        mine, theirs = layer_of(room), layer_of(other)
        if (room, other) in TOGETHER or ("*", other) in TOGETHER:
            continue
        if mine is None or theirs is None:
            yield number, f"{room} or {other} has no place in the layers (tools/gates.py)"
        elif theirs > mine:
            yield number, f"{room} includes {other}, which stands above it"
        elif theirs == mine and room in MISSION:
            yield number, f"mission room {room} includes mission room {other}"


def measured(path, name, lines):
    """What is larger than it should be: (key, size, limit, place)."""
    if len(lines) > MOST["file"]:
        yield f"file {name}", len(lines), MOST["file"], name
    lines = [line for line in lines if not line.startswith(("--  out", "--  in"))]  # cannot wrap
    widest = max((len(line) for line in lines), default=0)
    if widest > MOST["columns"] and path.suffix in (*CODE, ".py", ".sql"):
        where = next(i for i, line in enumerate(lines, 1) if len(line) > MOST["columns"])
        yield f"columns {name}", widest, MOST["columns"], f"{name}:{where}"
    if path.suffix in CODE:
        for function, start, length, deepest in functions(lines):
            if length > MOST["function"]:
                yield f"function {name} {function}", length, MOST["function"], f"{name}:{start}"
            if deepest > MOST["nesting"]:
                yield f"nesting {name} {function}", deepest, MOST["nesting"], f"{name}:{start}"


def plain_faults(path, name, lines):
    head = "\n".join(lines[:4])
    if path.suffix in LICENSED and "SPDX-License-Identifier: Apache-2.0" not in head:
        yield f"{name}:1: no SPDX-License-Identifier: Apache-2.0"
    if path.name == "gates.py":
        return
    for number, line in enumerate(lines, 1):
        if UNFINISHED.search(line) and path.suffix in (*CODE, ".py", ".sql", ".md", ".html"):
            yield f"{name}:{number}: unfinished: {line.strip()[:60]}"
        found = BANNED.search(bare(line)) if path.suffix in CODE else None
        if found and not name.startswith(BANNED_HERE.get(found.group(1), ("\0",))):
            yield f"{name}:{number}: {found.group(1)} is not used here"
    if path.suffix in CODE:
        yield from (f"{name}:{number}: {what}" for number, what in layering(path, lines))


def copied(files):
    """Blocks of COPIED_LINES equal code lines in two places."""
    seen, reported = collections.defaultdict(list), set()
    for name, lines in files:
        code = [(n, " ".join(line.split())) for n, line in enumerate(lines, 1)]
        code = [(n, t) for n, t in code if len(t) > 3 and not t.startswith(("//", "#", "*"))]
        for i in range(len(code) - COPIED_LINES + 1):
            block = tuple(t for _, t in code[i:i + COPIED_LINES])
            seen[block].append((name, code[i][0]))
    for places in seen.values():
        rooms = {p[0] for p in places}
        if len(places) > 1 and not rooms & reported:
            reported |= rooms
            yield "copied code: " + " = ".join(f"{n}:{line}" for n, line in places[:3])


def scripts():
    """A script that does not parse is no script at all: nothing of it runs in any browser."""
    if not shutil.which("node"):
        return []
    faults = []
    for path in sorted((ROOT / "assets").glob("*.js")):
        done = subprocess.run(["node", "--check", path], capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            said = [line for line in done.stderr.splitlines() if "Error" in line]
            faults.append(f"assets/{path.name}: {said[0] if said else 'does not parse'}")
    return faults


def read_exceptions():
    allowed = {}
    for line in EXCEPTIONS.read_text("utf-8").splitlines() if EXCEPTIONS.exists() else []:
        if line.strip() and not line.startswith("#"):
            key, size = line.rsplit(" ", 1)
            allowed[key] = int(size)
    return allowed


def judge(sizes, allowed):
    for key, (size, most, place) in sorted(sizes.items()):
        if size > allowed.get(key, most):
            was = f" (the exception allows {allowed[key]})" if key in allowed else ""
            yield f"{place}: {key}: {size}, at most {most}{was}"
    for key in sorted(set(allowed) - set(sizes)):
        yield f"tools/gates.txt: no longer needed, take it out: {key}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    faults, sizes, code = [], {}, []
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if path.suffix not in (*LICENSED, ".md", ".html"):
            continue
        lines = path.read_text("utf-8").splitlines()
        faults += plain_faults(path, name, lines)
        if path.suffix in LICENSED:
            sizes.update({k: (s, m, p) for k, s, m, p in measured(path, name, lines)})
        if path.suffix == ".c" and not name.endswith("_test.c"):
            code.append((name, lines))
    faults += [*copied(code), *scripts()]
    allowed = read_exceptions()
    if options.write:
        kept = {k: min(v, sizes[k][0]) for k, v in allowed.items() if k in sizes}
        EXCEPTIONS.write_text("# Exceptions to the size gates; this list only shrinks.\n" + "".join(
            f"{k} {v}\n" for k, v in sorted(kept.items())), "utf-8")
        allowed = kept
    faults += judge(sizes, allowed)
    print("\n".join(faults))
    print(f"gates: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
