// SPDX-License-Identifier: Apache-2.0
// A page in its frame: who reads, where, what was just done, what was refused.
#include "base/language.h"
#include "http/answer.h"

#include "html/layout.views.h"
#include "http/http.views.h"
#include "org/session.h"

#include <stdio.h>

enum { PAGE_USUAL = 24 << 10, FRAME_USUAL = 8 << 10 }; // a guess that spares copying

void answer_json_begin(Request *r, Json *json) {
  json_init(json, r->context.arena);
}

void answer_json_end(Request *r, Json *json, int64_t version) {
  json_result(json);
  request_answer(r, 200, "application/json");
  r->answer->body = json->text;
  if (version >= 0) request_etag(r, "%lld", (long long)version);
  r->answer->versioned = version >= 0;
}

Text *answer_page_begin(Request *r) {
  Text *page = arena_new(r->context.arena, Text);
  text_init(page, r->context.arena);
  text_reserve(page, PAGE_USUAL);
  r->answer->page = page;
  return page;
}

static const char *initials(Arena *arena, const char *name) {
  Text out;
  text_init(&out, arena);
  bool first = true;
  for (const char *c = name == NULL ? "" : name; *c != '\0' && out.length < 8; c++) {
    if (first && *c != ' ') {
      text_add_char(&out, *c);
      for (; ((unsigned char)c[1] & 0xc0) == 0x80; c++) text_add_char(&out, c[1]);
    }
    first = *c == ' ';
  }
  return out.data;
}

static const char *roles_text(Arena *arena, uint32_t roles) {
  const char *titles[ROLE_COUNT];
  size_t count = 0;
  for (int role = 0; role < ROLE_COUNT; role++)
    if (roles >> role & 1) titles[count++] = role_title((Role)role);
  return text_join(arena, ", ", titles, count);
}

// One mistake is said once; of several, the first is no better than the others.
static void add_complaints(Request *r, Layout *layout) {
  if (r->problem == NULL) return;
  const size_t count = r->problem->fields.count;
  const FieldError *fields = r->problem->fields.items;
  if (count == 1) {
    layout->complaint = fields[0].message;
    return;
  }
  layout->complaint = count == 0 && !text_is_empty(r->problem->message)
                          ? r->problem->message
                          : _("This was not saved. What is wrong:");
  for (size_t i = 0; i < count; i++)
    *list_add(r->context.arena, &layout->complaints) =
        (Complaint){fields[i].field, fields[i].message};
}

static void fill_layout(Request *r, Layout *layout) {
  Arena *arena = r->context.arena;
  const Session *session = r->session;
  layout->language = LANGUAGES[r->language].tag;
  layout->theme = r->theme == NULL ? "auto" : r->theme;
  layout->style = asset_address("/static/daybook.css");
  layout->script = asset_address("/static/daybook.js");
  layout->logo = asset_address("/static/daybook.svg");
  layout->signed_in = session->account != 0;
  layout->inside = session->account != 0 && session->org != 0 && r->org_slug != NULL;
  layout->org_name = session->org_name;
  layout->person = session->name;
  layout->initials = initials(arena, session->name);
  layout->roles = roles_text(arena, session->roles);
  layout->zone = r->context.zone == NULL ? "UTC" : zone_name(r->context.zone);
  layout->simulated = clock_is_simulated() ? date_words(arena, r->context.today) : "";
  layout->message = r->flash;
  layout->here = r->path;
  add_complaints(r, layout);
}

void answer_page_end(Request *r, Layout *layout, int64_t version) {
  (void)version; // a page is no-store: only its JSON has an ETag to change against
  html_finish(r->answer->page);
  layout->body = html_of(r->answer->page);
  fill_layout(r, layout);
  Text *out = request_answer(r, 200, "text/html; charset=utf-8");
  text_reserve(out, r->answer->page->length + FRAME_USUAL);
  layout_html(r, out, layout);
  html_finish(out);
}

void answer_error_page(Request *r, int status, const char *title, const char *message) {
  ProblemPage page = {.status = status, .title = title, .message = message};
  const Error *error = &r->context.error;
  for (size_t i = 0; i < error->fields.count; i++)
    *list_add(r->context.arena, &page.complaints) =
        (Complaint){error->fields.items[i].field, error->fields.items[i].message};
  if (r->org_slug != NULL && r->session->org != 0)
    page.back = text_format(r->context.arena, "/o/%s/today", r->org_slug);
  respond_problem_page(r, &page);
  r->answer->status = status;
}
