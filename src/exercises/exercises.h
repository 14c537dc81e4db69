// SPDX-License-Identifier: Apache-2.0
// Emergency exercises: three separate aspects, never one.
#ifndef DAYBOOK_EXERCISES_H
#define DAYBOOK_EXERCISES_H

#include "diary/diary.h"

extern const Room continuity_room;
extern const Room evacuation_room;
extern const Room recovery_room;

#endif
