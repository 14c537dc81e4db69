// SPDX-License-Identifier: Apache-2.0
// Where connections come in. Each thread of the server keeps the connections it was given, so they
// are handed out in turn: left to themselves, the thread that wakes first takes all that wait, and
// the other cores have nothing to do while a proxy's few connections are answered one by one.
#ifndef DAYBOOK_DOOR_H
#define DAYBOOK_DOOR_H

#include "http/server.h"

// Listens on server->address and port (0: any; filled in). False: errno says why not.
bool door_listen(Server *server);
bool door_open(struct MHD_Daemon *daemon); // the thread that lets them in; false: errno
void door_close(void);                     // nobody comes in any more; may be called twice

#endif
