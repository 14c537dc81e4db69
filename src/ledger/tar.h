// SPDX-License-Identifier: Apache-2.0
// The one shape of a backup and a pack: a tar file whose last two members are a list of what stands
// before them (MANIFEST) and its signature, so that a cut or changed file is recognised. Both sides
// stream; neither holds a file in memory. Layout: docs/data-formats.md.
#ifndef DAYBOOK_TAR_H
#define DAYBOOK_TAR_H

#include "base/context.h"
#include "ledger/key.h"
#include "ledger/report.h"

// ---- writing: beside the final name, which it gets only when it is whole and durable ----
typedef struct TarOut TarOut;
TarOut *tar_create(Context *c, const char *path); // NULL with c->error
bool tar_add_bytes(TarOut *tar, const char *name, const char *bytes, size_t length);
// sha256: what the content must be, or NULL. A file that is not what it should be is an error.
bool tar_add_file(TarOut *tar, const char *name, const char *path, const char *sha256);
bool tar_finish(TarOut *tar, const SigningKey *key); // MANIFEST, MANIFEST.sig, and the name
void tar_drop(TarOut *tar);                          // NULL-safe; after tar_finish it does nothing

// ---- reading ----
typedef struct TarIn TarIn;
typedef struct TarMember {
  const char *name; // until the next member
  int64_t size;
} TarMember;
TarIn *tar_open(Context *c, const char *path, Report *report); // NULL with c->error
void tar_close(TarIn *tar);
// The next member, not the MANIFEST. False at the end, or where the file breaks off: that is in the
// report.
bool tar_next(TarIn *tar, TarMember *member);
// The next piece of this member; 0 at its end.
size_t tar_read(TarIn *tar, const char **bytes);
// Reads what is left of the member, into fd unless it is -1, and gives the hash of the whole
// member.
bool tar_rest(TarIn *tar, int fd, char sha256[DIGEST_HEX]);
// After the last member: were MANIFEST and signature right? Otherwise the report says what was not.
void tar_check_manifest(TarIn *tar);
const char *tar_signed_by(
    const TarIn *tar); // public key, once tar_check_manifest was called; "" none

#endif
