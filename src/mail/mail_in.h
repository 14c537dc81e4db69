// SPDX-License-Identifier: Apache-2.0
// A mail as the sandboxed worker reads it. Everything in it is a stranger's word.
#ifndef DAYBOOK_MAIL_MAIL_IN_H
#define DAYBOOK_MAIL_MAIL_IN_H

#include "base/context.h"

struct WorkerTalk; // worker/talk.h

typedef struct AttendeeIn {
  const char *address, *answer, *to, *by; // answer: PARTSTAT; to, by: delegated to, from
} AttendeeIn;
typedef struct BusyIn {
  Instant from, until;
} BusyIn;
typedef struct CalendarIn {
  const char *refused; // why it cannot be read; NULL if it can
  const char *method, *uid, *organiser, *token, *comment;
  int64_t sequence;          // -1: not said
  Instant stamp, start, end; // INSTANT_NONE: not said
  bool recurs;
  LIST_OF(AttendeeIn) attendees;
  LIST_OF(BusyIn) busy;
} CalendarIn;
typedef struct MailIn {
  const char *refused;
  const char *from, *message_id;
  LIST_OF(const char *) to, references;
  bool automatic, has_calendar;
  CalendarIn calendar;
} MailIn;

// `whole` false: only its beginning was fetched, the mail is too large. What cannot be read is
// out->refused, not an error. *talk, NULL at first, is the worker that reads one mail after the
// other; worker_talk_end when there are no more.
bool mail_in_read(Context *c, struct WorkerTalk **talk, const char *bytes, size_t length,
                  bool whole, MailIn *out);
bool calendar_in_take(Context *c, const char *bytes, size_t length, CalendarIn *out);

#endif
