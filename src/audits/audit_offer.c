// SPDX-License-Identifier: Apache-2.0
// On Today: audits that need who reads – to hold, to read, to answer, to approve.
#include "audits/audit.h"
#include "audits/audits.h"
#include "audits/offer.sql.h"
#include "diary/offer.h"
#include "diary/pages.h"

enum { HORIZON_DAYS = 45, LINES_MOST = 12 };

extern const PageOffer audits_offer;

static const char *todo_of_audit(Context *c, const SqlAuditOfferTodayRow *row) {
  if (!row->started) return _("Plan it: scope, team, who is audited; then start it.");
  if (row->open > 0)
    return text_format(c->arena, _("Go on with the checklist: %lld of %lld to assess."),
                       (long long)row->open, (long long)row->items);
  return row->issued ? _("Conclude it.") : _("Write the report and issue it.");
}

static const char *todo_of(Context *c, const SqlAuditOfferTodayRow *row) {
  switch (row->what) {
  case 1:
    return text_format(c->arena, _("Say whether %s may audit their own area: it counts only then."),
                       row->words);
  case 2: return _("Read the report, and say that you have.");
  case 3: return _("Agree, or say in your own words why not.");
  default: return todo_of_audit(c, row);
  }
}

static const char *address_of(Request *r, const SqlAuditOfferTodayRow *row) {
  Arena *arena = r->context.arena;
  const char *home = text_format(arena, "/o/%s/audits/%lld", r->org_slug, (long long)row->audit);
  switch (row->what) {
  case 1: return text_format(arena, "%s#independence", home);
  case 2: return text_format(arena, "%s/report", home);
  case 3: return text_format(arena, "%s/findings/%lld", home, (long long)row->about);
  default: return home;
  }
}

static StatusMark mark_of(Context *c, const SqlAuditOfferTodayRow *row) {
  switch (row->what) {
  case 1: return (StatusMark){"late", _("To confirm"), "i-shield-exclamation"};
  case 2: return (StatusMark){"planned", _("Not read"), "i-eye"};
  case 3: return (StatusMark){"late", _("To answer"), "i-message"};
  default: break;
  }
  if (row->state < STATE_CONCLUDED && date_compare(c->today, row->due) > 0)
    return (StatusMark){"late", _("Late"), "i-clock-exclamation"};
  return row->started ? (StatusMark){"under_way", _("Under way"), "i-player-play"}
                      : (StatusMark){"planned", _("Planned"), "i-calendar-event"};
}

static TodayLine line_of(Request *r, const SqlAuditOfferTodayRow *row) {
  Context *c = &r->context;
  const char *due = text_format(c->arena, _("%s, due %s"), date_words(c->arena, row->due),
                                days_words(c, date_diff(row->due, c->today)));
  return (TodayLine){.title = row->title,
                     .href = address_of(r, row),
                     .icon = "i-clipboard-check",
                     .meta = row->what == 3 ? row->words : due,
                     .todo = todo_of(c, row),
                     .mark = mark_of(c, row)};
}

static bool today(Request *r, TodaySectionList *out) {
  Context *c = &r->context;
  if (c->actor == 0 || !request_may(r, "audit.read")) return true;
  SqlAuditOfferTodayRows rows = sql_audit_offer_today(
      c, (SqlAuditOfferToday){.horizon = date_add_days(c->today, HORIZON_DAYS)});
  if (rows.count == 0) return context_ok(c);
  TodaySection *section = list_add(c->arena, out);
  *section = (TodaySection){.key = "audits",
                            .title = _("Audits that need you"),
                            .href = text_format(c->arena, "/o/%s/audits", r->org_slug),
                            .more = _("All audits")};
  for (size_t i = 0; i < rows.count && i < LINES_MOST; i++)
    *list_add(c->arena, &section->rows) = line_of(r, &rows.items[i]);
  return context_ok(c);
}

const PageOffer audits_offer = {"audits", today, NULL};
