// SPDX-License-Identifier: Apache-2.0
#include "ledger/key.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/db.h"

#define KEY_PREFIX "daybook-signing-key-1:"
enum { KEY_TEXT = sizeof KEY_PREFIX - 1 + 2 * crypto_sign_SEEDBYTES + 1 }; // with the newline

// Read once: signing must not cost a file each time. Keys live as long as the process.
typedef struct KnownKey {
  struct KnownKey *next;
  char *path;
  SigningKey *key; // in guarded memory
} KnownKey;
static KnownKey *known_keys;
static pthread_mutex_t known_lock = PTHREAD_MUTEX_INITIALIZER;

const char *key_path(const Db *db, Arena *arena) {
  const char *set = getenv("DAYBOOK_KEY");
  if (!text_is_empty(set)) return text_copy(arena, set);
  const char *file = db_path(db);
  if (file) return text_format(arena, "%s.key", file);
  const char *store = getenv("DAYBOOK_EVIDENCE");
  return text_is_empty(store) ? NULL : text_format(arena, "%s.key", store);
}

static bool key_from_seed(SigningKey *key, const uint8_t *seed) {
  uint8_t public_key[crypto_sign_PUBLICKEYBYTES];
  if (crypto_sign_seed_keypair(public_key, key->secret, seed) != 0) return false;
  hex_text(key->public_hex, public_key, sizeof public_key);
  return true;
}

static bool key_parse(char *text, ssize_t length, SigningKey *key) {
  uint8_t seed[crypto_sign_SEEDBYTES];
  const size_t prefix = sizeof KEY_PREFIX - 1;
  if (length > 0 && text[length - 1] == '\n') text[--length] = '\0';
  bool good = length == KEY_TEXT - 1 && memcmp(text, KEY_PREFIX, prefix) == 0 &&
              hex_bytes(text + prefix, seed, sizeof seed) && key_from_seed(key, seed);
  sodium_memzero(seed, sizeof seed);
  return good;
}

typedef enum KeyFile { KEY_READ, KEY_ABSENT, KEY_BAD } KeyFile;

static KeyFile key_read(Context *c, const char *path, SigningKey *key) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return KEY_ABSENT;
  char text[KEY_TEXT + 2] = {0};
  ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  bool good = length >= 0 && key_parse(text, length, key);
  sodium_memzero(text, sizeof text);
  if (good) return KEY_READ;
  fail_with(c, ERROR_UNAVAILABLE,
            _("The signing key %s cannot be read. Nothing was changed. Put the right file back, or "
              "move it away to start a new key, which the ledger will say."),
            path);
  return KEY_BAD;
}

static bool sync_folder_of(const char *path, Arena *arena) {
  const char *slash = strrchr(path, '/');
  const char *folder = slash ? text_copy_n(arena, path, (size_t)(slash - path) + 1) : ".";
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  bool good = fsync(fd) == 0;
  close(fd);
  return good;
}

static bool write_whole(int fd, const char *text, size_t length) {
  return write(fd, text, length) == (ssize_t)length && fsync(fd) == 0;
}

// Written aside and linked into place, so that two processes starting at once agree on one key and
// a crash leaves none or a whole one.
static bool key_write(Context *c, const char *path) {
  uint8_t seed[crypto_sign_SEEDBYTES];
  char text[KEY_TEXT + 1], *aside = text_format(c->arena, "%s.XXXXXX", path);
  randombytes_buf(seed, sizeof seed);
  memcpy(text, KEY_PREFIX, sizeof KEY_PREFIX - 1);
  hex_text(text + sizeof KEY_PREFIX - 1, seed, sizeof seed);
  text[KEY_TEXT - 1] = '\n';
  int fd = mkostemp(aside, O_CLOEXEC);
  bool good = fd >= 0 && write_whole(fd, text, KEY_TEXT) &&
              (link(aside, path) == 0 || errno == EEXIST) && sync_folder_of(path, c->arena);
  int problem = errno;
  if (fd >= 0) {
    close(fd);
    unlink(aside);
  }
  sodium_memzero(seed, sizeof seed);
  sodium_memzero(text, sizeof text);
  if (good) return true;
  return fail_with(c, ERROR_UNAVAILABLE,
                   _("The signing key %s cannot be written (%s). Nothing was changed."), path,
                   strerror(problem));
}

static bool key_load(Context *c, const char *path, bool create, SigningKey *key) {
  KeyFile found = key_read(c, path, key);
  if (found == KEY_ABSENT && create) {
    if (!key_write(c, path)) return false;
    log_line(LOG_LEVEL_INFO, "signing_key_created", "path=%s", path);
    found = key_read(c, path, key);
  }
  return found == KEY_READ;
}

static KnownKey *key_remember(Context *c, const char *path, bool create) {
  for (KnownKey *known = known_keys; known; known = known->next)
    if (text_equal(known->path, path)) return known;
  KnownKey *known = calloc(1, sizeof *known);
  if (!known || !(known->path = strdup(path)) || !(known->key = sodium_malloc(sizeof *known->key)))
    abort();
  if (!key_load(c, path, create, known->key)) {
    sodium_free(known->key);
    free(known->path);
    free(known);
    return NULL;
  }
  known->next = known_keys;
  known_keys = known;
  return known;
}

static bool key_open(Context *c, bool create, const SigningKey **out) {
  *out = NULL;
  if (sodium_init() < 0) return failure(c, "libsodium does not start");
  const char *path = key_path(c->db, c->arena);
  if (!path && !create) return true;
  if (!path)
    return fail_with(
        c, ERROR_UNAVAILABLE,
        _("Say where the signing key is: set DAYBOOK_KEY to a file outside the database."));
  pthread_mutex_lock(&known_lock);
  const KnownKey *known = key_remember(c, path, create);
  pthread_mutex_unlock(&known_lock);
  if (known) *out = known->key;
  return context_ok(c);
}

bool key_get(Context *c, const SigningKey **out) {
  return key_open(c, true, out) && *out;
}
bool key_find(Context *c, const SigningKey **out) {
  return key_open(c, false, out);
}
