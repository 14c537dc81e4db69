// SPDX-License-Identifier: Apache-2.0
// Who is to be invited, compared with who was told what.
#include "mail/invite.h"

#include <sodium.h>

#include "db/db.h"
#include "ledger/ledger.h"
#include "mail/invite.sql.h"
#include "mail/invite_mail.h"

enum { MOST_AT_ONCE = 5000 };

// ---- the choice of kinds ----

static InviteWho usual_choice(DutyKind kind) {
  switch (kind) {
  case DUTY_MANAGEMENT_REVIEW:
  case DUTY_AUDIT:
  case DUTY_EXERCISE_CONTINUITY:
  case DUTY_EXERCISE_EVACUATION:
  case DUTY_EXERCISE_RECOVERY:
  case DUTY_RISK_WORKSHOP: return INVITE_AND_OWNER;
  case DUTY_CONTROL_CHECK: return INVITE_NOBODY;
  default: return INVITE_TAKING_PART;
  }
}

InviteWho invite_who(Context *c, DutyKind kind) {
  SqlInviteChoiceRow row;
  if (sql_invite_choice(c, (SqlInviteChoice){.kind = duty_kind_name(kind)}, &row))
    return (InviteWho)row.who;
  return usual_choice(kind);
}

bool invite_choose(Context *c, DutyKind kind, InviteWho who) {
  TRANSACTION(c, tx);
  InviteWho before = invite_who(c, kind);
  if (who < INVITE_NOBODY || who > INVITE_AND_OWNER)
    return invalid(c, duty_kind_name(kind), _("Choose who is invited."));
  if (before == who) return context_ok(c) && transaction_commit(&tx);
  sql_invite_choice_put(c, (SqlInviteChoicePut){.kind = duty_kind_name(kind), .who = who});
  LedgerEntry *entry = ledger_entry(c, "mail.invites", "organisation", c->org);
  ledger_value(entry, "kind", duty_kind_name(kind));
  ledger_int(entry, "who", before, who);
  return ledger_write(entry) && transaction_commit(&tx);
}

// ---- what somebody was told ----

// Everything an invitation says that a person must hear of when it changes.
static const char *told_of(Context *c, const Meeting *m) {
  unsigned char hash[16];
  char hex[sizeof hash * 2 + 1];
  const Activity *a = m->activity;
  const char *text =
      text_format(c->arena, "%s\n%s\n%d\n%d\n%s\n%s\n%s", a->title, date_text(c->arena, a->due),
                  (int)a->start_minute, (int)a->duration_minutes, a->time_zone,
                  m->location == NULL ? "" : m->location, m->place.link);
  crypto_generichash(hash, sizeof hash, (const unsigned char *)text, __builtin_strlen(text), NULL,
                     0);
  sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
  // The time stands in front: another time is asked for again, another room is not.
  return text_format(c->arena, "%s %d %d %s", date_text(c->arena, a->due), (int)a->start_minute,
                     (int)a->duration_minutes, hex);
}

static bool same_time(const char *before, const char *now) {
  size_t a = __builtin_strlen(before), b = __builtin_strlen(now);
  return a == b && a > 32 && __builtin_memcmp(before, now, a - 32) == 0;
}

static bool hear(Context *c, const char *action, const Meeting *m, int64_t person, int64_t mail) {
  LedgerEntry *entry = ledger_entry(c, action, "activity", m->activity->id);
  ledger_number(entry, "person", person);
  ledger_number(entry, "sequence", m->activity->sequence);
  ledger_number(entry, "mail", mail);
  return ledger_write(entry);
}

// ---- one person ----

static const SqlInviteRowsRow *row_of(const Meeting *m, int64_t person) {
  for (size_t i = 0; i < m->rows.count; i++)
    if (m->rows.items[i].person == person) return &m->rows.items[i];
  return NULL;
}

static bool invite_new(Context *c, const Meeting *m, const SqlInvitePeopleRow *who,
                       const char *told) {
  Invited invited = {.person = who->person, .name = who->name, .address = who->email};
  invited.id = sql_invite_insert(c, (SqlInviteInsert){.activity = m->activity->id,
                                                      .person = who->person,
                                                      .address = who->email,
                                                      .sequence = m->activity->sequence,
                                                      .told = told});
  if (invited.id <= 0) return false;
  invited.token = mail_token_create(c, "answer", invited.id);
  if (invited.token == NULL) return false;
  sql_invite_set_token(c, (SqlInviteSetToken){.id = invited.id, .token = invited.token});
  int64_t mail;
  return invite_mail(c, m, &invited, INVITE_FIRST, &mail) &&
         hear(c, "invitation.sent", m, who->person, mail);
}

static bool invite_again(Context *c, const Meeting *m, const SqlInvitePeopleRow *who,
                         const SqlInviteRowsRow *row, const char *told) {
  bool moved = row->state == 1 || !same_time(row->told, told);
  bool never_heard;
  Invited invited = {.id = row->id,
                     .person = who->person,
                     .name = who->name,
                     .address = who->email,
                     .token = row->token};
  SqlInviteSetTold set = {.id = row->id,
                          .address = who->email,
                          .state = 0,
                          .sequence = m->activity->sequence,
                          .told = told,
                          .ask_again = moved};
  sql_invite_set_told(c, set);
  if (!mail_withdraw(c, invite_topic(c, m->activity->id), who->person, &never_heard)) return false;
  InviteWhat what = never_heard || row->state == 1 ? INVITE_FIRST
                    : moved                        ? INVITE_MOVED
                                                   : INVITE_CHANGED;
  int64_t mail;
  return invite_mail(c, m, &invited, what, &mail) &&
         hear(c, "invitation.updated", m, who->person, mail);
}

static bool call_off(Context *c, const Meeting *m, const SqlInviteRowsRow *row) {
  bool never_heard;
  if (!mail_withdraw(c, invite_topic(c, m->activity->id), row->person, &never_heard)) return false;
  if (never_heard) {
    sql_invite_forget(c, (SqlInviteForget){.id = row->id});
    return hear(c, "invitation.withdrawn", m, row->person, 0);
  }
  Invited invited = {.id = row->id,
                     .person = row->person,
                     .name = row->name,
                     .address = row->address,
                     .token = row->token};
  // One who is not asked any more is told with the activity's own sequence: it did not change.
  SqlInviteSetTold set = {.id = row->id,
                          .address = row->address,
                          .state = 1,
                          .sequence = m->activity->sequence,
                          .told = row->told};
  sql_invite_set_told(c, set);
  int64_t mail;
  bool off = m->activity->state == STATE_CANCELLED;
  return invite_mail(c, m, &invited, off ? INVITE_OFF : INVITE_NOT_ASKED, &mail) &&
         hear(c, "invitation.cancelled", m, row->person, mail);
}

// ---- everybody ----

static bool is_asked(const Meeting *m, const SqlInvitePeopleRow *who) {
  if (text_is_empty(who->email)) return false;
  return m->who == INVITE_AND_OWNER || (m->who == INVITE_TAKING_PART && !who->owner);
}

static bool still_there(const Meeting *m, int64_t person) {
  for (size_t i = 0; i < m->people.count; i++)
    if (m->people.items[i].person == person) return true;
  return false;
}

// Neither what is past nor what is far away is invited to; whoever was, hears of every change.
static bool is_invited_to(Context *c, const Activity *a) {
  Date far = date_add_months(c->today, INVITE_AHEAD_MONTHS);
  return a->state < STATE_CONCLUDED && date_compare(a->due, c->today) >= 0 &&
         date_compare(a->due, far) <= 0;
}

static bool bring_in_line(Context *c, const Meeting *m) {
  const char *told = told_of(c, m);
  bool inviting = is_invited_to(c, m->activity), open = m->activity->state < STATE_CONCLUDED;
  for (size_t i = 0; i < m->people.count && context_ok(c); i++) {
    const SqlInvitePeopleRow *who = &m->people.items[i];
    const SqlInviteRowsRow *row = row_of(m, who->person);
    bool heard = row != NULL && row->state == 0;
    if (!is_asked(m, who) && !heard) continue;
    bool differs = row == NULL || row->state == 1 || !text_equal(row->told, told) ||
                   !text_equal(row->address, who->email);
    if (row == NULL && inviting) invite_new(c, m, who, told);
    if (row != NULL && open && differs && (heard || inviting) && !text_is_empty(who->email))
      invite_again(c, m, who, row, told);
  }
  for (size_t i = 0; i < m->rows.count && context_ok(c); i++) {
    const SqlInviteRowsRow *row = &m->rows.items[i];
    bool gone = open && !still_there(m, row->person);
    if (row->state == 0 && (gone || m->activity->state == STATE_CANCELLED)) call_off(c, m, row);
  }
  return context_ok(c);
}

bool invite_watch(Context *c, int64_t activity) {
  Activity a;
  Meeting m = {.activity = &a};
  if (!activity_get(c, activity, &a)) return false;
  m.rows = sql_invite_rows(c, (SqlInviteRows){.activity = activity});
  m.who = invite_who(c, a.kind);
  if (m.rows.count == 0 && (m.who == INVITE_NOBODY || !is_invited_to(c, &a))) return context_ok(c);
  m.people = sql_invite_people(c, (SqlInvitePeople){.activity = activity});
  return meeting_complete(c, &m) && bring_in_line(c, &m);
}

bool invite_all(Context *c, int64_t *activities) {
  SqlInviteDueRows due =
      sql_invite_due(c, (SqlInviteDue){.until = date_add_months(c->today, INVITE_AHEAD_MONTHS),
                                       .limit = MOST_AT_ONCE});
  SqlInviteStaleRows stale = sql_invite_stale(c, (SqlInviteStale){.limit = MOST_AT_ONCE});
  for (size_t i = 0; i < due.count && context_ok(c); i++) invite_watch(c, due.items[i].id);
  for (size_t i = 0; i < stale.count && context_ok(c); i++) invite_watch(c, stale.items[i].id);
  *activities = (int64_t)(due.count + stale.count);
  return context_ok(c);
}

// ---- reading ----

static Invitation invitation_of(const SqlInviteRowRow *row) {
  return (Invitation){.id = row->id,
                      .activity = row->activity,
                      .person = row->person,
                      .version = row->version,
                      .sequence = row->sequence,
                      .name = row->name,
                      .address = row->address,
                      .token = row->token,
                      .off = row->state == 1,
                      .answer = row->answer,
                      .answered_by = row->answered_by,
                      .comment = row->comment,
                      .delegate = row->delegate,
                      .invited = row->invited,
                      .answered = row->answered,
                      .answer_stamp = row->answer_stamp};
}

bool invite_get(Context *c, int64_t id, Invitation *out) {
  SqlInviteRowRow row;
  if (!sql_invite_row(c, (SqlInviteRow){.id = id}, &row))
    return context_ok(c) ? not_found(c, "%s", _("There is no such invitation.")) : false;
  *out = invitation_of(&row);
  return true;
}

bool invite_list(Context *c, int64_t activity, Invitations *out) {
  SqlInviteRowsRows rows = sql_invite_rows(c, (SqlInviteRows){.activity = activity});
  out->items = arena_array(c->arena, rows.count, sizeof *out->items);
  out->count = rows.count;
  for (size_t i = 0; i < rows.count; i++)
    if (!invite_get(c, rows.items[i].id, &out->items[i])) return false;
  return context_ok(c);
}

const char *invite_answer_words(const char *answer) {
  static const char *const words[][2] = {
      {"accepted", N_("Accepted")},          {"declined", N_("Declined")},
      {"tentative", N_("Perhaps")},          {"delegated", N_("Delegated")},
      {"needs_action", N_("No answer yet")},
  };
  for (size_t i = 0; i < COUNT_OF(words); i++)
    if (text_equal(words[i][0], answer)) return _(words[i][1]);
  return answer;
}

int64_t invite_organiser(Context *c, int64_t activity) {
  SqlInvitePeopleRows people = sql_invite_people(c, (SqlInvitePeople){.activity = activity});
  for (size_t i = 0; i < people.count; i++)
    if (people.items[i].owner) return people.items[i].person;
  return 0;
}
