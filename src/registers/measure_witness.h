// SPDX-License-Identifier: Apache-2.0
#ifndef DAYBOOK_MEASURE_WITNESS_H
#define DAYBOOK_MEASURE_WITNESS_H

#include "ledger/witness.h"

extern const Witness reading_witness;

#endif
