# SPDX-License-Identifier: Apache-2.0
"""A second language is a file: German pages and errors, English where it says nothing."""
import pathlib
import re
import subprocess
import sys
import tempfile
import zlib

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


    def settings(self, **values):
        answer = self.anna.get("/o/nordwind/organisation").submit("/organisation", "name", **values)
        self.assertEqual(answer.status, 200, answer)
        return answer

    def test_an_organisation_has_a_language_for_those_who_choose_none(self):
        self.settings(language="de")
        self.assertIn("Heute", self.get("/o/nordwind/today", "en").words)
        self.anna.get("/me").submit("/me", "language", language="en")
        self.assertIn("Today", self.get("/o/nordwind/today").words)  # their own choice wins
        token = self.book.json("token", "create", "--org", "nordwind", "--name", "t", "--scope",
                               "read")["token"]
        missing = self.server.client(token).api("GET", "/o/nordwind/activities/999999")
        self.assertIn("There is no such activity.", missing.json()["detail"])  # programs ask
        refused = self.anna.get("/o/nordwind/organisation").submit("/organisation", "name",
                                                                    language="tlh")
        self.assertEqual(refused.status, 422)
        self.assertIn("does not speak", refused.words)

    def reminders(self):
        for day in (22, 23):
            self.book.ok("jobs", "run", "--once", now=f"2026-06-{day}T09:00:00Z")
        return [row[0] for row in self.book.sql("SELECT subject FROM mail ORDER BY id")]

    def test_a_mail_is_in_the_language_of_its_reader(self):
        self.settings(language="de")
        subjects = self.reminders()
        self.assertTrue(any(s.startswith("Einladung: ") for s in subjects), subjects)
        self.assertTrue(any("Ihrer Pflichten warten auf Sie" in s for s in subjects), subjects)
        for column, words in (("body_text", "Die Pflicht ist Ihre"),
                              ("calendar", "CATEGORIES:Notfallübung")):
            said = self.book.sql(f"SELECT id FROM mail WHERE {column} LIKE '%{words}%'")
            self.assertTrue(said, words)

    def test_a_reader_s_own_language_comes_before_the_organisation_s(self):
        self.settings(language="de")
        self.anna.get("/me").submit("/me", "language", language="en")
        subjects = self.reminders()
        self.assertTrue(any(s.startswith("Invitation: ") for s in subjects), subjects)
        self.assertFalse(any("Einladung" in s or "Pflicht" in s for s in subjects), subjects)

    def test_a_document_is_in_the_language_of_who_asks_for_it(self):
        german = self.get("/o/nordwind/readiness/report.md").text
        self.assertIn("Bereitschaft am 15. Juni 2026", german)
        english = self.get("/o/nordwind/readiness/report.md", "en").text
        self.assertIn("Readiness on 15 June 2026", english)
        pdf = self.get("/o/nordwind/readiness/report.pdf").body
        objects = [zlib.decompressobj().decompress(raw) for raw in
                   re.findall(rb"/ObjStm.*?stream\r?\n(.*?)endstream", pdf, re.S)]
        self.assertRegex(b"".join(objects), rb"/Lang \((de|\xfe\xff\x00d\x00e)\)")

    def test_a_calendar_speaks_as_the_organisation_does(self):
        self.settings(language="de")
        page = self.anna.get("/o/nordwind/calendars").submit("/calendars", "what", what="whole")
        address = re.search(r"/calendar/[\w-]+\.ics", page.text).group(0)
        feed = self.server.client().get(address, Accept_Language="en").text
        self.assertIn("Verantwortlich", feed)


@lib.both_engines
class CommandLine(lib.DaybookTest):
    def setUp(self):
        super().setUp()
        self.book.init(adopt=True)

    def said(self, *arguments, **env):
        ran = self.book.run(*arguments, env={"LC_ALL": "", "LANG": "", **env})
        return ran.out + ran.err

    def test_help_and_errors_follow_the_environment(self):
        for env in ({"DAYBOOK_LANGUAGE": "de"}, {"LC_ALL": "de_AT.UTF-8"}, {"LANG": "de_DE@euro"},
                    {"LC_MESSAGES": "de", "LANG": "en_GB.UTF-8"}):
            self.assertIn("Befehle:", self.said("help", **env), env)
            move = self.said("help", "activity", "move", **env)
            self.assertIn("Eine Aktivität verschieben", move)
            self.assertIn("Diese Aktivität gibt es nicht.",
                          self.said("activity", "show", "99999", **env))
        for env in ({}, {"LANG": "C"}, {"LC_ALL": "tlh"},
                    {"DAYBOOK_LANGUAGE": "en", "LC_ALL": "de_DE.UTF-8"}):
            self.assertIn("Commands:", self.said("help", **env), env)

    def test_json_keeps_its_keys(self):
        german = self.book.json("due", env={"DAYBOOK_LANGUAGE": "de"})
        english = self.book.json("due")
        self.assertEqual([sorted(row) for row in english], [sorted(row) for row in german])
        self.assertEqual([row["status"] for row in english], [row["status"] for row in german])

    def test_all_help_is_in_the_catalogue(self):
        known = catalogue.read_po(lib.ROOT / "po/de.po")
        commands = re.findall(r"^  ([a-z]+(?: [a-z]+)?) {2,}", self.said("help"), re.M)
        self.assertGreater(len(commands), 80)
        missing = []
        for command in commands:
            shown = self.said("help", *command.split())
            texts = [shown.split("\n")[0]] + re.findall(
                r"^  --[a-z-]+(?: [^ ]+)? {2,}(.*?)(?: \(required\)| \(may be given again\))*$",
                shown, re.M)
            missing += [f"{command}: {text}" for text in texts if text not in known]
        self.assertLess(len(missing), 20, missing)  # new ones may be English for a while


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
