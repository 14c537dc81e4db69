// SPDX-License-Identifier: Apache-2.0
#include "worker/frames.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINE = 1 << 20, MOST_BYTES = 64 << 20 };

static struct {
  char bytes[65536];
  size_t from, until;
} held; // one conversation to a process

static bool fill(void) {
  ssize_t got;
  do got = read(STDIN_FILENO, held.bytes, sizeof held.bytes);
  while (got < 0 && errno == EINTR);
  held.from = 0;
  held.until = got > 0 ? (size_t)got : 0;
  return got > 0;
}

json_t *frames_line(Arena *arena) {
  Text line;
  text_init(&line, arena);
  for (;;) {
    size_t left = held.until - held.from;
    const char *start = held.bytes + held.from;
    const char *end = left == 0 ? NULL : memchr(start, '\n', left);
    size_t part = end == NULL ? left : (size_t)(end - start);
    text_add_n(&line, start, part);
    held.from += part + (end != NULL);
    if (end != NULL) return json_loadb(line.data, line.length, 0, NULL);
    if (line.length > MOST_LINE || !fill()) return NULL;
  }
}

bool frames_bytes(Arena *arena, size_t length, Text *out) {
  text_init(out, arena);
  if (length > MOST_BYTES) return false;
  while (length > 0) {
    size_t left = held.until - held.from, part = left < length ? left : length;
    text_add_n(out, held.bytes + held.from, part);
    held.from += part;
    length -= part;
    if (length > 0 && !fill()) return false;
  }
  return true;
}

bool frames_write(const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = write(STDOUT_FILENO, bytes, length);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    bytes += done;
    length -= (size_t)done;
  }
  return true;
}

bool frames_answer(json_t *line, const char *bytes, size_t size) {
  char *text = line == NULL ? NULL : json_dumps(line, JSON_COMPACT);
  bool done = text != NULL && frames_write(text, strlen(text)) && frames_write("\n", 1) &&
              frames_write(bytes, size);
  free(text);
  json_decref(line);
  return done;
}

// What was read ahead is kept; what was handed out is not.
void frames_forget(void) {
  size_t left = held.until - held.from;
  memmove(held.bytes, held.bytes + held.from, left);
  explicit_bzero(held.bytes + left, sizeof held.bytes - left);
  held.from = 0;
  held.until = left;
}

const char *frames_text(const json_t *line, const char *name) {
  const char *text = json_string_value(json_object_get(line, name));
  return text == NULL ? "" : text;
}
