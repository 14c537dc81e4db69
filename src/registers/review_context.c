// SPDX-License-Identifier: Apache-2.0
// Issues and interested parties in a management review (9.3.2 b and c): what changed since the
// last.
#include "diary/review_section.h"
#include "registers/context.sql.h"
#include "registers/versions.h"

typedef struct Changed {
  int64_t added, changed, removed;
} Changed;

static bool add_changes(Context *c, const ReviewSpan *span, const Kind *kind, Changed *counts,
                        SectionData *out) {
  static const char *const words[] = {"new", "changed", "gone"};
  ItemChanges changes = {0};
  if (!item_changes(c, kind, span->from, span->to, &changes)) return false;
  SectionTable *table =
      section_table(c, out, _("Changed since the last review"), _("What|Change|How|On"));
  for (size_t i = 0; i < changes.count; i++) {
    const ItemChange *one = &changes.items[i];
    *(one->kind == ITEM_ADDED     ? &counts->added
      : one->kind == ITEM_CHANGED ? &counts->changed
                                  : &counts->removed) += 1;
    if (section_is_full(table)) continue;
    section_cell(c, table, one->title,
                 one->kind == ITEM_REMOVED
                     ? ""
                     : text_format(c->arena, "/items/%lld", (long long)one->item));
    section_cell(c, table, _(words[one->kind]), "");
    section_cell(c, table, one->what, "");
    section_cell_date(c, table, one->on);
  }
  return true;
}

static void add_figures(Context *c, const Changed *counts, SectionData *out) {
  section_figure(c, out, "added", _("New"))->value = section_count(counts->added);
  section_figure(c, out, "changed", _("Changed"))->value = section_count(counts->changed);
  section_figure(c, out, "removed", _("Gone"))->value = section_count(counts->removed);
}

static bool is_present(const Context *c, const ReviewSpan *span) {
  return date_compare(span->to, c->today) >= 0;
}

static bool fill_issues(Context *c, const ReviewSpan *span, SectionData *out) {
  Changed counts = {0};
  SqlIssuesNowRow now = {0};
  if (!add_changes(c, span, &issues_kind, &counts, out) || !sql_issues_now(c, &now)) return false;
  SectionFigure *all = section_figure(c, out, "issues", _("Issues known"));
  SectionFigure *climate = section_figure(c, out, "climate", _("Of these climate change"));
  climate->why = _("whether climate change matters has to be considered (Amendment 1:2024)");
  if (is_present(c, span)) {
    all->value = section_count(now.issues);
    climate->value = section_count(now.climate);
  }
  add_figures(c, &counts, out);
  out->nothing = counts.added + counts.changed + counts.removed == 0;
  if (now.issues == 0)
    section_words(c, out,
                  _("No issue is in the register: what around us and within bears on "
                    "information security, climate change included, is not written down "
                    "(4.1)."));
  else
    section_words(c, out,
                  _("%lld issues came, %lld changed, %lld went; %lld of %lld are a matter of "
                    "climate change."),
                  (long long)counts.added, (long long)counts.changed, (long long)counts.removed,
                  (long long)now.climate, (long long)now.issues);
  return context_ok(c);
}

static bool fill_parties(Context *c, const ReviewSpan *span, SectionData *out) {
  Changed counts = {0};
  SqlPartiesNowRow now = {0};
  if (!add_changes(c, span, &interested_parties_kind, &counts, out) || !sql_parties_now(c, &now))
    return false;
  SectionFigure *all = section_figure(c, out, "needs", _("Needs known"));
  SectionFigure *open = section_figure(c, out, "uncovered", _("Answered by nothing yet"));
  open->better = BETTER_LOWER;
  if (is_present(c, span)) {
    all->value = section_count(now.parties);
    open->value = section_count(now.uncovered);
  }
  add_figures(c, &counts, out);
  out->nothing = counts.added + counts.changed + counts.removed == 0;
  if (now.parties == 0)
    section_words(c, out, _("No interested party and no need of theirs is in the register (4.2)."));
  else
    section_words(
        c, out,
        _("%lld needs came, %lld changed, %lld went; %lld of %lld are answered by nothing "
          "yet."),
        (long long)counts.added, (long long)counts.changed, (long long)counts.removed,
        (long long)now.uncovered, (long long)now.parties);
  return context_ok(c);
}

const ReviewSection issues_section = {
    .key = "issues",
    .input = 'b',
    .title = N_("External and internal issues"),
    .purpose = N_("What changed around us and within, climate change included (4.1)."),
    .fill = fill_issues,
};
const ReviewSection parties_section = {
    .key = "parties",
    .input = 'c',
    .title = N_("Interested parties and their needs"),
    .purpose = N_("Who asks for something new, or no longer (4.2)."),
    .fill = fill_parties,
};
