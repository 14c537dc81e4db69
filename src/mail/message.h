// SPDX-License-Identifier: Apache-2.0
// A mail of the outbox as it is handed to a server: RFC 5322, MIME, RFC 2047 where a name needs it,
// text/calendar as RFC 6047 asks. The same mail and settings give the same bytes.
#ifndef DAYBOOK_MAIL_MESSAGE_H
#define DAYBOOK_MAIL_MESSAGE_H

#include "base/context.h"

typedef struct Message {
  const char *message_id; // without <>
  const char *from, *organisation;
  const char *address, *name; // of whom it goes to
  const char *subject, *text, *html;
  const char *calendar, *method; // "" for none
  const char *answer_token, *stop_token;
  const char *public_url;
  Instant date;
} Message;
const char *message_write(Arena *arena, const Message *message, size_t *length);
// The address at which the answer to one invitation arrives: daybook+TOKEN@example.org, or
// DAYBOOK_MAIL_FROM itself where the mail system knows no such addresses (DAYBOOK_MAIL_PLUS=none).
const char *message_answer_address(Arena *arena, const char *from, const char *token);
bool message_address_is_sound(const char *address); // can stand in a command and in a header

// In an unsent calendar: who invites. The address is put in when it is sent.
#define MAIL_ORGANISER_PLACE "mailto:organiser-of-this-invitation"

#endif
