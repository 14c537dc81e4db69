// SPDX-License-Identifier: Apache-2.0
// The Ed25519 key that signs every head. The private half is a file beside the database, never in
// it: whoever can write to the database alone cannot sign.
#ifndef DAYBOOK_KEY_H
#define DAYBOOK_KEY_H

#include "base/context.h"
#include "ledger/canonical.h"

typedef struct SigningKey {
  char public_hex[DIGEST_HEX];
  uint8_t secret[64];
} SigningKey;

// DAYBOOK_KEY, else <database file>.key, else (PostgreSQL) $DAYBOOK_EVIDENCE.key; NULL if none is
// known.
const char *key_path(const struct Db *db, Arena *arena);
// The key of this installation, read once per process and created (0600) if there is none. A key
// that is there but cannot be read is an error, never replaced.
bool key_get(Context *c, const SigningKey **out);
// As key_get, but never creates: *out stays NULL if there is no file.
bool key_find(Context *c, const SigningKey **out);
void key_sign(const SigningKey *key, const ChainHead *head, char signature[SIGNATURE_HEX]);
bool key_verify(const char *public_hex, const ChainHead *head, const char *signature);
// The same over any bytes (a backup's manifest).
void key_sign_bytes(const SigningKey *key, const void *bytes, size_t length,
                    char signature[SIGNATURE_HEX]);
bool key_verify_bytes(const char *public_hex, const void *bytes, size_t length,
                      const char *signature);

#endif
