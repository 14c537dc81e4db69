// SPDX-License-Identifier: Apache-2.0
#include "http/input.h"

#include <string.h>

static const char *label(const Field *field) {
  return field->label != NULL ? _(field->label) : field->name;
}

static bool has_control(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    unsigned char byte = (unsigned char)text[i];
    if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7f) return true;
    // U+0080 to U+009F: a terminal takes them for the start of a code
    bool high = byte == 0xc2 && i + 1 < length && (unsigned char)text[i + 1] < 0xa0;
    if (high) return true;
  }
  return false;
}

// Browsers send line ends as CR LF; the house keeps LF.
static char *copy_text(Arena *arena, const char *value, size_t length) {
  char *copy = text_copy_n(arena, value, length), *to = copy;
  for (const char *from = copy; *from != '\0'; from++) {
    if (from[0] == '\r' && from[1] == '\n') continue;
    *to++ = *from == '\r' ? '\n' : *from;
  }
  *to = '\0';
  return copy;
}

bool entered_add(Context *c, Entered *entered, const char *name, const char *value, size_t length) {
  if (strlen(name) > INPUT_NAME_MAX || !text_is_utf8(name, strlen(name)) ||
      has_control(name, strlen(name)))
    return invalid(c, "form", _("A field's name is too long or not text."));
  if (entered->pairs.count >= INPUT_FIELDS_MAX)
    return invalid(c, "form", _("More than %d fields were sent."), INPUT_FIELDS_MAX);
  const char *kept = text_copy(c->arena, name);
  if (!text_is_utf8(value, length))
    return invalid(c, kept, _("Must be text in UTF-8, without NUL."));
  if (has_control(value, length))
    return invalid(c, kept, _("Must not contain control characters."));
  Pair *pair = list_add(c->arena, &entered->pairs);
  *pair = (Pair){kept, copy_text(c->arena, value, length)};
  return true;
}

const char *entered_get(const Entered *entered, const char *name) {
  for (size_t i = 0; i < entered->pairs.count; i++)
    if (strcmp(entered->pairs.items[i].name, name) == 0) return entered->pairs.items[i].value;
  return NULL;
}

static void *slot(void *input, const Field *field) {
  return (char *)input + field->offset;
}

static bool parse_id(Context *c, const Field *field, const char *value, int64_t *out) {
  if (text_to_int(value, out) && *out >= 1) return true;
  // A path with a nonsense number names nothing.
  if (field->in_path) return not_found(c, _("There is no \"%s\" here."), value);
  return invalid(c, field->name, _("%s: a whole number from 1 is expected."), label(field));
}

static bool parse_int(Context *c, const Field *field, const char *value, int64_t *out) {
  if (text_to_int(value, out) && *out >= field->minimum && *out <= field->maximum) return true;
  return invalid(c, field->name, _("%s: a whole number from %lld to %lld is expected."),
                 label(field), (long long)field->minimum, (long long)field->maximum);
}

static bool parse_real(Context *c, const Field *field, const char *value, double *out) {
  if (text_to_real(value, out) && *out >= field->real_minimum && *out <= field->real_maximum)
    return true;
  return invalid(c, field->name, _("%s: a number from %g to %g is expected."), label(field),
                 field->real_minimum, field->real_maximum);
}

static bool parse_bool(Context *c, const Field *field, const char *value, bool *out) {
  static const char *const yes[] = {"1", "on", "true", "yes"};
  static const char *const no[] = {"", "0", "off", "false", "no"};
  for (size_t i = 0; i < COUNT_OF(yes); i++)
    if (text_equal(value, yes[i])) return *out = true;
  for (size_t i = 0; i < COUNT_OF(no); i++)
    if (text_equal(value, no[i])) return !(*out = false);
  return invalid(c, field->name, _("%s: true or false is expected."), label(field));
}

static size_t code_points(const char *text) {
  size_t count = 0;
  for (; *text != '\0'; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
  return count;
}

static bool parse_text(Context *c, const Field *field, const char *value, const char **out) {
  size_t length = code_points(value);
  if ((int64_t)length > field->maximum)
    return invalid(c, field->name, _("%s: at most %lld characters are allowed; these are %zu."),
                   label(field), (long long)field->maximum, length);
  if ((int64_t)length < field->minimum)
    return invalid(c, field->name, _("%s: at least %lld characters are expected."), label(field),
                   (long long)field->minimum);
  if (field->minimum > 0 && text_is_empty(value))
    return invalid(c, field->name, _("%s: must not be empty."), label(field));
  *out = value;
  return true;
}

static bool parse_enum(Context *c, const Field *field, const char *value, const char **out) {
  Text list;
  text_init(&list, c->arena);
  for (const char *const *choice = field->choices; *choice != NULL; choice++) {
    if (text_equal(value, *choice)) {
      *out = *choice;
      return true;
    }
    text_add_format(&list, "%s%s", choice == field->choices ? "" : ", ", *choice);
  }
  return invalid(c, field->name, _("%s: one of %s is expected."), label(field), list.data);
}

static bool parse_email(Context *c, const Field *field, const char *value, const char **out) {
  char *text = text_trim(c->arena, value);
  const char *at = strchr(text, '@');
  size_t length = strlen(text);
  bool shaped = at != NULL && at != text && strchr(at + 1, '@') == NULL && at[1] != '\0' &&
                length <= 254 && strpbrk(text, " \t\n<>,;:\"()[]\\") == NULL;
  if (!shaped)
    return invalid(c, field->name, _("%s: an e-mail address such as anna@example.org is expected."),
                   label(field));
  *out = text;
  return true;
}

static bool parse_one(Context *c, const Field *field, const char *value, void *at) {
  switch (field->kind) {
  case FIELD_ID: return parse_id(c, field, value, at);
  case FIELD_INT:
    if (!field->optional) return parse_int(c, field, value, at);
    ((OptInt *)at)->has = true;
    return parse_int(c, field, value, &((OptInt *)at)->value);
  case FIELD_REAL:
    if (!field->optional) return parse_real(c, field, value, at);
    ((OptReal *)at)->has = true;
    return parse_real(c, field, value, &((OptReal *)at)->value);
  case FIELD_BOOL: return parse_bool(c, field, value, at);
  case FIELD_DATE:
    if (date_parse(value, at)) return true;
    return invalid(c, field->name, _("%s: a day as YYYY-MM-DD that exists is expected."),
                   label(field));
  case FIELD_INSTANT:
    if (instant_parse(value, at)) return true;
    return invalid(c, field->name, _("%s: a time such as 2026-03-01T09:00:00Z is expected."),
                   label(field));
  case FIELD_TEXT: return parse_text(c, field, value, at);
  case FIELD_ENUM: return parse_enum(c, field, value, at);
  case FIELD_EMAIL: return parse_email(c, field, value, at);
  default: return failure(c, "field %s has no parser", field->name);
  }
}

static void set_absent(const Field *field, void *at) {
  if (field->kind == FIELD_DATE) *(Date *)at = DATE_NONE;
  if (field->kind == FIELD_INSTANT) *(Instant *)at = INSTANT_NONE;
}

static void parse_ids(Context *c, const Field *field, const Entered *entered, IdList *out) {
  int64_t *ids = arena_array(c->arena, entered->pairs.count + 1, sizeof *ids);
  for (size_t i = 0; i < entered->pairs.count; i++)
    if (text_equal(entered->pairs.items[i].name, field->name) &&
        parse_id(c, field, entered->pairs.items[i].value, &ids[out->count]))
      out->count++;
  out->items = ids;
  if (out->count == 0 && !field->optional)
    invalid(c, field->name, _("%s: choose at least one."), label(field));
}

static void parse_files(Context *c, const Field *field, const Entered *entered, void *at) {
  Upload *found = arena_array(c->arena, entered->files.count + 1, sizeof *found);
  size_t count = 0;
  for (size_t i = 0; i < entered->files.count; i++)
    if (text_equal(entered->file_fields.items[i], field->name))
      found[count++] = entered->files.items[i];
  if (field->kind == FIELD_FILES) *(Uploads *)at = (Uploads){found, count};
  if (field->kind == FIELD_FILE && count > 0) *(const Upload **)at = found;
  if (field->kind == FIELD_FILE && count > 1)
    invalid(c, field->name, _("%s: one file is expected, %zu were sent."), label(field), count);
  if (count == 0 && !field->optional)
    invalid(c, field->name, _("%s: choose a file."), label(field));
}

static bool is_named(const Route *route, const char *name) {
  static const char *const own[] = {"csrf", "org", "came_from"};
  for (size_t i = 0; i < COUNT_OF(own); i++)
    if (text_equal(name, own[i])) return true;
  for (size_t i = 0; i < route->field_count; i++)
    if (route->fields[i].kind != FIELD_ANY && text_equal(route->fields[i].name, name)) return true;
  return false;
}

static void collect_rest(Context *c, const Route *route, const Entered *entered, Pairs *out) {
  Pair *rest = arena_array(c->arena, entered->pairs.count + 1, sizeof *rest);
  for (size_t i = 0; i < entered->pairs.count; i++)
    if (!is_named(route, entered->pairs.items[i].name))
      rest[out->count++] = entered->pairs.items[i];
  out->items = rest;
}

static bool is_repeated(const Entered *entered, const char *name) {
  size_t count = 0;
  for (size_t i = 0; i < entered->pairs.count; i++)
    count += strcmp(entered->pairs.items[i].name, name) == 0;
  return count > 1;
}

static void parse_field(Context *c, const Route *route, const Field *field, const Entered *entered,
                        void *at) {
  if (field->kind == FIELD_IDS) return parse_ids(c, field, entered, at);
  if (field->kind == FIELD_ANY) return collect_rest(c, route, entered, at);
  if (field->kind == FIELD_FILE || field->kind == FIELD_FILES)
    return parse_files(c, field, entered, at);
  const char *value = entered_get(entered, field->name);
  if (!field->in_path && is_repeated(entered, field->name)) {
    invalid(c, field->name, _("%s: was sent more than once."), label(field));
    return;
  }
  // An empty box of a form means "not given", except for a text that may be empty.
  bool given =
      value != NULL &&
      (value[0] != '\0' || (field->kind == FIELD_TEXT && !field->optional && field->minimum == 0));
  if (given || (field->kind == FIELD_BOOL && value != NULL)) {
    parse_one(c, field, value, at);
    return;
  }
  set_absent(field, at);
  if (!field->optional && field->kind != FIELD_BOOL)
    invalid(c, field->name, _("%s: must be given."), label(field));
}

bool input_parse(Context *c, const Route *route, const Entered *entered, void *input) {
  for (size_t i = 0; i < route->field_count; i++)
    parse_field(c, route, &route->fields[i], entered, slot(input, &route->fields[i]));
  return context_ok(c);
}
