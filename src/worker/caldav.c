// SPDX-License-Identifier: Apache-2.0
// Keeps events in a CalDAV collection (RFC 4791). Asked one line at a time:
//   {"put":"name.ics","etag":"…" or "","length":N}  and the calendar
//   {"delete":"name.ics","etag":"…"}
// and answered {"status":201,"etag":"…"} or {"failed":"words"}; of one that was refused because
// somebody changed it, the etag is theirs ("": it is gone). Without an etag an event is only
// created; with one it is changed only if it is still the one we know.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/curl.h"

typedef struct Collection {
  Remote remote;
  char etag[200];
  const char *bytes;
  size_t left;
} Collection;

static size_t give(char *to, size_t size, size_t count, void *user) {
  Collection *c = user;
  size_t most = size * count, part = c->left < most ? c->left : most;
  memcpy(to, c->bytes, part);
  c->bytes += part;
  c->left -= part;
  return part;
}

static size_t drop(char *bytes, size_t size, size_t count, void *user) {
  (void)bytes;
  (void)user;
  return size * count;
}

static size_t header(char *bytes, size_t size, size_t count, void *user) {
  Collection *c = user;
  size_t length = size * count, from = 5;
  if (length <= 5 || strncasecmp(bytes, "ETag:", 5) != 0) return length;
  while (from < length && bytes[from] == ' ') from++;
  size_t n = 0;
  for (; from < length && n + 1 < sizeof c->etag; from++)
    if ((unsigned char)bytes[from] > 0x20 && (unsigned char)bytes[from] < 0x7F)
      c->etag[n++] = bytes[from];
  c->etag[n] = '\0';
  return length;
}

static bool perform(Collection *c, Arena *arena, const char *name, const char *method,
                    struct curl_slist *headers) {
  const Curl *curl = c->remote.curl;
  CURL *handle = c->remote.handle;
  Account account = c->remote.account;
  c->remote.account.url = text_format(arena, "%s%s", account.url, name);
  remote_prepare(&c->remote);
  c->remote.account = account;
  c->etag[0] = '\0';
  curl->curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, account.plain ? "http,https" : "https");
  curl->curl_easy_setopt(handle, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
  curl->curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl->curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, header);
  curl->curl_easy_setopt(handle, CURLOPT_HEADERDATA, c);
  curl->curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, drop);
  if (text_equal(method, "PUT")) {
    curl->curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl->curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
    curl->curl_easy_setopt(handle, CURLOPT_READDATA, c);
    curl->curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)c->left);
  } else if (text_equal(method, "HEAD")) {
    curl->curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  } else {
    curl->curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method);
  }
  CURLcode code = curl->curl_easy_perform(handle);
  curl->curl_slist_free_all(headers);
  if (code == CURLE_OK) return true;
  frames_answer(json_pack("{s:s}", "failed", curl->curl_easy_strerror(code)), NULL, 0);
  return false;
}

static bool answer(Collection *c, Arena *arena, const json_t *line) {
  const char *etag = frames_text(line, "etag"), *put = frames_text(line, "put");
  const char *name = put[0] != '\0' ? put : frames_text(line, "delete");
  const char *condition =
      etag[0] == '\0' ? "If-None-Match: *" : text_format(arena, "If-Match: %s", etag);
  const Curl *curl = c->remote.curl;
  struct curl_slist *headers = curl->curl_slist_append(NULL, condition);
  headers = curl->curl_slist_append(headers, "Expect:");
  if (put[0] != '\0')
    headers = curl->curl_slist_append(headers, "Content-Type: text/calendar; charset=utf-8");
  if (!perform(c, arena, name, put[0] != '\0' ? "PUT" : "DELETE", headers)) return true;
  long status = 0;
  curl->curl_easy_getinfo(c->remote.handle, CURLINFO_RESPONSE_CODE, &status);
  // A server need not say the new etag with the change; it is asked for.
  bool stored = put[0] != '\0' && status >= 200 && status < 300;
  bool changed = status == 412 || (status == 404 && put[0] != '\0');
  bool asks = changed || (stored && c->etag[0] == '\0');
  if (asks && !perform(c, arena, name, "HEAD", NULL)) return true;
  return frames_answer(json_pack("{s:I,s:s}", "status", (json_int_t)status, "etag", c->etag), NULL,
                       0);
}

int caldav_converse(Arena *arena) {
  Collection c = {.remote = {.curl = worker_curl()}};
  Arena *each = arena_create();
  json_t *first = frames_line(arena);
  bool going = first != NULL && c.remote.curl != NULL;
  if (going) {
    c.remote.account = account_read(first);
    c.remote.handle = c.remote.curl->curl_easy_init();
    going = c.remote.handle != NULL;
  }
  while (going) {
    Text bytes;
    json_t *line = frames_line(each);
    int64_t length = json_integer_value(json_object_get(line, "length"));
    going = line != NULL && length >= 0 && frames_bytes(each, (size_t)length, &bytes);
    if (going) {
      c.bytes = bytes.data == NULL ? "" : bytes.data;
      c.left = bytes.length;
      going = answer(&c, each, line);
    }
    json_decref(line);
    arena_reset(each);
  }
  if (c.remote.handle != NULL) c.remote.curl->curl_easy_cleanup(c.remote.handle);
  return 0;
}
