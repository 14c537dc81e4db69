// SPDX-License-Identifier: Apache-2.0
// Roles and what they may do: the table of permissions.txt, looked up.
#include "org/session.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name, *title;
} ROLES[ROLE_COUNT] = {
    [ROLE_ADMINISTRATOR] = {"administrator", N_("Administrator")},
    [ROLE_SECURITY_MANAGER] = {"security_manager", N_("Security manager")},
    [ROLE_TOP_MANAGEMENT] = {"top_management", N_("Top management")},
    [ROLE_INTERNAL_AUDITOR] = {"internal_auditor", N_("Internal auditor")},
    [ROLE_DUTY_OWNER] = {"duty_owner", N_("Duty owner")},
    [ROLE_EMPLOYEE] = {"employee", N_("Employee")},
    [ROLE_EXTERNAL_AUDITOR] = {"external_auditor", N_("External auditor")},
    [ROLE_CONSULTANT] = {"consultant", N_("Consultant")},
};

typedef struct PermissionRow {
  const char *name;
  uint32_t roles;
  bool reads;
} PermissionRow;
static const PermissionRow PERMISSIONS[PERMISSION_COUNT] = {
#define PERMISSION_ROW(name, roles, reads) {name, roles, reads},
    PERMISSION_TABLE(PERMISSION_ROW)
#undef PERMISSION_ROW
};

const char *role_name(Role role) {
  return ROLES[role].name;
}
const char *role_title(Role role) {
  return _(ROLES[role].title);
}

bool role_parse(const char *name, Role *out) {
  for (int i = 0; i < ROLE_COUNT; i++) {
    if (!text_equal(name, ROLES[i].name)) continue;
    *out = (Role)i;
    return true;
  }
  return false;
}

static int by_name(const void *key, const void *row) {
  return strcmp(key, ((const PermissionRow *)row)->name);
}

bool permission_find(const char *name, Permission *out) {
  const PermissionRow *row =
      bsearch(name, PERMISSIONS, PERMISSION_COUNT, sizeof PERMISSIONS[0], by_name);
  if (!row) return false;
  *out = (Permission)(row - PERMISSIONS);
  return true;
}

const char *permission_name(Permission permission) {
  return PERMISSIONS[permission].name;
}
bool permission_reads(Permission permission) {
  return PERMISSIONS[permission].reads;
}
uint32_t permission_roles(Permission permission) {
  return PERMISSIONS[permission].roles;
}

PermissionSet permissions_of_roles(uint32_t roles) {
  PermissionSet set = {{0}};
  for (int p = 0; p < PERMISSION_COUNT; p++)
    if (PERMISSIONS[p].roles & roles) set.bits[p / 64] |= UINT64_C(1) << (p % 64);
  return set;
}

PermissionSet permissions_in_scope(PermissionSet set, const char *scope) {
  if (text_equal(scope, "write")) return set;
  bool read_only = text_equal(scope, "read");
  PermissionSet cut = {{0}};
  for (int p = 0; p < PERMISSION_COUNT; p++) {
    bool wanted = read_only ? PERMISSIONS[p].reads : scope_names(scope, PERMISSIONS[p].name);
    if (wanted) cut.bits[p / 64] |= set.bits[p / 64] & UINT64_C(1) << (p % 64);
  }
  return cut;
}

bool scope_names(const char *scope, const char *permission) {
  size_t length = strlen(permission);
  for (const char *at = scope; (at = strstr(at, permission)) != NULL; at += length) {
    bool starts = at == scope || at[-1] == ' ';
    if (starts && (at[length] == '\0' || at[length] == ' ')) return true;
  }
  return false;
}

// "read", "write" or known permissions; *unknown names the first word that is neither.
bool scope_check(Arena *arena, const char *scope, const char **unknown) {
  *unknown = scope;
  if (text_equal(scope, "read") || text_equal(scope, "write")) return true;
  if (text_is_empty(scope)) return false;
  for (const char *at = scope; *at;) {
    size_t length = strcspn(at, " ");
    Permission ignored;
    *unknown = text_copy_n(arena, at, length);
    if (!permission_find(*unknown, &ignored)) return false;
    at += length;
    while (*at == ' ') at++;
  }
  return true;
}
