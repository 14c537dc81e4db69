// SPDX-License-Identifier: Apache-2.0
// English stands in the source; every other language is a file, po/TAG.po, and is built in
// (tools/languages.py). What it does not say is said in English. Language 0 is English.
#ifndef DAYBOOK_LANGUAGE_H
#define DAYBOOK_LANGUAGE_H

#include "base/base.h"

typedef struct Translation {
  const char *english, *words;
} Translation;
typedef struct Language {
  const char *tag, *name; // BCP 47; as its speakers call it
  const Translation *translations;
  size_t count; // sorted by `english`
} Language;
extern const Language LANGUAGES[];
extern const size_t LANGUAGE_COUNT;

int language_find(const char *tag); // "de", "de-AT"; -1 if it is none of these
// The best for an Accept-Language header (RFC 9110, 12.5.4); NULL is English.
int language_accepted(const char *header);
// Of the command line: DAYBOOK_LANGUAGE, else LC_ALL, LC_MESSAGES or LANG ("de_DE.UTF-8"), the
// first that is set; English if it is none of these languages.
int language_of_environment(void);
// What _() answers in on this thread from now on: the door says it before each piece of work.
void language_use(int language);
// The same, and what it answered in before; for a scope, with language_back as its cleanup.
int language_speak(int language);
void language_back(int *before);
int language_in_use(void);
const char *language_tag(void); // of what _() answers in: "en", "de"

#endif
