// SPDX-License-Identifier: Apache-2.0
#include "mail/reminder.h"

#include "diary/prompt.h"
#include "mail/reminder.sql.h"
#include "outbox/outbox.h"
#include "outbox/outbox.sql.h"

enum { MOST_ACTIVITIES = 5000, MOST_GAPS = 12 };

typedef SqlReminderDueRow Due;
typedef struct Reminder { // one thing to say to one person
  int64_t person;
  MailKind kind;
  const char *stage, *heading; // NULL: by the stage, in the reader's language
  int32_t days;                // until it is due
  const Due *due;
  const Prompt *prompt; // what a room wants ready; NULL: the activity itself
} Reminder;
typedef LIST_OF(Reminder) Reminders;
typedef struct Round {
  Context *c;
  const char *slug;
  Reminders list;
} Round;

// ---- what is to be said ----

static const char *owner_stage(const Due *due, int32_t days, bool missed) {
  bool check = text_equal(due->kind, "control_check");
  if (missed) return "missed";
  if (days < 0) return "late";
  if (days == 0) return "today";
  if (days <= REMIND_BEFORE_DAYS) return "before";
  if (check) return NULL;
  return days <= REMIND_WEEK_DAYS ? "prepare_7" : "prepare_14";
}

static const char *heading(Context *c, const Due *due, const char *stage, int32_t days) {
  const char *title = due->title;
  if (text_equal(stage, "missed")) return text_format(c->arena, _("Missed: %s"), title);
  if (text_equal(stage, "late"))
    return text_format(c->arena, days == -1 ? _("Late since yesterday: %s") : _("Late: %s"), title);
  if (text_equal(stage, "today")) return text_format(c->arena, _("Due today: %s"), title);
  if (days == 1) return text_format(c->arena, _("Due tomorrow: %s"), title);
  if (text_equal(stage, "before") || text_starts(stage, "prepare"))
    return text_format(c->arena, _("Due in %d days: %s"), (int)days, title);
  return text_format(c->arena, _("Not done: %s"), title);
}

static void say_reminder(Round *round, Reminder what) {
  const Due *due = what.due;
  SqlReminderSaid said = {
      .activity = due->id, .person = what.person, .stage = what.stage, .due = due->due};
  if (what.person == 0 || sql_reminder_said(round->c, said) != 1) return;
  *list_add(round->c->arena, &round->list) = what;
}

static void say(Round *round, int64_t person, MailKind kind, const char *stage, const Due *due,
                int32_t days) {
  say_reminder(
      round, (Reminder){.person = person, .kind = kind, .stage = stage, .days = days, .due = due});
}

static void say_to_role(Round *round, Role role, MailKind kind, const char *stage, const Due *due,
                        int32_t days) {
  SqlMailRolePeopleRows people = sql_mail_role_people(round->c, (SqlMailRolePeople){.role = role});
  for (size_t i = 0; i < people.count; i++)
    if (people.items[i].person != due->owner) // who owns it was reminded of it
      say(round, people.items[i].person, kind, stage, due, days);
}

static bool has_preparation(const Due *due) {
  DutyKind kind;
  const Room *room = duty_kind_parse(due->kind, &kind) ? diary_room(kind) : NULL;
  return room != NULL && room->preparation != NULL;
}

static void consider(Round *round, const Due *due) {
  int32_t days = date_diff(due->due, round->c->today);
  bool missed = date_compare(round->c->today, due->latest) > 0;
  const char *stage = owner_stage(due, days, missed);
  bool prepares = stage != NULL && text_starts(stage, "prepare");
  MailKind kind = prepares ? MAIL_PREPARATION : MAIL_REMINDER;
  if (stage != NULL && due->owner != 0) say(round, due->owner, kind, stage, due, days);
  // What a room knows to be missing is for whoever leads the programme to bring about.
  if (prepares && has_preparation(due))
    say_to_role(round, ROLE_SECURITY_MANAGER, kind, stage, due, days);
  if (stage != NULL && due->owner == 0 && !prepares)
    say_to_role(round, ROLE_SECURITY_MANAGER, MAIL_REMINDER, stage, due, days);
  if ((missed || -days >= ESCALATE_MANAGER_DAYS) && due->manager != 0)
    say(round, due->manager, MAIL_ESCALATION, "manager", due, days);
  if ((missed || -days >= ESCALATE_MANAGER_DAYS) && due->manager == 0 && due->owner != 0)
    say_to_role(round, ROLE_SECURITY_MANAGER, MAIL_ESCALATION, "manager", due, days);
  if (missed || -days >= ESCALATE_TOP_DAYS)
    say_to_role(round, ROLE_TOP_MANAGEMENT, MAIL_ESCALATION, "top", due, days);
}

// What rooms want ready around their activities.
static void consider_prompt(Round *round, const Prompt *prompt) {
  Context *c = round->c;
  Due *due = arena_new(c->arena, Due);
  *due = (Due){.id = prompt->activity,
               .kind = "",
               .title = prompt->heading,
               .why = prompt->todo,
               .due = prompt->due,
               .latest = prompt->due,
               .owner_name = ""};
  Reminder one = {.person = prompt->person,
                  .kind = MAIL_PREPARATION,
                  .stage = prompt->stage,
                  .heading = prompt->heading,
                  .due = due,
                  .prompt = prompt};
  if (prompt->person != 0) {
    say_reminder(round, one);
    return;
  }
  SqlMailRolePeopleRows people =
      sql_mail_role_people(c, (SqlMailRolePeople){.role = ROLE_SECURITY_MANAGER});
  for (size_t i = 0; i < people.count; i++) {
    one.person = people.items[i].person;
    say_reminder(round, one);
  }
}

static bool consider_rooms(Round *round) {
  for (size_t i = 0; diary_rooms[i] != NULL; i++) {
    Prompts *prompts = arena_new(round->c->arena, Prompts);
    if (diary_rooms[i]->prompts == NULL) continue;
    if (!diary_rooms[i]->prompts(round->c, prompts)) return false;
    for (size_t k = 0; k < prompts->count; k++)
      if (prompts->items[k].mail) consider_prompt(round, &prompts->items[k]);
  }
  return context_ok(round->c);
}

// ---- saying it ----

static const char *heading_of(Context *c, const Reminder *r) {
  return r->heading != NULL ? r->heading : heading(c, r->due, r->stage, r->days);
}

static const char *owner_words(Context *c, const Due *due) {
  if (due->owner_name != NULL) return due->owner_name;
  if (due->position == NULL) return _("nobody yet");
  return text_format(c->arena, _("%s (vacant)"), due->position);
}

static const char *path_of(const Round *round, const Reminder *r) {
  if (r->prompt != NULL)
    return text_format(round->c->arena, "/o/%s%s", round->slug, r->prompt->place);
  return text_format(round->c->arena, "/o/%s/activities/%lld", round->slug, (long long)r->due->id);
}

static void add_gaps(Context *c, const Reminder *r, Letter *letter) {
  Gaps gaps = {0};
  bool before = r->prompt != NULL || (r->kind == MAIL_PREPARATION && has_preparation(r->due));
  if (r->prompt != NULL)
    gaps = r->prompt->gaps;
  else if (!(before ? activity_preparation(c, r->due->id, &gaps)
                    : activity_gaps(c, r->due->id, &gaps)))
    return;
  if (gaps.count == 0) return;
  letter_paragraph(c, letter,
                   before ? _("What is still missing before it can begin:")
                          : _("What is still missing before it can be concluded:"));
  for (size_t i = 0; i < gaps.count && i < MOST_GAPS; i++)
    letter_point(c, letter, gaps.items[i].what);
  if (gaps.count > MOST_GAPS)
    letter_point(c, letter, text_format(c->arena, _("and %zu more"), gaps.count - MOST_GAPS));
}

static void add_facts(Context *c, const Reminder *r, Letter *letter) {
  const Due *due = r->due;
  if (r->prompt != NULL) {
    letter_paragraph(c, letter, due->why);
    return;
  }
  letter_fact(c, letter, _("Due"), date_words(c->arena, due->due));
  letter_fact(c, letter, _("At the latest"), date_words(c->arena, due->latest));
  letter_fact(c, letter, _("Owner"), owner_words(c, due));
  letter_fact(c, letter, _("What for"), due->why);
}

static bool send_one(const Round *round, const Reminder *r) {
  Context *c = round->c;
  const Due *due = r->due;
  MAIL_SPEAKS_TO(c, r->person);
  Letter letter = letter_begin(c, heading_of(c, r));
  int32_t late = date_diff(c->today, due->due);
  if (r->kind == MAIL_ESCALATION)
    letter_paragraph(c, &letter,
                     text_format(c->arena,
                                 _("It was due %d days ago and is not done. Its owner was "
                                   "reminded. Ask what stands in the way, or give it to somebody "
                                   "who can do it."),
                                 (int)late));
  add_facts(c, r, &letter);
  if (r->kind != MAIL_ESCALATION) add_gaps(c, r, &letter);
  letter_button(c, &letter, _("Open in Daybook"), path_of(round, r));
  MailNew mail = {.kind = r->kind,
                  .person = r->person,
                  .subject = r->prompt != NULL ? letter.heading
                                               : text_format(c->arena, "%s, %s", letter.heading,
                                                             date_words(c->arena, due->due)),
                  .letter = &letter,
                  .topic = text_format(c->arena, "%s.%lld",
                                       r->kind == MAIL_ESCALATION ? "escalation" : "reminder",
                                       (long long)due->id),
                  .object_kind = "activity",
                  .object = due->id};
  return mail_queue(c, &mail, NULL);
}

// Several at a time to one person are one mail.
static bool send_together(const Round *round, int64_t person, MailKind kind, size_t count) {
  Context *c = round->c;
  MAIL_SPEAKS_TO(c, person);
  Letter letter =
      letter_begin(c, text_format(c->arena,
                                  kind == MAIL_ESCALATION ? _("%zu duties are not done")
                                  : kind == MAIL_REMINDER ? _("%zu duties of yours need you")
                                                          : _("%zu duties of yours come up"),
                                  count));
  for (size_t i = 0; i < round->list.count; i++) {
    const Reminder *r = &round->list.items[i];
    if (r->person != person || r->kind != kind) continue;
    letter_point(c, &letter,
                 text_format(c->arena, _("%s (due on %s; owner: %s)\n" MAIL_OWN_LINK "%s"),
                             heading_of(c, r), date_words(c->arena, r->due->due),
                             owner_words(c, r->due), path_of(round, r)));
  }
  letter_button(c, &letter, _("Open Today"), text_format(c->arena, "/o/%s/today", round->slug));
  MailNew mail = {.kind = kind, .person = person, .subject = letter.heading, .letter = &letter};
  return mail_queue(c, &mail, NULL);
}

static size_t count_like(const Round *round, const Reminder *like, size_t *first) {
  size_t count = 0;
  *first = round->list.count;
  for (size_t i = 0; i < round->list.count; i++) {
    const Reminder *r = &round->list.items[i];
    if (r->person != like->person || r->kind != like->kind) continue;
    if (count++ == 0) *first = i;
  }
  return count;
}

bool remind_all(Context *c, int64_t *mails) {
  int32_t second;
  SqlReminderSlugRow org;
  *mails = 0;
  zone_date(c->zone, c->now, &second);
  if (second < REMIND_FROM_HOUR * 3600 || !sql_reminder_slug(c, &org)) return context_ok(c);
  Round round = {.c = c, .slug = org.slug};
  sql_reminder_void(c);
  sql_reminder_overtaken(c);
  SqlReminderDueRows rows =
      sql_reminder_due(c, (SqlReminderDue){.until = date_add_days(c->today, REMIND_AHEAD_DAYS),
                                           .limit = MOST_ACTIVITIES});
  for (size_t i = 0; i < rows.count && context_ok(c); i++) consider(&round, &rows.items[i]);
  if (!consider_rooms(&round)) return false;
  for (size_t i = 0; i < round.list.count && context_ok(c); i++) {
    const Reminder *r = &round.list.items[i];
    size_t first, count = count_like(&round, r, &first);
    if (count > REMIND_AT_ONCE && first != i) continue; // said with the first
    bool said = count > REMIND_AT_ONCE ? send_together(&round, r->person, r->kind, count)
                                       : send_one(&round, r);
    *mails += said;
  }
  return context_ok(c);
}
