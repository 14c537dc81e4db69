// SPDX-License-Identifier: Apache-2.0
// What the registers mean for the diary: dates to come propose checks, work that was done enters as
// history, and what stands in the way of an honest audit is said.
#include "exchange/import_work.h"

#include "audits/audit.h"
#include "diary/activity.h"
#include "diary/duty.h"
#include "exchange/exchange.sql.h"
#include "registers/registers.sql.h"
#include "registers/typed.h"

#include <string.h>

enum {
  CHECK_LEAD_DAYS = 30,
  CHECK_TOLERANCE_DAYS = 30,
  USUAL_MONTHS = 12,
  LONGEST_MONTHS = 60,
  DAYS_BEFORE_SURVEILLANCE = 30
};

static bool is_over(const char *status) {
  static const char *const words[] = {"closed",    "inactive",  "retired",        "revoked",
                                      "archived",  "withdrawn", "terminated",     "completed",
                                      "done",      "held",      "passed",         "finished",
                                      "cancelled", "obsolete",  "decommissioned", "superseded"};
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (text_equal_fold(status, words[i])) return true;
  return false;
}

// "Cryptography register" → "cryptography_register": stable while the file keeps its name.
static const char *slug(Arena *arena, const char *name) {
  char *out = text_copy(arena, column_normal(arena, name));
  for (char *p = out; *p != '\0'; p++)
    if (*p == ' ') *p = '_';
  return out;
}

static const char *check_key(Import *im, const Unit *unit, const Item *item) {
  const char *where = unit->map.kind == &plain_kind ? slug(im->c->arena, unit->register_name)
                                                    : unit->map.kind->name;
  const char *ref = value_text(&item->values, COMMON_REF);
  if (ref[0] == '\0') ref = text_format(im->c->arena, "%lld", (long long)item->id);
  return text_format(im->c->arena, "check.%s.%s", where, ref);
}

// What the register says, what lies between the two dates, or once a year.
static int32_t months_between_checks(const Item *item) {
  int32_t months = interval_months(value_text(&item->values, COMMON_INTERVAL));
  Date last = value_date(&item->values, COMMON_LAST), next = value_date(&item->values, COMMON_NEXT);
  if (months == 0 && !date_is_none(last) && date_compare(last, next) < 0)
    months = (date_diff(next, last) + 15) * 12 / 365;
  return months >= 1 && months <= LONGEST_MONTHS ? months : USUAL_MONTHS;
}

// The name of the column that holds the date, as the file has it.
static const char *column_of(const Unit *unit, int field) {
  for (size_t i = 0; i < unit->map.count; i++)
    if (unit->map.fields[i] == field) return unit->table.columns[i];
  return unit->map.kind->fields[field].label;
}

static const char *check_verb(const char *column) {
  if (text_contains_fold(column, "test")) return _("Test");
  if (text_contains_fold(column, "expir") || text_contains_fold(column, "renew") ||
      text_contains_fold(column, "valid"))
    return _("Renew");
  if (text_contains_fold(column, "refresh")) return _("Refresh training");
  return _("Review");
}

static bool propose_check(Import *im, const Unit *unit, const Item *item) {
  Date next = value_date(&item->values, COMMON_NEXT);
  if (date_is_none(next) || is_over(value_text(&item->values, COMMON_STATUS))) {
    if (date_is_none(next) || unit->map.kind != &training_kind) return true;
  }
  Arena *arena = im->c->arena;
  const char *column = column_of(unit, COMMON_NEXT);
  const char *title = value_text(&item->values, COMMON_TITLE);
  bool training = unit->map.kind == &training_kind;
  Proposal check = {
      .key = check_key(im, unit, item),
      .kind = training ? DUTY_TRAINING : DUTY_CONTROL_CHECK,
      .title = text_format(arena, "%s: %s", check_verb(column), title),
      .every_months = months_between_checks(item),
      .anchor = ANCHOR_COMPLETION,
      .first = next,
      .until = im->until,
      .lead_days = CHECK_LEAD_DAYS,
      .tolerance_days = CHECK_TOLERANCE_DAYS,
      .register_item = item->id,
      .owner = item->owner,
  };
  check.why = text_format(arena, _("“%s” in %s says %s (%s, line %lld); then every %d months."),
                          column, unit->register_name, date_words(arena, next), unit->source->name,
                          (long long)item->source_line, (int)check.every_months);
  im->report->checks++;
  return duty_propose_check(im->c, &check);
}

static bool is_surveillance(const char *type, const char *title) {
  return text_contains_fold(type, "surveillance") || text_contains_fold(title, "surveillance") ||
         text_contains_fold(type, "certification");
}

static DutyKind exercise_kind_of(const char *type, const char *title) {
  static const char *const recovery[] = {"restore", "backup"};
  if (text_contains_fold(type, "evacuation") || text_contains_fold(title, "evacuation") ||
      text_contains_fold(type, "fire"))
    return DUTY_EXERCISE_EVACUATION;
  for (size_t i = 0; i < COUNT_OF(recovery); i++)
    if (text_contains_fold(type, recovery[i])) return DUTY_EXERCISE_RECOVERY; // a failover is not
  return DUTY_EXERCISE_CONTINUITY;
}

static DutyKind event_duty(const char *kind, const char *type, const char *title) {
  if (text_equal(kind, training_kind.name)) return DUTY_TRAINING;
  if (text_equal(kind, exercises_kind.name)) return exercise_kind_of(type, title);
  return is_surveillance(type, title) ? DUTY_SURVEILLANCE : DUTY_AUDIT;
}

// A planned audit or exercise: once, on its day. The surveillance audit is in every programme.
static bool propose_event(Import *im, const Unit *unit, const Item *item) {
  Date planned = value_date(&item->values, EVENT_PLANNED);
  const char *type = value_text(&item->values, EVENT_TYPE);
  const char *title = value_text(&item->values, COMMON_TITLE);
  if (date_is_none(planned) || is_over(value_text(&item->values, COMMON_STATUS))) return true;
  if (!date_is_none(im->start) && date_compare(planned, im->start) < 0) return true;
  DutyKind kind = event_duty(unit->map.kind->name, type, title);
  if (kind == DUTY_SURVEILLANCE) return true;
  Arena *arena = im->c->arena;
  const char *ref = value_text(&item->values, COMMON_REF);
  if (ref[0] == '\0') ref = text_format(arena, "%lld", (long long)item->id);
  Proposal event = {
      .key = text_format(arena, "%s.%s", unit->map.kind->name, ref),
      .kind = kind,
      .title = text_format(arena, "%s: %s", ref, title),
      .why = text_format(arena, _("Planned for %s in your own %s (%s, line %lld)."),
                         date_words(arena, planned), _(unit->map.kind->title), unit->source->name,
                         (long long)item->source_line),
      .anchor = ANCHOR_FIXED,
      .first = planned,
      .until = im->until,
      .lead_days = CHECK_LEAD_DAYS,
      .tolerance_days = CHECK_TOLERANCE_DAYS,
      .register_item = item->id,
      .owner = item->owner,
  };
  im->report->checks++;
  return duty_propose_check(im->c, &event);
}

bool import_propose(Import *im, const Unit *unit, const Item *item) {
  if (unit->map.kind == &audits_kind || unit->map.kind == &exercises_kind)
    return propose_event(im, unit, item);
  return propose_check(im, unit, item);
}

// ---- what was done before ----

// The first adopted duty of this kind, or 0.
static int64_t duty_of_kind(Context *c, DutyKind kind) {
  Duties duties = {0};
  if (!duty_list(c, duty_kind_name(kind), &duties)) return 0;
  for (size_t i = 0; i < duties.count; i++)
    if (!duties.items[i].paused && duties.items[i].every_months > 0) return duties.items[i].id;
  return duties.count > 0 ? duties.items[0].id : 0;
}

// One person's course is no campaign: only what a whole group completed concludes a training duty.
static bool is_for_the_diary(const SqlHistoryWaitingRow *row) {
  if (date_is_none(row->held_on)) return false;
  if (text_equal(row->kind, training_kind.name)) return names_everybody(row->owner_text);
  return true;
}

static AuditKind audit_kind_of(const SqlHistoryWaitingRow *row) {
  if (text_contains_fold(row->type, "surveillance") ||
      text_contains_fold(row->title, "surveillance"))
    return AUDIT_SURVEILLANCE;
  if (text_contains_fold(row->type, "certification")) return AUDIT_CERTIFICATION;
  if (text_contains_fold(row->type, "supplier")) return AUDIT_SUPPLIER;
  return text_contains_fold(row->type, "customer") ? AUDIT_CUSTOMER : AUDIT_INTERNAL;
}

// An audit has its record in the list of audits as well, with who held it as the file says.
static bool enter_audit(Import *im, const SqlHistoryWaitingRow *row, int64_t activity,
                        const ActivityHistory *held) {
  int64_t audit;
  AuditHistory history = {.activity = activity,
                          .kind = audit_kind_of(row),
                          .title = held->title,
                          .body = row->owner_text,
                          .summary = held->result};
  return !text_equal(row->kind, audits_kind.name) || audit_enter_history(im->c, &history, &audit);
}

static bool enter_history(Import *im, const SqlHistoryWaitingRow *row, int64_t duty) {
  Arena *arena = im->c->arena;
  int64_t activity = 0;
  ActivityHistory history = {
      .duty = duty,
      .held_on = row->held_on,
      .of_register = true,
      .title =
          row->ref[0] != '\0' ? text_format(arena, "%s: %s", row->ref, row->title) : row->title,
      .result = row->result[0] != '\0' ? row->result : _("Held before Daybook; see the register."),
  };
  if (!activity_import(im->c, &history, &activity) || !enter_audit(im, row, activity, &history))
    return false;
  im->report->history++;
  return sql_item_set_activity(im->c, (SqlItemSetActivity){.id = row->id, .activity = activity}) >=
         0;
}

static void warn(Import *im, const char *file, const char *message) {
  ImportWarning *warning = list_add(im->c->arena, &im->report->warnings);
  *warning = (ImportWarning){.file = file, .message = message};
}

bool import_history(Import *im) {
  SqlHistoryWaitingRows rows = sql_history_waiting(im->c);
  int64_t duties[DUTY_KIND_COUNT];
  bool asked[DUTY_KIND_COUNT] = {false};
  size_t waiting = 0;
  for (size_t i = 0; i < rows.count; i++) {
    const SqlHistoryWaitingRow *row = &rows.items[i];
    if (!is_for_the_diary(row)) continue;
    DutyKind kind = event_duty(row->kind, row->type, row->title);
    if (!asked[kind]) duties[kind] = duty_of_kind(im->c, kind);
    asked[kind] = true;
    if (!context_ok(im->c)) return false;
    if (duties[kind] == 0)
      waiting++;
    else if (!enter_history(im, row, duties[kind]))
      return false;
  }
  if (waiting > 0)
    warn(im, NULL,
         text_format(im->c->arena,
                     _("%zu audits, exercises and trainings that were held stay in their "
                       "registers; import once more after adopting the programme and "
                       "they enter the diary as history."),
                     waiting));
  return context_ok(im->c);
}

// ---- what stands in the way of an honest audit ----

// Words of four letters and more that say what an area is about.
static bool is_plain_word(const char *word, size_t length) {
  static const char *const words[] = {"security", "information", "management", "audit",    "review",
                                      "policy",   "conduct",     "internal",   "external", "manage",
                                      "maintain", "planning",    "annex",      "full",     "isms",
                                      "approve",  "register",    "perform",    "requests", "handle",
                                      "report",   "with",        "data"};
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0) return true;
  return length < 4;
}

// Whether two phrases share a word of substance; "suppliers" and "supplier" are one.
static bool share_a_word(Arena *arena, const char *a, const char *b) {
  const char *left = column_normal(arena, a), *right = text_lower(arena, b);
  while (*left != '\0') {
    size_t n = strcspn(left, " ");
    size_t stem = n > 5 && left[n - 1] == 's' ? n - 1 : n;
    if (!is_plain_word(left, n) && strstr(right, text_copy_n(arena, left, stem)) != NULL)
      return true;
    left += n + (left[n] == ' ');
  }
  return false;
}

typedef struct Holds {
  const char *normal;
  bool found;
} Holds;

static void holds_title(void *user, const char *normal) {
  Holds *holds = user;
  holds->found = holds->found || text_equal(holds->normal, normal);
}

static int64_t auditor_of(Import *im, const SqlPlannedAuditsRow *audit) {
  if (audit->owner_person != 0) return audit->owner_person;
  return audit->owner_position != 0 ? owner_holder(im->owners, audit->owner_position) : 0;
}

// The activities the auditor answers for (A in the RACI matrix) that the scope touches.
static const char *own_areas(Import *im, const SqlPlannedAuditsRow *audit, int64_t person,
                             const SqlAccountableRows *raci) {
  Arena *arena = im->c->arena;
  Text areas;
  text_init(&areas, arena);
  for (size_t i = 0; i < raci->count; i++) {
    Holds holds = {.normal = position_normal(arena, raci->items[i].name)};
    owner_titles(im->owners, person, holds_title, &holds);
    if (!holds.found || !share_a_word(arena, audit->title, raci->items[i].title)) continue;
    text_add_format(&areas, "%s“%s”", areas.length > 0 ? ", " : "", raci->items[i].title);
  }
  return areas.length > 0 ? areas.data : NULL;
}

static void warn_of_own_area(Import *im, const SqlPlannedAuditsRow *audit,
                             const SqlAccountableRows *raci) {
  int64_t person = auditor_of(im, audit);
  if (person == 0 || is_over(audit->status)) return;
  const char *areas = own_areas(im, audit, person, raci);
  if (areas == NULL) return;
  warn(im, audit->source_file,
       text_format(im->c->arena,
                   _("%s: %s is named as lead auditor and answers for %s. Nobody audits their own "
                     "work: name somebody else, or record an exception."),
                   audit->ref, audit->owner_text, areas));
}

// Plans name the day by which an audit is done (a report of the same file says so: planned for the
// tenth, held from the eighth to the tenth). Were it the first day, "3 days" would end on the
// third.
static Date audit_end(const SqlPlannedAuditsRow *audit) {
  int64_t days = 0;
  for (const char *p = audit->effort; *p >= '0' && *p <= '9' && days < 100; p++)
    days = days * 10 + (*p - '0');
  return date_add_days(audit->planned, days > 1 && days < 100 ? (int32_t)days - 1 : 0);
}

static void warn_of_late_audit(Import *im, const SqlPlannedAuditsRow *audit,
                               const SqlPlannedAuditsRow *surveillance) {
  if (date_is_none(audit->planned) || is_over(audit->status)) return;
  int32_t days = date_diff(surveillance->planned, audit->planned);
  if (days < 0 || days >= DAYS_BEFORE_SURVEILLANCE) return;
  Date end = audit_end(audit);
  const char *begins =
      date_compare(end, audit->planned) == 0
          ? ""
          : text_format(im->c->arena, _(" If that is its first day, it ends on %s."),
                        date_words(im->c->arena, end));
  warn(im, audit->source_file,
       text_format(im->c->arena,
                   _("%s ends on %s, %d days before the surveillance audit on %s: fewer than "
                     "the 30 that findings need to be dealt with.%s"),
                   audit->ref, date_words(im->c->arena, audit->planned), (int)days,
                   date_words(im->c->arena, surveillance->planned), begins));
}

bool import_warnings(Import *im) {
  SqlPlannedAuditsRows audits = sql_planned_audits(im->c);
  SqlAccountableRows raci = sql_accountable(im->c);
  for (size_t i = 0; i < audits.count; i++) {
    const SqlPlannedAuditsRow *audit = &audits.items[i];
    if (!is_surveillance(audit->type, audit->title)) {
      warn_of_own_area(im, audit, &raci);
      continue;
    }
    for (size_t k = 0; k < audits.count && !date_is_none(audit->planned); k++)
      if (!is_surveillance(audits.items[k].type, audits.items[k].title))
        warn_of_late_audit(im, &audits.items[k], audit);
  }
  return context_ok(im->c);
}
