// SPDX-License-Identifier: Apache-2.0
// The readiness report: what a board or a certification body asks, from the same figures as the
// Readiness page.
#include "diary/documents.h"

#include "db/db.h"
#include "diary/documents.sql.h"
#include "diary/pages.h"
#include "diary/readiness.h"

enum { COMING_DAYS = 90, LIST_ROWS = 200 };

typedef struct Paper {
  Context *c;
  Document *d;
  const SqlDocumentOrganisationRow *org;
  const Readiness *all;
} Paper;

static int64_t fell_due(const ReadinessLine *line) {
  return line->on_time + line->concluded_late + line->late + line->missed;
}

static bool is_used(const ReadinessLine *line) {
  return fell_due(line) + line->planned + line->cancelled > 0;
}

DocumentHead diary_document_head(Context *c, const SqlDocumentOrganisationRow *org,
                                 const char *title, const char *path) {
  return (DocumentHead){.title = title,
                        .organisation = org->name,
                        .marking = _("Internal"),
                        .home = text_format(c->arena, "/o/%s%s", org->slug, path)};
}

static const char *share(Context *c, Share share) {
  return percent_words(c, share.part, share.whole);
}

// ---- summary ----

static void add_figures(Paper *p) {
  Context *c = p->c;
  const Readiness *all = p->all;
  int64_t late = 0, missed = 0, fresh = 0, held = 0;
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const ReadinessLine *line = &all->kinds[i];
    late += line->late, missed += line->missed, fresh += line->fresh;
    held += line->fresh + line->stale + line->bare;
  }
  DocumentFigures *f = document_figures(p->d);
  document_figure(f, _("Done of what fell due"), share(c, all->done),
                  text_format(c->arena, _("%lld of %lld; %lld late and %lld missed are open"),
                              (long long)all->done.part, (long long)all->done.whole,
                              (long long)late, (long long)missed),
                  missed > 0 ? INK_MISSED
                  : late > 0 ? INK_LATE
                             : INK_NONE);
  document_figure(f, _("In time"), share(c, all->on_time),
                  text_format(c->arena, _("%lld of %lld within the last tolerable day"),
                              (long long)all->on_time.part, (long long)all->on_time.whole),
                  INK_NONE);
  document_figure(f, _("Fresh evidence"), percent_words(c, fresh, held),
                  held == 0 ? _("nothing has been held yet")
                            : text_format(c->arena, _("%lld of %lld duties that were held"),
                                          (long long)fresh, (long long)held),
                  INK_NONE);
  const PaperShield *paper = &all->paper;
  document_figure(
      f, _("Paper shield"), share(c, paper->whole),
      paper->whole.measured
          ? text_format(c->arena,
                        _("%lld of %lld documents and %lld of %lld controls without "
                          "evidence that they operate"),
                        (long long)paper->documents.part, (long long)paper->documents.whole,
                        (long long)paper->controls.part, (long long)paper->controls.whole)
          : _("no documents or controls to compare yet"),
      paper->whole.measured && paper->whole.percent >= 25 ? INK_LATE : INK_NONE);
}

static void add_summary(Paper *p) {
  const Countdown *next = &p->all->countdown;
  document_heading(p->d, 1, _("Summary"));
  document_paragraph(p->d, readiness_lead(p->c, p->all));
  add_figures(p);
  if (next->activity != 0)
    document_note(
        p->d, INK_STAGE,
        text_format(p->c->arena, "%s, %s", next->title, date_words(p->c->arena, next->due)),
        readiness_forecast(p->c, p->all));
  else
    document_paragraph(p->d, readiness_forecast(p->c, p->all));
}

// ---- the year ----

static bool fell(const YearMark *mark, Date until) {
  return mark->status != STATUS_CANCELLED && date_compare(mark->due, until) <= 0;
}

static bool held(const YearMark *mark, Date until) {
  return mark->status == STATUS_CONCLUDED && date_compare(mark->held_on, until) <= 0;
}

static void add_year(Paper *p) {
  Context *c = p->c;
  Year *year = arena_new(c->arena, Year);
  if (!year_from(c, year_of_certificate(p->org->decision, c->today), year)) return;
  Chart *chart = chart_new(c->arena, CHART_BURN_UP, _("Due and concluded, added up"),
                           _("Activities of this certificate year, cancelled ones left out."));
  ChartSeries *due = chart_series(chart, _("Due by then"), INK_EDGE);
  ChartSeries *done = chart_series(chart, _("Concluded by then"), INK_DONE);
  due->dashed = true;
  for (int i = 0; i < 12; i++) {
    Date month = date_add_months(year->from, i), end = date_month_end(month);
    Date until = date_compare(end, c->today) > 0 ? c->today : end;
    int64_t planned = 0, concluded = 0;
    for (size_t k = 0; k < DUTY_KIND_COUNT; k++)
      for (size_t m = 0; m < year->lanes[k].marks.count; m++) {
        planned += fell(&year->lanes[k].marks.items[m], end);
        concluded += held(&year->lanes[k].marks.items[m], until);
      }
    chart_label(chart, date_month_short(month));
    chart_value(chart, due, (double)planned);
    if (date_compare(month, c->today) <= 0)
      chart_value(chart, done, (double)concluded);
    else
      chart_gap(chart, done);
  }
  document_heading(p->d, 1, _("The year so far"));
  document_chart(p->d, chart);
}

// ---- duty by duty ----

static void add_kinds_chart(Paper *p) {
  Context *c = p->c;
  Chart *chart = chart_new(c->arena, CHART_STACKED, _("What fell due, duty by duty"), NULL);
  ChartSeries *in_time = chart_series(chart, _("In time"), INK_DONE);
  ChartSeries *late = chart_series(chart, _("Late"), INK_LATE);
  ChartSeries *missed = chart_series(chart, _("Missed"), INK_MISSED);
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const ReadinessLine *line = &p->all->kinds[i];
    if (fell_due(line) == 0) continue;
    chart_label(chart, line->title);
    chart_value(chart, in_time, (double)line->on_time);
    chart_value(chart, late, (double)(line->concluded_late + line->late));
    chart_value(chart, missed, (double)line->missed);
  }
  document_chart(p->d, chart);
}

static void add_kinds(Paper *p) {
  Context *c = p->c;
  document_heading(p->d, 1, _("Duty by duty"));
  add_kinds_chart(p);
  DocumentTable *t = document_table(p->d, NULL);
  document_column(t, _("Duty"), 4, ALIGN_START);
  document_column(t, _("State"), 2, ALIGN_START);
  document_column(t, _("Done"), 2, ALIGN_END);
  document_column(t, _("In time"), 1, ALIGN_END);
  document_column(t, _("Late"), 1, ALIGN_END);
  document_column(t, _("Missed"), 1, ALIGN_END);
  document_column(t, _("Last held"), 2, ALIGN_START);
  document_column(t, _("Next due"), 2, ALIGN_START);
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const ReadinessLine *line = &p->all->kinds[i];
    if (!is_used(line)) continue;
    const char *state;
    Ink ink = readiness_verdict(line, &state);
    document_cell(
        t, line->title,
        text_format(c->arena, "/o/%s/readiness/%s", p->org->slug, duty_kind_name(line->kind)),
        INK_NONE);
    document_cell(t, state, NULL, ink);
    document_cell(t, share(c, line->done), NULL, INK_NONE);
    document_cell_int(t, line->on_time);
    document_cell_int(t, line->concluded_late + line->late);
    document_cell_int(t, line->missed);
    document_cell_date(t, line->last_held);
    document_cell_date(t, line->next_due);
  }
}

// ---- lists ----

static void add_lines(Paper *p, const char *caption, const ActivityLines *lines) {
  Context *c = p->c;
  DocumentTable *t = document_table(p->d, caption);
  document_column(t, _("Activity"), 5, ALIGN_START);
  document_column(t, _("Owner"), 3, ALIGN_START);
  document_column(t, _("Due"), 2, ALIGN_START);
  document_column(t, _("When"), 2, ALIGN_START);
  document_column(t, _("State"), 2, ALIGN_START);
  for (size_t i = 0; i < lines->count; i++) {
    const ActivityLine *line = &lines->items[i];
    Ink ink = line->status == STATUS_MISSED ? INK_MISSED
              : line->status == STATUS_LATE ? INK_LATE
                                            : INK_NONE;
    document_cell(t, line->title,
                  text_format(c->arena, "/o/%s/activities/%lld", p->org->slug, (long long)line->id),
                  INK_NONE);
    document_cell(t, line->owner, NULL, INK_NONE);
    document_cell_date(t, line->due);
    document_cell(t, days_words(c, line->days), NULL, INK_NONE);
    document_cell(t, status_mark(line->status).word, NULL, ink);
  }
  if (lines->total > (int64_t)lines->count)
    document_soft(p->d, text_format(c->arena, _("%lld more stand in the list on the pages."),
                                    (long long)(lines->total - (int64_t)lines->count)));
}

static void add_list(Paper *p, const char *status, const char *caption) {
  ActivityFilter filter = activity_filter();
  ActivityLines lines;
  filter.status = status;
  filter.limit = LIST_ROWS;
  if (activity_list(p->c, &filter, &lines) && lines.count > 0) add_lines(p, caption, &lines);
}

static void add_open(Paper *p) {
  int64_t open = 0;
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++)
    open += p->all->kinds[i].late + p->all->kinds[i].missed;
  document_heading(p->d, 1, _("Late and missed"));
  if (open == 0) document_paragraph(p->d, _("Nothing is late and nothing was missed."));
  if (open == 0) return;
  add_list(p, "missed", _("Missed: the last tolerable day has passed"));
  add_list(p, "late", _("Late: the due date has passed"));
}

static void add_coming(Paper *p) {
  ActivityFilter filter = activity_filter();
  ActivityLines lines;
  filter.status = "open";
  filter.from = p->c->today;
  filter.to = date_add_days(p->c->today, COMING_DAYS);
  filter.limit = LIST_ROWS;
  document_heading(p->d, 1, _("The next 90 days"));
  if (!activity_list(p->c, &filter, &lines)) return;
  if (lines.count == 0)
    document_paragraph(p->d, _("Nothing falls due in the next 90 days."));
  else
    add_lines(p, NULL, &lines);
}

static void add_method(Document *d) {
  document_heading(d, 1, _("How these figures come about"));
  document_paragraph(
      d, _("An activity counts as late when its due date has passed, and as missed when its last "
           "tolerable day has passed. Both are read off the dates as of the day of this report. "
           "What was cancelled with a reason is left out."));
  document_paragraph(
      d, _("Evidence is fresh when the last activity that was held has some and lies within the "
           "duty's own cadence. The paper shield is the share of documents in force and applicable "
           "controls for which nothing shows that they operate. Where nothing could be measured, "
           "the report says so instead of showing zero."));
}

Document *readiness_document(Context *c) {
  SqlDocumentOrganisationRow org;
  Readiness *all = arena_new(c->arena, Readiness);
  READ_TRANSACTION(c, tx);
  if (!sql_document_organisation(c, &org)) {
    not_found(c, _("There is no such organisation."));
    return NULL;
  }
  if (!readiness_of(c, all)) return NULL;
  DocumentHead head = diary_document_head(
      c, &org, text_format(c->arena, _("Readiness on %s"), date_words(c->arena, c->today)),
      "/readiness");
  head.kind = _("Readiness report");
  head.subtitle = _("What fell due, what was done in time, and what stands before the next audit");
  Paper p = {c, document_new(c, &head), &org, all};
  document_about(p.d, _("As of"), date_words(c->arena, c->today));
  document_about(p.d, _("Certificate decided on"), date_words(c->arena, org.decision));
  document_about(p.d, _("Valid until"), date_words(c->arena, org.expiry));
  if (!text_is_empty(org.certification_body))
    document_about(p.d, _("Certification body"), org.certification_body);
  if (!text_is_empty(org.certificate_number))
    document_about(p.d, _("Certificate"), org.certificate_number);
  if (!text_is_empty(org.scope)) document_about(p.d, _("Scope"), org.scope);
  add_summary(&p);
  add_year(&p);
  add_kinds(&p);
  add_open(&p);
  add_coming(&p);
  add_method(p.d);
  return context_ok(c) ? p.d : NULL;
}
