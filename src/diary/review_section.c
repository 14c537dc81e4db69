// SPDX-License-Identifier: Apache-2.0
#include "diary/review_section.h"

#include "base/memory.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

const ReviewInput review_inputs[REVIEW_INPUT_COUNT] = {
    {'a', N_("Actions from earlier reviews"), N_("What was decided before: done, on time, late?")},
    {'b', N_("Changes in external and internal issues"),
     N_("What changed around us and within, climate change included?")},
    {'c', N_("Changes in what interested parties need and expect"),
     N_("Who asks for something else than last time?")},
    {'d', N_("Performance and its trends"),
     N_("Nonconformities and corrective actions, measurements, audit results, objectives: which "
        "way do they go?")},
    {'e', N_("Feedback from interested parties"),
     N_("What did customers, staff and others tell us?")},
    {'f', N_("Risk assessment and treatment"),
     N_("What did the assessment find, and how far is the treatment?")},
    {'g', N_("Opportunities for improvement"), N_("What could be better, and is worth doing?")},
};

const ReviewInput *review_input_of(char letter) {
  for (size_t i = 0; i < REVIEW_INPUT_COUNT; i++)
    if (review_inputs[i].letter == letter) return &review_inputs[i];
  return NULL;
}

SectionFigure *section_figure(Context *c, SectionData *out, const char *key, const char *label) {
  SectionFigure *figure = list_add(c->arena, &out->figures);
  *figure = (SectionFigure){.key = key, .label = label, .unit = "", .why = "", .place = ""};
  return figure;
}

OptReal section_count(int64_t count) {
  return (OptReal){.has = true, .value = (double)count};
}

OptReal section_percent(int64_t part, int64_t whole) {
  if (whole <= 0) return (OptReal){0};
  int64_t tenths = (part * 1000 + whole / 2) / whole;
  return (OptReal){.has = true, .value = (double)tenths / 10};
}

OptReal section_not_measured(void) {
  return (OptReal){0};
}

SectionTable *section_table(Context *c, SectionData *out, const char *title, const char *columns) {
  SectionTable *table = arena_new(c->arena, SectionTable);
  table->title = title;
  for (const char *p = columns; *p != '\0';) {
    size_t length = strcspn(p, "|");
    *list_add(c->arena, &table->columns) = text_copy_n(c->arena, p, length);
    p += length + (p[length] == '|');
  }
  *list_add(c->arena, &out->tables) = table;
  return table;
}

void section_cell(Context *c, SectionTable *table, const char *text, const char *place) {
  *list_add(c->arena, &table->cells) =
      (SectionCell){.text = text == NULL ? "" : text, .place = place == NULL ? "" : place};
}

void section_cell_int(Context *c, SectionTable *table, int64_t number) {
  section_cell(c, table, text_format(c->arena, "%" PRId64, number), "");
}

void section_cell_date(Context *c, SectionTable *table, Date day) {
  section_cell(c, table, date_is_none(day) ? "" : date_words(c->arena, day), "");
}

bool section_is_full(SectionTable *table) {
  if (table->cells.count < SECTION_MOST_ROWS * table->columns.count) return false;
  table->left_out++;
  return true;
}

void section_words(Context *c, SectionData *out, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  out->words = text_format_list(c->arena, format, arguments);
  va_end(arguments);
}
