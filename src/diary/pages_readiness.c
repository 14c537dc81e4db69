// SPDX-License-Identifier: Apache-2.0
// Readiness: every figure says why and leads to its rows; what was never measured is not zero.
#include "diary/readiness.h"

#include "diary/diary.routes.h"
#include "diary/offer.h"
#include "diary/pages.h"

static int64_t fell_due(const ReadinessLine *line) {
  return line->on_time + line->concluded_late + line->late + line->missed;
}

static StatusMark verdict_of(const ReadinessLine *line) {
  if (line->paused) return (StatusMark){"cancelled", _("Paused"), "i-player-pause"};
  if (line->missed > 0) return (StatusMark){"missed", _("Missed"), "i-alert-octagon"};
  if (line->late > 0) return (StatusMark){"late", _("Late"), "i-clock-exclamation"};
  if (fell_due(line) == 0)
    return (StatusMark){"planned", line->planned > 0 ? _("Not due yet") : _("Nothing planned"),
                        "i-calendar-event"};
  if (line->stale > 0 || line->bare > 0)
    return (StatusMark){"stale", _("Evidence old"), "i-file-alert"};
  return (StatusMark){"done", _("Up to date"), "i-circle-check"};
}

Ink readiness_verdict(const ReadinessLine *line, const char **word) {
  StatusMark mark = verdict_of(line);
  *word = mark.word;
  if (text_equal(mark.status, "missed")) return INK_MISSED;
  if (text_equal(mark.status, "late") || text_equal(mark.status, "stale")) return INK_LATE;
  return text_equal(mark.status, "done") ? INK_DONE : INK_NONE;
}

static StatusMark evidence_mark(const ReadinessLine *line) {
  if (line->bare > 0) return (StatusMark){"none", _("Missing"), "i-file-off"};
  if (line->stale > 0) return (StatusMark){"stale", _("Stale"), "i-file-alert"};
  if (line->fresh > 0) return (StatusMark){"fresh", _("Fresh"), "i-file-check"};
  return (StatusMark){"planned", _("Not measured"), "i-file"};
}

static const char *evidence_why(Context *c, const ReadinessLine *line) {
  if (line->fresh + line->stale + line->bare == 0) return _("nothing has been held yet");
  Text words;
  text_init(&words, c->arena);
  text_add_count(&words, line->fresh, _("fresh"));
  text_add_count(&words, line->stale, _("old"));
  text_add_count(&words, line->bare, _("without evidence"));
  return words.data;
}

static const char *open_words(Context *c, const ReadinessLine *line) {
  Text words;
  text_init(&words, c->arena);
  text_add_count(&words, line->late, _("late"));
  text_add_count(&words, line->missed, _("missed"));
  return words.length > 0 ? words.data : _("none");
}

static ReadinessRow row_of(Context *c, const ReadinessLine *line, const char *href) {
  int64_t done = line->on_time + line->concluded_late, due = fell_due(line);
  const char *why = due == 0
                        ? _("nothing has fallen due yet")
                        : text_format(c->arena, _("%lld of %lld held, %lld in time"),
                                      (long long)done, (long long)due, (long long)line->on_time);
  const BarPart parts[] = {{line->on_time, "fill-done"},
                           {line->concluded_late + line->late, "fill-late"},
                           {line->missed, "fill-missed"}};
  const char *label =
      text_format(c->arena, _("%s: %lld in time, %lld late, %lld missed"), line->title,
                  (long long)line->on_time, (long long)line->concluded_late + line->late,
                  (long long)line->missed);
  return (ReadinessRow){
      .kind = duty_kind_name(line->kind),
      .title = line->title,
      .icon = kind_icon(line->kind),
      .on_time = line->on_time,
      .concluded_late = line->concluded_late,
      .late = line->late,
      .missed = line->missed,
      .planned = line->planned,
      .done = percent_words(c, done, due),
      .done_why = why,
      .open_words = open_words(c, line),
      .chart = bar_picture(c, label, parts, COUNT_OF(parts)),
      .evidence = evidence_mark(line),
      .evidence_why = evidence_why(c, line),
      .last_held = line->last_held,
      .next_due = line->next_due,
      .next_activity = line->next_activity,
      .owner = or_empty(line->owner),
      .verdict = verdict_of(line),
      .href = href,
      .paused = line->paused,
  };
}

static const char *share_words(Context *c, Share share) {
  return percent_words(c, share.part, share.whole);
}

static void paper_figure(Request *r, const PaperShield *paper, FigureTileList *out) {
  Context *c = &r->context;
  const char *why =
      !paper->whole.measured
          ? _("no documents or controls to compare yet: import the document register and the "
              "Statement of Applicability")
          : text_format(c->arena,
                        _("%lld of %lld documents and %lld of %lld controls without evidence that "
                          "they operate"),
                        (long long)paper->documents.part, (long long)paper->documents.whole,
                        (long long)paper->controls.part, (long long)paper->controls.whole);
  figure_add(c, out,
             (FigureTile){.label = _("Paper shield"),
                          .icon = "i-shield-half",
                          .value = share_words(c, paper->whole),
                          .tone = paper->whole.measured && paper->whole.percent >= 25 ? "late" : "",
                          .why = why,
                          .href = text_format(c->arena, "/o/%s/registers", r->org_slug)});
}

static void figures_of(Request *r, const Readiness *all, FigureTileList *out) {
  Context *c = &r->context;
  int64_t late = 0, missed = 0, fresh = 0, held = 0;
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    late += all->kinds[i].late;
    missed += all->kinds[i].missed;
    fresh += all->kinds[i].fresh;
    held += all->kinds[i].fresh + all->kinds[i].stale + all->kinds[i].bare;
  }
  const char *list = text_format(c->arena, "/o/%s/activities", r->org_slug);
  figure_add(c, out,
             (FigureTile){.label = _("Done of what fell due"),
                          .icon = "i-circle-check",
                          .value = share_words(c, all->done),
                          .why = text_format(c->arena,
                                             _("%lld of %lld; %lld late and %lld missed are open"),
                                             (long long)all->done.part, (long long)all->done.whole,
                                             (long long)late, (long long)missed),
                          .href = text_format(c->arena, "%s?status=%s", list,
                                              missed > 0 ? "missed" : "concluded")});
  figure_add(
      c, out,
      (FigureTile){.label = _("In time"),
                   .icon = "i-clock-check",
                   .value = share_words(c, all->on_time),
                   .why = text_format(c->arena, _("%lld of %lld within the last tolerable day"),
                                      (long long)all->on_time.part, (long long)all->on_time.whole),
                   .href = text_format(c->arena, "%s?status=concluded", list)});
  figure_add(
      c, out,
      (FigureTile){.label = _("Fresh evidence"),
                   .icon = "i-file-check",
                   .value = percent_words(c, fresh, held),
                   .why = held == 0 ? _("nothing has been held yet")
                                    : text_format(c->arena, _("%lld of %lld duties that were held"),
                                                  (long long)fresh, (long long)held),
                   .href = text_format(c->arena, "/o/%s/evidence", r->org_slug)});
  paper_figure(r, &all->paper, out);
}

// What stands open today and what still falls due before the external audit, in a sentence.
const char *readiness_forecast(Context *c, const Readiness *all) {
  if (all->countdown.activity == 0)
    return _("No external audit is planned any more, so there is nothing to forecast.");
  int64_t open = 0;
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) open += all->kinds[i].late + all->kinds[i].missed;
  if (open == 0)
    return text_format(c->arena, _("If everything goes on as planned, nothing is open on %s."),
                       date_words(c->arena, all->countdown.due));
  int32_t weeks = all->countdown.days / 7;
  if (weeks < 1)
    return text_format(c->arena, _("%lld are late or missed and the auditor comes %s."),
                       (long long)open, days_words(c, all->countdown.days));
  const int32_t every = weeks / (int32_t)open;
  if (every <= 1)
    return text_format(
        c->arena,
        _("%s. With %d weeks left, concluding one every week or more empties the list before %s; "
          "left alone, they stand as missed on that day."),
        count_words(c, open, _("activity is late or missed"), _("activities are late or missed")),
        weeks, date_words(c->arena, all->countdown.due));
  return text_format(
      c->arena,
      _("%s. With %d weeks left, concluding one every %d weeks empties the "
        "list before %s; left alone, they stand as missed on that day."),
      count_words(c, open, _("activity is late or missed"), _("activities are late or missed")),
      weeks, every, date_words(c->arena, all->countdown.due));
}

const char *readiness_lead(Context *c, const Readiness *all) {
  if (!all->done.measured) return _("Nothing has fallen due yet, so nothing is measured yet.");
  return text_format(c->arena, _("%s of what fell due was done, %s of it in time."),
                     share_words(c, all->done), share_words(c, all->on_time));
}

void readiness_handler(Request *r, const ReadinessInput *in) {
  (void)in;
  Context *c = &r->context;
  Readiness *all = arena_new(c->arena, Readiness);
  if (!readiness_of(c, all)) return;
  ReadinessPage page = {.next_audit = next_audit(c, &all->countdown),
                        .forecast = readiness_forecast(c, all)};
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const ReadinessLine *line = &all->kinds[i];
    if (fell_due(line) + line->planned == 0 && line->cancelled == 0) continue;
    *list_add(c->arena, &page.rows) = row_of(
        c, line,
        text_format(c->arena, "/o/%s/readiness/%s", r->org_slug, duty_kind_name(line->kind)));
  }
  page.adopted = page.rows.count > 0;
  figures_of(r, all, &page.figures);
  for (size_t i = 0; page_offers[i] != NULL; i++)
    if (page_offers[i]->readiness != NULL && !page_offers[i]->readiness(r, &page.figures)) return;
  page.lead = readiness_lead(c, all);
  if (context_ok(c)) respond_readiness_page(r, &page);
}

void readiness_kind_handler(Request *r, const ReadinessKindInput *in) {
  Context *c = &r->context;
  DutyKind kind;
  if (!duty_kind_parse(in->kind, &kind)) {
    not_found(c, _("There is no kind of duty called %s."), in->kind);
    return;
  }
  ReadinessLines lines = {0};
  if (!readiness_duties(c, kind, &lines)) return;
  const Room *room = diary_room(kind);
  ReadinessKindPage page = {.kind = in->kind,
                            .title = duty_kind_title(kind),
                            .purpose = room == NULL ? "" : _(or_empty(room->purpose)),
                            .clauses = room == NULL ? "" : clause_words(c, room->clauses)};
  for (size_t i = 0; i < lines.count; i++)
    *list_add(c->arena, &page.rows) = row_of(
        c, &lines.items[i],
        text_format(c->arena, "/o/%s/duties/%lld", r->org_slug, (long long)lines.items[i].duty));
  respond_readiness_kind_page(r, &page);
}
