// SPDX-License-Identifier: Apache-2.0
// What is done with an activity: each a rule of the diary, and a sentence about what happened.
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"

#include <string.h>

static const char *home(Request *r, int64_t activity) {
  return text_format(r->context.arena, "/o/%s/activities/%lld", r->org_slug, (long long)activity);
}
static int64_t version_of(OptInt version) {
  return version.has ? version.value : 0;
}

void activity_move_handler(Request *r, const ActivityMoveInput *in) {
  Context *c = &r->context;
  ActivityMove move = {in->id, in->due, in->reason, version_of(in->version)};
  if (activity_move(c, &move))
    request_done(r, in->id, home(r, in->id),
                 _("Moved to %s. The first date stays as the baseline."),
                 date_words(c->arena, in->due));
}

void activity_cancel_handler(Request *r, const ActivityCancelInput *in) {
  if (activity_cancel(&r->context, in->id, in->reason, version_of(in->version)))
    request_done(r, in->id, home(r, in->id),
                 _("Cancelled. It stays in the history with its reason."));
}

// "9:30" or "09:30" as minutes of the day; -1 if neither.
static int32_t minute_of(const char *text) {
  int64_t hour, minute;
  const char *colon = strchr(text, ':');
  if (colon == NULL) return -1;
  char hours[3] = {0};
  size_t length = (size_t)(colon - text);
  if (length < 1 || length > 2) return -1;
  memcpy(hours, text, length);
  if (!text_to_int(hours, &hour) || !text_to_int(colon + 1, &minute) || hour < 0 || hour > 23 ||
      minute < 0 || minute > 59)
    return -1;
  return (int32_t)(hour * 60 + minute);
}

void activity_schedule_handler(Request *r, const ActivityScheduleInput *in) {
  Context *c = &r->context;
  int32_t minute = minute_of(in->at);
  if (minute < 0) {
    invalid(c, "at", _("Give the time as hours and minutes, for example 09:30."));
    return;
  }
  ActivitySchedule schedule = {in->id, minute, (int32_t)in->duration, version_of(in->version)};
  if (activity_schedule(c, &schedule))
    request_done(r, in->id, home(r, in->id), _("The hour is agreed; calendars show it."));
}

void activity_start_handler(Request *r, const ActivityStartInput *in) {
  if (activity_start(&r->context, in->id, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Under way."));
}

void activity_record_handler(Request *r, const ActivityRecordInput *in) {
  ActivityResult result = {in->id, in->held_on, in->result, version_of(in->version)};
  if (activity_record(&r->context, &result))
    request_done(r, in->id, home(r, in->id), _("Recorded."));
}

void activity_conclude_handler(Request *r, const ActivityConcludeInput *in) {
  if (activity_conclude(&r->context, in->id, version_of(in->version)))
    request_done(r, in->id, home(r, in->id),
                 _("Concluded. The record and its evidence stay as they are."));
}

void activity_delegate_handler(Request *r, const ActivityDelegateInput *in) {
  Context *c = &r->context;
  Owner owner;
  if (owner_named(c, "owner", in->owner, &owner) &&
      activity_delegate(c, in->id, owner, in->reason, version_of(in->version)))
    request_done(r, in->id, home(r, in->id), _("Given to %s."), owner_label(c, owner));
}

void activity_comment_handler(Request *r, const ActivityCommentInput *in) {
  if (activity_comment(&r->context, in->id, in->body))
    request_done(r, in->id, home(r, in->id), _("Your comment is there."));
}

void activity_correct_handler(Request *r, const ActivityCorrectInput *in) {
  if (activity_correct(&r->context, in->id, in->body))
    request_done(r, in->id, home(r, in->id), _("The correction stands beside the record."));
}

void activity_item_add_handler(Request *r, const ActivityItemAddInput *in) {
  int64_t item = 0;
  if (activity_item_add(&r->context, in->id, in->text, &item))
    request_done(r, item, home(r, in->id), _("Added to the checklist."));
}

void activity_item_set_handler(Request *r, const ActivityItemSetInput *in) {
  Context *c = &r->context;
  SqlPageItemActivityRow row;
  if (!sql_page_item_activity(c, (SqlPageItemActivity){.item = in->item}, &row) ||
      row.activity != in->id) {
    not_found(c, _("There is no such point on this checklist."));
    return;
  }
  ItemState state = text_equal(in->state, "done")             ? ITEM_DONE
                    : text_equal(in->state, "not_applicable") ? ITEM_NOT_APPLICABLE
                                                              : ITEM_OPEN;
  if (activity_item_set(c, in->item, state, in->reason))
    request_done(r, in->item, text_format(c->arena, "%s#checklist", home(r, in->id)), "%s",
                 state == ITEM_OPEN ? _("Open again.") : _("Ticked."));
}

void activity_participant_handler(Request *r, const ActivityParticipantInput *in) {
  Context *c = &r->context;
  Owner who;
  if (!owner_named(c, "person", in->person, &who)) return;
  if (who.person == 0) {
    invalid(c, "person", _("A position does not take part; name the person."));
    return;
  }
  if (activity_participant(c, in->id, who.person, or_empty(in->part), !in->absent))
    request_done(r, in->id, home(r, in->id), "%s",
                 in->absent ? _("Taken off the list.") : _("Added to those who take part."));
}
