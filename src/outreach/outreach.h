// SPDX-License-Identifier: Apache-2.0
// Communication (7.4): what is told, to whom, and when; and what interested parties need (4.2).
#ifndef DAYBOOK_OUTREACH_H
#define DAYBOOK_OUTREACH_H

#include "diary/diary.h"

extern const Room outreach_room;

#endif
