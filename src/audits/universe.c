// SPDX-License-Identifier: Apache-2.0
#include "audits/universe.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

typedef struct Reader {
  Context *c;
  Universe *u;
} Reader;

static bool read_number(Context *c, const json_t *object, const char *path, const char *name,
                        double low, double high, double *out) {
  const json_t *value = json_object_get(object, name);
  const char *field = text_format(c->arena, "%s.%s", path, name);
  if (!json_is_number(value)) return invalid(c, field, _("A number is expected."));
  *out = json_number_value(value);
  if (!(*out >= low && *out <= high))
    return invalid(c, field, _("Must be from %g to %g."), low, high);
  return true;
}

static bool read_whole(Context *c, const json_t *object, const char *path, const char *name,
                       int32_t low, int32_t high, int32_t *out) {
  double number = 0;
  if (!read_number(c, object, path, name, low, high, &number)) return false;
  if (floor(number) < number)
    return invalid(c, text_format(c->arena, "%s.%s", path, name), _("A whole number is expected."));
  *out = (int32_t)number;
  return true;
}

static bool read_name(Context *c, const json_t *object, const char *path, const char *name,
                      const char **out) {
  const char *value = json_string_value(json_object_get(object, name));
  if (text_is_empty(value) || strlen(value) > 200)
    return invalid(c, text_format(c->arena, "%s.%s", path, name),
                   _("A text of 1 to 200 bytes is expected."));
  *out = text_copy(c->arena, value);
  return true;
}

static bool read_names(Context *c, const json_t *object, const char *path, const char *name,
                       const char ***out, size_t *count) {
  const json_t *list = json_object_get(object, name);
  const char *field = text_format(c->arena, "%s.%s", path, name);
  if (list == NULL) return true;
  if (!json_is_array(list)) return invalid(c, field, _("A list of texts is expected."));
  *count = json_array_size(list);
  *out = arena_array(c->arena, *count, sizeof **out);
  for (size_t i = 0; i < *count; i++) {
    const char *value = json_string_value(json_array_get(list, i));
    if (value == NULL) return invalid(c, field, _("Entry %zu is not a text."), i + 1);
    (*out)[i] = text_copy(c->arena, value);
  }
  return true;
}

static bool read_unit(Reader *r, const json_t *object, const char *path, AuditUnit *unit) {
  Context *c = r->c;
  double effort = 0;
  if (!read_name(c, object, path, "id", &unit->id) ||
      !read_number(c, object, path, "effort_days", 0.0001, 10000, &effort) ||
      !read_whole(c, object, path, "max_interval", 1, 600, &unit->max_interval) ||
      !read_whole(c, object, path, "last_audited", 0, 1200, &unit->last_audited) ||
      !read_number(c, object, path, "risk", 0, 1e6, &unit->risk) ||
      !read_names(c, object, path, "needs", &unit->needs, &unit->need_count))
    return false;
  unit->effort = (int32_t)ceil(effort * DAY - 1e-6);
  const json_t *site = json_object_get(object, "site");
  if (site != NULL && !json_is_string(site))
    return invalid(c, text_format(c->arena, "%s.site", path), _("A text is expected."));
  unit->site = site == NULL ? "" : text_copy(c->arena, json_string_value(site));
  return true;
}

static bool read_auditor(Reader *r, const json_t *object, const char *path, Auditor *auditor) {
  Context *c = r->c;
  if (!read_name(c, object, path, "id", &auditor->id) ||
      !read_names(c, object, path, "conflicts", &auditor->conflicts, &auditor->conflict_count) ||
      !read_names(c, object, path, "competences", &auditor->competences,
                  &auditor->competence_count))
    return false;
  const json_t *days = json_object_get(object, "days");
  const char *field = text_format(c->arena, "%s.days", path);
  if (json_array_size(days) != (size_t)r->u->months)
    return invalid(c, field, _("One number for each of the %d months is expected."), r->u->months);
  auditor->days = arena_array(c->arena, (size_t)r->u->months, sizeof *auditor->days);
  for (int32_t month = 0; month < r->u->months; month++) {
    const json_t *value = json_array_get(days, (size_t)month);
    double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= 0 && number <= 100000))
      return invalid(c, field, _("Month %d: days from 0 are expected."), month);
    auditor->days[month] = (r->u->blackout >> month & 1) ? 0 : (int32_t)floor(number * DAY + 1e-6);
  }
  return true;
}

static bool has(const char *const *names, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return true;
  return false;
}

void universe_find_auditors(Context *c, const Universe *u, AuditUnit *unit) {
  unit->auditors = arena_array(c->arena, u->auditor_count, sizeof *unit->auditors);
  unit->auditor_count = 0;
  for (size_t a = 0; a < u->auditor_count; a++) {
    const Auditor *auditor = &u->auditors[a];
    bool may = !has(auditor->conflicts, auditor->conflict_count, unit->id);
    for (size_t n = 0; may && n < unit->need_count; n++)
      may = has(auditor->competences, auditor->competence_count, unit->needs[n]);
    if (may) unit->auditors[unit->auditor_count++] = (int32_t)a;
  }
}

const char *universe_month(Context *c, const Universe *u, int32_t month) {
  static const char *const names[] = {"January",   "February", "March",    "April",
                                      "May",       "June",     "July",     "August",
                                      "September", "October",  "November", "December"};
  Date first;
  int year, number, day;
  if (!date_parse(text_format(c->arena, "%s-01", u->start), &first))
    return text_format(c->arena, _("month %d"), month);
  date_split(date_add_months(first, month), &year, &number, &day);
  return text_format(c->arena, "%s %d", names[number - 1], year);
}

static bool read_blackout(Reader *r, const json_t *root) {
  const json_t *list = json_object_get(root, "blackout_months");
  if (list == NULL) return true;
  if (!json_is_array(list)) return invalid(r->c, "blackout_months", _("A list is expected."));
  for (size_t i = 0; i < json_array_size(list); i++) {
    json_int_t month = json_integer_value(json_array_get(list, i));
    if (!json_is_integer(json_array_get(list, i)) || month < 0 || month >= r->u->months)
      return invalid(r->c, "blackout_months", _("Months from 0 to %d are expected."),
                     r->u->months - 1);
    r->u->blackout |= 1ull << month;
  }
  return true;
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool refuse_twins(Context *c, const char *list, const char **names, size_t count) {
  qsort(names, count, sizeof *names, compare_names);
  for (size_t i = 1; i < count; i++)
    if (strcmp(names[i - 1], names[i]) == 0)
      return invalid(c, list, _("The id \"%s\" stands twice; ids must differ."), names[i]);
  return true;
}

static bool read_lists(Reader *r, const json_t *root) {
  Context *c = r->c;
  Universe *u = r->u;
  const json_t *auditors = json_object_get(root, "auditors");
  const json_t *units = json_object_get(root, "units");
  u->auditor_count = json_array_size(auditors);
  u->unit_count = json_array_size(units);
  if (!json_is_array(auditors) || u->auditor_count > UNIVERSE_MAX_AUDITORS)
    return invalid(c, "auditors", _("A list of at most %d is expected."), UNIVERSE_MAX_AUDITORS);
  if (!json_is_array(units) || u->unit_count == 0 || u->unit_count > UNIVERSE_MAX_UNITS)
    return invalid(c, "units", _("A list of 1 to %d is expected."), UNIVERSE_MAX_UNITS);
  u->auditors = arena_array(c->arena, u->auditor_count, sizeof *u->auditors);
  u->units = arena_array(c->arena, u->unit_count, sizeof *u->units);
  size_t longest = u->unit_count > u->auditor_count ? u->unit_count : u->auditor_count;
  const char **names = arena_array(c->arena, longest, sizeof *names);
  for (size_t a = 0; a < u->auditor_count; a++) {
    const char *path = text_format(c->arena, "auditors[%zu]", a);
    if (!read_auditor(r, json_array_get(auditors, a), path, &u->auditors[a])) return false;
    names[a] = u->auditors[a].id;
  }
  if (!refuse_twins(c, "auditors", names, u->auditor_count)) return false;
  for (size_t i = 0; i < u->unit_count; i++) {
    const char *path = text_format(c->arena, "units[%zu]", i);
    if (!read_unit(r, json_array_get(units, i), path, &u->units[i])) return false;
    names[i] = u->units[i].id;
    universe_find_auditors(c, u, &u->units[i]);
  }
  return refuse_twins(c, "units", names, u->unit_count);
}

bool universe_read(Context *c, const char *json, size_t length, Universe *out) {
  json_error_t error;
  json_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
  if (root == NULL)
    return invalid(c, "universe", _("Line %d, column %d: %s."), error.line, error.column,
                   error.text);
  *out = (Universe){0};
  Reader reader = {c, out};
  bool ok = read_whole(c, root, "universe", "months", 1, UNIVERSE_MAX_MONTHS, &out->months) &&
            read_name(c, root, "universe", "start", &out->start) && read_blackout(&reader, root) &&
            read_lists(&reader, root);
  json_decref(root);
  return ok;
}

char *plan_json_text(Context *c, const json_t *root) {
  size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(10);
  size_t length = json_dumpb(root, NULL, 0, flags);
  if (length == 0) failure(c, "out of memory while writing JSON");
  char *text = arena_alloc(c->arena, length + 1);
  json_dumpb(root, text, length, flags);
  return text;
}

static json_t *names_json(const char *const *names, size_t count) {
  json_t *list = json_array();
  for (size_t i = 0; i < count; i++) json_array_append_new(list, json_string(names[i]));
  return list;
}

static json_t *days_json(int32_t parts) {
  return parts % DAY == 0 ? json_integer(parts / DAY) : json_pack("f", (double)parts / DAY);
}

static json_t *auditor_json(const Auditor *auditor, int32_t months) {
  json_t *days = json_array();
  for (int32_t month = 0; month < months; month++)
    json_array_append_new(days, days_json(auditor->days[month]));
  return json_pack("{s:s,s:o,s:o,s:o}", "id", auditor->id, "days", days, "conflicts",
                   names_json(auditor->conflicts, auditor->conflict_count), "competences",
                   names_json(auditor->competences, auditor->competence_count));
}

static json_t *unit_json(const AuditUnit *unit) {
  return json_pack("{s:s,s:o,s:i,s:i,s:f,s:o,s:s}", "id", unit->id, "effort_days",
                   days_json(unit->effort), "max_interval", unit->max_interval, "last_audited",
                   unit->last_audited, "risk", unit->risk, "needs",
                   names_json(unit->needs, unit->need_count), "site", unit->site);
}

char *universe_json(Context *c, const Universe *u) {
  json_t *auditors = json_array(), *units = json_array(), *blackout = json_array();
  for (size_t a = 0; a < u->auditor_count; a++)
    json_array_append_new(auditors, auditor_json(&u->auditors[a], u->months));
  for (size_t i = 0; i < u->unit_count; i++) json_array_append_new(units, unit_json(&u->units[i]));
  for (int32_t month = 0; month < u->months; month++)
    if (u->blackout >> month & 1) json_array_append_new(blackout, json_integer(month));
  json_t *root = json_pack("{s:i,s:s,s:o,s:o,s:o}", "months", u->months, "start", u->start,
                           "auditors", auditors, "units", units, "blackout_months", blackout);
  char *text = plan_json_text(c, root);
  json_decref(root);
  return text;
}
