// SPDX-License-Identifier: Apache-2.0
#include "db/pg_value.h"

#include <string.h>

// From PostgreSQL's catalogue pg_type; these never change.
enum {
  OID_BOOL = 16,
  OID_BYTEA = 17,
  OID_INT8 = 20,
  OID_INT2 = 21,
  OID_INT4 = 23,
  OID_TEXT = 25,
  OID_FLOAT4 = 700,
  OID_FLOAT8 = 701,
  OID_NUMERIC = 1700
};

Oid pg_type_of(const SqlField *parameter) {
  switch ((FieldType)parameter->type) {
  case SQL_FIELD_REAL: return OID_FLOAT8;
  case SQL_FIELD_TEXT:
  case SQL_FIELD_DATE:
  case SQL_FIELD_TODAY: return OID_TEXT;
  case SQL_FIELD_BLOB: return OID_BYTEA;
  default: return OID_INT8;
  }
}

static void put_big(uint64_t bits, char out[8]) {
  for (int i = 7; i >= 0; i--, bits >>= 8) out[i] = (char)(bits & 0xFF);
}

static uint64_t get_big(const char *bytes, int length) {
  uint64_t bits = 0;
  for (int i = 0; i < length; i++) bits = bits << 8 | (unsigned char)bytes[i];
  return bits;
}

void pg_write(const Call *call, PgParameters *out) {
  for (size_t i = 0; i < call->statement->parameter_count; i++) {
    const Value *v = &call->values[i];
    out->formats[i] = 1;
    out->lengths[i] = 8;
    out->values[i] = out->numbers[i];
    uint64_t bits = (uint64_t)v->integer;
    switch (v->kind) {
    case VALUE_REAL:
      memcpy(&bits, &v->real, sizeof bits);
      put_big(bits, out->numbers[i]);
      break;
    case VALUE_INT: put_big(bits, out->numbers[i]); break;
    case VALUE_TEXT:
    case VALUE_BLOB:
      out->values[i] = v->bytes;
      out->lengths[i] = (int)v->length;
      break;
    case VALUE_NULL: out->values[i] = NULL; break;
    }
  }
}

// numeric: how many groups, the weight of the first, sign, scale, then the groups (base 10,000).
static void read_numeric(const char *bytes, Value *out) {
  int groups = (int)get_big(bytes, 2), weight = (int16_t)get_big(bytes + 2, 2);
  bool negative = get_big(bytes + 4, 2) == 0x4000;
  double real = 0, unit = 1;
  int64_t whole = 0;
  bool exact = weight <= 4;
  for (int i = 0; i < weight; i++) unit *= 10000;
  for (int i = weight; i < 0; i++) unit /= 10000;
  for (int i = 0; i < groups; i++) {
    int group = (int)get_big(bytes + 8 + 2 * i, 2);
    real += group * unit;
    if (i <= weight && exact)
      exact = !__builtin_mul_overflow(whole, 10000, &whole) &&
              !__builtin_add_overflow(whole, group, &whole);
    else
      exact = exact && group == 0;
    unit /= 10000;
  }
  for (int i = groups; i <= weight && exact; i++)
    exact = !__builtin_mul_overflow(whole, 10000, &whole);
  *out = (Value){.kind = exact ? VALUE_INT : VALUE_REAL,
                 .integer = negative ? -whole : whole,
                 .real = negative ? -real : real};
}

static void read_real(const char *bytes, int length, Value *out) {
  uint64_t bits = get_big(bytes, length);
  uint32_t half = (uint32_t)bits;
  float single;
  out->kind = VALUE_REAL;
  if (length == 8) {
    memcpy(&out->real, &bits, sizeof bits);
    return;
  }
  memcpy(&single, &half, sizeof single);
  out->real = (double)single;
}

static int64_t widen(uint64_t bits, int length) {
  return length == 8 ? (int64_t)bits : length == 4 ? (int32_t)bits : (int16_t)bits;
}

void pg_read(const PGresult *result, int row, int column, Value *out) {
  *out = (Value){.kind = VALUE_NULL};
  if (PQgetisnull(result, row, column)) return;
  const char *bytes = PQgetvalue(result, row, column);
  int length = PQgetlength(result, row, column);
  switch (PQftype(result, column)) {
  case OID_INT8:
  case OID_INT4:
  case OID_INT2:
    out->kind = VALUE_INT;
    out->integer = widen(get_big(bytes, length), length);
    return;
  case OID_BOOL:
    out->kind = VALUE_INT;
    out->integer = bytes[0] != 0;
    return;
  case OID_FLOAT8:
  case OID_FLOAT4: read_real(bytes, length, out); return;
  case OID_NUMERIC: read_numeric(bytes, out); return;
  default:
    out->kind = PQftype(result, column) == OID_BYTEA ? VALUE_BLOB : VALUE_TEXT;
    out->bytes = bytes;
    out->length = (size_t)length;
  }
}
