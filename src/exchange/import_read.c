// SPDX-License-Identifier: Apache-2.0
// Files become tables that know what they are.
#include "exchange/import_work.h"

#include <string.h>

static const char *extension(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot != NULL ? dot + 1 : "";
}

static bool is_markdown(const char *name) {
  return text_equal_fold(extension(name), "md") || text_equal_fold(extension(name), "markdown");
}

// "records-retention-schedule.csv" → "Records retention schedule"
static const char *title_of_file(Arena *arena, const char *name) {
  const char *dot = strrchr(name, '.');
  char *title =
      text_copy_n(arena, name, dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name));
  for (char *p = title; *p != '\0'; p++)
    if (*p == '-' || *p == '_') *p = ' ';
  if (title[0] >= 'a' && title[0] <= 'z') title[0] = (char)(title[0] - 'a' + 'A');
  return title;
}

// ---- RACI: known by the letters in its cells ----

static bool is_raci_cell(const char *cell) {
  if (cell[0] == '\0' || text_equal(cell, "-")) return true;
  for (; *cell != '\0'; cell++)
    if (strchr("RACISraci/, ", *cell) == NULL) return false;
  return true;
}

static bool is_raci(const Table *table) {
  size_t cells = 0, letters = 0, filled = 0;
  if (table->column_count < 3) return false;
  for (size_t i = 0; i < table->rows.count; i++) {
    const TableRow *row = &table->rows.items[i];
    for (size_t k = 1; row->problem == NULL && k < row->count; k++) {
      cells++;
      letters += is_raci_cell(row->cells[k]);
      filled += row->cells[k][0] != '\0' && is_raci_cell(row->cells[k]);
    }
  }
  return filled >= 3 && filled * 2 >= cells && letters * 10 >= cells * 9;
}

// ---- units ----

static const char *register_name_of(Import *im, const Unit *unit, const char *document) {
  if (unit->map.kind != &plain_kind) return _(unit->map.kind->title);
  if (document == NULL) return title_of_file(im->c->arena, unit->source->name);
  if (unit->table.name == NULL) return document;
  return text_format(im->c->arena, "%s: %s", document, unit->table.name);
}

// Two tables of a document under one heading are two registers.
static const char *unique_name(Import *im, const ImportSource *source, const char *name) {
  size_t same = 1;
  for (size_t i = 0; i < im->units.count; i++) {
    const Unit *other = &im->units.items[i];
    if (other->source == source && other->map.kind == &plain_kind &&
        text_starts(other->register_name, name))
      same++;
  }
  return same == 1 ? name : text_format(im->c->arena, "%s (%zu)", name, same);
}

enum { SAMPLE_ROWS = 50, SAMPLE_LENGTH = 60 };

static void add_sample(Arena *arena, const char *cell, ImportColumn *column) {
  const char *shown = text_shorten(arena, cell, SAMPLE_LENGTH);
  for (size_t k = 0; *shown != '\0' && k < COUNT_OF(column->samples); k++) {
    if (text_equal(column->samples[k], shown)) return;
    if (column->samples[k] != NULL) continue;
    column->samples[k] = shown;
    return;
  }
}

static void add_samples(Arena *arena, const Table *table, size_t at, ImportColumn *column) {
  for (size_t i = 0; i < table->rows.count && i < SAMPLE_ROWS; i++) {
    const TableRow *row = &table->rows.items[i];
    if (row->problem == NULL && at < row->count) add_sample(arena, row->cells[at], column);
  }
}

static void tell_columns(Import *im, const Unit *unit) {
  for (size_t i = 0; i < unit->map.count; i++) {
    ImportColumn *column = list_add(im->c->arena, &unit->file->columns);
    int f = unit->map.fields[i];
    const KindField *field = f >= 0 ? &unit->map.kind->fields[f] : NULL;
    *column = (ImportColumn){.table = unit->register_name,
                             .name = unit->table.columns[i],
                             .field = field != NULL ? field->name : "-",
                             .label = field != NULL ? _(field->label) : _("kept as a note")};
    add_samples(im->c->arena, &unit->table, i, column);
  }
}

static void map_by_hand(Import *im, Unit *unit) {
  const char *problem = NULL;
  size_t line = 0;
  if (mapping_apply(im->c->arena, unit->source->mapping, unit->source->name, unit->table.columns,
                    &unit->map, &problem, &line))
    return;
  invalid(im->c, "map", _("line %zu of the mapping: %s"), line, problem);
}

static void add_unit(Import *im, const ImportSource *source, ImportFile *file, const Table *table,
                     const char *document) {
  Unit unit = {.source = source, .file = file, .table = *table};
  const Kind *kind = source->kind;
  if (kind == NULL && is_raci(table)) kind = &raci_kind;
  const char *hint = table->name != NULL ? table->name : source->name;
  unit.map = columns_map(im->c->arena, kind, hint, table->columns, table->column_count);
  map_by_hand(im, &unit);
  unit.register_name = register_name_of(im, &unit, document);
  if (unit.map.kind == &plain_kind)
    unit.register_name = unique_name(im, source, unit.register_name);
  file->rows += (int64_t)table->rows.count;
  im->total += table->rows.count;
  tell_columns(im, &unit);
  *list_add(im->c->arena, &im->units) = unit;
}

// "Exercise EX-2025-03 — Portal failover" → "EX-2025-03"
static const char *reference_in(Arena *arena, const char *heading) {
  for (const char *p = heading; p != NULL && *p != '\0';) {
    size_t n = strcspn(p, " :,;()");
    bool digit = false, dash = false;
    for (size_t i = 0; i < n; i++) {
      digit = digit || (p[i] >= '0' && p[i] <= '9');
      dash = dash || p[i] == '-';
    }
    if (digit && dash && p[0] >= 'A' && p[0] <= 'Z') return text_copy_n(arena, p, n);
    p += n + (p[n] != '\0');
  }
  return NULL;
}

static void read_markdown(Import *im, const ImportSource *source, ImportFile *file) {
  Arena *arena = im->c->arena;
  Markdown *md = arena_new(arena, Markdown);
  markdown_parse(arena, source->bytes, source->length, md);
  if (md->problem != NULL) {
    import_refuse(im, file, md->line, 0, md->problem);
    return;
  }
  file->kind = documents_kind.name;
  file->spec = &documents_kind;
  const char *title = md->title != NULL ? md->title : title_of_file(arena, source->name);
  md->title = title;
  for (size_t i = 0; i < md->tables.count; i++) {
    const Table *table = &md->tables.items[i];
    Table turned;
    bool record = markdown_is_record(table);
    if (record) markdown_turn_record(arena, table, &turned);
    add_unit(im, source, file, record ? &turned : table, title);
    Unit *unit = &im->units.items[im->units.count - 1];
    unit->record = record;
    if (record) unit->record_ref = reference_in(arena, table->name);
  }
  Unit *unit = list_add(arena, &im->units);
  *unit = (Unit){.source = source,
                 .file = file,
                 .document = md,
                 .map = {.kind = &documents_kind},
                 .register_name = documents_kind.title};
  file->rows++;
  im->total++;
}

static void read_csv(Import *im, const ImportSource *source, ImportFile *file) {
  Csv csv;
  csv_parse(im->c->arena, source->bytes, source->length, &csv);
  if (csv.problem != NULL) {
    import_refuse(im, file, csv.line, 0, csv.problem);
    return;
  }
  add_unit(im, source, file, &csv.table, NULL);
  file->spec = im->units.items[im->units.count - 1].map.kind;
  file->kind = file->spec->name;
}

void import_read(Import *im, const ImportSource *source, ImportFile *file) {
  *file = (ImportFile){.file = source->name, .kind = "unreadable"};
  if (source->problem != NULL)
    import_refuse(im, file, 1, 0, source->problem);
  else if (is_markdown(source->name))
    read_markdown(im, source, file);
  else
    read_csv(im, source, file);
}
