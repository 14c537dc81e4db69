// SPDX-License-Identifier: Apache-2.0
#include "improvement/life.h"
#include "jobs/own.h"

const Job findings_return_job = {
    .name = "findings_return",
    .purpose = N_("Brings back what was parked until a day that has come: it is to be "
                  "decided again."),
    .every_seconds = 3600,
    .each_organisation = true,
    .in_transaction = true,
    .run = finding_return,
};
