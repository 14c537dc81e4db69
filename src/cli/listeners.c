// SPDX-License-Identifier: Apache-2.0
// Who wants to hear what happens to findings and actions.
#include "improvement/improvement.h"

#include <stddef.h>

ImprovementListener *const improvement_listeners[] = {NULL};
