// SPDX-License-Identifier: Apache-2.0
// Inside the diary: proposals on their way from rooms and registers to adopted duties.
#ifndef DAYBOOK_ADOPT_H
#define DAYBOOK_ADOPT_H

#include "diary/duty.h"
#include "diary/duty.sql.h"
#include "diary/programme.h"

// Everything that is proposed and not adopted yet, with the organisation's choices applied.
bool adopt_proposals(Context *c, const Facts *facts, Proposals *out);
// An adopted duty as the proposal it came from, so that its series can be laid out again.
Proposal adopt_proposal_of(const SqlDutyGetRow *row);
// Lays out these duties from `start` on, around the external audits that are planned already.
bool adopt_lay_out(Context *c, const Facts *facts, Date start, const Proposals *duties,
                   PlannedActivities *out);

#endif
