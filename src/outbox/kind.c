// SPDX-License-Identifier: Apache-2.0
#include "outbox/outbox.h"

#include <stdlib.h>
#include <string.h>

static const MailRule rules[MAIL_KIND_COUNT] = {
    [MAIL_INVITATION] = {"invitation", N_("Invitation"), N_("You are invited to take part.")},
    [MAIL_REMINDER] = {"reminder", N_("Reminder"), N_("The duty is yours, or your position's."),
                       .digested = true},
    [MAIL_ESCALATION] = {"escalation", N_("Escalation"),
                         N_("You lead its owner, or the organisation.")},
    [MAIL_PREPARATION] = {"preparation", N_("Preparation"), N_("It is yours to prepare."),
                          .stoppable = true, .digested = true},
    [MAIL_NOTICE] = {"notice", N_("Notice"),
                     N_("It concerns something you organise or answer for.")},
    [MAIL_NEWS] = {"news", N_("News"), N_("You take part in the programme."), .stoppable = true,
                   .digested = true},
    [MAIL_DIGEST] = {"digest", N_("Digest"), N_("You asked for one mail instead of several.")},
    [MAIL_ACCOUNT] = {"account", N_("Account"), N_("Somebody asked for it in your organisation."),
                      .at_once = true},
};

const MailRule *mail_rule(MailKind kind) {
  return &rules[kind];
}

const char *mail_kind_title(const char *name) {
  for (size_t i = 0; i < MAIL_KIND_COUNT; i++)
    if (text_equal(rules[i].name, name)) return _(rules[i].title);
  return name;
}

const char *mail_state_name(MailState state) {
  static const char *const names[] = {"waiting",   "sending",    "sent",     "dead",
                                      "withdrawn", "for_digest", "in_digest"};
  return names[state];
}

// ---- settings ----

const char *mail_public_url(void) {
  const char *url = getenv("DAYBOOK_URL");
  return url == NULL ? "" : url;
}

bool mail_smtp_is_set(void) {
  return !text_is_empty(getenv("DAYBOOK_SMTP"));
}

const char *mail_from(Arena *arena) {
  const char *given = getenv("DAYBOOK_MAIL_FROM"), *smtp = getenv("DAYBOOK_SMTP");
  if (!text_is_empty(given)) return text_trim(arena, given);
  if (smtp == NULL || smtp[0] == '\0') return NULL;
  // smtp://daybook%40example.org@mail.example.org:587, or the user alone at that host
  const char *rest = strstr(smtp, "://");
  rest = rest == NULL ? smtp : rest + 3;
  const char *at = strrchr(rest, '@');
  if (at == NULL) return NULL;
  char *user = text_copy_n(arena, rest, (size_t)(at - rest));
  char *escaped = strstr(user, "%40");
  if (escaped != NULL) {
    *escaped = '@';
    memmove(escaped + 1, escaped + 3, strlen(escaped + 3) + 1);
  }
  if (strchr(user, '@') != NULL) return user;
  return text_format(arena, "%s@%.*s", user, (int)strcspn(at + 1, ":/"), at + 1);
}
