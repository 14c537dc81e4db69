// SPDX-License-Identifier: Apache-2.0
// libpq, loaded when a PostgreSQL address is first opened; after that its calls read as usual.
#ifndef DAYBOOK_LIBPQ_H
#define DAYBOOK_LIBPQ_H

#include "base/late.h"

#include <libpq-fe.h>

#define LIBPQ_CALLS(X)                                                                             \
  X(PQclear)                                                                                       \
  X(PQcmdStatus)                                                                                   \
  X(PQcmdTuples)                                                                                   \
  X(PQconnectdbParams)                                                                             \
  X(PQconsumeInput)                                                                                \
  X(PQenterPipelineMode)                                                                           \
  X(PQerrorMessage)                                                                                \
  X(PQexec)                                                                                        \
  X(PQexecParams)                                                                                  \
  X(PQexecPrepared)                                                                                \
  X(PQexitPipelineMode)                                                                            \
  X(PQfinish)                                                                                      \
  X(PQftype)                                                                                       \
  X(PQgetResult)                                                                                   \
  X(PQgetisnull)                                                                                   \
  X(PQgetlength)                                                                                   \
  X(PQgetvalue)                                                                                    \
  X(PQnfields)                                                                                     \
  X(PQntuples)                                                                                     \
  X(PQpipelineStatus)                                                                              \
  X(PQpipelineSync)                                                                                \
  X(PQprepare)                                                                                     \
  X(PQresultErrorField)                                                                            \
  X(PQresultErrorMessage)                                                                          \
  X(PQresultStatus)                                                                                \
  X(PQsendQuery)                                                                                   \
  X(PQsendQueryParams)                                                                             \
  X(PQsendQueryPrepared)                                                                           \
  X(PQsetNoticeReceiver)                                                                           \
  X(PQsetSingleRowMode)                                                                            \
  X(PQsocket)                                                                                      \
  X(PQstatus)

LATE_TYPE(LibPq, LIBPQ_CALLS);
const LibPq *libpq(void); // NULL if it is not installed

#ifndef LIBPQ_DECLARES_ONLY
// Only pg_open asks whether it is there; nothing else runs without a connection.
#define PQclear              (libpq()->PQclear)
#define PQcmdStatus          (libpq()->PQcmdStatus)
#define PQcmdTuples          (libpq()->PQcmdTuples)
#define PQconnectdbParams    (libpq()->PQconnectdbParams)
#define PQconsumeInput       (libpq()->PQconsumeInput)
#define PQenterPipelineMode  (libpq()->PQenterPipelineMode)
#define PQerrorMessage       (libpq()->PQerrorMessage)
#define PQexec               (libpq()->PQexec)
#define PQexecParams         (libpq()->PQexecParams)
#define PQexecPrepared       (libpq()->PQexecPrepared)
#define PQexitPipelineMode   (libpq()->PQexitPipelineMode)
#define PQfinish             (libpq()->PQfinish)
#define PQftype              (libpq()->PQftype)
#define PQgetResult          (libpq()->PQgetResult)
#define PQgetisnull          (libpq()->PQgetisnull)
#define PQgetlength          (libpq()->PQgetlength)
#define PQgetvalue           (libpq()->PQgetvalue)
#define PQnfields            (libpq()->PQnfields)
#define PQntuples            (libpq()->PQntuples)
#define PQpipelineStatus     (libpq()->PQpipelineStatus)
#define PQpipelineSync       (libpq()->PQpipelineSync)
#define PQprepare            (libpq()->PQprepare)
#define PQresultErrorField   (libpq()->PQresultErrorField)
#define PQresultErrorMessage (libpq()->PQresultErrorMessage)
#define PQresultStatus       (libpq()->PQresultStatus)
#define PQsendQuery          (libpq()->PQsendQuery)
#define PQsendQueryParams    (libpq()->PQsendQueryParams)
#define PQsendQueryPrepared  (libpq()->PQsendQueryPrepared)
#define PQsetNoticeReceiver  (libpq()->PQsetNoticeReceiver)
#define PQsetSingleRowMode   (libpq()->PQsetSingleRowMode)
#define PQsocket             (libpq()->PQsocket)
#define PQstatus             (libpq()->PQstatus)
#endif

#endif
