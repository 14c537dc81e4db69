// SPDX-License-Identifier: Apache-2.0
#define DEFINES_BASE
#include "base/base.h"
#include "base/memory.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

char *text_copy_n(Arena *arena, const char *bytes, size_t length) {
  char *copy = arena_take(arena, length + 1);
  if (length > 0) memcpy(copy, bytes, length);
  copy[length] = '\0';
  return copy;
}

char *text_copy(Arena *arena, const char *text) {
  return text == NULL ? NULL : text_copy_n(arena, text, strlen(text));
}

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool text_is_empty(const char *text) {
  if (text == NULL) return true;
  while (is_space(*text)) text++;
  return *text == '\0';
}

bool text_equal(const char *a, const char *b) {
  return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char fold(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_equal_fold(const char *a, const char *b) {
  if (a == NULL || b == NULL) return a == b;
  while (*a != '\0' && fold(*a) == fold(*b)) a++, b++;
  return fold(*a) == fold(*b);
}

bool text_starts(const char *text, const char *prefix) {
  return text != NULL && prefix != NULL && strncmp(text, prefix, strlen(prefix)) == 0;
}

bool text_contains_fold(const char *text, const char *part) {
  if (text == NULL || part == NULL) return false;
  for (;; text++) {
    size_t i = 0;
    while (part[i] != '\0' && fold(text[i]) == fold(part[i])) i++;
    if (part[i] == '\0') return true;
    if (*text == '\0') return false;
  }
}

// Bytes of the sequence that starts here (RFC 3629, table 3-7 of Unicode), 0 if it is none.
static size_t sequence_length(const unsigned char *s, size_t left) {
  if (s[0] < 0x80) return s[0] == 0 ? 0 : 1;
  if (s[0] < 0xC2 || s[0] > 0xF4) return 0;
  size_t length = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
  if (left < length) return 0;
  unsigned char low = 0x80, high = 0xBF;
  if (s[0] == 0xE0)
    low = 0xA0;
  else if (s[0] == 0xED)
    high = 0x9F; // surrogates
  else if (s[0] == 0xF0)
    low = 0x90;
  else if (s[0] == 0xF4)
    high = 0x8F;
  if (s[1] < low || s[1] > high) return 0;
  for (size_t i = 2; i < length; i++)
    if ((s[i] & 0xC0) != 0x80) return 0;
  return length;
}

bool text_is_utf8(const char *bytes, size_t length) {
  const unsigned char *s = (const unsigned char *)bytes;
  for (size_t i = 0; i < length;) {
    size_t n = sequence_length(s + i, length - i);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

char *text_trim(Arena *arena, const char *text) {
  if (text == NULL) return NULL;
  while (is_space(*text)) text++;
  size_t length = strlen(text);
  while (length > 0 && is_space(text[length - 1])) length--;
  return text_copy_n(arena, text, length);
}

const char *text_shorten(Arena *arena, const char *text, size_t most) {
  size_t length = strnlen(text, most + 1);
  if (length <= most) return text;
  for (length = most; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;) length--;
  return text_format(arena, "%s…", text_copy_n(arena, text, length));
}

static locale_t unicode_locale;
static void open_unicode_locale(void) {
  unicode_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static uint32_t decode(const unsigned char *s, size_t n) {
  static const unsigned char masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  uint32_t point = s[0] & masks[n];
  for (size_t i = 1; i < n; i++) point = point << 6 | (s[i] & 0x3Fu);
  return point;
}

static void encode(Text *out, uint32_t point) {
  if (point < 0x80) {
    text_add_char(out, (char)point);
    return;
  }
  int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  static const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
  text_add_char(out, (char)(leads[more] | point >> (6 * more)));
  while (more-- > 0) text_add_char(out, (char)(0x80 | (point >> (6 * more) & 0x3F)));
}

char *text_lower(Arena *arena, const char *text) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (text == NULL) return NULL;
  pthread_once(&once, open_unicode_locale);
  Text out;
  text_init(&out, arena);
  size_t left = strlen(text);
  for (const unsigned char *s = (const unsigned char *)text; left > 0;) {
    size_t n = sequence_length(s, left);
    if (n <= 1 || unicode_locale == (locale_t)0) {
      text_add_char(&out, fold((char)*s));
      n = 1;
    } else {
      encode(&out, (uint32_t)towlower_l((wint_t)decode(s, n), unicode_locale));
    }
    s += n;
    left -= n;
  }
  return out.data;
}

char *text_join(Arena *arena, const char *separator, const char *const *parts, size_t count) {
  Text out;
  text_init(&out, arena);
  for (size_t i = 0; i < count; i++) {
    if (i > 0) text_add(&out, separator);
    text_add(&out, parts[i]);
  }
  return out.data;
}

bool text_to_int(const char *text, int64_t *out) {
  if (text == NULL) return false;
  const char *digits = text + (*text == '-' || *text == '+');
  if (*digits < '0' || *digits > '9') return false;
  char *end;
  errno = 0;
  intmax_t value = strtoimax(text, &end, 10);
  if (errno != 0 || *end != '\0') return false;
  *out = value;
  return true;
}

bool text_to_real(const char *text, double *out) {
  if (text == NULL || *text == '\0') return false;
  for (const char *p = text; *p != '\0'; p++)
    if (strchr("0123456789+-.eE", *p) == NULL) return false;
  char *end;
  double value = strtod(text, &end);
  if (end == text || *end != '\0' || !isfinite(value)) return false;
  *out = value;
  return true;
}

// ---- growing text ----

void text_init(Text *text, Arena *arena) {
  text->arena = arena;
  text->capacity = 64;
  text->length = 0;
  text->data = arena_take(arena, text->capacity);
  text->data[0] = '\0';
}

static void grow(Text *text, size_t more) {
  size_t need;
  if (__builtin_add_overflow(text->length + 1, more, &need) || need > SIZE_MAX / 4) abort();
  size_t larger = text->capacity * 2;
  while (larger < need) larger *= 2;
  if (!arena_extend(text->arena, text->data, text->capacity, larger)) {
    char *moved = arena_take(text->arena, larger);
    memcpy(moved, text->data, text->length + 1);
    text->data = moved;
  }
  text->capacity = larger;
}

static inline void reserve(Text *text, size_t more) {
  if (text->capacity - text->length <= more) grow(text, more); // one more for the NUL
}

void text_reserve(Text *text, size_t more) {
  reserve(text, more);
}

void text_add_n(Text *text, const char *bytes, size_t length) {
  if (length == 0) return;
  reserve(text, length);
  memcpy(text->data + text->length, bytes, length);
  text->length += length;
  text->data[text->length] = '\0';
}

void text_add(Text *text, const char *string) {
  if (string != NULL) text_add_n(text, string, strlen(string));
}

void text_add_char(Text *text, char c) {
  reserve(text, 1);
  text->data[text->length++] = c;
  text->data[text->length] = '\0';
}

void text_add_int(Text *text, int64_t number) {
  char digits[20];
  size_t at = sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    digits[--at] = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) digits[--at] = '-';
  text_add_n(text, digits + at, sizeof digits - at);
}

// One of the conversions that nearly every text is made of; 0 for another. Bytes of it after '%'.
static size_t add_conversion(Text *text, const char *conversion, va_list *arguments) {
  if (conversion[0] == 's') {
    const char *string = va_arg(*arguments, const char *);
    text_add(text, string == NULL ? "(null)" : string);
    return 1;
  }
  if (conversion[0] == 'd') {
    text_add_int(text, va_arg(*arguments, int));
    return 1;
  }
  if (strncmp(conversion, "lld", 3) == 0) {
    text_add_int(text, va_arg(*arguments, long long));
    return 3;
  }
  if (conversion[0] == '%') text_add_char(text, '%');
  return conversion[0] == '%';
}

// Without the library's machinery, which took a tenth of a page. False: nothing was added.
static bool add_plainly(Text *text, const char *format, va_list *arguments) {
  const size_t before = text->length;
  for (const char *at = format;;) {
    const size_t literal = (size_t)(strchrnul(at, '%') - at);
    text_add_n(text, at, literal);
    at += literal;
    if (*at == '\0') return true;
    const size_t read = add_conversion(text, at + 1, arguments);
    if (read == 0) break;
    at += 1 + read;
  }
  text->length = before;
  text->data[before] = '\0';
  return false;
}

static void add_formatted(Text *text, const char *format, va_list arguments) {
  va_list plain;
  va_copy(plain, arguments);
  const bool added = add_plainly(text, format, &plain);
  va_end(plain);
  if (added) return;
  va_list again;
  va_copy(again, arguments);
  size_t room = text->capacity - text->length;
  int length = vsnprintf(text->data + text->length, room, format, arguments);
  if (length >= 0 && (size_t)length >= room) {
    reserve(text, (size_t)length);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
  }
  if (length > 0) text->length += (size_t)length;
  text->data[text->length] = '\0';
  va_end(again);
}

void text_add_format(Text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  add_formatted(text, format, arguments);
  va_end(arguments);
}

void text_add_count(Text *text, int64_t count, const char *words) {
  if (count == 0) return;
  text_add_format(text, "%s%lld %s", text->length > 0 ? ", " : "", (long long)count, words);
}

char *text_format_list(Arena *arena, const char *format, va_list arguments) {
  Text out;
  text_init(&out, arena);
  add_formatted(&out, format, arguments);
  return out.data;
}

char *text_format(Arena *arena, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *made = text_format_list(arena, format, arguments);
  va_end(arguments);
  return made;
}
