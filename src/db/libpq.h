// SPDX-License-Identifier: Apache-2.0
// libpq, loaded when a PostgreSQL address is first opened; after that its calls read as usual.
#ifndef DAYBOOK_LIBPQ_H
#define DAYBOOK_LIBPQ_H

#include "base/late.h"

#include <libpq-fe.h>

#define LIBPQ_CALLS(X)                                                                            \
  X(PQclear)                                                                                      \
  X(PQcmdStatus)                                                                                  \
  X(PQcmdTuples)                                                                                  \
  X(PQconnectdbParams)                                                                            \
  X(PQconsumeInput)                                                                               \
  X(PQerrorMessage)                                                                               \
  X(PQexec)                                                                                       \
  X(PQexecParams)                                                                                 \
  X(PQexecPrepared)                                                                               \
  X(PQfinish)                                                                                     \
  X(PQftype)                                                                                      \
  X(PQgetisnull)                                                                                  \
  X(PQgetlength)                                                                                  \
  X(PQgetvalue)                                                                                   \
  X(PQnfields)                                                                                    \
  X(PQntuples)                                                                                    \
  X(PQprepare)                                                                                    \
  X(PQresultErrorField)                                                                           \
  X(PQresultErrorMessage)                                                                         \
  X(PQresultStatus)                                                                               \
  X(PQsetNoticeReceiver)                                                                          \
  X(PQsocket)                                                                                     \
  X(PQstatus)

LATE_TYPE(LibPq, LIBPQ_CALLS);
const LibPq *libpq(void); // NULL if it is not installed

#ifndef LIBPQ_DECLARES_ONLY
// Only pg_open asks whether it is there; nothing else runs without a connection.
#define PQclear (libpq()->PQclear)
#define PQcmdStatus (libpq()->PQcmdStatus)
#define PQcmdTuples (libpq()->PQcmdTuples)
#define PQconnectdbParams (libpq()->PQconnectdbParams)
#define PQconsumeInput (libpq()->PQconsumeInput)
#define PQerrorMessage (libpq()->PQerrorMessage)
#define PQexec (libpq()->PQexec)
#define PQexecParams (libpq()->PQexecParams)
#define PQexecPrepared (libpq()->PQexecPrepared)
#define PQfinish (libpq()->PQfinish)
#define PQftype (libpq()->PQftype)
#define PQgetisnull (libpq()->PQgetisnull)
#define PQgetlength (libpq()->PQgetlength)
#define PQgetvalue (libpq()->PQgetvalue)
#define PQnfields (libpq()->PQnfields)
#define PQntuples (libpq()->PQntuples)
#define PQprepare (libpq()->PQprepare)
#define PQresultErrorField (libpq()->PQresultErrorField)
#define PQresultErrorMessage (libpq()->PQresultErrorMessage)
#define PQresultStatus (libpq()->PQresultStatus)
#define PQsetNoticeReceiver (libpq()->PQsetNoticeReceiver)
#define PQsocket (libpq()->PQsocket)
#define PQstatus (libpq()->PQstatus)
#endif

#endif
