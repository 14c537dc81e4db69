// SPDX-License-Identifier: Apache-2.0
// What a register's words say about a measurement: "<5% by 2026-12-31", "4.2% (2026-Q1)".
#include "registers/measure.h"

#include <ctype.h>
#include <string.h>

static int direction_of(const char *text) {
  static const char *const lower[] = {"<",       "≤",       "at most",   "below ", "under ",
                                      "within ", "maximum", "less than", "up to ", "fewer than"};
  static const char *const higher[] = {">", "≥", "at least", "above ", "minimum", "more than"};
  for (size_t i = 0; i < COUNT_OF(lower); i++)
    if (text_contains_fold(text, lower[i])) return DIRECTION_LOWER;
  for (size_t i = 0; i < COUNT_OF(higher); i++)
    if (text_contains_fold(text, higher[i])) return DIRECTION_HIGHER;
  return 0;
}

// "1,5" and "1.5" alike; "1,000" is a thousand.
static bool number_at(const char *text, double *value, size_t *length) {
  char digits[32];
  size_t n = 0, at = 0;
  for (; n + 1 < sizeof digits; at++) {
    char c = text[at];
    bool thousands = c == ',' && isdigit((unsigned char)text[at + 1]) &&
                     isdigit((unsigned char)text[at + 2]) && isdigit((unsigned char)text[at + 3]) &&
                     !isdigit((unsigned char)text[at + 4]);
    if (thousands) continue;
    bool point = (c == '.' || c == ',') && isdigit((unsigned char)text[at + 1]);
    if (!isdigit((unsigned char)c) && !point) break;
    digits[n++] = point ? '.' : c;
  }
  digits[n] = '\0';
  *length = at;
  return text_to_real(digits, value);
}

static Date last_of_month(int year, int month) {
  Date first = date_make(year, month, 1);
  return date_is_none(first) ? first : date_month_end(first);
}

// The first of "2026-03-31", "2026-03" and "2026-Q1" in a text: its last day.
static Date day_in(const char *text) {
  for (const char *p = text; strlen(p) >= 7; p++) {
    int64_t year, part;
    char digits[5] = {0};
    memcpy(digits, p, 4);
    if (!isdigit((unsigned char)*p) || !text_to_int(digits, &year) || p[4] != '-' || year < 1900)
      continue;
    char ten[11] = {0};
    Date day;
    memcpy(ten, p, strnlen(p, 10));
    if (date_parse(ten, &day)) return day;
    if ((p[5] == 'Q' || p[5] == 'q') && p[6] >= '1' && p[6] <= '4')
      return last_of_month((int)year, (p[6] - '0') * 3);
    char two[3] = {p[5], p[6], '\0'};
    if (text_to_int(two, &part) && part >= 1 && part <= 12)
      return last_of_month((int)year, (int)part);
  }
  return DATE_NONE;
}

// The word behind the number, unless the sentence goes on ("by 2026-12-31").
static const char *unit_at(Arena *arena, const char *text) {
  while (*text == ' ') text++;
  if (*text == '%') return "%";
  size_t length = 0;
  while (isalpha((unsigned char)text[length]) || (unsigned char)text[length] >= 0x80) length++;
  const char *word = text_copy_n(arena, text, length);
  static const char *const not_units[] = {"by", "per", "of", "in", "until", "and", "or", "from"};
  for (size_t i = 0; i < COUNT_OF(not_units); i++)
    if (text_equal_fold(word, not_units[i])) return "";
  return word;
}

bool measure_words(Arena *arena, const char *text, MeasureWords *out) {
  *out = (MeasureWords){.unit = "", .day = DATE_NONE};
  if (text == NULL) return false;
  for (const char *p = text; *p != '\0'; p++) {
    size_t length;
    bool begins = p == text || !(isalnum((unsigned char)p[-1]) || p[-1] == '-' || p[-1] == '.');
    if (!isdigit((unsigned char)*p) || !begins || !number_at(p, &out->value, &length)) continue;
    out->unit = unit_at(arena, p + length);
    out->day = day_in(p + length);
    out->direction = direction_of(text);
    return true;
  }
  return false;
}
