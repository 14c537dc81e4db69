// SPDX-License-Identifier: Apache-2.0
#include "base/language.h"
#include "diary/calendar.routes.h"
#include "diary/calendar_feed.h"
#include "http/answer.h"
#include "org/access.h"

void calendar_feed_handler(Request *r, const CalendarFeedInput *in) {
  Context *c = &r->context;
  CalendarToken token;
  if (!calendar_token_find(c, in->token, &token)) {
    if (context_ok(c)) not_found(c, _("There is no such calendar, or its address was revoked."));
    return;
  }
  const CalendarFeed feed = {.whole = token.whole,
                             .person = token.person,
                             .position = token.position,
                             .role = token.role,
                             .name = token.label,
                             .base_url = r->base_url};
  if (token.language >= 0) language_use(token.language); // else as the calendar program asks
  const char *etag = calendar_feed_etag(c, &feed, token.ledger);
  request_etag(r, "%s-%s", etag, language_tag());
  if (request_unchanged(r)) return;
  const char *key =
      text_format(c->arena, "calendar %s %s %s %s", in->token, r->base_url, language_tag(), etag);
  if (request_kept(r, key)) return;
  if (calendar_feed_write(c, &feed, request_answer(r, 200, "text/calendar; charset=utf-8")))
    request_keep(r, key);
}
