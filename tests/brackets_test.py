# SPDX-License-Identifier: Apache-2.0
"""Everything a reader sees is in the catalogue. The program is built once more, in a language in
which each text says itself in brackets – ⟦Today⟧ – and its demo is read page by page, as five
people. What stands outside brackets is data, a number, or a fault.

The build is kept in build-brackets and brought up to date: the first takes a few minutes."""
import contextlib
import html.parser
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import unittest
import urllib.parse

import lib

FOLDER = lib.ROOT / "build-brackets"
PEOPLE = ("manager", "executive", "auditor", "employee", "external")
SHOWN = ("alt", "title", "placeholder", "aria-label", "data-confirm")
# What is the same in every language: names of formats and of things, keys, units, signs.
SAME = set("""
    Daybook PDF CSV JSON SHA-256 Markdown UTC MB KB KiB MiB GB bytes B e-mail API SMTP IMAP CalDAV
    DAYBOOK_SMTP DAYBOOK_IMAP DAYBOOK_CALDAV Latin-1 UTF-8 ISO IEC OpenAPI Bearer Authorization
    iCalendar A.5.15 A.5.16 F A B C D E G HTML OSCAL kB
""".split())
ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|/o/\S+"
                     r"|[\w-]+\.(?:csv|md|pdf|txt|png|jpg|log|ics|db|json|xlsx|docx)\b"
                     r"|[0-9a-f]{16,}…?|[A-Z][a-z]+/[A-Z][A-Za-z_/]+"
                     r"|\b[A-Z]{1,5}-\d+\b|\bv?\d[\w.:-]*")


def build():
    """The program that speaks in brackets; made again only where something changed."""
    po = FOLDER / "po"
    po.mkdir(parents=True, exist_ok=True)
    pot = FOLDER / "all.pot"
    run = lambda *command: subprocess.run(  # noqa: E731
        [str(part) for part in command], cwd=lib.ROOT, check=True, stdout=subprocess.DEVNULL)
    run(sys.executable, "tools/views.py", "--root", "src", "--permissions",
        "src/org/permissions.txt", "--po", "po", "--pot", pot)
    run(sys.executable, "tools/languages.py", "--brackets", pot, FOLDER / "new.po")
    if not (po / "qps.po").exists() or (po / "qps.po").read_bytes() != (
            FOLDER / "new.po").read_bytes():
        (FOLDER / "new.po").replace(po / "qps.po")
    if not (FOLDER / "build.ninja").exists():
        run("meson", "setup", FOLDER, "-Doptimization=0", "-Ddebug=false", f"-Dlanguages={po}")
    run("ninja", "-C", FOLDER, "--quiet", "daybook", "daybook-worker")
    return FOLDER / "daybook"


class Reader(html.parser.HTMLParser):
    """Every run of text a reader meets, block by block, and the links. What says translate="no"
    is a record's own words."""

    SILENT = ("script", "style", "code", "pre", "textarea")
    INLINE = ("a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time")
    EMPTY = ("input", "br", "hr", "img", "link", "meta", "col", "use", "path", "line", "rect")

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.said, self.links, self._open, self._silent, self._text = [], [], [], 0, ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._break(tag)
        for name in SHOWN:
            if given.get(name) and not self._silent:
                self.said.append(given[name])
        if tag == "input" and given.get("type") in ("submit", "button") and given.get("value"):
            self.said.append(given["value"])
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag not in self.EMPTY:
            silent = tag in self.SILENT or given.get("translate") == "no" or (
                "lang" in given and tag != "html")
            self._open.append((tag, silent))
            self._silent += silent

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self._break(tag)
        while self._open and any(name == tag for name, _ in self._open):
            name, silent = self._open.pop()
            self._silent -= silent
            if name == tag:
                break

    def handle_data(self, data):
        if not self._silent:
            self._text += data

    def _break(self, tag):
        if tag in self.INLINE:
            self._text += "\0"
            return
        text = re.sub(r"\s+", " ", self._text)
        if text.strip(" \0"):
            drawn = any(name == "svg" for name, _ in self._open)
            self.said.append(("\1" if drawn else "") + text)
        self._text = ""


def outside(text):
    """What of a text stands in no brackets; one that is cut short ends its bracket."""
    out, depth = [], 0
    for character in text:
        if character == "⟦":
            depth += 1
        elif character == "⟧":
            depth -= 1
        elif depth <= 0:
            out.append(character)
        if character in "⟦⟧":
            out.append("\0")
            depth = max(depth, 0)
    return "".join(out)


class Data:
    """What the demo's database holds as text: names, titles, words of people. Codes ("open") are no
    data: showing one is a fault."""

    def __init__(self, path):
        self.whole, texts = set(), []
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            tables = [row[0] for row in db.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
            for table in tables:
                for row in db.execute(f'SELECT * FROM "{table}"'):
                    texts += [v for v in row if isinstance(v, str)]
        for text in set(texts):
            folded = " ".join(text.split())
            if not re.fullmatch(r"[a-z][a-z_.]*", folded):
                self.whole.add(folded)
        self.all = "\n".join(sorted(self.whole))
        self.words = set(self.all.split())

    def holds(self, piece):
        """Whole, or as part of what is longer: pictures break lines."""
        return piece in self.whole or (
            len(piece) > 2 and not re.fullmatch(r"[a-z_.]+", piece) and piece in self.all)


EDGES = " \t·,;:.()–-/|…“”„\"'’×%→←✓✗+#*=<>&!?↗↘"


def explained(piece, data):
    """Data, a sign, or several of them joined."""
    piece = piece.strip(EDGES)
    if not re.search(r"[^\W\d_]{2}", piece) or data.holds(piece):
        return True
    words = re.findall(r"[^\W\d_][\w.'’-]*", ADDRESS.sub(" ", piece))
    if len(words) == 1 and piece[0].isdigit() and words[0] in data.words:
        return True  # a reading in the unit its target names
    return all(word in SAME or re.fullmatch("[A-Z]{2}", word) for word in words)  # or initials


def faults(said, data):
    """The pieces of what is said that nothing explains. A picture breaks the words of data."""
    drawn, said = said.startswith("\1"), said.lstrip("\1")
    if drawn and set(said.split()) <= data.words:
        return
    for piece in outside(said).split("\0"):
        if not explained(piece, data) and not all(
                explained(part, data) for part in re.split(r" · |[;,:(<]\s?| → |\. ", piece)):
            yield piece.strip(EDGES)


@unittest.skipIf("sqlite" not in lib.ENGINES, "read from SQLite")
class Brackets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.book = lib.Installation("sqlite", now=lib.NOW)
        env = cls.book.environment()
        env.pop("DAYBOOK_DB")
        env.pop("DAYBOOK_EVIDENCE")
        program, lib.PROGRAM = lib.PROGRAM, build()
        lib.Server.command = "demo"
        try:
            cls.server = lib.Server(env, "--folder", str(cls.book.folder / "demo"),
                                    log=str(cls.book.folder / "demo.log"))
        finally:
            lib.PROGRAM, lib.Server.command = program, "serve"
        cls.book.servers.append(cls.server)
        cls.server.wait(120)

    @classmethod
    def tearDownClass(cls):
        cls.book.close()

    def crawl(self, who, most):
        """{what is said: first page} of every page a link reaches; of pages that differ by a number
        alone, three."""
        client = self.server.client()
        client.get(f"/demo/{who}", follow=False)
        client.get("/me").submit("/me", "language", language="qps")
        waiting, seen, found, kinds = ["/o/harbour-light/today", "/me", "/"], set(), {}, {}
        while waiting and len(seen) < most:
            path = waiting.pop(0)
            kind = re.sub(r"\d+", "N", path)
            if path in seen or kinds.get(kind, 0) >= 3 or "sign-out" in path:
                continue
            seen.add(path)
            kinds[kind] = kinds.get(kind, 0) + 1
            answer = client.get(path)
            if "html" not in answer.headers.get("content-type", ""):
                continue
            reader = Reader()
            reader.feed(answer.text)
            reader.close()
            for said in reader.said:
                found.setdefault(said, path)
            for link in reader.links:
                link = urllib.parse.urljoin(path, link.split("#")[0])
                if link.startswith("/") and not re.search(
                        r"\.(css|js|svg|pdf|csv|ics|md|json|png|woff2?)\b", link):
                    waiting.append(link)
        self.assertGreater(len(seen), 20 if who == "employee" else 40, who)
        return found

    def test_no_page_says_what_is_not_in_the_catalogue(self):
        said, found = {}, {}
        for who in PEOPLE:
            said = {**self.crawl(who, 900 if who == "manager" else 250), **said}
        data = Data(self.book.folder / "demo" / "demo.db")
        for text, path in said.items():
            for fault in faults(text, data):
                found.setdefault(fault, path)
        self.assertEqual({}, found, "\n" + "\n".join(
            f"{path}: {fault}" for fault, path in sorted(found.items(), key=lambda x: x[1])))


if __name__ == "__main__":
    lib.main()
