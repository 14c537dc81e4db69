// SPDX-License-Identifier: Apache-2.0
#include "exercises/exercises.h"

#define SYSTEM_STAGGER 5 // systems take turns over five weeks

static const char *const CHECKLIST[] = {
    N_("Backup to restore chosen, with its age"),
    N_("Restored to a separate place, not over the live system"),
    N_("Time until recovered measured, and compared with the target (RTO)"),
    N_("Age of the recovered data measured, and compared with the target (RPO)"),
    N_("Restored data checked by somebody who works with it"),
    N_("What failed noted, with an owner for each"),
    NULL,
};

static void recovery_propose(Context *c, const Facts *facts, Proposals *out) {
  for (size_t i = 0; i < facts->system_count; i++) {
    const CriticalSystem *system = &facts->systems[i];
    const char *name = text_is_empty(system->name) ? _("the critical system") : system->name;
    *list_add(c->arena, out) = (Proposal){
        .key = text_format(c->arena, "exercise_recovery.system.%lld", (long long)system->id),
        .kind = DUTY_EXERCISE_RECOVERY,
        .title = text_format(c->arena, _("Backup recovery test: %s"), name),
        .why = text_format(c->arena,
                           _("recovery from backup is tested half-yearly for each critical "
                             "system, here %s (control 8.13)"),
                           name),
        .every_months = 6,
        .maximum_months = 6,
        .series_from = date_add_days(facts->decision, 6 + (int32_t)(i % SYSTEM_STAGGER) * 7),
        .series_months = 3,
        .until = facts->expiry,
        .lead_days = 21,
        .tolerance_days = 21,
        .start_minute = 9 * 60,
        .duration_minutes = 180,
        .system = system->id,
        .owner = {.person = facts->security_manager},
    };
  }
}

const Room recovery_room = {
    .kind = DUTY_EXERCISE_RECOVERY,
    .name = N_("Recovery tests"),
    .purpose = N_("A backup is only one once something came back from it."),
    .clauses = N_("controls 8.13, 8.14"),
    .propose = recovery_propose,
    .checklist = CHECKLIST,
};
