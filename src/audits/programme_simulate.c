// SPDX-License-Identifier: Apache-2.0
#include "audits/programme_simulate.h"

#include "audits/programme.sql.h"
#include "db/db.h"

#include <string.h>

enum { REPLAN_STEPS = 400000, MOVE_WEIGHT = 20, MOVES_MOST = 200 };

static const char *const NAMES[] = {"planned", "nobody", "leaves"};

const char *scenario_name(Scenario scenario) {
  return NAMES[scenario];
}
bool scenario_parse(const char *name, Scenario *out) {
  for (size_t i = 0; i < COUNT_OF(NAMES); i++)
    if (text_equal(name, NAMES[i])) {
      *out = (Scenario)i;
      return true;
    }
  return false;
}

typedef struct Walk {
  Context *c;
  OrgUniverse of;
  Plan first, held;  // as planned; as it is held in this walk
  uint64_t external; // months of external audits
} Walk;

static const char *month_words(Context *c, const Walk *w, int32_t month) {
  int year, number, day;
  date_split(date_add_months(w->of.start, month), &year, &number, &day);
  return text_format(c->arena, "%s %d", month_short(number), year);
}

static int64_t count_until(const Plan *plan, int32_t month) {
  int64_t count = 0;
  for (size_t i = 0; i < plan->assignments.count; i++)
    count += plan->assignments.items[i].month <= month;
  return count;
}

// Units whose longest interval has run out by the end of that month.
static int64_t beyond(const Walk *w, int32_t month) {
  int64_t count = 0;
  for (size_t i = 0; i < w->of.u.unit_count; i++) {
    const AuditUnit *unit = &w->of.u.units[i];
    int32_t last = -unit->last_audited, limit = unit_first_limit(unit);
    for (size_t k = 0; k < w->held.assignments.count; k++) {
      const Assignment *at = &w->held.assignments.items[k];
      if (at->unit != (int32_t)i || at->month > month || at->month <= last) continue;
      last = at->month;
      limit = unit->max_interval;
    }
    count += month - last > limit;
  }
  return count;
}

static int32_t next_external(const Walk *w, int32_t month) {
  uint64_t left = w->external >> month;
  return left == 0 ? w->of.u.months - 1 : month + __builtin_ctzll(left);
}

static int32_t share(int64_t part, int64_t whole) {
  if (whole <= 0) return -1;
  int64_t percent = part * 100 / whole;
  return percent > 100 ? 100 : (int32_t)percent;
}

static void walk(Walk *w, Simulation *out) {
  for (int32_t month = 0; month < w->of.u.months; month++) {
    SimulatedMonth *m = list_add(w->c->arena, &out->months);
    m->month = date_add_months(w->of.start, month);
    m->due = count_until(&w->first, month);
    m->held = count_until(&w->held, month);
    m->late = m->due > m->held ? m->due - m->held : 0;
    m->beyond = beyond(w, month);
    m->coverage = share(m->held, m->due);
    m->external = (w->external >> month & 1) != 0;
    int32_t then = next_external(w, month);
    int64_t due_then = count_until(&w->first, then), coming = due_then - m->due;
    int64_t pace = m->held < m->due ? m->held : m->due;
    m->forecast = m->due == 0 ? -1 : share(m->held + coming * pace / m->due, due_then);
  }
}

// ---- somebody leaves ----

static int32_t busiest(const Walk *w) {
  int32_t best = -1;
  int64_t most = -1;
  for (size_t a = 0; a < w->of.u.auditor_count; a++) {
    int64_t held = 0;
    for (size_t i = 0; i < w->first.assignments.count; i++)
      held += w->first.assignments.items[i].auditor == (int32_t)a;
    if (held <= most) continue;
    most = held;
    best = (int32_t)a;
  }
  return best;
}

// What is planned becomes what people have in their diaries; what is held by then stays.
static void remember(Walk *w, int32_t month) {
  Context *c = w->c;
  for (size_t i = 0; i < w->of.u.unit_count; i++) {
    int16_t *who = arena_array(c->arena, (size_t)w->of.u.months, sizeof *who);
    for (int32_t m = 0; m < w->of.u.months; m++) who[m] = -1;
    w->of.u.units[i].before = w->of.u.units[i].fixed = 0;
    w->of.u.units[i].before_auditor = who;
  }
  for (size_t i = 0; i < w->first.assignments.count; i++) {
    const Assignment *at = &w->first.assignments.items[i];
    AuditUnit *unit = &w->of.u.units[at->unit];
    unit->before |= 1ull << at->month;
    if (at->month < month) unit->fixed |= 1ull << at->month;
    ((int16_t *)(uintptr_t)unit->before_auditor)[at->month] = (int16_t)at->auditor;
  }
}

static const Assignment *same_unit_month(const Plan *plan, const Assignment *at) {
  for (size_t i = 0; i < plan->assignments.count; i++)
    if (plan->assignments.items[i].unit == at->unit &&
        plan->assignments.items[i].month == at->month)
      return &plan->assignments.items[i];
  return NULL;
}

static void say_moves(Walk *w, int32_t month, Simulation *out) {
  Context *c = w->c;
  for (size_t i = 0; i < w->first.assignments.count; i++) {
    const Assignment *was = &w->first.assignments.items[i];
    if (was->month < month) continue;
    out->of++;
    const Assignment *is = same_unit_month(&w->held, was);
    if (is != NULL && is->auditor == was->auditor) {
      out->kept++;
      continue;
    }
    if (out->moves.count >= MOVES_MOST) continue;
    const char *title = w->of.units.items[was->unit].title;
    *list_add(c->arena, &out->moves) =
        is != NULL
            ? text_format(c->arena, _("%s in %s goes from %s to %s."), title,
                          month_words(c, w, was->month), w->of.auditors.items[was->auditor].name,
                          w->of.auditors.items[is->auditor].name)
            : text_format(c->arena, _("%s leaves %s (%s)."), title, month_words(c, w, was->month),
                          w->of.auditors.items[was->auditor].name);
  }
}

static void leave_no_room(Walk *w, int32_t until) {
  for (size_t a = 0; a < w->of.u.auditor_count; a++)
    for (int32_t month = 0; month < until; month++) w->of.u.auditors[a].days[month] = 0;
  for (size_t i = 0; i < w->first.assignments.count; i++) {
    const Assignment *at = &w->first.assignments.items[i];
    if (at->month < until)
      w->of.u.auditors[at->auditor].days[at->month] += w->of.u.units[at->unit].effort;
  }
}

static bool leave(Walk *w, const SimulationAsked *asked, Simulation *out) {
  Context *c = w->c;
  int32_t who = asked->leaver == 0 ? busiest(w) : org_auditor_place(&w->of, asked->leaver);
  if (who < 0) return invalid(c, "auditor", _("There is no such auditor."));
  out->leaver = w->of.auditors.items[who].name;
  remember(w, asked->month);
  for (int32_t month = asked->month; month < w->of.u.months; month++)
    w->of.u.auditors[who].days[month] = 0;
  leave_no_room(w, asked->month); // what is past is past: nothing more is held in it
  w->of.u.weigh_moves = MOVE_WEIGHT;
  PlanSearch search = {.seed = asked->seed, .steps = REPLAN_STEPS};
  if (!plan_search(c, &w->of.u, &search, &w->held)) return false;
  out->feasible = w->held.feasible;
  for (size_t i = 0; i < w->held.conflicts.count && i < MOVES_MOST; i++)
    *list_add(c->arena, &out->breaks) = w->held.conflicts.items[i].text;
  say_moves(w, asked->month, out);
  return true;
}

static void externals(Context *c, Walk *w) {
  SqlExternalAuditsRows rows = sql_external_audits(c);
  for (size_t i = 0; i < rows.count; i++) {
    int32_t month = months_between(w->of.start, rows.items[i].due);
    if (month >= 0 && month < w->of.u.months) w->external |= 1ull << month;
  }
}

bool audit_programme_simulate(Context *c, const SimulationAsked *asked, Simulation *out) {
  *out = (Simulation){.leaver = "", .feasible = true};
  Walk w = {.c = c};
  AuditProgramme programme;
  ProgrammeAudits audits = {0};
  if (!audit_programme_get(c, asked->programme, &programme) ||
      !audit_programme_audits(c, asked->programme, &audits))
    return false;
  OrgQuestion question = {.start = programme.start, .months = programme.months, .afresh = true};
  if (!org_universe(c, &question, &w.of) ||
      !programme_plan_of(c, &w.of, &audits, programme.start, &w.first))
    return false;
  if (asked->month < 0 || asked->month >= w.of.u.months)
    return invalid(c, "month", _("From 0 to %d is expected."), w.of.u.months - 1);
  externals(c, &w);
  if (asked->scenario == SCENARIO_PLANNED) w.held = w.first;
  if (asked->scenario == SCENARIO_LEAVES && !leave(&w, asked, out)) return false;
  walk(&w, out);
  const SimulatedMonth *last = &out->months.items[out->months.count - 1];
  if (last->beyond > 0) out->feasible = false;
  return context_ok(c);
}
