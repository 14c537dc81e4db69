// SPDX-License-Identifier: Apache-2.0
// The external audits of the cycle and the readiness checks before each.
#ifndef DAYBOOK_SURVEILLANCE_H
#define DAYBOOK_SURVEILLANCE_H

#include "diary/diary.h"

extern const Room surveillance_room;

#endif
