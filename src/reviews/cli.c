// SPDX-License-Identifier: Apache-2.0
// daybook reviews list | pack | minutes.
#include "cli/command.h"
#include "reviews/pack_document.h"
#include "json/json.h"

#include <stdio.h>

static void put_line(Json *j, const ReviewLine *line) {
  json_open(j);
  json_put_int(j, "id", line->id);
  json_put_text(j, "title", line->title);
  json_put_date(j, "baseline", line->baseline);
  json_put_date(j, "due", line->due);
  json_put_text(j, "status", status_name(line->status));
  json_put_text(j, "stage", stage_name(line->stage));
  if (!date_is_none(line->held_on)) json_put_date(j, "held_on", line->held_on);
  json_put_int(j, "slip_days", line->slip_days);
  json_put_text(j, "owner", line->owner);
  json_put_int(j, "decisions", line->decisions);
  json_key(j, "inputs");
  json_open(j);
  for (int i = 0; i < REVIEW_INPUT_COUNT; i++) {
    const char letter[2] = {review_inputs[i].letter, '\0'};
    json_put_text(j, letter, input_state_name(line->inputs[i]));
  }
  json_close(j);
  json_close(j);
}

static int run_list(Invocation *in) {
  Context *c = invocation_context(in);
  ReviewLines lines = {0};
  if (!review_list(c, &lines)) return command_failed(in);
  if (!invocation_json(in)) {
    for (size_t i = 0; i < lines.count; i++) {
      const ReviewLine *line = &lines.items[i];
      printf("%6lld  %s  %-11s %-12s %s (%s)\n", (long long)line->id,
             date_text(c->arena, line->due), status_name(line->status), stage_name(line->stage),
             line->title, line->owner);
    }
    if (lines.count == 0) puts(_("No review is planned. `daybook plan --adopt` plans them."));
    return 0;
  }
  Json j;
  json_init(&j, c->arena);
  json_open(&j);
  json_key(&j, "reviews");
  json_open_list(&j);
  for (size_t i = 0; i < lines.count; i++) put_line(&j, &lines.items[i]);
  json_close_list(&j);
  json_close(&j);
  puts(json_result(&j));
  return 0;
}

static bool chosen(Invocation *in, Review *review) {
  Context *c = invocation_context(in);
  int64_t id;
  if (!text_to_int(argument(in, 0), &id))
    return invalid(c, "ID", _("Give the number that `daybook reviews list` prints."));
  ReviewLines lines = {0};
  if (!review_list(c, &lines)) return false;
  for (size_t i = 0; i < lines.count; i++)
    if (lines.items[i].id == id) return review_get(c, id, review);
  return invalid(c, "ID",
                 _("There is no management review %lld; `daybook reviews list` prints their "
                   "numbers."),
                 (long long)id);
}

static int run_pack(Invocation *in) {
  Context *c = invocation_context(in);
  Review review;
  Pack pack;
  PackChanges changes = {0};
  if (!chosen(in, &review) || !pack_get(c, &review, &pack)) return command_failed(in);
  if (review.activity.state < STATE_CONCLUDED && !pack_since(c, &review, &pack, &changes))
    return command_failed(in);
  const char *pdf = option(in, "pdf");
  if (pdf == NULL && invocation_json(in)) {
    puts(pack_json_answer(c, &pack));
    return 0;
  }
  Document *document = pack_document(c, &pack, &changes, NULL);
  return document_print(c, document, pdf, pdf == NULL, false) ? 0 : command_failed(in);
}

static int run_minutes(Invocation *in) {
  Context *c = invocation_context(in);
  Review review;
  if (!chosen(in, &review)) return command_failed(in);
  const char *pdf = option(in, "pdf");
  bool json = pdf == NULL && invocation_json(in);
  Document *document = minutes_document(c, &review, NULL);
  return document_print(c, document, pdf, pdf == NULL && !json, json) ? 0 : command_failed(in);
}

static const Option list_options[] = {{0}};
static const Option document_options[] = {
    {"pdf", "FILE", "write a PDF there (- is standard output)", false, false},
    {"markdown", NULL, "print Markdown (the default)", false, false},
    {0},
};
static const Command list_command = {
    .name = "reviews list",
    .summary = "List the management reviews, with what each has considered",
    .arguments = "",
    .example = "daybook reviews list --org nordwind --json",
    .need = NEED_ORGANISATION,
    .options = list_options,
    .run = run_list,
};
static const Command pack_command = {
    .name = "reviews pack",
    .summary = "Print a review's pack: as it was frozen, or a draft if it is not issued yet",
    .arguments = "ID",
    .example = "daybook reviews pack --org nordwind 7 --pdf pack.pdf",
    .need = NEED_ORGANISATION,
    .options = document_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_pack,
};
static const Command minutes_command = {
    .name = "reviews minutes",
    .summary = "Print a review's minutes",
    .arguments = "ID",
    .example = "daybook reviews minutes --org nordwind 7 --markdown",
    .need = NEED_ORGANISATION,
    .options = document_options,
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_minutes,
};
extern const Command *const review_commands[];
const Command *const review_commands[] = {&list_command, &pack_command, &minutes_command, NULL};
