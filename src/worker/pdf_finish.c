// SPDX-License-Identifier: Apache-2.0
// What Cairo leaves out: the language, the title in the window, what pictures say; and everything
// packed into object streams. libqpdf reads the whole file while doing so.
#include "worker/pdf_page.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

typedef struct Walk {
  qpdf_data pdf;
  const Pdf *p;
  size_t figure;
} Walk;

static void set(qpdf_data pdf, qpdf_oh object, const char *key, const char *value) {
  qpdf_oh_replace_key(pdf, object, key, qpdf_oh_parse(pdf, value));
}

// Children of an element of the structure: one, or a list; numbers are content.
static void walk(Walk *w, qpdf_oh element, int depth);

static void walk_children(Walk *w, qpdf_oh children, int depth) {
  if (!qpdf_oh_is_array(w->pdf, children)) {
    if (qpdf_oh_is_dictionary(w->pdf, children)) walk(w, children, depth + 1);
    qpdf_oh_release(w->pdf, children);
    return;
  }
  int count = qpdf_oh_get_array_n_items(w->pdf, children);
  for (int i = 0; i < count; i++) {
    qpdf_oh child = qpdf_oh_get_array_item(w->pdf, children, i);
    if (qpdf_oh_is_dictionary(w->pdf, child)) walk(w, child, depth + 1);
    qpdf_oh_release(w->pdf, child);
  }
  qpdf_oh_release(w->pdf, children);
}

static void walk(Walk *w, qpdf_oh element, int depth) {
  if (depth > 8) return;
  const char *kind = "";
  qpdf_oh name = qpdf_oh_get_key(w->pdf, element, "/S");
  if (qpdf_oh_is_name(w->pdf, name)) kind = qpdf_oh_get_name(w->pdf, name);
  bool figure = strcmp(kind, "/Figure") == 0,
       leaf = strcmp(kind, "/Table") == 0 || strcmp(kind, "/L") == 0 || strcmp(kind, "/TOC") == 0;
  qpdf_oh_release(w->pdf, name);
  if (figure && w->figure < w->p->figures.count)
    qpdf_oh_replace_key(w->pdf, element, "/Alt",
                        qpdf_oh_new_unicode_string(w->pdf, w->p->figures.items[w->figure++]));
  if (!figure && !leaf) walk_children(w, qpdf_oh_get_key(w->pdf, element, "/K"), depth);
}

static void complete(const Pdf *p, qpdf_data pdf) {
  qpdf_oh root = qpdf_get_root(pdf);
  const char *language =
      text_is_empty(p->document->head.language) ? "en" : p->document->head.language;
  qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_unicode_string(pdf, language));
  set(pdf, root, "/ViewerPreferences", "<< /DisplayDocTitle true >>");
  if (p->headings.count > 1 && !p->document->head.brief)
    set(pdf, root, "/PageMode", "/UseOutlines");
  qpdf_oh tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
  Walk w = {pdf, p, 0};
  if (qpdf_oh_is_dictionary(pdf, tree)) walk(&w, tree, 0);
  qpdf_oh_release(pdf, tree);
  qpdf_oh_release(pdf, root);
}

bool pdf_finish(const Pdf *p, const char *bytes, size_t length, Text *out) {
  qpdf_data pdf = qpdf_init();
  qpdf_silence_errors(pdf);
  qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
  bool done = (qpdf_read_memory(pdf, "document", bytes, length, NULL) & QPDF_ERRORS) == 0;
  if (done) {
    complete(p, pdf);
    done = (qpdf_init_write_memory(pdf) & QPDF_ERRORS) == 0;
  }
  if (done) {
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    done = (qpdf_write(pdf) & QPDF_ERRORS) == 0;
  }
  if (done) text_add_n(out, (const char *)qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
  qpdf_cleanup(&pdf);
  return done;
}
