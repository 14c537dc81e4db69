#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one browser suite against a demo of its own; prints a #RESULT line for tests/run.

usage: tests/browser/run.py NAME.mjs
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import lib  # noqa: E402


class Demo(lib.Server):
    """`daybook demo` in a temporary folder."""

    command = "demo"


def main():
    book = lib.Installation("sqlite", now=None)
    failures, passed = [], 0
    try:
        env = book.environment()
        env.pop("DAYBOOK_DB")
        env.pop("DAYBOOK_EVIDENCE")
        server = Demo(env, "--folder", str(book.folder / "demo"),
                      log=str(book.folder / "demo.log"))
        book.servers.append(server)
        server.wait(60)
        done = subprocess.run(["node", str(HERE / sys.argv[1])], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=HERE,
                              env={**os.environ, "DAYBOOK_BASE": server.url})
        for line in done.stdout.splitlines():
            if line.startswith("ok "):
                passed += 1
            elif line.startswith("not ok "):
                name, _, why = line[7:].partition(" :: ")
                failures.append((name, why.replace("\u2028", "\n")))
        if done.returncode != 0 or not passed + len(failures):
            failures.append((sys.argv[1], done.stdout[-3000:] + server.log()[-1000:]))
    finally:
        book.close()
    for name, why in failures:
        print(f"× {name}\n{why}")
    print("\n#RESULT " + json.dumps({"passed": passed, "failures": failures, "skipped": []}))


if __name__ == "__main__":
    main()
