// SPDX-License-Identifier: Apache-2.0
// What names say: a person, a position, or everybody at once. Pure.
#include "registers/owners.h"

#include <string.h>
#include <strings.h>

static const char *expand_word(const char *word) {
  static const char *const words[][2] = {
      {"ops", "operations"},
      {"comms", "communications"},
      {"bcm", "business continuity"},
      {"iso", "information security officer"},
      {"dpo", "data protection officer"},
      {"ceo", "chief executive officer"},
      {"cfo", "chief financial officer"},
      {"cto", "chief technology officer"},
      {"coo", "chief operating officer"},
      {"cio", "chief information officer"},
      {"ciso", "chief information security officer"},
      {"dept", "department"},
      {"heads", "head"},
      {"leads", "lead"},
      {"managers", "manager"},
      {"officers", "officer"},
      {"mgr", "manager"},
      {"eng", "engineering"},
  };
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (text_equal(words[i][0], word)) return words[i][1];
  return word;
}

static bool is_word_byte(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
}

const char *position_normal(Arena *arena, const char *title) {
  const char *p = text_lower(arena, title);
  Text normal;
  text_init(&normal, arena);
  int depth = 0;
  while (*p != '\0') {
    if (*p == '(') depth++;
    if (*p == ')' && depth > 0) depth--;
    size_t n = 0;
    while (is_word_byte((unsigned char)p[n])) n++;
    if (n == 0) {
      p++;
      continue;
    }
    if (depth == 0) {
      if (normal.length > 0) text_add_char(&normal, ' ');
      text_add(&normal, expand_word(text_copy_n(arena, p, n)));
    }
    p += n;
  }
  return normal.data;
}

static bool text_in(const char *word, size_t length, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strlen(list[i]) == length && strncasecmp(list[i], word, length) == 0) return true;
  return false;
}

bool names_everybody(const char *text) {
  static const char *const starts[] = {"all ", "every", "new hires", "staff", "employees"};
  for (size_t i = 0; i < COUNT_OF(starts); i++)
    if (strncasecmp(text, starts[i], strlen(starts[i])) == 0) return true;
  static const char *const ends[] = {"employees", "workers", "staff", "hires", "users"};
  size_t n = strcspn(text, "(");
  while (n > 0 && text[n - 1] == ' ') n--;
  size_t start = n;
  while (start > 0 && text[start - 1] != ' ') start--;
  return text_in(text + start, n - start, ends, COUNT_OF(ends));
}

// clang-format off
static const char *const trade_words[] = {
    "lead", "leader", "head", "heads", "manager", "management", "officer", "director",
    "owner", "team", "teams", "department", "dept", "group", "committee", "board", "council",
    "office", "operations", "ops", "security", "information", "it", "hr", "legal", "finance",
    "financial", "sales", "marketing", "procurement", "purchasing", "facilities", "facility",
    "engineering", "engineer", "developer", "developers", "administrator", "admin",
    "analyst", "architect", "auditor", "auditors", "external", "internal", "senior",
    "junior", "chief", "executive", "vice", "president", "chair", "secretary", "assistant",
    "specialist", "consultant", "adviser", "advisor", "steward", "master", "service",
    "services", "desk", "helpdesk", "support", "vendor", "supplier", "provider", "partner",
    "customer", "customers", "data", "protection", "privacy", "compliance", "risk",
    "quality", "business", "continuity", "project", "product", "programme", "program", "top",
    "works", "warehouse", "logistics", "production", "research", "human", "resources",
    "communications", "communication", "network", "system", "systems", "platform", "cloud",
    "software", "hardware", "gmbh", "ltd", "inc", "ag", "llc", "plc", "company", "unit",
    "staff", "employees", "representative", "coordinator", "controller", "of", "and", "the",
    "all", "soc", "everyone", "anyone", "nobody", "unknown", "various", "none", "incident",
    "response", "change", "access", "asset", "process", "technical", "technology", "digital",
    "regional", "general", "deputy", "interim", "acting",
};
// clang-format on

static bool is_trade_word(const char *word, size_t length) {
  return text_in(word, length, trade_words, COUNT_OF(trade_words));
}

static bool is_particle(const char *word, size_t length) {
  static const char *const words[] = {"von", "van", "de", "der", "den", "da",
                                      "di",  "la",  "le", "bin", "al"};
  return text_in(word, length, words, COUNT_OF(words));
}

// A capital, then at least one more letter, all letters, hyphens and apostrophes.
static bool is_name_word(const char *word, size_t length) {
  unsigned char first = (unsigned char)word[0];
  if (!((first >= 'A' && first <= 'Z') || first >= 0x80) || length < 2) return false;
  bool lower = false;
  for (size_t i = 1; i < length; i++) {
    unsigned char c = (unsigned char)word[i];
    bool small = (c >= 'a' && c <= 'z') || c >= 0x80;
    if (!small && !(c >= 'A' && c <= 'Z') && c != '-' && c != '\'' && c != '.') return false;
    lower = lower || small || c == '.';
  }
  return lower;
}

bool reads_like_a_person(const char *text) {
  size_t names = 0, words = 0;
  for (const char *p = text; *p != '\0';) {
    size_t n = strcspn(p, " ");
    if (n > 0) {
      words++;
      if (is_trade_word(p, n)) return false;
      if (is_name_word(p, n))
        names++;
      else if (!is_particle(p, n))
        return false;
    }
    p += n;
    while (*p == ' ') p++;
  }
  return names >= 2 && words <= 4;
}

const char *first_owner(Arena *arena, const char *text) {
  static const char *const dividers[] = {" + ", " / ", " & ", ", ", ";", " and ", "\n"};
  size_t n = strlen(text);
  for (size_t i = 0; i < COUNT_OF(dividers); i++) {
    const char *at = strstr(text, dividers[i]);
    if (at != NULL && at > text && (size_t)(at - text) < n) n = (size_t)(at - text);
  }
  const char *bracket = memchr(text, '(', n);
  if (bracket != NULL && bracket > text) n = (size_t)(bracket - text);
  return text_trim(arena, text_copy_n(arena, text, n));
}
