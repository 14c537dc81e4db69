// SPDX-License-Identifier: Apache-2.0
// The yardsticks: what SQLite and SHA-256 do on this machine with nothing of Daybook around them.
// Usage: bare commits FILE SECONDS   → durable one-row commits a second (WAL, synchronous=FULL)
//        bare sha256 MEGABYTES       → megabytes a second, in pieces of 64 KiB
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void step(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
    fprintf(stderr, "%s: %s\n", sql, message);
    exit(1);
  }
}

static int commits(const char *path, double seconds) {
  sqlite3 *db;
  sqlite3_stmt *insert;
  if (sqlite3_open(path, &db) != SQLITE_OK) return 1;
  step(db, "PRAGMA journal_mode=WAL");
  step(db, "PRAGMA synchronous=FULL");
  step(db, "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  sqlite3_prepare_v2(db, "INSERT INTO t (body) VALUES (?)", -1, &insert, NULL);
  long done = 0;
  double start = now();
  while (now() - start < seconds) {
    step(db, "BEGIN IMMEDIATE");
    sqlite3_bind_text(insert, 1, "activity 4711 concluded", -1, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) return 1;
    sqlite3_reset(insert);
    step(db, "COMMIT");
    done++;
  }
  printf("%.1f\n", (double)done / (now() - start));
  sqlite3_finalize(insert);
  return sqlite3_close(db) != SQLITE_OK;
}

static int sha256(size_t megabytes) {
  enum { PIECE = 65536 };
  unsigned char *piece = malloc(PIECE), digest[EVP_MAX_MD_SIZE];
  memset(piece, 'd', PIECE);
  EVP_MD_CTX *hash = EVP_MD_CTX_new();
  EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
  double start = now();
  for (size_t i = 0; i < megabytes * 16; i++) EVP_DigestUpdate(hash, piece, PIECE);
  EVP_DigestFinal_ex(hash, digest, NULL);
  printf("%.1f\n", (double)megabytes / (now() - start));
  EVP_MD_CTX_free(hash);
  free(piece);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 4 && strcmp(argv[1], "commits") == 0) return commits(argv[2], strtod(argv[3], NULL));
  if (argc == 3 && strcmp(argv[1], "sha256") == 0) return sha256(strtoul(argv[2], NULL, 10));
  fprintf(stderr, "usage: bare commits FILE SECONDS | bare sha256 MEGABYTES\n");
  return 2;
}
