// SPDX-License-Identifier: Apache-2.0
// The document as Markdown (CommonMark with pipe tables). What people wrote stays text: signs that
// would begin something of Markdown are escaped.
#include "report/document.h"

#include <string.h>

// In a line of text; in a table's cell also the bar and the line's end.
static void escaped(Text *out, const char *text, bool cell) {
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '\n') {
      text_add(out, cell ? "<br>" : "  \n");
      continue;
    }
    if (strchr("\\`*_[]<>#|~", *c) != NULL) text_add_char(out, '\\');
    bool begins = c == text || c[-1] == '\n';
    if (begins && strchr("-+=", *c) != NULL) text_add_char(out, '\\');
    if (begins && *c >= '0' && *c <= '9') { // "2026. " would be a list
      size_t digits = strspn(c, "0123456789");
      text_add_n(out, c, digits);
      c += digits;
      if (*c == '.' || *c == ')') text_add_char(out, '\\');
      if (*c == '\0') break;
      text_add_char(out, *c);
      continue;
    }
    text_add_char(out, *c);
  }
}

static void line(Text *out, const char *before, const char *text, const char *after) {
  text_add(out, before);
  escaped(out, text == NULL ? "" : text, true);
  text_add(out, after);
}

static void address(Text *out, const Document *d, const char *place) {
  if (place[0] == '/' && d->head.base_url != NULL) text_add(out, d->head.base_url);
  for (const char *c = place; *c != '\0'; c++) {
    if (strchr(" ()<>\\\n", *c) != NULL)
      text_add_format(out, "%%%02X", (unsigned)(unsigned char)*c);
    else
      text_add_char(out, *c);
  }
}

static void linked(Text *out, const Document *d, const char *text, const char *place) {
  if (text_is_empty(place)) {
    escaped(out, text, true);
    return;
  }
  text_add_char(out, '[');
  escaped(out, text, true);
  text_add(out, "](");
  address(out, d, place);
  text_add_char(out, ')');
}

static void write_table(Text *out, const Document *d, const DocumentTable *table) {
  static const char *const rules[] = {" --- |", " ---: |", " :---: |"};
  if (!text_is_empty(table->caption)) line(out, "**", table->caption, "**\n\n");
  text_add_char(out, '|');
  for (size_t i = 0; i < table->column_count; i++) line(out, " ", table->columns[i].title, " |");
  text_add(out, "\n|");
  for (size_t i = 0; i < table->column_count; i++) text_add(out, rules[table->columns[i].align]);
  text_add_char(out, '\n');
  for (size_t i = 0; i < table->rows.count; i++) {
    const DocumentRow *row = &table->rows.items[i];
    text_add_char(out, '|');
    if (row->band) line(out, " **", row->cells[0].text, "** |");
    for (size_t k = row->band ? 1 : 0; k < table->column_count; k++) {
      text_add_char(out, ' ');
      if (!row->band) linked(out, d, row->cells[k].text, row->cells[k].place);
      text_add(out, " |");
    }
    text_add_char(out, '\n');
  }
  if (table->left_out > 0) text_add(out, _("\nMore rows than a document holds were left out.\n"));
  text_add_char(out, '\n');
}

static OptReal value_at(const ChartSeries *series, size_t i) {
  return i < series->values.count ? series->values.items[i] : (OptReal){0};
}

static void write_chart(Text *out, Arena *arena, const Chart *chart) {
  bool parts = chart->kind == CHART_SHARE || chart->kind == CHART_RING;
  line(out, "**", chart->title, "**\n");
  if (!text_is_empty(chart->note)) line(out, "", chart->note, "\n");
  text_add_char(out, '\n');
  if (chart_is_empty(chart)) {
    text_add(out, _("Nothing has been measured yet.\n\n"));
    return;
  }
  text_add(out, "| |");
  for (size_t s = 0; !parts && s < chart->series.count; s++)
    line(out, " ", chart->series.items[s]->name, " |");
  text_add(out, parts ? " |\n| --- | ---: |\n" : "\n| --- |");
  for (size_t s = 0; !parts && s < chart->series.count; s++) text_add(out, " ---: |");
  if (!parts) text_add_char(out, '\n');
  size_t rows = parts ? chart->series.count : chart->labels.count;
  for (size_t i = 0; i < rows; i++) {
    line(out, "| ", parts ? chart->series.items[i]->name : chart->labels.items[i], " |");
    for (size_t s = 0; s < (parts ? 1 : chart->series.count); s++) {
      const ChartSeries *series = chart->series.items[parts ? i : s];
      line(out, " ", chart_number(arena, chart, value_at(series, parts ? 0 : i)), " |");
    }
    text_add_char(out, '\n');
  }
  text_add_char(out, '\n');
}

static void write_list(Text *out, const DocumentList *list) {
  for (size_t i = 0; i < list->items.count; i++) {
    if (list->numbered)
      text_add_format(out, "%zu. ", i + 1);
    else
      text_add(out, "- ");
    line(out, "", list->items.items[i], "\n");
  }
  text_add_char(out, '\n');
}

static void write_figures(Text *out, const DocumentFigures *figures) {
  for (size_t i = 0; i < figures->items.count; i++) {
    const DocumentFigure *figure = &figures->items.items[i];
    line(out, "- **", figure->label, ":** ");
    escaped(out, figure->value, true);
    if (!text_is_empty(figure->why)) line(out, " – ", figure->why, "");
    text_add_char(out, '\n');
  }
  text_add_char(out, '\n');
}

static void write_pairs(Text *out, const DocumentPairs *pairs) {
  for (size_t i = 0; i < pairs->count; i++) {
    line(out, "- **", pairs->items[i].name, ":** ");
    line(out, "", pairs->items[i].value, "\n");
  }
  text_add_char(out, '\n');
}

static void write_note(Text *out, const Block *block) {
  if (block->title[0] != '\0') line(out, "> **", block->title, "**  \n");
  line(out, "> ", block->text, "\n\n");
}

static void write_signature(Text *out, const Block *block) {
  line(out, "**", block->title, ":** ");
  line(out, "", text_is_empty(block->name) ? "______________________" : block->name, "");
  if (!text_is_empty(block->when)) line(out, ", ", block->when, "");
  text_add(out, "\n\n");
}

static void write_block(Text *out, Arena *arena, const Document *d, const Block *block) {
  static const char *const marks[] = {"", "## ", "### ", "#### "};
  switch (block->kind) {
  case BLOCK_HEADING: line(out, marks[block->level], block->text, "\n\n"); return;
  case BLOCK_PARAGRAPH:
  case BLOCK_SOFT:
    escaped(out, block->text, false);
    text_add(out, "\n\n");
    return;
  case BLOCK_LINK:
    linked(out, d, block->text, block->title);
    text_add(out, "\n\n");
    return;
  case BLOCK_NOTE: write_note(out, block); return;
  case BLOCK_LIST: write_list(out, block->list); return;
  case BLOCK_FACTS: write_pairs(out, &block->facts); return;
  case BLOCK_FIGURES: write_figures(out, block->figures); return;
  case BLOCK_TABLE: write_table(out, d, block->table); return;
  case BLOCK_CHARTS:
    for (size_t i = 0; i < block->charts.count; i++)
      write_chart(out, arena, block->charts.items[i]);
    return;
  case BLOCK_PICTURE: line(out, "*", block->picture->title, "*\n\n"); return;
  case BLOCK_SIGNATURE: write_signature(out, block); return;
  case BLOCK_PAGE:
  case BLOCK_KINDS: return;
  }
}

const char *document_markdown(Context *c, const Document *d) {
  Text out;
  text_init(&out, c->arena);
  line(&out, "# ", d->head.title, "\n\n");
  if (!text_is_empty(d->head.subtitle)) line(&out, "", d->head.subtitle, "\n\n");
  if (!text_is_empty(d->head.organisation)) line(&out, "**", d->head.organisation, "**\n\n");
  write_pairs(&out, &d->about);
  for (size_t i = 0; i < d->blocks.count; i++) write_block(&out, c->arena, d, &d->blocks.items[i]);
  text_add(&out, "---\n\n");
  line(&out, "", d->head.author, ", ");
  line(&out, "", instant_text(c->arena, d->head.made), "");
  if (!text_is_empty(d->head.marking)) line(&out, ", ", d->head.marking, "");
  text_add_format(&out, "  \nSHA-256 %s\n", document_hash(c->arena, d));
  return out.data;
}
