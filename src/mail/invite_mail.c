// SPDX-License-Identifier: Apache-2.0
#include "mail/invite_mail.h"

#include "diary/calendar.h"
#include "mail/message.h"
#include "mail/places.sql.h"

enum { ALARM_DAYS = 1, MOST_NAMED = 12 };

bool meeting_complete(Context *c, Meeting *m) {
  SqlMeetingSiteRow row;
  if (!activity_place_get(c, m->activity->id, &m->place)) return false;
  if (!sql_meeting_site(c, (SqlMeetingSite){.activity = m->activity->id}, &row)) return false;
  const char *parts[3];
  size_t count = 0;
  if (!text_is_empty(m->place.location)) parts[count++] = m->place.location;
  if (!text_is_empty(row.site)) parts[count++] = row.site;
  if (!text_is_empty(row.address)) parts[count++] = row.address;
  m->location = count > 0 ? text_join(c->arena, ", ", parts, count) : NULL;
  if (count == 0 && !text_is_empty(m->place.link)) m->location = m->place.link;
  m->slug = row.slug;
  m->organiser = m->organisation = row.organisation;
  for (size_t i = 0; i < m->people.count; i++)
    if (m->people.items[i].owner) m->organiser = m->people.items[i].name;
  return context_ok(c);
}

const char *meeting_path(Context *c, const Meeting *m) {
  return text_format(c->arena, "/o/%s/activities/%lld", m->slug, (long long)m->activity->id);
}

const char *invite_topic(Context *c, int64_t activity) {
  return text_format(c->arena, "invitation.%lld", (long long)activity);
}

const char *meeting_when(Context *c, const Activity *a) {
  static const char *const days[] = {N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
                                     N_("Friday"), N_("Saturday"), N_("Sunday")};
  int end = (int)(a->start_minute + a->duration_minutes);
  return text_format(c->arena, _("%s, %s, %02d:%02d–%02d:%02d (%s)"),
                     days[date_weekday(a->due) - 1], date_words(c->arena, a->due),
                     (int)a->start_minute / 60, (int)a->start_minute % 60, end / 60 % 24, end % 60,
                     a->time_zone);
}

// ---- the calendar object ----

static const char *partstat_of(const Meeting *m, int64_t person) {
  static const char *const known[][2] = {{"accepted", "ACCEPTED"},
                                         {"declined", "DECLINED"},
                                         {"tentative", "TENTATIVE"},
                                         {"delegated", "DELEGATED"}};
  for (size_t i = 0; i < m->rows.count; i++)
    for (size_t k = 0; k < COUNT_OF(known) && m->rows.items[i].person == person; k++)
      if (m->rows.items[i].state == 0 && text_equal(m->rows.items[i].answer, known[k][0]))
        return known[k][1];
  return "NEEDS-ACTION";
}

// A CANCEL to one person names that person alone (RFC 5546 3.2.5).
static size_t attendees(Context *c, const Meeting *m, const Invited *who, bool cancel,
                        CalendarAttendee **out) {
  CalendarAttendee *list = arena_array(c->arena, m->people.count + 1, sizeof *list);
  size_t count = 0;
  list[count++] = (CalendarAttendee){who->name, who->address,
                                     cancel ? "NEEDS-ACTION" : partstat_of(m, who->person)};
  for (size_t i = 0; i < m->people.count && !cancel; i++) {
    const SqlInvitePeopleRow *p = &m->people.items[i];
    if (p->person == who->person || text_is_empty(p->email)) continue;
    if (m->who == INVITE_TAKING_PART && p->owner) continue;
    list[count++] = (CalendarAttendee){p->name, p->email, partstat_of(m, p->person)};
  }
  *out = list;
  return count;
}

static const char *description(Context *c, const Meeting *m) {
  const char *link =
      text_is_empty(m->place.link) ? "" : text_format(c->arena, _("\nJoin: %s"), m->place.link);
  return text_format(c->arena, "%s%s\n" MAIL_OWN_LINK "%s", m->activity->why, link,
                     meeting_path(c, m));
}

static const char *calendar_object(Context *c, const Meeting *m, const Invited *who, bool cancel) {
  const Activity *a = m->activity;
  const Zone *zone = zone_find(a->time_zone);
  Calendar calendar;
  CalendarAttendee *list;
  Text out;
  text_init(&out, c->arena);
  size_t count = attendees(c, m, who, cancel, &list);
  CalendarEvent event = {.uid = a->uid,
                         .sequence = a->sequence,
                         .status = cancel ? CALENDAR_CANCELLED : CALENDAR_CONFIRMED,
                         .summary = a->title,
                         .description = description(c, m),
                         .location = m->location,
                         .category = duty_kind_title(a->kind),
                         .url = text_format(c->arena, MAIL_OWN_LINK "%s", meeting_path(c, m)),
                         .zone = zone != NULL ? zone : zone_find("UTC"),
                         .day = a->due,
                         .start_minute = a->start_minute,
                         .duration_minutes = a->duration_minutes,
                         .created = INSTANT_NONE,
                         .modified = c->now,
                         .alarm_days = ALARM_DAYS,
                         .organiser = m->organiser,
                         .organiser_uri = MAIL_ORGANISER_PLACE,
                         .attendees = list,
                         .attendee_count = count,
                         .token = who->token};
  calendar_begin_method(&calendar, &out, cancel ? "CANCEL" : "REQUEST");
  calendar_zone(&calendar, event.zone, a->due, a->due);
  calendar_event(&calendar, &event);
  calendar_end(&calendar);
  return out.data;
}

// ---- the letter ----

static const char *heading_of(Context *c, const Meeting *m, InviteWhat what) {
  static const char *const formats[] = {[INVITE_FIRST] = N_("Invitation: %s"),
                                        [INVITE_MOVED] = N_("New time: %s"),
                                        [INVITE_CHANGED] = N_("Changed: %s"),
                                        [INVITE_OFF] = N_("Cancelled: %s"),
                                        [INVITE_NOT_ASKED] = N_("You are no longer asked to: %s")};
  return text_format(c->arena, _(formats[what]), m->activity->title);
}

static void say_why(Context *c, const Meeting *m, InviteWhat what, Letter *letter) {
  SqlInviteLastReasonRow row;
  if (what == INVITE_OFF)
    letter_fact(c, letter, _("Why"), m->activity->cancel_reason);
  else if (what == INVITE_MOVED &&
           sql_invite_last_reason(c, (SqlInviteLastReason){.activity = m->activity->id}, &row))
    letter_fact(c, letter, _("Why it moved"), row.reason);
}

static const char *named(Context *c, const Meeting *m) {
  const char *names[MOST_NAMED + 1];
  size_t count = 0;
  for (size_t i = 0; i < m->people.count && count < MOST_NAMED; i++)
    names[count++] = m->people.items[i].name;
  if (m->people.count > MOST_NAMED)
    names[count++] = text_format(c->arena, _("%zu others"), m->people.count - (size_t)MOST_NAMED);
  return text_join(c->arena, ", ", names, count);
}

static Letter letter_of(Context *c, const Meeting *m, const Invited *who, InviteWhat what) {
  Letter letter = letter_begin(c, heading_of(c, m, what));
  bool off = what == INVITE_OFF || what == INVITE_NOT_ASKED;
  letter_fact(c, &letter, off ? _("It was for") : _("When"), meeting_when(c, m->activity));
  say_why(c, m, what, &letter);
  if (!off) {
    letter_fact(c, &letter, _("Where"), m->location);
    letter_fact(c, &letter, _("Join"), m->place.link);
    letter_fact(c, &letter, _("Taking part"), named(c, m));
    letter_fact(c, &letter, _("What for"), m->activity->why);
    static const char *const answers[][2] = {
        {N_("Accept"), "accepted"}, {N_("Perhaps"), "tentative"}, {N_("Decline"), "declined"}};
    for (size_t i = 0; i < COUNT_OF(answers); i++)
      letter_button(c, &letter, _(answers[i][0]),
                    text_format(c->arena, "/mail/answer/%s?answer=%s", who->token, answers[i][1]));
  }
  letter_fact(c, &letter, _("Organised by"), m->organiser);
  letter_button(c, &letter, _("Open in Daybook"), meeting_path(c, m));
  return letter;
}

bool invite_mail(Context *c, const Meeting *m, const Invited *who, InviteWhat what, int64_t *mail) {
  bool cancel = what == INVITE_OFF || what == INVITE_NOT_ASKED;
  MAIL_SPEAKS_TO(c, who->person);
  Letter letter = letter_of(c, m, who, what);
  // An answer names the activity only: this leads it to its organisation.
  SqlMeetingUid uid = {.token = text_lower(c->arena, m->activity->uid), .id = m->activity->id};
  sql_meeting_uid(c, uid);
  MailNew new = {.kind = MAIL_INVITATION,
                 .person = who->person,
                 .address = who->address,
                 .subject = text_format(c->arena, "%s, %s", letter.heading,
                                        date_words(c->arena, m->activity->due)),
                 .letter = &letter,
                 .calendar = calendar_object(c, m, who, cancel),
                 .method = cancel ? "CANCEL" : "REQUEST",
                 .answer_token = who->token,
                 .topic = invite_topic(c, m->activity->id),
                 .object_kind = "activity",
                 .object = m->activity->id};
  return mail_queue(c, &new, mail);
}
