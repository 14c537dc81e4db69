// SPDX-License-Identifier: Apache-2.0
#include "ledger/report.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "ledger/canonical.h"

typedef struct Notice {
  const char *organisation, *text;
} Notice;

struct Report {
  Arena *arena;
  pthread_mutex_t lock;
  int64_t problem_count;
  Problems problems;
  LIST_OF(Notice) notices;
  LIST_OF(VerifiedOrg) orgs;
};

Report *report_create(void) {
  Arena *arena = arena_create();
  Report *report = arena_new(arena, Report);
  report->arena = arena;
  pthread_mutex_init(&report->lock, NULL);
  return report;
}

void report_destroy(Report *report) {
  if (!report) return;
  pthread_mutex_destroy(&report->lock);
  arena_destroy(report->arena);
}

Arena *report_arena(Report *report) {
  return report->arena;
}

static char *format_list(Arena *arena, const char *format, va_list list) {
  char text[1024];
  vsnprintf(text, sizeof text, format, list);
  return text_copy(arena, text);
}

void report_problem(Report *report, const char *organisation, int64_t seq, const char *expected,
                    const char *found, const char *format, ...) {
  pthread_mutex_lock(&report->lock);
  if (report->problem_count++ < REPORT_MOST) {
    va_list list;
    va_start(list, format);
    Problem *problem = list_add(report->arena, &report->problems);
    *problem = (Problem){.organisation = text_copy(report->arena, organisation),
                         .seq = seq,
                         .what = format_list(report->arena, format, list),
                         .expected = text_copy(report->arena, expected),
                         .found = text_copy(report->arena, found)};
    va_end(list);
  }
  pthread_mutex_unlock(&report->lock);
}

void report_notice(Report *report, const char *organisation, const char *format, ...) {
  pthread_mutex_lock(&report->lock);
  if (report->notices.count < REPORT_MOST) {
    va_list list;
    va_start(list, format);
    Notice *notice = list_add(report->arena, &report->notices);
    notice->organisation = text_copy(report->arena, organisation);
    notice->text = format_list(report->arena, format, list);
    va_end(list);
  }
  pthread_mutex_unlock(&report->lock);
}

void report_org(Report *report, const VerifiedOrg *org) {
  pthread_mutex_lock(&report->lock);
  VerifiedOrg *kept = list_add(report->arena, &report->orgs);
  *kept = *org;
  kept->slug = text_copy(report->arena, org->slug);
  kept->hash = text_copy(report->arena, org->hash);
  pthread_mutex_unlock(&report->lock);
}

bool report_is_whole(const Report *report) {
  return report->problem_count == 0;
}
int64_t report_problem_count(const Report *report) {
  return report->problem_count;
}
const Problems *report_problems(const Report *report) {
  return &report->problems;
}

static void text_problem(Text *out, const Problem *p) {
  text_add(out, p->organisation[0] ? p->organisation : _("installation"));
  if (p->seq > 0) text_add_format(out, _(", entry %" PRId64), p->seq);
  text_add_format(out, ": %s", p->what);
  if (p->expected) text_add_format(out, _("\n    expected  %s"), p->expected);
  if (p->found) text_add_format(out, _("\n    found     %s"), p->found);
  text_add_char(out, '\n');
}

static void text_org(Text *out, const VerifiedOrg *org) {
  text_add_format(out, _("%s: %" PRId64 " entries, %" PRId64 " evidence files (%" PRId64 " bytes)"),
                  org->slug, org->seq, org->files, org->bytes);
  text_add_format(out, _(", last hash %.16s…\n"), org->hash);
}

void report_text(const Report *report, Text *out) {
  for (size_t i = 0; i < report->orgs.count; i++) text_org(out, &report->orgs.items[i]);
  for (size_t i = 0; i < report->notices.count; i++) {
    const Notice *n = &report->notices.items[i];
    text_add_format(out, _("note: %s%s%s\n"), n->organisation, n->organisation[0] ? ": " : "",
                    n->text);
  }
  for (size_t i = 0; i < report->problems.count; i++) text_problem(out, &report->problems.items[i]);
  int64_t hidden = report->problem_count - (int64_t)report->problems.count;
  if (hidden > 0) text_add_format(out, _("… and %" PRId64 " more problems\n"), hidden);
  if (report_is_whole(report))
    text_add(out, _("Whole: nothing was changed, removed or added.\n"));
  else
    text_add_format(out,
                    report->problem_count == 1 ? _("NOT WHOLE: %" PRId64 " problem.\n")
                                               : _("NOT WHOLE: %" PRId64 " problems.\n"),
                    report->problem_count);
}

static void json_text(Text *out, const char *name, const char *value, const char *after) {
  text_add_format(out, "\"%s\":", name);
  if (value)
    canonical_string(out, value);
  else
    text_add(out, "null");
  text_add(out, after);
}

static void json_problem(Text *out, const Problem *p) {
  text_add_char(out, '{');
  json_text(out, "organisation", p->organisation, ",");
  text_add_format(out, "\"seq\":%" PRId64 ",", p->seq);
  json_text(out, "what", p->what, ",");
  json_text(out, "expected", p->expected, ",");
  json_text(out, "found", p->found, "}");
}

static void json_org(Text *out, const VerifiedOrg *org) {
  text_add_char(out, '{');
  json_text(out, "organisation", org->slug, ",");
  text_add_format(
      out, "\"entries\":%" PRId64 ",\"evidence_files\":%" PRId64 ",\"evidence_bytes\":%" PRId64 ",",
      org->seq, org->files, org->bytes);
  json_text(out, "hash", org->hash, "}");
}

static void comma(Text *out, size_t index) {
  if (index) text_add_char(out, ',');
}

void report_json(const Report *report, Text *out) {
  text_add_format(out, "{\"whole\":%s,\"problem_count\":%" PRId64 ",\"organisations\":[",
                  report_is_whole(report) ? "true" : "false", report->problem_count);
  for (size_t i = 0; i < report->orgs.count; i++) {
    comma(out, i);
    json_org(out, &report->orgs.items[i]);
  }
  text_add(out, "],\"problems\":[");
  for (size_t i = 0; i < report->problems.count; i++) {
    comma(out, i);
    json_problem(out, &report->problems.items[i]);
  }
  text_add(out, "],\"notices\":[");
  for (size_t i = 0; i < report->notices.count; i++) {
    comma(out, i);
    text_add_char(out, '{');
    json_text(out, "organisation", report->notices.items[i].organisation, ",");
    json_text(out, "text", report->notices.items[i].text, "}");
  }
  text_add(out, "]}\n");
}

const char *report_first(const Report *report, Arena *arena) {
  if (!report->problems.count) return NULL;
  const Problem *p = &report->problems.items[0];
  if (p->seq <= 0) return text_format(arena, "%s: %s", p->organisation, p->what);
  return text_format(arena, _("%s, entry %" PRId64 ": %s"), p->organisation, p->seq, p->what);
}
