// SPDX-License-Identifier: Apache-2.0
// The exact bytes that are hashed and signed (docs/data-formats.md). Pure: no database, no clock.
#ifndef DAYBOOK_CANONICAL_H
#define DAYBOOK_CANONICAL_H

#include "base/base.h"

enum { DIGEST_BYTES = 32, DIGEST_HEX = 65, SALT_BYTES = 16, SIGNATURE_HEX = 129 };

// The `previous` of an organisation's first entry.
#define LEDGER_GENESIS "0000000000000000000000000000000000000000000000000000000000000000"

// Every column of ledger_entry but the hash; all of them are covered by it.
typedef struct ChainEntry {
  int64_t id, org, seq, at, actor; // at: microseconds since 1970-01-01T00:00:00Z
  const char *channel, *action, *kind;
  int64_t object;
  const char *body;     // canonical JSON
  const char *previous; // hash of the entry before, 64 hexadecimal digits
} ChainEntry;

// What a head's Ed25519 signature covers.
typedef struct ChainHead {
  int64_t org, seq, at;
  const char *hash;
} ChainHead;

// SHA-256 by OpenSSL, which uses the processor's own instructions. One per thread.
typedef struct Digest Digest;
Digest *digest_create(void); // NULL only without memory
void digest_destroy(Digest *digest);
void digest_begin(Digest *digest);
void digest_add(Digest *digest, const void *bytes, size_t length);
void digest_end(Digest *digest, uint8_t out[DIGEST_BYTES]);
void digest_end_hex(Digest *digest, char hex[DIGEST_HEX]);

void hex_text(char *hex, const uint8_t *bytes, size_t length);  // lower case, NUL-terminated
bool hex_bytes(const char *hex, uint8_t *bytes, size_t length); // exactly length bytes, lower case

void chain_hash(Digest *digest, const ChainEntry *entry, char hex[DIGEST_HEX]);
// The message to sign; returns its length. `size` 256 is always enough.
size_t chain_head_message(const ChainHead *head, char *out, size_t size);
// SHA-256(salt ‖ value).
void personal_hash(Digest *digest, const uint8_t salt[SALT_BYTES], const char *value,
                   char hex[DIGEST_HEX]);

// A JSON string as the canonical form writes it: only what must be escaped is.
void canonical_string(Text *out, const char *text);

#endif
