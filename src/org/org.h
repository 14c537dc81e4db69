// SPDX-License-Identifier: Apache-2.0
// Organisations (hard-walled from each other), their people, positions, roles and sites.
#ifndef DAYBOOK_ORG_H
#define DAYBOOK_ORG_H

#include "base/context.h"

// Roles decide permissions (src/org/permissions.txt); one person may hold several.
typedef enum Role {
  ROLE_ADMINISTRATOR,
  ROLE_SECURITY_MANAGER,
  ROLE_TOP_MANAGEMENT,
  ROLE_INTERNAL_AUDITOR,
  ROLE_DUTY_OWNER,
  ROLE_EMPLOYEE,
  ROLE_EXTERNAL_AUDITOR, // read-only, always with an end date
  ROLE_CONSULTANT,       // the same account in several organisations
  ROLE_COUNT
} Role;
const char *role_name(Role role);  // "security_manager"
const char *role_title(Role role); // "Security manager"
bool role_parse(const char *name, Role *out);

typedef struct Site {
  int64_t id;
  const char *name, *time_zone;
  int64_t head_count;
} Site;
typedef struct CriticalSystem {
  int64_t id;
  const char *name;
} CriticalSystem;

// What an organisation says of itself; the proposed programme is computed from it.
typedef struct Facts {
  Date decision; // certification decision
  Date expiry;   // printed on the certificate, else decision + 36 months - 1 day
  Date start;    // nothing before it counts as missed
  const char *time_zone;
  int64_t head_count; // 0 = not stated
  const char *sector;
  int64_t customer_demands;   // 0 low, 1 medium, 2 high
  int64_t outsourced_percent; // 0–100; -1 = not stated
  const Site *sites;
  size_t site_count; // at least one
  const CriticalSystem *systems;
  size_t system_count;      // at least one
  int64_t security_manager; // person.id or 0
  int64_t chief_executive;  // first of top management, person.id or 0
} Facts;
bool org_facts(Context *c, Facts *out);

// Sets c->actor to the person with this e-mail; NULL: the first administrator. invalid("by") if
// nobody.
bool actor_named(Context *c, const char *email);

// People. A position is a named responsibility ("IT Operations Lead") that may be vacant.
bool person_ensure(Context *c, const char *name, const char *email,
                   int64_t *id); // finds by e-mail, else by name, else creates
bool position_ensure(Context *c, const char *title, int64_t *id); // vacant if new
// version 0: not compared, here and below.
bool position_fill(Context *c, int64_t position, int64_t person, int64_t version);
bool role_grant(Context *c, int64_t person, Role role, Date until); // DATE_NONE = no end
bool person_has_role(Context *c, int64_t person, Role role);

// An owner is a person, or a position (whose holder may be nobody).
typedef struct Owner {
  int64_t person, position;
} Owner;
// The owner changes: whoever it was (of a position, whoever holds it now) is remembered with today
// as the last day. kind: "register_item", "position", "audit_unit". Within the caller's change.
bool owner_was(Context *c, const char *kind, int64_t object, Owner before, Owner after);
const char *owner_label(Context *c,
                        Owner owner); // "Anna Weber", "IT Operations Lead (vacant)", "nobody yet"

#endif
