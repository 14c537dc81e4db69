// SPDX-License-Identifier: Apache-2.0
// Libraries loaded when they are first needed. A server on SQLite never needs libpq (with Kerberos
// and LDAP behind it), nor, between two backups, libarchive (with libxml2 and ICU): together a
// quarter of its resident memory.
//
//   #define SOME_CALLS(X) X(some_open) X(some_close)
//   LATE_TYPE(Some, SOME_CALLS);                        the header: pointers by the calls' own
//   names LATE_LIBRARY(Some, some_library, "libsome.so.1", SOME_CALLS)   one .c file const Some
//   *some = some_library();                  NULL if it is not installed
#ifndef DAYBOOK_LATE_H
#define DAYBOOK_LATE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct LateCall {
  const char *name;
  void *address; // of the pointer
} LateCall;
bool late_load(const char *library, const LateCall *calls, size_t count); // logs what is missing

#define LATE_POINTER_(name) __typeof__(name) *name;
#define LATE_CALL_(name)    {#name, &loaded.name},
#define LATE_TYPE(Type, CALLS)                                                                     \
  typedef struct Type {                                                                            \
    CALLS(LATE_POINTER_)                                                                           \
  } Type
#define LATE_LIBRARY(Type, getter, library, CALLS)                                                 \
  static struct {                                                                                  \
    pthread_once_t once;                                                                           \
    bool there;                                                                                    \
    Type calls;                                                                                    \
  } getter##_state = {.once = PTHREAD_ONCE_INIT};                                                  \
  static void getter##_load(void) {                                                                \
    Type loaded;                                                                                   \
    const LateCall calls[] = {CALLS(LATE_CALL_)};                                                  \
    getter##_state.there = late_load(library, calls, sizeof calls / sizeof calls[0]);              \
    if (getter##_state.there) getter##_state.calls = loaded;                                       \
  }                                                                                                \
  const Type *getter(void) {                                                                       \
    pthread_once(&getter##_state.once, getter##_load);                                             \
    return getter##_state.there ? &getter##_state.calls : NULL;                                    \
  }

#endif
