// SPDX-License-Identifier: Apache-2.0
// Inside the audits' pages: rows made once for the audit, its report and their JSON.
#ifndef DAYBOOK_AUDIT_ROWS_H
#define DAYBOOK_AUDIT_ROWS_H

#include "audits/audit.views.h"
#include "audits/audit_work.h"
#include "audits/checklist.h"
#include "diary/pages.h"
#include "http/request.h"

StatusMark audit_mark(AuditState state, Date latest, Date today);
StatusMark result_mark(ItemResult result);
AuditAreaRowList audit_area_rows(Context *c, int64_t audit);
AuditMemberRowList audit_member_rows(Context *c, int64_t audit);
AuditWaiverRowList audit_waiver_rows(Context *c, int64_t audit);
AuditAuditeeRowList audit_auditee_rows(Context *c, int64_t audit);
AuditSampleRowList audit_sample_rows(Context *c, int64_t audit);
AuditFindingRowList audit_finding_rows(Context *c, int64_t audit);
AuditNoteRowList audit_note_rows(Context *c, int64_t audit);
// only: NULL, or a result's name. Evidence by name too, when asked.
AuditItemGroupList audit_item_groups(Context *c, int64_t audit, const char *only, bool evidence);
void audit_gap_rows(Context *c, int64_t audit, GapLineList *out);
void audit_grade_choices(Context *c, const char *chosen, ChoiceList *out);
const char *audit_home(Request *r, int64_t audit, const char *below); // "/o/x/audits/7" + below
// Whom a form means, as a person; a position means its holder.
bool audit_person_named(Context *c, const char *field, const char *text, int64_t *person);

#endif
