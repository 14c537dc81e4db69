// SPDX-License-Identifier: Apache-2.0
#include "worker/pdf.h"

#include <string.h>

#include "base/language.h"
#include "worker/fonts.h"
#include "worker/pdf_page.h"

static PangoFontMap *faces;

// Every face is touched once, so that nothing of it has to be found later.
bool pdf_prepare(char *const *arguments) {
  faces = fonts_open(arguments[0]);
  return faces != NULL;
}

static PangoContext *context_new(void) {
  PangoContext *context = pango_font_map_create_context(faces);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
  return context;
}

static cairo_status_t collect(void *closure, const unsigned char *bytes, unsigned int length) {
  text_add_n(closure, (const char *)bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(Pdf *p) {
  const DocumentHead *head = &p->document->head;
  cairo_surface_t *s = p->surface;
  cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, head->title);
  cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, head->organisation);
  if (!text_is_empty(head->kind))
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_SUBJECT, head->kind);
  if (head->hash != NULL)
    cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_KEYWORDS,
                                   text_format(p->arena, "sha256:%s", head->hash));
  cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "Daybook " DAYBOOK_VERSION);
  const char *made =
      instant_is_none(head->made) ? "1970-01-01T00:00:00Z" : instant_text(p->arena, head->made);
  cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, made);
  cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_MOD_DATE, made);
}

static void set_sheet(Pdf *p) {
  const DocumentHead *head = &p->document->head;
  double narrow = 595.276, wide = 841.89; // A4
  if (head->large) narrow = 841.89, wide = 1190.551;
  p->width = head->landscape ? wide : narrow;
  p->height = head->landscape ? narrow : wide;
  p->left = head->landscape && head->brief ? 34 : 56;
  p->right = p->width - p->left;
  p->top = 72;
  p->bottom = p->height - 62;
}

static void set_out(Pdf *p) {
  p->page = 0;
  p->heading = 0;
  memset(p->outline, 0, sizeof p->outline);
  pdf_front(p);
  pdf_blocks(p);
}

static bool draw(Pdf *p, Text *out) {
  text_init(out, p->arena);
  p->surface = cairo_pdf_surface_create_for_stream(collect, out, p->width, p->height);
  cairo_pdf_surface_restrict_to_version(p->surface, CAIRO_PDF_VERSION_1_5);
  set_metadata(p);
  p->cairo = cairo_create(p->surface);
  pdf_begin(p, "Document");
  set_out(p);
  pdf_end(p, "Document");
  pdf_finish_page(p);
  cairo_status_t status = cairo_status(p->cairo);
  cairo_destroy(p->cairo);
  cairo_surface_finish(p->surface);
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(p->surface);
  cairo_surface_destroy(p->surface);
  return status == CAIRO_STATUS_SUCCESS;
}

bool pdf_run(Arena *arena, char *const *arguments, const char *bytes, size_t length, Text *out) {
  (void)arguments;
  const char *problem;
  Pdf p = {.arena = arena, .document = document_read(arena, bytes, length, &problem)};
  Text drawn;
  if (p.document == NULL) return false;
  int language = language_find(p.document->head.language);
  language_use(language < 0 ? 0 : language);
  p.context = context_new();
  set_sheet(&p);
  set_out(&p); // measures
  p.pages = p.page;
  return draw(&p, &drawn) && pdf_finish(&p, drawn.data, drawn.length, out);
}
