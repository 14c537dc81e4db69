// SPDX-License-Identifier: Apache-2.0
// A document as the answer to a request, or on the command line.
#include "report/document.h"

#include "http/answer.h"
#include "report/report.views.h"
#include "worker/client.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const form_names[] = {"html", "pdf", "md", "json"};

bool document_form_parse(const char *text, DocumentForm *out) {
  for (size_t i = 0; i < COUNT_OF(form_names); i++)
    if (text_equal(text, form_names[i])) {
      *out = (DocumentForm)i;
      return true;
    }
  return false;
}

bool document_pdf(Context *c, const Document *d, Text *out) {
  if (!context_ok(c)) return false;
  const char *bytes = document_json(c, d);
  return worker_pdf(c, bytes, strlen(bytes), out);
}

static const char *or_empty(const char *text) {
  return text == NULL ? "" : text;
}

static void answer_page(Request *r, const Document *d) {
  Context *c = &r->context;
  size_t length = strlen(r->path);
  if (length > 5 && text_equal(r->path + length - 5, ".html")) length -= 5;
  const char *path = text_copy_n(c->arena, r->path, length);
  DocumentPage page = {.title = d->head.title,
                       .kind = or_empty(d->head.kind),
                       .subtitle = or_empty(d->head.subtitle),
                       .organisation = d->head.organisation,
                       .home = or_empty(d->head.home),
                       .pdf = text_format(c->arena, "%s.pdf", path),
                       .markdown = text_format(c->arena, "%s.md", path),
                       .json = text_format(c->arena, "%s.json", path),
                       .body = document_html(c, d)};
  respond_document_page(r, &page);
}

void document_answer(struct Request *r, Document *d, const char *form, const char *name) {
  Context *c = &r->context;
  DocumentForm wanted = DOCUMENT_HTML;
  Text pdf = {0};
  if (d->head.base_url == NULL) d->head.base_url = r->base_url;
  if (form != NULL && !document_form_parse(form, &wanted)) {
    not_found(c, _("There is no such form of this document: pdf, md, json and html are."));
    return;
  }
  if (wanted == DOCUMENT_HTML && r->format == FORMAT_JSON) wanted = DOCUMENT_JSON;
  if (wanted == DOCUMENT_HTML) {
    answer_page(r, d);
    return;
  }
  const char *file = text_format(c->arena, "%s.%s", name, form_names[wanted]);
  if (wanted == DOCUMENT_PDF) {
    if (document_pdf(c, d, &pdf)) request_bytes(r, "application/pdf", file, pdf.data, pdf.length);
    return;
  }
  const char *text = wanted == DOCUMENT_JSON ? document_json(c, d) : document_markdown(c, d);
  request_bytes(r, wanted == DOCUMENT_JSON ? "application/json" : "text/markdown; charset=utf-8",
                file, text, strlen(text));
}

// ---- the command line ----

static bool write_file(Context *c, const char *path, const char *bytes, size_t length) {
  FILE *file = text_equal(path, "-") ? stdout : fopen(path, "wb");
  if (file == NULL) return invalid(c, "pdf", _("%s cannot be written: %s."), path, strerror(errno));
  bool done = fwrite(bytes, 1, length, file) == length;
  done = (file == stdout ? fflush(file) : fclose(file)) == 0 && done;
  return done || invalid(c, "pdf", _("%s cannot be written: %s."), path, strerror(errno));
}

bool document_print(Context *c, const Document *d, const char *pdf_file, bool markdown, bool json) {
  Text pdf = {0};
  Document addressed = *d;
  if (d->head.base_url == NULL) addressed.head.base_url = getenv("DAYBOOK_URL");
  d = &addressed;
  if (pdf_file != NULL) {
    if (!document_pdf(c, d, &pdf) || !write_file(c, pdf_file, pdf.data, pdf.length)) return false;
    if (!markdown && !json) return true;
  }
  if (!context_ok(c)) return false;
  const char *text = json ? document_json(c, d) : document_markdown(c, d);
  bool whole = fputs(text, stdout) >= 0 && (!json || putchar('\n') != EOF) && fflush(stdout) == 0;
  return whole || failure(c, "%s", "standard output cannot be written");
}
