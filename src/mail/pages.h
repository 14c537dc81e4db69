// SPDX-License-Identifier: Apache-2.0
// Inside the pages of mail: how an answer is shown.
#ifndef DAYBOOK_MAIL_PAGES_H
#define DAYBOOK_MAIL_PAGES_H

#include "http/request.h"
#include "mail/answer.h"
#include "mail/mail.views.h"

AnswerRowList answer_rows(Request *r, int64_t activity, bool open, int64_t limit);
const char *answer_tone(const char *answer); // of the mark
const char *answer_icon(const char *answer);

#endif
