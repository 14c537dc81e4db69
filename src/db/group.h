// SPDX-License-Identifier: Apache-2.0
// Changes made durable together (SQLite). Whoever has made a brief change while others wait for the
// turn leaves the transaction open for the next of them, on the one connection that all of these
// share, and waits; the last commits for all. Each is a savepoint: what is refused takes nothing
// with it. Nobody goes on before the commit is on the disk, so nothing is said to be done that a
// crash could undo. All of it happens with the turn to write, except waiting.
#ifndef DAYBOOK_GROUP_H
#define DAYBOOK_GROUP_H

#include "db/link.h"

enum { GROUP_MOST = 32, GROUP_MS = 10 }; // a group takes in no more, and nobody after that time

typedef struct Group Group;
typedef enum Joined { JOINED_NOT, JOINED, JOIN_FAILED } Joined;
// With the turn, outside a transaction. A context that is not `brief` ends an open group and stays
// alone. JOIN_FAILED: the error is set, the turn still held.
Joined group_join(Context *c);
// The member's end: durable when it returns true. The turn is gone either way, and so is the
// transaction; false if it could not be kept, with the error.
bool group_commit(Context *c);
void group_leave(Context *c); // undoes the member; the turn is gone
void group_drop(Db *db);      // the shared connection; with the turn, or when all is closed

#endif
