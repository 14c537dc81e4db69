// SPDX-License-Identifier: Apache-2.0
// Calendar days and instants. Day arithmetic follows the era method: 400 years are 146,097 days.
#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_TO_1970 = 719468, DAYS_PER_ERA = 146097, FIRST_YEAR = 1900, LAST_YEAR = 2199 };

// Years begin in March, so that the leap day is the last of its year.
static int32_t days_from_civil(int year, int month, int day) {
  year -= month <= 2;
  int era = (year >= 0 ? year : year - 399) / 400;
  int year_of_era = year - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

void date_split(Date d, int *year, int *month, int *day) {
  int32_t z = d.days + DAYS_TO_1970;
  int32_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int32_t day_of_era = z - era * DAYS_PER_ERA;
  int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int32_t shifted = (5 * day_of_year + 2) / 153;
  int m = shifted < 10 ? shifted + 3 : shifted - 9;
  if (year != NULL) *year = year_of_era + era * 400 + (m <= 2);
  if (month != NULL) *month = m;
  if (day != NULL) *day = day_of_year - (153 * shifted + 2) / 5 + 1;
}

static int month_length(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return lengths[month - 1] + (month == 2 && leap);
}

Date date_make(int year, int month, int day) {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
      (day > 28 && day > month_length(year, month)))
    return DATE_NONE;
  return (Date){days_from_civil(year, month, day)};
}

// Exactly `count` digits; -1 if there are not.
static int digits(const char *text, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// Two digits; anything from 100 up if they are not both digits. A list reads hundreds of dates.
static inline unsigned pair(const char *text) {
  const unsigned tens = (unsigned)(unsigned char)text[0] - '0',
                 ones = (unsigned)(unsigned char)text[1] - '0';
  return tens > 9 || ones > 9 ? 1000000 : tens * 10 + ones;
}

static bool parse_date(const char *text, Date *out) {
  const unsigned year = pair(text) * 100 + pair(text + 2), month = pair(text + 5),
                 day = pair(text + 8);
  if (text[4] != '-' || text[7] != '-' || year > 9999 || month > 12 || day > 31) return false;
  *out = date_make((int)year, (int)month, (int)day);
  return !date_is_none(*out);
}

bool date_parse_n(const char *text, size_t length, Date *out) {
  Date parsed;
  if (length != 10 || !parse_date(text, &parsed)) return false;
  *out = parsed;
  return true;
}

bool date_parse(const char *text, Date *out) {
  return text != NULL && date_parse_n(text, strlen(text), out);
}

char *date_text(Arena *arena, Date d) {
  if (date_is_none(d)) return text_copy(arena, "");
  int year, month, day;
  date_split(d, &year, &month, &day);
  char digits10[11] = {(char)('0' + year / 1000 % 10),
                       (char)('0' + year / 100 % 10),
                       (char)('0' + year / 10 % 10),
                       (char)('0' + year % 10),
                       '-',
                       (char)('0' + month / 10),
                       (char)('0' + month % 10),
                       '-',
                       (char)('0' + day / 10),
                       (char)('0' + day % 10)};
  return text_copy_n(arena, digits10, 10);
}

const char *month_name(int month) {
  static const char *const months[] = {N_("January"), N_("February"), N_("March"),
                                       N_("April"),   N_("May"),      N_("June"),
                                       N_("July"),    N_("August"),   N_("September"),
                                       N_("October"), N_("November"), N_("December")};
  return month >= 1 && month <= 12 ? _(months[month - 1]) : "";
}

const char *month_short(int month) {
  static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"),
                                       N_("May"), N_("Jun"), N_("Jul"), N_("Aug"),
                                       N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};
  return month >= 1 && month <= 12 ? _(months[month - 1]) : "";
}

const char *date_month_short(Date day) {
  int year, month, number;
  date_split(day, &year, &month, &number);
  return month_short(month);
}

// A calendar says hundreds of days: as most languages have them they are put together directly.
char *date_words(Arena *arena, Date d) {
  static const char *const usual = N_("%d %s %d");
  if (date_is_none(d)) return text_copy(arena, "");
  int year, month, day;
  date_split(d, &year, &month, &day);
  const char *form = _(usual);
  if (form != usual) return text_format(arena, form, day, month_name(month), year);
  Text words;
  text_init(&words, arena);
  text_add_int(&words, day);
  text_add_char(&words, ' ');
  text_add(&words, month_name(month));
  text_add_char(&words, ' ');
  text_add_int(&words, year);
  return words.data;
}

Date date_add_months(Date d, int32_t n) {
  if (date_is_none(d)) return d;
  int year, month, day;
  date_split(d, &year, &month, &day);
  int64_t total = (int64_t)year * 12 + (month - 1) + n;
  if (total < FIRST_YEAR * 12 || total >= (LAST_YEAR + 1) * 12) return DATE_NONE;
  int new_year = (int)(total / 12), new_month = (int)(total % 12) + 1;
  int last = month_length(new_year, new_month);
  return date_make(new_year, new_month, day < last ? day : last);
}

int date_weekday(Date d) {
  int32_t from_monday = (d.days + 3) % 7; // 1970-01-01 was a Thursday
  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

Date date_month_end(Date d) {
  int year, month, day;
  date_split(d, &year, &month, &day);
  return date_add_days(d, month_length(year, month) - day);
}

// ---- instants ----

static const int64_t US = 1000000;

// "+02:00", "-05:30" or "Z" at the end of the text.
static bool parse_offset(const char *text, int *seconds) {
  if ((text[0] == 'Z' || text[0] == 'z') && text[1] == '\0') {
    *seconds = 0;
    return true;
  }
  if ((text[0] != '+' && text[0] != '-') || strlen(text) != 6 || text[3] != ':') return false;
  int hours = digits(text + 1, 2), minutes = digits(text + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return false;
  *seconds = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
  return true;
}

static const char *parse_fraction(const char *text, int64_t *us) {
  *us = 0;
  if (*text != '.') return text;
  const char *p = text + 1;
  int64_t unit = US / 10;
  for (; *p >= '0' && *p <= '9'; p++, unit /= 10) *us += (*p - '0') * unit;
  return p == text + 1 ? NULL : p;
}

bool instant_parse(const char *text, Instant *out) {
  Date day;
  if (date_parse(text, &day)) {
    out->us = (int64_t)day.days * 86400 * US;
    return true;
  }
  if (text == NULL || strlen(text) < 20 || !parse_date(text, &day) ||
      (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return false;
  int hour = digits(text + 11, 2), minute = digits(text + 14, 2), second = digits(text + 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  int64_t us;
  int offset;
  const char *rest = parse_fraction(text + 19, &us);
  if (rest == NULL || !parse_offset(rest, &offset)) return false;
  int64_t seconds = (int64_t)day.days * 86400 + hour * 3600 + minute * 60 + second - offset;
  out->us = seconds * US + us;
  return true;
}

char *instant_text(Arena *arena, Instant i) {
  if (instant_is_none(i)) return text_copy(arena, "");
  int64_t seconds = i.us / US - (i.us % US < 0);
  int64_t days = seconds / 86400 - (seconds % 86400 < 0);
  int second = (int)(seconds - days * 86400);
  int year, month, day;
  date_split((Date){(int32_t)days}, &year, &month, &day);
  return text_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, second / 3600,
                     second / 60 % 60, second % 60);
}
