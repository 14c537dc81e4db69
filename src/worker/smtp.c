// SPDX-License-Identifier: Apache-2.0
// Hands mails to an SMTP server, one after the other on one connection. Each mail:
//   {"from":"a@b","to":"c@d","length":123}  and its bytes
// and the answer, once the server has taken or refused it:
//   {"outcome":"accepted|later|refused|connection","words":"550 …","in_doubt":false}
// "later" and "refused" speak of this mail; "connection" of the server, the account or the sender.
#include <string.h>

#include "worker/curl.h"

typedef struct Upload {
  const char *bytes;
  size_t left;
} Upload;

static size_t give(char *to, size_t size, size_t count, void *user) {
  Upload *upload = user;
  size_t most = size * count, part = upload->left < most ? upload->left : most;
  memcpy(to, upload->bytes, part);
  upload->bytes += part;
  upload->left -= part;
  return part;
}

static bool began_with(const char *command, const char *word) {
  return strncmp(command, word, strlen(word)) == 0;
}

// What is refused after MAIL FROM is refused of this mail: its address, or what it says.
static const char *outcome(const Remote *remote, CURLcode code) {
  if (code == CURLE_OK) return "accepted";
  bool of_this_mail = began_with(remote->refused, "RCPT") || began_with(remote->refused, "DATA");
  if (!of_this_mail || strncmp(remote->refusal, "421", 3) == 0) return "connection";
  return remote->refusal[0] == '5' ? "refused" : "later";
}

static bool send_one(Remote *remote, const json_t *line, const Text *bytes) {
  const Curl *curl = remote->curl;
  Upload upload = {bytes->data, bytes->length};
  remote_prepare(remote);
  struct curl_slist *to = curl->curl_slist_append(NULL, frames_text(line, "to"));
  curl->curl_easy_setopt(remote->handle, CURLOPT_MAIL_FROM, frames_text(line, "from"));
  curl->curl_easy_setopt(remote->handle, CURLOPT_MAIL_RCPT, to);
  curl->curl_easy_setopt(remote->handle, CURLOPT_UPLOAD, 1L);
  curl->curl_easy_setopt(remote->handle, CURLOPT_READFUNCTION, give);
  curl->curl_easy_setopt(remote->handle, CURLOPT_READDATA, &upload);
  CURLcode code = curl->curl_easy_perform(remote->handle);
  const char *what = outcome(remote, code);
  const char *words = code == CURLE_OK ? remote->words : remote_words(remote, code);
  bool in_doubt = upload.left < bytes->length; // it had begun: another attempt may fail alike
  bool told = frames_answer(
      json_pack("{s:s,s:s,s:b}", "outcome", what, "words", words, "in_doubt", in_doubt), NULL, 0);
  curl->curl_slist_free_all(to);
  return told;
}

int smtp_converse(Arena *arena) {
  Remote remote = {.curl = worker_curl()};
  Arena *each = arena_create();
  json_t *first = frames_line(arena);
  bool going = first != NULL && remote.curl != NULL;
  if (going) {
    remote.account = account_read(first);
    remote.handle = remote.curl->curl_easy_init();
    going = remote.handle != NULL;
  }
  while (going) {
    Text bytes;
    json_t *line = frames_line(each);
    int64_t length = json_integer_value(json_object_get(line, "length"));
    going = line != NULL && length > 0 && frames_bytes(each, (size_t)length, &bytes) &&
            send_one(&remote, line, &bytes);
    json_decref(line);
    arena_reset(each);
  }
  if (remote.handle != NULL) remote.curl->curl_easy_cleanup(remote.handle); // says QUIT
  return 0;
}
