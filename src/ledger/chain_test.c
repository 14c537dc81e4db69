// SPDX-License-Identifier: Apache-2.0
#include "ledger/chain.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/hashing.h"
#include "ledger/key.h"
#include "ledger/sniff.h"

// The vectors were computed by a program that shares no line with ours (docs/data-formats.md).
static void an_entry_hashes_to_the_documented_vector(void **state) {
  (void)state;
  Digest *digest = digest_create();
  char hex[DIGEST_HEX];
  const ChainEntry entry = {.id = 7,
                            .org = 3,
                            .seq = 1,
                            .at = 1767225600000000,
                            .channel = "cli",
                            .action = "ledger.opened",
                            .kind = "ledger",
                            .object = 3,
                            .body = "{\"a\":{\"to\":\"Größe \\\"x\\\"\"}}",
                            .previous = LEDGER_GENESIS};
  chain_hash(digest, &entry, hex);
  assert_string_equal(hex, "b8839435a8de9eb40319157a324f916ee8cdb9f5db7c3ebe63bfffac9099edf7");
  uint8_t salt[SALT_BYTES];
  for (size_t i = 0; i < SALT_BYTES; i++) salt[i] = (uint8_t)i;
  personal_hash(digest, salt, "Anna Weber", hex);
  assert_string_equal(hex, "1062a775055433045c3c9c61bcb4a7360e588c6544a80046706cd75194cdf1b0");
  digest_destroy(digest);
}

static void a_head_signs_the_documented_bytes(void **state) {
  (void)state;
  char message[256];
  const ChainHead head = {.org = 3,
                          .seq = 1,
                          .at = 1767225600000000,
                          .hash =
                              "abababababababababababababababababababababababababababababababab"};
  size_t length = chain_head_message(&head, message, sizeof message);
  assert_int_equal(length, strlen(message));
  assert_string_equal(
      message, "21:daybook ledger head 1,1:3,1:1,64:abab"
               "abababababababababababababababababababababababababababababab,16:1767225600000000,");
}

static void strings_escape_only_what_json_demands(void **state) {
  (void)state;
  Arena *arena = arena_create();
  Text text;
  text_init(&text, arena);
  canonical_string(&text, "a\"b\\c\nd\te/é\x01");
  assert_string_equal(text.data, "\"a\\\"b\\\\c\\nd\\te/é\\u0001\"");
  arena_destroy(arena);
}

static void hexadecimal_is_exact(void **state) {
  (void)state;
  uint8_t bytes[2];
  assert_true(hex_bytes("00ff", bytes, 2));
  assert_int_equal(bytes[1], 255);
  assert_false(hex_bytes("00FF", bytes, 2));
  assert_false(hex_bytes("00f", bytes, 2));
  assert_false(hex_bytes("00ff0", bytes, 2));
  assert_false(hex_bytes("0 ff", bytes, 2));
  assert_false(hex_bytes(NULL, bytes, 2));
}

// ---- a chain of five entries, and everything that can be done to it ----

enum { LENGTH = 5 };
typedef struct Book {
  SigningKey key;
  Digest *digest;
  ChainEntry entries[LENGTH + 1]; // one spare for an insertion
  char hashes[LENGTH + 1][DIGEST_HEX];
  char body[256], hash_text[DIGEST_HEX], salt_text[2 * SALT_BYTES + 1];
  StoredPersonal personal; // beside entry 3
  size_t count;
  StoredHead head;
  char signature[SIGNATURE_HEX];
} Book;

static void book_seal(Book *book) {
  for (size_t i = 0; i < book->count; i++) {
    book->entries[i].previous = i ? book->hashes[i - 1] : LEDGER_GENESIS;
    chain_hash(book->digest, &book->entries[i], book->hashes[i]);
  }
}

static void book_sign(Book *book) {
  const char *hash = book->hashes[book->count - 1];
  book->head = (StoredHead){.seq = (int64_t)book->count,
                            .at = 99,
                            .hash = hash,
                            .public_key = book->key.public_hex,
                            .signature = book->signature};
  key_sign(&book->key, &(ChainHead){.org = 1, .seq = book->head.seq, .at = 99, .hash = hash},
           book->signature);
}

static void book_write(Book *book) {
  static const char *const bodies[] = {NULL, "{}", NULL, "{\"due\":{\"to\":\"2026-01-01\"}}", "{}"};
  uint8_t public_key[crypto_sign_PUBLICKEYBYTES], salt[SALT_BYTES] = {1, 2, 3};
  char personal[DIGEST_HEX];
  assert_true(sodium_init() >= 0);
  crypto_sign_keypair(public_key, book->key.secret);
  hex_text(book->key.public_hex, public_key, sizeof public_key);
  book->digest = digest_create();
  hex_text(book->salt_text, salt, sizeof salt);
  personal_hash(book->digest, salt, "because", personal);
  snprintf(book->body, sizeof book->body, "{\"public_key\":{\"to\":\"%s\"}}", book->key.public_hex);
  snprintf(book->hash_text, sizeof book->hash_text, "%s", personal);
  static char reason[128];
  snprintf(reason, sizeof reason, "{\"reason\":{\"personal\":\"%s\"}}", personal);
  book->count = LENGTH;
  for (size_t i = 0; i < LENGTH; i++)
    book->entries[i] = (ChainEntry){.id = (int64_t)i + 10,
                                    .org = 1,
                                    .seq = (int64_t)i + 1,
                                    .at = 1000 + (int64_t)i,
                                    .actor = 4,
                                    .channel = "page",
                                    .action = "activity.moved",
                                    .kind = "activity",
                                    .object = 8,
                                    .body = bodies[i]};
  book->entries[0].action = "ledger.opened";
  book->entries[0].body = book->body;
  book->entries[2].body = reason;
  book->personal = (StoredPersonal){.name = "reason", .salt = book->salt_text, .value = "because"};
  book_seal(book);
  book_sign(book);
}

static int64_t book_problems(Book *book, char *first, size_t size) {
  Report *report = report_create();
  Chain chain;
  chain_begin(&chain, report, "nordwind", 1, book->digest);
  for (size_t i = 0; i < book->count; i++) {
    bool with_personal = book->personal.name && strstr(book->entries[i].body, "\"personal\"");
    chain_entry(&chain, &book->entries[i], book->hashes[i], &book->personal, with_personal);
  }
  chain_end(&chain, book->head.hash ? &book->head : NULL);
  int64_t count = report_problem_count(report);
  const char *what = report_first(report, report_arena(report));
  if (first) snprintf(first, size, "%s", what ? what : "");
  report_destroy(report);
  digest_destroy(book->digest);
  return count;
}

static void an_untouched_chain_is_whole(void **state) {
  (void)state;
  Book book = {0};
  book_write(&book);
  assert_int_equal(book_problems(&book, NULL, 0), 0);
}

static void change_id(Book *b) {
  b->entries[4].id = 77;
}
static void change_org(Book *b) {
  b->entries[1].org = 2;
}
static void change_at(Book *b) {
  b->entries[1].at++;
}
static void change_actor(Book *b) {
  b->entries[1].actor = 5;
}
static void change_channel(Book *b) {
  b->entries[1].channel = "api";
}
static void change_action(Book *b) {
  b->entries[1].action = "activity.move";
}
static void change_kind(Book *b) {
  b->entries[1].kind = "duty";
}
static void change_object(Book *b) {
  b->entries[1].object = 9;
}
static void change_body(Book *b) {
  b->entries[3].body = "{\"due\":{\"to\":\"2026-01-02\"}}";
}
static void change_previous(Book *b) {
  b->entries[2].previous = b->hashes[0];
}
static void change_hash(Book *b) {
  b->hashes[1][0] = b->hashes[1][0] == 'a' ? 'b' : 'a';
}
static void change_and_rehash(Book *b) {
  b->entries[2].at++;
  chain_hash(b->digest, &b->entries[2], b->hashes[2]);
}
static void change_and_rehash_all(Book *b) {
  b->entries[1].actor = 5;
  book_seal(b);
}
static void remove_middle(Book *b) {
  memmove(&b->entries[2], &b->entries[3], 2 * sizeof b->entries[0]);
  memmove(&b->hashes[2], &b->hashes[3], 2 * sizeof b->hashes[0]);
  b->count--;
}
static void remove_first(Book *b) {
  memmove(&b->entries[0], &b->entries[1], 4 * sizeof b->entries[0]);
  memmove(&b->hashes[0], &b->hashes[1], 4 * sizeof b->hashes[0]);
  b->count--;
}
static void remove_last(Book *b) {
  b->count--;
}
static void remove_all(Book *b) {
  b->count = 0;
}
static void remove_middle_and_close_up(Book *b) {
  remove_middle(b);
  for (size_t i = 0; i < b->count; i++) b->entries[i].seq = (int64_t)i + 1;
  book_seal(b);
}
static void swap_two(Book *b) {
  int64_t seq = b->entries[1].seq;
  ChainEntry kept = b->entries[1];
  char hash[DIGEST_HEX];
  memcpy(hash, b->hashes[1], sizeof hash);
  b->entries[1] = b->entries[3];
  b->entries[3] = kept;
  b->entries[3].seq = b->entries[1].seq;
  b->entries[1].seq = seq;
  memcpy(b->hashes[1], b->hashes[3], sizeof hash);
  memcpy(b->hashes[3], hash, sizeof hash);
}
static void append_one(Book *b) {
  b->entries[LENGTH] = b->entries[4];
  b->entries[LENGTH].seq = LENGTH + 1;
  b->entries[LENGTH].id = 99;
  b->entries[LENGTH].previous = b->hashes[4];
  chain_hash(b->digest, &b->entries[LENGTH], b->hashes[LENGTH]);
  b->count++;
}
static void insert_one(Book *b) {
  memmove(&b->entries[2], &b->entries[1], 4 * sizeof b->entries[0]);
  b->count++;
  for (size_t i = 0; i < b->count; i++) b->entries[i].seq = (int64_t)i + 1;
  book_seal(b);
}
static void lose_head(Book *b) {
  b->head.hash = NULL;
}
static void change_head_seq(Book *b) {
  b->head.seq--;
}
static void change_head_at(Book *b) {
  b->head.at++;
}
static void shorten_with_head(Book *b) {
  b->count--;
  b->head.seq--;
  b->head.hash = b->hashes[b->count - 1];
}
static void swap_key(Book *b) {
  uint8_t public_key[crypto_sign_PUBLICKEYBYTES];
  crypto_sign_keypair(public_key, b->key.secret);
  hex_text(b->key.public_hex, public_key, sizeof public_key);
  book_sign(b);
}
static void change_value(Book *b) {
  b->personal.value = "by order";
}
static void change_salt(Book *b) {
  b->salt_text[0] = 'f';
}
static void lose_value(Book *b) {
  b->personal.name = NULL;
}
static void half_erase(Book *b) {
  b->personal.value = NULL;
}

static void every_tampering_is_found(void **state) {
  (void)state;
  static void (*const tamper[])(Book *) = {change_id,
                                           change_org,
                                           change_at,
                                           change_actor,
                                           change_channel,
                                           change_action,
                                           change_kind,
                                           change_object,
                                           change_body,
                                           change_previous,
                                           change_hash,
                                           change_and_rehash,
                                           change_and_rehash_all,
                                           remove_middle,
                                           remove_first,
                                           remove_last,
                                           remove_all,
                                           remove_middle_and_close_up,
                                           swap_two,
                                           append_one,
                                           insert_one,
                                           lose_head,
                                           change_head_seq,
                                           change_head_at,
                                           shorten_with_head,
                                           swap_key,
                                           change_value,
                                           change_salt,
                                           lose_value,
                                           half_erase};
  for (size_t i = 0; i < COUNT_OF(tamper); i++) {
    Book book = {0};
    book_write(&book);
    tamper[i](&book);
    if (book_problems(&book, NULL, 0) == 0) fail_msg("tampering %zu was not found", i);
  }
}

static void a_problem_names_the_entry(void **state) {
  (void)state;
  char first[256];
  Book book = {0};
  book_write(&book);
  change_body(&book);
  assert_int_equal(book_problems(&book, first, sizeof first), 1);
  assert_non_null(strstr(first, "nordwind, entry 4: entry was changed"));
}

static void an_erased_value_leaves_the_chain_whole(void **state) {
  (void)state;
  Book book = {0};
  book_write(&book);
  book.personal.salt = book.personal.value = NULL;
  assert_int_equal(book_problems(&book, NULL, 0), 0);
}

static void a_quotation_mark_in_a_value_is_no_member(void **state) {
  (void)state;
  char hash[DIGEST_HEX];
  assert_null(body_personal("{\"note\":{\"to\":\"\\\"reason\\\":{\\\"personal\\\":\\\"0000000000000"
                            "000000000000000000000000000000000000000000000000000\\\"\"}}",
                            "reason", hash));
}

static void files_are_known_by_their_bytes(void **state) {
  (void)state;
  static const struct {
    const char *bytes, *media_type;
  } cases[] = {
      {"%PDF-1.7\n", "application/pdf"},
      {"\x89PNG\r\n\x1a\n....", "image/png"},
      {"<!DOCTYPE html><script>", "text/html"},
      {" \n<HTML>", "text/html"},
      {"<svg xmlns='http://www.w3.org/2000/svg'>", "image/svg+xml"},
      {"Date;Who\n2026-01-01;Größe\n", "text/plain"},
      {"PK\3\4..........[Content_Types].xml....word/document.xml",
       "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"PK\3\4..........a.txt", "application/zip"},
      {"\x80\x81\xfe", "application/octet-stream"},
      {"", "application/octet-stream"},
  };
  for (size_t i = 0; i < COUNT_OF(cases); i++)
    assert_string_equal(sniff_media_type((const uint8_t *)cases[i].bytes, strlen(cases[i].bytes)),
                        cases[i].media_type);
  assert_string_equal(sniff_media_type((const uint8_t *)"a\0b", 3), "application/octet-stream");
}

static void hashing_finds_changed_missing_and_cut_files(void **state) {
  (void)state;
  char folder[] = "/tmp/daybook-hashing-XXXXXX";
  assert_non_null(mkdtemp(folder));
  FileCheck check = {.organisation = "nordwind", .size = 5, .evidence = 1};
  snprintf(check.path, sizeof check.path, "%s/file", folder);
  FILE *file = fopen(check.path, "w");
  assert_non_null(file);
  assert_int_equal(fputs("hello", file), 1);
  assert_int_equal(fclose(file), 0);
  int64_t size;
  assert_true(hash_file(check.path, check.sha256, &size));
  assert_string_equal(check.sha256,
                      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  FileCheck longer = check, other = check, missing = check;
  longer.size = 6;
  other.sha256[0] = '3';
  snprintf(missing.path, sizeof missing.path, "%s/none", folder);
  Report *report = report_create();
  Hashing *hashing = hashing_begin(report, 0);
  for (int i = 0; i < 200; i++) hashing_add(hashing, &check);
  hashing_add(hashing, &longer);
  hashing_add(hashing, &other);
  hashing_add(hashing, &missing);
  assert_int_equal(hashing_end(hashing), 202 * 5);
  assert_int_equal(report_problem_count(report), 3);
  report_destroy(report);
  assert_int_equal(remove(check.path), 0);
  assert_int_equal(remove(folder), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_entry_hashes_to_the_documented_vector),
      cmocka_unit_test(a_head_signs_the_documented_bytes),
      cmocka_unit_test(strings_escape_only_what_json_demands),
      cmocka_unit_test(hexadecimal_is_exact),
      cmocka_unit_test(an_untouched_chain_is_whole),
      cmocka_unit_test(every_tampering_is_found),
      cmocka_unit_test(a_problem_names_the_entry),
      cmocka_unit_test(an_erased_value_leaves_the_chain_whole),
      cmocka_unit_test(a_quotation_mark_in_a_value_is_no_member),
      cmocka_unit_test(files_are_known_by_their_bytes),
      cmocka_unit_test(hashing_finds_changed_missing_and_cut_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
