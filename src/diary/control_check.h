// SPDX-License-Identifier: Apache-2.0
// Recurring checks of controls: the diary's own kind, for whatever has no room of its own.
#ifndef DAYBOOK_CONTROL_CHECK_H
#define DAYBOOK_CONTROL_CHECK_H

#include "diary/diary.h"

extern const Room control_check_room;

#endif
