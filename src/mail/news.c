// SPDX-License-Identifier: Apache-2.0
#include "mail/news.h"

#include "mail/news.sql.h"
#include "mail/reminder.sql.h"
#include "outbox/outbox.h"

static const struct Told {
  const char *what, *heading;
  MailKind kind;
} TOLD[] = {
    {"finding.major_raised", N_("A major nonconformity: %s"), MAIL_NOTICE},
    {"finding.reported", N_("Somebody reported: %s"), MAIL_NOTICE},
    {"finding.given", N_("A finding is yours: %s"), MAIL_REMINDER},
    {"action.given", N_("An action is yours: %s"), MAIL_REMINDER},
    {"check.due", N_("To be checked for effect: %s"), MAIL_REMINDER},
};

static const struct Told *told_of(const char *what) {
  for (size_t i = 0; i < COUNT_OF(TOLD); i++)
    if (text_equal(TOLD[i].what, what)) return &TOLD[i];
  return NULL;
}

static int64_t person_of(Context *c, Owner owner) {
  SqlNewsHolderRow row;
  if (owner.person != 0 || owner.position == 0) return owner.person;
  return sql_news_holder(c, (SqlNewsHolder){.position = owner.position}, &row) ? row.person : 0;
}

bool mail_improvement_news(Context *c, const ImprovementNews *news) {
  const struct Told *told = told_of(news->what);
  int64_t person = person_of(c, news->to);
  SqlReminderSlugRow org;
  if (told == NULL || person == 0 || person == c->actor) return context_ok(c);
  if (!sql_reminder_slug(c, &org)) return false;
  MAIL_SPEAKS_TO(c, person);
  Letter letter = letter_begin(c, text_format(c->arena, _(told->heading), news->title));
  if (!date_is_none(news->due)) letter_fact(c, &letter, _("Due"), date_words(c->arena, news->due));
  letter_button(c, &letter, _("Open in Daybook"),
                text_format(c->arena, "/o/%s%s", org.slug, news->place));
  MailNew mail = {.kind = told->kind,
                  .person = person,
                  .subject = letter.heading,
                  .letter = &letter,
                  .object_kind = news->action != 0 ? "action" : "finding",
                  .object = news->action != 0 ? news->action : news->finding};
  return mail_queue(c, &mail, NULL);
}
