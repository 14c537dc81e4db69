// SPDX-License-Identifier: Apache-2.0
// The rule at the end of a TZif file: a POSIX TZ string with the extensions of RFC 8536, 3.3.1
// ("CET-1CEST,M3.5.0,M10.5.0/3"), which says what happens after the last listed transition.
#ifndef DAYBOOK_ZONE_RULE_H
#define DAYBOOK_ZONE_RULE_H

#include "base/time.h"

typedef enum RuleDayKind { RULE_MONTH_WEEK_DAY, RULE_JULIAN, RULE_DAY_OF_YEAR } RuleDayKind;
typedef struct RuleDay {
  RuleDayKind kind;
  int month, week, day; // day: 0 Sunday … 6, or the day of the year
  int32_t seconds;      // local time of the change; may be negative or beyond a day
} RuleDay;
typedef struct ZoneRule {
  char standard[12], summer[12];
  int32_t standard_offset, summer_offset; // seconds east of UTC
  bool has_summer;
  RuleDay starts, ends; // of summer time
} ZoneRule;

bool zone_rule_parse(const char *text, ZoneRule *out);
int32_t zone_rule_offset(const ZoneRule *rule, int64_t t, const char **abbreviation);

#endif
