// SPDX-License-Identifier: Apache-2.0
// Names of kinds, states and statuses: fixed words in paths and JSON, titles for people.
#include "diary/diary.h"

#include <string.h>

static const struct {
  const char *name, *title;
} KINDS[DUTY_KIND_COUNT] = {
    [DUTY_COMMUNICATION] = {"communication", N_("Communication")},
    [DUTY_AUDIT] = {"audit", N_("Internal audit")},
    [DUTY_MANAGEMENT_REVIEW] = {"management_review", N_("Management review")},
    [DUTY_TRAINING] = {"training", N_("Training and awareness")},
    [DUTY_EXERCISE_CONTINUITY] = {"exercise_continuity", N_("Continuity exercise")},
    [DUTY_EXERCISE_EVACUATION] = {"exercise_evacuation", N_("Evacuation drill")},
    [DUTY_EXERCISE_RECOVERY] = {"exercise_recovery", N_("Recovery test")},
    [DUTY_RISK_WORKSHOP] = {"risk_workshop", N_("Risk workshop")},
    [DUTY_IMPROVEMENT] = {"improvement", N_("Continual improvement")},
    [DUTY_SURVEILLANCE] = {"surveillance", N_("Surveillance")},
    [DUTY_CONTROL_CHECK] = {"control_check", N_("Control check")},
};

const char *duty_kind_name(DutyKind kind) {
  return (unsigned)kind < DUTY_KIND_COUNT ? KINDS[kind].name : "";
}

const char *duty_kind_title(DutyKind kind) {
  return (unsigned)kind < DUTY_KIND_COUNT ? _(KINDS[kind].title) : "";
}

bool duty_kind_parse(const char *name, DutyKind *out) {
  for (size_t i = 0; name != NULL && i < DUTY_KIND_COUNT; i++) {
    if (name[0] == KINDS[i].name[0] && strcmp(name, KINDS[i].name) == 0) {
      *out = (DutyKind)i;
      return true;
    }
  }
  return false;
}

Status activity_status(State state, Date due, Date latest, Date today) {
  if (state == STATE_CONCLUDED) return STATUS_CONCLUDED;
  if (state == STATE_CANCELLED) return STATUS_CANCELLED;
  if (date_compare(today, latest) > 0) return STATUS_MISSED;
  if (date_compare(today, due) > 0) return STATUS_LATE;
  return (Status)state; // the three open states and statuses have the same order
}

_Static_assert((int)STATE_PLANNED == (int)STATUS_PLANNED, "open states are statuses");
_Static_assert((int)STATE_UNDER_WAY == (int)STATUS_UNDER_WAY, "open states are statuses");

const char *status_name(Status status) {
  static const char *const names[] = {"planned", "scheduled", "under_way", "late",
                                      "missed",  "concluded", "cancelled"};
  return (unsigned)status < COUNT_OF(names) ? names[status] : "";
}

const Room *diary_room(DutyKind kind) {
  for (size_t i = 0; diary_rooms[i] != NULL; i++) {
    if (diary_rooms[i]->kind == kind) return diary_rooms[i];
  }
  return NULL;
}
