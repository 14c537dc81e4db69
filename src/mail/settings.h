// SPDX-License-Identifier: Apache-2.0
// The mail servers, as the environment names them:
//   DAYBOOK_SMTP=smtp[s]://user@host:port   DAYBOOK_SMTP_PASSWORD_FILE
//   DAYBOOK_IMAP=imap[s]://user@host:port   DAYBOOK_IMAP_PASSWORD_FILE
//   DAYBOOK_CALDAV=https://user@host/path/  DAYBOOK_CALDAV_PASSWORD_FILE (see caldav.h)
//   DAYBOOK_MAIL_CA (a file of certificates to trust instead of the system's)
//   DAYBOOK_MAIL_TLS=required (also towards a server on this machine)
// smtp:// and imap:// begin TLS with STARTTLS and go no further without it, unless the server is
// this machine; smtps:// and imaps:// begin with it. The certificate is always checked.
#ifndef DAYBOOK_MAIL_SETTINGS_H
#define DAYBOOK_MAIL_SETTINGS_H

#include "base/context.h"

typedef struct MailServer {
  bool set;
  const char *url; // "smtp://mail.example.org:587/": without the account
  const char *user, *password, *ca, *host;
  bool plain; // no TLS: this machine
} MailServer;
// False with c->error (invalid) when a setting cannot be used; not set is no error.
bool mail_server_read(Context *c, const char *variable, MailServer *out);
const char *mail_server_line(Context *c, const MailServer *server, int timeout_seconds);

#endif
