#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one browser suite against a demo of its own; prints a #RESULT line for tests/run.

usage: tests/browser/run.py NAME.mjs

mail.mjs gets real mail servers, and what reached the mailbox.
"""
import contextlib
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import lib  # noqa: E402
import post  # noqa: E402


# The demo's people have mailboxes, too: all in one.
EVERYBODY = "virtual_mailbox_domains = harbourlight.example\nvirtual_mailbox_maps = static:all/"


class Demo(lib.Server):
    """`daybook demo` in a temporary folder."""

    command = "demo"


def a_week_on(env, weeks):
    """What would be sent by then, in simulated time."""
    day = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(weeks=weeks)
    for command in (("jobs", "run", "--once"), ("jobs", "run", "--once"),
                    ("mail", "send", "--once")):
        subprocess.run([lib.PROGRAM, *command, "--now", f"{day:%Y-%m-%dT09:00:00Z}"], env=env,
                       check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def mails(servers, folder, base, env):
    """One of each kind of mail that came: a file of its HTML, and where its links lead."""
    folder.mkdir()
    out = {}
    for week in range(20):
        if {"answer", "stop"} <= {k for one in out.values() for k in one if one[k]}:
            break
        time.sleep(1)
        if week > 5:
            a_week_on(env, week - 5)
        for mail in servers.mails("all"):
            text = mail.get_body(("plain",)).get_content()
            links = {name: re.search(base + rf"(/mail/{name}/[^\s)]+)", text)
                     for name in ("answer", "stop")}
            kind = (str(mail["Subject"]).split(":")[0].strip("0123456789 "), bool(links["stop"]))
            if kind in out:
                continue
            file = folder / f"{len(out)}.html"
            file.write_text(mail.get_body(("html",)).get_content(), "utf-8")
            out[kind] = {"subject": str(mail["Subject"]), "file": str(file),
                         **{name: link and link.group(1) for name, link in links.items()}}
    (folder / "mails.json").write_text(json.dumps(list(out.values())), "utf-8")


def main():
    book = lib.Installation("sqlite", now=None)
    failures, passed = [], 0
    with contextlib.ExitStack() as stack:
        stack.callback(book.close)
        env = book.environment()
        env.pop("DAYBOOK_DB")
        env.pop("DAYBOOK_EVIDENCE")
        port = lib.free_port()
        if sys.argv[1] == "mail.mjs":
            servers = post.Post(EVERYBODY).start_imap().start_smtp()
            stack.callback(servers.close)
            env.update(servers.environment(imap=False), DAYBOOK_URL=f"http://127.0.0.1:{port}")
        server = Demo(env, "--folder", str(book.folder / "demo"),
                      log=str(book.folder / "demo.log"), port=port)
        book.servers.append(server)
        server.wait(60)
        if sys.argv[1] == "mail.mjs":
            mails(servers, book.folder / "mails", server.url, {
                **env, "DAYBOOK_DB": f"sqlite:{book.folder}/demo/demo.db",
                "DAYBOOK_EVIDENCE": str(book.folder / "demo/evidence")})
        done = subprocess.run(["node", str(HERE / sys.argv[1])], text=True, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=HERE,
                              env={**os.environ, "DAYBOOK_BASE": server.url,
                                   "DAYBOOK_MAILS": str(book.folder / "mails")})
        for line in done.stdout.splitlines():
            if line.startswith("ok "):
                passed += 1
            elif line.startswith("not ok "):
                name, _, why = line[7:].partition(" :: ")
                failures.append((name, why.replace("\u2028", "\n")))
        if done.returncode != 0 or not passed + len(failures):
            failures.append((sys.argv[1], done.stdout[-3000:] + server.log()[-1000:]))
    for name, why in failures:
        print(f"× {name}\n{why}")
    print("\n#RESULT " + json.dumps({"passed": passed, "failures": failures, "skipped": []}))


if __name__ == "__main__":
    main()
