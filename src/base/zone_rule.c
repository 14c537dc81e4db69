// SPDX-License-Identifier: Apache-2.0
#include "base/zone_rule.h"

#include <string.h>

static bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static const char *parse_name(const char *p, char out[12]) {
  bool quoted = *p == '<';
  size_t length = 0;
  for (p += quoted; quoted ? *p != '>' : is_letter(*p); p++) {
    if (*p == '\0' || length >= 11) return NULL;
    out[length++] = *p;
  }
  out[length] = '\0';
  return length < 3 ? NULL : p + quoted;
}

static const char *parse_number(const char *p, int largest, int *out) {
  int value = 0, count = 0;
  for (; *p >= '0' && *p <= '9' && count < 4; p++, count++) value = value * 10 + (*p - '0');
  *out = value;
  return count == 0 || value > largest ? NULL : p;
}

// [+-]hh[:mm[:ss]]
static const char *parse_time(const char *p, int32_t *seconds) {
  int sign = *p == '-' ? -1 : 1, parts[3] = {0};
  p += *p == '-' || *p == '+';
  for (int i = 0; i < 3; i++) {
    p = parse_number(p, i == 0 ? 167 : 59, &parts[i]);
    if (p == NULL) return NULL;
    if (*p != ':') break;
    if (i < 2) p++;
  }
  *seconds = sign * (parts[0] * 3600 + parts[1] * 60 + parts[2]);
  return p;
}

static const char *parse_month_week_day(const char *p, RuleDay *out) {
  out->kind = RULE_MONTH_WEEK_DAY;
  p = parse_number(p, 12, &out->month);
  if (p == NULL || *p != '.' || out->month < 1) return NULL;
  p = parse_number(p + 1, 5, &out->week);
  if (p == NULL || *p != '.' || out->week < 1) return NULL;
  return parse_number(p + 1, 6, &out->day);
}

static const char *parse_day(const char *p, RuleDay *out) {
  if (*p != ',') return NULL;
  p++;
  if (*p == 'M') {
    p = parse_month_week_day(p + 1, out);
  } else {
    out->kind = *p == 'J' ? RULE_JULIAN : RULE_DAY_OF_YEAR;
    p = parse_number(p + (*p == 'J'), 365, &out->day);
  }
  out->seconds = 7200;
  if (p != NULL && *p == '/') p = parse_time(p + 1, &out->seconds);
  return p;
}

bool zone_rule_parse(const char *text, ZoneRule *out) {
  *out = (ZoneRule){0};
  int32_t west;
  const char *p = parse_name(text, out->standard);
  if (p == NULL || (p = parse_time(p, &west)) == NULL) return false;
  out->standard_offset = -west;
  if (*p == '\0') return true;
  out->has_summer = true;
  out->summer_offset = out->standard_offset + 3600;
  p = parse_name(p, out->summer);
  if (p == NULL) return false;
  if (*p != ',') {
    p = parse_time(p, &west);
    if (p == NULL) return false;
    out->summer_offset = -west;
  }
  if ((p = parse_day(p, &out->starts)) == NULL || (p = parse_day(p, &out->ends)) == NULL)
    return false;
  return *p == '\0';
}

static bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

// Day number (since 1970) on which the rule's change falls in that year.
static int64_t day_in_year(const RuleDay *rule, int year, Date new_year) {
  if (rule->kind == RULE_DAY_OF_YEAR) return new_year.days + rule->day;
  if (rule->kind == RULE_JULIAN) // 1…365; 29 February is never counted
    return new_year.days + rule->day - 1 + (is_leap(year) && rule->day >= 60);
  static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
  int leap = is_leap(year);
  int first = new_year.days + before[rule->month - 1] + (leap && rule->month > 2);
  int length = before[rule->month] - before[rule->month - 1] + (leap && rule->month == 2);
  int weekday = date_weekday((Date){first}) % 7; // 0 Sunday
  int day = (rule->day - weekday + 7) % 7 + (rule->week - 1) * 7;
  return first + (day >= length ? day - 7 : day);
}

static int64_t change_in_year(const RuleDay *rule, int year, Date new_year, int32_t offset) {
  return day_in_year(rule, year, new_year) * 86400 + rule->seconds - offset;
}

// The first day of the year in which this local day lies, for any year at all.
static Date year_start(int64_t local_days, int *year) {
  int month, day;
  Date d = {(int32_t)local_days};
  date_split(d, year, &month, &day);
  static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return (Date){d.days - (before[month - 1] + (is_leap(*year) && month > 2) + day - 1)};
}

int32_t zone_rule_offset(const ZoneRule *rule, int64_t t, const char **abbreviation) {
  bool summer = false;
  if (rule->has_summer) {
    int64_t local = t + rule->standard_offset;
    int year;
    Date new_year = year_start(local / 86400 - (local % 86400 < 0), &year);
    int64_t starts = change_in_year(&rule->starts, year, new_year, rule->standard_offset);
    int64_t ends = change_in_year(&rule->ends, year, new_year, rule->summer_offset);
    summer = starts < ends ? t >= starts && t < ends : !(t >= ends && t < starts);
  }
  if (abbreviation != NULL) *abbreviation = summer ? rule->summer : rule->standard;
  return summer ? rule->summer_offset : rule->standard_offset;
}
