// SPDX-License-Identifier: Apache-2.0
#include "reviews/pack_document.h"

#include "reviews/pack_chart.h"

static const char *place_in(Context *c, const Pack *pack, const char *place) {
  if (text_is_empty(place)) return NULL;
  return text_format(c->arena, "/o/%s%s", pack->slug, place);
}

static Ink ink_of(const PackFigure *figure) {
  const Move move = figure_move(figure);
  return move == MOVE_WORSE ? INK_LATE : move == MOVE_BETTER ? INK_DONE : INK_NONE;
}

static const char *note_of(Context *c, const SectionFigure *what) {
  const char *target = what->target.has
                           ? text_format(c->arena, _("Target %s. "),
                                         figure_words(c->arena, what->target, what->unit))
                           : "";
  return text_format(c->arena, "%s%s", target, what->why);
}

static void add_figures(Context *c, Document *d, const PackSection *section) {
  if (section->figures.count == 0) return;
  DocumentFigures *figures = document_figures(d);
  for (size_t i = 0; i < section->figures.count; i++) {
    const PackFigure *one = &section->figures.items[i];
    document_figure(figures, one->figure.label,
                    figure_words(c->arena, one->figure.value, one->figure.unit),
                    note_of(c, &one->figure), ink_of(one));
  }
}

// The trends of a section side by side.
static void add_trends(Context *c, Document *d, const PackSection *section) {
  Chart **charts = arena_array(c->arena, section->figures.count + 1, sizeof(Chart *));
  size_t count = 0;
  for (size_t i = 0; i < section->figures.count; i++) {
    const PackFigure *one = &section->figures.items[i];
    if (figure_moved(one)) charts[count++] = figure_chart(c->arena, one, CHART_LINE);
  }
  if (count > 0) document_charts(d, charts, count);
}

static void add_table(Context *c, Document *d, const Pack *pack, const SectionTable *from) {
  DocumentTable *table = document_table(d, from->title);
  const size_t columns = from->columns.count;
  for (size_t i = 0; i < columns; i++) {
    const char *title = from->columns.items[i];
    bool number = title[0] == '#';
    document_column(table, title + number,
                    number   ? 1
                    : i == 0 ? 3
                             : 2,
                    number ? ALIGN_END : ALIGN_START);
  }
  for (size_t i = 0; i < from->cells.count; i++) {
    const SectionCell *cell = &from->cells.items[i];
    document_cell(table, cell->text, place_in(c, pack, cell->place), INK_NONE);
  }
  if (from->left_out > 0)
    document_soft(d, text_format(c->arena, _("and %lld more"), (long long)from->left_out));
}

static void add_section(Context *c, Document *d, const Pack *pack, const PackSection *section) {
  document_heading(d, 2, section->title);
  document_soft(d, section->purpose);
  if (!text_is_empty(section->words)) document_paragraph(d, section->words);
  if (!text_is_empty(section->said)) document_note(d, INK_DOING, _("In words"), section->said);
  add_figures(c, d, section);
  add_trends(c, d, section);
  for (size_t i = 0; i < section->charts.count; i++)
    if (!chart_is_empty(section->charts.items[i])) document_chart(d, section->charts.items[i]);
  for (size_t i = 0; i < section->tables.count; i++)
    add_table(c, d, pack, section->tables.items[i]);
}

static const char *state_words(InputState state) {
  static const char *const words[] = {"open", "considered", N_("nothing to report"), "deferred"};
  return _(words[state]);
}

static void add_input(Context *c, Document *d, const Pack *pack, int at) {
  const PackInput *input = &pack->inputs[at];
  document_heading(d, 1, text_format(c->arena, "(%c) %s", input->letter, input->title));
  document_soft(d, input->asks);
  if (!text_is_empty(input->words)) document_note(d, INK_DOING, _("In words"), input->words);
  if (input->state == INPUT_DEFERRED)
    document_note(d, INK_LATE, text_format(c->arena, _("Deferred to %s"), input->deferred_to),
                  input->reason);
  for (size_t i = 0; i < pack->sections.count; i++)
    if (pack->sections.items[i].input == input->letter)
      add_section(c, d, pack, &pack->sections.items[i]);
}

static void add_people(Document *d, Context *c, const Pack *pack) {
  DocumentTable *table = document_table(d, _("Invited"));
  document_column(table, _("Name"), 3, ALIGN_START);
  document_column(table, _("Part"), 2, ALIGN_START);
  for (size_t i = 0; i < pack->people.count; i++) {
    const PackPerson *one = &pack->people.items[i];
    Part part = PART_GUEST;
    part_parse(one->part, &part);
    document_cell(table, one->name, NULL, INK_NONE);
    document_cell(table,
                  one->chair ? text_format(c->arena, _("%s, chair"), part_title(part))
                             : part_title(part),
                  NULL, INK_NONE);
  }
}

static void add_summary(Context *c, Document *d, const Pack *pack) {
  document_heading(d, 1, _("At a glance"));
  DocumentFigures *figures = NULL;
  for (size_t i = 0; i < pack->sections.count; i++)
    for (size_t k = 0; k < pack->sections.items[i].figures.count; k++) {
      const PackFigure *one = &pack->sections.items[i].figures.items[k];
      if (!one->figure.headline) continue;
      if (figures == NULL) figures = document_figures(d);
      document_figure(figures, one->figure.label,
                      figure_words(c->arena, one->figure.value, one->figure.unit),
                      pack->sections.items[i].title, ink_of(one));
    }
  DocumentTable *table = document_table(d, _("The seven inputs (9.3.2)"));
  document_column(table, _("Input"), 4, ALIGN_START);
  document_column(table, _("State"), 2, ALIGN_START);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    document_cell(table,
                  text_format(c->arena, "(%c) %s", pack->inputs[i].letter, pack->inputs[i].title),
                  NULL, INK_NONE);
    document_cell(table, state_words(pack->inputs[i].state), NULL, INK_NONE);
  }
  add_people(d, c, pack);
  if (!text_is_empty(pack->agenda)) {
    document_heading(d, 2, _("Agenda"));
    document_paragraph(d, pack->agenda);
  }
}

static void add_changes(Context *c, Document *d, const PackChanges *changes) {
  if (changes == NULL || changes->count == 0) return;
  document_heading(d, 1, _("Since the pack"));
  DocumentTable *table = document_table(d, _("What changed since the numbers were frozen"));
  document_column(table, _("Figure"), 3, ALIGN_START);
  document_column(table, _("In the pack"), 1, ALIGN_END);
  document_column(table, _("Now"), 1, ALIGN_END);
  for (size_t i = 0; i < changes->count; i++) {
    const PackChange *one = &changes->items[i];
    document_cell(table, text_format(c->arena, "%s: %s", one->section, one->label), NULL, INK_NONE);
    document_cell(table, figure_words(c->arena, one->then, one->unit), NULL, INK_NONE);
    document_cell(table, figure_words(c->arena, one->now, one->unit), NULL, INK_NONE);
  }
}

Document *pack_document(Context *c, const Pack *pack, const PackChanges *changes,
                        const char *base_url) {
  const bool draft = pack->edition == 0;
  const DocumentHead head = {
      .title = pack->title,
      .kind = draft ? _("Management review pack, draft") : _("Management review pack"),
      .organisation = pack->organisation,
      .marking = _("Internal"),
      .base_url = base_url,
      .home = text_format(c->arena, "/o/%s/reviews/%lld", pack->slug, (long long)pack->review),
      .hash = draft ? NULL : pack->sha256,
      .made = pack->made};
  Document *d = document_new(c, &head);
  document_about(d, _("For"), date_words(c->arena, pack->due));
  document_about(d, _("Figures"),
                 text_format(c->arena, _("%s to %s"), date_words(c->arena, pack->from),
                             date_words(c->arena, pack->to)));
  document_about(d, _("Chair"), text_is_empty(pack->chair) ? _("nobody yet") : pack->chair);
  document_about(d, _("Edition"),
                 draft ? _("draft: not issued yet")
                       : text_format(c->arena, "%lld", (long long)pack->edition));
  add_summary(c, d, pack);
  add_changes(c, d, changes);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) add_input(c, d, pack, i);
  return d;
}
