// SPDX-License-Identifier: Apache-2.0
#include "diary/cycle.h"

#define HALF_A_YEAR 183

static int year_of(Date date) {
  int year, month, day;
  date_split(date, &year, &month, &day);
  return year;
}

static Date earlier(Date a, Date b) {
  return date_compare(a, b) < 0 ? a : b;
}

Date cycle_expiry(Date decision) {
  return date_add_days(date_add_months(decision, 36), -1);
}

static bool year_has_audit(const Cycle *cycle, int year) {
  for (size_t i = 0; i < cycle->count; i++) {
    if (year_of(cycle->audits[i].due) == year) return true;
  }
  return false;
}

// A calendar year the certificate spans wholly must hold an external audit.
static bool year_is_whole(const Cycle *cycle, int year) {
  return year > year_of(cycle->decision) && year < year_of(cycle->expiry);
}

static void cycle_add_surveillance(Cycle *cycle, int32_t number, Date due) {
  Date anniversary = date_add_months(cycle->decision, 12 * number);
  Date year_end = date_make(year_of(due), 12, 31);
  // The first counts from the decision (12 months), the later ones also by calendar year.
  bool bound = number > 1 && date_compare(year_end, anniversary) < 0;
  cycle->audits[cycle->count++] = (ExternalAudit){
      .number = number, .due = due, .latest = bound ? year_end : anniversary, .year_bound = bound};
}

static void cycle_add_recertification(Cycle *cycle, Date due) {
  int year = year_of(due);
  bool bound = year_is_whole(cycle, year) && !year_has_audit(cycle, year);
  Date latest = date_add_days(cycle->expiry, -1);
  if (bound) latest = earlier(latest, date_make(year, 12, 31));
  cycle->audits[cycle->count++] =
      (ExternalAudit){.recertification = true, .due = due, .latest = latest, .year_bound = bound};
}

Cycle cycle_of(Date decision, Date expiry) {
  Cycle cycle = {.decision = decision,
                 .expiry = date_is_none(expiry) ? cycle_expiry(decision) : expiry};
  // Four months: closing findings takes about one, and the aim is to finish three months early.
  Date recertification = date_add_months(cycle.expiry, -4);
  if (date_compare(recertification, decision) <= 0) recertification = date_add_days(decision, 1);
  for (int32_t number = 1; cycle.count < CYCLE_AUDITS_MAX - 1; number++) {
    Date due = date_add_months(decision, 12 * number - 1);
    if (date_compare(due, recertification) >= 0) break;
    // A certificate that runs longer than three years (an old expiry date kept as anchor): where a
    // whole calendar year would otherwise hold nothing, the recertification comes in that year, or
    // a third surveillance if it is far off.
    int year = year_of(due);
    bool needed = year_is_whole(&cycle, year) && year != year_of(recertification);
    if (number > 2 && needed && date_diff(recertification, due) <= HALF_A_YEAR) {
      recertification = due;
      break;
    }
    if (number <= 2 || needed) cycle_add_surveillance(&cycle, number, due);
  }
  cycle_add_recertification(&cycle, recertification);
  return cycle;
}
