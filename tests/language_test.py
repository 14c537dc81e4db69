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
        self.assertIn("leaves out", self.made("Hello {name}", "Hallo").stderr)
        self.assertIn("same spaces", self.made("line\n", "Zeile").stderr)
        self.assertIn("columns", self.made("Duty|#Missed", "Pflicht|Versäumt").stderr)
        self.assertIn("columns", self.made("Duty|#Missed", "Pflicht").stderr)
        self.assertEqual(self.made("{progress} % done.", "{progress} % erledigt.").returncode, 0)

    def test_nearly_everything_is_said_and_nothing_that_is_gone(self):
        """Nearly: whoever writes a new English text need not speak German to land it."""
        done = subprocess.run(["tools/messages.sh", "--report"], cwd=lib.ROOT,
                              capture_output=True, text=True, check=True)
        known = len(catalogue.read_po(lib.ROOT / "po/de.po"))
        self.assertLess(done.stdout.count("in no source any more") / known, 0.05, done.stdout)
        self.assertLess(done.stdout.count("not said yet") / known, 0.03, done.stdout)

    def test_a_file_is_brought_up_to_date_without_losing_what_it_says(self):
        with tempfile.TemporaryDirectory() as folder:
            po, pot = pathlib.Path(folder), pathlib.Path(folder) / "all.pot"
            (po / "de.po").write_text('# ours\nmsgid ""\nmsgstr ""\n"Language-Name: Deutsch\\n"\n\n'
                                      'msgid "old"\nmsgstr "alt"\n\n'
                                      'msgid "%s of "\nmsgstr "%s von "\n', "utf-8")
            pot.write_text(catalogue.write_pot({"%s of ": ["a/b.c"], "new": ["c.html:3"]}), "utf-8")
            subprocess.run([sys.executable, lib.ROOT / "tools/languages.py", "--update", po, pot],
                           check=True)
            self.assertEqual((po / "de.po").read_text("utf-8"),
                             '# ours\nmsgid ""\nmsgstr ""\n"Language-Name: Deutsch\\n"\n\n'
                             '#: a/b.c\n#, c-format\nmsgid "%s of "\nmsgstr "%s von "\n\n'
                             '#: c.html\nmsgid "new"\nmsgstr ""\n')


if __name__ == "__main__":
    lib.main()
