// SPDX-License-Identifier: Apache-2.0
#include "exchange/sources.h"

#include "exchange/table.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 1000, SMALL_FILE = 1 << 20 };

static void close_file(const int *fd) {
  if (*fd >= 0) close(*fd);
}

static void close_folder(DIR **folder) {
  if (*folder != NULL) closedir(*folder);
}

static const char *last_part(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

bool source_can_be_imported(const char *name) {
  static const char *const endings[] = {".csv", ".tsv", ".txt", ".md", ".markdown"};
  const char *dot = strrchr(name, '.');
  for (size_t i = 0; dot != NULL && i < COUNT_OF(endings); i++)
    if (text_equal_fold(dot, endings[i])) return name[0] != '.';
  return false;
}

// Reads up to `most` bytes; NULL when the file cannot be read or is larger.
static char *read_bytes(Arena *arena, const char *path, size_t most, size_t *length,
                        const char **problem) {
  int fd __attribute__((cleanup(close_file))) = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat about;
  if (fd < 0 || fstat(fd, &about) != 0) {
    *problem = text_format(arena, _("it cannot be opened: %s"), strerror(errno));
    return NULL;
  }
  if (!S_ISREG(about.st_mode)) {
    *problem = _("it is not a file");
    return NULL;
  }
  if (about.st_size < 0 || (size_t)about.st_size > most) {
    *problem = _("it is too large; split it");
    return NULL;
  }
  size_t size = (size_t)about.st_size;
  char *bytes = arena_alloc(arena, size + 1);
  for (*length = 0; *length < size;) {
    ssize_t got = read(fd, bytes + *length, size - *length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      *problem = text_format(arena, _("it cannot be read: %s"), strerror(errno));
      return NULL;
    }
    if (got == 0) break;
    *length += (size_t)got;
  }
  return bytes;
}

static void add_file(Context *c, const char *path, ImportSources *out) {
  ImportSource *source = list_add(c->arena, out);
  source->name = text_copy(c->arena, last_part(path));
  if (!text_is_utf8(source->name, strlen(source->name))) source->name = _("(unreadable name)");
  source->bytes = read_bytes(c->arena, path, TABLE_MAX_BYTES, &source->length, &source->problem);
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_left_out(Context *c, const char *name, ImportSources *out) {
  ImportSource *source = list_add(c->arena, out);
  source->name = text_is_utf8(name, strlen(name)) ? name : _("(unreadable name)");
  source->problem = _("by its name neither CSV nor Markdown: left out");
}

typedef LIST_OF(const char *) Names;

// The files of a folder, sorted; hidden ones and folders inside it are left aside.
static bool list_folder(Context *c, const char *path, Names *names, size_t *wanted) {
  DIR *folder __attribute__((cleanup(close_folder))) = opendir(path);
  if (folder == NULL) return invalid(c, "path", _("%s cannot be opened."), path);
  for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.' || entry->d_type == DT_DIR) continue;
    *list_add(c->arena, names) = text_copy(c->arena, entry->d_name);
    *wanted += source_can_be_imported(entry->d_name);
  }
  list_sort(names, by_name);
  return true;
}

static bool add_folder(Context *c, const char *path, ImportSources *out) {
  Names names = {0};
  size_t wanted = 0;
  if (!list_folder(c, path, &names, &wanted)) return false;
  if (wanted == 0) return invalid(c, "path", _("%s holds no .csv or .md file."), path);
  if (names.count > MOST_FILES)
    return invalid(c, "path", _("%s holds more than 1,000 files; bring them in parts."), path);
  for (size_t i = 0; i < names.count; i++) {
    if (source_can_be_imported(names.items[i]))
      add_file(c, text_format(c->arena, "%s/%s", path, names.items[i]), out);
    else
      add_left_out(c, names.items[i], out);
  }
  return true;
}

bool sources_read(Context *c, const char *path, ImportSources *out) {
  struct stat about;
  if (stat(path, &about) != 0)
    return invalid(c, "path", _("%s is not there: %s."), path, strerror(errno));
  if (S_ISDIR(about.st_mode)) return add_folder(c, path, out);
  add_file(c, path, out);
  return true;
}

const char *text_file_read(Context *c, const char *field, const char *path) {
  size_t length = 0;
  const char *problem = NULL;
  const char *bytes = read_bytes(c->arena, path, SMALL_FILE, &length, &problem);
  if (bytes != NULL && !text_is_utf8(bytes, length)) problem = _("it is not UTF-8 text");
  if (problem == NULL) return bytes;
  invalid(c, field, "%s: %s.", path, problem);
  return NULL;
}
