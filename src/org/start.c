// SPDX-License-Identifier: Apache-2.0
#include "org/start.h"

#include <string.h>

typedef struct Line {
  const char *parts[3]; // trimmed; NULL when absent or empty
  size_t number, count;
} Line;

// Takes the next line that says something; *rest moves on. False at the end.
static bool next_line(Context *c, const char **rest, Line *line) {
  while (*rest && **rest) {
    size_t length = strcspn(*rest, "\n");
    const char *text = text_trim(c->arena, text_copy_n(c->arena, *rest, length));
    *rest += length + ((*rest)[length] == '\n');
    line->number++;
    if (text_is_empty(text)) continue;
    line->count = 0;
    memset(line->parts, 0, sizeof line->parts);
    for (const char *at = text;; at++) {
      size_t part = strcspn(at, ";");
      const char *kept = text_trim(c->arena, text_copy_n(c->arena, at, part));
      if (line->count < COUNT_OF(line->parts)) line->parts[line->count] = *kept ? kept : NULL;
      line->count++;
      at += part;
      if (!*at) return true;
    }
  }
  return false;
}

static bool wrong_line(Context *c, const char *field, const Line *line, const char *expected) {
  return invalid(c, field, _("Line %zu: expected %s."), line->number, expected);
}

bool start_sites(Context *c, const char *lines, SitesNew *out) {
  Line line = {0};
  while (next_line(c, &lines, &line)) {
    if (!line.parts[0] || line.count > 3) {
      wrong_line(c, "sites", &line, _("name; time zone; people"));
      continue;
    }
    SiteDetails *site = list_add(c->arena, out);
    site->name = line.parts[0];
    site->time_zone = line.parts[1];
    bool counted = !line.parts[2] || text_to_int(line.parts[2], &site->head_count);
    if (!counted || site->head_count < 0)
      wrong_line(c, "sites", &line, _("a whole number of people after the time zone"));
    if (site->time_zone && !zone_find(site->time_zone))
      wrong_line(c, "sites", &line, _("a time zone such as Europe/Berlin after the name"));
  }
  return context_ok(c);
}

bool start_systems(Context *c, const char *lines, SystemsNew *out) {
  Line line = {0};
  while (next_line(c, &lines, &line)) {
    if (!line.parts[0] || line.count > 2) {
      wrong_line(c, "critical_systems", &line, _("name; what it does"));
      continue;
    }
    SystemDetails *system = list_add(c->arena, out);
    system->name = line.parts[0];
    system->description = line.parts[1];
  }
  return context_ok(c);
}

// "Clara Boss <clara@example.org>", as mail programs write it, is read like "name; address".
static void part_address(Context *c, Line *line) {
  const char *open = line->parts[0] ? strchr(line->parts[0], '<') : NULL;
  if (line->count != 1 || !open || open[strlen(open) - 1] != '>') return;
  size_t before = (size_t)(open - line->parts[0]);
  const char *name = text_trim(c->arena, text_copy_n(c->arena, line->parts[0], before));
  line->parts[1] = text_trim(c->arena, text_copy_n(c->arena, open + 1, strlen(open) - 2));
  line->parts[0] = *name ? name : line->parts[1];
  line->count = 2;
}

bool start_managers(Context *c, const char *lines, PeopleNew *out) {
  Line line = {0};
  while (next_line(c, &lines, &line)) {
    part_address(c, &line);
    if (!line.parts[0] || line.count > 2) {
      wrong_line(c, "top_management", &line, _("name; e-mail address"));
      continue;
    }
    PersonNew *person = list_add(c->arena, out);
    bool only_address = !line.parts[1] && strchr(line.parts[0], '@');
    person->name = only_address ? NULL : line.parts[0];
    person->email = only_address ? line.parts[0] : line.parts[1];
  }
  return context_ok(c);
}

const char *slug_from_name(Arena *arena, const char *name) {
  Text slug;
  text_init(&slug, arena);
  for (const char *p = text_lower(arena, name); *p && slug.length < 40; p++) {
    bool kept = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
    if (kept)
      text_add_char(&slug, *p);
    else if (slug.length && slug.data[slug.length - 1] != '-')
      text_add_char(&slug, '-');
  }
  while (slug.length && slug.data[slug.length - 1] == '-') slug.data[--slug.length] = '\0';
  return slug.length >= 2 ? slug.data : "organisation";
}
