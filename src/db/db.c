// SPDX-License-Identifier: Apache-2.0
// Databases and their pooled connections.
#include "db/foresee.h"
#include "db/group.h"
#include "db/link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void set(Error *error, ErrorKind kind, const char *message) {
  error->kind = kind;
  error->message = message;
}

static bool is_postgres(const char *url) {
  return text_starts(url, "postgresql://") || text_starts(url, "postgres://");
}

static Db *db_new(const char *url, Arena *arena, Error *error) {
  bool postgres = is_postgres(url);
  if (!postgres && (!text_starts(url, "sqlite:") || url[strlen("sqlite:")] == '\0')) {
    set(error, ERROR_INVALID,
        text_format(arena, _("DAYBOOK_DB must be sqlite:PATH or postgresql://…, not \"%s\"."),
                    url != NULL ? url : ""));
    return NULL;
  }
  Db *db = calloc(1, sizeof *db);
  if (db == NULL) abort();
  db->engine = postgres ? DB_POSTGRES : DB_SQLITE;
  db->calls = postgres ? &postgres_engine : &sqlite_engine;
  char *kept = strdup(postgres ? url : url + strlen("sqlite:"));
  if (kept == NULL) abort();
  *(postgres ? &db->url : &db->path) = kept;
  pthread_mutex_init(&db->pool_lock, NULL);
  pthread_mutex_init(&db->turn, NULL);
  return db;
}

// The first connection proves that the database is there.
static Db *db_prove(Db *db, Arena *arena, Error *error) {
  DbLink *link = db == NULL ? NULL : link_create(db, arena, error);
  if (link == NULL) {
    db_close(db);
    return NULL;
  }
  db->pool = link;
  return db;
}

static const char *why_not(Arena *arena, const char *path) {
  int why = errno;
  if (why == ENOENT)
    return text_format(arena, _("There is no database at %s. `daybook init` creates one."), path);
  return text_format(arena, _("%s cannot be opened: %s."), path, strerror(why));
}

Db *db_open(const char *url, Arena *arena, Error *error) {
  Db *db = db_new(url, arena, error);
  if (db != NULL && db->path != NULL && access(db->path, R_OK) != 0) {
    set(error, errno == ENOENT ? ERROR_NOT_FOUND : ERROR_UNAVAILABLE, why_not(arena, db->path));
    db_close(db);
    return NULL;
  }
  return db_prove(db, arena, error);
}

Db *db_create(const char *url, Arena *arena, Error *error) {
  Db *db = db_new(url, arena, error);
  if (db != NULL && db->path != NULL) {
    int fd = open(db->path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
      set(error, ERROR_UNAVAILABLE,
          text_format(arena, _("%s cannot be created: %s."), db->path, strerror(errno)));
      db_close(db);
      return NULL;
    }
    close(fd);
  }
  return db_prove(db, arena, error);
}

void db_close(Db *db) {
  if (db == NULL) return;
  while (db->pool != NULL) {
    DbLink *link = db->pool;
    db->pool = link->next;
    link_destroy(link);
  }
  group_drop(db);
  pthread_mutex_destroy(&db->pool_lock);
  pthread_mutex_destroy(&db->turn);
  free(db->url);
  free(db->path);
  free(db);
}

DbEngine db_engine(const Db *db) {
  return db->engine;
}

const char *db_path(const Db *db) {
  return db->path;
}

// ---- connections ----

DbLink *link_create(Db *db, Arena *arena, Error *error) {
  DbLink *link = calloc(1, sizeof *link);
  if (link == NULL) abort();
  link->db = db;
  link->generation = db->generation;
  link->scope = SCOPE_NONE;
  if (!db->calls->open(db, link, arena, error)) {
    link_destroy(link);
    return NULL;
  }
  return link;
}

void link_destroy(DbLink *link) {
  link->db->calls->close(link);
  free(link->cache.slots);
  free(link->memory);
  free(link);
}

void link_lost(DbLink *link) {
  pthread_mutex_lock(&link->db->pool_lock);
  if (!link->lost && link->generation == link->db->generation) link->db->generation++;
  link->lost = true;
  pthread_mutex_unlock(&link->db->pool_lock);
}

static DbLink *take_pooled(Db *db) {
  pthread_mutex_lock(&db->pool_lock);
  DbLink *link = db->pool;
  if (link != NULL) db->pool = link->next;
  pthread_mutex_unlock(&db->pool_lock);
  return link;
}

bool db_attach(Context *c) {
  if (c->link != NULL) {
    c->link->lent++;
    return true;
  }
  if (c->db == NULL) return failure(c, "no database in this context");
  DbLink *link;
  while ((link = take_pooled(c->db)) != NULL) {
    if (link->generation == c->db->generation && c->db->calls->alive(link)) break;
    link_destroy(link);
  }
  Error error = {0};
  if (link == NULL) link = link_create(c->db, c->arena, &error);
  if (link == NULL) {
    if (c->error.kind == ERROR_NONE) c->error = error;
    return false;
  }
  link->lent = 1;
  c->link = link;
  return true;
}

void db_detach(Context *c) {
  DbLink *link = c->link;
  if (link == NULL || --link->lent > 0) return;
  foresee_end(c);
  c->link = NULL;
  if (link->depth > 0) {
    log_line(LOG_LEVEL_ERROR, "transaction_left_open", "depth=%u", link->depth);
    link->lost = true;
    if (link->has_turn) pthread_mutex_unlock(&link->db->turn);
  }
  if (link->lost || link->generation != link->db->generation) {
    link_destroy(link);
    return;
  }
  pthread_mutex_lock(&link->db->pool_lock);
  link->next = link->db->pool; // the last one used is the warmest
  link->db->pool = link;
  pthread_mutex_unlock(&link->db->pool_lock);
}

bool link_ready(Context *c) {
  if (!context_ok(c)) return false;
  if (c->link == NULL) return failure(c, "no connection attached");
  if (c->link->alone != NULL)
    return failure(c, "asked while the rows of %s arrive, which says that it is alone",
                   c->link->alone);
  if (c->link->lost) return unavailable(c, "the connection was lost earlier in this piece of work");
  return true;
}

// ---- statement cache ----

static size_t slot_of(const StatementCache *cache, const Statement *s) {
  uint64_t hash = (uint64_t)(uintptr_t)s * UINT64_C(0x9E3779B97F4A7C15);
  size_t slot = (size_t)(hash >> 32) & (cache->capacity - 1);
  while (cache->slots[slot].statement != NULL && cache->slots[slot].statement != s)
    slot = (slot + 1) & (cache->capacity - 1);
  return slot;
}

Cached *cache_find(StatementCache *cache, const Statement *s) {
  if (cache->capacity == 0) return NULL;
  Cached *found = &cache->slots[slot_of(cache, s)];
  return found->statement == NULL ? NULL : found;
}

static void cache_grow(StatementCache *cache) {
  StatementCache larger = {.capacity = cache->capacity == 0 ? 64 : cache->capacity * 2};
  larger.slots = calloc(larger.capacity, sizeof *larger.slots);
  if (larger.slots == NULL) abort();
  for (size_t i = 0; i < cache->capacity; i++)
    if (cache->slots[i].statement != NULL)
      larger.slots[slot_of(&larger, cache->slots[i].statement)] = cache->slots[i];
  larger.count = cache->count;
  free(cache->slots);
  *cache = larger;
}

Cached *cache_put(StatementCache *cache, const Statement *s, void *prepared) {
  if (cache->count * 2 >= cache->capacity) cache_grow(cache);
  Cached *slot = &cache->slots[slot_of(cache, s)];
  *slot = (Cached){.statement = s, .prepared = prepared};
  cache->count++;
  return slot;
}
