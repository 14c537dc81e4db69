# SPDX-License-Identifier: Apache-2.0
"""What the worker makes of mails as calendar programs write them: shapes of our own, and, where
they lie beside the project, real ones (DAYBOOK_REAL_MAIL names their folder)."""
import base64
import datetime
import json
import os
import pathlib
import quopri
import subprocess
import unittest

import icalendar
import lib
import mailshapes

REAL = pathlib.Path(os.environ.get("DAYBOOK_REAL_MAIL",
                                   lib.ROOT.parent / "shared" / "data" / "mail"))
BERLIN = {"whole_day": False, "zone": "Europe/Berlin"}
# file: method, UID, attendees and what each says, start, end
KNOWN = {
    "request_google.txt": (
        "REQUEST", "69d4c40b4a274636bf23517938df9673@example.org",
        {"john@example.org": "needs-action", "alice@example.org": "accepted",
         "bob@example.org": "needs-action"},
        {"year": 2025, "month": 2, "day": 20, "second": 19 * 3600, **BERLIN},
        {"year": 2025, "month": 2, "day": 20, "second": 20 * 3600, **BERLIN}),
    "request_outlook_com.txt": (
        "REQUEST", "1F0BD3F6FEFC421AAA5BE992D6992B6A", {"bob@example.org": "needs-action"},
        {"year": 2025, "month": 2, "day": 26, "second": 8 * 3600, **BERLIN},
        {"year": 2025, "month": 2, "day": 26, "second": 8 * 3600 + 1800, **BERLIN}),
}


def read(*mails):
    """What one worker says of each, asked one after the other."""
    asked = b"".join(b'{"length":%d}\n%s' % (len(m), m) for m in mails)
    done = subprocess.run([lib.BUILD / "daybook-worker", "mail_in"], input=asked,
                          capture_output=True, check=True, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()]


def event(*lines, zone="Europe/Berlin", method="REPLY", end="\r\n"):
    return end.join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tests//EN", f"METHOD:{method}",
        "BEGIN:VEVENT", "UID:a-uid", "DTSTAMP:20260102T030405Z", "SEQUENCE:3",
        f"DTSTART;TZID={zone}:20260601T100000", f"DTEND;TZID={zone}:20260601T120000",
        "ORGANIZER;CN=Daybook:mailto:daybook+0123456789abcdef01234567@example.org",
        *lines, "END:VEVENT", "END:VCALENDAR", ""])


YES = "ATTENDEE;PARTSTAT=ACCEPTED;CN=Anna:mailto:anna@example.org"


def mail(calendar, kind="text/calendar; charset=utf-8; method=REPLY", coding="8bit", wrap=None):
    body = calendar if isinstance(calendar, bytes) else calendar.encode()
    if coding == "base64":
        body = base64.encodebytes(body)
    elif coding == "quoted-printable":
        body = quopri.encodestring(body)
    part = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body
    for edge in wrap or []:
        part = (f'Content-Type: multipart/mixed; boundary="{edge}"\r\n\r\n--{edge}\r\n'
                f"Content-Type: text/plain\r\n\r\nWords.\r\n--{edge}\r\n").encode() + part + (
                    f"\r\n--{edge}--\r\n").encode()
    return (b"From: Anna <Anna@Example.org>\r\nTo: daybook@example.org\r\nMIME-Version: 1.0\r\n"
            + part)


class Asked:
    """As much of an invitation as a reply needs."""

    uid, address, sequence, title = "a-uid@daybook", "anna@example.org", 2, "Management review"
    organiser = "daybook+0123456789abcdef01234567@example.org"
    event = {"DTSTART": icalendar.vDDDTypes(datetime.datetime(2026, 6, 1, 10))}


class Shapes(unittest.TestCase):
    def calendar(self, *given, **named):
        said, = read(mail(*given, **named))
        self.assertIn("calendar", said)
        return said["calendar"]

    def test_every_coding_and_nesting_says_the_same(self):
        plain = self.calendar(event(YES))
        self.assertEqual((plain["method"], plain["uid"], plain["sequence"]), ("REPLY", "a-uid", 3))
        self.assertEqual(plain["attendees"][0]["answer"], "accepted")
        for named in ({"coding": "base64"}, {"coding": "quoted-printable"},
                      {"kind": 'application/ics; name="invite.ics"', "coding": "base64"},
                      {"wrap": ["a"]}, {"wrap": ["a", "b", "c"], "coding": "base64"}):
            self.assertEqual(self.calendar(event(YES), **named), plain, named)
        self.assertEqual(self.calendar(event(YES, end="\n")), plain, "bare line ends")
        self.assertEqual(self.calendar(b"\xef\xbb\xbf" + event(YES).encode()), plain, "a BOM")
        folded = event(YES.replace("ACCEPTED", "ACC\r\n EPTED"))
        self.assertEqual(self.calendar(folded), plain, "a folded line")

    def test_every_program_says_every_answer(self):
        """Google, Outlook, Exchange, Apple, Thunderbird: yes, no, perhaps, somebody else, another
        time; each with a comment."""
        one = Asked()
        cases = [(shape, answer, method) for shape in mailshapes.PROGRAMS
                 for answer, method in (("ACCEPTED", "REPLY"), ("DECLINED", "REPLY"),
                                        ("TENTATIVE", "REPLY"), ("DELEGATED", "REPLY"),
                                        ("TENTATIVE", "COUNTER"))]
        mails = [mailshapes.reply(
            one, answer, shape, method=method, comment="As\\, you say", parameters=(
                ';DELEGATED-TO="mailto:bob@example.net"' if answer == "DELEGATED" else ""))
            for shape, answer, method in cases]
        for (shape, answer, method), said in zip(cases, read(*(m.encode() for m in mails))):
            with self.subTest(shape, answer=answer, method=method):
                found = said["calendar"]
                self.assertEqual((found["method"], found["uid"], found["sequence"]),
                                 (method, one.uid, one.sequence))
                who, = found["attendees"]
                self.assertEqual((who["address"], who["answer"]), (one.address, answer.lower()))
                self.assertEqual(who["to"], "bob@example.net" if answer == "DELEGATED" else "")
                self.assertEqual(found["comment"], "As, you say")
                self.assertEqual(found["start"]["zone"], "Europe/Berlin")
                self.assertEqual(found["organizer"], "" if shape == "exchange" else one.organiser)
                self.assertIn(one.organiser, said["to"])

    def test_zones_by_windows_name_are_known(self):
        for windows, zone in (("W. Europe Standard Time", "Europe/Berlin"),
                              ("Pacific Standard Time", "America/Los_Angeles"),
                              ("Tokyo Standard Time", "Asia/Tokyo"),
                              ('"India Standard Time"', "Asia/Kolkata")):
            said = self.calendar(event(YES, zone=windows))["start"]["zone"]
            same = {said, zone} in ({zone}, {"Asia/Kolkata", "Asia/Calcutta"})
            self.assertTrue(same, (windows, said))

    def test_a_zone_nobody_knows_is_reckoned_by_the_rules_that_came_with_it(self):
        custom = event(YES, zone="Customized Time Zone").replace(
            "BEGIN:VEVENT", mailshapes.WINDOWS_ZONE.replace(
                "W. Europe Standard Time", "Customized Time Zone").replace("\n", "\r\n")
            + "BEGIN:VEVENT")
        self.assertEqual(self.calendar(custom)["start"]["utc"], 1780300800)  # 8:00 UTC: summer

    def test_old_charsets_and_long_words_do_no_harm(self):
        latin = event(YES.replace("Anna", "J\xfcrgen"), "COMMENT:Gr\xfc\xdfe").encode("latin-1")
        said = self.calendar(latin)
        self.assertEqual((said["comment"], said["attendees"][0]["name"]), ("Grüße", "Jürgen"))
        long = self.calendar(event(YES, "COMMENT:" + "é" * 3000))["comment"]
        self.assertLessEqual(len(long), 2000)

    def test_one_that_breaks_its_reader_leaves_the_next_unharmed(self):
        """Each is read by a child of its own: what one makes of it cannot touch another."""
        deep = mail(event(*["BEGIN:VALARM"] * 60, *["END:VALARM"] * 60))
        nested = mail(event(YES), wrap=[f"e{i}" for i in range(90)])
        garbage = bytes(range(256)) * 200
        good = mail(event(YES))
        said = read(good, deep, nested, garbage, b"", good)
        self.assertEqual(len(said), 6)
        self.assertEqual(said[0], said[5])
        self.assertIn("refused", said[1]["calendar"])

    def test_no_more_than_its_share_is_taken_of_a_flood_of_people(self):
        many = [YES.replace("anna@", f"p{i}@") for i in range(2000)]
        self.assertLessEqual(len(self.calendar(event(*many)).get("attendees", [])), 500)


class RealMails(unittest.TestCase):
    def test_each_is_understood(self):
        if not REAL.is_dir():
            self.skipTest(f"{REAL} is not there")
        files = sorted(p for p in REAL.iterdir() if p.is_file())
        self.assertTrue(files)
        for path, said in zip(files, read(*(p.read_bytes() for p in files))):
            with self.subTest(path.name):
                self.assertNotIn("refused", said)
                found = said["calendar"]
                self.assertNotIn("refused", found)
                self.assertTrue(found["uid"] and found["attendees"] and found["start"])
                if path.name in KNOWN:
                    people = {a["address"]: a["answer"] for a in found["attendees"]}
                    self.assertEqual((found["method"], found["uid"], people, found["start"],
                                      found["end"]), KNOWN[path.name])


if __name__ == "__main__":
    unittest.main()
