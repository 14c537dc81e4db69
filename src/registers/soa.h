// SPDX-License-Identifier: Apache-2.0
// The Statement of Applicability as it stands in the register.
#ifndef DAYBOOK_SOA_H
#define DAYBOOK_SOA_H

#include "report/report.h"

bool soa_in_place(const char *status); // what an organisation calls a control that is in place
Document *soa_document(Context *c);    // NULL with c->error

#endif
