// SPDX-License-Identifier: Apache-2.0
// Help where the question arises: what each duty is, what each page does, and whom to ask.
#include "db/db.h"
#include "diary/diary.routes.h"
#include "diary/pages.h"
#include "diary/pages.sql.h"
#include "http/route.h"
#include "ledger/ledger.h"
#include "org/session.h"

#include <string.h>

static void duties_of(Context *c, HelpDutyList *out) {
  for (size_t i = 0; i < DUTY_KIND_COUNT; i++) {
    const Room *room = diary_room((DutyKind)i);
    if (room == NULL) continue;
    HelpDuty *duty = list_add(c->arena, out);
    *duty = (HelpDuty){.kind = duty_kind_name(room->kind),
                       .icon = kind_icon(room->kind),
                       .title = duty_kind_title(room->kind),
                       .purpose = _(or_empty(room->purpose)),
                       .clauses = clause_words(c, room->clauses)};
    for (size_t k = 0; room->checklist != NULL && room->checklist[k] != NULL; k++)
      *list_add(c->arena, &duty->steps) = room->checklist[k];
  }
}

// A page of the organisation that needs nothing but its address.
static bool is_plain_page(const Route *route, size_t inside) {
  return text_equal(route->method, "GET") && route->access == ACCESS_MEMBER &&
         route->title != NULL && strlen(route->path) > inside &&
         strpbrk(route->path + inside, "{/") == NULL;
}

// What the routes say of themselves: pages within the organisation that this reader may open.
static void pages_of(Request *r, HelpPageLineList *out) {
  Context *c = &r->context;
  const char *inside = "/o/{org}/";
  for (size_t i = 0; i < ROUTE_COUNT; i++) {
    const Route *route = &ROUTES[i];
    if (!is_plain_page(route, strlen(inside)) || !text_starts(route->path, inside) ||
        !request_may(r, permission_name(route->permission)))
      continue;
    const char *path = route->path + strlen(inside);
    *list_add(c->arena, out) =
        (HelpPageLine){.title = _(route->title),
                       .path = path,
                       .help = _(or_empty(route->help)),
                       .href = text_format(c->arena, "/o/%s/%s", r->org_slug, path)};
  }
}

static const char *contact_href(Context *c, const char *contact) {
  if (text_starts(contact, "https://") || text_starts(contact, "http://")) return contact;
  return strchr(contact, '@') != NULL ? text_format(c->arena, "mailto:%s", contact) : "";
}

void help_handler(Request *r, const HelpInput *in) {
  (void)in;
  Context *c = &r->context;
  HelpPage page = {.adviser = "", .adviser_contact = "", .adviser_href = "", .adviser_note = ""};
  duties_of(c, &page.duties);
  pages_of(r, &page.pages);
  SqlAdviserGetRow adviser;
  if (sql_adviser_get(c, &adviser)) {
    page.adviser = adviser.name;
    page.adviser_contact = adviser.contact;
    page.adviser_note = adviser.note;
    page.adviser_href = contact_href(c, adviser.contact);
  }
  if (context_ok(c)) respond_help_page(r, &page);
}

static bool adviser_change(Context *c, const char *name, const char *contact, const char *note) {
  TRANSACTION(c, tx);
  sql_adviser_set(c, (SqlAdviserSet){.name = name, .contact = contact, .note = note});
  LedgerEntry *entry = ledger_entry(c, "adviser.changed", "organisation", c->org);
  ledger_personal(entry, "name", name);
  ledger_personal(entry, "contact", contact);
  return ledger_write(entry) && transaction_commit(&tx);
}

void help_adviser_handler(Request *r, const HelpAdviserInput *in) {
  Context *c = &r->context;
  if (adviser_change(c, in->name, in->contact, or_empty(in->note)))
    request_done(r, 0, text_format(c->arena, "/o/%s/help", r->org_slug),
                 _("%s is named as the adviser."), in->name);
}
