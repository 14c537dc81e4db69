// SPDX-License-Identifier: Apache-2.0
#include "ledger/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/db.h"
#include "ledger/canonical.h"
#include "ledger/evidence.sql.h"
#include "ledger/sniff.h"

enum { COPY_BYTES = 128 * 1024, NAME_MAX_BYTES = 255 };

// A full or read-only disk is not our fault and passes: say it plainly, change nothing.
static bool disk_trouble(Context *c, const char *path) {
  int problem = errno;
  log_line(LOG_LEVEL_ERROR, "evidence_store", "path=%s error=\"%s\"", path, strerror(problem));
  return fail_with(
      c, ERROR_UNAVAILABLE,
      _("The evidence store cannot be written (%s). Nothing was changed; try again when "
        "the disk is well."),
      strerror(problem));
}

const char *store_folder(const Db *db, Arena *arena) {
  const char *set = getenv("DAYBOOK_EVIDENCE");
  if (!text_is_empty(set)) return text_copy(arena, set);
  const char *file = db_path(db);
  return file ? text_format(arena, "%s-evidence", file) : NULL;
}

static const char *store_root(Context *c) {
  const char *folder = store_folder(c->db, c->arena);
  if (!folder)
    fail_with(c, ERROR_UNAVAILABLE,
              _("Say where evidence files are kept: set DAYBOOK_EVIDENCE to a folder."));
  return folder;
}

const char *store_path(Context *c, const char *sha256) {
  const char *folder = store_root(c);
  if (!folder) return NULL;
  return text_format(c->arena, "%s/%" PRId64 "/%.2s/%s", folder, c->org, sha256, sha256);
}

bool folder_sync(Context *c, const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return disk_trouble(c, path);
  bool good = fsync(fd) == 0 || disk_trouble(c, path);
  close(fd);
  return good;
}

static const char *parent_of(Arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return ".";
  return slash == path ? "/" : text_copy_n(arena, path, (size_t)(slash - path));
}

bool folder_ensure(Context *c, const char *path) {
  if (access(path, F_OK) == 0) return true;
  if (errno != ENOENT) return disk_trouble(c, path);
  const char *parent = parent_of(c->arena, path);
  if (!text_equal(parent, path) && !folder_ensure(c, parent)) return false;
  if (mkdir(path, 0700) != 0 && errno != EEXIST) return disk_trouble(c, path);
  return folder_sync(c, parent);
}

const char *store_incoming(Context *c) {
  const char *folder = store_root(c);
  if (!folder) return NULL;
  const char *incoming = text_format(c->arena, "%s/incoming", folder);
  return folder_ensure(c, incoming) ? incoming : NULL;
}

struct Receiving {
  char *path;
  const char *name;
  int fd;
  int64_t size;
  Digest *digest;
  uint8_t first[SNIFF_BYTES];
  size_t first_length;
  bool ended;
};

// The last part of the path the sender gave, shortened to what a file system takes.
static const char *own_name(Arena *arena, const char *name) {
  const char *last = name;
  for (const char *p = name; *p; p++)
    if (*p == '/' || *p == '\\') last = p + 1;
  size_t length = strlen(last);
  if (length > NAME_MAX_BYTES) length = NAME_MAX_BYTES;
  while (length && !text_is_utf8(last, length)) length--;
  if (!length) return "file";
  char *own = text_copy_n(arena, last, length);
  for (char *p = own; *p; p++) // a name is printed on terminals, too
    if ((unsigned char)*p < 0x20 || *p == 0x7f) *p = '_';
  return own;
}

Receiving *store_receive(Context *c, const char *name) {
  const char *incoming = store_incoming(c);
  if (!incoming) return NULL;
  Receiving *file = arena_new(c->arena, Receiving);
  file->path = text_format(c->arena, "%s/arriving-XXXXXX", incoming);
  file->name = own_name(c->arena, name);
  file->fd = mkostemp(file->path, O_CLOEXEC);
  if (file->fd < 0) {
    disk_trouble(c, incoming);
    return NULL;
  }
  file->digest = digest_create();
  if (!file->digest) {
    store_receive_drop(file);
    failure(c, "no memory for a digest");
    return NULL;
  }
  digest_begin(file->digest);
  return file;
}

static bool write_all(int fd, const char *bytes, size_t length) {
  while (length) {
    ssize_t written = write(fd, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    length -= (size_t)written;
  }
  return true;
}

bool store_receive_add(Context *c, Receiving *file, const void *bytes, size_t length) {
  if (!write_all(file->fd, bytes, length)) return disk_trouble(c, file->path);
  digest_add(file->digest, bytes, length);
  size_t room = SNIFF_BYTES - file->first_length;
  size_t take = length < room ? length : room;
  memcpy(file->first + file->first_length, bytes, take);
  file->first_length += take;
  file->size += (int64_t)length;
  return true;
}

bool store_receive_end(Context *c, Receiving *file, Upload *out) {
  *out = (Upload){.name = file->name,
                  .path = file->path,
                  .size = file->size,
                  .media_type = sniff_media_type(file->first, file->first_length)};
  digest_end(file->digest, out->sha256);
  bool good = close(file->fd) == 0 || disk_trouble(c, file->path);
  file->fd = -1;
  file->ended = good;
  store_receive_drop(file);
  return good;
}

void store_receive_drop(Receiving *file) {
  if (!file) return;
  if (file->fd >= 0) close(file->fd);
  file->fd = -1;
  digest_destroy(file->digest);
  file->digest = NULL;
  if (!file->ended) unlink(file->path);
}

static bool receive_rest(Context *c, Receiving *file, int fd, char *buffer) {
  for (;;) {
    ssize_t got = read(fd, buffer, COPY_BYTES);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return fail_with(c, ERROR_INVALID, _("%s cannot be read: %s"), file->name, strerror(errno));
    if (got == 0) return true;
    if (!store_receive_add(c, file, buffer, (size_t)got)) return false;
  }
}

bool store_receive_fd(Context *c, int fd, const char *name, Upload *out) {
  Receiving *file = store_receive(c, name);
  if (!file) return false;
  char *buffer = arena_alloc(c->arena, COPY_BYTES);
  if (receive_rest(c, file, fd, buffer)) return store_receive_end(c, file, out);
  store_receive_drop(file);
  return false;
}

void store_drop(const Upload *file) {
  if (file && file->path) unlink(file->path);
}

static bool file_sync(Context *c, const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return disk_trouble(c, path);
  bool good = fsync(fd) == 0 || disk_trouble(c, path);
  close(fd);
  return good;
}

// An upload that waits on another file system is copied beside the store first.
static bool rename_across(Context *c, const char *from, const char *to) {
  int fd = open(from, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return disk_trouble(c, from);
  Upload copy;
  bool good = store_receive_fd(c, fd, "copy", &copy) && file_sync(c, copy.path);
  close(fd);
  if (!good) return false;
  if (rename(copy.path, to) == 0) return unlink(from) == 0 || true;
  disk_trouble(c, to);
  store_drop(&copy);
  return false;
}

bool store_keep(Context *c, const Upload *file) {
  char sha256[DIGEST_HEX];
  hex_text(sha256, file->sha256, DIGEST_BYTES);
  const char *path = store_path(c, sha256);
  if (!path) return false;
  const char *folder = parent_of(c->arena, path);
  if (!file_sync(c, file->path) || !folder_ensure(c, folder)) return false;
  // Also over a file that is already there: the content is the same, and one that was damaged
  // is mended.
  if (rename(file->path, path) != 0) {
    if (errno != EXDEV) return disk_trouble(c, path);
    if (!rename_across(c, file->path, path)) return false;
  }
  return folder_sync(c, folder);
}

static bool is_old(const char *path, int64_t seconds) {
  struct stat st;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now); // the disk's clock, not the simulated one
  return stat(path, &st) == 0 && S_ISREG(st.st_mode) && now.tv_sec - st.st_ctime >= seconds;
}

// Calls `unwanted` for each entry of a folder that is older than `seconds`; counts what was
// removed.
static void sweep(Context *c, const char *folder, int64_t seconds,
                  bool (*unwanted)(Context *c, const char *name), int64_t *removed) {
  DIR *dir = opendir(folder);
  if (!dir) return;
  for (struct dirent *entry; (entry = readdir(dir)) && context_ok(c);) {
    if (entry->d_name[0] == '.') continue;
    const char *path = text_format(c->arena, "%s/%s", folder, entry->d_name);
    if (is_old(path, seconds) && unwanted(c, entry->d_name) && unlink(path) == 0) (*removed)++;
  }
  closedir(dir);
}

static bool always(Context *c, const char *name) {
  (void)c;
  return name[0] != '\0';
}

static bool is_nobodys(Context *c, const char *name) {
  SqlEvidenceNamedRow row;
  uint8_t sha256[DIGEST_BYTES];
  if (!hex_bytes(name, sha256, sizeof sha256)) return false; // not ours: leave it
  return !sql_evidence_named(c, (SqlEvidenceNamed){.sha256 = name}, &row) && context_ok(c);
}

bool store_clean(Context *c, int64_t seconds, int64_t *removed) {
  *removed = 0;
  const char *folder = store_root(c);
  if (!folder) return false;
  sweep(c, text_format(c->arena, "%s/incoming", folder), seconds, always, removed);
  for (unsigned i = 0; i < 256 && c->org; i++)
    sweep(c, text_format(c->arena, "%s/%" PRId64 "/%02x", folder, c->org, i), seconds, is_nobodys,
          removed);
  return context_ok(c);
}
