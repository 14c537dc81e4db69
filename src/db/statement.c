// SPDX-License-Identifier: Apache-2.0
// Between the typed structs of the generated functions and an engine's plain values.
#include "db/statement.h"
#include "base/memory.h"
#include "db/link.h"

#include <math.h>
#include <string.h>

typedef struct Bound {
  Value values[STATEMENT_MOST_PARAMETERS];
  char dates[STATEMENT_MOST_PARAMETERS][11];
} Bound;

static void put_int(Value *v, int64_t value) {
  v->kind = VALUE_INT;
  v->integer = value;
}

static void put_text(Value *v, const char *text) {
  v->kind = text == NULL ? VALUE_NULL : VALUE_TEXT;
  v->bytes = text;
  v->length = text == NULL ? 0 : strlen(text);
}

static void put_date(Value *v, Date d, char digits[11]) {
  v->kind = VALUE_NULL;
  if (date_is_none(d)) return;
  int year, month, day;
  date_split(d, &year, &month, &day);
  const int parts[10] = {
      year / 1000 % 10, year / 100 % 10, year / 10 % 10, year % 10, -1, month / 10, month % 10, -1,
      day / 10,         day % 10};
  for (int i = 0; i < 10; i++) digits[i] = parts[i] < 0 ? '-' : (char)('0' + parts[i]);
  digits[10] = '\0';
  v->kind = VALUE_TEXT;
  v->bytes = digits;
  v->length = 10;
}

static void bind_optional_number(const SqlField *f, const void *at, Value *v) {
  if (f->type == SQL_FIELD_INT) {
    const OptInt *n = at;
    v->kind = n->has ? VALUE_INT : VALUE_NULL;
    v->integer = n->value;
  } else {
    const OptReal *n = at;
    v->kind = n->has ? VALUE_REAL : VALUE_NULL;
    v->real = n->value;
  }
}

void statement_bind_automatic(const Context *c, const SqlField *f, Value *v, char digits[11]) {
  switch ((FieldType)f->type) {
  case SQL_FIELD_ORG: put_int(v, c->org); break;
  case SQL_FIELD_NOW: put_int(v, c->now.us); break;
  case SQL_FIELD_TODAY: put_date(v, c->today, digits); break;
  case SQL_FIELD_ACTOR:
    put_int(v, c->actor);
    if (c->actor == 0) v->kind = VALUE_NULL;
    break;
  default: break;
  }
}

static void bind_field(const Context *c, const SqlField *f, const void *in, Value *v,
                       char digits[11]) {
  const void *at = (const char *)in + f->offset;
  switch ((FieldType)f->type) {
  case SQL_FIELD_ID:
    put_int(v, *(const int64_t *)at);
    if (f->optional && v->integer == 0) v->kind = VALUE_NULL;
    break;
  case SQL_FIELD_INT:
  case SQL_FIELD_REAL:
    if (f->optional) {
      bind_optional_number(f, at, v);
    } else if (f->type == SQL_FIELD_INT) {
      put_int(v, *(const int64_t *)at);
    } else {
      v->kind = VALUE_REAL;
      v->real = *(const double *)at;
    }
    break;
  case SQL_FIELD_BOOL: put_int(v, *(const bool *)at); break;
  case SQL_FIELD_TEXT: put_text(v, *(const char *const *)at); break;
  case SQL_FIELD_DATE: put_date(v, *(const Date *)at, digits); break;
  case SQL_FIELD_INSTANT:
    put_int(v, ((const Instant *)at)->us);
    if (v->integer == INT64_MIN) v->kind = VALUE_NULL;
    break;
  case SQL_FIELD_BLOB:
    v->bytes = (const char *)((const Blob *)at)->bytes;
    v->length = ((const Blob *)at)->length;
    v->kind = v->bytes == NULL ? VALUE_NULL : VALUE_BLOB;
    break;
  default: statement_bind_automatic(c, f, v, digits);
  }
}

static bool bind_all(Context *c, const Statement *s, const void *in, Bound *bound) {
  static const int64_t nothing = 0; // it asks for :org and the like alone
  if (in == NULL) in = &nothing;
  for (size_t i = 0; i < s->parameter_count; i++) {
    const SqlField *f = &s->parameters[i];
    bind_field(c, f, in, &bound->values[i], bound->dates[i]);
    if (bound->values[i].kind == VALUE_NULL && !f->optional && f->type != SQL_FIELD_ACTOR)
      return failure(c, "statement %s: parameter %s is absent", s->name, f->name);
  }
  return true;
}

// ---- rows ----

static bool wrong(Context *c, const Statement *s, const SqlField *f, const char *what) {
  return failure(c, "statement %s: column %s %s", s->name, f->name, what);
}

static bool as_int(const Value *v, int64_t *out) {
  if (v->kind == VALUE_INT) {
    *out = v->integer;
    return true;
  }
  if (v->kind != VALUE_REAL || v->real != floor(v->real) || fabs(v->real) > 9e15) return false;
  *out = (int64_t)v->real;
  return true;
}

static bool as_date(const Value *v, Date *out) {
  return v->kind == VALUE_TEXT && date_parse_n(v->bytes, v->length, out);
}

static void store_null(const SqlField *f, void *at) {
  if (f->type == SQL_FIELD_DATE)
    *(Date *)at = DATE_NONE;
  else if (f->type == SQL_FIELD_INSTANT)
    *(Instant *)at = INSTANT_NONE;
}

static bool store_number(const SqlField *f, const Value *v, void *at) {
  int64_t n = 0;
  if (f->type == SQL_FIELD_REAL) {
    double real = v->kind == VALUE_REAL ? v->real : (double)v->integer;
    if (v->kind != VALUE_REAL && v->kind != VALUE_INT) return false;
    if (f->optional)
      *(OptReal *)at = (OptReal){true, real};
    else
      *(double *)at = real;
    return true;
  }
  if (!as_int(v, &n)) return false;
  if (f->type == SQL_FIELD_INT && f->optional)
    *(OptInt *)at = (OptInt){true, n};
  else if (f->type == SQL_FIELD_BOOL)
    *(bool *)at = n != 0;
  else if (f->type == SQL_FIELD_INSTANT)
    ((Instant *)at)->us = n;
  else
    *(int64_t *)at = n;
  return true;
}

static bool store(Arena *arena, const SqlField *f, const Value *v, void *at) {
  switch ((FieldType)f->type) {
  case SQL_FIELD_TEXT:
    if (v->kind != VALUE_TEXT) return false;
    *(const char **)at = text_copy_n(arena, v->bytes, v->length);
    return true;
  case SQL_FIELD_BLOB:
    if (v->kind != VALUE_BLOB) return false;
    *(Blob *)at =
        (Blob){(const uint8_t *)text_copy_n(arena, v->bytes == NULL ? "" : v->bytes, v->length),
               v->length};
    return true;
  case SQL_FIELD_DATE: return as_date(v, at);
  default: return store_number(f, v, at);
  }
}

static bool store_row(Context *c, Arena *arena, const Statement *s, const Value *values,
                      void *row) {
  for (size_t i = 0; i < s->column_count; i++) {
    const SqlField *f = &s->columns[i];
    void *at = (char *)row + f->offset;
    if (values[i].kind == VALUE_NULL) {
      if (!f->optional) return wrong(c, s, f, "is NULL");
      store_null(f, at);
    } else if (!store(arena, f, &values[i], at)) {
      return wrong(c, s, f, "holds another type");
    }
  }
  return true;
}

// ---- running ----

static bool check_scope(Context *c, const Statement *s) {
  if (s->scope == SCOPE_ORGANISATION && c->org <= 0)
    return failure(c, "statement %s: no organisation is chosen", s->name);
  return true;
}

static bool run_now(DbLink *link, const Statement *s, Call *call) {
  link->alone = s->alone ? s->name : NULL;
  bool done = link->db->calls->run(link, call);
  link->alone = NULL;
  if (!done) return false;
  if (!s->writes && !call->stream) foresee_record(link, s, call->values);
  bool changes = s->writes && !s->unheard && call->changed > 0;
  if (changes && link->told.changed == NULL) link->told.changed = s->name;
  return true;
}

static bool run(Context *c, const Statement *s, const void *in, RowSink *sink, void *user,
                bool stream, int64_t *changed) {
  Bound bound;
  memset(bound.values, 0, s->parameter_count * sizeof bound.values[0]);
  if (!link_ready(c) || !check_scope(c, s) || !bind_all(c, s, in, &bound)) return false;
  Call call = {
      .c = c, .statement = s, .values = bound.values, .sink = sink, .user = user, .stream = stream};
  DbLink *link = c->link;
  bool done;
  if (s->writes && link->depth == 0) { // a change on its own is a transaction of its own
    TRANSACTION(c, tx);
    done = tx.open && run_now(link, s, &call) && transaction_commit(&tx);
  } else if (s->writes && !link->writing) {
    return failure(c, "statement %s writes inside a transaction that only reads", s->name);
  } else {
    done = run_now(link, s, &call);
  }
  if (changed != NULL) *changed = call.changed;
  return done;
}

typedef struct Many {
  Context *c;
  const Statement *s;
  char *items;
  size_t count, capacity;
} Many;

static bool many_row(void *user, const Value *values) {
  Many *many = user;
  void *items = many->items;
  list_reserve_(many->c->arena, &items, many->count, &many->capacity, many->s->row_size);
  many->items = items;
  void *row = many->items + many->count * many->s->row_size;
  if (!store_row(many->c, many->c->arena, many->s, values, row)) return false;
  many->count++;
  return true;
}

StatementRows statement_many(Context *c, const Statement *s, const void *in) {
  Many many = {.c = c, .s = s};
  if (!run(c, s, in, many_row, &many, false, NULL)) return (StatementRows){0};
  return (StatementRows){many.items, many.count};
}

typedef struct One {
  Context *c;
  const Statement *s;
  void *row;
  bool found;
} One;

static bool one_row(void *user, const Value *values) {
  One *one = user;
  if (one->found) return failure(one->c, "statement %s gives more than one row", one->s->name);
  one->found = true;
  return store_row(one->c, one->c->arena, one->s, values, one->row);
}

bool statement_one(Context *c, const Statement *s, const void *in, void *row) {
  One one = {.c = c, .s = s, .row = row};
  memset(row, 0, s->row_size);
  return run(c, s, in, one_row, &one, false, NULL) && one.found;
}

typedef struct Each {
  Context *c;
  const Statement *s;
  Arena *arena; // of one row
  void *row;
  StatementEach *call;
  void *user;
} Each;

static bool each_row(void *user, const Value *values) {
  Each *each = user;
  arena_reset(each->arena);
  memset(each->row, 0, each->s->row_size);
  return store_row(each->c, each->arena, each->s, values, each->row) &&
         each->call(each->user, each->row);
}

bool statement_each(Context *c, const Statement *s, const void *in, StatementEach *row,
                    void *user) {
  if (!context_ok(c)) return false;
  Each each = {.c = c, .s = s, .arena = arena_create(), .call = row, .user = user};
  each.row = arena_alloc(c->arena, s->row_size);
  bool done = run(c, s, in, each_row, &each, true, NULL);
  arena_destroy(each.arena);
  return done && context_ok(c);
}

int64_t statement_exec(Context *c, const Statement *s, const void *in) {
  int64_t changed = 0;
  return run(c, s, in, NULL, NULL, false, &changed) ? changed : -1;
}

static bool id_row(void *user, const Value *values) {
  *(int64_t *)user = values[0].integer;
  return true;
}

int64_t statement_insert(Context *c, const Statement *s, const void *in) {
  int64_t id = 0;
  return run(c, s, in, id_row, &id, false, NULL) ? id : -1;
}

bool statement_check(Context *c, const Statement *s) {
  return link_ready(c) && c->link->db->calls->prepare(c->link, c, s);
}
