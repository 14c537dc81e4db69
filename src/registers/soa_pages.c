// SPDX-License-Identifier: Apache-2.0
// The Statement of Applicability: its page, its versions, and as PDF, CSV, Markdown or JSON.
#include "registers/soa.h"

#include "diary/pages.h"
#include "registers/pictures.h"
#include "registers/registers.h"
#include "registers/registers.routes.h"
#include "registers/registers.sql.h"
#include "registers/registers.views.h"
#include "registers/soa.sql.h"

enum { VERSIONS_SHOWN = 20 };

static SoaControl control_of(const AnnexControl *control, const SoaEntry *e) {
  return (SoaControl){.id = e->item,
                      .ref = control->ref,
                      .name = text_equal(e->title, control->words) ? "" : e->title,
                      .words = _(control->words),
                      .said = e->said,
                      .applicable = e->applicable,
                      .status = e->status,
                      .justification = e->justification,
                      .implementation = e->implementation,
                      .reference = e->reference,
                      .owner = e->owner,
                      .evidence = e->evidence};
}

static SoaThemeList themes_of(Context *c, const SoaEntries *entries) {
  SoaTheme *themes = arena_array(c->arena, THEME_COUNT, sizeof *themes);
  SoaControl *controls = arena_array(c->arena, ANNEX_CONTROL_COUNT, sizeof *controls);
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const AnnexControl *control = &annex_controls[i];
    SoaTheme *theme = &themes[control->theme];
    controls[i] = control_of(control, &entries->of[i]);
    if (theme->controls.count == 0) theme->controls.items = &controls[i];
    theme->title = theme_title(control->theme);
    theme->controls.count++;
    theme->count++;
    theme->said += controls[i].said;
  }
  return (SoaThemeList){themes, THEME_COUNT};
}

static SoaVersionRowList versions_of(Context *c) {
  SqlSoaVersionsRows rows = sql_soa_versions(c, (SqlSoaVersions){.limit = VERSIONS_SHOWN});
  SoaVersionRow *items = arena_array(c->arena, rows.count + 1, sizeof *items);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSoaVersionsRow *row = &rows.items[i];
    items[i] = (SoaVersionRow){.id = row->id,
                               .number = row->number,
                               .note = row->note,
                               .made = row->made,
                               .made_by = row->made_by == NULL ? "" : row->made_by,
                               .approved = row->approved,
                               .approved_by = row->approved_by == NULL ? "" : row->approved_by};
  }
  return (SoaVersionRowList){items, rows.count};
}

static void counts_to(SoaPage *view, const SoaEntries *entries) {
  view->applicable = entries->applicable;
  view->implemented = entries->implemented;
  view->excluded = entries->excluded;
  view->open = entries->open;
  view->said = entries->applicable + entries->excluded;
}

void soa_handler(Request *r, const SoaInput *in) {
  (void)in;
  Context *c = &r->context;
  SoaEntries *entries = arena_new(c->arena, SoaEntries);
  SqlRegisterFindRow book = {0};
  sql_register_find(c, (SqlRegisterFind){.kind = controls_kind.name, .name = controls_kind.title},
                    &book);
  if (!soa_read(c, 0, entries)) return;
  SoaPage view = {
      .themes = themes_of(c, entries), .register_id = book.id, .versions = versions_of(c)};
  counts_to(&view, entries);
  view.picture = soa_bar(c->arena, entries->implemented, entries->applicable - entries->implemented,
                         entries->excluded, entries->open);
  if (context_ok(c)) respond_soa_page(r, &view);
}

// ---- one version ----

static bool same(const SoaEntry *a, const SoaEntry *b) {
  return a->said == b->said && a->applicable == b->applicable && text_equal(a->status, b->status) &&
         text_equal(a->justification, b->justification) && text_equal(a->owner, b->owner) &&
         text_equal(a->implementation, b->implementation);
}

static void differences(Context *c, int64_t number, const SoaEntries *now, SoaVersionPage *view) {
  SqlSoaVersionBeforeRow before;
  if (!sql_soa_version_before(c, (SqlSoaVersionBefore){.number = number}, &before)) return;
  SoaEntries *old = arena_new(c->arena, SoaEntries);
  if (!soa_read(c, before.id, old)) return;
  view->before = before.id;
  SoaControl *changed = arena_array(c->arena, ANNEX_CONTROL_COUNT, sizeof *changed);
  size_t count = 0;
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++)
    if (!same(&old->of[i], &now->of[i]))
      changed[count++] = control_of(&annex_controls[i], &now->of[i]);
  view->changed = (SoaControlList){changed, count};
}

void soa_version_handler(Request *r, const SoaVersionInput *in) {
  Context *c = &r->context;
  SqlSoaVersionGetRow row;
  if (!sql_soa_version_get(c, (SqlSoaVersionGet){.id = in->id}, &row)) {
    if (context_ok(c)) not_found(c, _("There is no such version of the statement."));
    return;
  }
  SoaEntries *entries = arena_new(c->arena, SoaEntries);
  if (!soa_read(c, in->id, entries)) return;
  SoaVersionPage view = {.id = row.id,
                         .number = row.number,
                         .note = row.note,
                         .hash = row.hash,
                         .made = row.made,
                         .made_by = row.made_by == NULL ? "" : row.made_by,
                         .approved = row.approved,
                         .approved_by = row.approved_by == NULL ? "" : row.approved_by,
                         .themes = themes_of(c, entries),
                         .applicable = entries->applicable,
                         .implemented = entries->implemented,
                         .excluded = entries->excluded};
  differences(c, row.number, entries, &view);
  if (context_ok(c)) respond_soa_version_page(r, &view);
}

void soa_freeze_handler(Request *r, const SoaFreezeInput *in) {
  int64_t id = 0;
  if (soa_freeze(&r->context, in->note, &id))
    request_done(
        r, id, text_format(r->context.arena, "/o/%s/soa/versions/%lld", r->org_slug, (long long)id),
        _("Frozen. It waits for approval by somebody else."));
}

void soa_approve_handler(Request *r, const SoaApproveInput *in) {
  if (soa_approve(&r->context, in->id))
    request_done(
        r, in->id,
        text_format(r->context.arena, "/o/%s/soa/versions/%lld", r->org_slug, (long long)in->id),
        _("Approved; your name stands with it."));
}

// ---- handed out ----

static const char *applies_words(const SoaEntry *e) {
  return !e->said ? "" : e->applicable ? _("yes") : _("no");
}

static void answer_csv(Request *r, const SoaEntries *entries) {
  Context *c = &r->context;
  Text out;
  text_init(&out, c->arena);
  text_add(&out, "Control,Control Name,Theme,Applicable,Justification,Implementation Status,"
                 "Implementation,Owner,Evidence,Reference\r\n");
  for (size_t i = 0; i < ANNEX_CONTROL_COUNT; i++) {
    const SoaEntry *e = &entries->of[i];
    const char *const cells[] = {e->ref,
                                 text_is_empty(e->title) ? annex_controls[i].words : e->title,
                                 theme_title(annex_controls[i].theme),
                                 applies_words(e),
                                 e->justification,
                                 e->status,
                                 e->implementation,
                                 e->owner,
                                 text_format(c->arena, "%lld", (long long)e->evidence),
                                 e->reference};
    for (size_t k = 0; k < COUNT_OF(cells); k++) csv_cell(&out, cells[k], k + 1 == COUNT_OF(cells));
  }
  request_bytes(r, "text/csv; charset=utf-8", "statement-of-applicability.csv", out.data,
                out.length);
}

void soa_csv_handler(Request *r, const SoaCsvInput *in) {
  SoaEntries *entries = arena_new(r->context.arena, SoaEntries);
  if (soa_read(&r->context, in->version, entries)) answer_csv(r, entries);
}
