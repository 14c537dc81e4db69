#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over every C file of src, bench and fuzz; what it found about a file is kept under
build/tidy until the file, a header of it, its flags or .clang-tidy change.

usage: tools/tidy.py [--jobs N] [WORD…]          (WORD: only files whose path contains it)
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
KEPT = BUILD / "tidy"
FINDING = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): .* \[[\w.,-]+\]$")
BENCH = ("bench/bare", "bench/dataset", "bench/statements")  # not built by default
# A file of fuzz/ is built elsewhere, by clang; it is read with the flags of this one.
LIKE_FUZZ = "src/worker/calendar_in.c"


def commands():
    """File, relative to the root, to its compile command."""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = os.path.relpath(BUILD / entry["file"], ROOT)
        if re.match(r"(src|bench)/", path):
            found.setdefault(path, entry["command"])
    for path in sorted((ROOT / "fuzz").glob("*.c")):
        found[f"fuzz/{path.name}"] = found[LIKE_FUZZ].replace(
            f"../{LIKE_FUZZ}", f"-Isrc/libdaybook.a.p ../fuzz/{path.name}")
    return found


def own_database(found):
    KEPT.mkdir(exist_ok=True)
    entries = [{"directory": str(BUILD), "command": command, "file": str(ROOT / path)}
               for path, command in found.items()]
    (KEPT / "compile_commands.json").write_text(json.dumps(entries))


def known_headers():
    """What the build knows: file, relative to the root, to what was read when it was compiled."""
    told = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"], text=True, stdout=subprocess.PIPE,
                          check=True).stdout
    found = {}
    for block in told.split("\n\n"):
        files = [line.strip() for line in block.splitlines()[1:]]
        if files and "(VALID)" in block:
            found[os.path.relpath(BUILD / files[0], ROOT)] = files
    return found


def asked_headers(command):
    """For a file that the build has not compiled."""
    words = [w for w in shlex.split(command) if w not in ("ccache", "-MD")]
    for option in ("-MQ", "-MF", "-o"):
        at = words.index(option)
        del words[at:at + 2]
    told = subprocess.run([*words, "-M"], cwd=BUILD, text=True, check=True,
                          stdout=subprocess.PIPE).stdout
    return told.replace("\\\n", " ").split(":", 1)[1].split()


class Digests(dict):
    def __missing__(self, path):
        try:
            self[path] = hashlib.sha256((BUILD / path).read_bytes()).digest()
        except FileNotFoundError:
            self[path] = b"gone"
        return self[path]


def key_of(path, command, headers, digests, version):
    total = hashlib.sha256(version + path.encode() + command.encode())
    for header in headers.get(path) or asked_headers(command):
        total.update(header.encode() + digests[header])
    return total.hexdigest()


def examine(path):
    done = subprocess.run(["clang-tidy", "-quiet", "-p", KEPT, ROOT / path], text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    found = set()
    for line in done.stdout.splitlines():
        if FINDING.match(line):
            file, rest = line.split(":", 1)
            found.add(f"{os.path.relpath(os.path.realpath(BUILD / file), ROOT)}:{rest}")
    if done.returncode != 0 and not found:
        raise RuntimeError(f"{path}: {done.stderr[-2000:]}")
    return sorted(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    subprocess.run(["ninja", "-C", BUILD, "--quiet", "all", *BENCH], check=True)
    found = commands()
    own_database(found)
    told = subprocess.run(["clang-tidy", "--version"], stdout=subprocess.PIPE, check=True)
    version = told.stdout + (ROOT / ".clang-tidy").read_bytes()
    headers, digests = known_headers(), Digests()
    keys = {path: key_of(path, command, headers, digests, version)
            for path, command in sorted(found.items())}
    wanted = [p for p in keys if not options.words or any(w in p for w in options.words)]

    def one(path):
        kept = KEPT / keys[path]
        if kept.exists():
            return path, json.loads(kept.read_text())
        lines = examine(path)
        kept.with_suffix(".new").write_text(json.dumps(lines))
        kept.with_suffix(".new").rename(kept)
        return path, lines

    fresh = sum(not (KEPT / keys[p]).exists() for p in wanted)
    print(f"{len(wanted)} files, {fresh} to examine", flush=True)
    said = set()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for _, lines in pool.map(one, wanted):
            for line in lines:
                if line not in said:
                    said.add(line)
                    print(line, flush=True)
    for old in KEPT.iterdir():
        if re.fullmatch(r"[0-9a-f]{64}", old.name) and old.name not in keys.values():
            old.unlink()
    print(f"{len(said)} findings")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
