// SPDX-License-Identifier: Apache-2.0
// Every section that a management review can hold, in the order of the pack: by the letter of
// 9.3.2, and within it as listed here. A room adds its declaration and its line.
#include "diary/review_section.h"

#include <stddef.h>

extern const ReviewSection earlier_actions_section;             // reviews
extern const ReviewSection issues_section, parties_section;     // registers
extern const ReviewSection objectives_section, risks_section;   // registers
extern const ReviewSection duties_section;                      // diary
extern const ReviewSection training_section, exercises_section; // their rooms
extern const ReviewSection incidents_section;                   // improvement
extern const ReviewSection actions_section, findings_section;   // improvement
extern const ReviewSection opportunities_section;               // improvement
extern const ReviewSection feedback_section;                    // outreach
extern const ReviewSection audits_section;                      // audits

const ReviewSection *const review_sections[] = {
    &earlier_actions_section, &actions_section,       &issues_section,
    &parties_section,         &duties_section,        &findings_section,
    &objectives_section,      &training_section,      &exercises_section,
    &audits_section,          &incidents_section,     &feedback_section,
    &risks_section,           &opportunities_section, NULL,
};
