// SPDX-License-Identifier: Apache-2.0
// The minutes as a document; its Markdown is what is attached as evidence.
#include "reviews/inside.h"
#include "reviews/pack_document.h"

static void add_people(Context *c, Document *d, const Review *review) {
  static const char *const presence[] = {N_("not said"), "present", "absent"};
  document_heading(d, 1, _("Who was there"));
  DocumentTable *table = document_table(d, NULL);
  document_column(table, _("Name"), 3, ALIGN_START);
  document_column(table, _("Part"), 2, ALIGN_START);
  document_column(table, _("Presence"), 1, ALIGN_START);
  for (size_t i = 0; i < review->people.count; i++) {
    const Invited *one = &review->people.items[i];
    document_cell(table, one->name, NULL, INK_NONE);
    document_cell(table,
                  one->person == review->chair
                      ? text_format(c->arena, _("%s, chair"), part_title(one->part))
                      : part_title(one->part),
                  NULL, INK_NONE);
    document_cell(table, _(presence[one->presence]), NULL, INK_NONE);
  }
  document_paragraph(d, text_format(c->arena, _("Quorum: %s."), review->quorum.words));
}

static const char *state_line(Context *c, const Input *input) {
  static const char *const states[] = {N_("Open."), N_("Considered."), N_("Nothing to report.")};
  if (input->state != INPUT_DEFERRED) return _(states[input->state]);
  return text_format(c->arena, _("Deferred to “%s” on %s: %s"), input->deferred_title,
                     date_words(c->arena, input->deferred_due), input->reason);
}

// "Risk decision: R-7 is accepted until 1 May 2026"; once it is settled, what came of it.
static const char *kind_cell(Context *c, const ReviewDecision *one) {
  const Effect *effect = &one->effect;
  if (effect->kind == EFFECT_NONE) return decided_kind_title(one->kind);
  const char *said =
      effect->state == EFFECT_IMPOSSIBLE
          ? text_format(c->arena, _("%s (was not possible: %s)"), effect->words, effect->outcome)
      : effect->state == EFFECT_DONE && effect->kind <= EFFECT_MOVE
          ? text_format(c->arena, "%s (%s)", effect->words, effect->outcome)
          : effect->words;
  return text_format(c->arena, "%s: %s", decided_kind_title(one->kind), said);
}

static void add_decisions(Context *c, Document *d, const Review *review, char letter,
                          const char *home) {
  DocumentTable *table = NULL;
  for (size_t i = 0; i < review->decisions.count; i++) {
    const ReviewDecision *one = &review->decisions.items[i];
    if (one->struck || one->letter != letter) continue;
    if (table == NULL) {
      table = document_table(d, _("Decided"));
      document_column(table, _("Decision"), 4, ALIGN_START);
      document_column(table, _("Kind"), 3, ALIGN_START);
      document_column(table, _("Who"), 2, ALIGN_START);
      document_column(table, _("By"), 2, ALIGN_START);
    }
    const char *place =
        one->action == 0 ? NULL
                         : text_format(c->arena, "%s/actions/%lld", home, (long long)one->action);
    document_cell(table, one->words, place, INK_NONE);
    document_cell(table, kind_cell(c, one), NULL, INK_NONE);
    document_cell(table, one->owner_label, NULL, INK_NONE);
    document_cell(table, date_is_none(one->due) ? "" : date_words(c->arena, one->due), NULL,
                  INK_NONE);
  }
}

static void add_end(Context *c, Document *d, const Review *review) {
  document_heading(d, 1, _("What came of it"));
  document_paragraph(d, review->summary);
  if (!instant_is_none(review->approved))
    document_signature(d, _("Chair"), review->chair_name,
                       date_words(c->arena, zone_date(c->zone, review->approved, NULL)));
  for (size_t i = 0; i < review->addenda.count; i++)
    document_note(d, INK_STAGE,
                  text_format(c->arena, _("Addendum by %s"), review->addenda.items[i].by),
                  review->addenda.items[i].body);
}

Document *minutes_document(Context *c, const Review *review, const char *base_url) {
  SqlReviewOrgNameRow org = {.name = "", .slug = ""};
  sql_review_org_name(c, &org);
  const char *home = text_format(c->arena, "/o/%s", org.slug);
  SqlReviewDocumentLastRow frozen;
  bool is_frozen = sql_review_document_last(
      c, (SqlReviewDocumentLast){.id = review->activity.id, .kind = "minutes"}, &frozen);
  const DocumentHead head = {
      .title = review->activity.title,
      .kind = instant_is_none(review->approved) ? _("Minutes, draft") : _("Minutes"),
      .organisation = org.name,
      .marking = _("Internal"),
      .base_url = base_url,
      .home =
          text_format(c->arena, "%s/reviews/%lld/minutes", home, (long long)review->activity.id),
      .hash = is_frozen ? frozen.sha256 : NULL,
      .made = is_frozen ? frozen.made : c->now};
  Document *d = document_new(c, &head);
  document_about(
      d, _("Held on"),
      date_words(c->arena, date_is_none(review->held_on) ? review->activity.due : review->held_on));
  document_about(d, _("Chair"), review->chair_name);
  add_people(c, d, review);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const Input *input = &review->inputs[i];
    document_heading(d, 1,
                     text_format(c->arena, "(%c) %s", input->letter, _(review_inputs[i].title)));
    document_paragraph(d, state_line(c, input));
    if (!text_is_empty(input->notes)) document_paragraph(d, input->notes);
    add_decisions(c, d, review, input->letter, home);
  }
  add_end(c, d, review);
  return d;
}

const char *minutes_markdown(Context *c, const Review *review) {
  return document_markdown(c, minutes_document(c, review, NULL));
}
