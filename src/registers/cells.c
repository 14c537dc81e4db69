// SPDX-License-Identifier: Apache-2.0
// Cells become values once, or say what was expected.
#include "registers/kinds.h"

#include <string.h>

enum { LARGEST_NUMBER = 1000000 };

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads `digits` digits; -1 if they are not there.
static int read_digits(const char **p, size_t least, size_t most) {
  int value = 0;
  size_t n = 0;
  for (; n < most && is_digit(**p); n++, (*p)++) value = value * 10 + (**p - '0');
  return n >= least ? value : -1;
}

static bool read_iso(const char **p, int *year, int *month, int *day) {
  const char *q = *p;
  *year = read_digits(&q, 4, 4);
  if (*year < 0 || *q++ != '-') return false;
  *month = read_digits(&q, 1, 2);
  if (*month < 0 || *q++ != '-') return false;
  *day = read_digits(&q, 1, 2);
  *p = q;
  return *day >= 0;
}

// 15.03.2026, as much of Europe writes it.
static bool read_dotted(const char **p, int *year, int *month, int *day) {
  const char *q = *p;
  *day = read_digits(&q, 1, 2);
  if (*day < 0 || *q++ != '.') return false;
  *month = read_digits(&q, 1, 2);
  if (*month < 0 || *q++ != '.') return false;
  *year = read_digits(&q, 4, 4);
  *p = q;
  return *year >= 0;
}

// " 22:00", "T22:00:15Z"; true with *minute -1 when there is nothing more.
static bool read_time(const char *p, int *minute) {
  *minute = -1;
  if (*p == '\0') return true;
  if (*p != ' ' && *p != 'T') return false;
  p++;
  int hour = read_digits(&p, 1, 2);
  if (hour < 0 || *p++ != ':') return false;
  int minutes = read_digits(&p, 2, 2);
  if (minutes < 0) return false;
  if (*p == ':') {
    p++;
    if (read_digits(&p, 2, 2) < 0) return false;
    if (*p == '.') {
      p++;
      if (read_digits(&p, 1, 9) < 0) return false;
    }
  }
  if (*p == 'Z') p++;
  *minute = hour * 60 + minutes;
  return *p == '\0' && hour < 24 && minutes < 60;
}

DayForm day_read(const char *text, Date *day, int *minute) {
  const char *p = text;
  int year, month, number;
  *day = DATE_NONE;
  if (!read_iso(&p, &year, &month, &number)) {
    p = text;
    if (!read_dotted(&p, &year, &month, &number)) return DAY_NOT;
  }
  if (*p != '\0' && *p != ' ' && *p != 'T') return DAY_NOT;
  if (!read_time(p, minute)) return is_digit(p[1]) ? DAY_IMPOSSIBLE : DAY_NOT;
  *day = date_make(year, month, number);
  if (date_is_none(*day)) return DAY_IMPOSSIBLE;
  return *minute < 0 ? DAY_ONLY : DAY_AND_TIME;
}

static Parsed parse_day(Arena *arena, const KindField *field, const char *cell, Value *out,
                        const char **problem) {
  int minute;
  switch (day_read(cell, &out->date, &minute)) {
  case DAY_ONLY: out->text = date_text(arena, out->date); return PARSED;
  case DAY_AND_TIME:
    out->text = date_text(arena, out->date);
    if (field->type == CELL_TIME)
      out->text = text_format(arena, "%s %02d:%02d", out->text, minute / 60, minute % 60);
    return PARSED;
  case DAY_IMPOSSIBLE:
    *problem = text_format(arena,
                           _("“%s” is not a day of the calendar; expected a date such as "
                             "2027-02-28"),
                           cell);
    return PARSED_NOT;
  case DAY_NOT: break;
  }
  if ((field->flags & CELL_REQUIRED) == 0) return PARSED_AS_NOTE;
  *problem = text_format(arena, _("“%s” is not a date; expected one such as 2027-02-28"), cell);
  return PARSED_NOT;
}

static Parsed parse_number(Arena *arena, const char *cell, Value *out, const char **problem) {
  if (!text_to_int(cell, &out->number)) return PARSED_AS_NOTE;
  if (out->number < 0 || out->number > LARGEST_NUMBER) {
    *problem = text_format(arena, _("“%s” is out of range; expected 0 to 1,000,000"), cell);
    return PARSED_NOT;
  }
  out->text = text_format(arena, "%lld", (long long)out->number);
  return PARSED;
}

static Parsed parse_yes_no(Arena *arena, const KindField *field, const char *cell, Value *out,
                           const char **problem) {
  static const char *const yes[] = {"yes", "y", "ja", "true", "1", "x", "applicable", "included"};
  static const char *const no[] = {"no",  "n",       "nein", "false", "0", "not applicable",
                                   "n/a", "excluded"};
  for (size_t i = 0; i < COUNT_OF(yes); i++)
    if (text_equal_fold(cell, yes[i])) {
      out->number = 1;
      out->text = "Yes";
      return PARSED;
    }
  for (size_t i = 0; i < COUNT_OF(no); i++)
    if (text_equal_fold(cell, no[i])) {
      out->text = "No";
      return PARSED;
    }
  if ((field->flags & CELL_REQUIRED) == 0) return PARSED_AS_NOTE;
  *problem = text_format(arena, _("“%s” is neither Yes nor No"), cell);
  return PARSED_NOT;
}

Parsed field_parse(Arena *arena, const KindField *field, const char *cell, Value *out,
                   const char **problem) {
  *out = (Value){.text = "", .date = DATE_NONE};
  if (cell[0] == '\0') {
    if ((field->flags & CELL_REQUIRED) == 0) return PARSED;
    *problem = text_format(arena, _("“%s” is needed and is empty"), _(field->label));
    return PARSED_NOT;
  }
  Parsed parsed = PARSED;
  switch (field->type) {
  case CELL_TEXT:
  case CELL_OWNER: out->text = cell; break;
  case CELL_DATE:
  case CELL_TIME: parsed = parse_day(arena, field, cell, out, problem); break;
  case CELL_NUMBER: parsed = parse_number(arena, cell, out, problem); break;
  case CELL_YES_NO: parsed = parse_yes_no(arena, field, cell, out, problem); break;
  }
  out->set = parsed == PARSED;
  if (!out->set) out->text = "", out->date = DATE_NONE, out->number = 0;
  return parsed;
}

int32_t interval_months(const char *text) {
  static const struct {
    const char *word;
    int32_t months;
  } words[] = {{"month", 1},    {"quarter", 3},   {"half", 6},    {"semi", 6},
               {"biannual", 6}, {"bi-annual", 6}, {"annual", 12}, {"year", 12}};
  if (text_is_empty(text)) return 0;
  const char *p = text;
  if (is_digit(*p)) {
    int n = read_digits(&p, 1, 3);
    if (n <= 0 || is_digit(*p)) return 0;
    while (*p == ' ') p++;
    if (*p == '\0' || text_starts(p, "m") || text_starts(p, "M")) return n;
    return (text_starts(p, "y") || text_starts(p, "Y")) && n <= 10 ? n * 12 : 0;
  }
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (text_contains_fold(text, words[i].word)) return words[i].months;
  return 0;
}

const char *value_text(const Values *values, size_t field) {
  const char *text = values->of[field].text;
  return text != NULL ? text : "";
}

Date value_date(const Values *values, size_t field) {
  return values->of[field].set ? values->of[field].date : DATE_NONE;
}

void values_set_text(Values *values, size_t field, const char *text) {
  values->of[field] = (Value){.text = text, .date = DATE_NONE, .set = !text_is_empty(text)};
}

void values_set_date(Arena *arena, Values *values, size_t field, Date date) {
  bool set = !date_is_none(date);
  values->of[field] = (Value){.text = set ? date_text(arena, date) : "", .date = date, .set = set};
}

OptInt value_number(const Values *values, size_t field) {
  return (OptInt){.has = values->of[field].set, .value = values->of[field].number};
}

void values_set_number(Arena *arena, Values *values, size_t field, OptInt number) {
  values->of[field] = (Value){.text = "", .date = DATE_NONE, .number = number.value};
  values->of[field].set = number.has;
  if (number.has) values->of[field].text = text_format(arena, "%lld", (long long)number.value);
}

void values_set_yes_no(Values *values, size_t field, OptInt answer) {
  values->of[field] = (Value){.text = "", .date = DATE_NONE, .number = answer.value};
  values->of[field].set = answer.has;
  if (answer.has) values->of[field].text = answer.value != 0 ? "Yes" : "No";
}
