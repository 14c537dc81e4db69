// SPDX-License-Identifier: Apache-2.0
#include "mail/message.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "outbox/outbox.h"

enum { WORD_BYTES = 39, LINE = 76, FOLD = 75 };

// ---- headers ----

static bool is_plain(const char *text) {
  for (; *text != '\0'; text++)
    if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7E) return false;
  return true;
}

// Without what could end a header; the rest of a stranger's name or title is his own affair.
static char *one_line(Arena *arena, const char *text) {
  char *out = text_copy(arena, text == NULL ? "" : text);
  for (char *p = out; *p != '\0'; p++)
    if ((unsigned char)*p < 0x20 || *p == 0x7F) *p = ' ';
  return out;
}

static void add_base64(Text *out, const char *bytes, size_t length) {
  unsigned char coded[LINE + 5]; // of at most 57 bytes
  int n = EVP_EncodeBlock(coded, (const unsigned char *)bytes, (int)length);
  text_add_n(out, (const char *)coded, (size_t)n);
}

static size_t whole_characters(const char *text, size_t most) {
  size_t n = strlen(text);
  if (n <= most) return n;
  for (n = most; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80; n--) continue;
  return n == 0 ? most : n;
}

// RFC 2047: encoded words of at most 75 octets, each with whole characters.
static void add_words(Text *out, const char *text) {
  for (bool first = true; *text != '\0'; first = false) {
    size_t n = whole_characters(text, WORD_BYTES);
    if (!first) text_add(out, "\r\n ");
    text_add(out, "=?UTF-8?B?");
    add_base64(out, text, n);
    text_add(out, "?=");
    text += n;
  }
}

// An unstructured value; long ones fold at blanks.
static void add_value(Arena *arena, Text *out, const char *name, const char *value) {
  const char *line = one_line(arena, value);
  text_add_format(out, "%s: ", name);
  if (!is_plain(line) || strstr(line, "=?") != NULL || strlen(line) > 900)
    add_words(out, line);
  else
    text_add(out, line);
  text_add(out, "\r\n");
}

static void add_address(Arena *arena, Text *out, const char *field, const char *name,
                        const char *address) {
  const char *line = one_line(arena, name);
  text_add_format(out, "%s: ", field);
  if (line[0] != '\0' && is_plain(line)) {
    text_add_char(out, '"');
    for (; *line != '\0'; line++) {
      if (*line == '"' || *line == '\\') text_add_char(out, '\\');
      text_add_char(out, *line);
    }
    text_add(out, "\"\r\n ");
  } else if (line[0] != '\0') {
    add_words(out, line);
    text_add(out, "\r\n ");
  }
  text_add_format(out, "<%s>\r\n", address);
}

bool message_address_is_sound(const char *address) {
  const char *at = address == NULL ? NULL : strrchr(address, '@');
  if (at == NULL || at == address || at[1] == '\0' || strlen(address) > 254) return false;
  return strpbrk(address, " \t\r\n<>()[],;:\\\"") == NULL && is_plain(address) && address[0] != '-';
}

const char *message_answer_address(Arena *arena, const char *from, const char *token) {
  const char *plus = getenv("DAYBOOK_MAIL_PLUS"), *at = strrchr(from, '@');
  if (text_is_empty(token) || at == NULL || text_equal(plus, "none")) return from;
  return text_format(arena, "%.*s%s%s%s", (int)(at - from), from, text_is_empty(plus) ? "+" : plus,
                     token, at);
}

static void add_date(Text *out, Instant at) {
  static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int year, month, day;
  int32_t second;
  Date date = zone_date(zone_find("UTC"), at, &second);
  date_split(date, &year, &month, &day);
  text_add_format(out, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n", days[date_weekday(date) - 1],
                  day, months[month - 1], year, second / 3600, second / 60 % 60, second % 60);
}

// ---- bodies ----

static void add_quoted(Text *out, const char *text) {
  static const char digits[] = "0123456789ABCDEF";
  size_t column = 0;
  for (; *text != '\0'; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '\n') {
      text_add(out, "\r\n");
      column = 0;
      continue;
    }
    bool plain = c >= 0x20 && c < 0x7F && c != '=' &&
                 !((c == ' ') && (text[1] == '\n' || text[1] == '\0')) &&
                 !(c == '.' && column == 0);
    if (column + (plain ? 1 : 3) > LINE - 1) {
      text_add(out, "=\r\n");
      column = 0;
      plain = plain && c != '.';
    }
    if (plain) {
      text_add_char(out, (char)c);
    } else {
      char coded[3] = {'=', digits[c >> 4], digits[c & 15]};
      text_add_n(out, coded, 3);
    }
    column += plain ? 1 : 3;
  }
  text_add(out, "\r\n");
}

static const char *replaced(Arena *arena, const char *text, const char *what, const char *by) {
  Text out;
  text_init(&out, arena);
  for (const char *at; (at = strstr(text, what)) != NULL; text = at + strlen(what)) {
    text_add_n(&out, text, (size_t)(at - text));
    text_add(&out, by);
  }
  text_add(&out, text);
  return out.data;
}

static void add_folded(Text *out, const char *calendar) {
  for (size_t octets = 0; *calendar != '\0';) {
    size_t n = 1;
    if (calendar[0] == '\r' && calendar[1] == '\n') {
      text_add(out, "\r\n");
      calendar += 2;
      octets = 0;
      continue;
    }
    while (((unsigned char)calendar[n] & 0xC0) == 0x80) n++;
    if (octets + n > FOLD) {
      text_add(out, "\r\n ");
      octets = 1;
    }
    text_add_n(out, calendar, n);
    octets += n;
    calendar += n;
  }
}

static void add_base64_lines(Text *out, const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i += 57) {
    add_base64(out, bytes + i, length - i < 57 ? length - i : 57);
    text_add(out, "\r\n");
  }
}

static void add_part(Text *out, const char *boundary, const char *type, const char *text) {
  text_add_format(out, "--%s\r\nContent-Type: %s\r\n", boundary, type);
  text_add(out, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
  add_quoted(out, text);
}

static void add_calendar(Arena *arena, Text *out, const Message *m, const char *boundary) {
  if (text_is_empty(m->calendar)) return;
  const char *organiser =
      text_format(arena, "mailto:%s", message_answer_address(arena, m->from, m->answer_token));
  const char *calendar = replaced(arena, m->calendar, MAIL_ORGANISER_PLACE, organiser);
  Text folded;
  text_init(&folded, arena);
  add_folded(&folded, replaced(arena, calendar, MAIL_OWN_LINK "/",
                               text_format(arena, "%s/", m->public_url)));
  text_add_format(out,
                  "--%s\r\nContent-Type: text/calendar; charset=utf-8; method=%s; "
                  "component=VEVENT\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                  boundary, m->method);
  add_base64_lines(out, folded.data, folded.length);
}

static void add_head(Arena *arena, Text *out, const Message *m) {
  add_address(arena, out, "From", m->organisation, m->from);
  add_address(arena, out, "To", m->name, m->address);
  if (!text_is_empty(m->answer_token))
    add_address(arena, out, "Reply-To", m->organisation,
                message_answer_address(arena, m->from, m->answer_token));
  add_value(arena, out, "Subject", m->subject);
  add_date(out, m->date);
  text_add_format(out, "Message-ID: <%s>\r\nAuto-Submitted: auto-generated\r\n", m->message_id);
  if (!text_is_empty(m->stop_token) && !text_is_empty(m->public_url))
    text_add_format(out,
                    "List-Unsubscribe: <%s/mail/stop/%s>\r\n"
                    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
                    m->public_url, m->stop_token);
  text_add(out, "MIME-Version: 1.0\r\n");
}

const char *message_write(Arena *arena, const Message *m, size_t *length) {
  Text out;
  text_init(&out, arena);
  const char *boundary = text_format(arena, "=_%.24s", m->message_id);
  const char *base = text_format(arena, "%s/", m->public_url);
  add_head(arena, &out, m);
  text_add_format(&out, "Content-Type: multipart/alternative; boundary=\"%s\"\r\n\r\n", boundary);
  add_part(&out, boundary, "text/plain; charset=utf-8",
           replaced(arena, m->text, MAIL_OWN_LINK "/", base));
  add_part(&out, boundary, "text/html; charset=utf-8",
           replaced(arena, replaced(arena, m->html, MAIL_OWN_LINK "/", base), "href=\"/",
                    text_format(arena, "href=\"%s", base)));
  add_calendar(arena, &out, m, boundary);
  text_add_format(&out, "--%s--\r\n", boundary);
  *length = out.length;
  return out.data;
}
