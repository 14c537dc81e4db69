// SPDX-License-Identifier: Apache-2.0
// What the reviews declare to `daybook verify`.
#ifndef DAYBOOK_REVIEWS_WITNESS_H
#define DAYBOOK_REVIEWS_WITNESS_H

#include "ledger/witness.h"

extern const Witness review_witness, review_input_witness, review_decision_witness,
    review_document_witness, review_effect_witness, review_words_witness;

#endif
