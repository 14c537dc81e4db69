// SPDX-License-Identifier: Apache-2.0
#include "registers/control_set.h"

#include <string.h>

const ControlGroup control_groups[CONTROL_GROUP_COUNT] = {
    {"leadership", N_("Context, leadership and planning (clauses 4–6)"),
     N_("Context, scope, leadership, policy, risk assessment and treatment, objectives"), 1,
     "management", true},
    {"support", N_("Support and operation (clauses 7–8)"),
     N_("Means, competence, awareness, communication, documents, and the running of it all"), 1,
     "management", true},
    {"evaluation", N_("Evaluation and improvement (clauses 9–10)"),
     N_("Measurement, internal audits, management reviews, nonconformities and improvement"), 1,
     "management", true},
    {"governance", N_("Policies, roles and oversight"),
     N_("Rules, responsibilities, contact with authorities, independent review, written steps"), 1,
     "management", false},
    {"legal", N_("Law, privacy and retention"),
     N_("Legal and contractual duties, licences, records, personal data, deletion and masking"), 1,
     "legal", false},
    {"assets", N_("Assets and information handling"),
     N_("The inventory, use, return, classes, marking, passing on, media and disposal"), 1, "",
     false},
    {"access", N_("Access control"),
     N_("Identities, secrets, rights, far-reaching accounts, strong sign-in"), 2, "technical",
     false},
    {"suppliers", N_("Suppliers and cloud"),
     N_("Choosing, contracting, watching and leaving suppliers and cloud services"), 1, "suppliers",
     false},
    {"incidents", N_("Threats and incidents"),
     N_("Threat intelligence, reporting, judging, answering, learning, securing evidence"), 1, "",
     false},
    {"continuity", N_("Backup and continuity"),
     N_("Security during disruption, readiness of technology, capacity, backup, redundancy"), 2,
     "technical", false},
    {"people", N_("People"),
     N_("Checks before work, contracts, awareness, consequences, leaving, confidentiality"), 1, "",
     false},
    {"physical", N_("Buildings and equipment"),
     N_("Boundaries, entry, dangers, secure areas, supplies, cables, maintenance"), 1, "", false},
    {"devices", N_("Devices and remote work"),
     N_("Laptops and phones, work away from the office, clear desks, equipment outside"), 1,
     "technical", false},
    {"operations", N_("Secure operation and change"),
     N_("Malware, weaknesses, settings, software on live systems, changes, safe testing"), 2,
     "technical", false},
    {"monitoring", N_("Logging and monitoring"), N_("Records of events, watching them, one time"),
     1, "technical", false},
    {"network", N_("Networks and encryption"),
     N_("Networks, services, separation, web filtering, encryption and keys"), 1, "technical",
     false},
    {"development", N_("Projects and development"),
     N_("Security in projects, source code, secure development and testing, outsourced work"), 2,
     "technical", false},
};

typedef struct Part {
  const ControlEntry *entries;
  size_t count;
} Part;

static const Part PARTS[] = {{entries_clauses, CLAUSE_COUNT},
                             {entries_organisational, 37},
                             {entries_people_physical, 22},
                             {entries_technological, 34}};

const ControlEntry *control_entry_at(size_t index) {
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    if (index < PARTS[i].count) return &PARTS[i].entries[index];
    index -= PARTS[i].count;
  }
  return NULL;
}

const ControlEntry *control_entry_find(const char *ref) {
  if (ref == NULL) return NULL;
  for (size_t i = 0; i < CLAUSE_COUNT; i++)
    if (strcmp(entries_clauses[i].ref, ref) == 0) return &entries_clauses[i];
  const AnnexControl *control = annex_control_find(ref);
  if (control == NULL) return NULL;
  return control_entry_at(CLAUSE_COUNT + (size_t)(control - annex_controls));
}

const char *control_entry_words(const ControlEntry *entry) {
  return _(entry->words != NULL ? entry->words : annex_control_find(entry->ref)->words);
}

const char *control_entry_theme(const ControlEntry *entry) {
  if (entry->words != NULL) return _("Clauses 4–10");
  return theme_title(annex_control_find(entry->ref)->theme);
}

const ControlGroup *control_group_find(const char *key) {
  for (size_t i = 0; key != NULL && i < CONTROL_GROUP_COUNT; i++)
    if (strcmp(control_groups[i].key, key) == 0) return &control_groups[i];
  return NULL;
}

size_t control_group_entries(const char *key, const ControlEntry **out, size_t most) {
  size_t count = 0;
  for (size_t i = 0; i < CONTROL_ENTRY_COUNT && count < most; i++) {
    const ControlEntry *entry = control_entry_at(i);
    if (strcmp(entry->group, key) == 0) out[count++] = entry;
  }
  return count;
}

static const char *set_words(Arena *arena, int set, const char *const *names) {
  Text text;
  text_init(&text, arena);
  for (int bit = 0; names[bit] != NULL; bit++)
    if (set & (1 << bit))
      text_add_format(&text, "%s%s", text.length > 0 ? ", " : "", _(names[bit]));
  return text.length > 0 ? text.data : "";
}

const char *control_types_words(Arena *arena, int types) {
  static const char *const names[] = {N_("preventive"), N_("detective"), N_("corrective"), NULL};
  return set_words(arena, types, names);
}

const char *control_protects_words(Arena *arena, int protects) {
  static const char *const names[] = {N_("confidentiality"), N_("integrity"), N_("availability"),
                                      NULL};
  return set_words(arena, protects, names);
}

const char *control_concepts_words(Arena *arena, int concepts) {
  static const char *const names[] = {N_("identify"), N_("protect"), N_("detect"),
                                      N_("respond"),  N_("recover"), NULL};
  return set_words(arena, concepts, names);
}
