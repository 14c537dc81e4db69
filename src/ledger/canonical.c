// SPDX-License-Identifier: Apache-2.0
#include "ledger/canonical.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct Digest {
  EVP_MD_CTX *context;
};

// Looking the algorithm up costs more than hashing an entry, so it is done once.
static EVP_MD *sha256;
static pthread_once_t sha256_once = PTHREAD_ONCE_INIT;

static void sha256_find(void) {
  sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
  if (!sha256) abort();
}

Digest *digest_create(void) {
  pthread_once(&sha256_once, sha256_find);
  Digest *digest = malloc(sizeof *digest);
  if (!digest) return NULL;
  digest->context = EVP_MD_CTX_new();
  if (digest->context) return digest;
  free(digest);
  return NULL;
}

void digest_destroy(Digest *digest) {
  if (!digest) return;
  EVP_MD_CTX_free(digest->context);
  free(digest);
}

// OpenSSL fails here only when misused; going on would record a wrong hash.
static void must(int ok) {
  if (ok != 1) abort();
}

void digest_begin(Digest *digest) {
  must(EVP_DigestInit_ex2(digest->context, sha256, NULL));
}

void digest_add(Digest *digest, const void *bytes, size_t length) {
  must(EVP_DigestUpdate(digest->context, bytes, length));
}

void digest_end(Digest *digest, uint8_t out[DIGEST_BYTES]) {
  must(EVP_DigestFinal_ex(digest->context, out, NULL));
}

void digest_end_hex(Digest *digest, char hex[DIGEST_HEX]) {
  uint8_t bytes[DIGEST_BYTES];
  digest_end(digest, bytes);
  hex_text(hex, bytes, sizeof bytes);
}

void hex_text(char *hex, const uint8_t *bytes, size_t length) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < length; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 15];
  }
  hex[2 * length] = '\0';
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool hex_bytes(const char *hex, uint8_t *bytes, size_t length) {
  if (!hex || strlen(hex) != 2 * length) return false;
  for (size_t i = 0; i < length; i++) {
    int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    bytes[i] = (uint8_t)(high * 16 + low);
  }
  return true;
}

// Netstrings (`<length>:<bytes>,`): no value can spill into the next field, whatever it contains.
static void add_text(Digest *digest, const char *text) {
  char length[24];
  size_t bytes = strlen(text);
  int n = snprintf(length, sizeof length, "%zu:", bytes);
  digest_add(digest, length, (size_t)n);
  digest_add(digest, text, bytes);
  digest_add(digest, ",", 1);
}

static void add_int(Digest *digest, int64_t value) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, value);
  add_text(digest, digits);
}

void chain_hash(Digest *digest, const ChainEntry *entry, char hex[DIGEST_HEX]) {
  digest_begin(digest);
  add_text(digest, "daybook ledger entry 1");
  add_int(digest, entry->id);
  add_int(digest, entry->org);
  add_int(digest, entry->seq);
  add_int(digest, entry->at);
  add_int(digest, entry->actor);
  add_text(digest, entry->channel);
  add_text(digest, entry->action);
  add_text(digest, entry->kind);
  add_int(digest, entry->object);
  add_text(digest, entry->body);
  add_text(digest, entry->previous);
  digest_end_hex(digest, hex);
}

static size_t put(char *out, size_t size, size_t used, const char *text) {
  int n = snprintf(out + used, size - used, "%zu:%s,", strlen(text), text);
  if (n < 0 || (size_t)n >= size - used) abort();
  return used + (size_t)n;
}

static size_t put_int(char *out, size_t size, size_t used, int64_t value) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRId64, value);
  return put(out, size, used, digits);
}

size_t chain_head_message(const ChainHead *head, char *out, size_t size) {
  char hash[DIGEST_HEX];
  snprintf(hash, sizeof hash, "%s", head->hash);
  size_t used = put(out, size, 0, "daybook ledger head 1");
  used = put_int(out, size, used, head->org);
  used = put_int(out, size, used, head->seq);
  used = put(out, size, used, hash);
  return put_int(out, size, used, head->at);
}

void personal_hash(Digest *digest, const uint8_t salt[SALT_BYTES], const char *value,
                   char hex[DIGEST_HEX]) {
  digest_begin(digest);
  digest_add(digest, salt, SALT_BYTES);
  digest_add(digest, value, strlen(value));
  digest_end_hex(digest, hex);
}

static const char *escape_of(unsigned char c, char buffer[8]) {
  if (c == '"') return "\\\"";
  if (c == '\\') return "\\\\";
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c >= 0x20) return NULL;
  snprintf(buffer, 8, "\\u%04x", c);
  return buffer;
}

void canonical_string(Text *out, const char *text) {
  text_add_char(out, '"');
  const char *plain = text;
  for (const char *p = text; *p; p++) {
    char buffer[8];
    const char *escape = escape_of((unsigned char)*p, buffer);
    if (!escape) continue;
    text_add_n(out, plain, (size_t)(p - plain));
    text_add(out, escape);
    plain = p + 1;
  }
  text_add(out, plain);
  text_add_char(out, '"');
}
