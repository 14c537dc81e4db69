// SPDX-License-Identifier: Apache-2.0
#include "html/html.h"

#include <stdio.h>
#include <strings.h>

Html html_of(const Text *text) {
  return (Html){text->data, text->length};
}

void html_finish(Text *out) {
  html_bytes(out, "", 1);
  out->length--;
}

static const char *entity(unsigned char c) {
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  case '\'': return "&#39;";
  default: return NULL;
  }
}

// Sixteen bytes at a time: is any of them one of the five characters that mean something to a
// parser of HTML? Compilers make four instructions of each comparison, whatever the processor.
typedef unsigned char Block __attribute__((vector_size(16)));

static bool has_special(const char *bytes) {
  Block block;
  memcpy(&block, bytes, sizeof block);
  const Block found = (Block)(block == '&') | (Block)(block == '<') | (Block)(block == '>') |
                      (Block)(block == '"') | (Block)(block == '\'');
  uint64_t halves[2];
  memcpy(halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

// Bytes before the first special character, `length` if there is none.
static size_t plain_length(const char *text, size_t length) {
  size_t at = 0;
  while (length - at >= sizeof(Block) && !has_special(text + at)) at += sizeof(Block);
  while (at < length && entity((unsigned char)text[at]) == NULL) at++;
  return at;
}

void html_text(Text *out, const char *text) {
  size_t length = text == NULL ? 0 : strlen(text);
  while (length > 0) {
    const size_t plain = plain_length(text, length);
    html_bytes(out, text, plain);
    if (plain == length) {
      return;
    }
    const char *name = entity((unsigned char)text[plain]);
    html_bytes(out, name, strlen(name));
    text += plain + 1;
    length -= plain + 1;
  }
}

static bool scheme_is(const char *url, size_t length, const char *scheme) {
  return length == strlen(scheme) && strncasecmp(url, scheme, length) == 0;
}

// RFC 3986, 3.1: a scheme ends at the first colon that stands before any slash, ? or #.
static bool url_is_safe(const char *url) {
  const size_t length = strcspn(url, ":/?#");
  for (const char *c = url; *c != '\0'; c++) {
    if ((unsigned char)*c <= ' ' || *c == '\\') { // browsers drop or turn these; so would a trick
      return false;
    }
  }
  if (url[length] != ':') {
    return true;
  }
  return scheme_is(url, length, "http") || scheme_is(url, length, "https") ||
         scheme_is(url, length, "mailto");
}

void html_url(Text *out, const char *url) {
  if (url == NULL) {
    return;
  }
  html_text(out, url_is_safe(url) ? url : "#");
}

static bool unreserved(unsigned char c) { // RFC 3986, 2.3
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void html_url_part(Text *out, const char *part) {
  static const char hex[] = "0123456789ABCDEF";
  for (const char *at = part; at != NULL && *at != '\0'; at++) {
    const unsigned char c = (unsigned char)*at;
    if (unreserved(c)) {
      html_bytes(out, at, 1);
    } else {
      html_bytes(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
    }
  }
}

void html_int(Text *out, int64_t number) {
  text_add_int(out, number);
}

void html_real(Text *out, double number) {
  char digits[40];
  int length = snprintf(digits, sizeof digits, "%.15g", number);
  double again = 0;
  if (!text_to_real(digits, &again) || again < number || again > number) {
    length = snprintf(digits, sizeof digits, "%.17g", number);
  }
  html_bytes(out, digits, (size_t)length);
}

static void two_digits(char *at, int n) {
  at[0] = (char)('0' + n / 10 % 10);
  at[1] = (char)('0' + n % 10);
}

void html_date_iso(Text *out, Date day) {
  if (date_is_none(day)) {
    return;
  }
  int year = 0, month = 0, of_month = 0;
  date_split(day, &year, &month, &of_month);
  char iso[10] = "0000-00-00";
  two_digits(iso, year / 100);
  two_digits(iso + 2, year);
  two_digits(iso + 5, month);
  two_digits(iso + 8, of_month);
  html_bytes(out, iso, sizeof iso);
}

// What stands between the day and the month: German puts a full stop.
#define DAY_AND_MONTH N_(" ")

void html_date_words(Text *out, Date day) {
  if (date_is_none(day)) {
    return;
  }
  int year = 0, month = 1, of_month = 0;
  date_split(day, &year, &month, &of_month);
  const char *name = month_name(month), *after = _(DAY_AND_MONTH);
  html_int(out, of_month);
  html_bytes(out, after, strlen(after));
  html_bytes(out, name, strlen(name));
  html_literal(out, " ");
  html_int(out, year);
}

void html_date(Text *out, Date day) {
  if (date_is_none(day)) {
    return;
  }
  html_literal(out, "<time datetime=\"");
  html_date_iso(out, day);
  html_literal(out, "\">");
  html_date_words(out, day);
  html_literal(out, "</time>");
}

void html_instant_iso(Text *out, Instant at) {
  if (instant_is_none(at)) {
    return;
  }
  const int64_t seconds = (at.us - ((at.us % 1000000) + 1000000) % 1000000) / 1000000;
  const int64_t days = (seconds - ((seconds % 86400) + 86400) % 86400) / 86400;
  const int of_day = (int)(seconds - days * 86400);
  html_date_iso(out, (Date){(int32_t)days});
  char clock[10] = "T00:00:00Z";
  two_digits(clock + 1, of_day / 3600);
  two_digits(clock + 4, of_day / 60 % 60);
  two_digits(clock + 7, of_day % 60);
  html_bytes(out, clock, sizeof clock);
}

void html_instant(Text *out, const Zone *zone, Instant at) {
  if (instant_is_none(at)) {
    return;
  }
  int32_t second = 0;
  const Date day = zone_date(zone, at, &second);
  html_literal(out, "<time datetime=\"");
  html_instant_iso(out, at);
  html_literal(out, "\">");
  html_date_words(out, day);
  char clock[7] = ", 00:00";
  two_digits(clock + 2, second / 3600);
  two_digits(clock + 5, second / 60 % 60);
  html_bytes(out, clock, sizeof clock);
  html_literal(out, "</time>");
}
