// SPDX-License-Identifier: Apache-2.0
// What the diary hands out on paper: the readiness of the organisation, the year for the wall.
#ifndef DAYBOOK_DIARY_DOCUMENTS_H
#define DAYBOOK_DIARY_DOCUMENTS_H

#include "diary/year.h"
#include "report/report.h"

// NULL with c->error. As of c->today, in the reader's zone.
Document *readiness_document(Context *c);
// Twelve months from `from` (DATE_NONE: the certificate's present year) on one landscape sheet.
Document *year_document(Context *c, Date from, bool large);

// Inside: whose document it is, and the head every one begins with.
struct SqlDocumentOrganisationRow;
DocumentHead diary_document_head(Context *c, const struct SqlDocumentOrganisationRow *org,
                                 const char *title, const char *path);
struct Picture *year_paper(Context *c, const Year *year, double width);

#endif
