// SPDX-License-Identifier: Apache-2.0
// Whatever a mail server says: an answer ends, and no literal is taken for the server's word.
#include <string.h>

#include "fuzz.h"
#include "worker/imap_wire.h"

static struct {
  const uint8_t *bytes;
  size_t left;
} server;

static CURLcode hear_some(CURL *handle, void *to, size_t most, size_t *got) {
  (void)handle;
  *got = server.left < most ? server.left : most;
  if (*got > 7) *got = 1 + server.bytes[0] % *got; // in pieces of any length
  memcpy(to, server.bytes, *got);
  server.bytes += *got;
  server.left -= *got;
  return CURLE_OK; // nothing left: the connection is closed
}

static CURLcode say(CURL *handle, const void *bytes, size_t length, size_t *sent) {
  (void)handle;
  (void)bytes;
  *sent = length;
  return CURLE_OK;
}

// curl_easy_getinfo takes any number of arguments; no socket is ever waited for here.
static CURLcode info(CURL *handle, CURLINFO what, ...) {
  (void)handle;
  (void)what;
  return CURLE_OK;
}

static void hear(void *user, const Said *said) {
  size_t *count = user;
  ++*count;
  MUST(said->line[0] == '*' && strchr(said->line, '\n') == NULL);
  MUST(said->length <= WIRE_MOST_LITERAL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const Curl curl = {
      .curl_easy_recv = hear_some, .curl_easy_send = say, .curl_easy_getinfo = info};
  static Wire wire;
  if (size > 100000) return 0;
  size_t count = 0;
  Arena *arena = arena_create();
  wire = (Wire){.remote = {.curl = &curl}, .arena = arena, .open = true};
  server.bytes = data;
  server.left = size;
  wire_command(&wire, "UID FETCH 1:* (UID RFC822.SIZE BODY.PEEK[])", hear, &count);
  if (wire.open) wire_wait(&wire, 0);
  if (wire.open) wire_command(&wire, "UID SEARCH UID 1:*", hear, &count);
  MUST(strlen(wire.words) < sizeof wire.words && wire.from <= wire.until);
  arena_destroy(arena);
  return 0;
}
