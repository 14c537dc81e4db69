// SPDX-License-Identifier: Apache-2.0
// What improvement has to tell somebody goes by mail, too.
#ifndef DAYBOOK_MAIL_NEWS_H
#define DAYBOOK_MAIL_NEWS_H

#include "improvement/improvement.h"

bool mail_improvement_news(Context *c, const ImprovementNews *news);

#endif
