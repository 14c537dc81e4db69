// SPDX-License-Identifier: Apache-2.0
// The vocabulary of the house: memory, text, lists, dates, errors, the context every rule receives.
#ifndef DAYBOOK_BASE_H
#define DAYBOOK_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#define COUNT_OF(array)          (sizeof(array) / sizeof((array)[0]))

// ---- arena: memory that goes with its request; nothing in a mission room frees ----
typedef struct Arena Arena;
Arena *arena_create(void);
void arena_destroy(Arena *arena);             // NULL-safe
void arena_reset(Arena *arena);               // keeps the first block
void *arena_alloc(Arena *arena, size_t size); // zeroed, aligned to 16; never NULL (aborts)
void *arena_array(Arena *arena, size_t count, size_t size); // zeroed; overflow-checked
size_t arena_used(const Arena *arena);
#define arena_new(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))

// ---- values that may be absent, and bytes ----
typedef struct OptInt {
  bool has;
  int64_t value;
} OptInt;
typedef struct OptReal {
  bool has;
  double value;
} OptReal;
typedef struct Blob {
  const uint8_t *bytes; // NULL is "absent"
  size_t length;
} Blob;

// ---- text: NUL-terminated valid UTF-8 without control characters but \n and \t; NULL is "absent"
// ----
char *text_copy(Arena *arena, const char *text); // NULL stays NULL
char *text_copy_n(Arena *arena, const char *bytes, size_t length);
char *text_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
bool text_is_empty(const char *text);               // NULL, "" or only white space
bool text_equal(const char *a, const char *b);      // NULL-safe
bool text_equal_fold(const char *a, const char *b); // ASCII case-insensitive, NULL-safe
bool text_starts(const char *text, const char *prefix);
bool text_contains_fold(const char *text, const char *part);
bool text_is_utf8(const char *bytes, size_t length); // RFC 3629; also refuses NUL
char *text_trim(Arena *arena, const char *text);
char *text_lower(Arena *arena, const char *text); // Unicode simple case folding
char *text_join(Arena *arena, const char *separator, const char *const *parts, size_t count);
// At most so many bytes, never cut inside a character; what was longer ends with "…".
const char *text_shorten(Arena *arena, const char *text, size_t most);
bool text_to_int(const char *text, int64_t *out); // whole string, checked range
bool text_to_real(const char *text, double *out); // finite only, '.' as decimal point

// ---- growing text; lives in an arena ----
typedef struct Text {
  Arena *arena;
  char *data; // always NUL-terminated
  size_t length, capacity;
} Text;
void text_init(Text *text, Arena *arena);
void text_reserve(Text *text, size_t more); // room for so many bytes, so that they need no copying
void text_add(Text *text, const char *string);
void text_add_n(Text *text, const char *bytes, size_t length);
void text_add_char(Text *text, char c);
void text_add_int(Text *text, int64_t number);
void text_add_format(Text *text, const char *format, ...) PRINTF_LIKE(2, 3);
// One of several counts, ", 3 late"; what is none is not said.
void text_add_count(Text *text, int64_t count, const char *words);

// ---- list: LIST_OF(Type) name; grows in an arena ----
#define LIST_OF(Type)                                                                              \
  struct {                                                                                         \
    Type *items;                                                                                   \
    size_t count, capacity;                                                                        \
  }
// Appends a zeroed element and returns its address.
#define list_add(arena, list)                                                                      \
  (list_reserve_((arena), (void **)&(list)->items, (list)->count, &(list)->capacity,               \
                 sizeof *(list)->items),                                                           \
   &(list)->items[(list)->count++])
// Sorts it; one that never held anything has no items to point to.
#define list_sort(list, compare)                                                                   \
  ((list)->count > 1                                                                               \
       ? qsort((list)->items, (list)->count, sizeof *(list)->items, (compare))                     \
       : (void)0)
void list_reserve_(Arena *arena, void **items, size_t count, size_t *capacity, size_t size);

// ---- error: one, sticky; what a user may read is separate from what the log says ----
typedef enum ErrorKind {
  ERROR_NONE,
  ERROR_INVALID,     // HTTP 422 (400 when not parseable), exit 2
  ERROR_NOT_FOUND,   // 404, exit 2
  ERROR_DENIED,      // 403, exit 1
  ERROR_CONFLICT,    // 409 or 412, exit 1
  ERROR_TOO_LARGE,   // 413, exit 2
  ERROR_TOO_MANY,    // 429, exit 1
  ERROR_UNAVAILABLE, // 503: the database or the disk is away; nothing was changed; exit 1
  ERROR_FAILURE,     // 500: our fault; exit 1
} ErrorKind;
typedef struct FieldError {
  const char *field, *message;
} FieldError;
typedef struct Error {
  ErrorKind kind;
  const char *message;        // for the user: what is wrong and how to mend it
  const char *detail;         // for the log only
  LIST_OF(FieldError) fields; // ERROR_INVALID: every field that is wrong
  int64_t wait_seconds;       // ERROR_TOO_MANY: until another try is worth while; 0: a few
} Error;

typedef struct Context Context;
// All return false so that a rule can `return invalid(c, "due", "…")`. The first kind stays;
// further invalid() calls add their field.
bool invalid(Context *c, const char *field, const char *format, ...) PRINTF_LIKE(3, 4);
bool not_found(Context *c, const char *format, ...) PRINTF_LIKE(2, 3);
bool denied(Context *c, const char *format, ...) PRINTF_LIKE(2, 3);
bool conflict(Context *c, const char *format, ...) PRINTF_LIKE(2, 3);
bool unavailable(Context *c, const char *detail, ...) PRINTF_LIKE(2, 3);
bool failure(Context *c, const char *detail, ...) PRINTF_LIKE(2, 3);
bool fail_with(Context *c, ErrorKind kind, const char *format, ...) PRINTF_LIKE(3, 4);
#if defined(__clang_analyzer__) && !defined(DEFINES_BASE) // it reads one file at a time
#define invalid(...)     ((invalid)(__VA_ARGS__), false)
#define not_found(...)   ((not_found)(__VA_ARGS__), false)
#define denied(...)      ((denied)(__VA_ARGS__), false)
#define conflict(...)    ((conflict)(__VA_ARGS__), false)
#define unavailable(...) ((unavailable)(__VA_ARGS__), false)
#define failure(...)     ((failure)(__VA_ARGS__), false)
#define fail_with(...)   ((fail_with)(__VA_ARGS__), false)
#define text_is_empty(t) ((t) == NULL || (text_is_empty)(t))
#endif

// ---- log: one line of key=value on standard error; never personal data, never a secret ----
typedef enum LogLevel { LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR } LogLevel;
void log_line(LogLevel level, const char *event, const char *format, ...) PRINTF_LIKE(3, 4);

// Turns an English text into the reader's language (base/language.h). N_ only marks one for the
// catalogue where no function may be called; whoever shows it says _(text).
const char *translate(const char *english) __attribute__((format_arg(1)));
#define _(english)  translate(english)
#define N_(english) (english)

#endif
