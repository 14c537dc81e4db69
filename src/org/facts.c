// SPDX-License-Identifier: Apache-2.0
// The facts file of `daybook init --facts`: what an organisation says of itself, lenient in shape
// and strict in meaning. A key nobody knows, a wrong type or a wrong value is refused by name.
#include "org/create.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define MOST_ITEMS 500

static bool wrong(Context *c, const char *key, const char *expected) {
  return invalid(c, key, _("Expected %s."), expected);
}

// A non-empty string of one line, or NULL.
static const char *text_of(Context *c, const json_t *value) {
  if (!json_is_string(value)) return NULL;
  const char *text = json_string_value(value);
  if (text_is_empty(text) || strlen(text) != json_string_length(value)) return NULL;
  for (const char *p = text; *p; p++)
    if ((unsigned char)*p < ' ' || *p == 0x7f) return NULL;
  return text_trim(c->arena, text);
}

static const char *member_text(Context *c, const char *key, const json_t *object,
                               const char *name) {
  const json_t *value = json_object_get(object, name);
  if (!value || json_is_null(value)) return NULL;
  const char *text = text_of(c, value);
  if (!text) invalid(c, key, _("Expected text as \"%s\"."), name);
  return text;
}

static bool members_are_known(Context *c, const char *key, const json_t *object,
                              const char *const *known) {
  for (void *at = json_object_iter((json_t *)object); at;
       at = json_object_iter_next((json_t *)object, at)) {
    const char *const *name = known;
    while (*name && !text_equal(*name, json_object_iter_key(at))) name++;
    if (!*name)
      return invalid(c, key, _("\"%s\" is not known here."),
                     text_copy(c->arena, json_object_iter_key(at)));
  }
  return true;
}

// ---- sites and critical systems: a number, one name, a list of names, or a list of objects ----

static void site_from(Context *c, const json_t *value, OrgNew *out) {
  static const char *const known[] = {"name", "time_zone", "head_count", "address", NULL};
  if (json_is_string(value)) {
    const char *name = text_of(c, value);
    if (!name)
      wrong(c, "sites", _("a name for each site"));
    else
      list_add(c->arena, &out->sites)->name = name;
    return;
  }
  if (!json_is_object(value)) {
    wrong(c, "sites",
          _("a number, a list of names, or a list of objects with name, time_zone and "
            "head_count"));
    return;
  }
  if (!members_are_known(c, "sites", value, known)) return;
  SiteDetails *site = list_add(c->arena, &out->sites);
  site->name = member_text(c, "sites", value, "name");
  if (!site->name) wrong(c, "sites", _("a name for each site"));
  site->time_zone = member_text(c, "sites", value, "time_zone");
  site->address = member_text(c, "sites", value, "address");
  const json_t *heads = json_object_get(value, "head_count");
  if (heads && (!json_is_integer(heads) || json_integer_value(heads) < 0))
    wrong(c, "sites", _("a whole number as head_count"));
  else if (heads)
    site->head_count = json_integer_value(heads);
}

static void system_from(Context *c, const json_t *value, OrgNew *out) {
  static const char *const known[] = {"name", "description", NULL};
  if (json_is_string(value)) {
    const char *name = text_of(c, value);
    if (!name)
      wrong(c, "critical_systems", _("a name for each system"));
    else
      list_add(c->arena, &out->systems)->name = name;
    return;
  }
  if (!json_is_object(value)) {
    wrong(c, "critical_systems", _("a number, a list of names, or a list of objects with name"));
    return;
  }
  if (!members_are_known(c, "critical_systems", value, known)) return;
  SystemDetails *system = list_add(c->arena, &out->systems);
  system->name = member_text(c, "critical_systems", value, "name");
  if (!system->name) wrong(c, "critical_systems", _("a name for each system"));
  system->description = member_text(c, "critical_systems", value, "description");
}

static void person_from(Context *c, const json_t *value, OrgNew *out) {
  static const char *const known[] = {"name", "email", NULL};
  PersonNew person = {0};
  if (json_is_object(value)) {
    if (!members_are_known(c, "top_management", value, known)) return;
    person.name = member_text(c, "top_management", value, "name");
    person.email = member_text(c, "top_management", value, "email");
  } else {
    const char *text = text_of(c, value);
    if (text && strchr(text, '@'))
      person.email = text;
    else
      person.name = text;
  }
  if (!person.name && !person.email) {
    wrong(c, "top_management",
          _("a list of e-mail addresses, names, or objects with name and email"));
    return;
  }
  *list_add(c->arena, &out->managers) = person;
}

typedef void ItemFrom(Context *c, const json_t *value, OrgNew *out);

static bool each_item(Context *c, const char *key, const json_t *value, OrgNew *out,
                      ItemFrom *item) {
  if (!json_is_array(value)) {
    item(c, value, out);
    return context_ok(c);
  }
  size_t count = json_array_size(value);
  if (count == 0 || count > MOST_ITEMS)
    return invalid(c, key, _("Expected 1 to %d of them."), MOST_ITEMS);
  for (size_t i = 0; i < count; i++) item(c, json_array_get(value, i), out);
  return context_ok(c);
}

static bool count_of(Context *c, const char *key, const json_t *value, int64_t *count) {
  *count = json_integer_value(value);
  if (*count >= 1 && *count <= MOST_ITEMS) return true;
  return invalid(c, key, _("Expected 1 to %d of them."), MOST_ITEMS);
}

static bool read_sites(Context *c, const json_t *value, OrgNew *out) {
  if (!json_is_integer(value)) return each_item(c, "sites", value, out, site_from);
  int64_t count;
  if (!count_of(c, "sites", value, &count)) return false;
  for (int64_t i = 1; count > 1 && i <= count; i++) // one site takes the organisation's own name
    list_add(c->arena, &out->sites)->name = text_format(c->arena, _("Site %lld"), (long long)i);
  return true;
}

static bool read_systems(Context *c, const json_t *value, OrgNew *out) {
  if (!json_is_integer(value)) return each_item(c, "critical_systems", value, out, system_from);
  int64_t count;
  if (!count_of(c, "critical_systems", value, &count)) return false;
  for (int64_t i = 1; count > 1 && i <= count; i++)
    list_add(c->arena, &out->systems)->name =
        text_format(c->arena, _("Critical system %lld"), (long long)i);
  return true;
}

static bool read_managers(Context *c, const json_t *value, OrgNew *out) {
  return each_item(c, "top_management", value, out, person_from);
}

// ---- numbers ----

static bool read_head_count(Context *c, const json_t *value, OrgNew *out) {
  if (!json_is_integer(value) || json_integer_value(value) < 1 ||
      json_integer_value(value) > 10000000)
    return wrong(c, "head_count", _("a whole number of people, 1 or more"));
  out->head_count = json_integer_value(value);
  return true;
}

static bool read_sector(Context *c, const json_t *value, OrgNew *out) {
  out->sector = text_of(c, value);
  if (out->sector && strlen(out->sector) <= 200) return true;
  return wrong(c, "sector", _("text, such as \"logistics\""));
}

bool demands_parse(const char *text, int64_t *level) {
  static const char *const words[] = {"low", "medium", "high"};
  for (int64_t i = 0; i < 3; i++)
    if (text_equal_fold(text, words[i])) return *level = i, true;
  if (text_is_empty(text) || text_equal_fold(text, "none")) return *level = 0, true;
  *level = 1; // they do ask for something; how much, the organisation can say later
  return true;
}

// true: high, false: low; 0, 1, 2; a word; or a list of what customers ask for: none low, up to two
// medium, more high.
static bool read_demands(Context *c, const json_t *value, OrgNew *out) {
  int64_t level = -1;
  if (json_is_boolean(value)) level = json_is_true(value) ? 2 : 0;
  if (json_is_integer(value)) level = json_integer_value(value);
  if (json_is_string(value) && (text_of(c, value) || !json_string_length(value)))
    demands_parse(json_string_value(value), &level);
  if (json_is_array(value)) {
    size_t count = json_array_size(value), good = 0;
    for (size_t i = 0; i < count; i++) good += text_of(c, json_array_get(value, i)) != NULL;
    if (good == count) level = count == 0 ? 0 : count <= 2 ? 1 : 2;
  }
  if (level < 0 || level > 2)
    return wrong(c, "customer_demands",
                 _("low, medium or high, or a list of what customers ask for"));
  out->customer_demands = level;
  return true;
}

static bool share_of(double number, int64_t *percent) {
  if (!(number >= 0 && number <= 100)) return false;
  *percent = llround(number <= 1 ? number * 100 : number);
  return true;
}

bool share_parse(const char *text, int64_t *percent) {
  char digits[32];
  while (*text == ' ') text++;
  size_t length = strlen(text);
  bool sign = false;
  while (length && (text[length - 1] == ' ' || (text[length - 1] == '%' && !sign)))
    sign |= text[--length] == '%';
  if (length == 0 || length >= sizeof digits) return false;
  memcpy(digits, text, length);
  digits[length] = '\0';
  double number;
  if (!text_to_real(digits, &number)) return false;
  if (!sign) return share_of(number, percent);
  if (!(number >= 0 && number <= 100)) return false;
  *percent = llround(number); // "1 %" is one percent, 1 is everything
  return true;
}

static bool read_share(Context *c, const json_t *value, OrgNew *out) {
  bool good = json_is_number(value) && share_of(json_number_value(value), &out->outsourced_percent);
  const char *text = text_of(c, value);
  if (text) good = share_parse(text, &out->outsourced_percent);
  return good || wrong(c, "outsourced_share", _("a share from 0 to 1 or from 0 to 100 percent"));
}

// ---- the file ----

void org_new_init(OrgNew *out) {
  *out = (OrgNew){.decision = DATE_NONE,
                  .expiry = DATE_NONE,
                  .start = DATE_NONE,
                  .customer_demands = 1,
                  .outsourced_percent = -1};
}

static const struct {
  const char *key;
  bool (*read)(Context *c, const json_t *value, OrgNew *out);
} KEYS[] = {
    {"sites", read_sites},
    {"head_count", read_head_count},
    {"sector", read_sector},
    {"customer_demands", read_demands},
    {"outsourced_share", read_share},
    {"top_management", read_managers},
    {"critical_systems", read_systems},
};

static void read_key(Context *c, const char *key, const json_t *value, OrgNew *out) {
  for (size_t i = 0; i < COUNT_OF(KEYS); i++) {
    if (!text_equal(key, KEYS[i].key)) continue;
    KEYS[i].read(c, value, out);
    return;
  }
  invalid(c, text_copy(c->arena, key),
          _("Not a fact Daybook knows. Known are sites, head_count, sector, customer_demands, "
            "outsourced_share, top_management and critical_systems."));
}

static void json_finish(json_t **json) {
  json_decref(*json);
}

bool facts_read(Context *c, const char *json, size_t length, OrgNew *out) {
  json_error_t error;
  json_t *root __attribute__((cleanup(json_finish))) =
      json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
  if (!root)
    return invalid(c, "facts", _("Not valid JSON: line %d, column %d: %s"), error.line,
                   error.column, text_copy(c->arena, error.text));
  if (!json_is_object(root))
    return invalid(c, "facts", _("Expected a JSON object such as {\"head_count\": 40}."));
  for (void *at = json_object_iter(root); at; at = json_object_iter_next(root, at))
    read_key(c, json_object_iter_key(at), json_object_iter_value(at), out);
  return context_ok(c);
}
