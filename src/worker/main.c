// SPDX-License-Identifier: Apache-2.0
// daybook-worker TASK [ARGUMENT…]: bytes on standard input, a line of JSON or a PDF on standard
// output.
// Reads what strangers wrote, so it can do nothing else. Started by the server and the command
// line. Tasks that talk to a mail server answer until their input ends; they may use the network,
// and read files, but neither write one nor start a program.
#include "worker/calendar_in.h"
#include "worker/curl.h"
#include "worker/holidays.h"
#include "worker/mail_in.h"
#include "worker/many.h"
#include "worker/pdf.h"
#include "worker/sandbox.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST_INPUT = 32 * 1024 * 1024 };

typedef struct Task {
  const char *name;
  int arguments;
  SandboxLimits limits;
  bool (*prepare)(char *const *arguments); // before the sandbox closes; may be NULL
  // Writes the answer; false if there is none.
  bool (*run)(Arena *arena, char *const *arguments, const char *bytes, size_t length, Text *out);
  int (*converse)(Arena *arena); // instead: over the network, for as long as it is asked
  bool many;                     // one after the other, each in a child of its own (many.h)
} Task;

static json_t *write_holidays(const HolidayList *list) {
  json_t *dates = json_array(), *notes = json_array();
  Arena *arena = arena_create();
  for (size_t i = 0; i < list->dates.count; i++)
    json_array_append_new(dates,
                          json_pack("{s:s,s:s}", "date", date_text(arena, list->dates.items[i].day),
                                    "name", list->dates.items[i].name));
  for (size_t i = 0; i < list->notes.count; i++)
    json_array_append_new(notes, json_pack("{s:s,s:s}", "name", list->notes.items[i].name, "why",
                                           list->notes.items[i].why));
  arena_destroy(arena);
  return json_pack("{s:o,s:o}", "holidays", dates, "notes", notes);
}

static bool add_line(Text *out, json_t *answer) {
  char *line = answer == NULL ? NULL : json_dumps(answer, JSON_COMPACT);
  if (line == NULL) return false;
  text_add(out, line);
  text_add_char(out, '\n');
  return true;
}

static bool run_holidays(Arena *arena, char *const *arguments, const char *bytes, size_t length,
                         Text *out) {
  Date from, to;
  HolidayList list;
  const char *why;
  if (!date_parse(arguments[0], &from) || !date_parse(arguments[1], &to)) return false;
  if (!holidays_read(arena, bytes, length, from, to, &list, &why))
    return add_line(out, json_pack("{s:s}", "refused", why));
  return add_line(out, write_holidays(&list));
}

static bool run_mail_in(Arena *arena, char *const *arguments, const char *bytes, size_t length,
                        Text *out) {
  (void)arguments;
  return add_line(out, mail_in_parse(arena, bytes, length));
}

static bool run_calendar_in(Arena *arena, char *const *arguments, const char *bytes, size_t length,
                            Text *out) {
  (void)arguments;
  return add_line(out, calendar_in_read(arena, bytes, length));
}

static const Task tasks[] = {
    {"calendar_in", 0, {256, 5, false}, NULL, run_calendar_in, NULL, false},
    {"mail_in", 0, {256, 5, false}, mail_in_prepare, run_mail_in, NULL, true},
    {"holidays", 2, {256, 5, false}, NULL, run_holidays, NULL, false},
    {"pdf", 1, {768, 25, false}, pdf_prepare, pdf_run, NULL, false},
    {"caldav", 0, {512, 0, true}, NULL, NULL, caldav_converse, false},
    {"smtp", 0, {512, 0, true}, NULL, NULL, smtp_converse, false},
    {"imap", 0, {512, 0, true}, NULL, NULL, imap_converse, false},
};

static const Task *find_task(int argc, char *const *argv) {
  for (size_t i = 0; argc >= 2 && i < COUNT_OF(tasks); i++)
    if (strcmp(argv[1], tasks[i].name) == 0 && argc == 2 + tasks[i].arguments) return &tasks[i];
  return NULL;
}

static bool read_all(Text *input) {
  char part[65536];
  for (;;) {
    ssize_t got = read(STDIN_FILENO, part, sizeof part);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0;
    if (input->length + (size_t)got > LARGEST_INPUT) return false;
    text_add_n(input, part, (size_t)got);
  }
}

static bool write_all(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = write(STDOUT_FILENO, bytes, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    length -= (size_t)done;
  }
  return true;
}

int main(int argc, char **argv) {
  const Task *task = find_task(argc, argv);
  if (task == NULL) {
    fputs("usage: daybook-worker holidays FROM TO <file.ics\n"
          "       daybook-worker pdf SCRIPTS <document.json >document.pdf\n",
          stderr);
    return 2;
  }
  setenv("TZ", "UTC", 1); // the library reckons days by way of it
  Arena *arena = arena_create();
  if (task->converse != NULL) {
    const Curl *curl = worker_curl(); // before the doors close
    if (curl == NULL || curl->curl_global_init(CURL_GLOBAL_ALL) != 0) return 4;
    _exit(sandbox_enter(task->limits) ? task->converse(arena) : 3);
  }
  if (task->prepare != NULL && !task->prepare(argv + 2)) return 4;
  if (task->many) _exit(many_converse(arena, task->limits, task->run));
  if (!sandbox_enter(task->limits)) return 3;
  Text input, output;
  text_init(&input, arena);
  text_init(&output, arena);
  bool done = read_all(&input) && task->run(arena, argv + 2, input.data, input.length, &output) &&
              write_all(output.data, output.length);
  _exit(done ? 0 : 1); // memory goes with the process
}
