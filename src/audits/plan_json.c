// SPDX-License-Identifier: Apache-2.0
#include "audits/plan.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct Name {
  const char *id;
  int32_t index;
} Name;

static int compare_ids(const void *a, const void *b) {
  return strcmp(((const Name *)a)->id, ((const Name *)b)->id);
}

static int32_t find(const Name *names, size_t count, const char *id) {
  Name wanted = {id, 0};
  const Name *found = bsearch(&wanted, names, count, sizeof *names, compare_ids);
  return found == NULL ? -1 : found->index;
}

typedef struct Names {
  Name *units, *auditors;
} Names;

static Names sorted_names(Context *c, const Universe *u) {
  Names names = {arena_array(c->arena, u->unit_count, sizeof(Name)),
                 arena_array(c->arena, u->auditor_count, sizeof(Name))};
  for (size_t i = 0; i < u->unit_count; i++) names.units[i] = (Name){u->units[i].id, (int32_t)i};
  for (size_t a = 0; a < u->auditor_count; a++)
    names.auditors[a] = (Name){u->auditors[a].id, (int32_t)a};
  qsort(names.units, u->unit_count, sizeof(Name), compare_ids);
  qsort(names.auditors, u->auditor_count, sizeof(Name), compare_ids);
  return names;
}

// Well-formed, but not of this universe: a broken plan, not a broken file.
static void stray(Context *c, Plan *out, const char *unit, const char *what) {
  PlanConflict *conflict = list_add(c->arena, &out->strays);
  conflict->rule = "shape";
  conflict->unit = unit;
  conflict->text = text_format(c->arena, "%s %s.", unit, what);
  *list_add(c->arena, &conflict->ways_out) =
      _("Leave this assignment out, or name what was meant.");
}

static bool read_assignment(Context *c, const Universe *u, const Names *names, const json_t *object,
                            size_t index, Plan *out) {
  const char *field = text_format(c->arena, "assignments[%zu]", index);
  const char *unit = json_string_value(json_object_get(object, "unit"));
  const char *auditor = json_string_value(json_object_get(object, "auditor"));
  const json_t *month = json_object_get(object, "month");
  if (unit == NULL)
    return invalid(c, text_format(c->arena, "%s.unit", field), _("An id is expected."));
  if (auditor == NULL)
    return invalid(c, text_format(c->arena, "%s.auditor", field), _("An id is expected."));
  if (!json_is_integer(month))
    return invalid(c, text_format(c->arena, "%s.month", field), _("A whole number is expected."));
  json_int_t number = json_integer_value(month);
  Assignment at = {find(names->units, u->unit_count, unit),
                   number >= 0 && number < u->months ? (int32_t)number : -1,
                   find(names->auditors, u->auditor_count, auditor)};
  const char *what = at.unit < 0      ? _("is not a unit of this universe")
                     : at.auditor < 0 ? _("is audited by somebody who is not of this universe")
                     : at.month < 0   ? _("is audited in a month outside the horizon")
                                      : NULL;
  if (what != NULL)
    stray(c, out, text_copy(c->arena, unit), what);
  else
    *list_add(c->arena, &out->assignments) = at;
  return true;
}

bool plan_read(Context *c, const Universe *u, const char *json, size_t length, Plan *out) {
  json_error_t error;
  json_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
  if (root == NULL)
    return invalid(c, "plan", _("Line %d, column %d: %s."), error.line, error.column, error.text);
  *out = (Plan){0};
  const json_t *list = json_object_get(root, "assignments");
  if (!json_is_array(list)) invalid(c, "assignments", _("A list is expected."));
  Names names = sorted_names(c, u);
  for (size_t i = 0; context_ok(c) && i < json_array_size(list); i++)
    read_assignment(c, u, &names, json_array_get(list, i), i, out);
  json_decref(root);
  return context_ok(c);
}

static const char *why(Context *c, const Universe *u, const Assignment *at, int32_t previous) {
  const AuditUnit *unit = &u->units[at->unit];
  int32_t limit = previous == -unit->last_audited ? unit_first_limit(unit) : unit->max_interval;
  return text_format(
      c->arena, _("%d months after the last audit (at most %d), risk weight %g, %.2f days of %s"),
      at->month - previous, limit, unit->risk, (double)unit->effort / DAY,
      u->auditors[at->auditor].id);
}

static json_t *conflict_json(const PlanConflict *conflict) {
  json_t *ways = json_array();
  for (size_t i = 0; i < conflict->ways_out.count; i++)
    json_array_append_new(ways, json_string(conflict->ways_out.items[i]));
  return json_pack("{s:s,s:s,s:s,s:b,s:o}", "rule", conflict->rule, "unit", conflict->unit, "text",
                   conflict->text, "proved", conflict->proved, "ways_out", ways);
}

// Assignments come sorted by unit and month from the search; a plan that was read keeps its order.
char *plan_json(Context *c, const Universe *u, const Plan *plan) {
  json_t *assignments = json_array(), *conflicts = json_array();
  int32_t unit = -1, previous = 0;
  for (size_t i = 0; i < plan->assignments.count; i++) {
    const Assignment *at = &plan->assignments.items[i];
    if (at->unit != unit) previous = -u->units[at->unit].last_audited;
    unit = at->unit;
    json_array_append_new(assignments,
                          json_pack("{s:s,s:i,s:s,s:s}", "unit", u->units[unit].id, "month",
                                    at->month, "auditor", u->auditors[at->auditor].id, "why",
                                    why(c, u, at, previous)));
    previous = at->month;
  }
  for (size_t i = 0; i < plan->conflicts.count; i++)
    json_array_append_new(conflicts, conflict_json(&plan->conflicts.items[i]));
  json_t *root = json_pack("{s:b,s:f,s:o,s:o}", "feasible", plan->feasible, "objective",
                           plan->objective, "assignments", assignments, "conflicts", conflicts);
  char *text = plan_json_text(c, root);
  json_decref(root);
  return text;
}
