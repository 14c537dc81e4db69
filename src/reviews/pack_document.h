// SPDX-License-Identifier: Apache-2.0
// Pack and minutes as documents to hand to a board: PDF, print page, Markdown.
#ifndef DAYBOOK_REVIEWS_PACK_DOCUMENT_H
#define DAYBOOK_REVIEWS_PACK_DOCUMENT_H

#include "report/report.h"
#include "reviews/pack.h"

// base_url NULL: addresses are shown, not linked.
Document *pack_document(Context *c, const Pack *pack, const PackChanges *changes,
                        const char *base_url);
Document *minutes_document(Context *c, const Review *review, const char *base_url);

#endif
