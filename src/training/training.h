// SPDX-License-Identifier: Apache-2.0
// Training and awareness (7.2, 7.3, 6.3).
#ifndef DAYBOOK_TRAINING_H
#define DAYBOOK_TRAINING_H

#include "diary/diary.h"

extern const Room training_room;

#endif
