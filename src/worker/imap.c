// SPDX-License-Identifier: Apache-2.0
// Reads a mailbox, on one connection. Asked one line at a time:
//   {"look":UID}                  → {"validity":V,"mails":[uid,…],"idle":B,"quota":{…}}: above UID
//   {"fetch":[uid,…],"most":N}    → {"uid":U,"length":L,"whole":true} and the bytes, of each (of a
//                                   larger one so many), then {"end":true}
//   {"remove":[uid,…],"keep":[…]} → {}: removed, or marked as read
//   {"wait":MILLISECONDS}         → {"news":B}: as soon as something arrives
// and each may be answered {"failed":"words"} (the connection is of no use any more) or, of a
// removal, {"refused":"words"}.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "worker/imap_wire.h"

enum { MOST_MAILS = 500, QUOTA_EVERY = 60, SEARCH_EVERY = 60 };
#define KEPT "\\Seen \\Flagged"

typedef struct Box {
  Wire wire;
  int64_t looked; // number of looks
} Box;

static json_t *failed(const Box *box) {
  return json_pack("{s:s}", "failed",
                   box->wire.words[0] != '\0' ? box->wire.words : "The mailbox cannot be read.");
}

// ---- sets of UIDs ----

static const char *set_of(Arena *arena, const json_t *uids) {
  Text out;
  text_init(&out, arena);
  size_t count = json_array_size(uids);
  for (size_t i = 0; i < count;) {
    int64_t first = json_integer_value(json_array_get(uids, i)), last = first;
    for (i++; i < count && json_integer_value(json_array_get(uids, i)) == last + 1; i++) last++;
    if (out.length > 0) text_add_char(&out, ',');
    text_add(&out, last == first
                       ? text_format(arena, "%lld", (long long)first)
                       : text_format(arena, "%lld:%lld", (long long)first, (long long)last));
  }
  return out.data;
}

// ---- looking ----

typedef struct Search {
  int64_t after;
  json_t *mails;
} Search;

// "* SEARCH 7 9 12"; "n:*" names the last mail too, even if it is below n.
static void hear_search(void *user, const Said *said) {
  Search *search = user;
  const char *at = said->line;
  if (strncasecmp(at, "* SEARCH", 8) != 0) return;
  for (at += 8; *at == ' ' && json_array_size(search->mails) < MOST_MAILS;) {
    char *end;
    int64_t number = strtoll(at, &end, 10);
    if (end == at) return;
    if (number > search->after)
      json_array_append_new(search->mails, json_integer((json_int_t)number));
    at = end;
  }
}

// "* QUOTA name (STORAGE 10 512 MESSAGE 3 100)": the one that is nearest to its end.
static void hear_quota(void *user, const Said *said) {
  Wire *wire = user;
  const char *at = strchr(said->line, '(');
  if (strncasecmp(said->line, "* QUOTA ", 8) != 0 || at == NULL) return;
  for (at++; *at != '\0' && *at != ')';) {
    at += strcspn(at, " )");
    char *end, *rest;
    int64_t used = strtoll(at, &end, 10), most = strtoll(end, &rest, 10);
    if (rest == end || end == at) return;
    if (most > 0 && (wire->quota_most == 0 || used * wire->quota_most > wire->quota_used * most)) {
      wire->quota_used = used;
      wire->quota_most = most;
    }
    at = rest + (*rest == ' ');
  }
}

static void ask_quota(Box *box) {
  Wire *wire = &box->wire;
  if (!wire->can_quota || box->looked % QUOTA_EVERY != 0) return;
  wire->quota_used = wire->quota_most = 0;
  wire_command(wire, "GETQUOTAROOT INBOX", hear_quota, wire); // refused: there is none
}

static bool store(Wire *wire, const json_t *uids, const char *flags) {
  return json_array_size(uids) == 0 ||
         wire_command(wire,
                      text_format(wire->arena, "UID STORE %s +FLAGS.SILENT (%s)",
                                  set_of(wire->arena, uids), flags),
                      NULL, NULL);
}

static json_t *search_for(Wire *wire, int64_t up_to, const char *which) {
  Search search = {0, json_array()};
  wire_command(wire, text_format(wire->arena, "UID SEARCH UID 1:%lld %s", (long long)up_to, which),
               hear_search, &search);
  return search.mails;
}

// What was dealt with by a server that was killed before it could say so to the mailbox, or between
// marking and removing it.
static void mark_left_behind(Wire *wire, int64_t up_to) {
  if (up_to <= 0) return;
  json_t *deleted = search_for(wire, up_to, "DELETED");
  if (wire->can_expunge_uids && json_array_size(deleted) > 0)
    wire_command(wire, text_format(wire->arena, "UID EXPUNGE %s", set_of(wire->arena, deleted)),
                 NULL, NULL);
  json_t *unseen = search_for(wire, up_to, "UNSEEN");
  store(wire, unseen, KEPT);
  json_decref(deleted);
  json_decref(unseen);
}

// The server is asked for its list when something arrived; now and then in any case.
static json_t *look(Box *box, int64_t after) {
  Wire *wire = &box->wire;
  Search search = {after, json_array()};
  bool fresh = !wire->open;
  if (fresh) box->looked = 0;
  if (!wire_open(wire) || (!fresh && !wire_command(wire, "NOOP", NULL, NULL))) {
    json_decref(search.mails);
    return failed(box);
  }
  ask_quota(box);
  if (fresh) mark_left_behind(wire, after);
  bool search_now = wire->news || after == 0 || box->looked % SEARCH_EVERY == 0;
  box->looked++;
  wire->news = false;
  if (search_now &&
      !wire_command(wire, text_format(wire->arena, "UID SEARCH UID %lld:*", (long long)after + 1),
                    hear_search, &search)) {
    json_decref(search.mails);
    return failed(box);
  }
  if (json_array_size(search.mails) > 0) wire->news = true; // there may be more than these
  return json_pack("{s:I,s:o,s:b,s:{s:I,s:I}}", "validity", (json_int_t)wire->validity, "mails",
                   search.mails, "idle", wire->can_idle, "quota", "used",
                   (json_int_t)wire->quota_used, "most", (json_int_t)wire->quota_most);
}

// ---- fetching ----

typedef struct Fetch {
  int64_t most;
  bool told;
} Fetch;

static int64_t number_after(const char *line, const char *name) {
  const char *at = strcasestr(line, name);
  return at == NULL ? -1 : strtoll(at + strlen(name), NULL, 10);
}

static void hear_mail(void *user, const Said *said) {
  Fetch *fetch = user;
  if (strcasestr(said->line, " FETCH (") == NULL || strcasestr(said->line, "BODY[]") == NULL)
    return;
  int64_t uid = number_after(said->line, "UID ");
  bool whole = number_after(said->line, "RFC822.SIZE ") <= fetch->most;
  fetch->told =
      fetch->told && frames_answer(json_pack("{s:I,s:I,s:b}", "uid", (json_int_t)uid, "length",
                                             (json_int_t)said->length, "whole", whole),
                                   said->literal, said->length);
}

static bool fetch_mails(Box *box, const json_t *uids, int64_t most) {
  Wire *wire = &box->wire;
  Fetch fetch = {most, true};
  const char *command =
      text_format(wire->arena, "UID FETCH %s (UID RFC822.SIZE BODY.PEEK[]<0.%lld>)",
                  set_of(wire->arena, uids), (long long)most);
  bool done = wire_command(wire, command, hear_mail, &fetch);
  return fetch.told && frames_answer(done ? json_pack("{s:b}", "end", 1) : failed(box), NULL, 0);
}

// ---- settling ----

static void hear_expunge(void *user, const Said *said) {
  size_t *gone = user;
  const char *last = strrchr(said->line, ' ');
  *gone += last != NULL && strcasecmp(last + 1, "EXPUNGE") == 0;
}

// A server may say yes and do nothing; each that goes is told of.
static bool expunge(Wire *wire, const json_t *uids) {
  size_t gone = 0, wanted = json_array_size(uids);
  if (wanted == 0) return true;
  const char *command = wire->can_expunge_uids
                            ? text_format(wire->arena, "UID EXPUNGE %s", set_of(wire->arena, uids))
                            : "EXPUNGE";
  if (!wire_command(wire, command, hear_expunge, &gone)) return false;
  if (gone < wanted)
    snprintf(wire->words, sizeof wire->words, "%zu of %zu stayed where they are.", wanted - gone,
             wanted);
  return gone >= wanted;
}

// What the server will not do, for a full disk or want of a right, does not stop the reading.
static json_t *settle(Box *box, const json_t *remove, const json_t *keep) {
  Wire *wire = &box->wire;
  bool kept = store(wire, keep, KEPT);
  bool removed = store(wire, remove, "\\Seen \\Deleted") && expunge(wire, remove);
  if (kept && removed) return json_object();
  return wire->open ? json_pack("{s:s}", "refused", wire->words) : failed(box);
}

// ---- the conversation ----

static bool answer(Box *box, const json_t *line) {
  const json_t *asked = json_object_get(line, "look");
  if (asked != NULL) return frames_answer(look(box, json_integer_value(asked)), NULL, 0);
  asked = json_object_get(line, "wait");
  if (asked != NULL) {
    bool news = wire_wait(&box->wire, (int)json_integer_value(asked));
    return frames_answer(json_pack("{s:b}", "news", news), NULL, 0);
  }
  asked = json_object_get(line, "fetch");
  if (asked != NULL)
    return fetch_mails(box, asked, json_integer_value(json_object_get(line, "most")));
  return frames_answer(settle(box, json_object_get(line, "remove"), json_object_get(line, "keep")),
                       NULL, 0);
}

int imap_converse(Arena *arena) {
  Box *box = arena_new(arena, Box);
  Wire *wire = &box->wire;
  wire->remote.curl = worker_curl();
  wire->arena = arena_create();
  json_t *first = frames_line(arena);
  bool going = first != NULL && wire->remote.curl != NULL;
  if (going) wire->remote.account = account_read(first);
  while (going) {
    json_t *line = frames_line(wire->arena);
    going = line != NULL && answer(box, line);
    json_decref(line);
    arena_reset(wire->arena);
  }
  wire_close(wire);
  return 0;
}
