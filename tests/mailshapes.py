# SPDX-License-Identifier: Apache-2.0
"""Invitations as their readers hold them, and answers in the shapes in which calendar programs
send them. All written for these tests."""

import base64
import datetime
import os
import subprocess
import uuid

import icalendar


class Invitation:
    def __init__(self, mail):
        self.mail = mail
        self.calendar = self.event = None
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                self.source = part.get_content()
                self.calendar = icalendar.Calendar.from_ical(self.source)
                self.event = self.calendar.walk("VEVENT")[0]
        self.text = mail.get_body(("plain",)).get_content()
        self.address = mail["To"].addresses[0].addr_spec
        if self.event is not None:
            self.uid = str(self.event["UID"])
            self.method = str(self.calendar["METHOD"])
            self.sequence = int(self.event["SEQUENCE"])
            self.title = str(self.event["SUMMARY"])
            self.organiser = str(self.event["ORGANIZER"]).removeprefix("mailto:")


def invitation(mail):
    return Invitation(mail)


PROGRAMS = {
    "google": "-//Google Inc//Google Calendar 70.9054//EN",
    "outlook": "Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
    "exchange": "Microsoft Exchange Server 2010",
    "apple": "-//Apple Inc.//macOS 14.5//EN",
    "thunderbird": "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
}
WINDOWS_ZONE = """\
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def _calendar(one, answer, shape, method, me, organiser, stamp, parameters, comment, start, more):
    windows = shape in ("outlook", "exchange")
    zone = "W. Europe Standard Time" if windows else "Europe/Berlin"
    end = start + datetime.timedelta(hours=2)
    name = f'"{me}"' if shape == "outlook" else me
    return "\r\n".join([
        "BEGIN:VCALENDAR", f"PRODID:{PROGRAMS[shape]}", "VERSION:2.0", f"METHOD:{method}",
        *((WINDOWS_ZONE.splitlines()) if windows else []),
        "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT={answer}{parameters};CN={name}:"
        f"{'MAILTO' if windows else 'mailto'}:{me}",
        *([f"COMMENT;LANGUAGE=en-US:{comment}"] if comment else []),
        f"UID:{one.uid}", f"SUMMARY:{one.title[:40]}",
        f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}",
        f"DTSTAMP:{stamp}", f"SEQUENCE:{one.sequence}",
        *([] if shape == "exchange" else [f"ORGANIZER;CN=Daybook:mailto:{organiser}"]),
        *more, "END:VEVENT", "END:VCALENDAR", ""])


def reply(one, answer, shape="google", sender=None, attendee=None, organiser=None, parameters="",
          comment=None, stamp="20260615T100000Z", method="REPLY", start=None, more=()):
    """A reply as `shape` sends it. Exchange leaves the organiser out and codes the body in base64;
    Outlook speaks of Windows' zones; Google and Apple write plain text."""
    me = attendee or one.address
    sender = sender or one.address
    organiser = organiser or one.organiser
    start = start or one.event["DTSTART"].dt
    calendar = _calendar(one, answer, shape, method, me, organiser, stamp, parameters, comment,
                         start, more)
    coded = shape in ("exchange", "outlook")
    body = base64.encodebytes(calendar.encode()).decode() if coded else calendar
    edge = uuid.uuid4().hex
    return "\r\n".join([
        f"From: Somebody <{sender}>", f"To: <{organiser}>", f"Subject: {answer.title()}: meeting",
        f"Message-ID: <{uuid.uuid4().hex}@{shape}.example>", "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative; boundary="{edge}"', "",
        f"--{edge}", 'Content-Type: text/plain; charset="utf-8"', "", "Somebody has answered.",
        f"--{edge}", f'Content-Type: text/calendar; charset="utf-8"; method={method}',
        f"Content-Transfer-Encoding: {'base64' if coded else '8bit'}", "", body,
        f"--{edge}--", ""])


def counter(one, days, hour):
    """Exchange proposes another time."""
    start = one.event["DTSTART"].dt.replace(hour=hour, minute=0) + datetime.timedelta(days=days)
    return reply(one, "TENTATIVE", "exchange", method="COUNTER", start=start,
                 comment="Then I could come")


def bombs(one):
    """Answers that would cost more than they say."""
    deep = ["BEGIN:VALARM"] * 40 + ["END:VALARM"] * 40
    return [
        reply(one, "ACCEPTED", more=["RRULE:FREQ=SECONDLY"]),
        reply(one, "ACCEPTED", more=deep),
        reply(one, "ACCEPTED", "exchange", more=["DESCRIPTION:" + "x" * 60000]),
        reply(one, "ACCEPTED", "exchange", more=["RDATE:20260101T000000Z"] * 4000),
    ]


def khal_lists(invitations, folder):
    """What khal shows after it has taken each in, in order: (day, title)."""
    store = folder / "calendar"
    store.mkdir(parents=True)
    for one in invitations:
        path = store / f"{one.uid}.ics"
        if one.method == "CANCEL":
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(one.calendar.to_ical())
    (folder / "khal.ini").write_text(
        f"[calendars]\n[[invited]]\npath = {store}\n[locale]\nlocal_timezone = Europe/Berlin\n"
        "default_timezone = Europe/Berlin\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "timeformat = %H:%M\ndatetimeformat = %Y-%m-%d %H:%M\n"
        f"longdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {folder}/khal.db\n"
        "[default]\nprint_new = False\n")
    out = subprocess.run(
        ["khal", "-c", folder / "khal.ini", "list", "--format", "{start-date-long}|{title}",
         "--day-format", "", "2026-01-01", "2028-12-31"], check=True, capture_output=True,
        text=True, env={
            **os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}).stdout
    return sorted(tuple(line.split("|", 1)) for line in out.splitlines() if "|" in line)
