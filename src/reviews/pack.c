// SPDX-License-Identifier: Apache-2.0
#include "reviews/pack.h"

#include "db/db.h"
#include "reviews/inside.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

const char *sha256_hex(Arena *arena, const char *bytes, size_t length) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, (const unsigned char *)bytes, length);
  char *hex = arena_alloc(arena, sizeof hash * 2 + 1);
  return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

const PackFigure *pack_figure(const Pack *pack, const char *section, const char *key) {
  for (size_t i = 0; i < pack->sections.count; i++) {
    const PackSection *one = &pack->sections.items[i];
    if (!text_equal(one->key, section)) continue;
    for (size_t k = 0; k < one->figures.count; k++)
      if (text_equal(one->figures.items[k].figure.key, key)) return &one->figures.items[k];
  }
  return NULL;
}

const char *figure_words(Arena *arena, OptReal value, const char *unit) {
  if (!value.has) return _("not measured");
  bool whole = fabs(value.value - round(value.value)) < 0.0005;
  const char *number = text_format(arena, whole ? "%.0f" : "%.1f", value.value);
  return text_is_empty(unit) ? number : text_format(arena, "%s %s", number, unit);
}

// ---- filling the sections ----

static bool fill_section(Context *c, const ReviewSection *from, const ReviewSpan *span,
                         PackSection *to) {
  SectionData data = {0};
  if (!from->fill(c, span, &data) || !context_ok(c)) return false;
  *to = (PackSection){.key = from->key,
                      .title = _(from->title),
                      .purpose = _(from->purpose),
                      .words = data.words == NULL ? "" : data.words,
                      .said = "",
                      .input = from->input,
                      .nothing = data.nothing};
  for (size_t i = 0; i < data.figures.count; i++)
    list_add(c->arena, &to->figures)->figure = data.figures.items[i];
  for (size_t i = 0; i < data.tables.count; i++)
    if (data.tables.items[i]->cells.count > 0)
      *list_add(c->arena, &to->tables) = data.tables.items[i];
  for (size_t i = 0; i < data.charts.count; i++)
    *list_add(c->arena, &to->charts) = data.charts.items[i];
  return true;
}

static bool fill_sections(Context *c, const ReviewSpan *span, Pack *out) {
  for (int letter = 'a'; letter < 'a' + REVIEW_INPUT_COUNT; letter++)
    for (size_t i = 0; review_sections[i] != NULL; i++)
      if (review_sections[i]->input == letter &&
          !fill_section(c, review_sections[i], span, list_add(c->arena, &out->sections)))
        return false;
  return true;
}

// ---- the trend: what the packs of the reviews before said; where there is none, what is known
// ----

static bool pack_of_previous(Context *c, const SqlReviewPreviousRow *row, Date before, Pack *out) {
  SqlReviewDocumentLastRow frozen;
  if (sql_review_document_last(c, (SqlReviewDocumentLast){.id = row->id, .kind = "pack"}, &frozen))
    return frozen_pack_read(c, frozen.body, out);
  const ReviewSpan span = {date_add_days(before, 1), row->held_on};
  *out = (Pack){.review = row->id};
  return context_ok(c) && fill_sections(c, &span, out);
}

static void add_points(Context *c, Pack *pack, const Pack *earlier, Date day) {
  for (size_t i = 0; i < pack->sections.count; i++) {
    PackSection *section = &pack->sections.items[i];
    for (size_t k = 0; k < section->figures.count; k++) {
      PackFigure *figure = &section->figures.items[k];
      const PackFigure *then =
          earlier == pack ? figure : pack_figure(earlier, section->key, figure->figure.key);
      PackPoint *point = list_add(c->arena, &figure->trend);
      *point = (PackPoint){.day = day};
      if (then != NULL) point->value = then->figure.value;
    }
  }
}

static bool add_trend(Context *c, const Review *review, Pack *pack) {
  SqlReviewPreviousRows rows = sql_review_previous(
      c,
      (SqlReviewPrevious){.id = review->activity.id, .before = pack->to, .limit = TREND_REVIEWS});
  SqlReviewDecisionAtRow org;
  if (!sql_review_decision_at(c, &org)) return context_ok(c) && failure(c, "no organisation");
  size_t count = rows.count < TREND_REVIEWS - 1 ? rows.count : TREND_REVIEWS - 1;
  for (size_t i = count; i-- > 0;) {
    Pack earlier;
    Date before = i + 1 < rows.count ? rows.items[i + 1].held_on : org.decision;
    if (!pack_of_previous(c, &rows.items[i], before, &earlier)) return false;
    add_points(c, pack, &earlier, rows.items[i].held_on);
  }
  add_points(c, pack, pack, pack->to);
  return true;
}

// ---- the whole ----

static void fill_inputs(const Review *review, Pack *out) {
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const Input *input = &review->inputs[i];
    out->inputs[i] = (PackInput){.letter = input->letter,
                                 .state = input->state,
                                 .title = _(review_inputs[i].title),
                                 .asks = _(review_inputs[i].asks),
                                 .words = input->words,
                                 .reason = input->reason,
                                 .deferred_to = input->deferred_title,
                                 .deferred_due = input->deferred_due};
  }
}

bool pack_draft(Context *c, const Review *review, Pack *out) {
  READ_TRANSACTION(c, tx);
  ReviewSpan span;
  SqlReviewOrgNameRow org;
  if (!review_span(c, review, &span)) return false;
  if (!sql_review_org_name(c, &org)) return context_ok(c) && failure(c, "no organisation");
  *out = (Pack){.review = review->activity.id,
                .title = review->activity.title,
                .organisation = org.name,
                .slug = org.slug,
                .chair = review->chair_name,
                .agenda = review->agenda,
                .made_by = "",
                .reason = "",
                .sha256 = "",
                .due = review->activity.due,
                .from = span.from,
                .to = span.to,
                .made = c->now};
  for (size_t i = 0; i < review->people.count; i++)
    *list_add(c->arena, &out->people) =
        (PackPerson){.name = review->people.items[i].name,
                     .part = part_name(review->people.items[i].part),
                     .chair = review->people.items[i].person == review->chair};
  fill_inputs(review, out);
  if (!fill_sections(c, &span, out)) return false;
  for (size_t i = 0; i < out->sections.count; i++)
    out->sections.items[i].said = section_said(review, out->sections.items[i].key).words;
  return add_trend(c, review, out);
}

bool pack_get(Context *c, const Review *review, Pack *out) {
  SqlReviewDocumentLastRow row;
  SqlReviewDocumentLast want = {.id = review->activity.id, .kind = "pack"};
  if (!sql_review_document_last(c, want, &row)) return context_ok(c) && pack_draft(c, review, out);
  if (!frozen_pack_read(c, row.body, out)) return false;
  out->edition = row.edition;
  out->made = row.made;
  out->made_by = row.made_by == NULL ? "" : row.made_by;
  out->reason = row.reason;
  out->sha256 = row.sha256;
  return true;
}

// ---- freezing ----

bool document_freeze(Context *c, int64_t review, const char *kind, const char *json,
                     const char *reason) {
  SqlReviewDocumentLastRow last = {.edition = 0};
  sql_review_document_last(c, (SqlReviewDocumentLast){.id = review, .kind = kind}, &last);
  const char *hash = sha256_hex(c->arena, json, strlen(json));
  int64_t id = sql_review_document_insert(c, (SqlReviewDocumentInsert){.id = review,
                                                                       .kind = kind,
                                                                       .edition = last.edition + 1,
                                                                       .reason = reason,
                                                                       .body = json,
                                                                       .sha256 = hash});
  if (id <= 0) return false;
  LedgerEntry *entry = ledger_entry(c, "review.frozen", "review_document", id);
  ledger_number(entry, "review", review);
  ledger_value(entry, "kind", kind);
  ledger_number(entry, "edition", last.edition + 1);
  ledger_value(entry, "sha256", hash);
  if (!text_is_empty(reason)) ledger_personal(entry, "reason", reason);
  return ledger_write(entry);
}

bool pack_freeze(Context *c, const Review *review, const char *reason) {
  Pack pack;
  return pack_draft(c, review, &pack) &&
         document_freeze(c, review->activity.id, "pack", pack_json(c, &pack), reason);
}

bool pack_issue(Context *c, int64_t review, const char *reason) {
  TRANSACTION(c, tx);
  Review it;
  if (!review_begin_open(c, review, &it)) return false;
  if (it.editions > 0 && text_is_empty(reason))
    return invalid(c, "reason",
                   _("It was issued before: say why there is another edition. The "
                     "first one stays."));
  if (it.people.count == 0)
    return invalid(c, "people", _("Invite somebody first: nobody would read it."));
  LedgerEntry *entry = ledger_entry(c, "review.pack_issued", "review", review);
  ledger_number(entry, "edition", it.editions + 1);
  ledger_day(entry, "pack_due", it.pack_due);
  return pack_freeze(c, &it, reason == NULL ? "" : reason) && ledger_write(entry) &&
         transaction_commit(&tx);
}

// ---- since the pack ----

static bool differs(OptReal a, OptReal b) {
  return a.has != b.has || (a.has && fabs(a.value - b.value) > 0.0005);
}

bool pack_since(Context *c, const Review *review, const Pack *pack, PackChanges *out) {
  READ_TRANSACTION(c, tx);
  Date to = date_is_none(review->held_on) ? c->today : review->held_on;
  const ReviewSpan span = {pack->from, to};
  Pack live = {.review = pack->review};
  if (pack->edition == 0 || !fill_sections(c, &span, &live)) return context_ok(c);
  for (size_t i = 0; i < live.sections.count; i++) {
    const PackSection *section = &live.sections.items[i];
    for (size_t k = 0; k < section->figures.count; k++) {
      const SectionFigure *now = &section->figures.items[k].figure;
      const PackFigure *then = pack_figure(pack, section->key, now->key);
      if (then == NULL || !differs(then->figure.value, now->value)) continue;
      *list_add(c->arena, out) = (PackChange){.section = section->title,
                                              .label = now->label,
                                              .unit = now->unit,
                                              .place = now->place,
                                              .then = then->figure.value,
                                              .now = now->value};
    }
  }
  return context_ok(c);
}
