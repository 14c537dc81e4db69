// SPDX-License-Identifier: Apache-2.0
// Names in paths and JSON, and titles for people.
#include "reviews/review.h"

typedef struct Name {
  const char *name, *title;
} Name;

static const Name stages[] = {
    [STAGE_PREPARING] = {"preparing", N_("Preparing")},
    [STAGE_PACK_ISSUED] = {"pack_issued", N_("Pack issued")},
    [STAGE_MEETING] = {"meeting", N_("Meeting")},
    [STAGE_MINUTES] = {"minutes", N_("Minutes to approve")},
    [STAGE_CONCLUDED] = {"concluded", N_("Concluded")},
    [STAGE_CANCELLED] = {"cancelled", N_("Cancelled")},
};
static const Name parts[PART_COUNT] = {
    [PART_TOP_MANAGEMENT] = {"top_management", N_("Top management")},
    [PART_SECURITY_MANAGER] = {"security_manager", N_("Security manager")},
    [PART_GUEST] = {"guest", N_("Guest")},
};
static const Name decisions[DECIDED_KINDS] = {
    [DECIDED_ACTION] = {"action", N_("Action")},
    [DECIDED_PROGRAMME] = {"programme", N_("Change to the programme")},
    [DECIDED_RISK] = {"risk", N_("Risk decision")},
    [DECIDED_RESOURCE] = {"resource", N_("Resources")},
    [DECIDED_NO_CHANGE] = {"no_change", N_("No change")},
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
