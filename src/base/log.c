// SPDX-License-Identifier: Apache-2.0
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static LogLevel least_level(void) {
  static const char *const names[] = {"debug", "info", "warn", "error"};
  const char *asked = getenv("DAYBOOK_LOG");
  for (size_t i = 0; asked != NULL && i < COUNT_OF(names); i++)
    if (strcmp(asked, names[i]) == 0) return (LogLevel)i;
  return LOG_LEVEL_INFO;
}

// A line stays a line: whatever the values hold, nobody can forge a second one.
static void flatten(char *line, size_t length) {
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F) line[i] = ' ';
}

void log_line(LogLevel level, const char *event, const char *format, ...) {
  static const char *const names[] = {"debug", "info", "warn", "error"};
  if (level < least_level()) return;
  char line[2048];
  struct timespec now;
  struct tm utc;
  clock_gettime(CLOCK_REALTIME,
                &now); // when it was logged, even while Daybook's clock is simulated
  gmtime_r(&now.tv_sec, &utc);
  size_t length = strftime(line, sizeof line, "time=%Y-%m-%dT%H:%M:%S", &utc);
  length += (size_t)snprintf(line + length, sizeof line - length, ".%03ldZ level=%s event=%s ",
                             now.tv_nsec / 1000000, names[level], event);
  if (length < sizeof line) {
    va_list arguments;
    va_start(arguments, format);
    int added = vsnprintf(line + length, sizeof line - length, format, arguments);
    va_end(arguments);
    length += added > 0 ? (size_t)added : 0;
  }
  if (length > sizeof line - 2) length = sizeof line - 2;
  flatten(line, length);
  line[length++] = '\n';
  if (write(STDERR_FILENO, line, length) < 0) return; // nobody to tell
}
