// SPDX-License-Identifier: Apache-2.0
// Reads a mailbox, on one connection. Asked one line at a time:
//   {"look":UID}               → {"validity":V,"mails":[uid,…]}: those above UID
//   {"fetch":UID,"most":N}     → {"length":L,"whole":true} and the bytes; a larger mail's head only
//   {"settle":UID,"remove":B}  → {}: read, or removed
// and each may be answered {"failed":"words","login":false}.
#include <stdlib.h>
#include <string.h>

#include "worker/curl.h"

enum { MOST_MAILS = 200 };

typedef struct Box {
  Remote remote;
  int64_t validity;
  Arena *arena;
  Text got;
} Box;

static size_t take(char *bytes, size_t size, size_t count, void *user) {
  Box *box = user;
  text_add_n(&box->got, bytes, size * count);
  return size * count;
}

// "* OK [UIDVALIDITY 1764255578] UIDs valid" is said once, when the mailbox is opened.
static void heard(Remote *remote, const char *line) {
  Box *box = remote->user;
  const char *at = strstr(line, "[UIDVALIDITY ");
  if (at != NULL) box->validity = strtoll(at + 13, NULL, 10);
}

static CURLcode perform(Box *box, const char *path, const char *command) {
  Remote *remote = &box->remote;
  Account account = remote->account;
  remote->account.url = text_format(box->arena, "%s%s", account.url, path);
  remote_prepare(remote);
  remote->account = account;
  text_init(&box->got, box->arena);
  const Curl *curl = remote->curl;
  if (command != NULL) curl->curl_easy_setopt(remote->handle, CURLOPT_CUSTOMREQUEST, command);
  curl->curl_easy_setopt(remote->handle, CURLOPT_WRITEFUNCTION, take);
  curl->curl_easy_setopt(remote->handle, CURLOPT_WRITEDATA, box);
  curl->curl_easy_setopt(remote->handle, CURLOPT_BUFFERSIZE, 256L * 1024); // a line of many UIDs
  return curl->curl_easy_perform(remote->handle);
}

static json_t *failed(const Box *box, CURLcode code) {
  const char *words = box->remote.words[0] != '\0' && code != CURLE_COULDNT_CONNECT &&
                              code != CURLE_OPERATION_TIMEDOUT &&
                              code != CURLE_PEER_FAILED_VERIFICATION
                          ? box->remote.words
                          : box->remote.curl->curl_easy_strerror(code);
  return json_pack("{s:s,s:b}", "failed", words, "login", code == CURLE_LOGIN_DENIED);
}

// "* SEARCH 7 9 12"
static void read_uids(const char *text, int64_t after, json_t *mails) {
  const char *at = text == NULL ? NULL : strstr(text, "SEARCH");
  if (at == NULL) return;
  for (at += 6; *at == ' ' && json_array_size(mails) < MOST_MAILS;) {
    char *end;
    int64_t number = strtoll(at, &end, 10);
    if (end == at) return;
    if (number > after) json_array_append_new(mails, json_integer((json_int_t)number));
    at = end;
  }
}

// One line whatever there is: libcurl takes no more than 300 KB of lines in one answer.
static json_t *look(Box *box, int64_t after) {
  CURLcode code = perform(box, "INBOX", "NOOP"); // lets the server notice what has arrived
  if (code == CURLE_OK)
    code = perform(box, "INBOX",
                   text_format(box->arena, "UID SEARCH UID %lld:*", (long long)after + 1));
  if (code != CURLE_OK) return failed(box, code);
  json_t *mails = json_array();
  read_uids(box->got.data, after, mails);
  return json_pack("{s:I,s:o}", "validity", (json_int_t)box->validity, "mails", mails);
}

static bool is_small(Box *box, int64_t uid, int64_t most) {
  CURLcode code = perform(box, "INBOX",
                          text_format(box->arena, "UID FETCH %lld (RFC822.SIZE)", (long long)uid));
  const char *at =
      code == CURLE_OK && box->got.data != NULL ? strstr(box->got.data, "RFC822.SIZE ") : NULL;
  return at != NULL && strtoll(at + 12, NULL, 10) <= most;
}

static bool fetch(Box *box, int64_t uid, bool whole) {
  CURLcode code = perform(
      box,
      text_format(box->arena, "INBOX/;UID=%lld%s", (long long)uid, whole ? "" : ";SECTION=HEADER"),
      NULL);
  if (code != CURLE_OK) return frames_answer(failed(box, code), NULL, 0);
  return frames_answer(
      json_pack("{s:I,s:b}", "length", (json_int_t)box->got.length, "whole", whole), box->got.data,
      box->got.length);
}

static json_t *settle(Box *box, int64_t uid, bool remove) {
  const char *flags = remove ? "\\Seen \\Deleted" : "\\Seen \\Flagged";
  CURLcode code =
      perform(box, "INBOX",
              text_format(box->arena, "UID STORE %lld +FLAGS.SILENT (%s)", (long long)uid, flags));
  if (code == CURLE_OK && remove) code = perform(box, "INBOX", "EXPUNGE");
  return code == CURLE_OK ? json_object() : failed(box, code);
}

static bool answer(Box *box, const json_t *line) {
  json_t *asked = json_object_get(line, "look");
  if (asked != NULL) return frames_answer(look(box, json_integer_value(asked)), NULL, 0);
  asked = json_object_get(line, "fetch");
  int64_t most = json_integer_value(json_object_get(line, "most"));
  if (asked != NULL)
    return fetch(box, json_integer_value(asked), is_small(box, json_integer_value(asked), most));
  bool remove = json_is_true(json_object_get(line, "remove"));
  return frames_answer(settle(box, json_integer_value(json_object_get(line, "settle")), remove),
                       NULL, 0);
}

int imap_converse(Arena *arena) {
  Box box = {.remote = {.curl = worker_curl(), .heard = heard}, .arena = arena_create()};
  box.remote.user = &box;
  json_t *first = frames_line(arena);
  bool going = first != NULL && box.remote.curl != NULL;
  if (going) {
    box.remote.account = account_read(first);
    box.remote.handle = box.remote.curl->curl_easy_init();
    going = box.remote.handle != NULL;
  }
  while (going) {
    json_t *line = frames_line(box.arena);
    going = line != NULL && answer(&box, line);
    json_decref(line);
    arena_reset(box.arena);
  }
  if (box.remote.handle != NULL) box.remote.curl->curl_easy_cleanup(box.remote.handle);
  return 0;
}
