// SPDX-License-Identifier: Apache-2.0
// Small pictures: a bar of parts and a ring, each with its words for who does not see it.
#include <math.h>

#include "diary/pages.h"

static void opened(Text *out, const char *view_box, const char *label) {
  text_add_format(out, "<svg class=\"picture\" viewBox=\"%s\" role=\"img\" aria-label=\"",
                  view_box);
  html_text(out, label);
  text_add(out, "\">");
}

Html bar_picture(Context *c, const char *label, const BarPart *parts, size_t count) {
  Text out;
  text_init(&out, c->arena);
  int64_t whole = 0;
  for (size_t i = 0; i < count; i++) whole += parts[i].value;
  text_add(&out, "<svg class=\"picture bar\" viewBox=\"0 0 200 8\" preserveAspectRatio=\"none\" "
                 "role=\"img\" aria-label=\"");
  html_text(&out, label);
  text_add(&out, "\"><rect class=\"track\" width=\"200\" height=\"8\"/>");
  int64_t before = 0;
  for (size_t i = 0; i < count && whole > 0; i++) {
    int64_t from = before * 2000 / whole, to = (before + parts[i].value) * 2000 / whole;
    if (to > from)
      text_add_format(&out, "<rect class=\"%s\" x=\"%lld.%lld\" width=\"%lld.%lld\" height=\"8\"/>",
                      parts[i].tone, (long long)(from / 10), (long long)(from % 10),
                      (long long)((to - from) / 10), (long long)((to - from) % 10));
    before += parts[i].value;
  }
  text_add(&out, "</svg>");
  return html_of(&out);
}

Html ring_picture(Context *c, const char *label, int32_t percent, const char *middle) {
  Text out;
  text_init(&out, c->arena);
  opened(&out, "0 0 120 120", label);
  double around = 2 * M_PI * 50;
  text_add(&out, "<circle class=\"ring ring-track\" cx=\"60\" cy=\"60\" r=\"50\"/>");
  text_add_format(&out,
                  "<circle class=\"ring ring-value\" cx=\"60\" cy=\"60\" r=\"50\" "
                  "stroke-dasharray=\"%.1f %.1f\" transform=\"rotate(-90 60 60)\"/>",
                  around * percent / 100, around);
  text_add(&out, "<text class=\"strong ring-figure\" x=\"60\" y=\"62\" text-anchor=\"middle\">");
  html_text(&out, middle);
  text_add(&out, "</text><text class=\"soft-text\" x=\"60\" y=\"80\" text-anchor=\"middle\">");
  html_text(&out, _("days"));
  text_add(&out, "</text></svg>");
  return html_of(&out);
}
