// SPDX-License-Identifier: Apache-2.0
#include "audits/org_universe.h"

#include "audits/programme.h"

#include "audits/programme.sql.h"
#include "db/db.h"

#include <stdlib.h>
#include <string.h>

enum { HORIZON_LEAST = 12, HORIZON_WHOLE = 36, LATE_IN_MONTH = 10, HUNDREDTH = DAY / 100 };

static Date month_first_of(Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return date_make(year, month, 1);
}

static void choose_horizon(Context *c, const Facts *facts, const OrgQuestion *question,
                           OrgUniverse *out) {
  int year, month, day;
  date_split(c->today, &year, &month, &day);
  out->start = question->start;
  if (date_is_none(out->start)) {
    out->start = month_first_of(c->today);
    if (day > LATE_IN_MONTH) out->start = date_add_months(out->start, 1);
  }
  int32_t months = question->months;
  if (months == 0) {
    months = months_between(out->start, facts->expiry) + 1;
    if (months < HORIZON_LEAST) months = HORIZON_WHOLE;
  }
  out->u.months = months > UNIVERSE_MAX_MONTHS ? UNIVERSE_MAX_MONTHS : months;
  date_split(out->start, &year, &month, &day);
  out->u.start = text_format(c->arena, "%04d-%02d", year, month);
}

// The month before an external audit stays free, so that findings can be corrected and reviewed.
uint64_t programme_free_months(Context *c, Date start, int32_t months) {
  SqlExternalAuditsRows rows = sql_external_audits(c);
  uint64_t free = 0;
  for (size_t i = 0; i < rows.count; i++) {
    int32_t before = months_between(start, rows.items[i].due) - 1;
    if (before >= 0 && before < months) free |= 1ull << before;
  }
  return free;
}

static const char **words_of(Context *c, const char *words, size_t *count) {
  size_t most = strlen(words) / 2 + 1;
  const char **list = arena_array(c->arena, most, sizeof *list);
  *count = 0;
  while (*words != '\0') {
    words += strspn(words, " ,");
    size_t length = strcspn(words, " ,");
    if (length > 0) list[(*count)++] = text_copy_n(c->arena, words, length);
    words += length;
  }
  return list;
}

// Names are for people; the planner needs that they differ.
static const char *distinct(Context *c, const char *name, int64_t id, bool taken) {
  return taken ? text_format(c->arena, "%s (%lld)", name, (long long)id) : name;
}

static void add_auditors(Context *c, const WorkdaysOf *days, OrgUniverse *out) {
  out->u.auditor_count = out->auditors.count;
  out->u.auditors = arena_array(c->arena, out->auditors.count + 1, sizeof *out->u.auditors);
  for (size_t a = 0; a < out->auditors.count; a++) {
    const AuditorPerson *person = &out->auditors.items[a];
    Auditor *auditor = &out->u.auditors[a];
    bool taken = false;
    for (size_t k = 0; k < a && !taken; k++)
      taken = text_equal(out->u.auditors[k].id, person->name);
    auditor->id = distinct(c, person->name, person->person, taken);
    auditor->competences = words_of(c, person->competences, &auditor->competence_count);
    auditor->days = arena_array(c->arena, (size_t)out->u.months, sizeof *auditor->days);
    auditor->conflicts = arena_array(c->arena, out->units.count + 1, sizeof *auditor->conflicts);
    for (int32_t month = 0; month < out->u.months; month++)
      if (!(out->u.blackout >> month & 1))
        auditor->days[month] =
            HUNDREDTH * auditor_capacity(days, person, date_add_months(out->start, month));
  }
}

static bool same_title(const void *units, size_t at) {
  const Units *list = units;
  for (size_t k = 0; k < list->count; k++)
    if (k != at && text_equal(list->items[k].title, list->items[at].title)) return true;
  return false;
}

static void add_unit(Context *c, const StandingBook *book, OrgUniverse *out, size_t i) {
  const Unit *unit = &out->units.items[i];
  AuditUnit *to = &out->u.units[i];
  int32_t last = months_between(unit->last_audited, out->start);
  bool *warned = arena_array(c->arena, out->u.auditor_count + 1, sizeof *warned);
  *to = (AuditUnit){.id = same_title(&out->units, i) ? unit->key : unit->title,
                    .site = unit->site_name,
                    .effort = unit->effort * HUNDREDTH,
                    .max_interval = unit->priority.interval,
                    .last_audited = last < 0 ? 0 : last,
                    .risk = unit->priority.score < 5 ? 0.05 : unit->priority.score / 100.0,
                    .warned = warned,
                    .place = (int32_t)unit->site};
  to->needs = words_of(c, unit->needs, &to->need_count);
  for (size_t a = 0; a < out->u.auditor_count; a++) {
    const AuditorPerson *person = &out->auditors.items[a];
    Standing *standing = &out->standings[i * out->u.auditor_count + a];
    *standing = standing_of(c, book, unit, person->person, person->manager);
    warned[a] = standing->verdict == INDEPENDENT_WARNING;
    Auditor *auditor = &out->u.auditors[a];
    if (standing->verdict == DEPENDENT) auditor->conflicts[auditor->conflict_count++] = to->id;
  }
}

static void remember(Context *c, OrgUniverse *out, const SqlAssignmentMonthsRow *row) {
  int32_t unit = org_unit_place(out, row->unit), auditor = org_auditor_place(out, row->auditor);
  bool open = row->activity != 0 && row->state.has && row->state.value < 3;
  if (unit < 0 || !open) return;
  int32_t month = months_between(out->start, row->due);
  bool under_way = row->state.value == 2;
  if (under_way && month < 0) month = 0;
  if (month < 0 || month >= out->u.months) return;
  AuditUnit *to = &out->u.units[unit];
  int16_t *who = (int16_t *)(uintptr_t)to->before_auditor;
  if (who == NULL) {
    who = arena_array(c->arena, (size_t)out->u.months, sizeof *who);
    for (int32_t m = 0; m < out->u.months; m++) who[m] = -1;
    to->before_auditor = who;
  }
  to->before |= 1ull << month;
  who[month] = (int16_t)auditor;
  if (under_way && auditor >= 0) to->fixed |= 1ull << month;
}

static bool read_diary(Context *c, OrgUniverse *out) {
  SqlProgrammeInStateRow adopted;
  if (!sql_programme_in_state(c, (SqlProgrammeInState){.state = 2}, &adopted)) return context_ok(c);
  SqlAssignmentMonthsRows rows =
      sql_assignment_months(c, (SqlAssignmentMonths){.programme = adopted.id});
  for (size_t i = 0; i < rows.count; i++) remember(c, out, &rows.items[i]);
  return context_ok(c);
}

static bool weigh(Context *c, OrgUniverse *out) {
  Charter charter;
  if (!charter_get(c, &charter)) return false;
  out->u.weigh_travel = charter.travel;
  out->u.weigh_moves = charter.moves;
  out->u.weigh_effort = charter.effort;
  out->u.weigh_warning = charter.warning;
  out->u.weigh_crowd = charter.crowd;
  return true;
}

// Units with the same person behind their owner get the same number.
static void number_owners(Context *c, OrgUniverse *out) {
  int64_t *people = arena_array(c->arena, out->units.count + 1, sizeof *people);
  int32_t count = 0;
  for (size_t i = 0; i < out->units.count; i++) {
    int64_t person = out->units.items[i].owner_is;
    int32_t at = 0;
    while (at < count && people[at] != person) at++;
    if (person == 0) continue;
    if (at == count) people[count++] = person;
    out->u.units[i].owner = at + 1;
  }
  out->u.owner_count = count;
}

static void leave_out(OrgUniverse *out, int64_t person) {
  size_t kept = 0;
  for (size_t i = 0; i < out->auditors.count; i++)
    if (out->auditors.items[i].person != person)
      out->auditors.items[kept++] = out->auditors.items[i];
  out->auditors.count = kept;
}

bool org_universe(Context *c, const OrgQuestion *question, OrgUniverse *out) {
  READ_TRANSACTION(c, tx);
  *out = (OrgUniverse){0};
  Facts facts;
  Weights weights;
  if (!org_facts(c, &facts) || !weights_load(c, &weights) ||
      !units_load(c, &weights, &out->units) || !auditors_load(c, &out->auditors))
    return false;
  if (out->units.count == 0)
    return invalid(c, "universe", _("There is nothing to audit yet: build the universe first."));
  leave_out(out, question->without);
  choose_horizon(c, &facts, question, out);
  out->u.blackout = programme_free_months(c, out->start, out->u.months);
  WorkdaysOf *days = workdays_load(c);
  StandingBook *book = standing_book(c);
  if (days == NULL || book == NULL) return false;
  add_auditors(c, days, out);
  out->u.unit_count = out->units.count;
  out->u.units = arena_array(c->arena, out->units.count, sizeof *out->u.units);
  out->standings =
      arena_array(c->arena, out->units.count * (out->u.auditor_count + 1), sizeof(Standing));
  for (size_t i = 0; i < out->units.count; i++) add_unit(c, book, out, i);
  for (size_t i = 0; i < out->units.count; i++)
    universe_find_auditors(c, &out->u, &out->u.units[i]);
  number_owners(c, out);
  if (!weigh(c, out)) return false;
  return question->afresh ? context_ok(c) : read_diary(c, out);
}

int32_t org_unit_place(const OrgUniverse *of, int64_t unit) {
  for (size_t i = 0; i < of->units.count; i++)
    if (of->units.items[i].id == unit) return (int32_t)i;
  return -1;
}

int32_t org_auditor_place(const OrgUniverse *of, int64_t person) {
  for (size_t i = 0; i < of->auditors.count; i++)
    if (of->auditors.items[i].person == person) return (int32_t)i;
  return -1;
}

const char *org_why(Context *c, const OrgUniverse *of, const Plan *plan, const Assignment *at) {
  const Unit *unit = &of->units.items[at->unit];
  const AuditUnit *in = &of->u.units[at->unit];
  const Standing *standing =
      &of->standings[(size_t)at->unit * of->u.auditor_count + (size_t)at->auditor];
  int32_t last = -in->last_audited;
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *other = &plan->assignments.items[i];
    if (other->unit == at->unit && other->month < at->month && other->month > last)
      last = other->month;
  }
  const char *independent = standing->verdict == INDEPENDENT
                                ? _("independent of it")
                                : text_format(c->arena, "%s", standing->why);
  return text_format(
      c->arena,
      _("%d months after the one before, at most %d (%s); priority %d of 100; %s is %s and has "
        "%.1f days that month"),
      at->month - last,
      unit_first_limit(in) > in->max_interval && last < 0 ? unit_first_limit(in) : in->max_interval,
      unit->priority.interval_why, unit->priority.score, of->auditors.items[at->auditor].name,
      independent, (double)of->u.auditors[at->auditor].days[at->month] / DAY);
}
