// SPDX-License-Identifier: Apache-2.0
// Pages of the ledger.
#include <inttypes.h>
#include <string.h>

#include "db/db.h"
#include "html/html.h"
#include "ledger/evidence.sql.h"
#include "ledger/history.h"
#include "ledger/history.sql.h"
#include "ledger/ledger.routes.h"
#include "ledger/ledger.views.h"
#include "ledger/pages.h"
#include "ledger/store.h"
#include "ledger/verify.h"
#include "ledger/verify.sql.h"

enum { PAGE_SIZE = 50 };

const char *actor_name(Context *c, int64_t actor) {
  SqlLedgerActorRow row;
  if (!actor) return _("The installation");
  if (!sql_ledger_actor(c, (SqlLedgerActor){.id = actor}, &row)) return _("Somebody unknown");
  return row.name;
}

const char *evidence_object_title(Context *c, const char *kind, int64_t object) {
  SqlLedgerActivityTitleRow row;
  if (!text_equal(kind, "activity")) return NULL;
  return sql_ledger_activity_title(c, (SqlLedgerActivityTitle){.id = object}, &row) ? row.title
                                                                                    : NULL;
}

static LedgerRow ledger_row(Request *r, const History *h) {
  Arena *arena = r->context.arena;
  const char *who = h->actor_name;
  if (!who) who = h->actor ? _("Somebody unknown") : _("The installation");
  return (LedgerRow){.seq = h->seq,
                     .at = h->at,
                     .who = who,
                     .actor = h->actor,
                     .channel = h->channel,
                     .action = h->action,
                     .what = code_words(arena, h->action),
                     .kind = h->kind,
                     .object = h->object,
                     .href = object_href(r, h->kind, h->object),
                     .words = h->words};
}

static LedgerKindList kinds_of(Context *c, const char *chosen) {
  SqlHistoryKindsRows rows = sql_history_kinds(c);
  LedgerKind *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (LedgerKind){.kind = rows.items[i].kind,
                            .title = code_words(c->arena, rows.items[i].kind),
                            .chosen = text_equal(rows.items[i].kind, chosen)};
  return (LedgerKindList){items, rows.count};
}

static const char *list_link(Request *r, const LedgerInput *in, int64_t page) {
  Arena *arena = r->context.arena;
  Text text;
  text_init(&text, arena);
  text_add_format(&text, "/o/%s/ledger?page=%" PRId64, r->org_slug, page);
  if (in->object) text_add_format(&text, "&object=%" PRId64, in->object);
  if (in->actor) text_add_format(&text, "&actor=%" PRId64, in->actor);
  if (!date_is_none(in->from)) text_add_format(&text, "&from=%s", date_text(arena, in->from));
  if (!date_is_none(in->to)) text_add_format(&text, "&to=%s", date_text(arena, in->to));
  if (in->size.has) text_add_format(&text, "&size=%" PRId64, in->size.value);
  if (in->kind) {
    text_add(&text, "&kind=");
    html_url_part(&text, in->kind);
    html_finish(&text);
  }
  return text.data;
}

void ledger_handler(Request *r, const LedgerInput *in) {
  Context *c = &r->context;
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t page = in->page.has ? in->page.value : 1;
  if (in->object && !in->kind) {
    invalid(c, "kind", _("Say of which kind the object is."));
    return;
  }
  const HistoryFilter filter = {.kind = in->kind,
                                .object = in->object,
                                .actor = in->actor,
                                .from = in->from,
                                .to = in->to,
                                .limit = size,
                                .offset = (page - 1) * size};
  Histories list = {0};
  if (!history_list(c, &filter, &list)) return;
  int64_t total = history_count(c, &filter), pages = (total + size - 1) / size;
  LedgerRow *rows = arena_array(c->arena, list.count, sizeof *rows);
  for (size_t i = 0; i < list.count; i++) rows[i] = ledger_row(r, &list.items[i]);
  const LedgerPage view = {.entries = {rows, list.count},
                           .kinds = kinds_of(c, in->kind),
                           .kind = in->kind,
                           .object = in->object,
                           .actor = in->actor,
                           .from = in->from,
                           .to = in->to,
                           .total = total,
                           .page = page,
                           .pages = pages ? pages : 1,
                           .previous = page > 1 ? list_link(r, in, page - 1) : NULL,
                           .next = page < pages ? list_link(r, in, page + 1) : NULL};
  respond_ledger_page(r, &view);
}

void ledger_entry_show_handler(Request *r, const LedgerEntryShowInput *in) {
  Context *c = &r->context;
  History h;
  SqlVerifyHeadRow head = {0};
  if (!history_entry(c, in->seq, &h)) return;
  sql_verify_head(c, &head);
  ChangeRow *changes = arena_array(c->arena, h.changes.count, sizeof *changes);
  for (size_t i = 0; i < h.changes.count; i++) {
    const Change *from = &h.changes.items[i];
    changes[i] = (ChangeRow){.name = from->name,
                             .before = from->before,
                             .after = from->after,
                             .personal = from->personal,
                             .erased = from->erased};
  }
  const LedgerEntryPage view = {.entry = ledger_row(r, &h),
                                .changes = {changes, h.changes.count},
                                .hash = h.hash,
                                .before = h.previous,
                                .body = h.body,
                                .older = in->seq - 1,
                                .newer = in->seq < head.seq ? in->seq + 1 : 0};
  respond_ledger_entry_page(r, &view);
}

// ---- verify ----
static VerifyPage state_of(Context *c) {
  SqlVerifyHeadRow head;
  SqlEvidenceTotalRow total = {0};
  VerifyPage view = {.at = INSTANT_NONE};
  if (sql_verify_head(c, &head)) {
    view.entries = head.seq;
    view.hash = head.hash;
    view.at = (Instant){head.at};
    view.public_key = head.public_key;
  }
  sql_evidence_total(c, (SqlEvidenceTotal){.find = "", .all = 1}, &total);
  view.files = total.pieces;
  view.bytes = bytes_words(c->arena, total.bytes);
  return view;
}

void ledger_verify_handler(Request *r, const LedgerVerifyInput *in) {
  (void)in;
  VerifyPage view = state_of(&r->context);
  respond_verify_page(r, &view);
}

static void show_report(Context *c, const Report *report, VerifyPage *view) {
  const Problems *found = report_problems(report);
  FoundProblem *problems = arena_array(c->arena, found->count, sizeof *problems);
  for (size_t i = 0; i < found->count; i++) {
    const Problem *p = &found->items[i];
    problems[i] = (FoundProblem){.seq = p->seq,
                                 .what = text_copy(c->arena, p->what),
                                 .expected = text_copy(c->arena, p->expected),
                                 .found = text_copy(c->arena, p->found)};
  }
  view->problems = (FoundProblemList){problems, found->count};
  view->whole = report_is_whole(report);
  view->done = true;
}

void ledger_verify_now_handler(Request *r, const LedgerVerifyNowInput *in) {
  Context *c = &r->context;
  VerifyPage view = state_of(c);
  const VerifyOptions options = {.org = r->org_slug,
                                 .live = true,
                                 .evidence = in->files ? store_folder(c->db, c->arena) : NULL};
  Report *report = report_create();
  int64_t org = c->org;
  if (verify_database(c, &options, report)) {
    c->org = org;
    view.with_files = in->files;
    show_report(c, report, &view);
    respond_verify_page(r, &view);
  }
  c->org = org;
  report_destroy(report);
}
