// SPDX-License-Identifier: Apache-2.0
// Sites, critical systems, positions and teams.
#include "org/people.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "org/org.sql.h"
#include "org/people.sql.h"

static bool changed_meanwhile(Context *c) {
  return conflict(c, _("Somebody changed this meanwhile. Look again, then save."));
}

// ---- sites ----

static bool site_is_sound(Context *c, const SiteDetails *d, int64_t self) {
  name_is_sound(c, "name", d->name, 200);
  zone_is_known(c, "time_zone", d->time_zone);
  if (d->head_count < 0 || d->head_count > 10000000)
    invalid(c, "head_count", "%s", _("Expected a number of people, up to ten million."));
  if (!context_ok(c)) return false;
  SqlSiteNamedRow other;
  if (sql_site_named(c, (SqlSiteNamed){.name = d->name}, &other) && other.id != self)
    return invalid(c, "name", "%s", _("There is a site of this name already."));
  return context_ok(c);
}

bool site_add(Context *c, const SiteDetails *d, int64_t *id) {
  TRANSACTION(c, tx);
  if (!site_is_sound(c, d, 0)) return false;
  *id = sql_site_add(c, (SqlSiteAdd){.name = d->name,
                                     .time_zone = d->time_zone,
                                     .address = d->address ? d->address : "",
                                     .head_count = d->head_count});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "site.added", "site", *id);
  ledger_value(e, "name", d->name);
  ledger_value(e, "time_zone", d->time_zone);
  ledger_number(e, "head_count", d->head_count);
  return ledger_write(e) && transaction_commit(&tx);
}

static bool last_site(Context *c, const SqlSiteGetRow *was) {
  SqlSiteOpenCountRow open = {0};
  return !was->closed && sql_site_open_count(c, &open) && open.count < 2;
}

bool site_change(Context *c, int64_t site, const SiteDetails *d, int64_t version) {
  TRANSACTION(c, tx);
  SqlSiteGetRow was;
  if (!sql_site_get(c, (SqlSiteGet){.id = site}, &was))
    return not_found(c, _("There is no such site."));
  if (!site_is_sound(c, d, site)) return false;
  if (d->closed && last_site(c, &was))
    return invalid(c, "closed", "%s",
                   _("An organisation has at least one site. Add another first."));
  int64_t changed = sql_site_change(c, (SqlSiteChange){.id = site,
                                                       .name = d->name,
                                                       .time_zone = d->time_zone,
                                                       .address = d->address ? d->address : "",
                                                       .head_count = d->head_count,
                                                       .closed = d->closed,
                                                       .version = version ? version : was.version});
  if (!context_ok(c)) return false;
  if (!changed) return changed_meanwhile(c);
  LedgerEntry *e = ledger_entry(c, "site.changed", "site", site);
  ledger_text(e, "name", was.name, d->name);
  ledger_text(e, "time_zone", was.time_zone, d->time_zone);
  ledger_int(e, "head_count", was.head_count, d->head_count);
  ledger_int(e, "closed", was.closed, d->closed);
  return ledger_write(e) && transaction_commit(&tx);
}

// ---- critical systems ----

static bool system_is_sound(Context *c, const SystemDetails *d, int64_t self) {
  if (!name_is_sound(c, "name", d->name, 200)) return false;
  SqlSystemNamedRow other;
  if (sql_system_named(c, (SqlSystemNamed){.name = d->name}, &other) && other.id != self)
    return invalid(c, "name", "%s", _("There is a system of this name already."));
  return context_ok(c);
}

bool system_add(Context *c, const SystemDetails *d, int64_t *id) {
  TRANSACTION(c, tx);
  if (!system_is_sound(c, d, 0)) return false;
  *id = sql_system_add(
      c, (SqlSystemAdd){.name = d->name, .description = d->description ? d->description : ""});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "system.added", "critical_system", *id);
  ledger_value(e, "name", d->name);
  return ledger_write(e) && transaction_commit(&tx);
}

static bool last_system(Context *c, const SqlSystemGetRow *was) {
  SqlSystemLiveCountRow live = {0};
  return !was->retired && sql_system_live_count(c, &live) && live.count < 2;
}

bool system_change(Context *c, int64_t system, const SystemDetails *d, int64_t version) {
  TRANSACTION(c, tx);
  SqlSystemGetRow was;
  if (!sql_system_get(c, (SqlSystemGet){.id = system}, &was))
    return not_found(c, _("There is no such system."));
  if (!system_is_sound(c, d, system)) return false;
  if (d->retired && last_system(c, &was))
    return invalid(c, "retired", "%s",
                   _("Backups of at least one critical system are exercised. Add another first."));
  int64_t changed =
      sql_system_change(c, (SqlSystemChange){.id = system,
                                             .name = d->name,
                                             .description = d->description ? d->description : "",
                                             .retired = d->retired,
                                             .version = version ? version : was.version});
  if (!context_ok(c)) return false;
  if (!changed) return changed_meanwhile(c);
  LedgerEntry *e = ledger_entry(c, "system.changed", "critical_system", system);
  ledger_text(e, "name", was.name, d->name);
  ledger_int(e, "retired", was.retired, d->retired);
  return ledger_write(e) && transaction_commit(&tx);
}

// ---- positions ----

static const char *fold(Context *c, const char *title) {
  return text_lower(c->arena, text_trim(c->arena, title));
}

static bool position_create(Context *c, const char *title, int64_t *id) {
  if (!name_is_sound(c, "title", title, 200)) return false;
  const char *kept = text_trim(c->arena, title);
  *id = sql_position_add(c, (SqlPositionAdd){.title = kept, .fold = fold(c, kept)});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "position.added", "position", *id);
  ledger_value(e, "title", kept);
  return ledger_write(e);
}

bool position_ensure(Context *c, const char *title, int64_t *id) {
  TRANSACTION(c, tx);
  SqlPositionByTitleRow row;
  if (sql_position_by_title(c, (SqlPositionByTitle){.fold = fold(c, title)}, &row)) {
    *id = row.id;
    return transaction_commit(&tx);
  }
  return context_ok(c) && position_create(c, title, id) && transaction_commit(&tx);
}

bool position_add(Context *c, const char *title, int64_t *id) {
  TRANSACTION(c, tx);
  SqlPositionByTitleRow row;
  if (sql_position_by_title(c, (SqlPositionByTitle){.fold = fold(c, title)}, &row))
    return invalid(c, "title", "%s", _("There is a position of this name already."));
  return context_ok(c) && position_create(c, title, id) && transaction_commit(&tx);
}

bool owner_was(Context *c, const char *kind, int64_t object, Owner before, Owner after) {
  SqlPositionGetRow held;
  int64_t person = before.person;
  if (before.person == after.person && before.position == after.position) return context_ok(c);
  if (person == 0 && before.position != 0 &&
      sql_position_get(c, (SqlPositionGet){.id = before.position}, &held))
    person = held.person;
  if (person == 0) return context_ok(c);
  return sql_former_owner_put(
             c, (SqlFormerOwnerPut){.kind = kind, .object = object, .person = person}) >= 0;
}

bool position_fill(Context *c, int64_t position, int64_t person, int64_t version) {
  TRANSACTION(c, tx);
  SqlPositionGetRow was;
  if (!sql_position_get(c, (SqlPositionGet){.id = position}, &was))
    return not_found(c, _("There is no such position."));
  SqlPersonGetRow holder;
  if (person && (!sql_person_get(c, (SqlPersonGet){.id = person}, &holder) || holder.erased))
    return invalid(c, "person", "%s", _("There is no such person."));
  if (was.person == person) return transaction_commit(&tx);
  if (sql_position_hold(c, (SqlPositionHold){.id = position,
                                             .person = person,
                                             .version = version ? version : was.version}) == 0)
    return conflict(c, _("Somebody changed this position meanwhile. Look again, then save."));
  if (!context_ok(c)) return false;
  LedgerEntry *e =
      ledger_entry(c, person ? "position.filled" : "position.vacated", "position", position);
  ledger_int(e, "person", was.person, person);
  Owner before = {.person = was.person}, after = {.person = person};
  return owner_was(c, "position", position, before, after) && ledger_write(e) &&
         transaction_commit(&tx);
}

// ---- teams ----

static bool team_name_is_free(Context *c, const char *name, int64_t self) {
  if (!name_is_sound(c, "name", name, 200)) return false;
  SqlTeamNamedRow other;
  if (sql_team_named(c, (SqlTeamNamed){.name = name}, &other) && other.id != self)
    return invalid(c, "name", "%s", _("There is a team of this name already."));
  return context_ok(c);
}

bool team_add(Context *c, const char *name, const char *purpose, int64_t *id) {
  TRANSACTION(c, tx);
  if (!team_name_is_free(c, name, 0)) return false;
  *id = sql_team_add(c, (SqlTeamAdd){.name = name, .purpose = purpose ? purpose : ""});
  if (!context_ok(c)) return false;
  LedgerEntry *e = ledger_entry(c, "team.added", "team", *id);
  ledger_value(e, "name", name);
  return ledger_write(e) && transaction_commit(&tx);
}

bool team_change(Context *c, int64_t team, const char *name, const char *purpose, int64_t version) {
  TRANSACTION(c, tx);
  SqlTeamGetRow was;
  if (!sql_team_get(c, (SqlTeamGet){.id = team}, &was))
    return not_found(c, _("There is no such team."));
  if (!team_name_is_free(c, name, team)) return false;
  int64_t changed = sql_team_change(c, (SqlTeamChange){.id = team,
                                                       .name = name,
                                                       .purpose = purpose ? purpose : "",
                                                       .version = version ? version : was.version});
  if (!context_ok(c)) return false;
  if (!changed) return changed_meanwhile(c);
  LedgerEntry *e = ledger_entry(c, "team.changed", "team", team);
  ledger_text(e, "name", was.name, name);
  return ledger_write(e) && transaction_commit(&tx);
}

static bool team_and_person(Context *c, int64_t team, int64_t person) {
  SqlTeamGetRow row;
  if (!sql_team_get(c, (SqlTeamGet){.id = team}, &row))
    return not_found(c, _("There is no such team."));
  SqlPersonGetRow member;
  if (!sql_person_get(c, (SqlPersonGet){.id = person}, &member) || member.erased)
    return invalid(c, "person", "%s", _("There is no such person."));
  return context_ok(c);
}

static bool team_membership(Context *c, int64_t team, int64_t person, bool joins) {
  TRANSACTION(c, tx);
  if (!team_and_person(c, team, person)) return false;
  int64_t changed =
      joins ? sql_team_member_add(c, (SqlTeamMemberAdd){.team = team, .person = person})
            : sql_team_member_remove(c, (SqlTeamMemberRemove){.team = team, .person = person});
  if (changed < 1) return context_ok(c) && transaction_commit(&tx);
  LedgerEntry *e = ledger_entry(c, joins ? "team.joined" : "team.left", "team", team);
  ledger_number(e, "person", person);
  return ledger_write(e) && transaction_commit(&tx);
}

bool team_join(Context *c, int64_t team, int64_t person) {
  return team_membership(c, team, person, true);
}
bool team_leave(Context *c, int64_t team, int64_t person) {
  return team_membership(c, team, person, false);
}
