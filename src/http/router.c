// SPDX-License-Identifier: Apache-2.0
// Routes grouped by how many parts their path has; within a group, those with more fixed parts
// first, so that /o/{org}/activities/new wins over /o/{org}/activities/{id}.
#include "http/answer.h"
#include "http/input.h"
#include "http/server.h"

#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 12, ROUTES_MAX = 1024 };

// Of a route, the last part in which nothing is open: a path whose part there is another one is not
// its path, which is seen without looking at the letters.
typedef struct Fixed {
  uint8_t part; // PARTS_MAX: each has something open
  uint32_t hash;
} Fixed;

static uint16_t order[ROUTES_MAX];
static Fixed fixed[ROUTES_MAX]; // in that order
static size_t group_start[PARTS_MAX + 2];

static size_t count_parts(const char *path) {
  size_t count = 0;
  for (const char *c = path; *c != '\0'; c++) count += *c == '/' && c[1] != '\0';
  return count;
}

static size_t parameters(const Route *route) {
  size_t count = 0;
  for (const char *c = route->path; *c != '\0'; c++) count += *c == '{';
  return count;
}

static int compare_routes(const void *a, const void *b) {
  const Route *x = &ROUTES[*(const uint16_t *)a], *y = &ROUTES[*(const uint16_t *)b];
  size_t x_parts = count_parts(x->path), y_parts = count_parts(y->path);
  if (x_parts != y_parts) return x_parts < y_parts ? -1 : 1;
  size_t x_open = parameters(x), y_open = parameters(y);
  if (x_open != y_open) return x_open < y_open ? -1 : 1;
  return strcmp(x->path, y->path);
}

static size_t part_length(const char *part) {
  const char *end = strchr(part, '/');
  return end == NULL ? strlen(part) : (size_t)(end - part);
}

// FNV-1a of each part.
static void hash_parts(const char *path, uint32_t hashes[PARTS_MAX]) {
  size_t part = 0;
  while (*path == '/' && part < PARTS_MAX) {
    uint32_t hash = 0x811c9dc5u;
    for (path++; *path != '\0' && *path != '/'; path++)
      hash = (hash ^ (unsigned char)*path) * 0x01000193u;
    hashes[part++] = hash;
  }
}

static Fixed fixed_part(const char *path) {
  uint32_t hashes[PARTS_MAX] = {0};
  Fixed last = {.part = PARTS_MAX};
  hash_parts(path, hashes);
  for (uint8_t part = 0; *path == '/' && part < PARTS_MAX; part++) {
    const size_t length = part_length(++path);
    if (memchr(path, '{', length) == NULL) last = (Fixed){part, hashes[part]};
    path += length;
  }
  return last;
}

void route_table_prepare(void) {
  size_t count = ROUTE_COUNT < ROUTES_MAX ? ROUTE_COUNT : ROUTES_MAX;
  for (size_t i = 0; i < count; i++) order[i] = (uint16_t)i;
  qsort(order, count, sizeof *order, compare_routes);
  for (size_t i = 0; i < count; i++) fixed[i] = fixed_part(ROUTES[order[i]].path);
  size_t next = 0;
  for (size_t parts = 0; parts <= PARTS_MAX + 1; parts++) {
    group_start[parts] = next;
    while (next < count && count_parts(ROUTES[order[next]].path) == parts) next++;
  }
}

// A part may be "{name}", "{name}.ics" or "report.{name}": a parameter with a fixed end or
// beginning.
typedef struct Open {
  size_t head, name, tail; // lengths; name 0: nothing is open
} Open;

static Open open_part(const char *part, size_t length) {
  const char *from = memchr(part, '{', length);
  const char *to = from == NULL ? NULL : memchr(from, '}', length - (size_t)(from - part));
  if (to == NULL) return (Open){.head = length};
  return (Open){.head = (size_t)(from - part),
                .name = (size_t)(to - from) - 1,
                .tail = (size_t)(part + length - to) - 1};
}

static bool part_matches(const char *pattern, size_t wanted, const char *path, size_t given) {
  Open open = open_part(pattern, wanted);
  if (open.name == 0) return wanted == given && memcmp(pattern, path, given) == 0;
  return given > open.head + open.tail && memcmp(path, pattern, open.head) == 0 &&
         memcmp(path + given - open.tail, pattern + wanted - open.tail, open.tail) == 0;
}

// Both begin at a slash.
static bool path_matches(const char *pattern, const char *path) {
  while (*pattern != '\0' && *path != '\0') {
    pattern++, path++;
    size_t wanted = part_length(pattern), given = part_length(path);
    if (!part_matches(pattern, wanted, path, given)) return false;
    pattern += wanted;
    path += given;
  }
  return *pattern == '\0' && *path == '\0';
}

static void take_parameters(Context *c, const char *pattern, const char *path, Entered *entered) {
  while (*pattern != '\0') {
    pattern++, path++;
    size_t wanted = part_length(pattern), given = part_length(path);
    Open open = open_part(pattern, wanted);
    if (open.name > 0) {
      char *name = text_copy_n(c->arena, pattern + open.head + 1, open.name);
      name[strcspn(name, ":")] = '\0';
      entered_add(c, entered, name, path + open.head, given - open.head - open.tail);
    }
    pattern += wanted;
    path += given;
  }
}

Found route_find(Context *c, const char *method, const char *path, Entered *entered) {
  Found found = {0};
  size_t parts = count_parts(path);
  if (path[0] != '/' || parts > PARTS_MAX) return found;
  const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;
  uint32_t hashes[PARTS_MAX] = {0};
  hash_parts(path, hashes);
  Text allow = {0};
  for (size_t i = group_start[parts]; i < group_start[parts + 1]; i++) {
    const Route *route = &ROUTES[order[i]];
    if (fixed[i].part < PARTS_MAX && hashes[fixed[i].part] != fixed[i].hash) continue;
    if (!path_matches(route->path, path)) continue;
    if (strcmp(route->method, wanted) == 0) {
      take_parameters(c, route->path, path, entered);
      found.route = route;
      return found;
    }
    if (allow.data == NULL) text_init(&allow, c->arena);
    text_add_format(&allow, "%s%s", allow.length > 0 ? ", " : "", route->method);
  }
  found.allow = allow.data;
  return found;
}

static int compare_asset(const void *path, const void *asset) {
  return strcmp(path, ((const Asset *)asset)->path);
}

const Asset *asset_find(const char *path) {
  return bsearch(path, ASSETS, ASSET_COUNT, sizeof *ASSETS, compare_asset);
}

const char *asset_address(const char *path) {
  const Asset *asset = asset_find(path);
  return asset == NULL ? path : asset->address;
}
