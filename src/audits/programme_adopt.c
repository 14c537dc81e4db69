// SPDX-License-Identifier: Apache-2.0
// Adopting a version: the independent checker first, then the diary. What people have in their
// diaries already keeps its activity, and with it its first date: it is kept, moved with a reason,
// given to somebody else, or cancelled with a reason; only what is new is planned.
#include "audits/programme.h"

#include "audits/programme.sql.h"
#include "db/db.h"
#include "diary/activity.h"
#include "diary/workday.h"
#include "ledger/ledger.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { LEAD_DAYS = 21, TOLERANCE_DAYS = 14, MINUTES_A_DAY = 480, START_MINUTE = 540 };
enum { REVIEW_MONTHS = 12, NEAREST_MOST = 400 };

// ---- present and new, unit by unit ----

typedef enum Fate { FATE_NEW, FATE_KEPT, FATE_MOVED } Fate;
typedef struct Pairing {
  ProgrammeAudits present, next;
  const ProgrammeAudit **of_next; // the present audit that each new one goes on with, or NULL
  bool *taken;                    // per present audit
} Pairing;

static bool is_open(const ProgrammeAudit *audit) {
  return audit->activity != 0 && audit->state < STATE_CONCLUDED;
}

static bool same_month(Date a, Date b) {
  return months_between(a, b) == 0;
}

static void pair(Pairing *p, bool exact) {
  for (size_t n = 0; n < p->next.count; n++) {
    const ProgrammeAudit *next = &p->next.items[n];
    for (size_t i = 0; i < p->present.count && p->of_next[n] == NULL; i++) {
      const ProgrammeAudit *present = &p->present.items[i];
      if (p->taken[i] || present->unit != next->unit || !is_open(present)) continue;
      if (exact && !same_month(present->due, next->month)) continue;
      if (!exact && present->state == STATE_UNDER_WAY) continue;
      p->of_next[n] = present;
      p->taken[i] = true;
    }
  }
}

static bool pair_up(Context *c, int64_t id, Pairing *p) {
  AuditProgramme adopted;
  if (audit_programme_latest(c, PROGRAMME_ADOPTED, &adopted) &&
      !audit_programme_audits(c, adopted.id, &p->present))
    return false;
  if (!context_ok(c) || !audit_programme_audits(c, id, &p->next)) return false;
  p->of_next = arena_array(c->arena, p->next.count + 1, sizeof(void *));
  p->taken = arena_array(c->arena, p->present.count + 1, sizeof *p->taken);
  pair(p, true);
  pair(p, false);
  return context_ok(c);
}

// ---- comparing ----

static const char *month_of(Context *c, Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return text_format(c->arena, "%s %d", month_name(month), year);
}

static void change(Context *c, ProgrammeComparison *out, const ProgrammeAudit *audit,
                   const char *what) {
  *list_add(c->arena, &out->changes) =
      (ProgrammeChange){.unit = audit->unit, .title = audit->unit_title, .what = what};
}

static void compare_next(Context *c, const Pairing *p, size_t n, ProgrammeComparison *out) {
  const ProgrammeAudit *next = &p->next.items[n], *present = p->of_next[n];
  if (present == NULL) {
    out->added++;
    change(c, out, next, text_format(c->arena, _("new in %s"), month_of(c, next->month)));
    return;
  }
  bool moved = !same_month(present->due, next->month), given = present->auditor != next->auditor;
  out->moved += moved;
  out->reassigned += given && !moved;
  out->same += !moved && !given;
  if (moved)
    change(c, out, next,
           text_format(c->arena, _("moved from %s to %s"), month_of(c, present->due),
                       month_of(c, next->month)));
  if (given)
    change(c, out, next,
           text_format(c->arena, _("given from %s to %s in %s"), present->auditor_name,
                       next->auditor_name, month_of(c, next->month)));
}

bool audit_programme_compare(Context *c, int64_t id, ProgrammeComparison *out) {
  READ_TRANSACTION(c, tx);
  *out = (ProgrammeComparison){0};
  Pairing p = {0};
  if (!pair_up(c, id, &p)) return false;
  for (size_t n = 0; n < p.next.count; n++) compare_next(c, &p, n, out);
  for (size_t i = 0; i < p.present.count; i++) {
    if (p.taken[i] || !is_open(&p.present.items[i]) || p.present.items[i].state == STATE_UNDER_WAY)
      continue;
    out->dropped++;
    change(c, out, &p.present.items[i],
           text_format(c->arena, _("no longer in %s"), month_of(c, p.present.items[i].due)));
  }
  return context_ok(c);
}

// ---- the diary ----

typedef struct Adoption {
  Context *c;
  AuditProgramme programme;
  OrgUniverse of;
  Pairing pairing;
  WorkCalendar calendar;
  Facts facts;
  const char *reason; // of every move and cancellation
  struct {
    int64_t activity;
    Date due;
  } * made; // for the placeholders
  size_t made_count;
} Adoption;

// Audits of one auditor are spread over the month, in the second and third week first.
static Date day_in(const Adoption *a, size_t n) {
  static const int32_t days[] = {9, 13, 17, 6, 20, 23, 3};
  const ProgrammeAudit *audit = &a->pairing.next.items[n];
  size_t before = 0;
  for (size_t i = 0; i < n; i++)
    before += a->pairing.next.items[i].auditor == audit->auditor &&
              same_month(a->pairing.next.items[i].month, audit->month);
  Date day = date_add_days(audit->month, days[before % COUNT_OF(days)]);
  day = workday_on_or_before(&a->calendar, 0, day);
  if (date_compare(day, a->c->today) < 0)
    day = workday_on_or_after(&a->calendar, 0, date_add_days(a->c->today, 1));
  Date end = workday_on_or_before(&a->calendar, 0, date_month_end(audit->month));
  return date_compare(day, end) > 0 && date_compare(end, a->c->today) > 0 ? end : day;
}

static bool plan_new(Adoption *a, size_t n, Date due, int64_t *activity) {
  const ProgrammeAudit *audit = &a->pairing.next.items[n];
  int32_t unit = org_unit_place(&a->of, audit->unit);
  int32_t minutes = audit->effort * MINUTES_A_DAY / 100;
  ActivityAdd add = {.duty_key = "audit.programme",
                     .duty_title = _("Audits of the programme"),
                     .duty_why =
                         _("each unit within the interval of its priority, as the adopted audit "
                           "programme says (9.2.2)"),
                     .kind = DUTY_AUDIT,
                     .title = text_format(a->c->arena, _("Internal audit: %s"), audit->unit_title),
                     .why = audit->why,
                     .due = due,
                     .lead_days = LEAD_DAYS,
                     .tolerance_days = TOLERANCE_DAYS,
                     .start_minute = START_MINUTE,
                     .duration_minutes = minutes > MINUTES_A_DAY ? MINUTES_A_DAY : minutes,
                     .site = unit < 0 ? 0 : a->of.units.items[unit].site,
                     .owner = {.person = audit->auditor}};
  return activity_add(a->c, &add, activity);
}

static bool go_on_with(Adoption *a, const ProgrammeAudit *next, const ProgrammeAudit *present,
                       Date due) {
  Context *c = a->c;
  if (present->state != STATE_UNDER_WAY && !same_month(present->due, next->month)) {
    ActivityMove move = {.activity = present->activity, .due = due, .reason = a->reason};
    if (!activity_move(c, &move)) return false;
  }
  if (present->auditor == next->auditor) return true;
  return activity_delegate(c, present->activity, (Owner){.person = next->auditor}, a->reason, 0);
}

static bool put_in_diary(Adoption *a, size_t n) {
  const ProgrammeAudit *next = &a->pairing.next.items[n];
  const ProgrammeAudit *present = a->pairing.of_next[n];
  Date due = day_in(a, n);
  int64_t activity = present != NULL ? present->activity : 0;
  bool done = present != NULL ? go_on_with(a, next, present, due) : plan_new(a, n, due, &activity);
  if (!done) return false;
  a->made[a->made_count].activity = activity;
  a->made[a->made_count++].due = due;
  sql_assignment_set_activity(a->c,
                              (SqlAssignmentSetActivity){.id = next->id, .activity = activity});
  LedgerEntry *entry = ledger_entry(a->c, "audit_assignment.adopted", "audit_assignment", next->id);
  ledger_number(entry, "programme_id", a->programme.id);
  ledger_number(entry, "unit_id", next->unit);
  ledger_day(entry, "month", next->month);
  ledger_number(entry, "auditor_person", next->auditor);
  ledger_number(entry, "activity", activity);
  return ledger_write(entry);
}

// What is under way stays with its audit even if the new version does not name it.
static bool settle_present(Adoption *a) {
  for (size_t i = 0; i < a->pairing.present.count; i++) {
    const ProgrammeAudit *present = &a->pairing.present.items[i];
    if (a->pairing.taken[i] || !is_open(present)) continue;
    if (present->state == STATE_UNDER_WAY) continue;
    if (!activity_cancel(a->c, present->activity, a->reason, 0)) return false;
  }
  return true;
}

static bool supersede_placeholders(Adoption *a) {
  SqlPlaceholderAuditsRows rows = sql_placeholder_audits(a->c);
  for (size_t i = 0; i < rows.count; i++) {
    int32_t nearest = NEAREST_MOST;
    int64_t by = 0;
    for (size_t k = 0; k < a->made_count; k++) {
      int32_t days = abs(date_diff(a->made[k].due, rows.items[i].due));
      if (days >= nearest) continue;
      nearest = days;
      by = a->made[k].activity;
    }
    if (by == 0 || date_compare(rows.items[i].due, a->programme.start) < 0) continue;
    if (!activity_supersede(a->c, rows.items[i].id, by,
                            _("The audit programme takes the place of the quarterly audits.")))
      return false;
  }
  return context_ok(a->c);
}

// The programme itself is reviewed yearly (9.2.2).
static bool plan_reviews(Adoption *a) {
  SqlPlaceholderReviewRow have;
  ActivityAdd add = {.duty_key = "audit.programme-review",
                     .duty_title = _("Review of the audit programme"),
                     .duty_why = _("the audit programme itself is looked at every twelve months: "
                                   "objectives, coverage, slips, auditors (9.2.2)"),
                     .kind = DUTY_CONTROL_CHECK,
                     .title = _("Review of the audit programme"),
                     .lead_days = 30,
                     .tolerance_days = 30,
                     .start_minute = 10 * 60,
                     .duration_minutes = 90,
                     .owner = {.person = a->facts.security_manager}};
  add.why = add.duty_why;
  if (sql_placeholder_review(a->c, (SqlPlaceholderReview){.duty_key = add.duty_key}, &have))
    return true;
  for (int32_t month = REVIEW_MONTHS; month <= a->programme.months; month += REVIEW_MONTHS) {
    int64_t activity;
    Date day = date_add_days(date_add_months(a->programme.start, month - 1), 20);
    add.due = workday_on_or_before(&a->calendar, 0, day);
    if (!activity_add(a->c, &add, &activity)) return false;
  }
  return context_ok(a->c);
}

// ---- who may, and whether it may ----

static bool may_approve(Context *c, const AuditProgramme *programme, const char *exception) {
  if (programme->state != PROGRAMME_PROPOSED)
    return conflict(c, _("Version %lld is %s and cannot be adopted."), (long long)programme->number,
                    programme_state_name(programme->state));
  if (c->actor == 0)
    return invalid(c, "by", _("Adopting needs a person who approves: say who by --by."));
  if (c->actor == programme->proposed_by && text_is_empty(exception))
    return invalid(c, "exception",
                   _("You proposed this version. Let somebody else approve it, or say why nobody "
                     "else can."));
  return true;
}

static bool keeps_every_rule(Context *c, const Adoption *a) {
  Plan plan;
  if (!programme_plan_of(c, &a->of, &a->pairing.next, a->programme.start, &plan) ||
      !plan_check(c, &a->of.u, &plan))
    return false;
  if (plan.feasible) return true;
  return conflict(c, _("The checker refuses this version: %s"), plan.conflicts.items[0].text);
}

static int by_unit(const void *a, const void *b) {
  const ProgrammeAudit *const *x = a, *const *y = b;
  if ((*x)->unit != (*y)->unit) return (*x)->unit < (*y)->unit ? -1 : 1;
  return date_compare((*x)->month, (*y)->month);
}

// SHA-256 over "unit month auditor", a line each, in the order of unit and month.
static const char *hash_of(Context *c, const ProgrammeAudits *audits) {
  const ProgrammeAudit **sorted = arena_array(c->arena, audits->count + 1, sizeof(void *));
  for (size_t i = 0; i < audits->count; i++) sorted[i] = &audits->items[i];
  qsort(sorted, audits->count, sizeof(void *), by_unit);
  Text text;
  text_init(&text, c->arena);
  for (size_t i = 0; i < audits->count; i++)
    text_add_format(&text, "%lld %s %lld\n", (long long)sorted[i]->unit,
                    date_text(c->arena, sorted[i]->month), (long long)sorted[i]->auditor);
  unsigned char hash[crypto_hash_sha256_BYTES];
  char hex[sizeof hash * 2 + 1];
  crypto_hash_sha256(hash, (const unsigned char *)text.data, text.length);
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  return text_copy(c->arena, hex);
}

static bool supersede_adopted(Context *c) {
  AuditProgramme adopted;
  if (!audit_programme_latest(c, PROGRAMME_ADOPTED, &adopted)) return context_ok(c);
  sql_programme_set_state(c, (SqlProgrammeSetState){.id = adopted.id,
                                                    .version = adopted.version,
                                                    .from_state = PROGRAMME_ADOPTED,
                                                    .state = PROGRAMME_SUPERSEDED});
  LedgerEntry *entry = ledger_entry(c, "audit_programme.superseded", "audit_programme", adopted.id);
  ledger_number(entry, "number", adopted.number);
  return ledger_write(entry);
}

static bool write_adopted(Adoption *a, const char *exception, int64_t version) {
  Context *c = a->c;
  const char *hash = hash_of(c, &a->pairing.next);
  int64_t rows = sql_programme_set_adopted(
      c, (SqlProgrammeSetAdopted){.id = a->programme.id,
                                  .version = version != 0 ? version : a->programme.version,
                                  .exception = exception,
                                  .plan_hash = hash});
  if (context_ok(c) && rows != 1)
    return conflict(c, _("Somebody changed this version meanwhile. Look again and repeat."));
  LedgerEntry *entry =
      ledger_entry(c, "audit_programme.adopted", "audit_programme", a->programme.id);
  ledger_number(entry, "number", a->programme.number);
  ledger_day(entry, "start_on", a->programme.start);
  ledger_number(entry, "months", a->programme.months);
  ledger_number(entry, "audits", (int64_t)a->pairing.next.count);
  ledger_value(entry, "plan_hash", hash);
  ledger_personal(entry, "exception", exception);
  return ledger_write(entry);
}

bool audit_programme_adopt(Context *c, int64_t id, const char *exception, int64_t version) {
  TRANSACTION(c, tx);
  Adoption a = {.c = c};
  if (exception == NULL) exception = "";
  if (!audit_programme_get(c, id, &a.programme) || !may_approve(c, &a.programme, exception))
    return false;
  OrgQuestion question = {.start = a.programme.start, .months = a.programme.months};
  if (!org_facts(c, &a.facts) || !org_universe(c, &question, &a.of) ||
      !pair_up(c, id, &a.pairing) || !keeps_every_rule(c, &a))
    return false;
  if (months_between(a.programme.start, c->today) > 0)
    return conflict(c, _("This version begins in a month that is past: search a new one."));
  a.reason = text_format(c->arena, _("Version %lld of the audit programme."),
                         (long long)a.programme.number);
  a.made = arena_array(c->arena, a.pairing.next.count + 1, sizeof *a.made);
  if (!workday_calendar_load(c, &a.calendar) || !supersede_adopted(c) ||
      !write_adopted(&a, exception, version))
    return false;
  for (size_t n = 0; n < a.pairing.next.count; n++)
    if (!put_in_diary(&a, n)) return false;
  return settle_present(&a) && supersede_placeholders(&a) && plan_reviews(&a) &&
         transaction_commit(&tx);
}
