// SPDX-License-Identifier: Apache-2.0
// What an import did, as JSON: the fixed shape of the command sheet, and what was added to it.
#include "exchange/import.h"

#include "json/json.h"

static void write_errors(Json *j, const ImportFile *file) {
  json_key(j, "errors");
  json_open_list(j);
  for (size_t i = 0; i < file->errors.count; i++) {
    json_open(j);
    json_put_int(j, "line", (int64_t)file->errors.items[i].line);
    json_put_int(j, "column", (int64_t)file->errors.items[i].column);
    json_put_text(j, "message", file->errors.items[i].message);
    json_close(j);
  }
  json_close_list(j);
}

static void write_file(Json *j, const ImportFile *file) {
  json_open(j);
  json_put_text(j, "file", file->file);
  json_put_text(j, "kind", file->kind);
  json_put_int(j, "rows", file->rows);
  json_put_int(j, "created", file->created);
  json_put_int(j, "changed", file->changed);
  json_put_int(j, "unchanged", file->unchanged);
  json_put_int(j, "refused", file->refused);
  json_put_int(j, "notes", file->notes);
  write_errors(j, file);
  json_close(j);
}

const char *import_report_json(Arena *arena, const ImportReport *report) {
  Json j;
  json_init(&j, arena);
  json_open(&j);
  json_key(&j, "files");
  json_open_list(&j);
  for (size_t i = 0; i < report->files.count; i++) write_file(&j, &report->files.items[i]);
  json_close_list(&j);
  json_key(&j, "warnings");
  json_open_list(&j);
  for (size_t i = 0; i < report->warnings.count; i++) {
    json_open(&j);
    json_put_text(&j, "file", report->warnings.items[i].file);
    json_put_text(&j, "message", report->warnings.items[i].message);
    json_close(&j);
  }
  json_close_list(&j);
  json_put_int(&j, "people", report->people);
  json_put_int(&j, "positions", report->positions);
  json_put_int(&j, "checks", report->checks);
  json_put_int(&j, "history", report->history);
  json_close(&j);
  return json_result(&j);
}
