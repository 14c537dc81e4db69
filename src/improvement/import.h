// SPDX-License-Identifier: Apache-2.0
// The register of findings and corrective actions that an organisation brought.
#ifndef DAYBOOK_IMPROVEMENT_IMPORT_H
#define DAYBOOK_IMPROVEMENT_IMPORT_H

#include "improvement/finding.h"

// Makes the finding of a register's entry, or lets it follow; idempotent. Within a transaction.
bool finding_from_item(Context *c, int64_t item);
bool findings_from_items(Context *c);           // of every entry that has none yet
FindingGrade grade_of_words(const char *words); // "Minor nonconformity"; "" is a minor. Pure.

#endif
