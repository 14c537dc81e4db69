// SPDX-License-Identifier: Apache-2.0
// Proofs that no plan exists. Each is a relaxation of the whole question, so that what it refuses
// nothing can mend: one unit with every auditor to itself; the audits that must fall into a span of
// months against all days of those who may hold them; and, where that is small enough, every plan
// there is.
#include "audits/plan_proof.h"
#include "audits/plan.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_MOST = 48, WORDS = (UNIVERSE_MAX_AUDITORS + 63) / 64, REPORTED_MOST = 5 };

typedef struct Group { // auditors who may hold the audits of some unit
  uint64_t who[WORDS];
} Group;

static bool somebody_has_room(const Universe *u, const AuditUnit *unit, int32_t month) {
  for (size_t i = 0; i < unit->auditor_count; i++)
    if (u->auditors[unit->auditors[i]].days[month] >= unit->effort) return true;
  return false;
}

// Latest-possible audits: the k-th audit of no plan comes later than the k-th of these. Counts them
// by month; false if there is none at all, and *stuck is the month by which one had to be.
static bool latest_audits(const Universe *u, const AuditUnit *unit, uint64_t *audited,
                          int32_t *stuck) {
  int32_t last = -unit->last_audited, limit = unit_first_limit(unit);
  *audited = 0;
  while (u->months - last > limit) {
    int32_t month = last + limit;
    if (month > u->months - 1) month = u->months - 1;
    *stuck = month;
    while (month > last && month >= 0 && !somebody_has_room(u, unit, month)) month--;
    if (month <= last || month < 0) return false;
    *audited |= 1ull << month;
    last = month;
    limit = unit->max_interval;
  }
  return true;
}

static PlanConflict *proof(Context *c, Plan *out, const char *rule, const char *unit) {
  PlanConflict *added = list_add(c->arena, &out->conflicts);
  *added = (PlanConflict){.rule = rule, .unit = unit, .proved = true};
  return added;
}

static void way(Context *c, PlanConflict *conflict, const char *text) {
  *list_add(c->arena, &conflict->ways_out) = text;
}

static bool lacks(const Auditor *auditor, const AuditUnit *unit) {
  for (size_t n = 0; n < unit->need_count; n++) {
    bool has = false;
    for (size_t i = 0; i < auditor->competence_count && !has; i++)
      has = strcmp(auditor->competences[i], unit->needs[n]) == 0;
    if (!has) return true;
  }
  return false;
}

// Nobody may audit it: for want of competence, or because all who have it are in conflict.
static void prove_nobody(Context *c, const Universe *u, Plan *out, const AuditUnit *unit) {
  const char *in_conflict = NULL;
  for (size_t a = 0; a < u->auditor_count && in_conflict == NULL; a++)
    if (!lacks(&u->auditors[a], unit)) in_conflict = u->auditors[a].id;
  PlanConflict *found = proof(c, out, in_conflict != NULL ? "conflict" : "competence", unit->id);
  if (in_conflict != NULL) {
    found->text =
        text_format(c->arena,
                    _("Nobody may audit %s: everyone with the competence it needs owns or "
                      "operates it."),
                    unit->id);
    way(c, found,
        text_format(c->arena, _("Record an exception with a reason and an approver for %s."),
                    in_conflict));
  } else {
    found->text =
        text_format(c->arena, _("Nobody has the competence that auditing %s needs%s%s."), unit->id,
                    unit->need_count > 0 ? ": " : "", unit->need_count > 0 ? unit->needs[0] : "");
    way(c, found,
        _("Let one of the auditors learn it, or record that another competence will do."));
  }
  way(c, found,
      text_format(c->arena, _("Bring an auditor from outside for %.2f days."),
                  (double)unit->effort / DAY));
}

static void prove_unit(Context *c, const Universe *u, Plan *out, const AuditUnit *unit,
                       int32_t stuck) {
  if (unit->auditor_count == 0) {
    prove_nobody(c, u, out, unit);
    return;
  }
  const char *who = u->auditors[unit->auditors[0]].id;
  PlanConflict *found = proof(c, out, "interval", unit->id);
  found->text = text_format(c->arena,
                            _("Even alone, %s cannot be audited by %s: nobody who may audit it "
                              "has %.2f days in time."),
                            unit->id, universe_month(c, u, stuck), (double)unit->effort / DAY);
  way(c, found,
      text_format(c->arena, _("Grant %s %.2f days in or before %s."), who,
                  (double)unit->effort / DAY, universe_month(c, u, stuck)));
  way(c, found,
      text_format(c->arena, _("Bring an auditor from outside for %.2f days."),
                  (double)unit->effort / DAY));
}

// ---- spans of months ----

typedef struct Spans {
  Context *c;
  const Universe *u;
  Plan *out;
  const uint64_t *latest; // per unit, from latest_audits
  Group groups[GROUPS_MOST];
  size_t group_count;
} Spans;

static Group group_of(const AuditUnit *unit) {
  Group group = {0};
  for (size_t i = 0; i < unit->auditor_count; i++)
    group.who[unit->auditors[i] / 64] |= 1ull << (unit->auditors[i] % 64);
  return group;
}

static bool within(const Group *part, const Group *whole) {
  for (size_t i = 0; i < WORDS; i++)
    if ((part->who[i] & ~whole->who[i]) != 0) return false;
  return true;
}

static void collect_groups(Spans *s) {
  Group *everybody = &s->groups[s->group_count++];
  *everybody = (Group){0};
  for (size_t a = 0; a < s->u->auditor_count; a++) everybody->who[a / 64] |= 1ull << (a % 64);
  for (size_t i = 0; i < s->u->unit_count && s->group_count < GROUPS_MOST; i++) {
    Group group = group_of(&s->u->units[i]);
    bool known = false;
    for (size_t g = 0; g < s->group_count && !known; g++)
      known = memcmp(&s->groups[g], &group, sizeof group) == 0;
    if (!known) s->groups[s->group_count++] = group;
  }
}

// The fewest audits that any plan has in the months from … to.
static int32_t fewest(const Spans *s, size_t unit, int32_t from, int32_t to) {
  const AuditUnit *of = &s->u->units[unit];
  if (from == 0) return __builtin_popcountll(s->latest[unit] & ((2ull << to) - 1));
  // At best one just before the span and one just after it (or the end of the horizon).
  if (from - 1 + of->max_interval >= to + 1) return 0;
  return (to + 1 - (from - 1) + of->max_interval - 1) / of->max_interval - 1;
}

static int32_t common_divisor(int32_t a, int32_t b) {
  while (b != 0) {
    int32_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

typedef struct Shortage {
  int64_t needed, days;
  int32_t from, to;
  size_t unit; // one of those that are short: the least weighty
} Shortage;

// Days that audits of these efforts can use: a month's rest that no effort fits is worth nothing.
static int64_t usable_days(const Spans *s, const Group *group, int32_t from, int32_t to,
                           int32_t step) {
  int64_t days = 0;
  for (size_t a = 0; a < s->u->auditor_count; a++) {
    if (!(group->who[a / 64] >> (a % 64) & 1)) continue;
    for (int32_t month = from; month <= to; month++)
      days += s->u->auditors[a].days[month] / step * step;
  }
  return days;
}

static bool short_in(const Spans *s, const Group *group, const size_t *members, size_t count,
                     Shortage *at) {
  int32_t step = 0;
  at->needed = 0;
  for (size_t i = 0; i < count; i++) {
    const AuditUnit *unit = &s->u->units[members[i]];
    int64_t audits = fewest(s, members[i], at->from, at->to);
    if (audits == 0) continue;
    if (at->needed == 0 || unit->risk < s->u->units[at->unit].risk) at->unit = members[i];
    at->needed += audits * unit->effort;
    step = common_divisor(unit->effort, step);
  }
  if (at->needed == 0) return false;
  at->days = usable_days(s, group, at->from, at->to, step);
  return at->needed > at->days;
}

static void report_shortage(Spans *s, const Group *group, const Shortage *at) {
  const char *who = NULL;
  for (size_t a = s->u->auditor_count; a-- > 0;)
    if (group->who[a / 64] >> (a % 64) & 1) who = s->u->auditors[a].id;
  double missing = (double)(at->needed - at->days) / DAY;
  const char *from = universe_month(s->c, s->u, at->from), *to = universe_month(s->c, s->u, at->to);
  PlanConflict *found = proof(s->c, s->out, "capacity", s->u->units[at->unit].id);
  found->text = text_format(s->c->arena,
                            _("From %s to %s: the fewest audits that keep every interval need %.2f "
                              "days; those who may hold them have %.2f that can be used."),
                            from, to, (double)at->needed / DAY, (double)at->days / DAY);
  if (who != NULL)
    way(s->c, found,
        text_format(s->c->arena, _("Grant %.2f more auditor days between %s and %s (%s)."), missing,
                    from, to, who));
  way(s->c, found,
      text_format(s->c->arena, _("Bring an auditor from outside for %.2f days by %s."), missing,
                  to));
  way(s->c, found,
      text_format(s->c->arena, _("Allow %s a longer interval, with the reason recorded."),
                  s->u->units[at->unit].id));
}

// The shortest span in which this group is short, if any.
static void prove_group(Spans *s, const Group *group, size_t *members) {
  size_t count = 0;
  for (size_t i = 0; i < s->u->unit_count; i++) {
    Group of = group_of(&s->u->units[i]);
    if (s->u->units[i].auditor_count > 0 && within(&of, group)) members[count++] = i;
  }
  for (int32_t length = 1; length <= s->u->months; length++)
    for (int32_t from = 0; from + length <= s->u->months; from++) {
      Shortage at = {.from = from, .to = from + length - 1};
      if (!short_in(s, group, members, count, &at)) continue;
      report_shortage(s, group, &at);
      return;
    }
}

bool plan_prove_impossible(Context *c, const Universe *u, Plan *out) {
  size_t before = out->conflicts.count;
  uint64_t *latest = arena_array(c->arena, u->unit_count, sizeof *latest);
  for (size_t i = 0; i < u->unit_count; i++) {
    int32_t stuck = 0;
    if (!latest_audits(u, &u->units[i], &latest[i], &stuck))
      prove_unit(c, u, out, &u->units[i], stuck);
  }
  Spans *spans = arena_new(c->arena, Spans);
  *spans = (Spans){.c = c, .u = u, .out = out, .latest = latest};
  collect_groups(spans);
  size_t *members = arena_array(c->arena, u->unit_count, sizeof *members);
  for (size_t g = 0; g < spans->group_count; g++) {
    if (out->conflicts.count - before >= REPORTED_MOST) break;
    prove_group(spans, &spans->groups[g], members);
  }
  return out->conflicts.count > before;
}
