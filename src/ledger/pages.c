// SPDX-License-Identifier: Apache-2.0
// Pages of evidence.
#include "ledger/pages.h"

#include <inttypes.h>
#include <string.h>

#include "html/html.h"
#include "ledger/evidence.h"
#include "ledger/evidence.sql.h"
#include "ledger/ledger.routes.h"
#include "ledger/ledger.views.h"
#include "ledger/store.h"

enum { PAGE_SIZE = 50 };

const char *bytes_words(Arena *arena, int64_t bytes) {
  static const char *const units[] = {"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return text_format(arena, "%" PRId64 " B", bytes);
  double amount = (double)bytes / 1000;
  size_t unit = 0;
  while (amount >= 1000 && unit + 1 < COUNT_OF(units)) amount /= 1000, unit++;
  return text_format(arena, amount < 10 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
}

const char *object_href(Request *r, const char *kind, int64_t object) {
  static const char *const pages[][2] = {
      {"activity", "activities"}, {"duty", "duties"},      {"person", "people"},
      {"evidence", "evidence"},   {"site", "sites"},       {"critical_system", "systems"},
      {"position", "positions"},  {"team", "teams"},       {"register", "registers"},
      {"register_item", "items"}, {"finding", "findings"}, {"action", "actions"},
  };
  for (size_t i = 0; i < COUNT_OF(pages); i++)
    if (text_equal(kind, pages[i][0]))
      return text_format(r->context.arena, "/o/%s/%s/%" PRId64, r->org_slug, pages[i][1], object);
  return NULL;
}

static void set_dates(Context *c, EvidenceRow *row) {
  Date added = zone_date(c->zone, row->added_at, NULL);
  row->speaks = evidence_speaks_until(row->period_to, row->taken_on, added);
  row->freshness = freshness_name(evidence_freshness(row->speaks, EVIDENCE_FRESH_MONTHS, c->today));
  row->size = bytes_words(c->arena, row->bytes);
}

#define COMMON(r)                                                                                  \
  .id = (r)->id, .name = (r)->name, .media_type = (r)->media_type, .bytes = (r)->size,             \
  .sha256 = (r)->sha256, .source = (r)->source, .taken_on = (r)->taken_on,                         \
  .period_from = (r)->period_from, .period_to = (r)->period_to, .added_at = (r)->added_at,         \
  .withdrawn = !instant_is_none((r)->withdrawn_at)

// ---- the list ----
static SqlEvidenceListSort sort_of(const char *name) {
  if (text_equal(name, "name")) return SQL_EVIDENCE_LIST_NAME;
  if (text_equal(name, "size")) return SQL_EVIDENCE_LIST_SIZE;
  if (text_equal(name, "taken")) return SQL_EVIDENCE_LIST_TAKEN;
  return SQL_EVIDENCE_LIST_ADDED;
}

static const char *list_link(Request *r, const EvidenceListInput *in, int64_t page) {
  Text text;
  text_init(&text, r->context.arena);
  text_add_format(&text, "/o/%s/evidence?page=%" PRId64, r->org_slug, page);
  if (in->sort) text_add_format(&text, "&sort=%s", in->sort);
  if (in->ascending) text_add(&text, "&ascending=1");
  if (in->withdrawn) text_add(&text, "&withdrawn=1");
  if (in->size.has) text_add_format(&text, "&size=%" PRId64, in->size.value);
  if (in->q) {
    text_add(&text, "&q=");
    html_url_part(&text, in->q);
    html_finish(&text);
  }
  return text.data;
}

void evidence_list_handler(Request *r, const EvidenceListInput *in) {
  Context *c = &r->context;
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t page = in->page.has ? in->page.value : 1;
  const char *find = in->q ? in->q : "";
  SqlEvidenceTotalRow total = {0};
  sql_evidence_total(c, (SqlEvidenceTotal){.find = find, .all = in->withdrawn}, &total);
  SqlEvidenceListRows rows = sql_evidence_list(c, (SqlEvidenceList){.find = find,
                                                                    .all = in->withdrawn,
                                                                    .offset = (page - 1) * size,
                                                                    .limit = size,
                                                                    .sort = sort_of(in->sort),
                                                                    .descending = !in->ascending});
  EvidenceRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    items[i] = (EvidenceRow){COMMON(&rows.items[i]), .links = rows.items[i].links};
    set_dates(c, &items[i]);
  }
  int64_t pages = (total.pieces + size - 1) / size;
  const EvidenceListPage view = {.evidence = {items, rows.count},
                                 .q = in->q,
                                 .withdrawn = in->withdrawn,
                                 .total = total.pieces,
                                 .bytes = bytes_words(c->arena, total.bytes),
                                 .page = page,
                                 .pages = pages ? pages : 1,
                                 .previous = page > 1 ? list_link(r, in, page - 1) : NULL,
                                 .next = page < pages ? list_link(r, in, page + 1) : NULL};
  respond_evidence_list_page(r, &view);
}

// ---- uploads ----
static bool keep_all(Request *r, const Uploads *files, const EvidenceAbout *about, int64_t *last) {
  Context *c = &r->context;
  if (files->count == 0) return invalid(c, "files", _("Choose at least one file."));
  for (size_t i = 0; i < files->count; i++) // before the first is kept: all of them or none
    if (files->items[i].size == 0)
      return invalid(c, "files", _("%s is empty: it proves nothing."), files->items[i].name);
  for (size_t i = 0; i < files->count; i++)
    if (!evidence_add(c, &files->items[i], about, last)) return false;
  return true;
}

static const char *kept_words(Context *c, const Uploads *files) {
  if (files->count == 1)
    return text_format(c->arena, _("%s is kept as evidence."), files->items[0].name);
  return text_format(c->arena, _("%zu files are kept as evidence."), files->count);
}

void evidence_upload_handler(Request *r, const EvidenceUploadInput *in) {
  Context *c = &r->context;
  int64_t id = 0;
  if ((in->object_kind != NULL) != (in->object_id != 0)) {
    invalid(c, "object_id", _("Give both the kind and the number of the object, or neither."));
    return;
  }
  const EvidenceAbout about = {.source = in->source,
                               .note = in->note,
                               .taken_on = in->taken_on,
                               .period_from = in->period_from,
                               .period_to = in->period_to,
                               .kind = in->object_kind,
                               .object = in->object_id};
  if (!keep_all(r, &in->files, &about, &id)) return;
  const char *list = text_format(c->arena, "/o/%s/evidence", r->org_slug);
  const char *one = text_format(c->arena, "%s/%" PRId64, list, id);
  request_done(r, id, in->files.count == 1 ? one : list, "%s", kept_words(c, &in->files));
}

void activity_evidence_add_handler(Request *r, const ActivityEvidenceAddInput *in) {
  Context *c = &r->context;
  int64_t id = 0;
  const EvidenceAbout about = {.source = in->source,
                               .note = in->note,
                               .taken_on = in->taken_on,
                               .period_from = in->period_from,
                               .period_to = in->period_to,
                               .kind = "activity",
                               .object = in->id};
  if (!keep_all(r, &in->files, &about, &id)) return;
  request_done(r, id, text_format(c->arena, "/o/%s/activities/%" PRId64, r->org_slug, in->id), "%s",
               kept_words(c, &in->files));
}

void activity_evidence_handler(Request *r, const ActivityEvidenceInput *in) {
  Context *c = &r->context;
  SqlEvidenceObjectKnownRow known;
  if (!sql_evidence_object_known(c, (SqlEvidenceObjectKnown){.kind = "activity", .object = in->id},
                                 &known)) {
    if (context_ok(c)) not_found(c, _("There is no such activity."));
    return;
  }
  SqlEvidenceOfObjectRows rows =
      sql_evidence_of_object(c, (SqlEvidenceOfObject){.kind = "activity", .object = in->id});
  EvidenceRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    items[i] = (EvidenceRow){COMMON(&rows.items[i]), .note = rows.items[i].note,
                             .reason = rows.items[i].withdrawn_reason};
    set_dates(c, &items[i]);
  }
  respond_object_evidence_page(
      r, &(ObjectEvidencePage){.id = in->id, .evidence = {items, rows.count}});
}

// ---- one piece ----
static bool find(Context *c, int64_t id, SqlEvidenceGetRow *row) {
  if (sql_evidence_get(c, (SqlEvidenceGet){.id = id}, row)) return true;
  return context_ok(c) && not_found(c, _("There is no such evidence."));
}

static EvidenceLinkRowList links_of(Request *r, int64_t evidence) {
  Context *c = &r->context;
  SqlEvidenceLinksRows rows = sql_evidence_links(c, (SqlEvidenceLinks){.evidence = evidence});
  EvidenceLinkRow *items = arena_array(c->arena, rows.count, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlEvidenceLinksRow *l = &rows.items[i];
    const char *title = evidence_object_title(c, l->kind, l->object);
    items[i] =
        (EvidenceLinkRow){.kind = l->kind,
                          .object = l->object,
                          .href = object_href(r, l->kind, l->object),
                          .title = title ? title
                                         : text_format(c->arena, "%s %" PRId64,
                                                       code_words(c->arena, l->kind), l->object)};
  }
  return (EvidenceLinkRowList){items, rows.count};
}

void evidence_show_handler(Request *r, const EvidenceShowInput *in) {
  Context *c = &r->context;
  SqlEvidenceGetRow row;
  if (!find(c, in->id, &row)) return;
  EvidencePage view = {
      .evidence = {COMMON(&row), .note = row.note, .reason = row.withdrawn_reason},
      .added_by = actor_name(c, row.added_by),
      .withdrawn_at = row.withdrawn_at,
      .withdrawn_by = instant_is_none(row.withdrawn_at) ? NULL : actor_name(c, row.withdrawn_by),
      .links = links_of(r, in->id)};
  view.evidence.links = (int64_t)view.links.count;
  set_dates(c, &view.evidence);
  respond_evidence_page(r, &view);
}

// Minutes and packs are for those who may read the review they belong to.
static bool may_open(Request *r, int64_t evidence) {
  Context *c = &r->context;
  SqlEvidenceOfReviewRow row;
  if (request_may(r, "review.read")) return true;
  if (!sql_evidence_of_review(c, (SqlEvidenceOfReview){.evidence = evidence}, &row))
    return context_ok(c);
  return denied(c, _("It belongs to a management review, and your role does not read those."));
}

void evidence_file_handler(Request *r, const EvidenceFileInput *in) {
  Context *c = &r->context;
  SqlEvidenceGetRow row;
  if (!find(c, in->id, &row) || !may_open(r, in->id)) return;
  const char *path = store_path(c, row.sha256);
  if (path) request_file(r, row.media_type, row.name, path);
}

static void done_with(Request *r, int64_t id, const char *message) {
  request_done(r, id, text_format(r->context.arena, "/o/%s/evidence/%" PRId64, r->org_slug, id),
               "%s", message);
}

void evidence_link_to_handler(Request *r, const EvidenceLinkToInput *in) {
  if (evidence_link(&r->context, in->id, in->object_kind, in->object_id))
    done_with(r, in->id, _("It proves one more thing now."));
}

void evidence_unlink_from_handler(Request *r, const EvidenceUnlinkFromInput *in) {
  if (evidence_unlink(&r->context, in->id, in->object_kind, in->object_id))
    done_with(r, in->id, _("It no longer proves that; the ledger keeps both steps."));
}

void evidence_withdraw_it_handler(Request *r, const EvidenceWithdrawItInput *in) {
  if (evidence_withdraw(&r->context, in->id, in->reason))
    done_with(r, in->id, _("Withdrawn. The file and its history stay."));
}
