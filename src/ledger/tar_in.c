// SPDX-License-Identifier: Apache-2.0
#include "ledger/libarchive.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/tar.h"

enum { PIECE = 1 << 20, NAME_MOST = 255, SIGNATURE_MOST = 256 };

struct TarIn {
  Context *c;
  Report *report;
  struct archive *archive;
  Digest *digest, *list_digest;
  char name[NAME_MOST + 1], *buffer;
  int64_t size;
  bool open, broken, at_manifest;
  char sha256[DIGEST_HEX], signed_by[DIGEST_HEX];
};

TarIn *tar_open(Context *c, const char *path, Report *report) {
  TarIn *tar = arena_new(c->arena, TarIn);
  *tar = (TarIn){.c = c,
                 .report = report,
                 .archive = archive_read_new(),
                 .digest = digest_create(),
                 .list_digest = digest_create(),
                 .buffer = malloc(PIECE)};
  if (!tar->archive || !tar->digest || !tar->list_digest || !tar->buffer) abort();
  archive_read_support_format_tar(tar->archive);
  digest_begin(tar->list_digest);
  if (archive_read_open_filename(tar->archive, path, 65536) == ARCHIVE_OK) return tar;
  fail_with(c, ERROR_INVALID, _("%s cannot be read: %s"), path, archive_error_string(tar->archive));
  tar_close(tar);
  return NULL;
}

void tar_close(TarIn *tar) {
  if (!tar) return;
  archive_read_free(tar->archive);
  digest_destroy(tar->digest);
  digest_destroy(tar->list_digest);
  free(tar->buffer);
}

static bool broken(TarIn *tar, const char *what) {
  if (!tar->broken) report_problem(tar->report, "", 0, NULL, NULL, "%s", what);
  tar->broken = true;
  return false;
}

// The list names each member as it was read to its end.
static void member_done(TarIn *tar) {
  char line[NAME_MOST + DIGEST_HEX + 32];
  digest_end_hex(tar->digest, tar->sha256);
  int length =
      snprintf(line, sizeof line, "%s %" PRId64 " %s\n", tar->sha256, tar->size, tar->name);
  digest_add(tar->list_digest, line, (size_t)length);
  tar->open = false;
}

size_t tar_read(TarIn *tar, const char **bytes) {
  *bytes = tar->buffer;
  if (!tar->open || tar->broken) return 0;
  la_ssize_t got = archive_read_data(tar->archive, tar->buffer, PIECE);
  if (got > 0) {
    digest_add(tar->digest, tar->buffer, (size_t)got);
    return (size_t)got;
  }
  if (got < 0)
    broken(tar, _("the file breaks off: it was cut short or damaged"));
  else
    member_done(tar);
  return 0;
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

bool tar_rest(TarIn *tar, int fd, char sha256[DIGEST_HEX]) {
  const char *bytes;
  for (size_t got; (got = tar_read(tar, &bytes)) > 0;)
    if (fd >= 0 && !write_all(fd, bytes, got))
      return fail_with(tar->c, ERROR_UNAVAILABLE, _("There is no room to unpack (%s)."),
                       strerror(errno));
  if (tar->broken) return false;
  memcpy(sha256, tar->sha256, DIGEST_HEX);
  return true;
}

static bool header(TarIn *tar) {
  struct archive_entry *entry;
  int result = archive_read_next_header(tar->archive, &entry);
  if (result == ARCHIVE_EOF)
    return broken(tar, _("the file ends before its list of contents: it was "
                         "cut short"));
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
    return broken(tar, _("the file breaks off: it was cut short or damaged"));
  const char *name = archive_entry_pathname(entry);
  bool good = name && strlen(name) <= NAME_MOST && archive_entry_filetype(entry) == AE_IFREG &&
              archive_entry_size_is_set(entry) && !strchr(name, '\n');
  if (!good) return broken(tar, _("the file holds a member Daybook never writes"));
  snprintf(tar->name, sizeof tar->name, "%s", name);
  tar->size = archive_entry_size(entry);
  digest_begin(tar->digest);
  tar->open = true;
  return true;
}

bool tar_next(TarIn *tar, TarMember *member) {
  char sha256[DIGEST_HEX];
  if (tar->at_manifest || tar->broken) return false;
  if (tar->open && !tar_rest(tar, -1, sha256)) return false;
  if (!header(tar)) return false;
  tar->at_manifest = text_equal(tar->name, "MANIFEST");
  *member = (TarMember){.name = tar->name, .size = tar->size};
  return !tar->at_manifest;
}

static bool read_signature(TarIn *tar, char text[SIGNATURE_MOST]) {
  const char *bytes;
  if (!header(tar) || !text_equal(tar->name, "MANIFEST.sig") || tar->size >= SIGNATURE_MOST)
    return false;
  size_t got = tar_read(tar, &bytes);
  memcpy(text, bytes, got);
  text[got] = '\0';
  return got == DIGEST_HEX + SIGNATURE_HEX && text[DIGEST_HEX - 1] == ' ' && text[got - 1] == '\n';
}

void tar_check_manifest(TarIn *tar) {
  char computed[DIGEST_HEX], found[DIGEST_HEX], message[160], text[SIGNATURE_MOST];
  if (tar->broken || !tar->at_manifest) return;
  digest_end_hex(tar->list_digest, computed);
  digest_begin(tar->list_digest); // the list itself is not listed
  if (!tar_rest(tar, -1, found)) return;
  if (!text_equal(computed, found))
    report_problem(tar->report, "", 0, NULL, NULL,
                   _("the list of contents does not fit: a file was changed, added or removed"));
  if (!read_signature(tar, text)) {
    broken(tar, _("the signature of the list of contents is missing: the file was cut short"));
    return;
  }
  text[DIGEST_HEX - 1] = text[DIGEST_HEX + SIGNATURE_HEX - 1] = '\0';
  int length = snprintf(message, sizeof message, "18:daybook manifest 1,64:%s,", found);
  if (!key_verify_bytes(text, message, (size_t)length, text + DIGEST_HEX))
    report_problem(tar->report, "", 0, NULL, NULL,
                   _("the signature of the list of contents does not fit"));
  memcpy(tar->signed_by, text, DIGEST_HEX);
}

const char *tar_signed_by(const TarIn *tar) {
  return tar->signed_by;
}
