// SPDX-License-Identifier: Apache-2.0
// Every section that a management review can hold, in the order of the pack: by the letter of
// 9.3.2, and within it as listed here. A room adds its declaration and its line.
#include "diary/review_section.h"

#include <stddef.h>

extern const ReviewSection duties_section; // diary
extern const ReviewSection audits_section; // audits

const ReviewSection *const review_sections[] = {
    &duties_section,
    &audits_section,
    NULL,
};
