// SPDX-License-Identifier: Apache-2.0
#include "worker/outline.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool line_is(const char *line, size_t length, const char *word) {
  size_t n = strlen(word);
  return length >= n && strncasecmp(line, word, n) == 0;
}

const char *outline_check(const char *bytes, size_t length, OutlineLimits limits) {
  int depth = 0;
  size_t unfolded = 0, parts = 0, lines = 0;
  for (const char *line = bytes, *end = bytes + length; line < end; lines++) {
    const char *stop = memchr(line, '\n', (size_t)(end - line));
    size_t size = (size_t)((stop != NULL ? stop : end) - line);
    bool folded = size > 0 && (line[0] == ' ' || line[0] == '\t');
    unfolded = folded ? unfolded + size : size;
    if (unfolded > limits.line) return "A line is too long.";
    if (line_is(line, size, "BEGIN:")) {
      parts++;
      if (++depth > limits.depth) return "It is nested too deeply.";
    } else if (line_is(line, size, "END:") && --depth < 0) {
      return "An END stands without its BEGIN.";
    }
    line += size + 1;
  }
  if (parts == 0) return "It is no iCalendar file.";
  if (lines > limits.lines) return "It holds too much.";
  return parts > limits.parts ? "It holds too many events." : NULL;
}
