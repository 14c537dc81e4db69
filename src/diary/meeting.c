// SPDX-License-Identifier: Apache-2.0
#include "diary/meeting.h"

#include "db/db.h"
#include "diary/change.h"
#include "diary/meeting.sql.h"
#include "diary/prompt.h"

#include <string.h>

enum { LONGEST_LOCATION = 300, LONGEST_LINK = 1000 };

// ---- where ----

bool activity_place_get(Context *c, int64_t activity, ActivityPlace *out) {
  SqlActivityPlaceRow row;
  *out = (ActivityPlace){"", ""};
  if (sql_activity_place(c, (SqlActivityPlace){.activity = activity}, &row))
    *out = (ActivityPlace){row.location, row.link};
  return context_ok(c);
}

static bool place_is_sound(Context *c, const ActivityPlace *place) {
  if (strlen(place->location) > LONGEST_LOCATION)
    invalid(c, "location", _("Name the place in a line."));
  bool web = text_starts(place->link, "https://") || text_starts(place->link, "http://");
  if (place->link[0] != '\0' &&
      (!web || strpbrk(place->link, " \t\n<>\"") != NULL || strlen(place->link) > LONGEST_LINK))
    invalid(c, "link", _("A link begins with https:// and holds no blanks."));
  return context_ok(c);
}

bool activity_place_set(Context *c, int64_t activity, const ActivityPlace *given) {
  TRANSACTION(c, tx);
  SqlActivityGetRow row;
  ActivityPlace before, place = *given;
  if (place.location == NULL) place.location = "";
  if (place.link == NULL) place.link = "";
  if (!change_load_open(c, activity, 0, &row) || !place_is_sound(c, &place) ||
      !activity_place_get(c, activity, &before))
    return false;
  if (text_equal(before.location, place.location) && text_equal(before.link, place.link))
    return transaction_commit(&tx);
  sql_activity_place_put(
      c,
      (SqlActivityPlacePut){.activity = activity, .location = place.location, .link = place.link});
  SqlActivityRecall recall = {.id = activity, .version = row.version};
  if (!change_landed(c, sql_activity_recall(c, recall))) return false;
  LedgerEntry *entry = ledger_entry(c, "activity.placed", "activity", activity);
  ledger_text(entry, "location", before.location, place.location);
  ledger_text(entry, "link", before.link, place.link);
  return ledger_write(entry) && activity_tell(c, activity) && transaction_commit(&tx);
}

// ---- who must be there ----

bool activity_quorum(Context *c, int64_t activity, Quorum *out) {
  SqlActivityOfMeetingRow row;
  DutyKind kind;
  *out = (Quorum){0};
  if (!sql_activity_of_meeting(c, (SqlActivityOfMeeting){.id = activity}, &row) ||
      !duty_kind_parse(row.kind, &kind))
    return context_ok(c);
  const Room *room = diary_room(kind);
  return room == NULL || room->quorum == NULL || room->quorum(c, activity, out);
}

// ---- who is told ----

bool activity_tell(Context *c, int64_t activity) {
  for (size_t i = 0; activity_watches[i] != NULL; i++)
    if (!activity_watches[i](c, activity)) return false;
  return context_ok(c);
}

bool activity_preparation(Context *c, int64_t activity, Gaps *gaps) {
  Activity it;
  if (!activity_get(c, activity, &it)) return false;
  const Room *room = diary_room(it.kind);
  return room != NULL && room->preparation != NULL ? room->preparation(c, activity, gaps)
                                                   : activity_gaps(c, activity, gaps);
}
