// SPDX-License-Identifier: Apache-2.0
// What a date or a cadence would breach, said in a sentence; it is the organisation that decides.
#include "db/db.h"
#include "diary/activity.h"
#include "diary/activity.sql.h"
#include "diary/cycle.h"
#include "diary/duty.h"
#include "diary/lines.h"
#include "diary/programme.h"

static void breach_add(Context *c, Breaches *out, const char *sentence) {
  *list_add(c->arena, out) = sentence;
}

static const char *breaches_text(Context *c, const Breaches *breaches) {
  return breaches->count == 0 ? NULL : text_join(c->arena, " ", breaches->items, breaches->count);
}

// ---- a date ----

// Audits and reviews count over all their duties; another kind's duties stand each for themselves.
static const char *kind_counted(const SqlActivityGetRow *row) {
  DutyKind kind = kind_of(row->kind);
  return kind == DUTY_AUDIT || kind == DUTY_MANAGEMENT_REVIEW ? row->kind : "";
}

// When it was last done; without an earlier one, the organisation's start counts.
static Date last_before(Context *c, const SqlActivityGetRow *row) {
  SqlActivityBeforeRow before;
  SqlActivityBefore in = {
      .duty = row->duty, .kind = kind_counted(row), .series = row->series, .id = row->id};
  if (!sql_activity_before(c, in, &before)) return row->start_on;
  return date_is_none(before.held_on) ? before.due : before.held_on;
}

static void breach_since(Context *c, const SqlActivityGetRow *row, Date due, Breaches *out) {
  int32_t most = (int32_t)row->maximum_months;
  Date last = last_before(c, row);
  if (most > 0 && date_compare(due, date_add_months(last, most)) > 0)
    breach_add(c, out,
               text_format(c->arena,
                           _("More than %d months since the one before, counted from %s; %d months "
                             "is the most."),
                           most, date_words(c->arena, last), most));
}

static void breach_until(Context *c, const SqlActivityGetRow *row, Date due, Breaches *out) {
  SqlActivityAfterRow after;
  SqlActivityAfter in = {
      .duty = row->duty, .kind = kind_counted(row), .series = row->series, .id = row->id};
  if (!sql_activity_after(c, in, &after) || after.maximum_months <= 0) return;
  int32_t most = (int32_t)after.maximum_months;
  if (date_compare(after.due, date_add_months(due, most)) > 0)
    breach_add(c, out,
               text_format(c->arena,
                           _("More than %d months until the one after, of %s; %d months is the "
                             "most."),
                           most, date_words(c->arena, after.due), most));
}

static void breach_clear_days(Context *c, const SqlActivityGetRow *row, Date due, Breaches *out) {
  DutyKind kind = kind_of(row->kind);
  if (kind != DUTY_AUDIT && kind != DUTY_MANAGEMENT_REVIEW) return;
  SqlActivityExternalsRows external =
      sql_activity_externals(c, (SqlActivityExternals){.limit = CYCLE_AUDITS_MAX});
  for (size_t i = 0; i < external.count; i++) {
    int32_t before = date_diff(external.items[i].due, due);
    if (before >= 0 && before < CYCLE_CLEAR_DAYS)
      breach_add(c, out,
                 text_format(c->arena,
                             _("Only %d days before the external audit of %s; audits and the "
                               "review lie %d days before it."),
                             before, date_words(c->arena, external.items[i].due),
                             CYCLE_CLEAR_DAYS));
  }
}

static void breach_latest(Context *c, const SqlActivityGetRow *row, Date due, Breaches *out) {
  bool external =
      text_equal(row->stage, "surveillance") || text_equal(row->stage, "recertification");
  if (external && date_compare(due, row->latest) > 0)
    breach_add(c, out,
               text_format(c->arena,
                           _("After %s, the last day that the rules of certification leave "
                             "(ISO/IEC 17021-1, 9.1.3)."),
                           date_words(c->arena, row->latest)));
  if (date_compare(due, row->until_on) >= 0)
    breach_add(c, out,
               text_format(c->arena, _("Not before %s, the end of this duty's cycle."),
                           date_words(c->arena, row->until_on)));
}

const char *activity_move_breach(Context *c, int64_t activity, Date due) {
  SqlActivityGetRow row;
  if (!sql_activity_get(c, (SqlActivityGet){.id = activity}, &row)) return NULL;
  Breaches breaches = {0};
  breach_since(c, &row, due, &breaches);
  breach_until(c, &row, due, &breaches);
  breach_clear_days(c, &row, due, &breaches);
  breach_latest(c, &row, due, &breaches);
  return breaches_text(c, &breaches);
}

// ---- a cadence ----

void cadence_breaches(Context *c, const Proposal *duty, int32_t every_months, Breaches *out) {
  const char *why = why_sentence(c, duty->why);
  if (every_months == 0 && duty->every_months > 0)
    breach_add(c, out,
               text_format(c->arena, _("“%s” would be done only once, although it recurs. %s"),
                           duty->title, why));
  else if (duty->maximum_months > 0 && every_months > duty->maximum_months)
    breach_add(c, out,
               text_format(c->arena, _("“%s” would be %d months apart; %d is the most. %s"),
                           duty->title, every_months, duty->maximum_months, why));
}
