// SPDX-License-Identifier: Apache-2.0
// One activity beside the laid-out series: an audit ad hoc, a visit nobody planned. It belongs to a
// duty without a cadence, made when first needed.
#include "db/db.h"
#include "diary/change.h"
#include "diary/duty.sql.h"
#include "diary/lines.h"

static int64_t duty_of(Context *c, const ActivityAdd *add) {
  SqlDutyByKeyRow row;
  if (sql_duty_by_key(c, (SqlDutyByKey){.duty_key = add->duty_key}, &row)) return row.id;
  Facts facts;
  if (!context_ok(c) || !org_facts(c, &facts)) return 0;
  const char *kind = duty_kind_name(add->kind);
  int64_t id = sql_duty_insert(c, (SqlDutyInsert){.duty_key = add->duty_key,
                                                  .kind = kind,
                                                  .title = add->duty_title,
                                                  .why = add->duty_why,
                                                  .anchor = ANCHOR_FIXED,
                                                  .series_from = add->due,
                                                  .until_on = DATE_LAST,
                                                  .lead_days = add->lead_days,
                                                  .tolerance_days = add->tolerance_days,
                                                  .start_minute = add->start_minute,
                                                  .duration_minutes = add->duration_minutes});
  if (id <= 0) return 0;
  LedgerEntry *entry = ledger_entry(c, "duty.adopted", "duty", id);
  ledger_value(entry, "key", add->duty_key);
  ledger_value(entry, "kind", kind);
  ledger_value(entry, "title", add->duty_title);
  ledger_number(entry, "every_months", 0);
  ledger_number(entry, "maximum_months", 0);
  return ledger_write(entry) && tally_refresh_duty(c, id) ? id : 0;
}

bool activity_add(Context *c, const ActivityAdd *add, int64_t *id) {
  TRANSACTION(c, tx);
  if (text_is_empty(add->title)) invalid(c, "title", _("Say what it is."));
  if (date_is_none(add->due)) invalid(c, "due", _("Give the date as YYYY-MM-DD."));
  if (!context_ok(c)) return false;
  int64_t duty = duty_of(c, add);
  SqlActivityLastOrdinalRow last;
  if (duty == 0 || !sql_activity_last_ordinal(c, (SqlActivityLastOrdinal){.duty = duty}, &last))
    return false;
  Proposal proposal = {.kind = add->kind,
                       .title = add->duty_title,
                       .start_minute = add->start_minute,
                       .site = add->site};
  PlannedActivity planned = {.duty = &proposal,
                             .title = add->title,
                             .stage = add->stage,
                             .why = add->why,
                             .series = add->due,
                             .earliest = date_add_days(add->due, -add->lead_days),
                             .due = add->due,
                             .latest = date_add_days(add->due, add->tolerance_days),
                             .duration_minutes = add->duration_minutes};
  return change_add(c, duty, &planned, last.ordinal + 1, add->owner, id) && transaction_commit(&tx);
}
