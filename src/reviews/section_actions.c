// SPDX-License-Identifier: Apache-2.0
// What earlier reviews decided (9.3.2 a): done in time, done late, open, late.
#include "diary/lines.h"
#include "diary/review_section.h"
#include "report/chart.h"
#include "reviews/effect.h"
#include "reviews/effect.sql.h"
#include "reviews/section_actions.sql.h"

enum { ACTIONS_MOST = 2000, WORDS_MOST = 160, STATE_DONE = 2, STATE_DROPPED = 3 };

typedef struct Counts {
  int64_t in_time, done_late, open, late, dropped;
} Counts;

typedef enum Fate { FATE_IN_TIME, FATE_DONE_LATE, FATE_OPEN, FATE_LATE, FATE_DROPPED } Fate;

// As it stood at the end of `to`.
static Fate fate_of(const SqlEarlierActionsRow *row, Date to) {
  if (row->state == STATE_DROPPED) return FATE_DROPPED;
  bool done = row->state == STATE_DONE && !date_is_none(row->done_on) &&
              date_compare(row->done_on, to) <= 0;
  if (done) return date_compare(row->done_on, row->baseline) <= 0 ? FATE_IN_TIME : FATE_DONE_LATE;
  return date_compare(to, row->due) > 0 ? FATE_LATE : FATE_OPEN;
}

static void count(Counts *counts, Fate fate) {
  int64_t *const by_fate[] = {&counts->in_time, &counts->done_late, &counts->open, &counts->late,
                              &counts->dropped};
  *by_fate[fate] += 1;
}

static void add_row(Context *c, const SqlEarlierActionsRow *row, Fate fate, SectionTable *table) {
  static const char *const words[] = {N_("done in time"), N_("done late"), "open", "late",
                                      "dropped"};
  if (section_is_full(table)) return;
  section_cell(c, table, row->title, text_format(c->arena, "/actions/%lld", (long long)row->id));
  section_cell(c, table,
               date_is_none(row->held_on) ? row->review_title : date_words(c->arena, row->held_on),
               text_format(c->arena, "/reviews/%lld", (long long)row->review));
  section_cell(c, table, owner_words(c, row->owner_name, row->position_title, row->holder_name),
               "");
  section_cell_date(c, table, row->due);
  section_cell(c, table,
               fate == FATE_DROPPED && row->cancel_reason[0] != '\0'
                   ? text_format(c->arena, _("dropped: %s"), row->cancel_reason)
                   : _(words[fate]),
               "");
}

static void add_chart(Context *c, const Counts *counts, SectionData *out) {
  const struct {
    const char *name;
    Ink ink;
    int64_t value;
  } parts[] = {{_("done in time"), INK_DONE, counts->in_time},
               {_("done late"), INK_LATE, counts->done_late},
               {_("open"), INK_COMING, counts->open},
               {_("late"), INK_MISSED, counts->late}};
  Chart *chart = chart_new(c->arena, CHART_SHARE, _("Decided actions"),
                           _("of all earlier reviews, as they stand"));
  for (size_t i = 0; i < COUNT_OF(parts); i++)
    if (parts[i].value > 0)
      chart_value(chart, chart_series(chart, parts[i].name, parts[i].ink), (double)parts[i].value);
  *list_add(c->arena, &out->charts) = chart;
}

static void add_figures(Context *c, const Counts *counts, SectionData *out) {
  SectionFigure *share = section_figure(c, out, "in_time", _("Decisions done in time"));
  share->value =
      section_percent(counts->in_time, counts->in_time + counts->done_late + counts->late);
  share->unit = "%";
  share->target = (OptReal){true, 100};
  share->better = BETTER_HIGHER;
  share->headline = true;
  share->why = _("of the decided actions that are done or overdue");
  SectionFigure *late = section_figure(c, out, "late", _("Late"));
  late->value = section_count(counts->late);
  late->better = BETTER_LOWER;
  late->place = "/actions";
  section_figure(c, out, "open", _("Open, not due yet"))->value = section_count(counts->open);
  section_figure(c, out, "done", _("Done"))->value =
      section_count(counts->in_time + counts->done_late);
}

// Changes of the programme, risk decisions and what was granted, beside their actions.
static void add_effects(Context *c, const ReviewSpan *span, Instant until, SectionData *out) {
  SqlEffectsEarlierRows rows = sql_effects_earlier(
      c, (SqlEffectsEarlier){.since = until.us, .to = span->to, .limit = ACTIONS_MOST});
  SectionTable *table = section_table(c, out, _("What earlier reviews changed and granted"),
                                      _("Decision|Review|What came of it"));
  int64_t impossible = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlEffectsEarlierRow *row = &rows.items[i];
    bool failed = row->state == EFFECT_IMPOSSIBLE;
    impossible += failed;
    if (section_is_full(table)) continue;
    const Effect effect = {.duty = row->duty, .activity = row->activity, .item = row->item};
    section_cell(c, table, text_shorten(c->arena, row->words, WORDS_MOST),
                 effect_place(c, &effect));
    section_cell(c, table,
                 date_is_none(row->held_on) ? row->review_title
                                            : date_words(c->arena, row->held_on),
                 text_format(c->arena, "/reviews/%lld", (long long)row->review));
    section_cell(c, table,
                 failed ? text_format(c->arena, _("not possible: %s"), row->outcome) : row->outcome,
                 "");
  }
  if (rows.count == 0) return;
  section_figure(c, out, "in_effect", _("Decisions in effect"))->value =
      section_count((int64_t)rows.count - impossible);
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  // Decided before this span: what the review of this day itself decides is not earlier.
  Instant until = zone_instant(c->zone, span->to, 0);
  SqlEarlierActionsRows rows = sql_earlier_actions(
      c, (SqlEarlierActions){.to = span->to, .since = until.us, .limit = ACTIONS_MOST});
  Counts counts = {0};
  SectionTable *table =
      section_table(c, out, _("What earlier reviews decided"), _("Action|Review|Owner|Due|State"));
  for (size_t i = 0; i < rows.count; i++) {
    Fate fate = fate_of(&rows.items[i], span->to);
    count(&counts, fate);
    add_row(c, &rows.items[i], fate, table);
  }
  add_figures(c, &counts, out);
  if (rows.count > 0) add_chart(c, &counts, out);
  add_effects(c, span, until, out);
  out->nothing = rows.count == 0;
  if (rows.count == 0)
    section_words(c, out, _("No earlier review decided an action."));
  else
    section_words(c, out,
                  _("Of %zu decided actions %lld were done in time and %lld late; %lld are "
                    "open, %lld of the rest are late."),
                  rows.count, (long long)counts.in_time, (long long)counts.done_late,
                  (long long)counts.open, (long long)counts.late);
  return context_ok(c);
}

const ReviewSection earlier_actions_section = {
    .key = "earlier_actions",
    .input = 'a',
    .title = N_("Actions from earlier reviews"),
    .purpose = N_("What was decided is followed: done in time, done late, open, late."),
    .fill = fill,
};
