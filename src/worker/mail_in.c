// SPDX-License-Identifier: Apache-2.0
#include "worker/mail_in.h"

#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "worker/calendar_in.h"

enum { MOST_ADDRESSES = 50, MOST_DEPTH = 20, MOST_PARTS = 100 };

// One of our own, read before any other: what the libraries make on first use is then made once,
// and not again in each child.
static const char FIRST[] =
    "From: A <a@example.org>\r\nTo: B <b@example.org>\r\nMessage-ID: <1@example.org>\r\n"
    "In-Reply-To: <2@example.org>\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/alternative; boundary=\"=\"\r\n\r\n--=\r\n"
    "Content-Type: text/plain; charset=\"utf-8\"\r\n\r\nYes.\r\n--=\r\n"
    "Content-Type: text/calendar; charset=\"utf-8\"; method=REPLY\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//A//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
    "UID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=3DEurope/Berlin:20260101T100000\r\n"
    "DTEND;TZID=3DEurope/Berlin:20260101T110000\r\nSEQUENCE:0\r\nCOMMENT:Yes\r\n"
    "ORGANIZER:mailto:b@example.org\r\nATTENDEE;PARTSTAT=3DACCEPTED:mailto:a@example.org\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n--=--\r\n";

bool mail_in_prepare(char *const *arguments) {
  (void)arguments;
  g_mime_init();
  Arena *arena = arena_create();
  json_t *read = mail_in_parse(arena, FIRST, sizeof FIRST - 1);
  bool sound = json_object_get(json_object_get(read, "calendar"), "uid") != NULL;
  json_decref(read);
  arena_destroy(arena);
  return sound;
}

// ---- text ----

static const char *sound(Arena *arena, const char *text) {
  if (text == NULL || !text_is_utf8(text, strlen(text)) || strlen(text) > 1000) return "";
  char *out = text_copy(arena, text);
  for (char *p = out; *p != '\0'; p++)
    if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = ' ';
  return text_trim(arena, out);
}

// Calendars are UTF-8 (RFC 5545); a program that wrote Latin-1 all the same is understood.
static const char *utf8_of(Arena *arena, const char *bytes, size_t length, size_t *out_length) {
  *out_length = length;
  if (text_is_utf8(bytes, length)) return bytes;
  Text out;
  text_init(&out, arena);
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c >= 0x80) text_add_char(&out, (char)(0xC0 | c >> 6));
    if (c != 0) text_add_char(&out, c >= 0x80 ? (char)(0x80 | (c & 0x3F)) : (char)c);
  }
  *out_length = out.length;
  return out.data;
}

// ---- addresses ----

static void add_addresses(Arena *arena, InternetAddressList *list, json_t *out) {
  int count = list == NULL ? 0 : internet_address_list_length(list);
  for (int i = 0; i < count && json_array_size(out) < MOST_ADDRESSES; i++) {
    InternetAddress *one = internet_address_list_get_address(list, i);
    if (!INTERNET_ADDRESS_IS_MAILBOX(one)) continue;
    const char *address =
        sound(arena, internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)));
    if (address[0] != '\0') json_array_append_new(out, json_string(text_lower(arena, address)));
  }
}

static void add_header_address(Arena *arena, GMimeMessage *message, const char *name, json_t *out) {
  const char *value = sound(arena, g_mime_object_get_header(GMIME_OBJECT(message), name));
  if (value[0] != '\0' && json_array_size(out) < MOST_ADDRESSES)
    json_array_append_new(out, json_string(text_lower(arena, value)));
}

static const char *sender(Arena *arena, GMimeMessage *message) {
  json_t *list = json_array();
  add_addresses(arena, g_mime_message_get_from(message), list);
  const char *first = json_string_value(json_array_get(list, 0));
  const char *out = text_copy(arena, first == NULL ? "" : first);
  json_decref(list);
  return out;
}

static json_t *references(Arena *arena, GMimeMessage *message) {
  static const char *const names[] = {"In-Reply-To", "References"};
  json_t *out = json_array();
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    const char *given = g_mime_object_get_header(GMIME_OBJECT(message), names[i]);
    if (given == NULL || strlen(given) > 8000) continue;
    GMimeReferences *list = g_mime_references_parse(NULL, given);
    int count = list == NULL ? 0 : g_mime_references_length(list);
    for (int k = 0; k < count && json_array_size(out) < MOST_ADDRESSES; k++)
      json_array_append_new(out,
                            json_string(sound(arena, g_mime_references_get_message_id(list, k))));
    g_mime_references_free(list);
  }
  return out;
}

// ---- the calendar ----

typedef struct Search {
  Arena *arena;
  json_t *found;
  int parts;
} Search;

static json_t *read_part(Arena *arena, GMimePart *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (content == NULL) return NULL;
  GMimeStream *memory = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, memory);
  GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
  size_t length;
  const char *text = utf8_of(arena, (const char *)bytes->data, bytes->len, &length);
  json_t *out = length == 0 ? NULL : calendar_in_read(arena, text, length);
  g_object_unref(memory);
  return out;
}

static bool is_calendar(GMimeObject *object) {
  GMimeContentType *type = g_mime_object_get_content_type(object);
  return type != NULL && (g_mime_content_type_is_type(type, "text", "calendar") ||
                          g_mime_content_type_is_type(type, "application", "ics"));
}

// The first that can be read; text/calendar stands before the same as a file.
static void search(Search *s, GMimeObject *object, int depth) {
  if (object == NULL || depth > MOST_DEPTH || ++s->parts > MOST_PARTS) return;
  bool useful = s->found != NULL && json_object_get(s->found, "refused") == NULL;
  if (useful) return;
  if (GMIME_IS_MULTIPART(object)) {
    int count = g_mime_multipart_get_count(GMIME_MULTIPART(object));
    for (int i = 0; i < count; i++)
      search(s, g_mime_multipart_get_part(GMIME_MULTIPART(object), i), depth + 1);
  } else if (GMIME_IS_PART(object) && is_calendar(object)) {
    json_t *read = read_part(s->arena, GMIME_PART(object));
    if (read == NULL) return;
    json_decref(s->found);
    s->found = read;
  }
}

// ---- the mail ----

static size_t boundaries(const char *bytes, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i + 9 < length; i++)
    count += (bytes[i] | 0x20) == 'b' && strncasecmp(bytes + i, "boundary=", 9) == 0;
  return count;
}

static json_t *read_message(Arena *arena, GMimeMessage *message) {
  Search s = {.arena = arena};
  json_t *to = json_array();
  add_addresses(arena, g_mime_message_get_to(message), to);
  add_addresses(arena, g_mime_message_get_cc(message), to);
  add_header_address(arena, message, "Delivered-To", to);
  add_header_address(arena, message, "X-Original-To", to);
  search(&s, g_mime_message_get_mime_part(message), 0);
  const char *automatic = g_mime_object_get_header(GMIME_OBJECT(message), "Auto-Submitted");
  json_t *out = json_pack("{s:s,s:o,s:s,s:o,s:b}", "from", sender(arena, message), "to", to,
                          "message_id", sound(arena, g_mime_message_get_message_id(message)),
                          "references", references(arena, message), "automatic",
                          automatic != NULL && strcasecmp(automatic, "no") != 0);
  if (s.found != NULL) json_object_set_new(out, "calendar", s.found);
  return out;
}

json_t *mail_in_parse(Arena *arena, const char *bytes, size_t length) {
  if (length > MAIL_IN_MOST_BYTES) return json_pack("{s:s}", "refused", "It is too large.");
  if (boundaries(bytes, length) > MAIL_IN_MOST_BOUNDARIES)
    return json_pack("{s:s}", "refused", "It is nested too deeply.");
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  json_t *out = message == NULL ? json_pack("{s:s}", "refused", "It is no mail.")
                                : read_message(arena, message);
  if (message != NULL) g_object_unref(message);
  g_object_unref(parser);
  g_object_unref(stream);
  return out;
}
