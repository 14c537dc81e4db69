// SPDX-License-Identifier: Apache-2.0
// Internal audits (9.2): their place in the programme and what one audit needs.
#ifndef DAYBOOK_AUDITS_H
#define DAYBOOK_AUDITS_H

#include "diary/diary.h"

extern const Room audits_room;

#endif
