// SPDX-License-Identifier: Apache-2.0
// Inside one audit: what its rules share.
#ifndef DAYBOOK_AUDIT_WORK_H
#define DAYBOOK_AUDIT_WORK_H

#include "audits/audit.h"
#include "audits/audit.sql.h"
#include "audits/checklist.sql.h"
#include "db/db.h"
#include "ledger/ledger.h"

// Loads an audit that may be changed; conflict if it is concluded or cancelled, or at another
// version than the caller saw (0: any).
bool audit_load_open(Context *c, int64_t id, int64_t version, Audit *out);
bool audit_tell_search(Context *c, int64_t id);
bool audit_mail_report(Context *c, const Audit *audit, int64_t number, int64_t person);
bool audit_mail_auditee(Context *c, const Audit *audit, int64_t person); // the plan
// The controls and clauses of an area, from the built-in set; how many of `most` were written.
struct ControlEntry;
size_t audit_area_entries(Context *c, const SqlAuditAreasRow *area, const struct ControlEntry **out,
                          size_t most);
const SqlAuditAreasRow *audit_area_of(const SqlAuditAreasRows *areas, int64_t id);
// The text of the report as of now, for its hash; what a reader sees is the same data.
bool audit_report_hash(Context *c, int64_t audit, char hex[65]);
// Refused with every hard bias named; `field` is the form's.
bool audit_refuse_biases(Context *c, const char *field, const Biases *biases);
// Refused, as above, if this person may not judge this area.
bool audit_may_judge(Context *c, const char *field, int64_t audit, int64_t person, int64_t area);
bool audit_is_member(Context *c, int64_t audit, int64_t person); // who may judge, today
bool audit_known_person(Context *c, const char *field, int64_t person, SqlAuditPersonRow *out);

#endif
