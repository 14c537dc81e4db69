// SPDX-License-Identifier: Apache-2.0
#include "db/group.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WAKE_MS = 20, MS = 1000 * 1000 };

struct Group {
  unsigned members; // whose change stands in the transaction
  int64_t opened;   // milliseconds
  void *memory;     // of the transaction, as its last member left it
  size_t memory_size;
  TransactionMemory *memory_told;
  pthread_mutex_t lock; // of the following
  pthread_cond_t settled;
  unsigned waiting;
  bool done, durable;
  ErrorKind kind;
  char message[300], detail[300];
};

static int64_t milliseconds(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (int64_t)at.tv_sec * 1000 + at.tv_nsec / MS;
}

static bool command(Context *c, const char *sql) {
  return c->link->db->calls->command(c->link, c, sql);
}

// ---- the connection that all members share stands in for the member's own ----

static void exchange_connections(DbLink *link) {
  DbLink *writer = link->db->writer;
  void *connection = link->connection;
  StatementCache cache = link->cache;
  link->connection = writer->connection;
  link->cache = writer->cache;
  writer->connection = connection;
  writer->cache = cache;
}

static void enter(DbLink *link, const Group *group) {
  exchange_connections(link);
  link->writing = true;
  if (group->memory == NULL) return;
  link->memory = malloc(group->memory_size);
  if (link->memory == NULL) abort();
  memcpy(link->memory, group->memory, group->memory_size);
  link->memory_size = group->memory_size;
  link->memory_told = group->memory_told;
}

static void leave(DbLink *link) {
  exchange_connections(link);
  link->writing = false;
  link->depth = 0;
  free(link->memory);
  link->memory = NULL;
}

static void give_turn(DbLink *link) {
  link->has_turn = false;
  pthread_mutex_unlock(&link->db->turn);
}

static void group_free(Group *group) {
  pthread_mutex_destroy(&group->lock);
  pthread_cond_destroy(&group->settled);
  free(group->memory);
  free(group);
}

// ---- the end of a group ----

static void keep_error(Group *group, const Error *error) {
  const char *message = error->message == NULL ? "" : error->message;
  const char *detail = error->detail == NULL ? "" : error->detail;
  group->kind = error->kind;
  memcpy(group->message, message, strnlen(message, sizeof group->message - 1));
  memcpy(group->detail, detail, strnlen(detail, sizeof group->detail - 1));
}

static void settle(Db *db, bool durable, const Error *error) {
  Group *group = db->group;
  db->group = NULL;
  pthread_mutex_lock(&group->lock);
  group->done = true;
  group->durable = durable;
  if (!durable) keep_error(group, error);
  bool last = group->waiting == 0;
  pthread_cond_broadcast(&group->settled);
  pthread_mutex_unlock(&group->lock);
  if (last) group_free(group);
}

// As a member of it. What fails is in the context's error and told to everybody who waits.
static bool commit_all(Context *c) {
  DbLink *link = c->link;
  bool durable = link->memory == NULL || link->memory_told(c, link->memory);
  durable = durable && command(c, "COMMIT");
  settle(link->db, durable, &c->error);
  if (durable) return true;
  Error kept = c->error;
  c->error = (Error){0};
  command(c, "ROLLBACK");
  c->error = kept;
  return false;
}

// By somebody who is not of it, whatever has happened to them.
static void commit_for_others(Context *c) {
  Error kept = c->error;
  c->error = (Error){0};
  enter(c->link, c->link->db->group);
  c->link->depth = 1;
  commit_all(c);
  leave(c->link);
  c->error = kept;
}

static bool goes_on(const Db *db) {
  const Group *group = db->group;
  return group->members < GROUP_MOST && milliseconds() - group->opened < GROUP_MS &&
         atomic_load(&db->joining) > 0;
}

// Whoever comes next ends the group or goes on with it. Should nobody come after all, one who waits
// ends it.
static void end_if_left_alone(Context *c, Group *group) {
  Db *db = c->link->db;
  pthread_mutex_lock(&db->turn);
  if (db->group == group) commit_for_others(c);
  pthread_mutex_unlock(&db->turn);
}

static void wait_a_while(Group *group) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += WAKE_MS * MS;
  if (until.tv_nsec >= 1000 * MS) until.tv_sec++, until.tv_nsec -= 1000 * MS;
  pthread_cond_timedwait(&group->settled, &group->lock, &until);
}

static bool await(Context *c, Group *group) {
  pthread_mutex_lock(&group->lock);
  while (!group->done) {
    wait_a_while(group);
    if (group->done) break;
    pthread_mutex_unlock(&group->lock);
    end_if_left_alone(c, group);
    pthread_mutex_lock(&group->lock);
  }
  bool durable = group->durable;
  if (!durable) {
    fail_with(c, group->kind, "%s", group->message);
    c->error.detail = text_copy(c->arena, group->detail);
  }
  bool last = --group->waiting == 0;
  pthread_mutex_unlock(&group->lock);
  if (last) group_free(group);
  return durable;
}

// ---- a member ----

static bool writer_ready(Context *c) {
  Db *db = c->link->db;
  Error error = {0};
  if (db->writer == NULL) db->writer = link_create(db, c->arena, &error);
  if (db->writer == NULL && c->error.kind == ERROR_NONE) c->error = error;
  return db->writer != NULL;
}

static Joined open_group(Context *c) {
  Db *db = c->link->db;
  if (!writer_ready(c)) return JOIN_FAILED;
  Group *group = calloc(1, sizeof *group); // outlives the request of whoever opens it
  if (group == NULL) abort();
  pthread_mutex_init(&group->lock, NULL);
  pthread_cond_init(&group->settled, NULL);
  group->opened = milliseconds();
  db->group = group;
  enter(c->link, group);
  if (command(c, "BEGIN IMMEDIATE")) return JOINED;
  leave(c->link);
  db->group = NULL;
  group_free(group);
  group_drop(db); // the next makes another: this one may be stuck
  return JOIN_FAILED;
}

Joined group_join(Context *c) {
  Db *db = c->link->db;
  if (db->group != NULL && !c->brief) commit_for_others(c);
  if (!c->brief) return JOINED_NOT;
  if (db->group == NULL) return open_group(c);
  enter(c->link, db->group);
  if (command(c, "SAVEPOINT member")) return JOINED;
  leave(c->link);
  commit_for_others(c);
  return JOIN_FAILED;
}

static void hand_memory_on(DbLink *link, Group *group) {
  free(group->memory);
  group->memory = link->memory;
  group->memory_size = link->memory_size;
  group->memory_told = link->memory_told;
  link->memory = NULL;
}

bool group_commit(Context *c) {
  DbLink *link = c->link;
  Group *group = link->db->group;
  if (group->members > 0 && !command(c, "RELEASE SAVEPOINT member")) {
    group_leave(c);
    return false;
  }
  group->members++;
  if (!goes_on(link->db)) {
    bool durable = commit_all(c);
    leave(link);
    give_turn(link);
    return durable;
  }
  hand_memory_on(link, group);
  group->waiting++;
  leave(link);
  give_turn(link);
  return await(c, group);
}

// A full disk undoes everything at once, and then nothing of the others is left either.
static void undo(Context *c) {
  DbLink *link = c->link;
  Error kept = c->error;
  c->error = (Error){0};
  bool alone = link->db->group->members == 0;
  bool left = !alone && sqlite_is_open(link) && command(c, "ROLLBACK TO SAVEPOINT member") &&
              command(c, "RELEASE SAVEPOINT member");
  if (!left) {
    command(c, "ROLLBACK");
    settle(link->db, false, &kept);
  }
  c->error = kept;
}

void group_leave(Context *c) {
  DbLink *link = c->link;
  undo(c);
  leave(link);
  if (link->db->group != NULL && !goes_on(link->db)) commit_for_others(c);
  give_turn(link);
}

void group_drop(Db *db) {
  if (db->writer != NULL) link_destroy(db->writer);
  db->writer = NULL;
}
