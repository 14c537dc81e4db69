// SPDX-License-Identifier: Apache-2.0
#include "outbox/outbox.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "db/db.h"
#include "html/html.h"
#include "ledger/ledger.h"
#include "outbox/outbox.sql.h"

enum { TOKEN_BYTES = 12 };

typedef struct Reader {
  const char *name, *address;
  const Zone *zone;
  int64_t quiet_from, quiet_until, digest;
  bool stopped;
} Reader;

// Hexadecimal: stands in an address's local part, where case may be lost on the way.
static const char *random_token(Context *c) {
  unsigned char bytes[TOKEN_BYTES];
  char hex[TOKEN_BYTES * 2 + 1];
  randombytes_buf(bytes, sizeof bytes);
  sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
  return text_copy(c->arena, hex);
}

const char *mail_token_create(Context *c, const char *purpose, int64_t object) {
  const char *token = random_token(c);
  SqlMailTokenAdd add = {.token = token, .purpose = purpose, .object = object};
  return sql_mail_token_add(c, add) == 1 ? token : NULL;
}

static const char *stop_token_of(Context *c, int64_t person) {
  SqlMailTokenOfRow row;
  if (sql_mail_token_of(c, (SqlMailTokenOf){.purpose = "stop", .object = person}, &row))
    return row.token;
  return context_ok(c) ? mail_token_create(c, "stop", person) : NULL;
}

// False without an error: there is nobody to write to.
static bool find_reader(Context *c, const MailNew *mail, Reader *out) {
  *out = (Reader){.name = mail->name == NULL ? "" : mail->name,
                  .address = mail->address,
                  .zone = c->zone,
                  .quiet_from = -1,
                  .quiet_until = -1};
  if (mail->person == 0) return !text_is_empty(mail->address);
  SqlMailReaderRow row;
  if (!sql_mail_reader(c, (SqlMailReader){.person = mail->person}, &row)) return false;
  const Zone *zone = zone_find(row.zone);
  if (zone != NULL) out->zone = zone;
  out->name = row.name;
  out->address = mail->address != NULL ? mail->address : row.email;
  if (row.quiet_from.has) out->quiet_from = row.quiet_from.value;
  if (row.quiet_until.has) out->quiet_until = row.quiet_until.value;
  out->digest = row.digest.has ? row.digest.value : 0;
  out->stopped = row.stopped.has && row.stopped.value != 0;
  return !text_is_empty(out->address);
}

// Quiet hours may run over midnight; outside of them, now.
static Instant after_quiet_hours(const Context *c, const Reader *reader) {
  int32_t second;
  if (reader->quiet_from < 0 || reader->quiet_until < 0) return c->now;
  Date day = zone_date(reader->zone, c->now, &second);
  int64_t minute = second / 60, from = reader->quiet_from, until = reader->quiet_until;
  bool over_midnight = from > until;
  bool quiet = over_midnight ? minute >= from || minute < until : minute >= from && minute < until;
  if (!quiet) return c->now;
  if (over_midnight && minute >= from) day = date_add_days(day, 1);
  return zone_instant(reader->zone, day, (int32_t)until * 60);
}

static const char *or_empty(const char *text) {
  return text == NULL ? "" : text;
}

// The invitation's token stands in it, too: replies name the message they answer.
static const char *message_id(Context *c, const char *token) {
  const char *from = mail_from(c->arena);
  const char *at = from == NULL ? NULL : strrchr(from, '@');
  return text_format(c->arena, "%s%s%s@%s", random_token(c), text_is_empty(token) ? "" : ".",
                     or_empty(token), at == NULL ? "daybook.invalid" : at + 1);
}

static bool is_said(Context *c, const char *once) {
  SqlMailSaidRow row;
  return once != NULL && sql_mail_said(c, (SqlMailSaid){.once = once}, &row);
}

// iCalendar lines are kept unfolded: what is put in later may be folded anew.
static const char *unfolded(Context *c, const char *calendar) {
  Text out;
  text_init(&out, c->arena);
  for (const char *at = calendar == NULL ? "" : calendar; *at != '\0';) {
    if (strncmp(at, "\r\n ", 3) == 0 || strncmp(at, "\r\n\t", 3) == 0)
      at += 3;
    else
      text_add_char(&out, *at++);
  }
  return out.data == NULL ? "" : out.data;
}

static bool hear(Context *c, const MailNew *mail, int64_t id) {
  LedgerEntry *entry = ledger_entry(c, "mail.queued", "mail", id);
  ledger_value(entry, "kind", mail_rule(mail->kind)->name);
  ledger_number(entry, "person", mail->person);
  if (mail->object != 0) {
    ledger_value(entry, "about", or_empty(mail->object_kind));
    ledger_number(entry, "object", mail->object);
  }
  if (!text_is_empty(mail->method)) ledger_value(entry, "method", mail->method);
  return ledger_write(entry);
}

static bool insert(Context *c, const MailNew *mail, const Reader *reader, int64_t *id) {
  const MailRule *rule = mail_rule(mail->kind);
  SqlMailOrganisationRow organisation;
  if (!sql_mail_organisation(c, &organisation)) return false;
  const char *stop = rule->stoppable && mail->person != 0 ? stop_token_of(c, mail->person) : "";
  if (stop == NULL) return false;
  Letter letter = *mail->letter;
  letter.organisation = organisation.name;
  if (text_is_empty(letter.because)) letter.because = _(rule->because);
  letter.stop = stop[0] == '\0' ? "" : text_format(c->arena, "/mail/stop/%s", stop);
  bool wait = rule->digested && reader->digest > 0;
  *id = sql_mail_insert(
      c, (SqlMailInsert){.message_id = message_id(c, mail->answer_token),
                         .kind = rule->name,
                         .person = mail->person,
                         .address = reader->address,
                         .name = reader->name,
                         .subject = mail->subject,
                         .body_text = letter_text(c, &letter),
                         .body_html = letter_html_text(c, &letter),
                         .calendar = unfolded(c, mail->calendar),
                         .method = or_empty(mail->method),
                         .answer_token = or_empty(mail->answer_token),
                         .stop_token = stop,
                         .once_key = mail->once,
                         .topic = or_empty(mail->topic),
                         .object_kind = or_empty(mail->object_kind),
                         .object = mail->object,
                         .state = wait ? MAIL_FOR_DIGEST : MAIL_WAITING,
                         .next_try = rule->at_once ? c->now : after_quiet_hours(c, reader)});
  return *id > 0 && hear(c, mail, *id);
}

int mail_language(Context *c, int64_t person) {
  SqlMailLanguageRow row = {0};
  if (c->org == 0) return -1;
  sql_mail_language(c, (SqlMailLanguage){.person = person}, &row);
  return language_find(row.language);
}

int mail_speak(Context *c, int64_t person) {
  const int language = mail_language(c, person);
  return language_speak(language < 0 ? 0 : language);
}

// In the language the letter was begun in: a reader's own may be another one than who caused it.
bool mail_queue(Context *c, const MailNew *mail, int64_t *id) {
  int64_t unused;
  if (id == NULL) id = &unused;
  *id = 0;
  TRANSACTION(c, tx);
  Reader reader;
  if (!find_reader(c, mail, &reader)) return context_ok(c) && transaction_commit(&tx);
  if ((mail_rule(mail->kind)->stoppable && reader.stopped) || is_said(c, mail->once))
    return context_ok(c) && transaction_commit(&tx);
  if (!text_is_empty(mail->topic) && mail->person != 0)
    sql_mail_withdraw(c, (SqlMailWithdraw){.topic = mail->topic, .person = mail->person});
  return context_ok(c) && insert(c, mail, &reader, id) && transaction_commit(&tx);
}

bool mail_queue_role(Context *c, int role, const MailNew *mail, int64_t *count) {
  TRANSACTION(c, tx);
  SqlMailRolePeopleRows people = sql_mail_role_people(c, (SqlMailRolePeople){.role = role});
  *count = 0;
  for (size_t i = 0; i < people.count && context_ok(c); i++) {
    MailNew one = *mail;
    int64_t id;
    one.person = people.items[i].person;
    if (mail->once != NULL)
      one.once = text_format(c->arena, "%s.%lld", mail->once, (long long)one.person);
    if (!mail_queue(c, &one, &id)) return false;
    *count += id != 0;
  }
  return context_ok(c) && transaction_commit(&tx);
}

bool mail_withdraw(Context *c, const char *topic, int64_t person, bool *all) {
  SqlMailOfTopicRow row = {0};
  sql_mail_withdraw(c, (SqlMailWithdraw){.topic = topic, .person = person});
  sql_mail_of_topic(c, (SqlMailOfTopic){.topic = topic, .person = person}, &row);
  *all = row.count == 0;
  return context_ok(c);
}

// From where and with what words they answered; each activity's ledger says that it is gone.
static bool forget_heard(Context *c, int64_t person) {
  const char *heard = text_format(c->arena, "%%\"person\":{\"to\":%" PRId64 "}%%", person);
  SqlMailHeardOfRows rows = sql_mail_heard_of(c, (SqlMailHeardOf){.heard = heard});
  sql_mail_forget_heard(c, (SqlMailForgetHeard){.heard = heard});
  for (size_t i = 0; i < rows.count; i++) {
    LedgerEntry *entry = ledger_entry(c, "personal.erased", "activity", rows.items[i].activity);
    ledger_number(entry, "values", rows.items[i].count);
    if (!ledger_write(entry)) return false;
  }
  return context_ok(c);
}

static void forget_words(Context *c, const char *words, const char *stands) {
  sql_mail_forget_words(c, (SqlMailForgetWords){.words = words, .stands = stands});
}

// As it stands in a text, in HTML, and where a line of a text ends within it.
static void forget_name(Context *c, const char *name, const char *stands) {
  static const char *const folds[] = {"\n", "\n  "};
  Text html;
  text_init(&html, c->arena);
  html_text(&html, name);
  html_finish(&html);
  forget_words(c, name, stands);
  if (!text_equal(html.data, name)) forget_words(c, html.data, stands);
  for (const char *at = name; (at = strchr(at, ' ')) != NULL; at++)
    for (size_t i = 0; i < COUNT_OF(folds); i++)
      forget_words(c,
                   text_format(c->arena, "%s%s%s", text_copy_n(c->arena, name, (size_t)(at - name)),
                               folds[i], at + 1),
                   stands);
}

bool outbox_forget(Context *c, const PersonForgot *who) {
  const int64_t person = who->person;
  sql_mail_forget(c, (SqlMailForget){.person = person});
  sql_mail_forget_answer(c, (SqlMailForgetAnswer){.person = person});
  sql_mail_forget_invitation(c, (SqlMailForgetInvitation){.person = person});
  sql_mail_forget_busy(c, (SqlMailForgetBusy){.person = person});
  // One word alone is many people's.
  if (strchr(who->name, ' ') != NULL) forget_name(c, who->name, who->stands);
  if (!text_is_empty(who->address))
    forget_words(c, who->address, text_format(c->arena, "erased-%" PRId64 "@invalid", person));
  return context_ok(c) && forget_heard(c, person);
}
