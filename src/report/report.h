// SPDX-License-Identifier: Apache-2.0
// A document is built once and answered as PDF, print page, Markdown or JSON.
//   Document *d = document_new(c, &(DocumentHead){.title = _("Review pack"), …});
//   document_heading(d, 1, _("Earlier actions"));
//   document_paragraph(d, "…");
//   DocumentTable *t = document_table(d, _("Actions"));
//   document_column(t, _("Action"), 3, ALIGN_START);  document_column(t, _("Due"), 1, ALIGN_START);
//   document_cell(t, "Test the restore", "/o/nordwind/actions/4", INK_NONE); document_cell(t, …);
// Texts are borrowed for as long as the arena lives. Identical input gives identical bytes.
#ifndef DAYBOOK_DOCUMENT_H
#define DAYBOOK_DOCUMENT_H

#include "base/context.h"
#include "report/chart.h"

enum {
  DOCUMENT_MOST_ROWS = 20000, // of all tables; what is over is counted and said, not shown
  DOCUMENT_MOST_BLOCKS = 20000,
  DOCUMENT_MOST_COLUMNS = 16,
  DOCUMENT_MOST_TITLE = 400,  // bytes of a heading or a column's title
  DOCUMENT_MOST_TEXT = 60000, // bytes of one paragraph or cell; cut with an ellipsis
};

typedef struct DocumentHead {
  const char *title;        // "Management review, third quarter 2026"
  const char *kind;         // "Management review pack": above the title
  const char *subtitle;     // may be NULL
  const char *organisation; // its name
  const char *author;       // who made it; NULL: "Daybook"
  const char *language;     // of the texts, BCP 47; NULL: the reader's
  const char *marking;      // "Internal", "Confidential"; in the footer; may be NULL
  const char *base_url;     // scheme://host for the links; NULL: addresses are shown, not linked
  const char *home;         // own address of the same on the pages: "/o/nordwind/reviews/4"
  const char *hash;         // of the frozen data, hex; NULL: the document's own content is hashed
  Instant made;             // {0}: c->now
  bool landscape, brief;    // brief: no title page, no table of contents (one or two pages)
  bool large;               // A3 instead of A4
} DocumentHead;

typedef enum Align { ALIGN_START, ALIGN_END, ALIGN_MIDDLE } Align;
typedef struct Document Document;
typedef struct DocumentTable DocumentTable;
typedef struct DocumentList DocumentList;
typedef struct DocumentFigures DocumentFigures;
struct Picture; // report/picture.h

Document *document_new(Context *c, const DocumentHead *head);
// A line of the title page, under the title: "Held on", "3 October 2026".
void document_about(Document *d, const char *name, const char *value);
// level 1 begins a section (outline, table of contents, bookmark), 2 and 3 stand inside it.
void document_heading(Document *d, int level, const char *text);
void document_section(Document *d, const char *text);   // level 1 on a page of its own
void document_paragraph(Document *d, const char *text); // empty lines divide; "\n" breaks the line
void document_soft(Document *d, const char *text);      // smaller: sources, remarks
void document_link(Document *d, const char *text, const char *place); // "/o/nordwind/risks"
void document_note(Document *d, Ink ink, const char *title, const char *text); // INK_LATE, …
DocumentList *document_list(Document *d, bool numbered);
void document_item(DocumentList *list, const char *text);
void document_fact(Document *d, const char *name, const char *value); // in a row they are one block
DocumentFigures *document_figures(Document *d);                       // key figures, side by side
void document_figure(DocumentFigures *f, const char *label, const char *value, const char *why,
                     Ink ink);
DocumentTable *document_table(Document *d, const char *caption); // caption may be NULL
void document_column(DocumentTable *t, const char *title, int weight, Align align);
// Cells go from left to right, row after row; a row that is not full is filled up at the end.
void document_cell(DocumentTable *t, const char *text, const char *place, Ink ink);
void document_cell_date(DocumentTable *t, Date day); // "" for DATE_NONE
void document_cell_int(DocumentTable *t, int64_t number);
void document_band(DocumentTable *t, const char *text); // a row across all columns: a group
void document_chart(Document *d, const Chart *chart);   // an empty one is said in words
void document_charts(Document *d, Chart *const *charts, size_t count); // two or three in a row
void document_picture(Document *d, const struct Picture *picture);
void document_signature(Document *d, const char *role, const char *name, const char *when);
void document_page(Document *d); // the next block begins a new page

// ---- faces ----
const char *document_json(Context *c, const Document *d);
const char *document_markdown(Context *c, const Document *d);
Html document_html(Context *c, const Document *d); // the inside of a page
// Laid out by daybook-worker. False with c->error.
bool document_pdf(Context *c, const Document *d, Text *out);

// "pdf", "md", "json", "html"; a route may end in ".{form}" and hand it on.
typedef enum DocumentForm {
  DOCUMENT_HTML,
  DOCUMENT_PDF,
  DOCUMENT_MARKDOWN,
  DOCUMENT_JSON
} DocumentForm;
bool document_form_parse(const char *text, DocumentForm *out);
struct Request;
// Answers with the document; `name` is the file's name without its ending. not_found for an
// unknown form.
void document_answer(struct Request *r, Document *d, const char *form, const char *name);
// For the command line: --pdf FILE ("-" is standard output), --markdown, --json. False with
// c->error.
bool document_print(Context *c, const Document *d, const char *pdf_file, bool markdown, bool json);

#endif
