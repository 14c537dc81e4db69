// SPDX-License-Identifier: Apache-2.0
// Import on pages: files are kept, previewed by a run that keeps nothing, mapped by hand, written.
#include "db/db.h"
#include "exchange/exchange.routes.h"
#include "exchange/exchange.sql.h"
#include "exchange/exchange.views.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "exchange/sources.h"
#include "http/request.h"

#include <string.h>

enum {
  MOST_FILES = 200,
  MOST_BYTES = 32 << 20,
  MOST_WAITING = 20, // as many as the page lists
  SHOWN_ERRORS = 30,
  SHOWN_LINES = 30,
};

// ---- bringing files ----

void import_start_handler(Request *r, const ImportStartInput *in) {
  (void)in;
  Context *c = &r->context;
  SqlBatchListRows rows = sql_batch_list(c);
  ImportPending *items = arena_array(c->arena, rows.count + 1, sizeof *items);
  for (size_t i = 0; i < rows.count; i++)
    items[i] = (ImportPending){
        .id = rows.items[i].id, .at = rows.items[i].created, .files = rows.items[i].files};
  ImportPage view = {.pending = {items, rows.count}};
  respond_import_page(r, &view);
}

static bool keep_file(Context *c, int64_t batch, const Upload *upload, int64_t *bytes) {
  ImportSources sources = {0};
  if (!sources_read(c, upload->path, &sources)) return false;
  const ImportSource *source = &sources.items[0];
  *bytes += upload->size;
  if (source->problem != NULL || *bytes > MOST_BYTES)
    return fail_with(c, ERROR_TOO_LARGE, _("These files are more than 32 MB together."));
  return sql_file_add(
             c, (SqlFileAdd){.batch = batch,
                             .name = upload->name,
                             .content = {(const uint8_t *)source->bytes, source->length}}) >= 0;
}

void import_upload_handler(Request *r, const ImportUploadInput *in) {
  Context *c = &r->context;
  int64_t bytes = 0;
  size_t kept = 0;
  if (in->files.count > MOST_FILES) {
    invalid(c, "files", _("More than 200 files at once; bring them in parts."));
    return;
  }
  TRANSACTION(c, tx);
  if (sql_batch_list(c).count >= MOST_WAITING) {
    invalid(c, "files", _("%d earlier uploads wait already. Confirm or discard one of them first."),
            MOST_WAITING);
    return;
  }
  int64_t batch = sql_batch_add(c, (SqlBatchAdd){.person = c->actor});
  for (size_t i = 0; i < in->files.count && context_ok(c); i++) {
    if (!source_can_be_imported(in->files.items[i].name)) continue;
    if (!keep_file(c, batch, &in->files.items[i], &bytes)) return;
    kept++;
  }
  if (!context_ok(c)) return;
  if (kept == 0) {
    invalid(c, "files", _("Choose at least one .csv, .tsv, .txt or .md file."));
    return;
  }
  if (!transaction_commit(&tx)) return;
  request_done(r, batch, text_format(c->arena, "/o/%s/import/%lld", r->org_slug, (long long)batch),
               kept == in->files.count
                   ? _("Files ready to look through: %zu.")
                   : _("Files ready to look through: %zu; left out, not CSV or Markdown: %zu."),
               kept, in->files.count - kept);
}

// ---- what is kept ----

typedef struct Batch {
  SqlFileListRows files;
  ImportSource *sources;
} Batch;

static bool get_batch(Context *c, int64_t id, Batch *out) {
  SqlBatchGetRow row;
  if (!sql_batch_get(c, (SqlBatchGet){.id = id}, &row)) {
    if (!context_ok(c)) return false;
    return not_found(c, _("These files were written or forgotten already."));
  }
  out->files = sql_file_list(c, (SqlFileList){.batch = id});
  out->sources = arena_array(c->arena, out->files.count + 1, sizeof *out->sources);
  for (size_t i = 0; i < out->files.count; i++) {
    const SqlFileListRow *file = &out->files.items[i];
    out->sources[i] = (ImportSource){.name = file->name,
                                     .bytes = (const char *)file->content.bytes,
                                     .length = file->content.length,
                                     .kind = kind_find(file->kind),
                                     .mapping = file->mapping};
  }
  return context_ok(c);
}

static bool forget_batch(Context *c, int64_t id) {
  return sql_file_delete(c, (SqlFileDelete){.batch = id}) >= 0 &&
         (sql_batch_delete(c, (SqlBatchDelete){.id = id}) == 1 ||
          (context_ok(c) && not_found(c, _("These files were written or forgotten already."))));
}

// ---- the preview ----

static ImportErrorLineList error_lines(Arena *arena, const ImportFile *file) {
  size_t count = file->errors.count < SHOWN_ERRORS ? file->errors.count : SHOWN_ERRORS;
  ImportErrorLine *lines = arena_array(arena, count + 1, sizeof *lines);
  for (size_t i = 0; i < count; i++)
    lines[i] = (ImportErrorLine){.line = (int64_t)file->errors.items[i].line,
                                 .column = (int64_t)file->errors.items[i].column,
                                 .message = file->errors.items[i].message};
  return (ImportErrorLineList){lines, count};
}

static ImportRowLineList row_lines(Arena *arena, const ImportFile *file) {
  ImportRowLine *lines = arena_array(arena, SHOWN_LINES, sizeof *lines);
  size_t count = 0;
  for (size_t i = 0; i < file->lines.count && count < SHOWN_LINES; i++) {
    const ImportLine *line = &file->lines.items[i];
    if (line->outcome == OUTCOME_UNCHANGED) continue;
    lines[count++] =
        (ImportRowLine){.line = (int64_t)line->line,
                        .what = line->outcome == OUTCOME_CREATED ? _("created") : _("changed"),
                        .title = line->title};
  }
  return (ImportRowLineList){lines, count};
}

static ImportFileLine file_line(Arena *arena, const SqlFileListRow *row, const ImportFile *file) {
  ImportFileLine line = {.id = row->id,
                         .name = file->file,
                         .kind = file->kind,
                         .kind_title = file->spec != NULL ? file->spec->title : "",
                         .readable = file->spec != NULL,
                         .rows = file->rows,
                         .created = file->created,
                         .changed = file->changed,
                         .unchanged = file->unchanged,
                         .refused = file->refused,
                         .notes = file->notes,
                         .errors = error_lines(arena, file),
                         .lines = row_lines(arena, file)};
  line.more_errors = (int64_t)(file->errors.count - line.errors.count);
  line.more_lines = file->created + file->changed - (int64_t)line.lines.count;
  return line;
}

// "12 rows: 10 created, 2 refused." What is none is not said.
static const char *summary_words(Context *c, const ImportPreviewPage *sums) {
  Text parts;
  text_init(&parts, c->arena);
  text_add_count(&parts, sums->created, _("created"));
  text_add_count(&parts, sums->changed, _("changed"));
  text_add_count(&parts, sums->unchanged, _("left alone"));
  text_add_count(&parts, sums->refused, _("refused"));
  const char *what = parts.length > 0 ? parts.data : _("nothing in them");
  return sums->rows == 1 ? text_format(c->arena, _("One row: %s."), what)
                         : text_format(c->arena, _("%lld rows: %s."), (long long)sums->rows, what);
}

static void add_up(const ImportReport *report, ImportPreviewPage *view) {
  for (size_t i = 0; i < report->files.count; i++) {
    const ImportFile *file = &report->files.items[i];
    view->rows += file->rows;
    view->created += file->created;
    view->changed += file->changed;
    view->unchanged += file->unchanged;
    view->refused += file->refused;
  }
  view->people = report->people;
  view->positions = report->positions;
  view->checks = report->checks;
  view->history = report->history;
  view->nothing = view->created + view->changed + view->history == 0;
}

void import_preview_handler(Request *r, const ImportPreviewInput *in) {
  Context *c = &r->context;
  Batch batch;
  ImportReport report;
  const ImportOptions dry = {.dry_run = true};
  if (!get_batch(c, in->id, &batch) ||
      !import_run(c, batch.sources, batch.files.count, &dry, &report))
    return;
  ImportFileLine *files = arena_array(c->arena, report.files.count + 1, sizeof *files);
  for (size_t i = 0; i < report.files.count; i++)
    files[i] = file_line(c->arena, &batch.files.items[i], &report.files.items[i]);
  ImportPreviewPage view = {.id = in->id, .files = {files, report.files.count}};
  for (size_t i = 0; i < report.warnings.count; i++)
    *list_add(c->arena, &view.warnings) = report.warnings.items[i].message;
  add_up(&report, &view);
  view.summary = summary_words(c, &view);
  respond_import_preview_page(r, &view);
}

enum { NAMED_REFUSALS = 6 };

// "risks.csv line 4, suppliers.csv line 9 and 3 more": the page that said why is gone then.
static const char *refused_words(Context *c, const ImportReport *report) {
  Text words;
  text_init(&words, c->arena);
  size_t named = 0, count = 0;
  for (size_t i = 0; i < report->files.count; i++) {
    const ImportFile *file = &report->files.items[i];
    for (size_t k = 0; k < file->errors.count; k++, count++) {
      if (named == NAMED_REFUSALS) continue;
      text_add_format(&words, _("%s%s line %zu"), named++ > 0 ? ", " : "", file->file,
                      file->errors.items[k].line);
    }
  }
  if (count == 0) return "";
  if (count > named) text_add_format(&words, _(" and %zu more"), count - named);
  return text_format(c->arena, _(" Refused: %s. Mend them and bring the file again."), words.data);
}

void import_confirm_handler(Request *r, const ImportConfirmInput *in) {
  Context *c = &r->context;
  Batch batch;
  ImportReport report;
  ImportPreviewPage sums = {0};
  TRANSACTION(c, tx);
  if (!get_batch(c, in->id, &batch) ||
      !import_run(c, batch.sources, batch.files.count, NULL, &report) || !forget_batch(c, in->id) ||
      !transaction_commit(&tx))
    return;
  add_up(&report, &sums);
  request_done(r, 0, text_format(c->arena, "/o/%s/registers", r->org_slug), _("Written. %s%s"),
               summary_words(c, &sums), refused_words(c, &report));
}

void import_discard_handler(Request *r, const ImportDiscardInput *in) {
  Context *c = &r->context;
  TRANSACTION(c, tx);
  if (!forget_batch(c, in->id) || !transaction_commit(&tx)) return;
  request_done(r, 0, text_format(c->arena, "/o/%s/import", r->org_slug),
               _("Forgotten. Nothing was written."));
}

// ---- one file, by hand ----

static const SqlFileListRow *file_of(Context *c, const Batch *batch, int64_t id, size_t *index) {
  for (size_t i = 0; i < batch->files.count; i++)
    if (batch->files.items[i].id == id) {
      *index = i;
      return &batch->files.items[i];
    }
  not_found(c, _("There is no such file in this preview."));
  return NULL;
}

// Runs the one file, keeping nothing, to see how its columns are understood.
static const ImportFile *read_one(Context *c, const Batch *batch, size_t index) {
  ImportReport *report = arena_new(c->arena, ImportReport);
  const ImportOptions dry = {.dry_run = true};
  if (!import_run(c, &batch->sources[index], 1, &dry, report)) return NULL;
  return &report->files.items[0];
}

static ImportFieldOptionList field_options(Arena *arena, const Kind *kind, const char *chosen) {
  ImportFieldOption *options = arena_array(arena, KIND_MAX_FIELDS + 1, sizeof *options);
  size_t count = 0;
  options[count++] = (ImportFieldOption){
      .name = "-", .label = _("Keep it as a note"), .chosen = text_equal(chosen, "-")};
  for (size_t f = 0; f < kind->field_count; f++)
    if (kind->fields[f].synonyms != NULL)
      options[count++] = (ImportFieldOption){.name = kind->fields[f].name,
                                             .label = _(kind->fields[f].label),
                                             .chosen = text_equal(chosen, kind->fields[f].name)};
  return (ImportFieldOptionList){options, count};
}

static TextList sample_list(Arena *arena, const ImportColumn *column) {
  TextList list = {0};
  for (size_t k = 0; k < COUNT_OF(column->samples) && column->samples[k] != NULL; k++)
    *list_add(arena, &list) = column->samples[k];
  return list;
}

static ImportColumnLineList column_lines(Arena *arena, const ImportFile *file) {
  ImportColumnLine *lines = arena_array(arena, file->columns.count + 1, sizeof *lines);
  for (size_t i = 0; i < file->columns.count; i++)
    lines[i] = (ImportColumnLine){
        .input = text_format(arena, "column-%zu", i),
        .name = file->columns.items[i].name,
        .samples = sample_list(arena, &file->columns.items[i]),
        .choices = field_options(arena, file->spec, file->columns.items[i].field)};
  return (ImportColumnLineList){lines, file->columns.count};
}

static ImportKindOptionList kind_options(Arena *arena, const char *chosen) {
  ImportKindOption *options = arena_array(arena, 32, sizeof *options);
  size_t count = 0;
  for (; count < 32 && register_kinds[count] != NULL; count++)
    options[count] = (ImportKindOption){.name = register_kinds[count]->name,
                                        .title = register_kinds[count]->title,
                                        .chosen = text_equal(register_kinds[count]->name, chosen)};
  return (ImportKindOptionList){options, count};
}

static bool is_csv(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot == NULL || !(text_equal_fold(dot, ".md") || text_equal_fold(dot, ".markdown"));
}

void import_file_handler(Request *r, const ImportFileInput *in) {
  Context *c = &r->context;
  Batch batch;
  size_t index;
  if (!get_batch(c, in->id, &batch)) return;
  const SqlFileListRow *row = file_of(c, &batch, in->file, &index);
  const ImportFile *file = row != NULL ? read_one(c, &batch, index) : NULL;
  if (file == NULL) return;
  ImportFilePage view = {.id = in->id,
                         .file = in->file,
                         .name = row->name,
                         .kind = row->kind,
                         .kind_title = file->spec != NULL ? file->spec->title : _("unreadable"),
                         .by_hand = file->spec != NULL && is_csv(row->name),
                         .kinds = kind_options(c->arena, row->kind)};
  if (view.by_hand) view.columns = column_lines(c->arena, file);
  respond_import_file_page(r, &view);
}

// "column-3" = "owner" becomes a line of the mapping, by the column's name.
static const char *mapping_of(Arena *arena, const Pairs *pairs, const ImportFile *file) {
  Text mapping;
  text_init(&mapping, arena);
  for (size_t i = 0; i < pairs->count; i++) {
    int64_t column;
    if (!text_starts(pairs->items[i].name, "column-") || pairs->items[i].value == NULL ||
        !text_to_int(pairs->items[i].name + strlen("column-"), &column) || column < 0 ||
        (size_t)column >= file->columns.count)
      continue;
    char *name = text_copy(arena, file->columns.items[column].name);
    for (char *p = name; *p != '\0'; p++)
      if (*p == '\n') *p = ' ';
    text_add_format(&mapping, "%s = %s\n", name, pairs->items[i].value);
  }
  return mapping.data != NULL ? mapping.data : "";
}

void import_map_handler(Request *r, const ImportMapInput *in) {
  Context *c = &r->context;
  Batch batch;
  size_t index;
  const char *kind = in->kind != NULL ? in->kind : "";
  if (kind[0] != '\0' && kind_find(kind) == NULL)
    invalid(c, "kind", _("There is no such kind of register."));
  if (!context_ok(c) || !get_batch(c, in->id, &batch)) return;
  const SqlFileListRow *row = file_of(c, &batch, in->file, &index);
  const ImportFile *file = row != NULL ? read_one(c, &batch, index) : NULL;
  if (file == NULL) return;
  const char *mapping = mapping_of(c->arena, &in->columns, file);
  batch.sources[index].kind = kind_find(kind);
  batch.sources[index].mapping = mapping;
  if (read_one(c, &batch, index) == NULL) return; // a field that does not exist is said here
  TRANSACTION(c, tx);
  if (sql_file_map(
          c, (SqlFileMap){.id = in->file, .batch = in->id, .kind = kind, .mapping = mapping}) < 0 ||
      !transaction_commit(&tx))
    return;
  request_done(r, in->file,
               text_format(c->arena, "/o/%s/import/%lld/files/%lld", r->org_slug, (long long)in->id,
                           (long long)in->file),
               _("It is read this way now."));
}

// ---- out again ----

void register_export_handler(Request *r, const RegisterExportInput *in) {
  Context *c = &r->context;
  Register book;
  ItemFilter filter = {.register_id = in->id,
                       .words = in->q,
                       .status = in->status,
                       .overdue = in->overdue,
                       .sort = in->sort,
                       .descending = in->descending};
  Text csv;
  text_init(&csv, c->arena);
  READ_TRANSACTION(c, tx);
  if (!register_get(c, in->id, &book) || !item_export(c, &filter, &csv)) return;
  request_bytes(r, "text/csv; charset=utf-8", text_format(c->arena, "%s.csv", book.kind->name),
                csv.data, csv.length);
}
