// SPDX-License-Identifier: Apache-2.0
// What may be done with an action: worked on, finished, extended, given away, cancelled.
#include "db/db.h"
#include "improvement/action.h"
#include "improvement/work.h"
#include "ledger/evidence.h"
#include "org/people.h"

enum { NEEDS_MOST = 50, VISITED_MOST = 2000 };

bool action_load(Context *c, int64_t id, int64_t version, SqlActionByIdRow *row) {
  if (!sql_action_by_id(c, (SqlActionById){.id = id}, row))
    return context_ok(c) ? not_found(c, _("There is no such action.")) : false;
  if (version != 0 && version != row->version)
    return conflict(c,
                    _("Somebody changed “%s” meanwhile: it is now at version %lld, %lld %% done, "
                      "due on %s. What you entered is still here; look at theirs, then save yours "
                      "again."),
                    row->title, (long long)row->version, (long long)row->progress,
                    date_words(c->arena, row->due));
  return true;
}

// Whose it is may work on it, whatever their role; so may whoever leads the programme.
static bool is_theirs(Context *c, const SqlActionByIdRow *row) {
  const uint32_t everything = 1u << ROLE_ADMINISTRATOR | 1u << ROLE_SECURITY_MANAGER |
                              1u << ROLE_TOP_MANAGEMENT | 1u << ROLE_INTERNAL_AUDITOR |
                              1u << ROLE_CONSULTANT;
  SqlActionIsTheirsRow theirs;
  if (c->actor == 0 || (person_roles(c, c->actor) & everything) != 0 ||
      sql_action_is_theirs(c, (SqlActionIsTheirs){.id = row->id}, &theirs))
    return context_ok(c);
  return context_ok(c) && denied(c,
                                 _("“%s” is not yours. Its owner, or whoever leads the programme, "
                                   "can change it or give it to you."),
                                 row->title);
}

static bool load_open(Context *c, int64_t id, int64_t version, SqlActionByIdRow *row) {
  if (!action_load(c, id, version, row) || !is_theirs(c, row)) return false;
  if (row->state < 2) return true;
  return conflict(c,
                  row->state == 2 ? _("“%s” is done and stays so. Add another action instead.")
                                  : _("“%s” is cancelled and stays so."),
                  row->title);
}

// The finding goes on when what it waited for has changed.
static bool tell_finding(Context *c, const SqlActionByIdRow *row, const char *action) {
  return row->finding == 0 || finding_step_again(c, row->finding, action, row->id);
}

bool action_progress(Context *c, const ActionProgress *in) {
  TRANSACTION(c, tx);
  SqlActionByIdRow row;
  if (!load_open(c, in->action, in->version, &row)) return false;
  if (in->percent < 0 || in->percent > 99)
    invalid(c, "percent", _("Between 0 and 99; say that it is done when it is done."));
  words_are_there(c, "words", in->words, _("Say what was done."));
  if (!context_ok(c)) return false;
  SqlActionSetProgress set = {.id = row.id, .version = row.version, .progress = in->percent};
  if (!finding_landed(c, sql_action_set_progress(c, set))) return false;
  sql_action_note_insert(
      c, (SqlActionNoteInsert){.action = row.id, .progress = in->percent, .body = in->words});
  LedgerEntry *entry = ledger_entry(c, "action.progressed", "action", row.id);
  if (row.state != 1) ledger_int(entry, "state", row.state, 1);
  ledger_int(entry, "progress", row.progress, in->percent);
  ledger_personal(entry, "words", in->words);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- done ----

static void gap_add(Context *c, Gaps *gaps, const char *what, const char *how) {
  *list_add(c->arena, gaps) = (Gap){.what = what, .how = how};
}

bool action_gaps(Context *c, int64_t id, Gaps *gaps) {
  SqlActionNeedsRows needs = sql_action_needs(c, (SqlActionNeeds){.action = id});
  for (size_t i = 0; i < needs.count; i++) {
    const SqlActionNeedsRow *need = &needs.items[i];
    if (need->waits || need->state >= 2) continue;
    gap_add(c, gaps, text_format(c->arena, _("It needs “%s” first."), need->title),
            _("Finish that one, or take it off what is needed."));
  }
  if (evidence_count(c, "action", id) == 0)
    gap_add(c, gaps, _("No evidence is attached."),
            _("Attach at least one file that shows it was done."));
  return context_ok(c);
}

bool action_done(Context *c, const ActionDone *in) {
  TRANSACTION(c, tx);
  SqlActionByIdRow row;
  Gaps gaps = {0};
  if (!load_open(c, in->action, in->version, &row) || !action_gaps(c, row.id, &gaps)) return false;
  Date on = date_given(in->on) ? in->on : c->today;
  if (date_compare(on, c->today) > 0)
    invalid(c, "on", _("%s has not come yet."), date_words(c->arena, on));
  words_are_there(c, "result", in->result, _("Say what was done and what is different now."));
  if (!refuse_gaps(c, "done", &gaps) || !context_ok(c)) return false;
  SqlActionSetDone set = {
      .id = row.id, .version = row.version, .done_on = on, .result = in->result};
  if (!finding_landed(c, sql_action_set_done(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "action.done", "action", row.id);
  ledger_int(entry, "state", row.state, 2);
  ledger_int(entry, "progress", row.progress, 100);
  ledger_day(entry, "done_on", on);
  ledger_personal(entry, "result", in->result);
  ledger_number(entry, "evidence", evidence_count(c, "action", row.id));
  return ledger_write(entry) && tell_finding(c, &row, "finding.action_done") &&
         transaction_commit(&tx);
}

// ---- later, somebody else, not at all ----

bool action_extend(Context *c, const ActionExtend *in) {
  TRANSACTION(c, tx);
  SqlActionByIdRow row;
  if (!load_open(c, in->action, in->version, &row)) return false;
  if (!date_given(in->due))
    invalid(c, "due", _("Say until when, as YYYY-MM-DD."));
  else if (date_compare(in->due, c->today) < 0)
    invalid(c, "due", _("%s is past."), date_words(c->arena, in->due));
  else if (date_compare(in->due, row.due) <= 0)
    invalid(c, "due", _("It is due on %s; an extension is later."), date_words(c->arena, row.due));
  if (text_is_empty(in->reason)) invalid(c, "reason", _("Say why; each extension is counted."));
  if (!context_ok(c)) return false;
  SqlActionSetDue set = {.id = row.id, .version = row.version, .due = in->due};
  if (!finding_landed(c, sql_action_set_due(c, set))) return false;
  sql_action_extension_insert(
      c, (SqlActionExtensionInsert){
             .action = row.id, .from_due = row.due, .to_due = in->due, .reason = in->reason});
  LedgerEntry *entry = ledger_entry(c, "action.extended", "action", row.id);
  ledger_date(entry, "due", row.due, in->due);
  ledger_int(entry, "extensions", row.extensions, row.extensions + 1);
  ledger_personal(entry, "reason", in->reason);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool action_give(Context *c, const ActionGive *in) {
  TRANSACTION(c, tx);
  SqlActionByIdRow row;
  if (!load_open(c, in->action, in->version, &row)) return false;
  bool given = in->owner.person != 0 || in->owner.position != 0;
  int64_t priority = in->priority == 0 ? row.priority : in->priority;
  if (priority < 1 || priority > 3) invalid(c, "priority", _("1 is high, 2 normal, 3 low."));
  if (!given && priority == row.priority) invalid(c, "owner", _("Say to whom it is given."));
  if (text_is_empty(in->reason)) invalid(c, "reason", _("Say why; the reason is kept."));
  if (!context_ok(c)) return false;
  SqlActionSetOwner set = {.id = row.id,
                           .version = row.version,
                           .owner_person = given ? in->owner.person : row.owner_person,
                           .owner_position = given ? in->owner.position : row.owner_position,
                           .priority = priority};
  if (!finding_landed(c, sql_action_set_owner(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "action.given", "action", row.id);
  ledger_int(entry, "owner_person", row.owner_person, set.owner_person);
  ledger_int(entry, "owner_position", row.owner_position, set.owner_position);
  if (priority != row.priority) ledger_int(entry, "priority", row.priority, priority);
  ledger_personal(entry, "reason", in->reason);
  if (!ledger_write(entry)) return false;
  ImprovementNews news = {.what = "action.given",
                          .finding = row.finding,
                          .action = row.id,
                          .to = {.person = set.owner_person, .position = set.owner_position},
                          .title = row.title,
                          .place = action_place(c, row.id),
                          .due = row.due};
  return (!given || improvement_tell(c, &news)) && transaction_commit(&tx);
}

bool action_cancel(Context *c, int64_t action, const char *reason, int64_t version) {
  TRANSACTION(c, tx);
  SqlActionByIdRow row;
  if (!load_open(c, action, version, &row)) return false;
  if (text_is_empty(reason)) return invalid(c, "reason", _("Say why; the reason is kept."));
  SqlActionSetCancelled set = {.id = row.id, .version = row.version, .reason = reason};
  if (!finding_landed(c, sql_action_set_cancelled(c, set))) return false;
  LedgerEntry *entry = ledger_entry(c, "action.cancelled", "action", row.id);
  ledger_int(entry, "state", row.state, 3);
  ledger_personal(entry, "cancel_reason", reason);
  return ledger_write(entry) && tell_finding(c, &row, "finding.action_cancelled") &&
         transaction_commit(&tx);
}

// ---- what is needed first ----

// Whether `from` needs `sought`, by way of however many others.
static bool leads_to(Context *c, int64_t from, int64_t sought) {
  LIST_OF(int64_t) seen = {0};
  *list_add(c->arena, &seen) = from;
  for (size_t at = 0; at < seen.count && seen.count < VISITED_MOST; at++) {
    if (seen.items[at] == sought) return true;
    SqlActionNeededIdsRows rows =
        sql_action_needed_ids(c, (SqlActionNeededIds){.action = seen.items[at]});
    for (size_t i = 0; i < rows.count; i++) {
      bool known = false;
      for (size_t k = 0; k < seen.count; k++) known = known || seen.items[k] == rows.items[i].id;
      if (!known) *list_add(c->arena, &seen) = rows.items[i].id;
    }
  }
  return false;
}

static bool need_is_sound(Context *c, const SqlActionByIdRow *row, int64_t needs) {
  SqlActionByIdRow other;
  if (!action_load(c, needs, 0, &other)) return false;
  if (needs == row->id) return invalid(c, "needs", _("An action cannot wait for itself."));
  if (leads_to(c, needs, row->id))
    return invalid(c, "needs",
                   _("“%s” waits for this one already: they would wait for each other for ever."),
                   other.title);
  SqlActionNeededIdsRows rows = sql_action_needed_ids(c, (SqlActionNeededIds){.action = row->id});
  if (rows.count >= NEEDS_MOST)
    return invalid(c, "needs", _("At most %d actions can be needed first."), NEEDS_MOST);
  return context_ok(c);
}

bool action_need(Context *c, int64_t action, int64_t needs, bool needed) {
  TRANSACTION(c, tx);
  SqlActionByIdRow row;
  if (!load_open(c, action, 0, &row) || (needed && !need_is_sound(c, &row, needs))) return false;
  int64_t rows =
      needed ? sql_action_need_add(c, (SqlActionNeedAdd){.action = action, .needs = needs})
             : sql_action_need_remove(c, (SqlActionNeedRemove){.action = action, .needs = needs});
  if (rows <= 0) return context_ok(c) && transaction_commit(&tx); // as it was
  SqlActionTouch touch = {.id = action, .version = row.version};
  if (!finding_landed(c, sql_action_touch(c, touch))) return false;
  LedgerEntry *entry =
      ledger_entry(c, needed ? "action.need_added" : "action.need_removed", "action", action);
  ledger_number(entry, "needs", needs);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- evidence ----

bool action_may_lose_evidence(Context *c, int64_t action) {
  SqlActionByIdRow row;
  return load_open(c, action, 0, &row);
}
bool action_evidence_changed(Context *c, int64_t action) {
  (void)action;
  return context_ok(c);
}
bool finding_may_lose_evidence(Context *c, int64_t finding) {
  SqlFindingByIdRow row;
  return finding_open(c, finding, 0, &row);
}
