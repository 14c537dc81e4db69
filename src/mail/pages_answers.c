// SPDX-License-Identifier: Apache-2.0
// Who was invited and what they said; deciding about it; answering by the links of a mail.
#include "diary/meeting.h"
#include "http/answer.h"
#include "mail/answer.sql.h"
#include "mail/choice.h"
#include "mail/invite_mail.h"
#include "mail/mail.routes.h"
#include "mail/pages.h"
#include "mail/quorum_watch.h"
#include "org/throttle.h"

enum { SHOWN_ANSWERS = 50 };

// ---- words ----

const char *answer_tone(const char *answer) {
  if (text_equal(answer, "accepted")) return "done";
  if (text_equal(answer, "declined")) return "missed";
  return text_equal(answer, "needs_action") ? "cancelled" : "late";
}

const char *answer_icon(const char *answer) {
  if (text_equal(answer, "accepted")) return "i-circle-check";
  if (text_equal(answer, "declined")) return "i-circle-x";
  if (text_equal(answer, "delegated")) return "i-user-share";
  return text_equal(answer, "tentative") ? "i-help-circle" : "i-circle-dashed";
}

static const char *what_of(Context *c, const SqlAnswerListRow *row) {
  if (!instant_is_none(row->proposed_from)) {
    int32_t second;
    Date day = zone_date(c->zone, row->proposed_from, &second);
    return text_format(c->arena, _("Proposes %s, %02d:%02d"), date_words(c->arena, day),
                       second / 3600, second / 60 % 60);
  }
  return text_is_empty(row->answer) ? _("No answer that could be read")
                                    : invite_answer_words(row->answer);
}

static const char *outcome_title(const SqlAnswerListRow *row) {
  static const char *const titles[][2] = {
      {"taken", N_("Counts")},        {"proposed", N_("To be decided")}, {"held", N_("Held")},
      {"refused", N_("Refused")},     {"accepted", N_("Accepted")},      {"released", N_("Counts")},
      {"discarded", N_("Discarded")},
  };
  const char *name = text_is_empty(row->settled_as) ? row->outcome : row->settled_as;
  for (size_t i = 0; i < COUNT_OF(titles); i++)
    if (text_equal(titles[i][0], name)) return _(titles[i][1]);
  return name;
}

AnswerRowList answer_rows(Request *r, int64_t activity, bool open, int64_t limit) {
  Context *c = &r->context;
  SqlAnswerListRows rows =
      sql_answer_list(c, (SqlAnswerList){.activity = activity, .open = open, .limit = limit});
  AnswerRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlAnswerListRow *row = &rows.items[i];
    bool waits = instant_is_none(row->settled);
    bool counts = text_equal(row->outcome, "taken");
    items[i] = (AnswerRow){.id = row->id,
                           .activity = row->activity,
                           .title = row->title == NULL ? _("No activity") : row->title,
                           .received = row->received,
                           .from = text_is_empty(row->from_address) ? _("a sender without address")
                                                                    : row->from_address,
                           .what = what_of(c, row),
                           .comment = row->comment,
                           .outcome = row->outcome,
                           .outcome_title = outcome_title(row),
                           .tone = counts  ? "done"
                                   : waits ? "late"
                                           : "cancelled",
                           .why = row->why,
                           .held = waits && text_equal(row->outcome, "held"),
                           .proposed = waits && text_equal(row->outcome, "proposed")};
  }
  return (AnswerRowList){items, rows.count, rows.count};
}

// ---- who was invited ----

static const char *by_words(const char *by) {
  if (text_equal(by, "mail")) return _("by mail");
  return text_equal(by, "link") ? _("by the link") : _("here");
}

static void add_invited(Request *r, int64_t activity, AnswersPage *view) {
  Context *c = &r->context;
  Invitations list;
  if (!invite_list(c, activity, &list)) return;
  InvitedRow *items = arena_array(c->arena, list.count, sizeof *items);
  for (size_t i = 0; i < list.count; i++) {
    const Invitation *one = &list.items[i];
    items[i] = (InvitedRow){.name = one->name,
                            .address = one->address,
                            .answer = one->answer,
                            .title = invite_answer_words(one->answer),
                            .tone = answer_tone(one->answer),
                            .icon = answer_icon(one->answer),
                            .by = by_words(one->answered_by),
                            .when = one->answered,
                            .has_when = !instant_is_none(one->answered),
                            .comment = one->comment,
                            .delegate = one->delegate,
                            .off = one->off};
    if (one->person == c->actor && !one->off) {
      view->mine = true;
      view->my_answer = one->answer;
    }
  }
  view->invited = (InvitedRowList){items, list.count, list.count};
}

static void add_uninvited(Request *r, int64_t activity, AnswersPage *view) {
  Context *c = &r->context;
  SqlInvitePeopleRows people = sql_invite_people(c, (SqlInvitePeople){.activity = activity});
  for (size_t i = 0; i < people.count; i++)
    if (text_is_empty(people.items[i].email))
      *list_add(c->arena, &view->uninvited) = people.items[i].name;
}

static void add_quorum(Request *r, const Activity *a, AnswersPage *view) {
  Context *c = &r->context;
  QuorumState state;
  OpenTimes open;
  if (!quorum_state(c, a->id, &state)) return;
  view->quorum = state.needed && view->open;
  view->quorum_lost = state.lost;
  view->quorum_certain = state.certain;
  view->quorum_words = state.words;
  if (!state.lost || !quorum_open_times(c, a->id, &open)) return;
  OpenTimeRow *items = arena_array(c->arena, open.count, sizeof *items);
  for (size_t i = 0; i < open.count; i++) {
    int32_t second;
    Activity then = *a;
    then.due = zone_date(zone_find(a->time_zone), open.items[i], &second);
    then.start_minute = second / 60;
    items[i] = (OpenTimeRow){meeting_when(c, &then), then.due,
                             text_format(c->arena, "/o/%s/activities/%lld/move?due=%s", r->org_slug,
                                         (long long)a->id, date_text(c->arena, then.due))};
  }
  view->times = (OpenTimeRowList){items, open.count, open.count};
}

static const char *who_words(Context *c, const Activity *a) {
  switch (invite_who(c, a->kind)) {
  case INVITE_NOBODY: return _("Nobody is invited to this kind by mail; it stands in calendars.");
  case INVITE_TAKING_PART:
    return _("Nobody yet. Whoever is added to those taking part is invited.");
  default:
    return _("Nobody yet. Who takes part and the owner are invited once it is within a year.");
  }
}

void activity_answers_handler(Request *r, const ActivityAnswersInput *in) {
  Context *c = &r->context;
  Activity a;
  ActivityPlace place;
  if (!activity_get(c, in->id, &a) || !activity_place_get(c, in->id, &place)) return;
  AnswersPage view = {.id = a.id,
                      .title = a.title,
                      .when = meeting_when(c, &a),
                      .location = place.location,
                      .link = place.link,
                      .open = a.state < STATE_CONCLUDED,
                      .who = who_words(c, &a),
                      .my_answer = "",
                      .quorum_words = "",
                      .waiting = answer_rows(r, a.id, true, SHOWN_ANSWERS),
                      .heard = answer_rows(r, a.id, false, SHOWN_ANSWERS)};
  add_invited(r, a.id, &view);
  add_uninvited(r, a.id, &view);
  add_quorum(r, &a, &view);
  if (context_ok(c)) respond_answers_page(r, &view);
}

// ---- deciding ----

static const char *answers_of(Request *r, int64_t activity) {
  return text_format(r->context.arena, "/o/%s/activities/%lld/answers", r->org_slug,
                     (long long)activity);
}

static void decided(Request *r, int64_t answer, bool done, const char *words) {
  SqlAnswerGetRow row;
  if (done && sql_answer_get(&r->context, (SqlAnswerGet){.id = answer}, &row))
    request_done(r, answer, answers_of(r, row.activity), "%s", words);
}

void answer_release_handler(Request *r, const AnswerReleaseInput *in) {
  decided(r, in->id, answer_release(&r->context, in->id), _("The answer counts."));
}

void answer_discard_handler(Request *r, const AnswerDiscardInput *in) {
  decided(r, in->id, answer_discard(&r->context, in->id), _("The answer is discarded."));
}

void answer_accept_handler(Request *r, const AnswerAcceptInput *in) {
  decided(r, in->id, answer_accept_time(&r->context, in->id),
          _("The activity has moved; everybody invited hears of it."));
}

void answer_refuse_handler(Request *r, const AnswerRefuseInput *in) {
  decided(r, in->id, answer_refuse_time(&r->context, in->id, in->why),
          _("The time stays; whoever proposed another is told."));
}

void activity_place_handler(Request *r, const ActivityPlaceInput *in) {
  ActivityPlace place = {in->location, in->link};
  if (activity_place_set(&r->context, in->id, &place))
    request_done(r, in->id, answers_of(r, in->id), "%s", _("Saved."));
}

void activity_answer_handler(Request *r, const ActivityAnswerInput *in) {
  Context *c = &r->context;
  Invitations list;
  if (!invite_list(c, in->id, &list)) return;
  for (size_t i = 0; i < list.count; i++) {
    if (list.items[i].person != c->actor) continue;
    if (answer_give(c, &list.items[i], in->answer, in->comment, "page"))
      request_done(r, in->id, answers_of(r, in->id), "%s", _("Your answer is in the diary."));
    return;
  }
  not_found(c, "%s", _("You were not invited to this."));
}

// ---- by the links of a mail ----

static void show_link(Request *r, const char *token, const Invitation *invitation,
                      const char *chosen, bool done) {
  Context *c = &r->context;
  Activity a;
  Meeting m = {.activity = &a};
  if (!activity_get(c, invitation->activity, &a)) return;
  m.people = sql_invite_people(c, (SqlInvitePeople){.activity = a.id});
  if (!meeting_complete(c, &m)) return;
  bool answered = !text_equal(invitation->answer, "needs_action");
  AnswerLinkPage view = {.token = token,
                         .organisation = m.organisation,
                         .title = a.title,
                         .when = meeting_when(c, &a),
                         .location = m.location == NULL ? "" : m.location,
                         .organiser = m.organiser,
                         .name = invitation->name,
                         .chosen = chosen != NULL ? chosen
                                   : answered     ? invitation->answer
                                                  : "",
                         .answered = answered ? invite_answer_words(invitation->answer) : "",
                         .done = done,
                         .off = invitation->off || a.state >= STATE_CONCLUDED};
  request_header(r, "Referrer-Policy", "no-referrer");
  respond_answer_link_page(r, &view);
}

void answer_link_handler(Request *r, const AnswerLinkInput *in) {
  Invitation invitation;
  if (answer_find(&r->context, in->token, &invitation))
    show_link(r, in->token, &invitation, in->answer, false);
}

void answer_link_post_handler(Request *r, const AnswerLinkPostInput *in) {
  Context *c = &r->context;
  Invitation invitation;
  if (!throttle_link(c, "answer", in->token, r->client) || !answer_find(c, in->token, &invitation))
    return;
  c->actor = invitation.person;
  if (!answer_give(c, &invitation, in->answer, in->comment, "link") ||
      !invite_get(c, invitation.id, &invitation))
    return;
  show_link(r, in->token, &invitation, NULL, true);
}

static void show_stop(Request *r, const char *token, const char *address, bool stopped) {
  MailStopPage view = {.token = token, .address = address, .stopped = stopped};
  respond_mail_stop_page(r, &view);
}

void mail_stop_handler(Request *r, const MailStopInput *in) {
  int64_t person;
  const char *address;
  MailChoice choice;
  if (mail_stop_find(&r->context, in->token, &person, &address) &&
      mail_choice_get(&r->context, person, &choice))
    show_stop(r, in->token, address, choice.stopped);
}

void mail_stop_post_handler(Request *r, const MailStopPostInput *in) {
  int64_t person;
  const char *address;
  Context *c = &r->context;
  if (!throttle_link(c, "stop", in->token, r->client) ||
      !mail_stop_find(c, in->token, &person, &address))
    return;
  c->actor = person;
  if (mail_stop_now(c, person)) show_stop(r, in->token, address, true);
}
