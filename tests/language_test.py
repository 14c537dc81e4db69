# SPDX-License-Identifier: Apache-2.0
"""A second language is a file: German pages and errors, English where it says nothing."""
import pathlib
import subprocess
import sys
import tempfile

import lib

sys.path.insert(0, str(lib.ROOT / "tools"))
import catalogue  # noqa: E402

GERMAN = "de-AT,de;q=0.9,en;q=0.5"


@lib.both_engines
class Languages(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)
        self.server = self.book.serve()
        self.anna = self.book.signed_in(self.server)

    def get(self, path, language=GERMAN):
        return self.anna.get(path, Accept_Language=language)

    def test_the_browser_asks_for_a_language(self):
        page = self.get("/o/nordwind/today")
        self.assertIn('<html lang="de"', page.text)
        for words in ("Heute, 15. Juni 2026", "Bereitschaft", "Überall suchen", "Abmelden"):
            self.assertIn(words, page.words)
        for language in ("en", "fr, de;q=0", "de;q=0.2, en;q=0.8", "", "x" * 200):
            page = self.get("/o/nordwind/today", language)
            self.assertIn('<html lang="en"', page.text, language)
            self.assertIn("Today, 15 June 2026", page.words)

    def test_status_words_and_dates_are_german(self):
        self.assertIn("Geplant", self.get("/o/nordwind/activities").words)
        self.assertIn("Versäumt", self.get("/o/nordwind/activities?status=missed").words)
        self.assertIn("Internes Audit", self.get("/o/nordwind/readiness").words)

    def test_what_german_does_not_say_is_said_in_english(self):
        english = self.get("/o/nordwind/ledger", "en").words
        german = self.get("/o/nordwind/ledger").words
        said = "Every change, who made it, and what was before and after."
        self.assertIn(said, english)
        self.assertIn(said, german)
        self.assertIn("Journal", german)

    def test_errors_are_german_on_pages_and_for_programs(self):
        missing = self.get("/o/nordwind/activities/999999")
        self.assertIn("Diese Aktivität gibt es nicht.", missing.words)
        token = self.book.json("token", "create", "--org", "nordwind", "--name", "t", "--scope",
                               "write")["token"]
        client = self.server.client(token)
        path = "/o/nordwind/activities/1/move"
        answer = client.api("POST", path, {"due": "2026-09-01", "reason": ""},
                            {"Accept-Language": "de"})
        self.assertIn("Warum verschoben wird: Muss angegeben werden.", answer.json()["detail"])
        answer = client.api("POST", path, {"due": "2026-09-01", "reason": ""})
        self.assertIn("Why it moves: must be given.", answer.json()["detail"])

    def test_a_person_chooses_and_the_browser_no_longer_matters(self):
        answer = self.anna.get("/me").submit("/me", "language", language="de")
        self.assertIn("Mein Profil", answer.words)
        self.assertIn("Gespeichert.", answer.words)
        self.assertIn('<html lang="de"', self.get("/o/nordwind/year", "en").text)
        answer = self.anna.get("/me").submit("/me", "language", language="tlh")
        self.assertEqual(answer.status, 422)
        self.assertIn("Daybook spricht „tlh“ nicht.", answer.words)
        self.anna.get("/me").submit("/me", "language", language="")
        self.assertIn('<html lang="en"', self.get("/o/nordwind/year", "en").text)

    def test_who_reads_in_another_language_gets_another_kept_page(self):
        for _ in range(2):
            self.assertIn("Heute", self.get("/o/nordwind/today").words)
            self.assertIn("Today", self.get("/o/nordwind/today", "en").words)


class TheFile(lib.DaybookTest):
    def made(self, english, german):
        with tempfile.TemporaryDirectory() as folder:
            po = pathlib.Path(folder)
            (po / "de.po").write_text(f"msgid {catalogue.quote(english)}\n"
                                      f"msgstr {catalogue.quote(german)}\n", "utf-8")
            return subprocess.run([sys.executable, lib.ROOT / "tools/languages.py", po,
                                   po / "out.c", po / "out.d"], capture_output=True, text=True,
                                  check=False)

    def test_a_translation_that_prints_something_else_does_not_build(self):
        self.assertEqual(self.made("%s of %lld", "%s von %lld").returncode, 0)
        for german in ("%lld von %s", "von %lld", "%s von %d", "%s von %lld%n"):
            done = self.made("%s of %lld", german)
            self.assertNotEqual(done.returncode, 0, german)
            self.assertIn("in this order", done.stderr)
        self.assertIn("has not", self.made("Hello {name}", "Hallo {title}").stderr)

    def test_the_translations_are_of_what_is_said(self):
        with tempfile.NamedTemporaryFile(suffix=".pot") as pot:
            subprocess.run([sys.executable, "tools/views.py", "--root", "src", "--permissions",
                            "src/org/permissions.txt", "--po", "po", "--pot", pot.name],
                           cwd=lib.ROOT, check=True)
            done = subprocess.run([sys.executable, "tools/languages.py", "--report", "po",
                                   pot.name], cwd=lib.ROOT, capture_output=True, text=True,
                                  check=True)
        known = len(catalogue.read_po(lib.ROOT / "po/de.po"))
        gone = done.stdout.count("in no source any more")
        self.assertLess(gone / known, 0.05, done.stdout)  # a text that changed is English again


if __name__ == "__main__":
    lib.main()
