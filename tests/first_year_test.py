# SPDX-License-Identifier: Apache-2.0
"""A first year walked with simulated time: four quarterly reviews, one moved twice, one without
quorum, one concluded late. Trends, minutes, actions and the ledger tell the story, and its pack and
minutes are documents that can be handed to a board."""

import json
import re
import subprocess
import tempfile

import lib
from report_test import reads, words_of
from reviews_test import ReviewTest

ARABIC, JAPANESE = "محمد بن سعيد", "山田太郎"
RISKS = ("Risk ID,Risk Title,Asset,Threat,Likelihood ,Impact,Residual Likelihood,Residual Impact,"
         "Treatment\nR-1,Ransomware,Files,Malware,4,5,3,4,Mitigate\n"
         "R-2,Theft,Laptops,Thief,3,3,2,3,\n")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def pictures(pdf):
    """Each page as (width, height, rows of bytes in grey), drawn by poppler."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", "50", "-", f"{folder}/p"], input=pdf, check=True)
        names = sorted(p.name for p in lib.pathlib.Path(folder).iterdir())
        for name in names:
            data = (lib.pathlib.Path(folder) / name).read_bytes()
            head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
            width, height = int(head[1]), int(head[2])
            body = data[head.end():]
            yield width, height, [body[y * width:(y + 1) * width] for y in range(height)]


@lib.both_engines
class FirstYear(ReviewTest):
    facts = {"head_count": 60, "top_management": [
        {"name": "Clara Voss", "email": "clara@example.org"},
        {"name": ARABIC, "email": "dirk@example.org"},
        {"name": JAPANESE, "email": "taro@example.org"}]}
    END = "2026-12-11T09:00:00Z"

    def setUp(self):
        super().setUp()
        path = self.book.folder / "risk-register.csv"
        path.write_text(RISKS, "utf-8")
        self.book.ok("import", "--org", "nordwind", path, now="2025-12-01T09:00:00Z")
        self.year = [r for r in self.reviews() if r["due"] < "2026-11-20"]
        self.assertEqual(len(self.year), 4, self.year)
        self.one, self.two, self.three, self.four = (r["id"] for r in self.year)

    # ---- the year ----

    def decided(self, api, review, **what):
        answer = api.api("POST", f"/o/nordwind/reviews/{review}/decisions",
                         {"letter": "d", "words": "Decided", "owner": "anna@example.org", **what})
        self.assertEqual(answer.status, 200, repr(answer))

    def meeting(self, review, day, decide=lambda api: None):
        anna, clara = self.signed("anna@example.org"), self.signed("clara@example.org")
        self.done(self.page(anna, review, "/minutes").submit("/open"))
        self.attend(anna, review, present=("Clara Voss", ARABIC), absent=(JAPANESE,))
        self.consider(anna, review)
        decide(self.program())
        self.done(self.close(anna, review, day))
        self.done(self.approve(clara, review))

    def first(self):
        risk = self.book.sql("SELECT id FROM register_item WHERE ref = 'R-1'")[0][0]
        duty = self.book.sql("SELECT id FROM duty WHERE duty_key = 'training.refresher'")[0][0]

        def decide(api):
            for i in range(1, 31):
                self.decided(api, self.one, kind="action", words=f"Step {i} of the restore",
                             due="2026-04-30")
            self.decided(api, self.one, kind="risk", risk=risk, letter="f", due="2026-08-31",
                         owner=ARABIC, words="Until the vault stands")
            self.decided(api, self.one, kind="programme", duty=duty, months=6,
                         words="Awareness twice a year")
        with self.day("2026-02-05"):
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, self.one).submit(
                "/sections/training/words", words=f"{JAPANESE} teaches; {ARABIC} translates."))
            self.done(self.page(anna, self.one).submit("/pack/issue"))
        with self.day("2026-02-13"):
            self.meeting(self.one, "2026-02-13", decide)

    def finish_actions(self):
        ids = [r[0] for r in self.book.sql("SELECT id FROM action WHERE title LIKE 'Step %' "
                                           "ORDER BY id")]
        self.assertEqual(len(ids), 30)
        for count, day in ((12, "2026-03-10"), (6, "2026-05-20")):  # in time, and late
            for action in ids[:count]:
                evidence = self.book.folder / f"proof-{action}.txt"
                evidence.write_text(f"Done: {action}", "utf-8")
                self.book.ok("evidence", "add", evidence, "--org", "nordwind", "--object",
                             f"action:{action}", now=f"{day}T09:00:00Z")
                self.book.ok("actions", "done", action, "--org", "nordwind", "--result", "Restored",
                             now=f"{day}T09:00:00Z")
            ids = ids[count:]

    def second(self):
        with self.day("2026-05-04"):
            anna = self.signed("anna@example.org")
            for due, reason in (("2026-05-20", "The chair is ill"),
                                ("2026-05-27", "The board meets that day")):
                self.done(anna.get(f"/o/nordwind/activities/{self.two}/move").submit(
                    "/move", "reason", due=due, reason=reason))
        with self.day("2026-05-20"):
            self.done(self.page(self.signed("anna@example.org"), self.two).submit("/pack/issue"))
        with self.day("2026-05-27"):
            self.meeting(self.two, "2026-05-27", lambda api: self.decided(
                api, self.two, kind="resource", amount=9000, currency="EUR", days=4,
                due="2026-07-31", words="For the vault"))

    def third(self):
        with self.day("2026-08-12"):
            anna = self.signed("anna@example.org")
            self.done(self.page(anna, self.three, "/minutes").submit("/open"))
            self.attend(anna, self.three, present=("Clara Voss",), absent=(ARABIC, JAPANESE))
            self.consider(anna, self.three)
            self.done(self.decide(anna, self.three, kind="no_change", words="It stays as it is"))
            refused = self.close(anna, self.three, "2026-08-12")
            self.assertIn("No quorum: 1 of 3 of top management", refused.words)
        self.assertEqual([r["status"] for r in self.reviews() if r["id"] == self.three],
                         ["under_way"])
        with self.day("2026-08-14"):
            anna, clara = self.signed("anna@example.org"), self.signed("clara@example.org")
            self.attend(anna, self.three, present=("Clara Voss", JAPANESE))
            self.done(self.close(anna, self.three, "2026-08-14"))
            self.done(self.approve(clara, self.three))

    def fourth(self):
        with self.day("2026-12-10"):  # long after its last day
            self.assertEqual([r["status"] for r in self.reviews() if r["id"] == self.four],
                             ["missed"])
            self.meeting(self.four, "2026-12-10", lambda api: self.decided(
                api, self.four, kind="action", due="2027-01-31", words="Hold the next one in time"))
            self.told_by_pages()

    # ---- how it is told ----

    def told_by_pages(self):
        anna = self.signed("anna@example.org")
        page = anna.get("/o/nordwind/reviews")
        for words in ("How the figures moved", "after the first date", "9000 EUR, 4 days of work",
                      "Decisions done in time"):
            self.assertIn(words, page.words)
        page = anna.get(f"/o/nordwind/activities/{self.two}")
        for words in ("The chair is ill", "The board meets that day"):
            self.assertIn(words, page.words)
        self.assertEqual(anna.get("/o/nordwind/actions").status, 200)

    def told_by_trends(self):
        pack = self.book.json("reviews", "pack", "--org", "nordwind", self.four, now=self.END)
        figures = {(s["key"], f["key"]): f for s in pack["sections"] for f in s["figures"]}
        late = figures["earlier_actions", "late"]["trend"]
        self.assertEqual([p["day"] for p in late],
                         ["2026-02-13", "2026-05-27", "2026-08-14", "2026-12-10"])
        # twelve of thirty steps were never finished, then the vault, then the acceptance
        self.assertEqual([p["value"] for p in late], [0, 12, 13, 14])
        self.assertEqual(figures["earlier_actions", "done"]["value"], 18)
        accepted = [p["value"] for p in figures["risks", "accepted"]["trend"]]
        self.assertEqual(accepted, [0, 1, 1, 0])
        self.assertEqual(figures["risks", "run_out"]["value"], 1)
        self.assertEqual({s["input"] for s in pack["sections"]}, set("abcdefg"))
        for section in pack["sections"]:  # each fills itself, and each figure has its trend
            self.assertTrue(section["figures"], section["key"])
            for figure in section["figures"]:
                self.assertEqual(len(figure["trend"]), 4, (section["key"], figure["key"]))

    def told_by_the_ledger(self):
        rows = self.book.sql("SELECT action, object_id, body FROM ledger_entry ORDER BY seq")
        of = [(a, int(o)) for a, o, _ in rows if o]
        self.assertEqual(of.count(("activity.moved", self.two)), 2)
        for review in (self.one, self.two, self.three, self.four):
            steps = [a for a, o in of if o == review and a.startswith("review.")]
            for earlier, later in (("review.prepared", "review.opened"),
                                   ("review.opened", "review.closed"),
                                   ("review.closed", "review.approved")):
                self.assertLess(steps.index(earlier), steps.index(later), steps)
            self.assertEqual(steps.count("review.closed"), 1)  # the refused one left no trace of it
        frozen = [json.loads(b) for a, _, b in rows if a == "review.frozen"]
        self.assertEqual(len(frozen), 8, "four packs and four minutes")
        self.book.ok("verify", "--org", "nordwind", now=self.END)

    # ---- as documents ----

    def document(self, what, review):
        path = self.book.folder / f"{what}.pdf"
        texts = []
        for _ in range(2):
            self.book.ok("reviews", what, "--org", "nordwind", review, "--pdf", path, now=self.END)
            texts.append(path.read_bytes())
        self.assertEqual(texts[0], texts[1], "identical input, identical bytes")
        code, out, err = reads(texts[0], "qpdf", "--check", "FILE")
        self.assertEqual(code, 0, out + err)
        pictures_in_it = reads(texts[0], "pdfimages", "-list", "FILE")[1].splitlines()[2:]
        self.assertEqual(pictures_in_it, [], "charts are lines and letters, not pixels")
        for face in reads(texts[0], "pdffonts", "FILE")[1].splitlines()[2:]:
            self.assertRegex(face, r" yes yes yes ", "embedded, and text can be copied")
        return texts[0]

    def for_a_board(self, pdf, sha):
        pages = [BIDI.sub("", page) for page in words_of(pdf).split("\f")][:-1]
        info = reads(pdf, "pdfinfo", "FILE")[1]
        self.assertRegex(info, r"Title: +.*Management review")
        self.assertRegex(info, r"Tagged: +yes")
        self.assertIn("Nordwind Logistics GmbH", pages[0])
        self.assertIn("Contents", pages[0] + pages[1])
        for number, page in enumerate(pages[1:], 2):
            self.assertIn(f"Page {number} of {len(pages)}", page)
        for page in pages:
            self.assertIn(sha, page.replace("\n", ""), "the frozen data's hash in each footer")
        for name in (ARABIC, JAPANESE):
            self.assertTrue(any(name in page for page in pages), name)
        shape = reads(pdf, "qpdf", "--json", "FILE")[1]
        for letter in "abcdefg":
            self.assertRegex(shape, rf'"/Title": "u:\({letter}\) ', "a bookmark for each input")
        self.looks_right(pdf)
        return pages

    def looks_right(self, pdf):
        """No page is blank, none is a smear, and nothing runs over the edge of the paper."""
        for number, (width, height, rows) in enumerate(pictures(pdf), 1):
            dark = sum(255 - v > 60 for row in rows for v in row) / (width * height)
            self.assertGreater(dark, 0.001, f"page {number} is blank")
            self.assertLess(dark, 0.35, f"page {number} is a smear")
            for edge in (range(0, width // 24), range(width - width // 24, width)):
                ink = sum(255 - row[x] > 60 for row in rows[12:] for x in edge)
                self.assertEqual(ink, 0, f"page {number} runs over the edge")

    def told_by_documents(self):
        pack = self.book.json("reviews", "pack", "--org", "nordwind", self.two, now=self.END)
        pages = self.for_a_board(self.document("pack", self.two), pack["sha256"])
        heads = [p for p in pages if re.search(r"Action +Review +Owner +Due +State", p)]
        self.assertGreater(len(heads), 1, "a table over two pages repeats its head")
        steps = set(re.findall(r"Step (\d+) of the", "\n".join(heads)))
        self.assertEqual(len(steps), 30, "and loses no row")
        said = self.book.sql("SELECT sha256 FROM review_document WHERE kind = 'minutes' AND "
                             f"activity_id = {self.one}")[0][0]
        pages = self.for_a_board(self.document("minutes", self.one), said)
        whole = " ".join("\n".join(pages).split())
        for words in ("Talked about (g)", "Awareness twice a year", "instead of every 12",
                      "Until the vault stands"):
            self.assertIn(words, whole)
        markdown = self.book.ok("reviews", "pack", "--org", "nordwind", self.two, now=self.END).out
        self.assertIn(pack["sha256"], markdown)

    def links_lead_back(self):
        with self.day("2026-12-11"):
            anna = self.signed("anna@example.org")
            home = f"{self.server.url}/o/nordwind"
            pdf = anna.get(f"/o/nordwind/reviews/{self.two}/pack.pdf").body
            shape = reads(pdf, "qpdf", "--json", "FILE")[1]
            for place in ("/actions/", f"/reviews/{self.one}", "/items/"):
                self.assertIn(home + place, shape)
            for form, start in (("json", "application/json"), ("md", "text/markdown"),
                                ("html", "text/html")):
                answer = anna.get(f"/o/nordwind/reviews/{self.two}/pack.{form}")
                self.assertTrue(answer.headers["content-type"].startswith(start), form)
                self.assertIn(ARABIC, answer.text)

    def test_the_year_is_told_by_trends_minutes_actions_the_ledger_and_documents(self):
        self.first()
        self.finish_actions()
        self.second()
        self.third()
        self.fourth()
        held = [r for r in self.reviews(now=self.END) if r["status"] == "concluded"]
        self.assertEqual([r["id"] for r in held], [self.one, self.two, self.three, self.four])
        moved = held[1]
        self.assertEqual((moved["baseline"], moved["slip_days"]), (self.year[1]["due"], 14))
        self.assertGreater(held[3]["slip_days"], 14)
        self.told_by_trends()
        self.told_by_documents()
        self.links_lead_back()
        self.told_by_the_ledger()


if __name__ == "__main__":
    lib.main()
