// SPDX-License-Identifier: Apache-2.0
// The checklist of one audit: drawn from its scope, edited, assessed item by item. Each item has
// its own version: two auditors who save the same one both see what the other wrote.
#ifndef DAYBOOK_CHECKLIST_H
#define DAYBOOK_CHECKLIST_H

#include "audits/audit.h"

typedef enum ItemResult {
  RESULT_OPEN,
  RESULT_CONFORMS,
  RESULT_NONCONFORMITY,
  RESULT_OBSERVATION,
  RESULT_NOT_APPLICABLE,
  RESULT_COUNT
} ItemResult;
const char *result_name(ItemResult result);  // "conforms": fixed
const char *result_title(ItemResult result); // "Conforms"
bool result_parse(const char *name, ItemResult *out);

// Adds what the scope asks for and is not there yet; controls stated not applicable are left out.
bool checklist_draw(Context *c, int64_t audit, int64_t *added);
typedef struct ChecklistText {
  const char *title, *ask, *look, *take;
} ChecklistText;
bool checklist_add(Context *c, int64_t id, int64_t area, const ChecklistText *text, int64_t *item);
bool checklist_edit(Context *c, int64_t item, const ChecklistText *text, int64_t version);
bool checklist_remove(Context *c, int64_t item, int64_t version); // only while it is open

typedef struct Assessment {
  int64_t item;
  ItemResult result;
  const char *note;
  const char *reason; // why it does not apply
  int64_t auditor;    // whose judgement; 0: the actor's. Else one from outside who does not sign in
  int64_t version;
} Assessment;
// Conflict, naming what the other wrote, if the version is outdated.
bool checklist_assess(Context *c, const Assessment *assessment);

// Rooms' hooks for evidence (ledger/evidence.h).
bool checklist_may_lose_evidence(Context *c, int64_t item);
bool checklist_evidence_changed(Context *c, int64_t item);

// ---- samples ----
typedef enum SampleHow { SAMPLE_RANDOM, SAMPLE_JUDGEMENT, SAMPLE_ALL, SAMPLE_HOW_COUNT } SampleHow;
const char *sample_how_name(SampleHow how);
bool sample_how_parse(const char *name, SampleHow *out);
typedef struct Sample {
  int64_t audit, item; // item 0: of the whole audit
  const char *population;
  const char *members; // the population itself, one a line; then `of` is their number
  int64_t of, size, seed;
  SampleHow how;
  const char *reason, *chosen; // of a judgement: why, and what was chosen, one a line
} Sample;
bool sample_take(Context *c, const Sample *sample, int64_t *id);
// Pure: `size` different numbers of 1 … of, ascending; the same seed gives the same.
void sample_draw(int64_t seed, int64_t of, int64_t size, int64_t *out);

#endif
