// SPDX-License-Identifier: Apache-2.0
#include "mail/choice.h"

#include "db/db.h"
#include "ledger/ledger.h"
#include "mail/answer.sql.h"
#include "mail/answer_rules.h"
#include "mail/choice.sql.h"
#include "mail/reminder.sql.h"

enum { MORNING = 7 * 60, MONDAY = 1 };

bool mail_choice_get(Context *c, int64_t person, MailChoice *out) {
  SqlChoiceGetRow row;
  *out = (MailChoice){.quiet_from = -1, .quiet_until = -1};
  if (sql_choice_get(c, (SqlChoiceGet){.person = person}, &row))
    *out = (MailChoice){.quiet_from = row.quiet_from,
                        .quiet_until = row.quiet_until,
                        .digest = (Digest)row.digest,
                        .stopped = row.stopped,
                        .version = row.version};
  return context_ok(c);
}

bool mail_choice_set(Context *c, int64_t person, const MailChoice *choice) {
  TRANSACTION(c, tx);
  MailChoice before;
  if ((choice->quiet_from < 0) != (choice->quiet_until < 0))
    return invalid(c, choice->quiet_from < 0 ? "quiet_from" : "quiet_until",
                   _("Quiet hours have a beginning and an end."));
  sql_choice_insert(c, (SqlChoiceInsert){.person = person});
  if (!mail_choice_get(c, person, &before)) return false;
  SqlChoiceSet set = {.person = person,
                      .quiet_from = choice->quiet_from,
                      .quiet_until = choice->quiet_until,
                      .digest = choice->digest,
                      .stopped = choice->stopped,
                      .version = choice->version == 0 ? before.version : choice->version};
  if (sql_choice_set(c, set) != 1)
    return context_ok(c) && conflict(c, "%s", _("It was changed elsewhere meanwhile."));
  LedgerEntry *entry = ledger_entry(c, "mail.choice", "person", person);
  ledger_int(entry, "quiet_from", before.quiet_from, choice->quiet_from);
  ledger_int(entry, "quiet_until", before.quiet_until, choice->quiet_until);
  ledger_int(entry, "digest", before.digest, choice->digest);
  ledger_int(entry, "stopped", before.stopped, choice->stopped);
  return ledger_write(entry) && transaction_commit(&tx);
}

bool mail_stop_find(Context *c, const char *token, int64_t *person, const char **address) {
  SqlAnswerTokenRow row;
  SqlChoicePersonRow who;
  c->org = 0;
  if (!sql_answer_token(c, (SqlAnswerToken){.token = token}, &row) ||
      !text_equal(row.purpose, "stop") || !answer_enter(c, row.org) ||
      !sql_choice_person(c, (SqlChoicePerson){.person = row.object}, &who))
    return context_ok(c) ? not_found(c, "%s", _("There is no such link.")) : false;
  *person = row.object;
  *address = who.email == NULL ? "" : who.email;
  return true;
}

bool mail_stop_now(Context *c, int64_t person) {
  MailChoice choice;
  if (!mail_choice_get(c, person, &choice)) return false;
  if (choice.stopped) return true;
  choice.stopped = true;
  choice.version = 0;
  return mail_choice_set(c, person, &choice);
}

// ---- digests ----

// In the morning of a day after the oldest was queued; of weekly ones, of a Monday after it.
static bool is_time(const Context *c, const SqlDigestPeopleRow *row) {
  int32_t second, unused;
  const Zone *zone = zone_find(row->zone);
  if (zone == NULL) zone = c->zone;
  if (row->digest == DIGEST_AT_ONCE) return true; // chose otherwise since
  Date today = zone_date(zone, c->now, &second), oldest = zone_date(zone, row->oldest, &unused);
  bool morning = second / 60 >= MORNING;
  int32_t age = date_diff(today, oldest);
  if (row->digest == DIGEST_DAILY) return age >= 1 && morning;
  int32_t since_monday = date_weekday(today) - MONDAY;
  return age > since_monday && (since_monday > 0 || morning);
}

static const char *path_of(Context *c, const char *slug, const SqlDigestMailsRow *row) {
  if (!text_equal(row->object_kind, "activity")) return NULL;
  return text_format(c->arena, "/o/%s/activities/%lld", slug, (long long)row->object);
}

static bool send_digest(Context *c, const SqlDigestPeopleRow *who, const char *slug) {
  SqlDigestMailsRows rows = sql_digest_mails(c, (SqlDigestMails){.person = who->person});
  if (rows.count == 0) return context_ok(c);
  MAIL_SPEAKS_TO(c, who->person);
  Letter letter = letter_begin(c, who->digest == DIGEST_WEEKLY ? _("Your week in Daybook")
                                                               : _("Your day in Daybook"));
  for (size_t i = 0; i < rows.count; i++) {
    const char *path = path_of(c, slug, &rows.items[i]);
    letter_point(c, &letter,
                 path == NULL ? rows.items[i].subject
                              : text_format(c->arena, "%s\n" MAIL_OWN_LINK "%s",
                                            rows.items[i].subject, path));
  }
  letter_button(c, &letter, _("Open Today"), text_format(c->arena, "/o/%s/today", slug));
  int64_t id;
  MailNew mail = {.kind = MAIL_DIGEST,
                  .person = who->person,
                  .subject = text_format(c->arena, "%s: %zu", letter.heading, rows.count),
                  .letter = &letter};
  return mail_queue(c, &mail, &id) &&
         sql_digest_take(c, (SqlDigestTake){.person = who->person,
                                            .last = rows.items[rows.count - 1].id,
                                            .digest = id}) > 0;
}

bool mail_digests(Context *c, int64_t *sent) {
  SqlDigestPeopleRows people = sql_digest_people(c);
  SqlReminderSlugRow org;
  *sent = 0;
  if (people.count == 0 || !sql_reminder_slug(c, &org)) return context_ok(c);
  for (size_t i = 0; i < people.count && context_ok(c); i++) {
    if (!is_time(c, &people.items[i])) continue;
    TRANSACTION(c, tx);
    if (!send_digest(c, &people.items[i], org.slug) || !transaction_commit(&tx)) return false;
    ++*sent;
  }
  return context_ok(c);
}
