// SPDX-License-Identifier: Apache-2.0
// Risks in a management review (9.3.2 f): where they stand, how they moved, what is done about
// them.
#include "diary/lines.h"
#include "diary/review_section.h"
#include "registers/context.sql.h"
#include "registers/risk_decision.sql.h"
#include "registers/versions.h"
#include "report/chart.h"

#include <inttypes.h>

enum { RISKS_MOST = 5000, SHOWN = 12 };

typedef struct Levels {
  int64_t all, high, medium, low, unrated, treated;
} Levels;

static Levels levels_of(const SqlRisksAtRows *rows) {
  Levels out = {0};
  for (size_t i = 0; i < rows->count; i++) {
    const SqlRisksAtRow *row = &rows->items[i];
    out.all++;
    out.treated += row->treatment[0] != '\0';
    *(!row->score.has                         ? &out.unrated
      : row->score.value >= RISK_SCORE_HIGH   ? &out.high
      : row->score.value >= RISK_SCORE_MEDIUM ? &out.medium
                                              : &out.low) += 1;
  }
  return out;
}

static void add_chart(Context *c, const Levels *before, const Levels *now, SectionData *out) {
  if (now->all == 0) return;
  Chart *chart = chart_new(c->arena, CHART_STACKED, _("Risks by level"),
                           _("what is left after treatment, then and now"));
  chart_label(chart, _("Last review"));
  chart_label(chart, _("Now"));
  const struct {
    const char *name;
    Ink ink;
    int64_t before, now;
  } series[] = {{_("high"), INK_MISSED, before->high, now->high},
                {_("medium"), INK_LATE, before->medium, now->medium},
                {_("low"), INK_DONE, before->low, now->low},
                {_("not rated"), INK_COMING, before->unrated, now->unrated}};
  for (size_t i = 0; i < COUNT_OF(series); i++) {
    if (series[i].before + series[i].now == 0) continue;
    ChartSeries *one = chart_series(chart, series[i].name, series[i].ink);
    chart_value(chart, one, (double)series[i].before);
    chart_value(chart, one, (double)series[i].now);
  }
  *list_add(c->arena, &out->charts) = chart;
}

static const char *score_words(Context *c, OptInt score) {
  return score.has ? text_format(c->arena, "%" PRId64, score.value) : _("not rated");
}

static OptInt score_before(const SqlRisksAtRows *before, int64_t item) {
  for (size_t i = 0; i < before->count; i++)
    if (before->items[i].item == item) return before->items[i].score;
  return (OptInt){0};
}

static void add_table(Context *c, const SqlRisksAtRows *before, const SqlRisksAtRows *now,
                      SectionData *out) {
  SectionTable *table = section_table(c, out, _("The highest risks"),
                                      _("Risk|#Score|#Last review|Treatment|Status|Owner"));
  for (size_t i = 0; i < now->count; i++) {
    const SqlRisksAtRow *row = &now->items[i];
    if (i >= SHOWN) {
      table->left_out++;
      continue;
    }
    section_cell(c, table,
                 row->ref[0] == '\0' ? row->title
                                     : text_format(c->arena, "%s %s", row->ref, row->title),
                 text_format(c->arena, "/items/%lld", (long long)row->item));
    section_cell(c, table, score_words(c, row->score), "");
    section_cell(c, table, score_words(c, score_before(before, row->item)), "");
    section_cell(c, table, row->treatment, "");
    section_cell(c, table, row->status, "");
    bool nobody = row->owner_name == NULL && row->position_title == NULL;
    section_cell(c, table,
                 nobody ? row->owner_text
                        : owner_words(c, row->owner_name, row->position_title, row->holder_name),
                 "");
  }
}

typedef struct Movement {
  int64_t rose, fell, added, removed;
} Movement;

static bool count_movement(Context *c, const ReviewSpan *span, Movement *out) {
  ItemChanges changes = {0};
  if (!item_changes(c, &risks_kind, span->from, span->to, &changes)) return false;
  for (size_t i = 0; i < changes.count; i++) {
    const ItemChange *one = &changes.items[i];
    out->added += one->kind == ITEM_ADDED;
    out->removed += one->kind == ITEM_REMOVED;
    if (one->kind != ITEM_CHANGED || !one->before.has || !one->now.has) continue;
    out->rose += one->now.value > one->before.value;
    out->fell += one->now.value < one->before.value;
  }
  return true;
}

static SectionFigure *figure(Context *c, SectionData *out, const char *key, const char *label,
                             int64_t value, Better better) {
  SectionFigure *one = section_figure(c, out, key, label);
  one->value = section_count(value);
  one->better = better;
  return one;
}

// What management accepted stands for a time: then somebody has to look again.
static void add_accepted(Context *c, const ReviewSpan *span, SectionData *out) {
  SqlRisksAcceptedRows rows =
      sql_risks_accepted(c, (SqlRisksAccepted){.on = span->to, .limit = RISKS_MOST});
  int64_t run_out = 0;
  SectionTable *table = section_table(c, out, _("Accepted by management"),
                                      _("Risk|Who answers for it|Until|Decided in"));
  for (size_t i = 0; i < rows.count; i++) {
    const SqlRisksAcceptedRow *row = &rows.items[i];
    bool over = !date_is_none(row->until_on) && date_compare(row->until_on, span->to) < 0;
    run_out += over;
    if (section_is_full(table)) continue;
    section_cell(c, table,
                 row->ref[0] == '\0' ? row->title
                                     : text_format(c->arena, "%s %s", row->ref, row->title),
                 text_format(c->arena, "/items/%lld", (long long)row->item));
    section_cell(c, table, owner_words(c, row->owner_name, row->position_title, row->holder_name),
                 "");
    const char *until = date_is_none(row->until_on) ? "" : date_words(c->arena, row->until_on);
    section_cell(c, table, over ? text_format(c->arena, _("%s, run out"), until) : until, "");
    section_cell(c, table, row->source_title, row->source_place);
  }
  figure(c, out, "accepted", _("Accepted"), (int64_t)rows.count - run_out, BETTER_NEITHER);
  figure(c, out, "run_out", _("Acceptance run out"), run_out, BETTER_LOWER)->why =
      _("to be decided again: accepted until a day that is past");
}

static bool fill(Context *c, const ReviewSpan *span, SectionData *out) {
  Movement moved = {0};
  SqlRisksAtRows now = sql_risks_at(c, (SqlRisksAt){.on = span->to, .limit = RISKS_MOST});
  SqlRisksAtRows before =
      sql_risks_at(c, (SqlRisksAt){.on = date_add_days(span->from, -1), .limit = RISKS_MOST});
  if (!context_ok(c) || !count_movement(c, span, &moved)) return false;
  Levels levels = levels_of(&now), were = levels_of(&before);
  figure(c, out, "risks", _("Risks"), levels.all, BETTER_NEITHER);
  SectionFigure *high = figure(c, out, "high", _("High risks"), levels.high, BETTER_LOWER);
  high->headline = true;
  high->why =
      text_format(c->arena, _("a score of %d or more is left after treatment"), RISK_SCORE_HIGH);
  figure(c, out, "rose", _("Rose"), moved.rose, BETTER_LOWER);
  figure(c, out, "fell", _("Fell"), moved.fell, BETTER_HIGHER);
  figure(c, out, "added", _("New"), moved.added, BETTER_NEITHER);
  figure(c, out, "removed", _("Closed"), moved.removed, BETTER_NEITHER);
  SectionFigure *treated = section_figure(c, out, "treated", _("Treatment decided"));
  treated->value = section_percent(levels.treated, levels.all);
  treated->unit = "%";
  treated->target = (OptReal){true, 100};
  treated->better = BETTER_HIGHER;
  add_chart(c, &were, &levels, out);
  add_table(c, &before, &now, out);
  add_accepted(c, span, out);
  if (levels.all == 0)
    section_words(c, out, _("No risk is in the register yet (6.1.2)."));
  else
    section_words(c, out,
                  _("%lld risks, %lld of them high; since the last review %lld rose, %lld fell, "
                    "%lld are new and %lld closed."),
                  (long long)levels.all, (long long)levels.high, (long long)moved.rose,
                  (long long)moved.fell, (long long)moved.added, (long long)moved.removed);
  return context_ok(c);
}

const ReviewSection risks_section = {
    .key = "risks",
    .input = 'f',
    .title = N_("Risks and their treatment"),
    .purpose = N_("Where the risks stand, how they moved since the last review, and what is done."),
    .fill = fill,
};
