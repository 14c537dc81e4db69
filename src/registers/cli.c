// SPDX-License-Identifier: Apache-2.0
// daybook register list | show, daybook search.
#include "cli/command.h"
#include "registers/lists.h"
#include "json/json.h"

#include <stdio.h>

enum { SHOWN_ITEMS = 200, SHOWN_HITS = 20 };

static int run_list(Invocation *in) {
  Context *c = invocation_context(in);
  RegisterLines lines;
  if (!register_lines(c, &lines)) return command_failed(in);
  if (!invocation_json(in)) {
    for (size_t i = 0; i < lines.count; i++)
      printf("%6lld  %-40s %6lld %s\n", (long long)lines.items[i].id, lines.items[i].name,
             (long long)lines.items[i].items, lines.items[i].kind->name);
    if (lines.count == 0) puts(_("No registers yet. `daybook import PATH` brings those you have."));
    return 0;
  }
  Json j;
  json_init(&j, c->arena);
  json_open_list(&j);
  for (size_t i = 0; i < lines.count; i++) {
    json_open(&j);
    json_put_int(&j, "id", lines.items[i].id);
    json_put_text(&j, "kind", lines.items[i].kind->name);
    json_put_text(&j, "name", lines.items[i].name);
    json_put_text(&j, "source", lines.items[i].source);
    json_put_int(&j, "items", lines.items[i].items);
    json_put_int(&j, "overdue", lines.items[i].due);
    json_close(&j);
  }
  json_close_list(&j);
  puts(json_result(&j));
  return 0;
}

static void write_item(Context *c, Json *j, const EntryLine *line) {
  Item item;
  if (!item_get(c, line->id, &item)) return;
  json_open(j);
  json_put_int(j, "id", item.id);
  json_put_text(j, "owner", line->owner);
  json_key(j, "fields");
  json_open(j);
  for (size_t f = 0; f < item.kind->field_count; f++)
    if (item.values.of[f].set)
      json_put_text(j, item.kind->fields[f].name, value_text(&item.values, f));
  json_close(j);
  json_key(j, "notes");
  json_open_list(j);
  for (size_t i = 0; i < item.notes.count; i++) {
    json_open(j);
    json_put_text(j, "name", item.notes.items[i].name);
    json_put_text(j, "value", item.notes.items[i].value);
    json_close(j);
  }
  json_close_list(j);
  json_put_text(j, "file", item.source_file);
  json_put_int(j, "line", item.source_line);
  json_put_int(j, "version", item.version);
  json_close(j);
}

static bool filter_of(Invocation *in, ItemFilter *filter, Register *book) {
  Context *c = invocation_context(in);
  if (!register_named(c, argument(in, 0), book)) return false;
  *filter = (ItemFilter){.register_id = book->id,
                         .words = option(in, "words"),
                         .status = option(in, "status"),
                         .sort = option(in, "sort"),
                         .limit = SHOWN_ITEMS};
  return option_int(in, "from", 0, INT64_MAX, &filter->offset) || context_ok(c);
}

static int run_show(Invocation *in) {
  Context *c = invocation_context(in);
  ItemFilter filter;
  Register book;
  EntryLines lines;
  if (!filter_of(in, &filter, &book) || !item_lines(c, &filter, &lines)) return command_failed(in);
  if (!invocation_json(in)) {
    for (size_t i = 0; i < lines.count; i++)
      printf("%-14s %-50s %-30s %s\n", lines.items[i].ref, lines.items[i].title,
             lines.items[i].owner, lines.items[i].status);
    printf(_("%zu of %lld\n"), lines.count, (long long)lines.total);
    return 0;
  }
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_text(&j, "kind", book.kind->name);
  json_put_text(&j, "name", book.name);
  json_put_int(&j, "total", lines.total);
  json_key(&j, "items");
  json_open_list(&j);
  for (size_t i = 0; i < lines.count; i++) write_item(c, &j, &lines.items[i]);
  json_close_list(&j);
  json_close(&j);
  if (!context_ok(c)) return command_failed(in);
  puts(json_result(&j));
  return 0;
}

static int run_search(Invocation *in) {
  Context *c = invocation_context(in);
  SearchHits hits;
  if (!search_find(c, argument(in, 0), 0, SHOWN_HITS, &hits)) return command_failed(in);
  if (!invocation_json(in)) {
    for (size_t i = 0; i < hits.count; i++)
      printf("%-40s %s\n  %s\n", hits.items[i].title, hits.items[i].place, hits.items[i].excerpt);
    printf(_("%zu of %lld found\n"), hits.count, (long long)hits.total);
    return 0;
  }
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_put_int(&j, "total", hits.total);
  json_key(&j, "hits");
  json_open_list(&j);
  for (size_t i = 0; i < hits.count; i++) {
    json_open(&j);
    json_put_text(&j, "kind", hits.items[i].kind);
    json_put_int(&j, "id", hits.items[i].object);
    json_put_text(&j, "title", hits.items[i].title);
    json_put_text(&j, "excerpt", hits.items[i].excerpt);
    json_put_text(&j, "place", hits.items[i].place);
    json_close(&j);
  }
  json_close_list(&j);
  json_close(&j);
  puts(json_result(&j));
  return 0;
}

static const Option list_options[] = {{0}};
static const Option show_options[] = {
    {"words", "TEXT", "only entries that hold this", false, false},
    {"status", "STATUS", "only entries of this status", false, false},
    {"sort", "FIELD", "ref, title, owner, status, next, last or added", false, false},
    {"from", "NUMBER", "leave out so many at the beginning", false, false},
    {0},
};
static const Command list_command = {
    .name = "register list",
    .summary = "List the registers",
    .arguments = "",
    .example = "daybook register list --org nordwind",
    .need = NEED_ORGANISATION,
    .options = list_options,
    .run = run_list,
};
static const Command show_command = {
    .name = "register show",
    .summary = "Show the entries of a register",
    .arguments = "REGISTER",
    .example = "daybook register show --org nordwind risks --json",
    .need = NEED_ORGANISATION,
    .options = show_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_show,
};
static const Command search_command = {
    .name = "search",
    .summary = "Find entries of all registers and whatever else can be found",
    .arguments = "WORDS",
    .example = "daybook search --org nordwind \"customer database\"",
    .need = NEED_ORGANISATION,
    .options = list_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_search,
};
extern const Command *const register_commands[];
extern const Command REPORT_SOA_COMMAND; // soa_document.c
const Command *const register_commands[] = {&list_command, &show_command, &search_command,
                                            &REPORT_SOA_COMMAND, NULL};
