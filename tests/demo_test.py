# SPDX-License-Identifier: Apache-2.0
"""The demo organisation as a visitor meets it: built through the rules, whole, alive, and each of
its people sees their own Today."""

import csv
import http.client
import io
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import lib

NOW = "2026-06-15T09:00:00Z"


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="daybook-demo-")
        cls.env = {k: v for k, v in os.environ.items() if not k.startswith("DAYBOOK_")}
        cls.env["DAYBOOK_NOW"] = NOW
        cls.server = subprocess.Popen(
            [lib.PROGRAM, "demo", "--folder", cls.folder.name, "--listen", "127.0.0.1:0"],
            env=cls.env, stdout=subprocess.PIPE, text=True)
        cls.said = ""
        while "Ctrl-C" not in cls.said:
            line = cls.server.stdout.readline()
            if not line:
                raise RuntimeError(f"the demo ended: {cls.said}")
            cls.said += line
        cls.port = int(re.search(r"127\.0\.0\.1:(\d+)", cls.said).group(1))

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait(10)
        cls.server.stdout.close()
        cls.folder.cleanup()

    def ask(self, path, who="manager"):
        link = http.client.HTTPConnection("127.0.0.1", self.port,
                                          timeout=10 * lib.PATIENCE)
        link.request("GET", f"/demo/{who}")
        door = link.getresponse()
        door.read()
        self.assertEqual(door.status, 303, who)
        link.request("GET", path, headers={"Cookie": door.getheader("Set-Cookie").split(";")[0]})
        answer = link.getresponse()
        text = answer.read().decode()
        self.assertEqual(answer.status, 200, path)
        link.close()
        return text

    def run_on_demo(self, *arguments):
        env = {**self.env, "DAYBOOK_DB": f"sqlite:{self.folder.name}/demo.db"}
        return subprocess.run([lib.PROGRAM, *arguments], env=env, capture_output=True, text=True)

    def test_it_prints_a_link_for_each_of_its_five_people(self):
        self.assertEqual(len(re.findall(r"/demo/\w+", self.said)), 5)

    def test_its_ledger_is_whole(self):
        answer = self.run_on_demo("verify")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_one_activity_is_missed_and_most_are_done(self):
        kept = json.loads(self.ask("/api/v1/o/harbour-light/activities?size=200"))
        states = [row["mark"]["status"] for row in kept["rows"]]
        self.assertEqual(states.count("missed"), 1)
        self.assertGreater(states.count("concluded"), 10)

    def test_today_says_each_thing_once_and_the_most_urgent_first(self):
        for who in ("manager", "executive", "auditor", "employee", "external"):
            page = self.ask("/o/harbour-light/today", who)
            said = re.findall(r'<li>\s*(?:<i [^>]*></i>\s*)?<div class="what"><a href="'
                              r'/o/harbour-light/activities/(\d+)"', page)
            self.assertEqual(len(said), len(set(said)), who)
            marks = re.findall(r'mark-missed"><i [^>]*></i> Missed<', page.split("Coming")[0])
            self.assertEqual(len(marks), 0 if who == "employee" else 1, who)
        rows = json.loads(self.ask("/api/v1/o/harbour-light/today"))
        own = [row["mark"]["status"] for row in rows["mine"]]
        urgency = [{"missed": 0, "late": 1}.get(status, 2) for status in own]
        self.assertEqual(urgency, sorted(urgency))
        self.assertEqual(rows["late_total"], 2)  # programs get each list whole

    def test_today_names_what_was_missed_with_who_and_what_to_do(self):
        today = json.loads(self.ask("/api/v1/o/harbour-light/today"))
        self.assertEqual(today["missed_total"], 1)
        self.assertEqual(today["missed"][0]["owner"], "Bram Hoekstra")
        self.assertIn("conclude it late", today["missed"][0]["todo"])

    def test_each_reader_has_an_emphasis_of_their_own(self):
        for who, emphasis in {"manager": "manager", "executive": "executive", "auditor": "auditor",
                              "employee": "employee", "external": "external"}.items():
            today = json.loads(self.ask("/api/v1/o/harbour-light/today", who))
            self.assertEqual(today["emphasis"], emphasis)

    def test_the_year_draws_a_missed_a_late_or_a_done_mark_each_in_its_own_shape(self):
        year = self.ask("/o/harbour-light/year")
        picture = year[year.index("picture-scroll"):]
        for shape in ("missed", "done", "plan", "baseline", "today-line", "stage"):
            self.assertIn(f'class="{shape}"', picture)

    def test_a_figure_that_was_measured_says_of_what(self):
        page = self.ask("/o/harbour-light/readiness")
        self.assertRegex(page, r"\d+ of \d+")
        self.assertIn("Paper shield", page)

    def test_the_export_has_a_row_for_each_activity(self):
        kept = json.loads(self.ask("/api/v1/o/harbour-light/activities"))
        rows = list(csv.DictReader(io.StringIO(self.ask("/o/harbour-light/activities.csv"))))
        self.assertEqual(len(rows), kept["total"])

    def test_it_refuses_to_be_open_to_others(self):
        answer = subprocess.run([lib.PROGRAM, "demo", "--folder", self.folder.name + "2",
                                 "--listen", "0.0.0.0:0"], env=self.env, capture_output=True,
                                text=True, timeout=20 * lib.PATIENCE)
        self.assertEqual(answer.returncode, 2)
        self.assertFalse(pathlib.Path(self.folder.name + "2").exists())


if __name__ == "__main__":
    unittest.main()
