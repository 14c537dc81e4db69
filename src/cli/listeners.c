// SPDX-License-Identifier: Apache-2.0
// Who wants to hear what happens to findings and actions.
#include "improvement/improvement.h"
#include "mail/news.h"

#include <stddef.h>

ImprovementListener *const improvement_listeners[] = {mail_improvement_news, NULL};
