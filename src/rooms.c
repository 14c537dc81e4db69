// SPDX-License-Identifier: Apache-2.0
// Every room of the house, in the order in which the programme is laid out: external audits first,
// because the others keep their distance from them. Who is told when an activity changes, and who
// forgets a person who is erased.
#include "audits/audits.h"
#include "diary/control_check.h"
#include "diary/meeting.h"
#include "exercises/exercises.h"
#include "improvement/improvement_duty.h"
#include "improvement/report.h"
#include "mail/invite.h"
#include "org/people.h"
#include "outreach/outreach.h"
#include "reviews/reviews.h"
#include "surveillance/surveillance.h"
#include "training/training.h"
#include "workshop/workshop.h"

const Room *const diary_rooms[] = {
    &surveillance_room, &audits_room,      &reviews_room,       &outreach_room,
    &training_room,     &workshop_room,    &continuity_room,    &evacuation_room,
    &recovery_room,     &improvement_room, &control_check_room, NULL,
};

ActivityWatch *const activity_watches[] = {invite_watch, NULL};

PersonForgotten *const person_forgets[] = {report_forget, NULL};
