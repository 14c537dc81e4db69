// SPDX-License-Identifier: Apache-2.0
// What a browser says of itself, in words a person knows: "Chrome on Windows".
#include "org/pages.h"

#include <string.h>

typedef struct Mark {
  const char *part, *name;
} Mark;

// Each pretends to be those after it, so the more particular one stands first.
static const Mark BROWSERS[] = {
    {"Edg", "Edge"},
    {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"Vivaldi/", "Vivaldi"},
    {"FxiOS/", "Firefox"},
    {"Firefox/", "Firefox"},
    {"CriOS/", "Chrome"},
    {"HeadlessChrome/", "Chrome"},
    {"Chromium/", "Chromium"},
    {"Chrome/", "Chrome"},
    {"Safari/", "Safari"},
    {"curl/", "curl"},
};
static const Mark SYSTEMS[] = {
    {"iPhone", "iPhone"}, {"iPad", "iPad"},       {"Android", "Android"}, {"Windows", "Windows"},
    {"CrOS", "ChromeOS"}, {"Macintosh", "macOS"}, {"Linux", "Linux"},     {"BSD", "BSD"},
};

static const char *named(const char *agent, const Mark *marks, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strstr(agent, marks[i].part) != NULL) return marks[i].name;
  return NULL;
}

const char *browser_words(Arena *arena, const char *agent) {
  if (text_is_empty(agent)) return _("A program that does not say what it is");
  const char *browser = named(agent, BROWSERS, COUNT_OF(BROWSERS));
  const char *system = named(agent, SYSTEMS, COUNT_OF(SYSTEMS));
  if (browser == NULL && system == NULL) return text_shorten(arena, agent, 60);
  if (browser == NULL) return text_format(arena, _("A browser on %s"), system);
  if (system == NULL) return browser;
  return text_format(arena, _("%s on %s"), browser, system);
}
