// SPDX-License-Identifier: Apache-2.0
// Names in paths and JSON, and titles for people.
#include "reviews/review.h"

typedef struct Name {
  const char *name, *title;
} Name;

static const Name stages[] = {
    [STAGE_PREPARING] = {"preparing", "Preparing"},
    [STAGE_PACK_ISSUED] = {"pack_issued", "Pack issued"},
    [STAGE_MEETING] = {"meeting", "Meeting"},
    [STAGE_MINUTES] = {"minutes", "Minutes to approve"},
    [STAGE_CONCLUDED] = {"concluded", "Concluded"},
    [STAGE_CANCELLED] = {"cancelled", "Cancelled"},
};
static const Name parts[PART_COUNT] = {
    [PART_TOP_MANAGEMENT] = {"top_management", "Top management"},
    [PART_SECURITY_MANAGER] = {"security_manager", "Security manager"},
    [PART_GUEST] = {"guest", "Guest"},
};
static const Name decisions[DECIDED_KINDS] = {
    [DECIDED_ACTION] = {"action", "Action"},
    [DECIDED_PROGRAMME] = {"programme", "Change to the programme"},
    [DECIDED_RISK] = {"risk", "Risk decision"},
    [DECIDED_RESOURCE] = {"resource", "Resources"},
    [DECIDED_NO_CHANGE] = {"no_change", "No change"},
};

const char *stage_name(Stage stage) {
  return (unsigned)stage < COUNT_OF(stages) ? stages[stage].name : "";
}
const char *stage_title(Stage stage) {
  return (unsigned)stage < COUNT_OF(stages) ? _(stages[stage].title) : "";
}
const char *part_name(Part part) {
  return (unsigned)part < PART_COUNT ? parts[part].name : "";
}
const char *part_title(Part part) {
  return (unsigned)part < PART_COUNT ? _(parts[part].title) : "";
}
const char *decided_kind_name(DecidedKind kind) {
  return (unsigned)kind < DECIDED_KINDS ? decisions[kind].name : "";
}
const char *decided_kind_title(DecidedKind kind) {
  return (unsigned)kind < DECIDED_KINDS ? _(decisions[kind].title) : "";
}

const char *input_state_name(InputState state) {
  static const char *const names[] = {"open", "considered", "nothing_to_report", "deferred"};
  return (unsigned)state < COUNT_OF(names) ? names[state] : "";
}

static bool find(const Name *names, size_t count, const char *name, size_t *out) {
  for (size_t i = 0; i < count; i++) {
    if (!text_equal(names[i].name, name)) continue;
    *out = i;
    return true;
  }
  return false;
}

bool part_parse(const char *name, Part *out) {
  size_t at;
  if (!find(parts, PART_COUNT, name, &at)) return false;
  *out = (Part)at;
  return true;
}

bool decided_kind_parse(const char *name, DecidedKind *out) {
  size_t at;
  if (!find(decisions, DECIDED_KINDS, name, &at)) return false;
  *out = (DecidedKind)at;
  return true;
}
