// SPDX-License-Identifier: Apache-2.0
// The outbox on a page, and one's own choices.
#include "mail/pages.h"
#include "http/answer.h"
#include "mail/caldav.h"
#include "mail/caldav.sql.h"
#include "mail/choice.h"
#include "mail/choice.sql.h"
#include "mail/mail.routes.h"
#include "mail/mail.sql.h"
#include "mail/quorum_watch.h"
#include "mail/status.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_ROWS = 20, LAST_ANSWERS = 10, OPEN_ANSWERS = 30, MOST_FILE = 2 << 20 };

// ---- words ----

static const char *state_title(int64_t state) {
  static const char *const titles[] = {N_("Waiting"),    N_("On its way"), N_("Sent"),
                                       N_("Refused"),    N_("Withdrawn"),  N_("For a digest"),
                                       N_("In a digest")};
  return state >= 0 && state < (int64_t)COUNT_OF(titles) ? _(titles[state]) : "";
}

static const char *state_tone(int64_t state) {
  static const char *const tones[] = {"stage",     "under_way", "done", "missed",
                                      "cancelled", "stage",     "done"};
  return state >= 0 && state < (int64_t)COUNT_OF(tones) ? tones[state] : "";
}

static int state_named(const char *name) {
  for (int state = MAIL_WAITING; state <= MAIL_IN_DIGEST; state++)
    if (text_equal(mail_state_name((MailState)state), name)) return state;
  return -1;
}

static const char *named(Context *c, const char *name, const char *address) {
  if (text_is_empty(address)) return _("somebody who was erased");
  return text_is_empty(name) ? address : text_format(c->arena, "%s <%s>", name, address);
}

// ---- the outbox ----

// "15 June 2026, 11:00", by the reader's clock.
static const char *clock_time(Context *c, Instant at) {
  int32_t second;
  Date day = zone_date(c->zone, at, &second);
  return text_format(c->arena, "%s, %02d:%02d", date_words(c->arena, day), second / 3600,
                     second / 60 % 60);
}

static const char *server_words(Context *c, const ServiceStatus *s) {
  if (!s->set) return _("Not set.");
  if (!instant_is_none(s->failed))
    return text_format(c->arena, _("Fails since %s: %s"), clock_time(c, s->failed), s->words);
  if (instant_is_none(s->worked)) return _("Set, not used yet.");
  return text_format(c->arena, _("Worked at %s."), clock_time(c, s->worked));
}

// What is wrong with the mailbox of answers itself, though it can be read.
static const char *mailbox_words(Context *c, const ServiceStatus *s) {
  if (s->fill >= 100)
    return _("The mailbox is full: answers are turned away. Make room in it, or have its quota "
             "raised.");
  if (s->fill >= MAILBOX_NEARLY_FULL)
    return text_format(c->arena,
                       _("The mailbox is %lld %% full; once it is full, answers are turned away."),
                       (long long)s->fill);
  if (text_is_empty(s->note)) return "";
  return text_format(c->arena, _("Answers count, but the server would not remove them: %s"),
                     s->note);
}

static MailServer server_row(Context *c, const char *name, const char *variable,
                             const ServiceStatus *s) {
  bool failing = s->set && !instant_is_none(s->failed);
  const char *trouble = s->set ? mailbox_words(c, s) : "";
  failing = failing || trouble[0] != '\0';
  return (MailServer){name, s->set, failing, server_words(c, s), trouble, variable};
}

static MailCountList counts(Context *c, const MailStatus *status, int chosen) {
  MailCount *items = arena_array(c->arena, MAIL_IN_DIGEST + 1, sizeof *items);
  size_t count = 0;
  for (int state = MAIL_WAITING; state <= MAIL_IN_DIGEST; state++) {
    if (status->counts[state] == 0 && state != chosen && state != MAIL_WAITING) continue;
    items[count++] = (MailCount){mail_state_name((MailState)state), state_title(state),
                                 status->counts[state], state == chosen};
  }
  return (MailCountList){items, count, count};
}

static MailRowList mails(Context *c, int state, int64_t page, bool *more) {
  SqlMailListRows rows = sql_mail_list(
      c, (SqlMailList){.state = state, .offset = (page - 1) * PAGE_ROWS, .limit = PAGE_ROWS + 1});
  *more = rows.count > PAGE_ROWS;
  size_t count = *more ? PAGE_ROWS : rows.count;
  MailRow *items = arena_array(c->arena, count, sizeof *items);
  for (size_t i = 0; i < count; i++) {
    const SqlMailListRow *row = &rows.items[i];
    items[i] = (MailRow){.id = row->id,
                         .kind = mail_kind_title(row->kind),
                         .to = named(c, row->name, row->address),
                         .subject = text_is_empty(row->subject) ? _("(emptied)") : row->subject,
                         .state = mail_state_name((MailState)row->state),
                         .state_title = state_title(row->state),
                         .tone = state_tone(row->state),
                         .queued = row->queued,
                         .attempts = row->attempts,
                         .words = row->state == MAIL_SENT ? "" : row->last_words};
  }
  return (MailRowList){items, count, count};
}

static InviteChoiceList kinds(Context *c) {
  static const char *const names[] = {"nobody", "taking_part", "and_owner"};
  InviteChoice *items = arena_array(c->arena, DUTY_KIND_COUNT, sizeof *items);
  for (DutyKind kind = 0; kind < DUTY_KIND_COUNT; kind++)
    items[kind] =
        (InviteChoice){duty_kind_name(kind), duty_kind_title(kind), names[invite_who(c, kind)]};
  return (InviteChoiceList){items, DUTY_KIND_COUNT, DUTY_KIND_COUNT};
}

static CaldavConflictList conflicts(Context *c) {
  SqlCaldavConflictsRows rows = sql_caldav_conflicts(c, (SqlCaldavConflicts){.limit = PAGE_ROWS});
  CaldavConflict *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (CaldavConflict){.activity = rows.items[i].activity,
                                .title = rows.items[i].title,
                                .due = rows.items[i].due,
                                .words = rows.items[i].words,
                                .decided = caldav_wish_words(rows.items[i].wish),
                                .may_ours = rows.items[i].wish != CALDAV_OURS,
                                .may_theirs = rows.items[i].wish != CALDAV_THEIRS};
  return (CaldavConflictList){items, rows.count, rows.count};
}

static const char *page_link(Request *r, const char *state, int64_t page) {
  return text_format(r->context.arena, "/o/%s/mail?%s%s%spage=%lld", r->org_slug,
                     state == NULL ? "" : "state=", state == NULL ? "" : state,
                     state == NULL ? "" : "&", (long long)page);
}

void mail_handler(Request *r, const MailInput *in) {
  Context *c = &r->context;
  MailStatus status;
  int state = state_named(in->state);
  int64_t page = in->page.has ? in->page.value : 1;
  bool more;
  if (!mail_status_read(c, &status)) return;
  MailServer servers[] = {
      server_row(c, _("Sending (SMTP)"), "DAYBOOK_SMTP", &status.smtp),
      server_row(c, _("Answers (IMAP)"), "DAYBOOK_IMAP", &status.imap),
      server_row(c, _("Shared calendar (CalDAV)"), "DAYBOOK_CALDAV", &status.caldav),
  };
  MailPage view = {.servers = {servers, COUNT_OF(servers), COUNT_OF(servers)},
                   .sends = status.smtp.set,
                   .counts = counts(c, &status, state),
                   .mails = mails(c, state, page, &more),
                   .state = in->state == NULL ? "" : in->state,
                   .refused = status.counts[MAIL_DEAD],
                   .open = answer_rows(r, 0, true, OPEN_ANSWERS),
                   .answers = answer_rows(r, 0, false, LAST_ANSWERS),
                   .strays = status.imap.strays,
                   .conflicts = conflicts(c),
                   .kinds = kinds(c)};
  view.previous = page > 1 ? page_link(r, in->state, page - 1) : "";
  view.next = more ? page_link(r, in->state, page + 1) : "";
  if (context_ok(c)) respond_mail_page(r, &view);
}

// What answers for its reader stays between the mail and them.
static const char *masked(Context *c, const char *text, const char *secret) {
  Text out;
  text_init(&out, c->arena);
  for (const char *at; !text_is_empty(secret) && (at = strstr(text, secret)) != NULL;) {
    text_add_n(&out, text, (size_t)(at - text));
    text_add(&out, "…");
    text = at + strlen(secret);
  }
  text_add(&out, text);
  return out.data;
}

void mail_message_handler(Request *r, const MailMessageInput *in) {
  Context *c = &r->context;
  SqlMailGetRow row;
  if (!sql_mail_get(c, (SqlMailGet){.id = in->id}, &row)) {
    if (context_ok(c)) not_found(c, "%s", _("There is no such mail."));
    return;
  }
  bool secret = text_equal(row.kind, "account");
  MailMessagePage view = {
      .id = row.id,
      .subject = text_is_empty(row.subject) ? _("(emptied)") : row.subject,
      .kind = mail_kind_title(row.kind),
      .to = named(c, row.name, row.address),
      .state = mail_state_name((MailState)row.state),
      .state_title = state_title(row.state),
      .tone = state_tone(row.state),
      .queued = row.queued,
      .sent = row.sent,
      .was_sent = row.state == MAIL_SENT,
      .attempts = row.attempts,
      .words = row.last_words,
      .message_id = masked(c, row.message_id, row.answer_token),
      .method = row.method,
      .text = secret ? _("It holds a link for its reader alone.")
                     : masked(c, masked(c, row.body_text, row.answer_token), row.stop_token),
      .calendar = masked(c, row.calendar, row.answer_token),
      .refused = row.state == MAIL_DEAD};
  respond_mail_message_page(r, &view);
}

static const char *home(Request *r) {
  return text_format(r->context.arena, "/o/%s/mail", r->org_slug);
}

void mail_retry_handler(Request *r, const MailRetryInput *in) {
  if (mail_retry(&r->context, in->id))
    request_done(r, in->id, home(r), "%s", _("It is tried again within a moment."));
}

void mail_retry_all_handler(Request *r, const MailRetryAllInput *in) {
  int64_t count;
  (void)in;
  if (mail_retry_all(&r->context, &count))
    request_done(r, 0, home(r), _("%lld mails are tried again."), (long long)count);
}

void mail_kinds_handler(Request *r, const MailKindsInput *in) {
  Context *c = &r->context;
  DutyKind kind;
  if (!duty_kind_parse(in->kind, &kind)) {
    invalid(c, "kind", _("There is no such kind of duty."));
    return;
  }
  InviteWho who = text_equal(in->who, "nobody")        ? INVITE_NOBODY
                  : text_equal(in->who, "taking_part") ? INVITE_TAKING_PART
                                                       : INVITE_AND_OWNER;
  if (invite_choose(c, kind, who)) request_done(r, 0, home(r), "%s", _("Saved."));
}

void mail_conflict_handler(Request *r, const MailConflictInput *in) {
  bool ours = text_equal(in->keep, "ours");
  if (caldav_settle(&r->context, in->id, ours ? CALDAV_OURS : CALDAV_THEIRS))
    request_done(r, in->id, home(r), "%s", caldav_wish_words(ours ? CALDAV_OURS : CALDAV_THEIRS));
}

// ---- one's own ----

static const char *clock_words(Context *c, int64_t minute) {
  if (minute < 0) return "";
  return text_format(c->arena, "%02d:%02d", (int)minute / 60, (int)minute % 60);
}

static int64_t minute_of(Context *c, const char *field, const char *text) {
  int64_t hour, minute;
  if (text_is_empty(text)) return -1;
  const char *colon = strchr(text, ':');
  if (colon != NULL && text_to_int(text_copy_n(c->arena, text, (size_t)(colon - text)), &hour) &&
      text_to_int(colon + 1, &minute) && hour >= 0 && hour < 24 && minute >= 0 && minute < 60)
    return hour * 60 + minute;
  invalid(c, field, _("Write a time as 18:30."));
  return -1;
}

static const char *const digests[] = {"at_once", "daily", "weekly"};

void mail_mine_handler(Request *r, const MailMineInput *in) {
  Context *c = &r->context;
  MailChoice choice;
  SqlChoicePersonRow person = {0};
  SqlChoiceBusyRow busy = {0};
  (void)in;
  if (!mail_choice_get(c, c->actor, &choice)) return;
  sql_choice_person(c, (SqlChoicePerson){.person = c->actor}, &person);
  sql_choice_busy(c, (SqlChoiceBusy){.person = c->actor}, &busy);
  MailMinePage view = {.email = person.email == NULL ? "" : person.email,
                       .quiet_from = clock_words(c, choice.quiet_from),
                       .quiet_until = clock_words(c, choice.quiet_until),
                       .digest = digests[choice.digest],
                       .stopped = choice.stopped,
                       .busy = busy.count,
                       .version = choice.version};
  if (context_ok(c)) respond_mail_mine_page(r, &view);
}

static const char *mine(Request *r) {
  return text_format(r->context.arena, "/o/%s/mail/mine", r->org_slug);
}

void mail_mine_change_handler(Request *r, const MailMineChangeInput *in) {
  Context *c = &r->context;
  MailChoice choice = {.quiet_from = minute_of(c, "quiet_from", in->quiet_from),
                       .quiet_until = minute_of(c, "quiet_until", in->quiet_until),
                       .stopped = in->stopped,
                       .version = in->version.has ? in->version.value : 0};
  for (size_t i = 0; i < COUNT_OF(digests); i++)
    if (text_equal(digests[i], in->digest)) choice.digest = (Digest)i;
  if (context_ok(c) && mail_choice_set(c, c->actor, &choice))
    request_done(r, 0, mine(r), "%s", _("Saved."));
}

static bool read_file(Context *c, const Upload *file, Text *out) {
  char part[65536];
  int fd = open(file->path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return unavailable(c, "the uploaded file cannot be read");
  text_init(out, c->arena);
  for (ssize_t got; out->length <= MOST_FILE && (got = read(fd, part, sizeof part)) > 0;)
    text_add_n(out, part, (size_t)got);
  close(fd);
  return out->length <= MOST_FILE ||
         fail_with(c, ERROR_TOO_LARGE, "%s", _("The file is larger than 2 MB."));
}

void mail_busy_handler(Request *r, const MailBusyInput *in) {
  Context *c = &r->context;
  Text bytes;
  int64_t periods;
  if (!read_file(c, in->file, &bytes) ||
      !busy_import(c, c->actor, bytes.data == NULL ? "" : bytes.data, bytes.length, &periods))
    return;
  request_done(r, 0, mine(r), _("%lld periods are known now."), (long long)periods);
}
