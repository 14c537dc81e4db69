// SPDX-License-Identifier: Apache-2.0
#include "org/secret.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define ARGON_PASSES 2
#define ARGON_MEMORY ((size_t)19 * 1024 * 1024)

static void ready(void) {
  if (sodium_init() < 0) {
    log_line(LOG_LEVEL_ERROR, "sodium", "state=unavailable");
    abort(); // without a random source there is no honest secret
  }
}

static const char *hex(Arena *arena, const unsigned char *bytes, size_t count) {
  char *text = arena_alloc(arena, count * 2 + 1);
  return sodium_bin2hex(text, count * 2 + 1, bytes, count);
}

const char *secret_create(Arena *arena) {
  ready();
  unsigned char bytes[SECRET_BYTES];
  randombytes_buf(bytes, sizeof bytes);
  size_t size = sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *text = arena_alloc(arena, size);
  sodium_bin2base64(text, size, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero(bytes, sizeof bytes);
  return text;
}

const char *secret_hash(Arena *arena, const char *secret) {
  ready();
  unsigned char hash[32];
  crypto_generichash(hash, sizeof hash, (const unsigned char *)secret, strlen(secret), NULL, 0);
  return hex(arena, hash, sizeof hash);
}

const char *secret_derive(Arena *arena, const char *secret, const char *purpose) {
  ready();
  unsigned char key[32], derived[24];
  crypto_generichash(key, sizeof key, (const unsigned char *)secret, strlen(secret), NULL, 0);
  crypto_generichash(derived, sizeof derived, (const unsigned char *)purpose, strlen(purpose), key,
                     sizeof key);
  sodium_memzero(key, sizeof key);
  return hex(arena, derived, sizeof derived);
}

static unsigned char passing_key[32];
static pthread_once_t passing_once = PTHREAD_ONCE_INIT;

static void make_passing_key(void) {
  randombytes_buf(passing_key, sizeof passing_key);
}

const char *secret_passing(Arena *arena, const char *text) {
  ready();
  pthread_once(&passing_once, make_passing_key);
  unsigned char hash[32];
  crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), passing_key,
                     sizeof passing_key);
  return hex(arena, hash, sizeof hash);
}

bool secret_equal(const char *a, const char *b) {
  if (!a || !b) return false;
  size_t length = strlen(a);
  return length == strlen(b) && sodium_memcmp(a, b, length) == 0;
}

const char *password_hash(Arena *arena, const char *password) {
  ready();
  char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
  if (crypto_pwhash_str_alg(hash, password, strlen(password), ARGON_PASSES, ARGON_MEMORY,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return NULL;
  return hash;
}

bool password_matches(const char *hash, const char *password) {
  // Of a random password nobody knows, with the parameters above.
  static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$7ZGd0zRtvQLYQPAj4oh60g$"
                               "ZeF0lSQZSGYYoYOsKmrYKSx/MDZbIJ7sH6Qx9o+XRhs";
  ready();
  bool same = crypto_pwhash_str_verify(hash ? hash : nobody, password, strlen(password)) == 0;
  return hash && same;
}

// Counts how many different characters a password has: "aaaaaaaaaaaa" is long and worth nothing.
static size_t different_characters(const char *password) {
  bool seen[256] = {false};
  size_t count = 0;
  for (const unsigned char *p = (const unsigned char *)password; *p; p++) {
    count += !seen[*p];
    seen[*p] = true;
  }
  return count;
}

const char *password_problem(const char *password, const char *const *own, size_t own_count) {
  if (text_is_empty(password)) return _("Choose a password.");
  size_t length = strlen(password);
  if (length < PASSWORD_SHORTEST)
    return _("Too short: use at least 12 characters. A few words in a row are easy to remember.");
  if (length > PASSWORD_LONGEST) return _("Too long: use at most 200 characters.");
  if (different_characters(password) < 5)
    return _("Too easy to guess: use more different characters.");
  static const char *const common[] = {"password",   "passwort", "123456789",
                                       "qwertyuiop", "letmein",  "daybook"};
  for (size_t i = 0; i < COUNT_OF(common); i++)
    if (text_contains_fold(password, common[i]) && length < strlen(common[i]) + 8)
      return _("Too easy to guess: it is little more than a word that everybody tries first.");
  for (size_t i = 0; i < own_count; i++)
    if (!text_is_empty(own[i]) && text_equal_fold(password, own[i]))
      return _("Too easy to guess: it is your own name or address.");
  return NULL;
}
