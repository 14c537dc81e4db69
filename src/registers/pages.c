// SPDX-License-Identifier: Apache-2.0
// Pages of registers: the overview, one register, the Statement of Applicability, the search.
#include "db/db.h"
#include "html/html.h"
#include "http/request.h"
#include "registers/annex_a.h"
#include "registers/lists.h"
#include "registers/pictures.h"
#include "registers/registers.routes.h"
#include "registers/registers.sql.h"
#include "registers/registers.views.h"

#include <string.h>

enum { PAGE_SIZE = 50, SEARCH_PAGE_SIZE = 20 };

// ---- all registers ----

static RegisterCard card_of(const RegisterLine *line) {
  return (RegisterCard){.id = line->id,
                        .kind = line->kind->name,
                        .name = line->name,
                        .purpose = _(line->kind->purpose),
                        .clauses = line->kind->clauses,
                        .source = line->source,
                        .items = line->items,
                        .due = line->due,
                        .newest = line->newest};
}

static bool from_document(const RegisterLine *line) {
  const char *dot = strrchr(line->source, '.');
  return dot != NULL && (text_equal_fold(dot, ".md") || text_equal_fold(dot, ".markdown"));
}

static KindChoiceList kind_choices(Arena *arena) {
  size_t count = 0;
  while (register_kinds[count] != NULL) count++;
  KindChoice *items = arena_array(arena, count, sizeof *items);
  for (size_t i = 0; i < count; i++)
    items[i] = (KindChoice){.name = register_kinds[i]->name, .title = _(register_kinds[i]->title)};
  items[count - 1].title = _("One of your own");
  return (KindChoiceList){items, count};
}

void registers_handler(Request *r, const RegistersInput *in) {
  (void)in;
  Context *c = &r->context;
  RegisterLines lines;
  if (!register_lines(c, &lines)) return;
  RegisterCard *cards[3];
  for (size_t i = 0; i < COUNT_OF(cards); i++)
    cards[i] = arena_array(c->arena, lines.count + 1, sizeof **cards);
  size_t counts[3] = {0};
  for (size_t i = 0; i < lines.count; i++) {
    const RegisterLine *line = &lines.items[i];
    size_t group = line->kind != &plain_kind ? 0 : from_document(line) ? 2 : 1;
    cards[group][counts[group]++] = card_of(line);
  }
  RegistersPage view = {.registers = {cards[0], counts[0]},
                        .own = {cards[1], counts[1]},
                        .tables = {cards[2], counts[2]},
                        .kinds = kind_choices(c->arena)};
  respond_registers_page(r, &view);
}

void register_create_handler(Request *r, const RegisterCreateInput *in) {
  Context *c = &r->context;
  const Kind *kind = kind_find(in->kind);
  if (kind == NULL) {
    invalid(c, "kind", _("There is no such kind of register."));
    return;
  }
  const char *name = kind->title;
  if (kind == &plain_kind) {
    name = in->name != NULL ? text_trim(c->arena, in->name) : "";
    if (name[0] == '\0') invalid(c, "name", _("A register of your own needs a name."));
  }
  int64_t id = 0;
  TRANSACTION(c, tx);
  if (!context_ok(c) || !register_ensure(c, kind, name, "", "", &id) || !transaction_commit(&tx))
    return;
  request_done(r, id, text_format(c->arena, "/o/%s/registers/%lld", r->org_slug, (long long)id),
               _("The register “%s” is there."), name);
}

// ---- one register ----

static void add_query(Text *text, const char *name, const char *value) {
  if (text_is_empty(value)) return;
  text_add_char(text, strchr(text->data, '?') == NULL ? '?' : '&');
  text_add_format(text, "%s=", name);
  html_url_part(text, value);
  html_finish(text);
}

// The address of this list with another order or page; "" leaves a part out.
static const char *list_link(Request *r, const RegisterShowInput *in, const char *tail,
                             const char *sort, bool descending, int64_t page) {
  Text text;
  text_init(&text, r->context.arena);
  text_add_format(&text, "/o/%s/registers/%lld%s", r->org_slug, (long long)in->id, tail);
  add_query(&text, "q", in->q);
  add_query(&text, "status", in->status);
  add_query(&text, "overdue", in->overdue ? "1" : "");
  add_query(&text, "sort", sort);
  add_query(&text, "descending", descending ? "1" : "");
  if (page > 1) add_query(&text, "page", text_format(r->context.arena, "%lld", (long long)page));
  if (in->size.has)
    add_query(&text, "size", text_format(r->context.arena, "%lld", (long long)in->size.value));
  return text.data;
}

typedef struct Shown { // columns that hold anything on this page
  bool ref, owner, status, next;
} Shown;

static Shown shown_columns(const EntryLines *lines) {
  Shown shown = {0};
  for (size_t i = 0; i < lines->count; i++) {
    const EntryLine *line = &lines->items[i];
    shown.ref = shown.ref || line->ref[0] != '\0';
    shown.owner = shown.owner || !text_is_empty(line->owner);
    shown.status = shown.status || line->status[0] != '\0';
    shown.next = shown.next || !date_is_none(line->next);
  }
  return shown;
}

static void add_column(Request *r, const RegisterShowInput *in, SortLinkList *list,
                       const char *label, const char *sort) {
  bool active = text_equal(in->sort, sort);
  list->items[list->count++] =
      (SortLink){.label = label,
                 .href = list_link(r, in, "", sort, active && !in->descending, 1),
                 .order = !active          ? "none"
                          : in->descending ? "descending"
                                           : "ascending"};
}

static SortLinkList sort_links(Request *r, const RegisterShowInput *in, const Kind *kind,
                               Shown shown) {
  SortLinkList list = {arena_array(r->context.arena, 5, sizeof *list.items), 0};
  const KindField *fields = kind->fields;
  if (shown.ref) add_column(r, in, &list, _(fields[COMMON_REF].label), "ref");
  add_column(r, in, &list, _(fields[COMMON_TITLE].label), "title");
  if (shown.owner) add_column(r, in, &list, _(fields[COMMON_OWNER].label), "owner");
  if (shown.status) add_column(r, in, &list, _(fields[COMMON_STATUS].label), "status");
  if (shown.next) add_column(r, in, &list, _(fields[COMMON_NEXT].label), "next");
  return list;
}

static RegisterRowList rows_of(Arena *arena, const EntryLines *lines) {
  RegisterRow *rows = arena_array(arena, lines->count + 1, sizeof *rows);
  for (size_t i = 0; i < lines->count; i++) {
    const EntryLine *line = &lines->items[i];
    rows[i] = (RegisterRow){.id = line->id,
                            .ref = line->ref,
                            .title = line->title,
                            .owner = line->owner,
                            .vacant = line->vacant,
                            .status = line->status,
                            .last = line->last,
                            .next = line->next,
                            .overdue = line->overdue};
  }
  return (RegisterRowList){rows, lines->count};
}

static StatusChoiceList statuses_of(Context *c, int64_t id, const char *chosen) {
  SqlItemStatusesRows rows = sql_item_statuses(c, (SqlItemStatuses){.register_id = id});
  StatusChoice *items = arena_array(c->arena, rows.count + 1, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (StatusChoice){.status = rows.items[i].status,
                              .items = rows.items[i].items,
                              .chosen = text_equal(rows.items[i].status, chosen)};
  return (StatusChoiceList){items, rows.count};
}

static Html matrix_of(Context *c, const Kind *kind) {
  if (kind != &risks_kind) return (Html){"", 0};
  SqlRiskCellsRows rows = sql_risk_cells(c);
  RiskCell *cells = arena_array(c->arena, rows.count + 1, sizeof *cells);
  for (size_t i = 0; i < rows.count; i++)
    cells[i] = (RiskCell){.likelihood = rows.items[i].likelihood,
                          .impact = rows.items[i].impact,
                          .items = rows.items[i].items};
  return risk_matrix(c->arena, cells, rows.count);
}

void register_show_handler(Request *r, const RegisterShowInput *in) {
  Context *c = &r->context;
  Register book;
  EntryLines lines;
  int64_t size = in->size.has ? in->size.value : PAGE_SIZE;
  int64_t page = in->page.has ? in->page.value : 1;
  ItemFilter filter = {.register_id = in->id,
                       .words = in->q,
                       .status = in->status,
                       .overdue = in->overdue,
                       .sort = in->sort,
                       .descending = in->descending,
                       .offset = (page - 1) * size,
                       .limit = size};
  READ_TRANSACTION(c, tx);
  if (!register_get(c, in->id, &book) || !item_lines(c, &filter, &lines)) return;
  int64_t pages = lines.total > 0 ? (lines.total + size - 1) / size : 1;
  Shown shown = shown_columns(&lines);
  RegisterPage view = {
      .id = book.id,
      .kind = book.kind->name,
      .name = book.name,
      .purpose = _(book.kind->purpose),
      .clauses = book.kind->clauses,
      .singular = _(book.kind->singular),
      .source = book.source,
      .rows = rows_of(c->arena, &lines),
      .statuses = statuses_of(c, book.id, in->status),
      .columns = sort_links(r, in, book.kind, shown),
      .has_ref = shown.ref,
      .has_owner = shown.owner,
      .has_status = shown.status,
      .has_next = shown.next,
      .q = in->q,
      .overdue = in->overdue,
      .filtered = in->q != NULL || in->status != NULL || in->overdue,
      .sort = in->sort,
      .descending = in->descending,
      .is_soa = book.kind == &controls_kind,
      .matrix = page == 1 && in->q == NULL ? matrix_of(c, book.kind) : (Html){"", 0},
      .export = list_link(r, in, "/export", in->sort, in->descending, 1),
      .total = lines.total,
      .page = page,
      .pages = pages,
      .previous = page > 1 ? list_link(r, in, "", in->sort, in->descending, page - 1) : NULL,
      .next = page < pages ? list_link(r, in, "", in->sort, in->descending, page + 1) : NULL,
  };
  if (context_ok(c)) respond_register_page(r, &view);
}

// ---- the search ----

static const char *search_link(Request *r, const char *q, int64_t page) {
  Text text;
  text_init(&text, r->context.arena);
  text_add_format(&text, "/o/%s/search", r->org_slug);
  add_query(&text, "q", q);
  add_query(&text, "page", text_format(r->context.arena, "%lld", (long long)page));
  return text.data;
}

static const char *kind_words(const char *kind) {
  if (text_equal(kind, "register_item")) return _("register");
  if (text_equal(kind, "activity")) return _("activity");
  if (text_equal(kind, "duty")) return _("duty");
  if (text_equal(kind, "person")) return _("person");
  if (text_equal(kind, "evidence")) return _("evidence");
  if (text_equal(kind, "finding")) return _("finding");
  if (text_equal(kind, "action")) return _("action");
  if (text_equal(kind, "audit")) return _("audit");
  if (text_equal(kind, "audit_unit")) return _("unit of the audit universe");
  if (text_equal(kind, "review")) return _("management review");
  return kind;
}

void search_handler(Request *r, const SearchInput *in) {
  Context *c = &r->context;
  int64_t page = in->page.has ? in->page.value : 1;
  SearchHits hits;
  if (!search_find(c, in->q, (page - 1) * SEARCH_PAGE_SIZE, SEARCH_PAGE_SIZE, &hits)) return;
  SearchResult *results = arena_array(c->arena, hits.count + 1, sizeof *results);
  for (size_t i = 0; i < hits.count; i++)
    results[i] =
        (SearchResult){.kind = kind_words(hits.items[i].kind),
                       .title = hits.items[i].title,
                       .excerpt = hits.items[i].excerpt,
                       .place = text_format(c->arena, "/o/%s%s", r->org_slug, hits.items[i].place)};
  int64_t pages = hits.total > 0 ? (hits.total + SEARCH_PAGE_SIZE - 1) / SEARCH_PAGE_SIZE : 1;
  SearchPage view = {.q = in->q,
                     .results = {results, hits.count},
                     .total = hits.total,
                     .page = page,
                     .pages = pages,
                     .previous = page > 1 ? search_link(r, in->q, page - 1) : NULL,
                     .next = page < pages ? search_link(r, in->q, page + 1) : NULL};
  respond_search_page(r, &view);
}
