// SPDX-License-Identifier: Apache-2.0
// The report of an audit as a document, with the hash of its last issue.
#ifndef DAYBOOK_AUDIT_DOCUMENT_H
#define DAYBOOK_AUDIT_DOCUMENT_H

#include "audits/audit.h"
#include "report/report.h"

Document *audit_document(Context *c, const Audit *audit, const char *base_url);

#endif
