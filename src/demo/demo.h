// SPDX-License-Identifier: Apache-2.0
// The demo organisation: Harbour Light Logistics, a firm that does not exist. It is built through
// the same rules as any other, day by day on a simulated clock, and stands in the middle of its
// first year on the day it is built. The same day gives the same organisation.
#ifndef DAYBOOK_DEMO_H
#define DAYBOOK_DEMO_H

#include "org/org.h"

typedef enum DemoRole { // who the people are that the story needs
  DEMO_MANAGER,
  DEMO_EXECUTIVE,
  DEMO_AUDITOR,
  DEMO_EMPLOYEE,
  DEMO_EXTERNAL,
  DEMO_OPERATIONS,
  DEMO_TECHNOLOGY,
  DEMO_PEOPLE,
  DEMO_FACILITIES,
  DEMO_QUALITY,
  DEMO_FINANCE,
  DEMO_SALES,
  DEMO_ROLE_COUNT
} DemoRole;
typedef struct Demo {
  Date day; // on which it is built
  Date decision;
  int64_t people[DEMO_ROLE_COUNT]; // person.id
} Demo;

#define DEMO_ORG "harbour-light"

// Everything in one transaction: there is a whole demo, or none.
bool demo_build(Context *c);
bool demo_exists(Context *c, int64_t *org);

void demo_clock(Context *c, Date day, int hour); // it is that hour there, for the rules
// Keeps a text as a file of evidence at an object.
bool demo_file(Context *c, const char *name, const Text *body, Date taken, const char *kind,
               int64_t object);
bool demo_audits_hold(Context *c, Demo *demo); // one concluded, one under way, one by a customer
bool demo_people_create(Context *c, Demo *demo);
bool demo_registers_fill(Context *c, Demo *demo);
bool demo_improvement_tell(Context *c, const Demo *demo); // what was found, and what became of it
bool demo_programme_adopt(Context *c, const Demo *demo); // the audit programme
bool demo_programme_slip(Context *c, const Demo *demo);
bool demo_year_walk(Context *c, Demo *demo); // adopts the programme and lives it until demo->day
bool demo_measures_take(Context *c, const Demo *demo); // readings since the decision
bool demo_review_hold(Context *c, const Demo *demo, int64_t review, Date held);
bool demo_mail_fill(Context *c, const Demo *demo); // invitations, answers, reminders
bool demo_review_prepare(Context *c, const Demo *demo); // the next one, pack issued

#endif
