// SPDX-License-Identifier: Apache-2.0
// The Statement of Applicability on paper: what applies, what does not and why, control by control.
#include "registers/soa.h"

#include "cli/command.h"
#include "db/db.h"
#include "diary/documents.h"
#include "diary/documents.sql.h"
#include "registers/annex_a.h"
#include "registers/registers.routes.h"
#include "registers/soa.sql.h"

typedef struct Tally {
  int64_t in_place, under_way, excluded, open;
} Tally;
typedef struct SoaPaper {
  Context *c;
  Document *d;
  const SqlDocumentOrganisationRow *org;
  const SoaEntry *said[ANNEX_CONTROL_COUNT]; // NULL: nothing is said of it
  Tally themes[THEME_COUNT], whole;
} SoaPaper;

static void count(Tally *tally, const SoaEntry *row) {
  if (row == NULL)
    tally->open++;
  else if (!row->applicable)
    tally->excluded++;
  else if (row->in_place)
    tally->in_place++;
  else
    tally->under_way++;
}

static void gather(SoaPaper *s, const SoaEntries *entries) {
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    s->said[i] = entries->of[i].said ? &entries->of[i] : NULL;
    count(&s->themes[annex_controls[i].theme], s->said[i]);
    count(&s->whole, s->said[i]);
  }
}

static const char *share_of_all(Context *c, int64_t part) {
  return text_format(c->arena, _("%lld of %d controls"), (long long)part, ANNEX_CONTROL_COUNT);
}

static void add_summary(SoaPaper *s) {
  Context *c = s->c;
  const Tally *whole = &s->whole;
  document_heading(s->d, 1, _("Summary"));
  DocumentFigures *f = document_figures(s->d);
  int64_t applies = whole->in_place + whole->under_way;
  document_figure(f, _("Apply"), text_format(c->arena, "%lld", (long long)applies),
                  share_of_all(c, applies), INK_NONE);
  document_figure(f, _("In place"), text_format(c->arena, "%lld", (long long)whole->in_place),
                  text_format(c->arena, _("%lld of %lld that apply"), (long long)whole->in_place,
                              (long long)applies),
                  whole->under_way == 0 && applies > 0 ? INK_DONE : INK_NONE);
  document_figure(f, _("Do not apply"), text_format(c->arena, "%lld", (long long)whole->excluded),
                  share_of_all(c, whole->excluded), INK_NONE);
  document_figure(f, _("Not stated"), text_format(c->arena, "%lld", (long long)whole->open),
                  share_of_all(c, whole->open), whole->open > 0 ? INK_LATE : INK_NONE);
  Chart *chart = chart_new(c->arena, CHART_STACKED, _("By theme"), NULL);
  ChartSeries *in_place = chart_series(chart, _("In place"), INK_DONE);
  ChartSeries *under_way = chart_series(chart, _("Not yet in place"), INK_LATE);
  ChartSeries *excluded = chart_series(chart, _("Do not apply"), INK_COMING);
  ChartSeries *open = chart_series(chart, _("Not stated"), INK_LINE);
  for (Theme theme = THEME_ORGANISATIONAL; theme < THEME_COUNT; theme++) {
    const Tally *tally = &s->themes[theme];
    chart_label(chart, theme_title(theme));
    chart_value(chart, in_place, (double)tally->in_place);
    chart_value(chart, under_way, (double)tally->under_way);
    chart_value(chart, excluded, (double)tally->excluded);
    chart_value(chart, open, (double)tally->open);
  }
  document_chart(s->d, chart);
}

static const char *place_of(SoaPaper *s, const SoaEntry *row) {
  return row == NULL || row->item == 0
             ? NULL
             : text_format(s->c->arena, "/o/%s/items/%lld", s->org->slug, (long long)row->item);
}

static void add_excluded(SoaPaper *s) {
  document_heading(s->d, 1, _("What does not apply, and why"));
  if (s->whole.excluded == 0) {
    document_paragraph(s->d, _("No control is left out."));
    return;
  }
  DocumentTable *t = document_table(s->d, NULL);
  document_column(t, _("Control"), 1, ALIGN_START);
  document_column(t, _("What it asks, in our words"), 4, ALIGN_START);
  document_column(t, _("Why it does not apply"), 5, ALIGN_START);
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    if (s->said[i] == NULL || s->said[i]->applicable) continue;
    bool silent = text_is_empty(s->said[i]->justification);
    document_cell(t, annex_controls[i].ref, place_of(s, s->said[i]), INK_NONE);
    document_cell(t, _(annex_controls[i].words), NULL, INK_NONE);
    document_cell(t, silent ? _("no reason given") : s->said[i]->justification, NULL,
                  silent ? INK_MISSED : INK_NONE);
  }
}

static void add_control(SoaPaper *s, DocumentTable *t, size_t i) {
  const SoaEntry *row = s->said[i];
  const AnnexControl *control = &annex_controls[i];
  document_cell(t, control->ref, place_of(s, row), INK_NONE);
  bool named = row != NULL && !text_is_empty(row->title) && !text_equal(row->title, control->words);
  document_cell(t,
                named ? text_format(s->c->arena, "%s\n%s", row->title, _(control->words))
                      : _(control->words),
                NULL, INK_NONE);
  if (row == NULL) {
    document_cell(t, _("not stated"), NULL, INK_MISSED);
    for (int empty = 0; empty < 4; empty++) document_cell(t, "", NULL, INK_NONE);
    return;
  }
  document_cell(t, row->applicable ? _("yes") : _("no"), NULL, INK_NONE);
  document_cell(t, row->justification, NULL, INK_NONE);
  const char *status = row->status == NULL ? "" : row->status;
  document_cell(t,
                text_is_empty(row->implementation)
                    ? status
                    : text_format(s->c->arena, "%s\n%s", status, row->implementation),
                NULL, INK_NONE);
  document_cell(t, row->owner, NULL, INK_NONE);
  document_cell_int(t, row->evidence);
}

static void add_themes(SoaPaper *s) {
  size_t i = 0;
  for (Theme theme = THEME_ORGANISATIONAL; theme < THEME_COUNT; theme++) {
    document_section(s->d, theme_title(theme));
    DocumentTable *t = document_table(s->d, NULL);
    document_column(t, _("Control"), 2, ALIGN_START);
    document_column(t, _("What it asks, in our words"), 7, ALIGN_START);
    document_column(t, _("Applies"), 2, ALIGN_START);
    document_column(t, _("Why"), 6, ALIGN_START);
    document_column(t, _("In place"), 5, ALIGN_START);
    document_column(t, _("Owner"), 3, ALIGN_START);
    document_column(t, _("Evidence"), 2, ALIGN_END);
    for (; i < ANNEX_CONTROL_COUNT && annex_controls[i].theme == theme; i++) add_control(s, t, i);
  }
}

// Who froze and who approved it, and the hash that anybody can compare.
static bool version_head(Context *c, int64_t version, SqlSoaVersionGetRow *row,
                         DocumentHead *head) {
  if (version == 0) return true;
  if (!sql_soa_version_get(c, (SqlSoaVersionGet){.id = version}, row))
    return context_ok(c) && not_found(c, _("There is no such version of the statement."));
  head->title =
      text_format(c->arena, _("Statement of Applicability, version %lld"), (long long)row->number);
  head->kind = instant_is_none(row->approved) ? _("Not approved yet") : _("Approved");
  head->hash = row->hash;
  head->made = row->made;
  return true;
}

static void add_version(Context *c, Document *d, const SqlSoaVersionGetRow *row) {
  if (row->id == 0) {
    document_about(d, _("As of"), date_words(c->arena, c->today));
    return;
  }
  document_about(d, _("Frozen on"), date_words(c->arena, zone_date(c->zone, row->made, NULL)));
  if (!instant_is_none(row->approved))
    document_about(d, _("Approved by"),
                   text_format(c->arena, "%s, %s", row->approved_by == NULL ? "" : row->approved_by,
                               date_words(c->arena, zone_date(c->zone, row->approved, NULL))));
}

Document *soa_document(Context *c, int64_t version) {
  SqlDocumentOrganisationRow org;
  SqlSoaVersionGetRow row = {0};
  READ_TRANSACTION(c, tx);
  if (!sql_document_organisation(c, &org)) {
    not_found(c, _("There is no such organisation."));
    return NULL;
  }
  SoaEntries *entries = arena_new(c->arena, SoaEntries);
  DocumentHead head = diary_document_head(c, &org, _("Statement of Applicability"), "/soa");
  if (!version_head(c, version, &row, &head) || !soa_read(c, version, entries)) return NULL;
  head.subtitle = _("Annex A of ISO/IEC 27001:2022, control by control, as the register has it");
  head.landscape = true;
  SoaPaper *s = arena_new(c->arena, SoaPaper);
  s->c = c;
  s->d = document_new(c, &head);
  s->org = &org;
  gather(s, entries);
  add_version(c, s->d, &row);
  if (!text_is_empty(org.certificate_number))
    document_about(s->d, _("Certificate"), org.certificate_number);
  if (!text_is_empty(org.scope)) document_about(s->d, _("Scope"), org.scope);
  add_summary(s);
  add_excluded(s);
  add_themes(s);
  return context_ok(c) ? s->d : NULL;
}

void soa_document_handler(Request *r, const SoaDocumentInput *in) {
  Document *d = soa_document(&r->context, in->version);
  if (d != NULL)
    document_answer(r, d, in->form,
                    text_format(r->context.arena, "statement-of-applicability-%s", r->org_slug));
}

static int run_soa(Invocation *in) {
  Context *c = invocation_context(in);
  const Document *d = soa_document(c, 0);
  bool done = d != NULL && document_print(c, d, option(in, "pdf"), option_flag(in, "markdown"),
                                          invocation_json(in));
  return done ? 0 : command_failed(in);
}

static const Option OPTIONS[] = {
    {"pdf", "FILE", "write a PDF (- for standard output)", false, false},
    {"markdown", NULL, "print Markdown (what is printed without --pdf)", false, false},
    {0},
};
extern const Command REPORT_SOA_COMMAND;
const Command REPORT_SOA_COMMAND = {"report soa",
                                    "The Statement of Applicability as a document",
                                    "",
                                    "daybook report soa --org nordwind --pdf soa.pdf",
                                    NEED_ORGANISATION,
                                    OPTIONS,
                                    0,
                                    0,
                                    run_soa};
