// SPDX-License-Identifier: Apache-2.0
// Random secrets, their hashes, and passwords. Thin over libsodium; no secret is ever logged.
#ifndef DAYBOOK_SECRET_H
#define DAYBOOK_SECRET_H

#include "base/base.h"

#define SECRET_BYTES      32
#define PASSWORD_SHORTEST 12
#define PASSWORD_LONGEST  200

const char *secret_create(Arena *arena); // 43 characters of base64url
const char *secret_hash(Arena *arena,
                        const char *secret); // 64 hex characters; for full-entropy secrets
// Keyed by `secret`, so that only its owner can compute it: the form token of a session.
const char *secret_derive(Arena *arena, const char *secret, const char *purpose);
// For what may be guessed (a person's number, an address) and must not be found out from the
// database: keyed by what this process alone knows and forgets when it ends.
const char *secret_passing(Arena *arena, const char *text);
bool secret_equal(const char *a, const char *b); // constant time for equal lengths; NULL-safe

// Argon2id, 19 MiB and two passes (OWASP's first recommendation); NULL when memory is short.
const char *password_hash(Arena *arena, const char *password);
// hash NULL verifies against a fixed one and fails, so that an unknown account takes as long.
bool password_matches(const char *hash, const char *password);
// NULL when good enough, else what is wrong in kind words. own: words it must not be (e-mail,
// name).
const char *password_problem(const char *password, const char *const *own, size_t own_count);

#endif
