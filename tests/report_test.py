# SPDX-License-Identifier: Apache-2.0
"""Documents: what a PDF reader, a print page and other programs get of them."""
import json
import re
import subprocess
import tempfile
import unittest

import lib

WORKER = lib.BUILD / "daybook-worker"
LETTERS = "acdhvk"
NAMES = ["Anna Lindqvist", "محمد بن سعيد", "山田太郎", "דנה כהן", "김민준", "Δημήτρης Παπάς",
         "Дмитрий Орлов", "สมชาย", "Łukasz Żółć", "ಕನ್ನಡ"]


def reads(pdf, tool, *arguments):
    """What one of poppler's programs or qpdf says of it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        words = [file.name if a == "FILE" else a for a in arguments]
        done = subprocess.run([tool, *words], capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode()


def words_of(pdf):
    return reads(pdf, "pdftotext", "-layout", "FILE", "-")[1]


def document(*blocks, **head):
    return {"document": 1, "made": "2026-10-03T09:00:00Z", "hash": "ab" * 32, "hash_of": "data",
            "title": "Review", "kind": "Minutes", "organisation": "Nordwind",
            "base_url": "https://daybook.example", "home": "/o/nordwind/reviews/4",
            "blocks": list(blocks), **head}


def lay_out(what, letters=LETTERS):
    text = what if isinstance(what, bytes) else json.dumps(what).encode()
    return subprocess.run([WORKER, "pdf", letters], input=text, capture_output=True, check=False)


def table(rows, *titles):
    return {"block": "table", "columns": [{"title": t, "weight": 1} for t in titles], "rows": rows}


class Sound(unittest.TestCase):
    def pdf(self, *blocks, **head):
        done = lay_out(document(*blocks, **head))
        self.assertEqual(done.returncode, 0, done.stderr)
        code, out, err = reads(done.stdout, "qpdf", "--check", "FILE")
        self.assertEqual(code, 0, out + err)
        return done.stdout

    def test_every_script_is_found_again_and_every_face_embedded(self):
        pdf = self.pdf(table([[name, "x"] for name in NAMES], "Owner", "Part"))
        plain = re.sub("[\u202a-\u202e\u200e\u200f]", "", words_of(pdf))
        for name in NAMES:
            self.assertIn(name.replace("ಕನ್ನಡ", "ಕನ"), plain)
        faces = reads(pdf, "pdffonts", "FILE")[1].splitlines()[2:]
        self.assertGreater(len(faces), 5)
        for face in faces:
            self.assertRegex(face, r" yes yes yes ")

    def test_identical_input_gives_identical_bytes(self):
        what = document({"block": "heading", "level": 1, "text": "One"},
                        {"block": "heading", "level": 1, "text": "Two"},
                        table([["山田太郎", "محمد"]] * 50, "a", "b"))
        first, second = lay_out(what).stdout, lay_out(what).stdout
        self.assertTrue(first.startswith(b"%PDF-"))
        self.assertEqual(first, second)

    def test_title_pages_contents_bookmarks_and_links(self):
        sections = []
        for i in range(5):
            sections += [{"block": "heading", "level": 1, "text": f"Section {i}", "new_page": True},
                         {"block": "paragraph", "text": "Words. " * 40},
                         {"block": "link", "text": "Read on", "place": f"/o/nordwind/actions/{i}"}]
        pdf = self.pdf(*sections, language="sv", marking="Confidential")
        info = reads(pdf, "pdfinfo", "FILE")[1]
        self.assertRegex(info, r"Title: +Review")
        self.assertRegex(info, r"Pages: +6")
        self.assertRegex(info, r"Tagged: +yes")
        self.assertRegex(info, r"CreationDate: +Sat Oct +3 09:00:00 2026")
        text = words_of(pdf)
        self.assertIn("Page 6 of 6", text)
        self.assertRegex(text, r"Section 3 +5\n")
        self.assertIn("Confidential · Frozen data SHA-256 " + "ab" * 32, text)
        shape = reads(pdf, "qpdf", "--json", "FILE")[1]
        self.assertIn("https://daybook.example/o/nordwind/actions/3", shape)
        self.assertEqual(shape.count('"/Title": "u:Section'), 5)
        self.assertIn('"/Lang": "u:sv"', shape)

    def test_what_a_picture_says_stands_beside_it(self):
        chart = {"chart": "line", "title": "Restored", "unit": "%", "labels": ["Q1", "Q2", "Q3"],
                 "series": [{"name": "Share", "values": [80, None, 0]}]}
        pdf = self.pdf({"block": "charts", "charts": [chart]})
        shape = reads(pdf, "qpdf", "--json", "FILE")[1]
        self.assertRegex(shape, r'"/Alt": "u:Restored. Share: Q1 80.%, Q2 not measured, Q3 0.%')
        self.assertIn("Q2", words_of(pdf))

    def test_heads_are_repeated_and_no_row_is_lost(self):
        rows = [[str(i), "word " * (i % 40)] for i in range(10000)]
        pdf = self.pdf(table(rows, "Number", "Words of it"))
        pages = words_of(pdf).split("\f")
        self.assertGreater(len(pages), 100)
        self.assertEqual(sum("Words of it" in p for p in pages), len(pages) - 2)
        found = set(re.findall(r"^ *(\d+)(?: |$)", "\n".join(pages), re.M))
        self.assertFalse({str(i) for i in range(10000)} - found)

    def test_hostile_text_is_only_text(self):
        nasty = ["x" * 30000, "\u0001\u0007\u001b[31m", "\u202eevil\u202c", "') dest='a",
                 "a" * 4000, "🙂" * 200, "\n" * 500, "\ufeff\u200b\u2028", "(\\)<>%", "क" * 3000]
        pdf = self.pdf(*[{"block": kind, "text": t, "title": t, "place": t, "level": 1}
                         for t in nasty for kind in ("heading", "paragraph", "note", "link",
                                                     "signature")],
                       table([[t, t] for t in nasty], *nasty[:2]), title=nasty[3],
                       home="javascript:alert(1)", base_url="https://x.test/'\"><")
        self.assertNotIn("javascript", reads(pdf, "qpdf", "--json", "FILE")[1])

    def test_what_is_no_document_gives_no_bytes(self):
        for text in (b"", b"[]", b"{}", b'{"document":1', b"\xff\xfe", b"[" * 100000):
            done = lay_out(text)
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(done.stdout, b"")

    def test_the_server_itself_links_none_of_it(self):
        linked = subprocess.run(["ldd", lib.PROGRAM], capture_output=True, text=True,
                                check=True).stdout
        for library in ("pango", "cairo", "glib", "harfbuzz", "fontconfig", "qpdf", "stdc++"):
            self.assertNotIn(library, linked)


@lib.both_engines
class OfTheDiary(lib.DaybookTest):
    NOW = "2026-06-15T09:00:00Z"

    def setUp(self):
        super().setUp()
        self.book.init(adopt=True, name="Nordwind & Söhne <GmbH>")

    def test_readiness_has_four_faces_and_one_content(self):
        path = self.book.folder / "readiness.pdf"
        arguments = ("report", "readiness", "--org", "nordwind")
        self.book.ok(*arguments, "--pdf", path, now=self.NOW)
        pdf = path.read_bytes()
        self.book.ok(*arguments, "--pdf", path, now=self.NOW)
        self.assertEqual(pdf, path.read_bytes())
        told = self.book.json(*arguments, now=self.NOW)
        self.assertEqual(told["organisation"], "Nordwind & Söhne <GmbH>")
        markdown = self.book.ok(*arguments, "--markdown", now=self.NOW).out
        self.assertIn("Nordwind & Söhne \\<GmbH\\>", markdown)
        text = words_of(pdf)
        for face in (markdown, text):
            self.assertIn(told["hash"], face)
            self.assertIn("Late and missed", face)
            for title in [b["text"] for b in told["blocks"] if b["block"] == "heading"]:
                self.assertIn(title, face)

    def test_the_buttons_lead_to_the_documents(self):
        server = self.book.serve(now=self.NOW)
        anna = self.book.signed_in(server)
        page = anna.get("/o/nordwind/readiness")
        self.assertIn("/o/nordwind/readiness/report.pdf", page.text)
        shown = anna.get("/o/nordwind/readiness/report.html")
        self.assertEqual(shown.status, 200)
        pdf = anna.get("/o/nordwind/readiness/report.pdf")
        self.assertEqual(pdf.headers["content-type"], "application/pdf")
        self.assertIn("nordwind-2026-06-15.pdf", pdf.headers["content-disposition"])
        self.assertIn(f"{server.url}/o/nordwind/activities/",
                      reads(pdf.body, "qpdf", "--json", "FILE")[1])
        told = anna.get("/o/nordwind/readiness/report.json").json()
        self.assertIn(told["hash"], shown.text)
        self.assertEqual(anna.get("/o/nordwind/readiness/report.md").headers["content-type"],
                         "text/markdown; charset=utf-8")
        self.assertEqual(anna.get("/o/nordwind/readiness/report.exe").status, 422)

    def test_a_german_reader_gets_a_german_document(self):
        anna = self.book.signed_in(self.book.serve(now=self.NOW))
        pdf = anna.get("/o/nordwind/readiness/report.pdf", Accept_Language="de")
        text = words_of(pdf.body)
        for words in ("Inhalt", "Seite 2 von", "Erstellt am", "Zusammenfassung", "nicht gemessen"):
            self.assertIn(words, text)
        self.assertIn('"/Lang": "u:de"', reads(pdf.body, "qpdf", "--json", "FILE")[1])

    def test_the_year_stands_on_one_sheet(self):
        for paper, size in (("a4", "841.89 x 595.276"), ("a3", "1190.55 x 841.89")):
            path = self.book.folder / f"{paper}.pdf"
            self.book.ok("report", "year", "--org", "nordwind", "--paper", paper, "--pdf", path,
                         now=self.NOW)
            info = reads(path.read_bytes(), "pdfinfo", "FILE")[1]
            self.assertRegex(info, r"Pages: +1\n")
            self.assertIn(size, info)
            self.assertIn("Management review", words_of(path.read_bytes()))
        wrong = self.book.run("report", "year", "--org", "nordwind", "--paper", "b9")
        self.assertEqual(wrong.code, 2)

    def test_the_statement_of_applicability_names_all_93_and_why_some_do_not_apply(self):
        file = self.book.folder / "controls.csv"
        file.write_text("Control,Applicable,Justification,Status\n"
                        "A.5.1,Yes,Risk R-1,Implemented\nA.8.30,No,We build nothing,\n"
                        "A.7.6,No,,\n", encoding="utf-8")
        self.book.ok("import", "--org", "nordwind", file, now=self.NOW)
        path = self.book.folder / "soa.pdf"
        self.book.ok("report", "soa", "--org", "nordwind", "--pdf", path, now=self.NOW)
        text = words_of(path.read_bytes())
        for ref in ["A.5.1", "A.5.37", "A.6.8", "A.7.14", "A.8.34"]:
            self.assertRegex(text, rf"(?m)^ *{re.escape(ref)} ")
        self.assertEqual(text.count("not stated"), 90)
        self.assertIn("We build nothing", text)
        self.assertIn("no reason given", text)

    def test_without_the_worker_it_is_said(self):
        server = self.book.serve(now=self.NOW, DAYBOOK_WORKER="/nowhere")
        anna = self.book.signed_in(server)
        self.assertEqual(anna.get("/o/nordwind/readiness/report.pdf").status, 503)
        self.assertEqual(anna.get("/o/nordwind/readiness/report.html").status, 200)


if __name__ == "__main__":
    lib.main()
