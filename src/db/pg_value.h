// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's binary form of values (network byte order; numeric in groups of four digits).
#ifndef DAYBOOK_PG_VALUE_H
#define DAYBOOK_PG_VALUE_H

#include "db/libpq.h"
#include "db/link.h"

typedef struct PgParameters {
  const char *values[STATEMENT_MOST_PARAMETERS];
  int lengths[STATEMENT_MOST_PARAMETERS], formats[STATEMENT_MOST_PARAMETERS];
  char numbers[STATEMENT_MOST_PARAMETERS][8];
} PgParameters;

Oid pg_type_of(const SqlField *parameter);
void pg_write(const Call *call, PgParameters *out);
void pg_read(const PGresult *result, int row, int column, Value *out); // points into result

#endif
