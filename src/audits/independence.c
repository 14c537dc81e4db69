// SPDX-License-Identifier: Apache-2.0
// Nobody audits their own work. Owning or operating an area is refused, unless an exception with a
// reason and an approver is recorded; having worked there within twelve months, or reporting to its
// owner, is a warning.
#include "audits/auditor.h"

#include "audits/auditor.sql.h"
#include "audits/unit.sql.h"
#include "db/db.h"
#include "ledger/ledger.h"
#include "org/people.sql.h"
#include "registers/annex_a.h"

enum { WORKED_MONTHS = 12 };

struct StandingBook {
  SqlSourceControlsRows controls;
  SqlOperatorsRows operators;
  SqlWorkedAllRows worked;
  SqlExceptionAllRows exceptions;
  SqlFormerOwnersRows former; // of the last twelve months
};

StandingBook *standing_book(Context *c) {
  StandingBook *book = arena_new(c->arena, StandingBook);
  book->controls = sql_source_controls(c);
  for (size_t i = 0; i < book->controls.count; i++) { // by the name the units know them by
    const AnnexControl *known = annex_control_find(book->controls.items[i].ref);
    if (known != NULL) book->controls.items[i].ref = known->ref;
  }
  book->operators = sql_operators(c);
  book->worked = sql_worked_all(c);
  book->exceptions = sql_exception_all(c);
  book->former =
      sql_former_owners(c, (SqlFormerOwners){.since = date_add_months(c->today, -WORKED_MONTHS)});
  for (size_t i = 0; i < book->former.count; i++) {
    const AnnexControl *known = annex_control_find(book->former.items[i].ref);
    if (known != NULL) book->former.items[i].ref = known->ref;
  }
  return context_ok(c) ? book : NULL;
}

static const char *operates(Context *c, const StandingBook *book, const Unit *unit,
                            int64_t person) {
  for (size_t i = 0; i < book->controls.count; i++) {
    const SqlSourceControlsRow *row = &book->controls.items[i];
    bool theirs = row->owner_person == person || row->holder == person;
    if (theirs && refs_have(unit->refs, row->ref))
      return text_format(c->arena, _("operates %s"), row->ref);
  }
  for (size_t i = 0; i < book->operators.count; i++)
    if (book->operators.items[i].unit == unit->id && book->operators.items[i].person == person)
      return text_format(c->arena, _("answers for %s"), book->operators.items[i].what);
  return NULL;
}

static const SqlExceptionAllRow *exception_for(const StandingBook *book, int64_t unit,
                                               int64_t person) {
  for (size_t i = 0; i < book->exceptions.count; i++) {
    const SqlExceptionAllRow *row = &book->exceptions.items[i];
    if (row->unit == unit && row->person == person && instant_is_none(row->ended)) return row;
  }
  return NULL;
}

// What was theirs within twelve months: the unit, what it is made of, or one of its controls.
static const char *owned_lately(Context *c, const StandingBook *book, const Unit *unit,
                                int64_t person) {
  for (size_t i = 0; i < book->former.count; i++) {
    const SqlFormerOwnersRow *row = &book->former.items[i];
    bool item = text_equal(row->kind, "register_item");
    bool here = row->person == person &&
                (item ? row->object == unit->register_item ||
                            (row->ref[0] != '\0' && refs_have(unit->refs, row->ref))
                      : row->object == unit->id);
    if (here && row->ref[0] != '\0')
      return text_format(c->arena, _("owned %s until %s"), row->ref,
                         date_words(c->arena, row->until_on));
    if (here)
      return text_format(c->arena, _("owned it until %s"), date_words(c->arena, row->until_on));
  }
  return NULL;
}

static Standing warned(Context *c, const StandingBook *book, const Unit *unit, int64_t person,
                       int64_t manager) {
  Date since = date_add_months(c->today, -WORKED_MONTHS);
  for (size_t i = 0; i < book->worked.count; i++) {
    const SqlWorkedAllRow *row = &book->worked.items[i];
    if (row->unit == unit->id && row->person == person && date_compare(row->until_on, since) >= 0)
      return (Standing){INDEPENDENT_WARNING, text_format(c->arena, _("worked there until %s"),
                                                         date_words(c->arena, row->until_on))};
  }
  const char *owned = owned_lately(c, book, unit, person);
  if (owned != NULL) return (Standing){INDEPENDENT_WARNING, owned};
  if (manager != 0 && manager == unit->owner_is)
    return (Standing){INDEPENDENT_WARNING, _("reports to its owner")};
  return (Standing){INDEPENDENT, ""};
}

Standing standing_of(Context *c, const StandingBook *book, const Unit *unit, int64_t person,
                     int64_t manager) {
  const char *why = unit->owner_is == person ? _("owns it") : operates(c, book, unit, person);
  if (why == NULL) return warned(c, book, unit, person, manager);
  const SqlExceptionAllRow *exception = exception_for(book, unit->id, person);
  if (exception == NULL) return (Standing){DEPENDENT, why};
  return (Standing){INDEPENDENT_EXCEPTION,
                    text_format(c->arena, _("%s; exception approved by %s: %s"), why,
                                exception->approver, exception->reason)};
}

bool worked_there(Context *c, int64_t person, int64_t unit, Date until) {
  TRANSACTION(c, tx);
  if (date_is_none(until) || date_compare(until, c->today) > 0)
    return invalid(c, "until", _("Give the last day they worked there."));
  sql_worked_put(c, (SqlWorkedPut){.person = person, .unit = unit, .until_on = until});
  LedgerEntry *entry = ledger_entry(c, "audit_unit.worked_there", "audit_unit", unit);
  ledger_number(entry, "person", person);
  ledger_day(entry, "until", until);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool exceptions_load(Context *c, AuditExceptions *out) {
  SqlExceptionAllRows rows = sql_exception_all(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlExceptionAllRow *row = &rows.items[i];
    *list_add(c->arena, out) = (AuditException){.id = row->id,
                                                .unit = row->unit,
                                                .person = row->person,
                                                .approved_by = row->approved_by,
                                                .title = row->title,
                                                .name = row->name,
                                                .reason = row->reason,
                                                .approver = row->approver,
                                                .made = row->made,
                                                .ended = !instant_is_none(row->ended)};
  }
  return context_ok(c);
}

bool exception_add(Context *c, const AuditException *exception) {
  TRANSACTION(c, tx);
  Unit unit;
  SqlAuditorPersonRow person;
  if (!unit_load(c, exception->unit, &unit)) return false;
  if (!sql_auditor_person(c, (SqlAuditorPerson){.id = exception->person}, &person))
    return context_ok(c) && invalid(c, "person", _("There is nobody of that name."));
  if (text_is_empty(exception->reason))
    invalid(c, "reason", _("Say why nobody independent can do it; the reason stays visible."));
  if (exception->approved_by == 0)
    invalid(c, "approved_by", _("An exception needs somebody who approves it."));
  else if (exception->approved_by == exception->person)
    invalid(c, "approved_by", _("Nobody approves an exception for themselves."));
  if (!context_ok(c)) return false;
  StandingBook *book = standing_book(c);
  if (book == NULL) return false;
  if (standing_of(c, book, &unit, exception->person, 0).verdict != DEPENDENT)
    return invalid(c, "person", _("%s needs no exception to audit “%s”."), person.name, unit.title);
  int64_t id = sql_exception_insert(c, (SqlExceptionInsert){.unit = exception->unit,
                                                            .person = exception->person,
                                                            .reason = exception->reason,
                                                            .approved_by = exception->approved_by});
  LedgerEntry *entry = ledger_entry(c, "audit_exception.recorded", "audit_exception", id);
  ledger_number(entry, "unit_id", exception->unit);
  ledger_number(entry, "person_id", exception->person);
  ledger_number(entry, "approved_by", exception->approved_by);
  ledger_personal(entry, "reason", exception->reason);
  return id > 0 && ledger_write(entry) && transaction_commit(&tx);
}

bool exception_end(Context *c, int64_t id) {
  TRANSACTION(c, tx);
  if (sql_exception_end(c, (SqlExceptionEnd){.id = id}) != 1)
    return context_ok(c) && not_found(c, _("There is no such exception in force."));
  return ledger_write(ledger_entry(c, "audit_exception.ended", "audit_exception", id)) &&
         transaction_commit(&tx);
}
