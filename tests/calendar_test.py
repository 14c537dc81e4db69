# SPDX-License-Identifier: Apache-2.0
"""The calendar feed, read by programs that people use: khal, vdirsyncer and python3-icalendar."""

import datetime
import json
import os
import pathlib
import re
import subprocess
import zoneinfo

import icalendar  # Debian's: run with /usr/bin/python3

import lib

FACTS = {"sites": [{"name": "Hamburg", "time_zone": "Europe/Berlin"},
                   {"name": "New York", "time_zone": "America/New_York"},
                   {"name": "Pune", "time_zone": "Asia/Kolkata"}],
         "critical_systems": ["ERP, billing; and \"more\"", "Lager – Größe"],
         "top_management": ["chef@example.org"]}


def events(text):
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def by_uid(text):
    return {str(e["UID"]): e for e in events(text)}


class CalendarCase(lib.DaybookTest):
    def begin(self):
        self.book.init(facts=FACTS, adopt=True)

    def feed(self, *more, **options):
        return self.book.ok("calendar", "--org", "nordwind", *more, **options).out

    def activities(self):
        rows = self.book.sql("SELECT uid, id, due, title FROM activity ORDER BY due, id")
        return {r[0]: {"id": r[1], "due": r[2], "title": r[3]} for r in rows}


@lib.both_engines
class Feed(CalendarCase):
    def test_every_activity_of_the_cycle_is_one_event_without_rules(self):
        self.begin()
        text = self.feed()
        stored = self.activities()
        self.assertGreater(len(stored), 40)
        self.assertEqual(set(by_uid(text)), set(stored))
        self.assertEqual(len(events(text)), len(stored))
        self.assertNotIn("RRULE", text)
        for uid, event in by_uid(text).items():
            self.assertEqual(event["DTSTART"].dt.date().isoformat(), stored[uid]["due"])
            self.assertEqual(str(event["SUMMARY"]), stored[uid]["title"])
            self.assertGreater(event["DTEND"].dt, event["DTSTART"].dt)

    def test_every_line_ends_and_folds_as_rfc_5545_says(self):
        self.begin()
        raw = subprocess.run([lib.PROGRAM, "calendar", "--org", "nordwind"], capture_output=True,
                             check=True, env=self.book.environment()).stdout
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        for line in raw.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode("utf-8")  # no character is cut by a fold

    def test_the_feed_is_the_same_on_every_day_while_nothing_changes(self):
        self.begin()
        self.assertEqual(self.feed(), self.feed(now="2027-11-02T23:30:00Z"))

    def test_zones_are_right_across_summer_time(self):
        self.begin()
        text = self.feed()
        zones = {str(z["TZID"]): z.to_tz()
                 for z in icalendar.Calendar.from_ical(text).walk("VTIMEZONE")}
        self.assertLessEqual({"Europe/Berlin", "America/New_York", "Asia/Kolkata"}, set(zones))
        for event in events(text):
            name = event["DTSTART"].params["TZID"]
            local = event["DTSTART"].dt.replace(tzinfo=None)
            told = zones[name].localize(local)  # by the feed's own VTIMEZONE
            real = local.replace(tzinfo=zoneinfo.ZoneInfo(name))
            self.assertEqual(told.utcoffset(), real.utcoffset(), f"{name} {local}")

    def test_every_hour_of_the_cycle_has_the_offset_of_the_real_zone(self):
        self.begin()
        for zone in icalendar.Calendar.from_ical(self.feed()).walk("VTIMEZONE"):
            told, real = zone.to_tz(), zoneinfo.ZoneInfo(str(zone["TZID"]))
            hour = datetime.datetime(2025, 11, 20, tzinfo=datetime.timezone.utc)
            while hour < datetime.datetime(2028, 11, 20, tzinfo=datetime.timezone.utc):
                mine = told.fromutc(hour.replace(tzinfo=told))
                self.assertEqual(mine.utcoffset(), hour.astimezone(real).utcoffset(),
                                 f"{zone['TZID']} {hour}")
                hour += datetime.timedelta(hours=7)

    def test_what_a_reader_needs_to_know_is_in_each_event(self):
        self.begin()
        for event in events(self.feed()):
            for name in ("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DESCRIPTION",
                         "CATEGORIES"):
                self.assertIn(name, event)
            self.assertIn(str(event["STATUS"]), ("TENTATIVE", "CONFIRMED", "CANCELLED"))
            self.assertGreater(len(str(event["DESCRIPTION"])), 20)

    def test_a_person_sees_what_is_theirs(self):
        self.begin()
        whole, own = by_uid(self.feed()), by_uid(self.feed("--person", "anna@example.org"))
        mine = self.book.sql("SELECT uid FROM activity WHERE owner_person = "
                             "(SELECT id FROM person WHERE email = 'anna@example.org')")
        self.assertLessEqual({r[0] for r in mine}, set(own))
        self.assertLessEqual(set(own), set(whole))

    def test_an_unknown_person_or_role_is_a_usage_error(self):
        self.begin()
        for more in (("--person", "nobody@example.org"), ("--role", "king")):
            ran = self.refused(self.book.run("calendar", "--org", "nordwind", *more))
            self.assertEqual(ran.out, "")
            self.assertIn(more[1], ran.err)

    def test_organisations_see_only_their_own(self):
        self.begin()
        self.book.init(org="suedwind", name="Südwind", admin="sara@example.net", adopt=True)
        own = set(by_uid(self.book.ok("calendar", "--org", "suedwind").out))
        self.assertFalse(own & set(by_uid(self.feed())))


@lib.both_engines
class Subscription(CalendarCase):
    """The address a calendar program asks: GET /calendar/{token}.ics."""

    def subscribe(self, what="whole"):
        self.begin()
        self.server = self.book.serve()
        self.anna = self.book.signed_in(self.server)
        page = self.anna.get("/o/nordwind/calendars")
        answer = page.submit("/calendars", "what", what=what)
        found = re.search(r"/calendar/[\w-]+\.ics", answer.text)
        self.assertIsNotNone(found, repr(answer))
        return found.group(0)

    def change(self, action, **values):
        """Moves or cancels the last open activity; gives its uid and new date."""
        rows = self.book.sql("SELECT uid, id, due FROM activity WHERE state < 3 ORDER BY due, id")
        uid, activity, due = rows[-1]
        if "due" in values:
            values["due"] = (datetime.date.fromisoformat(due)
                             - datetime.timedelta(days=14)).isoformat()
        options = [part for name, value in values.items() for part in (f"--{name}", value)]
        self.book.ok("activity", action, activity, *options)
        return uid, values.get("due")

    def test_it_is_a_calendar_that_is_not_sent_twice(self):
        path = self.subscribe()
        reader = self.server.client()
        answer = reader.get(path)
        self.assertEqual(answer.status, 200, repr(answer))
        self.assertTrue(answer.headers["content-type"].startswith("text/calendar"))
        self.assertEqual(set(by_uid(answer.body)), set(self.activities()))
        etag = answer.headers["etag"]
        again = reader.get(path, If_None_Match=etag)
        self.assertEqual((again.status, again.body), (304, b""))
        self.change("move", due="", reason="The auditor is ill")
        self.assertEqual(reader.get(path, If_None_Match=etag).status, 200)

    def test_a_moved_activity_keeps_its_uid_and_its_sequence_grows(self):
        path = self.subscribe()
        before = by_uid(self.anna.get(path).body)
        uid, due = self.change("move", due="", reason="The auditor is ill")
        after = by_uid(self.anna.get(path).body)
        self.assertEqual(set(before), set(after))
        self.assertGreater(after[uid]["SEQUENCE"], before[uid]["SEQUENCE"])
        self.assertEqual(after[uid]["DTSTART"].dt.date().isoformat(), due)
        for other in set(before) - {uid}:
            self.assertEqual(before[other].to_ical(), after[other].to_ical())

    def test_a_cancelled_activity_says_so(self):
        path = self.subscribe()
        before = by_uid(self.anna.get(path).body)
        uid, _ = self.change("cancel", reason="The site was closed")
        event = by_uid(self.anna.get(path).body)[uid]
        self.assertEqual(str(event["STATUS"]), "CANCELLED")
        self.assertGreater(event["SEQUENCE"], before[uid]["SEQUENCE"])
        self.assertFalse(event.walk("VALARM"))

    def test_the_link_leads_back(self):
        path = self.subscribe()
        event = events(self.anna.get(path).body)[0]
        link = str(event["URL"])
        self.assertTrue(link.startswith(self.server.url), link)
        page = self.anna.get(link[len(self.server.url):])
        self.assertEqual(page.status, 200)
        self.assertIn(str(event["SUMMARY"]), page.words)

    def test_a_revoked_or_guessed_address_is_not_found(self):
        path = self.subscribe()
        self.assertEqual(self.server.client().get(path[:-8] + "AAAA.ics").status, 404)
        page = self.anna.get("/o/nordwind/calendars")
        self.assertEqual(page.submit("/revoke").status, 200)
        self.assertEqual(self.server.client().get(path).status, 404)

    def test_vdirsyncer_and_khal_read_it(self):
        path = self.subscribe()
        folder = pathlib.Path(self.book.folder) / "reader"
        for name in ("status", "disk/nordwind"):
            (folder / name).mkdir(parents=True)
        self._write(folder / "vdirsyncer.ini", {
            "general": {"status_path": f"{folder}/status"},
            "pair diary": {"a": "web", "b": "disk", "collections": None},
            "storage web": {"type": "http", "url": self.server.url + path},
            "storage disk": {"type": "filesystem", "path": f"{folder}/disk/nordwind",
                             "fileext": ".ics"}})
        for step in ("discover", "sync"):
            self._reader("vdirsyncer", "-c", folder / "vdirsyncer.ini", step, folder=folder)
        files = list((folder / "disk/nordwind").glob("*.ics"))
        stored = self.activities()
        self.assertEqual(len(files), len(stored))
        # vdirsyncer gives a read-only subscription's events names of its own; titles and days stay
        self.assertEqual(self._khal(folder),
                         sorted((a["due"], a["title"]) for a in stored.values()))

    def _khal(self, folder):
        (folder / "khal.ini").write_text(
            f"[calendars]\n[[nordwind]]\npath = {folder}/disk/nordwind\n"
            "[locale]\nlocal_timezone = Europe/Berlin\ndefault_timezone = Europe/Berlin\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[sqlite]\npath = {folder}/khal.db\n[default]\nprint_new = False\n")
        out = self._reader("khal", "-c", folder / "khal.ini", "list", "--format",
                           "{start-date-long}|{title}", "--day-format", "", "2025-11-01",
                           "2028-12-31", folder=folder)
        return sorted(tuple(line.split("|", 1)) for line in out.splitlines() if "|" in line)

    def _write(self, path, sections):
        lines = []
        for section, values in sections.items():
            lines.append(f"[{section}]")
            lines += [f"{k} = {json.dumps(v)}" for k, v in values.items()]
        path.write_text("\n".join(lines) + "\n")

    def _reader(self, *command, folder):
        env = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder),
               "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder), "LC_ALL": "C.UTF-8"}
        done = subprocess.run([str(c) for c in command], env=env, text=True, input="y\n" * 9,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              timeout=120 * lib.PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout


if __name__ == "__main__":
    lib.main()
