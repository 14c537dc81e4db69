// SPDX-License-Identifier: Apache-2.0
#include "worker/curl.h"

#include <pthread.h>
#include <string.h>

LATE_LIBRARY(Curl, worker_curl, "libcurl.so.4", CURL_CALLS)

Account account_read(const json_t *line) {
  return (Account){.url = frames_text(line, "url"),
                   .user = frames_text(line, "user"),
                   .password = frames_text(line, "password"),
                   .ca = frames_text(line, "ca"),
                   .plain = json_is_true(json_object_get(line, "plain")),
                   .timeout = (long)json_integer_value(json_object_get(line, "timeout"))};
}

// Printable UTF-8 without the line's end; what a server says is a stranger's text.
static void keep(char *to, size_t size, const char *line, size_t length) {
  size_t n = 0;
  for (size_t i = 0; i < length && n + 1 < size; i++) {
    unsigned char byte = (unsigned char)line[i];
    if (byte == '\r' || byte == '\n') break;
    to[n++] = byte < 0x20 || byte > 0x7E ? '?' : (char)byte;
  }
  to[n] = '\0';
}

static int overhear(CURL *handle, curl_infotype type, char *data, size_t size, void *user) {
  Remote *remote = user;
  (void)handle;
  if (type == CURLINFO_HEADER_OUT) {
    keep(remote->stage, sizeof remote->stage, data, size);
  } else if (type == CURLINFO_HEADER_IN) {
    keep(remote->words, sizeof remote->words, data, size);
    if (remote->words[0] == '4' || remote->words[0] == '5') {
      keep(remote->refusal, sizeof remote->refusal, data, size);
      keep(remote->refused, sizeof remote->refused, remote->stage, strlen(remote->stage));
    }
    if (remote->heard != NULL) remote->heard(remote, remote->words);
  }
  return 0;
}

void remote_prepare(Remote *remote) {
  const Curl *curl = remote->curl;
  CURL *handle = remote->handle;
  const Account *account = &remote->account;
  curl->curl_easy_reset(handle);
  remote->refusal[0] = remote->refused[0] = remote->stage[0] = '\0';
  curl->curl_easy_setopt(handle, CURLOPT_URL, account->url);
  curl->curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps,imap,imaps");
  if (account->user[0] != '\0') {
    curl->curl_easy_setopt(handle, CURLOPT_USERNAME, account->user);
    curl->curl_easy_setopt(handle, CURLOPT_PASSWORD, account->password);
  }
  curl->curl_easy_setopt(handle, CURLOPT_USE_SSL,
                         (long)(account->plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl->curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl->curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (account->ca[0] != '\0') curl->curl_easy_setopt(handle, CURLOPT_CAINFO, account->ca);
  curl->curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 15L);
  curl->curl_easy_setopt(handle, CURLOPT_TIMEOUT, account->timeout > 0 ? account->timeout : 45L);
  curl->curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl->curl_easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
  curl->curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
  curl->curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, overhear);
  curl->curl_easy_setopt(handle, CURLOPT_DEBUGDATA, remote);
}

const char *remote_words(const Remote *remote, CURLcode code) {
  return remote->refusal[0] != '\0' ? remote->refusal : remote->curl->curl_easy_strerror(code);
}
