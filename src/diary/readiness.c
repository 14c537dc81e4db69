// SPDX-License-Identifier: Apache-2.0
#include "diary/readiness.h"

#include "db/db.h"
#include "diary/lines.h"
#include "diary/tally.h"
#include "diary/tally.sql.h"

#define DUTIES_MOST 200

Share share_of(int64_t part, int64_t whole) {
  Share share = {.part = part, .whole = whole, .measured = whole > 0};
  if (share.measured) share.percent = (int32_t)((part * 100 + whole / 2) / whole);
  return share;
}

static void read_counts(Context *c, Readiness *out) {
  SqlTallyKindsRows kinds = sql_tally_kinds(c);
  SqlTallyPastRows past = sql_tally_past(c, (SqlTallyPast){.month = overdue_month(c->today)});
  for (size_t i = 0; i < kinds.count; i++) {
    const SqlTallyKindsRow *row = &kinds.items[i];
    ReadinessLine *line = &out->kinds[kind_of(row->kind)];
    line->on_time = row->on_time;
    line->concluded_late = row->concluded_late;
    line->cancelled = row->cancelled;
    line->planned = row->open;
    line->stale = row->stale;
    line->fresh = row->proved - row->stale;
    line->last_held = row->last_held;
  }
  for (size_t i = 0; i < past.count; i++) {
    const SqlTallyPastRow *row = &past.items[i];
    ReadinessLine *line = &out->kinds[kind_of(row->kind)];
    line->missed += row->latest_open;
    line->late += row->due_open - row->latest_open;
    line->planned -= row->due_open;
  }
}

// Held without evidence at the time; some may have come since.
static void read_bare(Context *c, Readiness *out) {
  SqlTallyBareRows bare = sql_tally_bare(c);
  for (size_t i = 0; i < bare.count; i++) {
    const SqlTallyBareRow *row = &bare.items[i];
    ReadinessLine *line = &out->kinds[kind_of(row->kind)];
    if (row->pieces == 0)
      line->bare++;
    else
      *(date_compare(row->fresh_until, c->today) >= 0 ? &line->fresh : &line->stale) += 1;
  }
}

static void read_next(Context *c, Readiness *out) {
  SqlTallyNextRows rows = sql_tally_next(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlTallyNextRow *row = &rows.items[i];
    ReadinessLine *line = &out->kinds[kind_of(row->kind)];
    line->next_due = row->due;
    line->next_activity = row->id;
    line->owner = owner_words(c, row->owner_name, row->position_title, row->holder_name);
  }
}

static Share done_share(const ReadinessLine *line) {
  int64_t concluded = line->on_time + line->concluded_late;
  return share_of(concluded, concluded + line->late + line->missed);
}

bool readiness_of(Context *c, Readiness *out) {
  *out = (Readiness){0};
  READ_TRANSACTION(c, tx);
  for (int kind = 0; kind < DUTY_KIND_COUNT; kind++)
    out->kinds[kind] = (ReadinessLine){.kind = (DutyKind)kind,
                                       .title = duty_kind_title((DutyKind)kind),
                                       .last_held = DATE_NONE,
                                       .next_due = DATE_NONE,
                                       .owner = ""};
  read_counts(c, out);
  read_bare(c, out);
  read_next(c, out);
  int64_t on_time = 0, concluded = 0, due = 0;
  for (int kind = 0; kind < DUTY_KIND_COUNT; kind++) {
    ReadinessLine *line = &out->kinds[kind];
    line->done = done_share(line);
    on_time += line->on_time;
    concluded += line->done.part;
    due += line->done.whole;
  }
  out->done = share_of(concluded, due);
  out->on_time = share_of(on_time, due);
  if (!paper_shield_of(c, &out->paper)) return false;
  return countdown_of(c, &out->countdown);
}

static ReadinessLine line_of_duty(Context *c, DutyKind kind, const SqlTallyDutiesRow *row) {
  bool paused = !date_is_none(row->paused_on) &&
                (date_is_none(row->paused_until) || date_compare(c->today, row->paused_until) <= 0);
  ReadinessLine line = {.kind = kind,
                        .duty = row->duty,
                        .title = row->title,
                        .paused = paused,
                        .on_time = row->on_time,
                        .concluded_late = row->concluded_late,
                        .late = row->past_due - row->past_latest,
                        .missed = row->past_latest,
                        .planned = row->open - row->past_due,
                        .cancelled = row->cancelled,
                        .last_held = row->last_held,
                        .next_due = row->next_due,
                        .next_activity = row->next_activity,
                        .owner =
                            owner_words(c, row->owner_name, row->position_title, row->holder_name)};
  line.done = done_share(&line);
  if (row->last_activity != 0 && row->proved == 0)
    line.bare = 1;
  else if (row->last_activity != 0)
    *(date_compare(row->fresh_until, c->today) >= 0 ? &line.fresh : &line.stale) = 1;
  return line;
}

bool readiness_duties(Context *c, DutyKind kind, ReadinessLines *out) {
  READ_TRANSACTION(c, tx);
  SqlTallyDutiesRows rows =
      sql_tally_duties(c, (SqlTallyDuties){.kind = duty_kind_name(kind), .limit = DUTIES_MOST});
  *out = (ReadinessLines){.items = arena_array(c->arena, rows.count, sizeof(ReadinessLine))};
  for (size_t i = 0; i < rows.count; i++)
    out->items[out->count++] = line_of_duty(c, kind, &rows.items[i]);
  return context_ok(c);
}
