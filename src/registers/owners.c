// SPDX-License-Identifier: Apache-2.0
#include "registers/owners.h"

#include "org/people.h"
#include "registers/registers.sql.h"

#include <string.h>

typedef struct Known {
  const char *name; // folded name, normal form of a title, or the text as written
  Owner owner;
  int64_t holder; // of a position
} Known;
typedef LIST_OF(Known) KnownList;

enum { BUCKETS = 1024 };
struct OwnerBook {
  KnownList people, positions;
  int64_t new_people, new_positions;
  KnownList texts[BUCKETS]; // as written → resolved
};

static Known *find(KnownList *list, const char *name) {
  for (size_t i = 0; i < list->count; i++)
    if (strcmp(list->items[i].name, name) == 0) return &list->items[i];
  return NULL;
}

static size_t bucket_of(const char *text) {
  uint32_t hash = 2166136261U;
  for (; *text != '\0'; text++) hash = (hash ^ (unsigned char)*text) * 16777619U;
  return hash % BUCKETS;
}

OwnerBook *owner_book(Context *c) {
  OwnerBook *book = arena_new(c->arena, OwnerBook);
  SqlOwnerPeopleRows people = sql_owner_people(c);
  for (size_t i = 0; i < people.count; i++) {
    Known *known = list_add(c->arena, &book->people);
    known->name = text_lower(c->arena, people.items[i].name);
    known->owner.person = people.items[i].id;
  }
  SqlOwnerPositionsRows positions = sql_owner_positions(c);
  for (size_t i = 0; i < positions.count; i++) {
    Known *known = list_add(c->arena, &book->positions);
    known->name = position_normal(c->arena, positions.items[i].title);
    known->owner.position = positions.items[i].id;
    known->holder = positions.items[i].person_id;
  }
  return book;
}

bool owner_person(Context *c, OwnerBook *book, const char *name, int64_t *person) {
  const char *folded = text_lower(c->arena, name);
  Known *known = find(&book->people, folded);
  if (known == NULL) {
    const char *at = strchr(name, '@');
    if (!person_ensure(c, at != NULL ? text_copy_n(c->arena, name, (size_t)(at - name)) : name,
                       at != NULL ? name : NULL, person))
      return false;
    known = list_add(c->arena, &book->people);
    known->name = folded;
    known->owner.person = *person;
    book->new_people++;
  }
  *person = known->owner.person;
  return true;
}

bool owner_position(Context *c, OwnerBook *book, const char *title, int64_t *position) {
  const char *normal = position_normal(c->arena, title);
  Known *known = find(&book->positions, normal);
  if (known == NULL) {
    if (!position_ensure(c, title, position)) return false;
    known = list_add(c->arena, &book->positions);
    known->name = normal;
    known->owner.position = *position;
    book->new_positions++;
  }
  *position = known->owner.position;
  return true;
}

bool owner_appoint(Context *c, OwnerBook *book, int64_t position, int64_t person) {
  for (size_t i = 0; i < book->positions.count; i++) {
    Known *known = &book->positions.items[i];
    if (known->owner.position != position || known->holder != 0) continue;
    if (!position_fill(c, position, person, 0)) return false;
    known->holder = person;
  }
  return context_ok(c);
}

static bool resolve(Context *c, OwnerBook *book, const char *text, Owner *out) {
  const char *first = first_owner(c->arena, text);
  if (text_is_empty(first) || text_equal_fold(first, "n/a") || text_equal(first, "-") ||
      names_everybody(first))
    return true;
  Known *known = find(&book->people, text_lower(c->arena, first));
  if (known != NULL) {
    out->person = known->owner.person;
    return true;
  }
  if (find(&book->positions, position_normal(c->arena, first)) == NULL &&
      (strchr(first, '@') != NULL || reads_like_a_person(first)))
    return owner_person(c, book, first, &out->person);
  return owner_position(c, book, first, &out->position);
}

bool owner_resolve(Context *c, OwnerBook *book, const char *text, Owner *out) {
  *out = (Owner){0};
  if (text_is_empty(text)) return true;
  KnownList *bucket = &book->texts[bucket_of(text)];
  Known *known = find(bucket, text);
  if (known == NULL) {
    Owner owner = {0};
    if (!resolve(c, book, text, &owner)) return false;
    known = list_add(c->arena, bucket);
    known->name = text;
    known->owner = owner;
  }
  *out = known->owner;
  return true;
}

int64_t owner_holder(const OwnerBook *book, int64_t position) {
  for (size_t i = 0; i < book->positions.count; i++)
    if (book->positions.items[i].owner.position == position) return book->positions.items[i].holder;
  return 0;
}

void owner_titles(const OwnerBook *book, int64_t person,
                  void (*each)(void *user, const char *normal), void *user) {
  for (size_t i = 0; i < book->positions.count; i++)
    if (book->positions.items[i].holder == person) each(user, book->positions.items[i].name);
}

bool owner_lookup(Context *c, OwnerBook *book, const char *text, Owner *out) {
  *out = (Owner){0};
  const char *first = first_owner(c->arena, text != NULL ? text : "");
  const Known *known = find(&book->people, text_lower(c->arena, first));
  if (known == NULL) known = find(&book->positions, position_normal(c->arena, first));
  if (known != NULL && first[0] != '\0') *out = known->owner;
  return context_ok(c);
}

void owner_book_news(const OwnerBook *book, int64_t *people, int64_t *positions) {
  *people = book->new_people;
  *positions = book->new_positions;
}
