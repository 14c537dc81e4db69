// SPDX-License-Identifier: Apache-2.0
#include "ledger/libarchive.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/tar.h"

enum { PIECE = 1 << 20 };

struct TarOut {
  Context *c;
  struct archive *archive;
  char *aside; // NULL once it has its name
  const char *path;
  FILE *list; // the MANIFEST as it grows
  Digest *digest, *list_digest;
  char *buffer;
  int64_t files;
};

static bool trouble(TarOut *tar, int problem) {
  return fail_with(tar->c, ERROR_UNAVAILABLE,
                   _("%s cannot be written (%s). Nothing was left behind."), tar->path,
                   problem ? strerror(problem) : archive_error_string(tar->archive));
}

TarOut *tar_create(Context *c, const char *path) {
  TarOut *tar = arena_new(c->arena, TarOut);
  tar->c = c;
  tar->path = path;
  tar->aside = text_format(c->arena, "%s.XXXXXX", path);
  tar->digest = digest_create();
  tar->list_digest = digest_create();
  tar->buffer = malloc(PIECE);
  tar->list = tmpfile();
  tar->archive = archive_write_new();
  if (!tar->digest || !tar->list_digest || !tar->buffer || !tar->archive) abort();
  int fd = mkostemp(tar->aside, O_CLOEXEC);
  int problem = errno;
  if (fd < 0) tar->aside = NULL;
  bool good = fd >= 0 && tar->list;
  archive_write_set_format_pax_restricted(tar->archive);
  archive_write_set_bytes_per_block(tar->archive, 65536);
  if (!good || archive_write_open_fd(tar->archive, fd) != ARCHIVE_OK) {
    trouble(tar, problem);
    tar_drop(tar);
    return NULL;
  }
  digest_begin(tar->list_digest);
  return tar;
}

static bool header(TarOut *tar, const char *name, int64_t size) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0600);
  archive_entry_set_size(entry, size);
  archive_entry_set_mtime(entry, tar->c->now.us / 1000000, 0);
  bool good = archive_write_header(tar->archive, entry) == ARCHIVE_OK;
  archive_entry_free(entry);
  return good || trouble(tar, 0);
}

static bool data(TarOut *tar, const char *bytes, size_t length) {
  return archive_write_data(tar->archive, bytes, length) == (la_ssize_t)length || trouble(tar, 0);
}

static bool list(TarOut *tar, const char *name, int64_t size, const char *sha256) {
  const char *line = text_format(tar->c->arena, "%s %" PRId64 " %s\n", sha256, size, name);
  digest_add(tar->list_digest, line, strlen(line));
  tar->files++;
  return fputs(line, tar->list) >= 0 || trouble(tar, errno);
}

bool tar_add_bytes(TarOut *tar, const char *name, const char *bytes, size_t length) {
  char sha256[DIGEST_HEX];
  digest_begin(tar->digest);
  digest_add(tar->digest, bytes, length);
  digest_end_hex(tar->digest, sha256);
  return header(tar, name, (int64_t)length) && data(tar, bytes, length) &&
         list(tar, name, (int64_t)length, sha256);
}

// Copies exactly `size` bytes, hashing them; a file that shrinks meanwhile is an error.
static bool copy_file(TarOut *tar, int fd, int64_t size) {
  while (size > 0) {
    ssize_t got = read(fd, tar->buffer, size < PIECE ? (size_t)size : PIECE);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    digest_add(tar->digest, tar->buffer, (size_t)got);
    if (!data(tar, tar->buffer, (size_t)got)) return false;
    size -= got;
  }
  return true;
}

static bool unfit(TarOut *tar, const char *path, const char *why) {
  if (!context_ok(tar->c)) return false;
  return fail_with(tar->c, ERROR_FAILURE,
                   _("%s %s. Nothing was written; `daybook verify` says more."), path, why);
}

bool tar_add_file(TarOut *tar, const char *name, const char *path, const char *sha256) {
  struct stat st;
  char found[DIGEST_HEX] = "";
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return unfit(tar, path, _("is missing or cannot be read"));
  bool good = fstat(fd, &st) == 0 && header(tar, name, st.st_size);
  digest_begin(tar->digest);
  good = good && copy_file(tar, fd, st.st_size);
  if (good) digest_end_hex(tar->digest, found);
  close(fd);
  if (!good) return unfit(tar, path, _("cannot be read to its end"));
  if (sha256 && !text_equal(sha256, found))
    return unfit(tar, path, _("is damaged: its content is not what was recorded"));
  return list(tar, name, st.st_size, found);
}

static bool add_list(TarOut *tar) {
  long length = ftell(tar->list);
  if (length < 0 || !header(tar, "MANIFEST", length)) return false;
  rewind(tar->list);
  for (size_t got; (got = fread(tar->buffer, 1, PIECE, tar->list)) > 0;)
    if (!data(tar, tar->buffer, got)) return false;
  return true;
}

static bool add_signature(TarOut *tar, const SigningKey *key) {
  char sha256[DIGEST_HEX], signature[SIGNATURE_HEX], message[160];
  digest_end_hex(tar->list_digest, sha256);
  int length = snprintf(message, sizeof message, "18:daybook manifest 1,64:%s,", sha256);
  key_sign_bytes(key, message, (size_t)length, signature);
  const char *text = text_format(tar->c->arena, "%s %s\n", key->public_hex, signature);
  return header(tar, "MANIFEST.sig", (int64_t)strlen(text)) && data(tar, text, strlen(text));
}

static bool settle(TarOut *tar) {
  if (archive_write_close(tar->archive) != ARCHIVE_OK) return trouble(tar, 0);
  int fd = open(tar->aside, O_RDONLY | O_CLOEXEC);
  bool good = fd >= 0 && fsync(fd) == 0 && rename(tar->aside, tar->path) == 0;
  int problem = errno;
  if (fd >= 0) close(fd);
  if (!good) return trouble(tar, problem);
  tar->aside = NULL;
  return true;
}

bool tar_finish(TarOut *tar, const SigningKey *key) {
  bool good = context_ok(tar->c) && add_list(tar) && add_signature(tar, key) && settle(tar);
  tar_drop(tar);
  return good;
}

void tar_drop(TarOut *tar) {
  if (!tar || !tar->archive) return;
  archive_write_free(tar->archive);
  tar->archive = NULL;
  if (tar->aside) unlink(tar->aside);
  if (tar->list) fclose(tar->list);
  digest_destroy(tar->digest);
  digest_destroy(tar->list_digest);
  free(tar->buffer);
}
