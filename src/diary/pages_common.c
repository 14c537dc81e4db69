// SPDX-License-Identifier: Apache-2.0
#include "diary/pages.h"

#include "diary/pages.sql.h"

const char *or_empty(const char *text) {
  return text == NULL ? "" : text;
}

const char *clause_words(Context *c, const char *clauses) {
  if (text_is_empty(clauses)) return "";
  return clauses[0] >= '0' && clauses[0] <= '9' ? text_format(c->arena, _("Clause %s"), clauses)
                                                : _(clauses);
}

StatusMark status_mark(Status status) {
  static const struct {
    const char *word, *icon;
  } marks[] = {
      [STATUS_PLANNED] = {N_("Planned"), "i-calendar-event"},
      [STATUS_SCHEDULED] = {N_("Scheduled"), "i-clock-check"},
      [STATUS_UNDER_WAY] = {N_("Under way"), "i-player-play"},
      [STATUS_LATE] = {N_("Late"), "i-clock-exclamation"},
      [STATUS_MISSED] = {N_("Missed"), "i-alert-octagon"},
      [STATUS_CONCLUDED] = {N_("Concluded"), "i-circle-check"},
      [STATUS_CANCELLED] = {N_("Cancelled"), "i-ban"},
  };
  return (StatusMark){status_name(status), _(marks[status].word), marks[status].icon};
}

const char *kind_icon(DutyKind kind) {
  static const char *const icons[DUTY_KIND_COUNT] = {
      [DUTY_COMMUNICATION] = "i-speakerphone",    [DUTY_AUDIT] = "i-clipboard-check",
      [DUTY_MANAGEMENT_REVIEW] = "i-users-group", [DUTY_TRAINING] = "i-school",
      [DUTY_EXERCISE_CONTINUITY] = "i-lifebuoy",  [DUTY_EXERCISE_EVACUATION] = "i-flame",
      [DUTY_EXERCISE_RECOVERY] = "i-database",    [DUTY_RISK_WORKSHOP] = "i-target",
      [DUTY_IMPROVEMENT] = "i-trending-up",       [DUTY_SURVEILLANCE] = "i-certificate",
      [DUTY_CONTROL_CHECK] = "i-checklist",
  };
  return (unsigned)kind < DUTY_KIND_COUNT ? icons[kind] : "i-checklist";
}

const char *count_words(Context *c, int64_t count, const char *one, const char *many) {
  return count == 1 ? text_format(c->arena, "1 %s", one)
                    : text_format(c->arena, "%lld %s", (long long)count, many);
}

const char *days_words(Context *c, int32_t days) {
  if (days == 0) return _("today");
  if (days == 1) return _("tomorrow");
  if (days == -1) return _("yesterday");
  return days > 0 ? text_format(c->arena, _("in %d days"), days)
                  : text_format(c->arena, _("%d days ago"), -days);
}

const char *cadence_words(Context *c, int32_t every_months) {
  switch (every_months) {
  case 0: return _("on dates of its own");
  case 1: return _("every month");
  case 3: return _("every quarter");
  case 6: return _("every half year");
  case 12: return _("every year");
  case 24: return _("every two years");
  case 36: return _("every three years");
  default: return text_format(c->arena, _("every %d months"), every_months);
  }
}

const char *percent_words(Context *c, int64_t part, int64_t whole) {
  if (whole <= 0) return _("not measured");
  return text_format(c->arena, "%lld %%", (long long)((part * 100 + whole / 2) / whole));
}

const char *month_words(Arena *arena, Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return text_format(arena, "%s %d", month_name(month), year);
}

Date month_first(Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return date_make(year, month, 1);
}

static const char *when_words(Context *c, const ActivityLine *line) {
  if (line->status == STATUS_CONCLUDED)
    return text_format(c->arena, _("held %s"), days_words(c, date_diff(line->held_on, c->today)));
  if (line->status == STATUS_CANCELLED) return _("cancelled");
  return text_format(c->arena, _("due %s"), days_words(c, date_diff(line->due, c->today)));
}

static const char *todo_words(Context *c, const ActivityLine *line) {
  switch (line->status) {
  case STATUS_MISSED:
    return text_format(c->arena,
                       _("The last tolerable day was %s. Do it now and conclude it late, or cancel "
                         "it with a reason."),
                       date_words(c->arena, line->latest));
  case STATUS_LATE:
    return text_format(c->arena, _("Tolerable until %s: do it, or move it with a reason."),
                       date_words(c->arena, line->latest));
  case STATUS_UNDER_WAY: return _("Record what happened, attach evidence, conclude.");
  case STATUS_PLANNED:
  case STATUS_SCHEDULED:
    if (date_compare(c->today, line->earliest) < 0)
      return text_format(c->arena, _("Can start from %s."), date_words(c->arena, line->earliest));
    return _("Can be done now.");
  case STATUS_CONCLUDED:
  case STATUS_CANCELLED: break;
  }
  return "";
}

static const char *slip_words(Context *c, int32_t days) {
  if (days == 0) return "";
  const char *count = count_words(c, days < 0 ? -days : days, _("day"), _("days"));
  return days > 0 ? text_format(c->arena, _("%s after the first date"), count)
                  : text_format(c->arena, _("%s before the first date"), count);
}

ActivityRow activity_row(Context *c, const ActivityLine *line) {
  return (ActivityRow){
      .id = line->id,
      .title = line->title,
      .kind = duty_kind_name(line->kind),
      .kind_title = duty_kind_title(line->kind),
      .icon = kind_icon(line->kind),
      .stage = or_empty(line->stage),
      .mark = status_mark(line->status),
      .owner = or_empty(line->owner),
      .baseline = line->baseline,
      .due = line->due,
      .latest = line->latest,
      .held_on = line->held_on,
      .slip_days = line->slip_days,
      .days = line->days,
      .when = when_words(c, line),
      .slip = slip_words(c, line->slip_days),
      .todo = todo_words(c, line),
      .why = or_empty(line->why),
  };
}

ActivityRowList activity_rows(Context *c, const ActivityLines *lines) {
  ActivityRowList rows = {.items = arena_array(c->arena, lines->count, sizeof(ActivityRow)),
                          .capacity = lines->count};
  for (size_t i = 0; i < lines->count; i++)
    rows.items[rows.count++] = activity_row(c, &lines->items[i]);
  return rows;
}

void figure_add(Context *c, FigureTileList *list, FigureTile figure) {
  figure.unit = or_empty(figure.unit);
  figure.href = or_empty(figure.href);
  figure.tone = or_empty(figure.tone);
  figure.why = or_empty(figure.why);
  *list_add(c->arena, list) = figure;
}

NextAudit *next_audit(Context *c, const Countdown *countdown) {
  if (countdown->activity == 0) return NULL;
  NextAudit *out = arena_new(c->arena, NextAudit);
  int32_t left = countdown->days < 0 ? 0 : countdown->days > 365 ? 365 : countdown->days;
  const char *middle = countdown->days < 0 ? text_format(c->arena, "+%d", -countdown->days)
                                           : text_format(c->arena, "%d", countdown->days);
  const char *words = countdown->days < 0
                          ? text_format(c->arena, _("was due %s"), days_words(c, countdown->days))
                          : days_words(c, countdown->days);
  *out = (NextAudit){
      .id = countdown->activity,
      .title = countdown->title,
      .stage = countdown->stage,
      .due = countdown->due,
      .latest = countdown->latest,
      .days = countdown->days,
      .words = words,
      .chart = ring_picture(c, text_format(c->arena, _("%s %s"), countdown->title, words),
                            (365 - left) * 100 / 365, middle),
  };
  return out;
}

bool owner_named(Context *c, const char *field, const char *text, Owner *out) {
  *out = (Owner){0};
  const char *name = text_lower(c->arena, text_trim(c->arena, text));
  SqlPagePersonNamedRows people = sql_page_person_named(c, (SqlPagePersonNamed){.name = name});
  if (people.count > 1)
    return invalid(c, field, _("Two people are called %s: give the e-mail address."), text);
  if (people.count == 1) {
    out->person = people.items[0].id;
    return true;
  }
  SqlPagePositionNamedRow position;
  if (sql_page_position_named(c, (SqlPagePositionNamed){.title = name}, &position)) {
    out->position = position.id;
    return true;
  }
  if (!context_ok(c)) return false;
  return invalid(c, field, _("There is no person or position called %s."), text);
}

void owner_names(Context *c, TextList *out) {
  SqlPageNamesRows rows = sql_page_names(c);
  for (size_t i = 0; i < rows.count; i++) *list_add(c->arena, out) = rows.items[i].name;
}

void query_add(Text *address, const char *name, const char *value) {
  if (text_is_empty(value)) return;
  text_add(address, text_contains_fold(address->data, "?") ? "&" : "?");
  text_add_format(address, "%s=", name);
  html_url_part(address, value);
  html_finish(address);
}

bool decided_lines(Context *c, const char *slug, const char *object_kind, int64_t object,
                   DecidedLineList *out) {
  DecidedList all = {0};
  if (!decided_of(c, object_kind, object, &all)) return false;
  for (size_t i = 0; i < all.count; i++) {
    const Decided *one = &all.items[i];
    bool latest = i == 0; // what was decided later stands instead of it
    *list_add(c->arena, out) = (DecidedLine){
        .words = one->words,
        .outcome = one->outcome,
        .who = one->owner_label,
        .until = one->until,
        .run_out = latest && !date_is_none(one->until) && date_compare(one->until, c->today) < 0,
        .source = one->source_title,
        .href = text_format(c->arena, "/o/%s%s", slug, one->source_place),
        .at = one->at,
        .by = one->by};
  }
  return true;
}
