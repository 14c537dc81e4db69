// SPDX-License-Identifier: Apache-2.0
// The yearly risk workshop (6.1.2, 8.2).
#ifndef DAYBOOK_WORKSHOP_H
#define DAYBOOK_WORKSHOP_H

#include "diary/diary.h"

extern const Room workshop_room;

#endif
