// SPDX-License-Identifier: Apache-2.0
#include "base/language.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

// The one thing that is not passed along: several hundred places say _("…"), in rules that know no
// reader. A thread serves one reader at a time.
static _Thread_local int in_use;

void language_use(int language) {
  in_use = language > 0 && (size_t)language < LANGUAGE_COUNT ? language : 0;
}

int language_speak(int language) {
  const int before = in_use;
  language_use(language);
  return before;
}

void language_back(int *before) {
  language_use(*before);
}

int language_in_use(void) {
  return in_use;
}

const char *language_tag(void) {
  return in_use == 0 ? "en" : LANGUAGES[in_use].tag;
}

static int by_english(const void *key, const void *at) {
  return strcmp(key, ((const Translation *)at)->english);
}

const char *translate(const char *english) {
  if (in_use == 0 || english == NULL) return english;
  const Language *language = &LANGUAGES[in_use];
  const Translation *found =
      bsearch(english, language->translations, language->count, sizeof *found, by_english);
  return found == NULL ? english : found->words;
}

static int find(const char *tag, size_t length) {
  for (size_t i = 0; i < LANGUAGE_COUNT; i++)
    if (strlen(LANGUAGES[i].tag) == length && strncasecmp(LANGUAGES[i].tag, tag, length) == 0)
      return (int)i;
  return -1;
}

int language_find(const char *tag) {
  if (tag == NULL) return -1;
  int whole = find(tag, strlen(tag));
  return whole >= 0 ? whole : find(tag, strcspn(tag, "-"));
}

int language_of_environment(void) {
  static const char *const names[] = {"DAYBOOK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const char *value = getenv(names[i]);
    if (value == NULL || *value == '\0') continue;
    int language = find(value, strcspn(value, "_.@-"));
    return language < 0 ? 0 : language;
  }
  return 0;
}

// "0.8" in thousandths; what cannot be read counts as not wanted.
static int quality_of(const char *range, size_t length) {
  const char *semicolon = memchr(range, ';', length);
  if (semicolon == NULL) return 1000;
  const char *q = semicolon + 1 + strspn(semicolon + 1, " \t");
  if (strncasecmp(q, "q=", 2) != 0) return 1000;
  char *end;
  double value = strtod(q + 2, &end);
  return end == q + 2 || !(value >= 0 && value <= 1) ? 0 : (int)(value * 1000);
}

int language_accepted(const char *header) {
  int best = 0, best_quality = 0;
  const char *at = header == NULL ? "" : header;
  for (int ranges = 0; *at != '\0' && ranges < 32; ranges++) {
    at += strspn(at, ", \t");
    size_t length = strcspn(at, ","), tag = strcspn(at, ",; \t");
    int quality = quality_of(at, length), language = find(at, tag);
    if (language < 0) language = find(at, strcspn(at, "-,; \t"));
    if (language >= 0 && quality > best_quality) {
      best = language;
      best_quality = quality;
    }
    at += length;
  }
  return best;
}
