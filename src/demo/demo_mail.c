// SPDX-License-Identifier: Apache-2.0
// The demo's mail: who takes part in what comes next is invited and has partly answered. No mail
// server is named, so that it waits in the outbox and the page says so.
#include "demo/demo.h"
#include "demo/demo.sql.h"
#include "diary/activity.h"
#include "diary/meeting.h"
#include "mail/answer.h"
#include "mail/reminder.h"

typedef struct Says {
  DemoRole who;
  const char *answer, *comment;
} Says;

static const Says SAYS[] = {
    {DEMO_FINANCE, "accepted", ""},
    {DEMO_OPERATIONS, "tentative", "The Rotterdam crane is inspected that week."},
    {DEMO_EXECUTIVE, "declined", "I am with the harbour authority all day."},
};

static bool answer(Context *c, const Demo *demo, const Invitation *invitation) {
  for (size_t i = 0; i < COUNT_OF(SAYS); i++)
    if (demo->people[SAYS[i].who] == invitation->person) {
      c->actor = invitation->person;
      return answer_give(c, invitation, SAYS[i].answer, SAYS[i].comment, "link");
    }
  return true;
}

static bool answer_all(Context *c, const Demo *demo, int64_t activity) {
  Invitations list;
  if (!invite_list(c, activity, &list)) return false;
  for (size_t i = 0; i < list.count; i++)
    if (!answer(c, demo, &list.items[i])) return false;
  return true;
}

bool demo_mail_fill(Context *c, const Demo *demo) {
  int64_t activities, mails;
  SqlDemoNextReviewRow next;
  demo_clock(c, demo->day, 8);
  c->actor = demo->people[DEMO_MANAGER];
  if (!invite_all(c, &activities) || !remind_all(c, &mails)) return false;
  if (!sql_demo_next_review(c, &next)) return context_ok(c);
  const ActivityPlace place = {"Board room, Tilbury", "https://meet.harbourlight.example/review"};
  return activity_place_set(c, next.id, &place) && answer_all(c, demo, next.id);
}
