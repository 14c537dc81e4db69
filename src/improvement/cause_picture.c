// SPDX-License-Identifier: Apache-2.0
// The cause drawn: whys from the effect down to the root, or a fishbone whose head is the effect.
// SVG with its own name and description; the page says the same in words beside it.
#include "improvement/pages.h"

#include <string.h>

enum {
  WIDTH = 640,
  BOX = 420,
  LINE = 17,
  PAD = 12,
  GAP = 30,
  LINES_MOST = 4,
  BOX_CHARS = 54,
  BONE_MOST = 6, // causes drawn on one branch; the words beside the picture name them all
  BONE_LINES = 2,
  BONE_CHARS = 24,
  BONE_AIR = 6,
  BONE_FOOT = 30, // between the spine and the nearest cause
  COLUMN = 226,
  SLANT = 40,
  HEAD = 118,
  HEAD_CHARS = 15,
};

typedef struct Lines {
  const char *line[LINES_MOST];
  size_t count;
} Lines;

// Characters, not bytes; a word that is too long is broken. What does not fit ends with "…".
static Lines wrapped(Context *c, const char *text, size_t width, size_t most) {
  Lines out = {0};
  if (most > LINES_MOST) most = LINES_MOST;
  while (*text != '\0' && out.count < most) {
    size_t bytes = 0, chars = 0, space = 0;
    while (text[bytes] != '\0' && text[bytes] != '\n' && chars <= width) {
      if (text[bytes] == ' ') space = bytes;
      bytes++;
      while (((unsigned char)text[bytes] & 0xC0) == 0x80) bytes++;
      chars++;
    }
    bool whole = text[bytes] == '\0' || text[bytes] == '\n';
    if (!whole && space > 0) bytes = space;
    const char *line = text_trim(c->arena, text_copy_n(c->arena, text, bytes));
    text += bytes;
    while (*text == ' ' || *text == '\n') text++;
    if (out.count + 1 == most && *text != '\0') line = text_format(c->arena, "%s …", line);
    out.line[out.count++] = line;
  }
  return out;
}

static void words_at(Text *out, const Lines *lines, int x, int y, const char *look,
                     const char *anchor) {
  for (size_t i = 0; i < lines->count; i++) {
    text_add_format(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">", look, x,
                    y + (int)i * LINE, anchor);
    html_text(out, lines->line[i]);
    text_add(out, "</text>");
  }
}

static void opened(Text *out, int width, int height, const char *title, const char *words) {
  text_add_format(out,
                  "<svg class=\"picture cause\" viewBox=\"0 0 %d %d\" role=\"img\" "
                  "aria-label=\"",
                  width, height);
  html_text(out, title);
  text_add(out, ". ");
  html_text(out, words);
  text_add(out, "\"><title>");
  html_text(out, title);
  text_add(out, "</title>");
}

// ---- whys ----

static const char *whys_words(Context *c, const char *effect, const CauseBone *bones,
                              size_t count) {
  Text out;
  text_init(&out, c->arena);
  text_add_format(&out, "%s", effect);
  for (size_t i = 0; i < count; i++) text_add_format(&out, _(" – because: %s"), bones[i].body);
  return out.data;
}

static int box(Text *out, const Lines *lines, int y, const char *look) {
  int height = (int)lines->count * LINE + 2 * PAD - 4;
  text_add_format(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>",
                  look, (WIDTH - BOX) / 2, y, BOX, height);
  words_at(out, lines, WIDTH / 2, y + PAD + 11, "cause-text", "middle");
  return y + height;
}

static Html whys_picture(Context *c, const char *effect, const CauseBone *bones, size_t count) {
  Text body, out;
  text_init(&body, c->arena);
  text_init(&out, c->arena);
  Lines lines = wrapped(c, effect, BOX_CHARS, LINES_MOST);
  int y = box(&body, &lines, 4, "cause-effect");
  for (size_t i = 0; i < count; i++) {
    text_add_format(&body,
                    "<path class=\"cause-arrow\" d=\"M%d %dv%d\"/><path class=\"cause-head\" "
                    "d=\"m%d %d 5 -8h-10z\"/><text class=\"cause-why\" x=\"%d\" y=\"%d\">%s</text>",
                    WIDTH / 2, y, GAP - 8, WIDTH / 2, y + GAP, WIDTH / 2 + 12, y + GAP / 2 + 5,
                    _("why?"));
    lines = wrapped(c, bones[i].body, BOX_CHARS, LINES_MOST);
    y = box(&body, &lines, y + GAP, i + 1 == count ? "cause-root" : "cause-box");
  }
  opened(&out, WIDTH, y + 6, _("Asked why, from what was found to the cause"),
         whys_words(c, effect, bones, count));
  text_add_n(&out, body.data, body.length);
  text_add(&out, "</svg>");
  return html_of(&out);
}

// ---- fishbone ----

typedef struct Branch {
  const char *name, *title;
  const CauseBone *rows[24];
  size_t count;
} Branch;

static size_t branches_of(const CauseBone *bones, size_t count, Branch out[8]) {
  size_t used = 0;
  for (size_t k = 0; cause_kinds[k].name != NULL && used < 8; k++) {
    Branch branch = {.name = cause_kinds[k].name, .title = _(cause_kinds[k].title)};
    for (size_t i = 0; i < count; i++)
      if (text_equal(bones[i].branch, branch.name) && branch.count < COUNT_OF(branch.rows))
        branch.rows[branch.count++] = &bones[i];
    if (branch.count > 0) out[used++] = branch;
  }
  return used;
}

static const char *bone_words(Context *c, const char *effect, const Branch *branches,
                              size_t count) {
  Text out;
  text_init(&out, c->arena);
  text_add_format(&out, "%s. ", effect);
  for (size_t i = 0; i < count; i++) {
    text_add_format(&out, "%s: ", branches[i].title);
    for (size_t k = 0; k < branches[i].count; k++)
      text_add_format(&out, "%s%s", k == 0 ? "" : "; ", branches[i].rows[k]->body);
    text_add(&out, ". ");
  }
  return out.data;
}

// How tall the causes of a branch stand, each on at most two lines.
static int branch_height(Context *c, const Branch *branch) {
  size_t shown = branch->count < BONE_MOST ? branch->count : BONE_MOST;
  int height = 0;
  for (size_t i = 0; i < shown; i++) {
    Lines lines = wrapped(c, branch->rows[i]->body, BONE_CHARS, BONE_LINES);
    height += (int)lines.count * LINE + BONE_AIR;
  }
  return height + BONE_FOOT;
}

static void rib(Context *c, Text *out, const CauseBone *row, int x, int y) {
  bool behind = row->parent != 0;
  Lines lines = wrapped(c, row->body, BONE_CHARS, BONE_LINES);
  text_add_format(out, "<path class=\"cause-rib\" d=\"M%d %dh7\"/>", x, y - 4);
  words_at(out, &lines, x + 12 + (behind ? 10 : 0), y,
           behind ? "cause-text cause-behind" : "cause-text", "start");
}

// A branch of its own column, above or below the spine; its causes one under the other.
static void bone(Context *c, Text *out, const Branch *branch, int x, int spine, int reach,
                 bool above) {
  size_t shown = branch->count < BONE_MOST ? branch->count : BONE_MOST;
  int height = branch_height(c, branch), top = above ? spine - height : spine;
  int end = above ? top : spine + height;
  text_add_format(out, "<path class=\"cause-bone\" d=\"M%d %dL%d %d\"/>", x, end, x + SLANT, spine);
  text_add_format(out, "<text class=\"cause-branch\" x=\"%d\" y=\"%d\" text-anchor=\"start\">", x,
                  above ? end - 7 : end + 17);
  html_text(out, branch->title);
  text_add(out, "</text>");
  int y = top + (above ? 18 : BONE_FOOT + 8);
  for (size_t i = 0; i < shown; i++) {
    int far = above ? y - end : end - y;
    Lines lines = wrapped(c, branch->rows[i]->body, BONE_CHARS, BONE_LINES);
    rib(c, out, branch->rows[i], x + far * SLANT / height, y);
    y += (int)lines.count * LINE + BONE_AIR;
  }
  if (branch->count > shown)
    text_add_format(out, "<text class=\"cause-why\" x=\"%d\" y=\"%d\">+%zu</text>", x + reach - 30,
                    above ? end - 7 : end + 17, branch->count - shown);
}

static Html fishbone_picture(Context *c, const char *effect, const CauseBone *bones, size_t count) {
  Branch branches[8];
  size_t used = branches_of(bones, count, branches);
  int columns = used == 0 ? 1 : (int)(used + 1) / 2, half[2] = {60, 60};
  for (size_t i = 0; i < used; i++) {
    int height = branch_height(c, &branches[i]) + 26;
    if (height > half[i % 2]) half[i % 2] = height;
  }
  int head = 16 + columns * COLUMN, spine = half[0];
  Text out;
  text_init(&out, c->arena);
  opened(&out, head + HEAD + 4, half[0] + half[1], _("Fishbone of possible causes"),
         bone_words(c, effect, branches, used));
  text_add_format(&out, "<path class=\"cause-spine\" d=\"M8 %dH%d\"/>", spine, head);
  text_add_format(&out,
                  "<rect class=\"cause-effect\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"84\" "
                  "rx=\"8\"/>",
                  head, spine - 42, HEAD);
  Lines lines = wrapped(c, effect, HEAD_CHARS, LINES_MOST);
  words_at(&out, &lines, head + HEAD / 2, spine + 5 - ((int)lines.count - 1) * LINE / 2,
           "cause-text", "middle");
  for (size_t i = 0; i < used; i++)
    bone(c, &out, &branches[i], 8 + (int)(i / 2) * COLUMN, spine, COLUMN, i % 2 == 0);
  text_add(&out, "</svg>");
  return html_of(&out);
}

Html cause_picture(Context *c, const char *effect, CauseMethod method, const CauseBone *bones,
                   size_t count) {
  return method == CAUSE_FISHBONE ? fishbone_picture(c, effect, bones, count)
                                  : whys_picture(c, effect, bones, count);
}
