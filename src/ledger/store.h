// SPDX-License-Identifier: Apache-2.0
// Where evidence files are: outside the database, named by their SHA-256, apart for each
// organisation (<store>/<organisation>/<first two digits>/<sha256>). A file is whole before it has
// its name, so a crash leaves no half-written evidence.
#ifndef DAYBOOK_STORE_H
#define DAYBOOK_STORE_H

#include "http/request.h"

// DAYBOOK_EVIDENCE, else <database file>-evidence; NULL (PostgreSQL without the variable): none.
const char *store_folder(const struct Db *db, Arena *arena);
// The folder where arriving files wait, created if need be; NULL with c->error.
const char *store_incoming(Context *c);

// A file arriving piece by piece, in constant memory. Abandoned ones are removed by store_drop.
typedef struct Receiving Receiving;
Receiving *store_receive(Context *c, const char *name); // NULL with c->error
bool store_receive_add(Context *c, Receiving *file, const void *bytes, size_t length);
bool store_receive_end(Context *c, Receiving *file, Upload *out);
void store_receive_drop(Receiving *file); // NULL-safe; also after store_receive_end
// All of it from an open file. *out lies in the incoming folder until store_keep or store_drop.
bool store_receive_fd(Context *c, int fd, const char *name, Upload *out);
void store_drop(const Upload *file);

// Makes the file durable under its final name for c->org. Call before the transaction that records
// it commits; one that is never recorded is removed later by store_clean.
bool store_keep(Context *c, const Upload *file);
const char *store_path(Context *c, const char *sha256); // NULL: nobody said where files are kept
// Removes abandoned arrivals, and files no evidence row of c->org names, older than `seconds`.
bool store_clean(Context *c, int64_t seconds, int64_t *removed);

// Durable names: shared with backup and restore.
bool folder_ensure(Context *c, const char *path); // one level or several, 0700, durable
bool folder_sync(Context *c, const char *path);

#endif
