// SPDX-License-Identifier: Apache-2.0
// The control set as data: clauses 4–10 and the 93 controls of ISO/IEC 27001:2022, by number, with
// our own short paraphrase (the standard's wording is copyrighted), attributes, the audit each
// belongs to, and what an auditor asks, looks at and samples. Pure: no database. What an
// organisation imported (licensed wording, other sets) stands in control_text.h.
#ifndef DAYBOOK_CONTROL_SET_H
#define DAYBOOK_CONTROL_SET_H

#include "registers/annex_a.h"

enum { PREVENTIVE = 1, DETECTIVE = 2, CORRECTIVE = 4 };
enum { CONFIDENTIALITY = 1, INTEGRITY = 2, AVAILABILITY = 4, ALL_THREE = 7 };
enum { IDENTIFY = 1, PROTECT = 2, DETECT = 4, RESPOND = 8, RECOVER = 16 };

// What one person audits in a day or two.
typedef struct ControlGroup {
  const char *key, *title; // "access", "Access control"
  const char *about;       // what it covers, in one sentence
  int32_t effort_days;     // of an auditor, an average organisation
  const char *competence;  // what the auditor must know: "technical", "legal", …
  bool clauses;            // of clauses 4–10: every 12 months
} ControlGroup;

typedef struct ControlEntry {
  const char *ref;               // "A.5.1" for a control, "6.1.2" for a clause
  const char *group;             // ControlGroup.key
  const char *words;             // of a clause; NULL: control_entry_words has it
  int types, protects, concepts; // sets of the above; 0 for a clause
  const char *ask, *look, *sample;
} ControlEntry;

enum { CONTROL_GROUP_COUNT = 17, CLAUSE_COUNT = 28 };
enum { CONTROL_ENTRY_COUNT = CLAUSE_COUNT + ANNEX_CONTROL_COUNT };
extern const ControlGroup control_groups[CONTROL_GROUP_COUNT]; // clauses first
extern const ControlEntry entries_clauses[28], entries_organisational[37],
    entries_people_physical[22], entries_technological[34];

const ControlEntry *control_entry_at(size_t index);      // clauses, then A.5.1 … A.8.34
const ControlEntry *control_entry_find(const char *ref); // "A.5.1", "A 5.01"; "5.1" is the clause
const char *control_entry_words(const ControlEntry *entry);
const char *control_entry_theme(const ControlEntry *entry); // "Organisational", "Clauses 4–10"
const ControlGroup *control_group_find(const char *key);
// The entries of a group, in order; returns how many of `most` were written.
size_t control_group_entries(const char *key, const ControlEntry **out, size_t most);
// "preventive, detective", "confidentiality, integrity, availability", "identify, protect"
const char *control_types_words(Arena *arena, int types);
const char *control_protects_words(Arena *arena, int protects);
const char *control_concepts_words(Arena *arena, int concepts);

#endif
