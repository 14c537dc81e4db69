// SPDX-License-Identifier: Apache-2.0
// Registers leave as they came: CSV with a header row, read by any spreadsheet.
#ifndef DAYBOOK_EXPORT_H
#define DAYBOOK_EXPORT_H

#include "registers/lists.h"

// Every field and note of the items the filter shows, of all pages.
bool item_export(Context *c, const ItemFilter *filter, Text *out);

#endif
