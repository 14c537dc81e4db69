// SPDX-License-Identifier: Apache-2.0
// What rooms put on Today and on Readiness, in the order in which it stands there.
#include "diary/offer.h"

#include <stddef.h>

extern const PageOffer audits_offer, first_steps_offer, improvement_offer, reviews_offer;

const PageOffer *const page_offers[] = {&first_steps_offer, &reviews_offer, &audits_offer,
                                        &improvement_offer, NULL};
