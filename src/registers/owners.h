// SPDX-License-Identifier: Apache-2.0
// Who is meant: "Anna Weber (ISO)", "ISO", "Head of Ops + CFO", "jo@example.org". A name that is
// known, or that reads like a person's, is a person; everything else is a position, vacant if new.
#ifndef DAYBOOK_OWNERS_H
#define DAYBOOK_OWNERS_H

#include "org/org.h"

// Titles that mean the same have the same normal form: "ISO" and "Information Security Officer",
// "IT Ops Lead" and "IT Operations Lead". Pure.
const char *position_normal(Arena *arena, const char *title);
// "All Employees (42)", "New Hires": many people at once, neither a person nor a position. Pure.
bool names_everybody(const char *text);
// Two to four capitalised words, none of which is a word of trades, teams or ranks. Pure.
bool reads_like_a_person(const char *text);
// The first of "A + B", "A / B", "A, B", without what stands in brackets. Pure.
const char *first_owner(Arena *arena, const char *text);

// What was found so far, so that ten thousand rows do not ask ten thousand times.
typedef struct OwnerBook OwnerBook;
OwnerBook *owner_book(Context *c); // reads the organisation's people and positions
bool owner_resolve(Context *c, OwnerBook *book, const char *text, Owner *out);
// As owner_resolve, but makes nobody: 0 and 0 when the name is not known.
bool owner_lookup(Context *c, OwnerBook *book, const char *text, Owner *out);
bool owner_person(Context *c, OwnerBook *book, const char *name, int64_t *person);
bool owner_position(Context *c, OwnerBook *book, const char *title, int64_t *position);
// Fills the position with the person if it is vacant.
bool owner_appoint(Context *c, OwnerBook *book, int64_t position, int64_t person);
void owner_book_news(const OwnerBook *book, int64_t *people, int64_t *positions); // made since
int64_t owner_holder(const OwnerBook *book, int64_t position);                    // person or 0
// Titles the person holds: calls `each` with the normal form.
void owner_titles(const OwnerBook *book, int64_t person,
                  void (*each)(void *user, const char *normal), void *user);

#endif
