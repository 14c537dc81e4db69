// SPDX-License-Identifier: Apache-2.0
// Two threads beside the server: one empties the outbox, one reads the mailbox. Neither exists
// where no server is named. Several servers may share one database: a mail is claimed by one of
// them, and one of them reads the mailbox.
#ifndef DAYBOOK_MAIL_POSTMAN_H
#define DAYBOOK_MAIL_POSTMAN_H

struct Db;
typedef struct Postman Postman;
Postman *postman_start(struct Db *db); // NULL when there is nothing to do
void postman_stop(Postman *postman);   // NULL-safe; waits for the mail at hand

#endif
