// SPDX-License-Identifier: Apache-2.0
// `daybook verify` compares each reading with what the ledger holds of it.
#include "registers/measure_witness.h"
#include "ledger/witness.h"
#include "registers/measure.h"
#include "registers/measure.sql.h"

#include <inttypes.h>

static const WitnessColumn columns[] = {{.name = "item"},
                                        {.name = "taken_on"},
                                        {.name = "value"},
                                        {.name = "source"},
                                        {.name = "why_withdrawn"}};

static WitnessRows reading_page(Context *c, int64_t after) {
  SqlWitnessReadingsRows rows =
      sql_witness_readings(c, (SqlWitnessReadings){.after = after, .most = WITNESS_PAGE});
  WitnessRows page = {.items = arena_array(c->arena, rows.count + 1, sizeof *page.items),
                      .count = rows.count};
  for (size_t i = 0; i < rows.count; i++) {
    const SqlWitnessReadingsRow *row = &rows.items[i];
    const char **values = arena_array(c->arena, COUNT_OF(columns), sizeof *values);
    values[0] = text_format(c->arena, "%" PRId64, row->item);
    values[1] = row->taken_on;
    values[2] = reading_number(c->arena, row->value);
    values[3] = row->source;
    values[4] = row->why_withdrawn;
    page.items[i] = (WitnessRow){.id = row->id, .values = values};
  }
  return page;
}

const Witness reading_witness = {.kind = "reading",
                                 .strict = true,
                                 .columns = columns,
                                 .column_count = COUNT_OF(columns),
                                 .page = reading_page};
