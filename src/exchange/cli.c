// SPDX-License-Identifier: Apache-2.0
// daybook import: registers from files, with a table of what happened to each; register export.
#include "cli/command.h"
#include "exchange/export.h"
#include "exchange/import.h"
#include "exchange/sources.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN_ERRORS = 8 };

static void show_progress(void *user, size_t done, size_t total) {
  (void)user;
  fprintf(stderr, _("\r%zu of %zu rows%s"), done, total, done == total ? "\r\x1B[K" : "");
}

// A kind by name, or c->error that lists them.
static const Kind *chosen_kind(Context *c, const char *name) {
  const Kind *kind = kind_find(name);
  if (kind != NULL) return kind;
  Text names;
  text_init(&names, c->arena);
  for (size_t i = 0; register_kinds[i] != NULL; i++)
    text_add_format(&names, "%s%s", i > 0 ? ", " : "", register_kinds[i]->name);
  invalid(c, "as", _("There is no kind “%s”; there are: %s."), name, names.data);
  return NULL;
}

static bool read_sources(Invocation *in, ImportSources *sources) {
  Context *c = invocation_context(in);
  const Kind *kind = NULL;
  const char *mapping = NULL;
  if (option(in, "as") != NULL) kind = chosen_kind(c, option(in, "as"));
  if (option(in, "map") != NULL) mapping = text_file_read(c, "map", option(in, "map"));
  for (size_t i = 0; i < argument_count(in) && context_ok(c); i++)
    sources_read(c, argument(in, i), sources);
  for (size_t i = 0; i < sources->count; i++) {
    sources->items[i].kind = kind;
    sources->items[i].mapping = mapping;
  }
  return context_ok(c);
}

static void print_file(const ImportFile *file) {
  printf("%-36s %-19s %5lld %7lld %7lld %9lld %7lld %5lld\n", file->file, file->kind,
         (long long)file->rows, (long long)file->created, (long long)file->changed,
         (long long)file->unchanged, (long long)file->refused, (long long)file->notes);
}

static void print_errors(const ImportFile *file) {
  for (size_t i = 0; i < file->errors.count && i < SHOWN_ERRORS; i++) {
    const ImportError *error = &file->errors.items[i];
    if (error->column > 0)
      printf("%s:%zu:%zu: %s\n", file->file, error->line, error->column, error->message);
    else
      printf("%s:%zu: %s\n", file->file, error->line, error->message);
  }
  if (file->errors.count > SHOWN_ERRORS)
    printf(_("%s: and %zu more; --json lists all\n"), file->file,
           file->errors.count - SHOWN_ERRORS);
}

static void print_report(const ImportReport *report, bool dry_run) {
  printf("%-36s %-19s %5s %7s %7s %9s %7s %5s\n", _("FILE"), _("KIND"), _("ROWS"), _("CREATED"),
         _("CHANGED"), _("UNCHANGED"), _("REFUSED"), _("NOTES"));
  for (size_t i = 0; i < report->files.count; i++) print_file(&report->files.items[i]);
  putchar('\n');
  for (size_t i = 0; i < report->files.count; i++) print_errors(&report->files.items[i]);
  for (size_t i = 0; i < report->warnings.count; i++)
    printf(_("Note: %s\n"), report->warnings.items[i].message);
  printf(_("%lld people and %lld positions are new; %lld checks are proposed, %lld activities "
           "entered as history.\n"),
         (long long)report->people, (long long)report->positions, (long long)report->checks,
         (long long)report->history);
  if (dry_run) puts(_("Nothing was written: this was a dry run."));
}

static bool nothing_was_readable(const ImportReport *report) {
  for (size_t i = 0; i < report->files.count; i++)
    if (report->files.items[i].spec != NULL) return false;
  return true;
}

static int run_import(Invocation *in) {
  Context *c = invocation_context(in);
  ImportSources sources = {0};
  if (!read_sources(in, &sources)) return command_failed(in);
  ImportOptions options = {.dry_run = option_flag(in, "dry-run")};
  if (isatty(STDERR_FILENO)) options.progress = show_progress;
  ImportReport report;
  if (!import_run(c, sources.items, sources.count, &options, &report)) return command_failed(in);
  if (invocation_json(in))
    puts(import_report_json(c->arena, &report));
  else
    print_report(&report, options.dry_run);
  return nothing_was_readable(&report) ? 2 : 0;
}

static const Option import_options[] = {
    {"as", "KIND", "what the files are, instead of recognising it", false, false},
    {"map", "FILE", "columns by hand: lines of \"Column name = field\"", false, false},
    {"dry-run", NULL, "say what would happen and write nothing", false, false},
    {0},
};
static const Command import_command = {
    .name = "import",
    .summary = "Bring registers from CSV and Markdown files",
    .arguments = "PATH…",
    .example = "daybook import --org nordwind --dry-run registers/",
    .need = NEED_ORGANISATION,
    .options = import_options,
    .least_arguments = 1,
    .most_arguments = 1000,
    .run = run_import,
};
static bool filter_of(Invocation *in, ItemFilter *filter, Register *book) {
  Context *c = invocation_context(in);
  if (!register_named(c, argument(in, 0), book)) return false;
  *filter = (ItemFilter){.register_id = book->id,
                         .words = option(in, "words"),
                         .status = option(in, "status"),
                         .sort = option(in, "sort")};
  return option_int(in, "from", 0, INT64_MAX, &filter->offset) || context_ok(c);
}

static int run_export(Invocation *in) {
  Context *c = invocation_context(in);
  ItemFilter filter;
  Register book;
  Text csv;
  text_init(&csv, c->arena);
  if (!filter_of(in, &filter, &book) || !item_export(c, &filter, &csv)) return command_failed(in);
  return fwrite(csv.data, 1, csv.length, stdout) == csv.length ? 0 : 1;
}

static const Option export_options[] = {
    {"words", "TEXT", "only entries that hold this", false, false},
    {"status", "STATUS", "only entries of this status", false, false},
    {"sort", "FIELD", "ref, title, owner, status, next, last or added", false, false},
    {"from", "NUMBER", "leave out so many at the beginning", false, false},
    {0},
};
static const Command export_command = {
    .name = "register export",
    .summary = "Write the entries of a register as CSV",
    .arguments = "REGISTER",
    .example = "daybook register export --org nordwind suppliers > suppliers.csv",
    .need = NEED_ORGANISATION,
    .options = export_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_export,
};
extern const Command *const exchange_commands[];
const Command *const exchange_commands[] = {&import_command, &export_command, NULL};
