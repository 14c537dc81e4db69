// SPDX-License-Identifier: Apache-2.0
// Continual improvement (10.1, 10.2) as a duty of its own.
#ifndef DAYBOOK_IMPROVEMENT_DUTY_H
#define DAYBOOK_IMPROVEMENT_DUTY_H

#include "diary/diary.h"

extern const Room improvement_room;

#endif
