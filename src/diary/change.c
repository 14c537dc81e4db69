// SPDX-License-Identifier: Apache-2.0
#include "diary/change.h"

#include <sodium.h>

#include "db/db.h"
#include "org/people.h"

#define UID_BYTES 16

bool change_reason(Context *c, const char *reason) {
  if (text_is_empty(reason))
    return invalid(c, "reason", _("Say why; the reason is kept with the change."));
  return true;
}

bool change_conflict(Context *c, const SqlActivityGetRow *row) {
  return conflict(c,
                  _("Somebody changed “%s” meanwhile: it is now at version %lld, due on %s. Look "
                    "at it again and repeat your change."),
                  row->title, (long long)row->version, date_words(c->arena, row->due));
}

bool change_landed(Context *c, int64_t rows) {
  if (rows == 1) return true;
  if (!context_ok(c)) return false;
  return conflict(c, _("Somebody changed this at the same moment. Look at it again and repeat."));
}

bool change_load(Context *c, int64_t id, int64_t version, SqlActivityGetRow *row) {
  if (!sql_activity_get(c, (SqlActivityGet){.id = id}, row))
    return context_ok(c) ? not_found(c, _("There is no such activity.")) : false;
  if (version != 0 && version != row->version) return change_conflict(c, row);
  return true;
}

// The table of permissions says what a role does; whose activities, is said here: one who is
// nothing more than a duty owner changes their own, those of their position, and those of a duty
// that is theirs.
bool change_is_theirs(Context *c, const SqlActivityGetRow *row) {
  const uint32_t everything = 1u << ROLE_ADMINISTRATOR | 1u << ROLE_SECURITY_MANAGER |
                              1u << ROLE_TOP_MANAGEMENT | 1u << ROLE_INTERNAL_AUDITOR |
                              1u << ROLE_CONSULTANT;
  if (c->actor == 0) return true;
  uint32_t roles = person_roles(c, c->actor);
  SqlActivityIsTheirsRow theirs;
  if ((roles & everything) != 0 || (roles & 1u << ROLE_DUTY_OWNER) == 0 ||
      sql_activity_is_theirs(c, (SqlActivityIsTheirs){.id = row->id}, &theirs))
    return context_ok(c);
  return context_ok(c) && denied(c,
                                 _("“%s” is not yours. Its owner, or whoever leads the "
                                   "programme, can change it or give it to you."),
                                 row->title);
}

bool activity_is_theirs(Context *c, int64_t activity) {
  SqlActivityGetRow row;
  return change_load(c, activity, 0, &row) && change_is_theirs(c, &row);
}

bool change_load_open(Context *c, int64_t id, int64_t version, SqlActivityGetRow *row) {
  if (!change_load(c, id, version, row) || !change_is_theirs(c, row)) return false;
  if (row->state == STATE_CONCLUDED)
    return conflict(c, _("“%s” is concluded and stays so. Add a correction instead."), row->title);
  if (row->state == STATE_CANCELLED)
    return conflict(c, _("“%s” is cancelled and stays so. Add a correction instead."), row->title);
  return true;
}

Counted change_counted(const SqlActivityGetRow *row) {
  return (Counted){.state = (State)row->state,
                   .baseline = row->baseline,
                   .due = row->due,
                   .latest = row->latest,
                   .held_on = row->held_on};
}

static const char *new_uid(Context *c) {
  unsigned char bytes[UID_BYTES];
  char hex[UID_BYTES * 2 + 1];
  randombytes_buf(bytes, sizeof bytes);
  sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
  return text_format(c->arena, "%s@daybook", hex);
}

static void add_checklist(Context *c, int64_t activity, DutyKind kind) {
  const Room *room = diary_room(kind);
  if (room == NULL || room->checklist == NULL) return;
  for (int64_t i = 0; room->checklist[i] != NULL; i++)
    sql_activity_item_insert(c, (SqlActivityItemInsert){.activity = activity,
                                                        .place = i + 1,
                                                        .body = _(room->checklist[i])});
}

bool change_add(Context *c, int64_t duty, const PlannedActivity *planned, int64_t ordinal,
                Owner owner, int64_t *id) {
  const Proposal *proposal = planned->duty;
  const char *kind = duty_kind_name(proposal->kind);
  const char *stage = planned->stage == NULL ? "" : planned->stage;
  *id = sql_activity_insert(c, (SqlActivityInsert){.duty = duty,
                                                   .kind = kind,
                                                   .uid = new_uid(c),
                                                   .ordinal = ordinal,
                                                   .title = planned->title,
                                                   .stage = stage,
                                                   .why = planned->why,
                                                   .series = planned->series,
                                                   .due = planned->due,
                                                   .earliest = planned->earliest,
                                                   .latest = planned->latest,
                                                   .start_minute = proposal->start_minute,
                                                   .duration_minutes = planned->duration_minutes,
                                                   .owner_person = owner.person,
                                                   .owner_position = owner.position,
                                                   .site = proposal->site,
                                                   .system = proposal->system});
  if (*id <= 0) return false;
  add_checklist(c, *id, proposal->kind);
  LedgerEntry *entry = ledger_entry(c, "activity.planned", "activity", *id);
  ledger_number(entry, "duty", duty);
  ledger_value(entry, "kind", kind);
  ledger_value(entry, "title", planned->title);
  if (stage[0] != '\0') ledger_value(entry, "stage", stage);
  ledger_day(entry, "earliest", planned->earliest);
  ledger_day(entry, "due", planned->due);
  ledger_day(entry, "latest", planned->latest);
  if (!ledger_write(entry)) return false;
  Counted counted = {.state = STATE_PLANNED,
                     .baseline = planned->due,
                     .due = planned->due,
                     .latest = planned->latest,
                     .held_on = DATE_NONE};
  return tally_change(c, duty, kind, NULL, &counted);
}
