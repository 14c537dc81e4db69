// SPDX-License-Identifier: Apache-2.0
// What the pages of the audit programme share.
#ifndef DAYBOOK_AUDITS_PROGRAMME_PAGES_H
#define DAYBOOK_AUDITS_PROGRAMME_PAGES_H

#include "audits/programme.views.h"
#include "audits/programme_picture.h"
#include "diary/pages.h"

const char *level_name(PriorityLevel level);                // "high"
const char *level_words(PriorityLevel level);               // "High"
const char *days_of_effort(Context *c, int32_t hundredths); // "2 days"
const char *every_words(Context *c, int32_t months);        // "every 12 months"
StatusMark programme_mark(const AuditProgramme *programme);
StatusMark mark_of_state(int64_t state); // of a version
StatusMark planned_mark(Context *c, bool has, int64_t state, Date due, Date latest);
typedef struct Paging {
  int64_t page, pages;
  const char *previous, *next;
} Paging;
Paging paging_of(Context *c, const char *address, OptInt asked, int64_t total, int64_t each);

#endif
