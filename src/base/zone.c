// SPDX-License-Identifier: Apache-2.0
// Time zones from the system's TZif files (RFC 8536). Our own reader, because the C library's zone
// belongs to the whole process and libical's database costs 6 MB of memory.
#include "base/zone_rule.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER = 44, LARGEST_FILE = 1024 * 1024 };

typedef struct ZoneType {
  int32_t offset;
  const char *abbreviation;
} ZoneType;

struct Zone {
  const Zone *next;
  char *name;
  unsigned char *file;  // abbreviations and the rule's text live here
  int64_t *times;       // ascending
  unsigned char *kinds; // index into types, one for each time
  size_t time_count;
  ZoneType *types;
  size_t type_count;
  bool has_rule;
  ZoneRule rule; // after the last transition
};

static const ZoneType utc_types[] = {{0, "UTC"}};
static const Zone utc = {
    .name = (char *)(uintptr_t) "UTC", .types = (ZoneType *)(uintptr_t)utc_types, .type_count = 1};
static _Atomic(const Zone *) zones = &utc;
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static uint32_t big32(const unsigned char *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t big64(const unsigned char *p) {
  return (int64_t)((uint64_t)big32(p) << 32 | big32(p + 4));
}

typedef struct Header {
  uint32_t utc_flags, standard_flags, leaps, times, types, characters;
} Header;

static bool read_header(const unsigned char *file, size_t size, size_t at, Header *out) {
  if (size < at || size - at < HEADER || memcmp(file + at, "TZif", 4) != 0) return false;
  const unsigned char *p = file + at + 20;
  *out =
      (Header){big32(p), big32(p + 4), big32(p + 8), big32(p + 12), big32(p + 16), big32(p + 20)};
  return out->times <= 10000 && out->types >= 1 && out->types <= 256 && out->characters >= 1 &&
         out->characters <= 4096 && out->leaps <= 1000 && out->utc_flags <= 256 &&
         out->standard_flags <= 256;
}

static size_t body_size(const Header *h, size_t time_size) {
  return h->times * (time_size + 1) + h->types * 6 + h->characters + h->leaps * (time_size + 4) +
         h->standard_flags + h->utc_flags;
}

static bool read_types(Zone *zone, const unsigned char *p, const Header *h) {
  const unsigned char *names = p + h->types * 6;
  zone->types = calloc(h->types, sizeof *zone->types);
  zone->type_count = h->types;
  if (zone->types == NULL || names[h->characters - 1] != '\0') return false;
  for (size_t i = 0; i < h->types; i++) {
    if (p[i * 6 + 5] >= h->characters) return false;
    zone->types[i].offset = (int32_t)big32(p + i * 6);
    zone->types[i].abbreviation = (const char *)names + p[i * 6 + 5];
  }
  return true;
}

static bool read_times(Zone *zone, const unsigned char *p, const Header *h) {
  zone->times = calloc(h->times + 1, sizeof *zone->times);
  zone->kinds = calloc(h->times + 1, 1);
  zone->time_count = h->times;
  if (zone->times == NULL || zone->kinds == NULL) return false;
  for (size_t i = 0; i < h->times; i++) {
    zone->times[i] = big64(p + i * 8);
    zone->kinds[i] = p[h->times * 8 + i];
    if (zone->kinds[i] >= h->types || (i > 0 && zone->times[i] <= zone->times[i - 1])) return false;
  }
  return true;
}

// The footer: a newline, a POSIX TZ string, a newline. An empty one says nothing of the future.
static bool read_footer(Zone *zone, size_t at, size_t size) {
  if (at >= size || zone->file[at] != '\n') return false;
  unsigned char *end = memchr(zone->file + at + 1, '\n', size - at - 1);
  if (end == NULL) return false;
  *end = '\0';
  const char *text = (const char *)zone->file + at + 1;
  zone->has_rule = *text != '\0';
  return !zone->has_rule || zone_rule_parse(text, &zone->rule);
}

static bool read_zone(Zone *zone, size_t size) {
  Header first, h;
  if (!read_header(zone->file, size, 0, &first) || zone->file[4] < '2') return false;
  size_t second = HEADER + body_size(&first, 4);
  if (!read_header(zone->file, size, second, &h)) return false;
  size_t body = second + HEADER, length = body_size(&h, 8);
  if (size - body < length) return false;
  const unsigned char *p = zone->file + body;
  return read_times(zone, p, &h) && read_types(zone, p + h.times * 9, &h) &&
         read_footer(zone, body + length, size);
}

static void zone_destroy(Zone *zone) {
  free(zone->types);
  free(zone->times);
  free(zone->kinds);
  free(zone->file);
  free(zone->name);
  free(zone);
}

static bool name_is_safe(const char *name) {
  if (name == NULL || *name == '\0' || *name == '/' || strlen(name) > 64) return false;
  for (const char *p = name; *p != '\0'; p++) {
    bool letter = (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
    if (!letter && strchr("_+-/", *p) == NULL) return false;
  }
  return true;
}

static unsigned char *read_file(const char *name, size_t *size) {
  char path[256];
  const char *folder = getenv("TZDIR");
  snprintf(path, sizeof path, "%s/%s", folder != NULL ? folder : "/usr/share/zoneinfo", name);
  FILE *stream = fopen(path, "rbe");
  if (stream == NULL) return NULL;
  unsigned char *bytes = malloc(LARGEST_FILE);
  *size = bytes == NULL ? 0 : fread(bytes, 1, LARGEST_FILE, stream);
  fclose(stream);
  unsigned char *kept = bytes == NULL || *size == 0 ? NULL : realloc(bytes, *size);
  if (kept == NULL) free(bytes);
  return kept;
}

static Zone *zone_load(const char *name) {
  Zone *zone = calloc(1, sizeof *zone);
  if (zone == NULL) return NULL;
  size_t size = 0;
  zone->file = read_file(name, &size);
  zone->name = strdup(name);
  if (zone->file == NULL || zone->name == NULL || !read_zone(zone, size)) {
    zone_destroy(zone);
    return NULL;
  }
  return zone;
}

static const Zone *loaded(const char *name) {
  for (const Zone *zone = atomic_load(&zones); zone != NULL; zone = zone->next)
    if (strcmp(zone->name, name) == 0) return zone;
  return NULL;
}

const Zone *zone_find(const char *name) {
  if (!name_is_safe(name)) return NULL;
  const Zone *found = loaded(name);
  if (found != NULL) return found;
  pthread_mutex_lock(&loading);
  found = loaded(name);
  if (found == NULL) {
    Zone *fresh = zone_load(name);
    if (fresh != NULL) {
      fresh->next = atomic_load(&zones);
      atomic_store(&zones, fresh);
    }
    found = fresh;
  }
  pthread_mutex_unlock(&loading);
  return found;
}

const char *zone_name(const Zone *zone) {
  return zone->name;
}

static int64_t seconds_of(Instant at) {
  return at.us / 1000000 - (at.us % 1000000 < 0);
}

static int32_t offset_at(const Zone *zone, int64_t t, const char **abbreviation) {
  size_t low = 0, high = zone->time_count; // the first transition after t
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (zone->times[middle] <= t)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == zone->time_count && zone->has_rule)
    return zone_rule_offset(&zone->rule, t, abbreviation);
  const ZoneType *type = &zone->types[low == 0 ? 0 : zone->kinds[low - 1]];
  if (abbreviation != NULL) *abbreviation = type->abbreviation;
  return type->offset;
}

int32_t zone_offset(const Zone *zone, Instant at, const char **abbreviation) {
  return offset_at(zone, seconds_of(at), abbreviation);
}

Date zone_date(const Zone *zone, Instant at, int32_t *second_of_day) {
  int64_t t = seconds_of(at);
  int64_t local = t + offset_at(zone, t, NULL);
  int64_t days = local / 86400 - (local % 86400 < 0);
  if (second_of_day != NULL) *second_of_day = (int32_t)(local - days * 86400);
  return (Date){(int32_t)days};
}

Instant zone_instant(const Zone *zone, Date day, int32_t second_of_day) {
  int64_t local = (int64_t)day.days * 86400 + second_of_day;
  int32_t before = offset_at(zone, local - 86400, NULL);
  int32_t after = offset_at(zone, local + 86400, NULL);
  int64_t t = local - before; // in an overlap the first, in a gap forward by its length
  if (offset_at(zone, t, NULL) != before && offset_at(zone, local - after, NULL) == after)
    t = local - after;
  return (Instant){t * 1000000};
}
