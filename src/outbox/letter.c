// SPDX-License-Identifier: Apache-2.0
// A letter as HTML (letter.html) and as plain text: the same words.
#include "outbox/outbox.h"
#include "outbox/outbox.views.h"

#include <string.h>

Letter letter_begin(Context *c, const char *heading) {
  return (Letter){.heading = text_copy(c->arena, heading)};
}

void letter_paragraph(Context *c, Letter *letter, const char *text) {
  if (!text_is_empty(text)) *list_add(c->arena, &letter->paragraphs) = text_copy(c->arena, text);
}

void letter_fact(Context *c, Letter *letter, const char *name, const char *value) {
  if (!text_is_empty(value))
    *list_add(c->arena, &letter->facts) = (LetterFact){name, text_copy(c->arena, value)};
}

void letter_point(Context *c, Letter *letter, const char *text) {
  if (!text_is_empty(text)) *list_add(c->arena, &letter->points) = text_copy(c->arena, text);
}

void letter_button(Context *c, Letter *letter, const char *title, const char *path) {
  *list_add(c->arena, &letter->buttons) = (LetterButton){title, text_copy(c->arena, path)};
}

static LetterPage page_of(Context *c, const Letter *letter) {
  LetterPageFact *facts = arena_array(c->arena, letter->facts.count, sizeof *facts);
  LetterPageButton *buttons = arena_array(c->arena, letter->buttons.count, sizeof *buttons);
  for (size_t i = 0; i < letter->facts.count; i++)
    facts[i] = (LetterPageFact){letter->facts.items[i].name, letter->facts.items[i].value};
  for (size_t i = 0; i < letter->buttons.count; i++)
    buttons[i] =
        (LetterPageButton){letter->buttons.items[i].title, letter->buttons.items[i].path, i == 0};
  return (LetterPage){
      .heading = letter->heading,
      .paragraphs = {letter->paragraphs.items, letter->paragraphs.count, letter->paragraphs.count},
      .facts = {facts, letter->facts.count, letter->facts.count},
      .points = {letter->points.items, letter->points.count, letter->points.count},
      .buttons = {buttons, letter->buttons.count, letter->buttons.count},
      .organisation = letter->organisation,
      .because = letter->because,
      .stop = letter->stop};
}

// For readers that know it: the dark, and names above their values where there is no room beside
// them. Every other reader (Outlook's word processor) shows the inline styles alone.
#define STYLE                                                                                      \
  "<meta name=\"color-scheme\" content=\"light dark\">\n"                                          \
  "<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n"                             \
  "@media (max-width: 480px) {\n"                                                                  \
  ".m-name { display: block !important; width: auto !important; "                                  \
  "padding: 8px 0 0 0 !important; }\n"                                                             \
  ".m-value { display: block !important; border-top: 0 !important; padding: 0 0 8px 0 "            \
  "!important; }\n}\n"                                                                             \
  "@media (prefers-color-scheme: dark) {\n"                                                        \
  ".m-ground { background-color: #11151c !important; }\n"                                          \
  ".m-card { background-color: #1a202b !important; border-color: #333c4a !important; }\n"          \
  ".m-ink { color: #e8ecf2 !important; }\n"                                                        \
  ".m-soft { color: #a9b3c1 !important; }\n"                                                       \
  ".m-name, .m-value { border-color: #333c4a !important; }\n"                                      \
  ".m-button { background-color: #1a202b !important; border-color: #6d7888 !important; }\n"        \
  ".m-link { color: #9db8ff !important; }\n}\n</style>"

const char *letter_html_text(Context *c, const Letter *letter) {
  Text out;
  text_init(&out, c->arena);
  Request nobody = {.context = {.zone = c->zone}};
  html_literal(&out, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta http-equiv=\"Content-Type\" "
                     "content=\"text/html; charset=utf-8\"><title>");
  html_text(&out, letter->heading);
  html_literal(&out, "</title>");
  html_literal(&out, STYLE);
  html_literal(&out, "</head><body class=\"m-ground\" style=\"margin:0;padding:0;\">\n");
  LetterPage page = page_of(c, letter);
  letter_page_html(&nobody, &out, &page);
  html_literal(&out, "</body></html>\n");
  html_finish(&out);
  return out.data;
}

// Lines of at most 76 columns, broken at blanks; what stands in the text's own lines stays.
static void add_wrapped(Text *out, const char *text, const char *first, const char *next) {
  const char *indent = first;
  while (*text != '\0') {
    size_t line = strcspn(text, "\n"), most = 76 - strlen(indent), cut = line;
    if (line > most) {
      cut = most;
      while (cut > 0 && text[cut] != ' ') cut--;
      if (cut == 0) cut = strcspn(text, " \n");
    }
    text_add(out, indent);
    text_add_n(out, text, cut);
    text_add_char(out, '\n');
    text += cut;
    text += *text == ' ' || *text == '\n';
    indent = next;
  }
}

const char *letter_text(Context *c, const Letter *letter) {
  Text out;
  text_init(&out, c->arena);
  add_wrapped(&out, letter->heading, "", "");
  for (size_t i = 0; i < letter->paragraphs.count; i++) {
    text_add(&out, "\n");
    add_wrapped(&out, letter->paragraphs.items[i], "", "");
  }
  if (letter->facts.count > 0) text_add(&out, "\n");
  for (size_t i = 0; i < letter->facts.count; i++)
    add_wrapped(
        &out,
        text_format(c->arena, "%s: %s", letter->facts.items[i].name, letter->facts.items[i].value),
        "", "  ");
  if (letter->points.count > 0) text_add(&out, "\n");
  for (size_t i = 0; i < letter->points.count; i++)
    add_wrapped(&out, letter->points.items[i], "- ", "  ");
  for (size_t i = 0; i < letter->buttons.count; i++)
    text_add_format(&out, "\n%s:\n%s%s\n", letter->buttons.items[i].title, MAIL_OWN_LINK,
                    letter->buttons.items[i].path);
  text_add(&out, "\n-- \n");
  add_wrapped(&out, text_format(c->arena, "%s. %s", letter->organisation, letter->because), "", "");
  if (!text_is_empty(letter->stop))
    text_add_format(&out, "%s\n%s%s\n", _("Stop such mails:"), MAIL_OWN_LINK, letter->stop);
  return out.data;
}
