// SPDX-License-Identifier: Apache-2.0
#include "ledger/history.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "ledger/history.sql.h"
#include "ledger/verify.sql.h"

static char *as_words(Arena *arena, const char *name) {
  char *words = text_copy(arena, name);
  for (char *p = words; *p; p++)
    if (*p == '_' || *p == '.') *p = ' ';
  return words;
}

static const char *scalar(Arena *arena, const json_t *value) {
  if (json_is_string(value)) return text_copy(arena, json_string_value(value));
  if (json_is_integer(value))
    return text_format(arena, "%" PRId64, (int64_t)json_integer_value(value));
  return NULL;
}

static const char *personal_value(const SqlHistoryPersonalRows *personal, const char *name) {
  for (size_t i = 0; i < personal->count; i++)
    if (text_equal(personal->items[i].name, name)) return personal->items[i].value;
  return NULL;
}

static void read_change(Context *c, const char *name, const json_t *value,
                        const SqlHistoryPersonalRows *personal, Change *out) {
  const json_t *hash = json_object_get(value, "personal");
  out->name = as_words(c->arena, name);
  out->before = scalar(c->arena, json_object_get(value, "from"));
  out->after = scalar(c->arena, json_object_get(value, "to"));
  if (!hash) return;
  out->personal = true;
  out->after = json_is_null(hash) ? NULL : personal_value(personal, name);
  out->erased = json_is_string(hash) && !out->after;
}

// Says again who wrote the entry and when.
static bool is_repetition(const char *name) {
  static const char *const names[] = {"added_by", "added_at", "withdrawn_by", "withdrawn_at"};
  for (size_t i = 0; i < COUNT_OF(names); i++)
    if (text_equal(name, names[i])) return true;
  return false;
}

static void read_changes(Context *c, History *h) {
  json_error_t error;
  const char *name;
  json_t *value, *body = json_loads(h->body, 0, &error);
  SqlHistoryPersonalRows personal = {0};
  if (strstr(h->body, "\"personal\""))
    personal = sql_history_personal(c, (SqlHistoryPersonal){.entry = h->seq});
  json_object_foreach(body, name, value) if (!is_repetition(name))
      read_change(c, name, value, &personal, list_add(c->arena, &h->changes));
  json_decref(body);
}

static const char *shown(const Change *change) {
  if (change->erased) return _("(erased)");
  return change->after ? change->after : _("nothing");
}

static const char *describe(Context *c, const Changes *changes) {
  Text text;
  text_init(&text, c->arena);
  for (size_t i = 0; i < changes->count; i++) {
    const Change *change = &changes->items[i];
    if (i) text_add(&text, "; ");
    text_add_format(&text, "%s: ", change->name);
    if (change->before) text_add_format(&text, "%s → ", change->before);
    text_add(&text, shown(change));
  }
  return text.data;
}

#define FILL(h, r)                                                                                 \
  *(h) = (History) {                                                                               \
    .id = (r)->id, .seq = (r)->seq, .actor = (r)->actor, .object = (r)->object, .at = (r)->at,     \
    .channel = (r)->channel, .action = (r)->action, .kind = (r)->kind, .hash = (r)->hash,          \
    .previous = (r)->previous, .body = (r)->body, .actor_name = (r)->actor_name                    \
  }

static void finish(Context *c, History *h) {
  read_changes(c, h);
  h->words = describe(c, &h->changes);
}

static int64_t start_of(const Context *c, Date day, int64_t otherwise) {
  return date_is_none(day) ? otherwise : zone_instant(c->zone, day, 0).us;
}
static int64_t from_of(const Context *c, const HistoryFilter *f) {
  return start_of(c, f->from, INT64_MIN + 1);
}
static int64_t until_of(const Context *c, const HistoryFilter *f) {
  return date_is_none(f->to) ? INT64_MAX : start_of(c, date_add_days(f->to, 1), INT64_MAX);
}

bool history_list(Context *c, const HistoryFilter *f, Histories *out) {
  if (f->kind && f->object) {
    SqlHistoryOfRows rows = sql_history_of(c, (SqlHistoryOf){.kind = f->kind,
                                                             .object = f->object,
                                                             .by = f->actor,
                                                             .from = from_of(c, f),
                                                             .until = until_of(c, f),
                                                             .offset = f->offset,
                                                             .limit = f->limit});
    for (size_t i = 0; i < rows.count; i++) FILL(list_add(c->arena, out), &rows.items[i]);
  } else {
    SqlHistoryAllRows rows = sql_history_all(c, (SqlHistoryAll){.kind = f->kind ? f->kind : "",
                                                                .by = f->actor,
                                                                .from = from_of(c, f),
                                                                .until = until_of(c, f),
                                                                .offset = f->offset,
                                                                .limit = f->limit});
    for (size_t i = 0; i < rows.count; i++) FILL(list_add(c->arena, out), &rows.items[i]);
  }
  for (size_t i = 0; i < out->count && context_ok(c); i++) finish(c, &out->items[i]);
  return context_ok(c);
}

int64_t history_count(Context *c, const HistoryFilter *f) {
  bool plain = !f->kind && !f->actor && date_is_none(f->from) && date_is_none(f->to);
  SqlVerifyHeadRow head;
  if (plain) return sql_verify_head(c, &head) ? head.seq : 0; // counted already
  if (f->kind && f->object) {
    SqlHistoryCountOfRow row = {0};
    sql_history_count_of(c,
                         (SqlHistoryCountOf){.kind = f->kind,
                                             .object = f->object,
                                             .by = f->actor,
                                             .from = from_of(c, f),
                                             .until = until_of(c, f)},
                         &row);
    return row.entries;
  }
  SqlHistoryCountAllRow row = {0};
  sql_history_count_all(c,
                        (SqlHistoryCountAll){.kind = f->kind ? f->kind : "",
                                             .by = f->actor,
                                             .from = from_of(c, f),
                                             .until = until_of(c, f)},
                        &row);
  return row.entries;
}

bool history_entry(Context *c, int64_t seq, History *out) {
  SqlHistoryOneRow row;
  if (!sql_history_one(c, (SqlHistoryOne){.seq = seq}, &row))
    return context_ok(c) ? not_found(c, _("The ledger has no entry %" PRId64 "."), seq) : false;
  FILL(out, &row);
  finish(c, out);
  return context_ok(c);
}
