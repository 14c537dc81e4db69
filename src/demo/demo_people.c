// SPDX-License-Identifier: Apache-2.0
// Who works at Harbour Light. All names are invented.
#include "demo/demo.h"
#include "org/access.h"
#include "org/create.h"

typedef struct Somebody {
  const char *name, *title;
  int site; // 0 Tilbury, 1 Rotterdam
} Somebody;

static const SiteDetails SITES[] = {
    {.name = "Tilbury depot", .time_zone = "Europe/London", .head_count = 24},
    {.name = "Rotterdam quay", .time_zone = "Europe/Amsterdam", .head_count = 17},
};

static const Somebody NAMED[DEMO_ROLE_COUNT] = {
    [DEMO_MANAGER] = {"Mara Lindqvist", "Information security manager", 0},
    [DEMO_EXECUTIVE] = {"Edmund Achterberg", "Chief executive", 0},
    [DEMO_AUDITOR] = {"Priya Nandakumar", "Internal auditor", 1},
    [DEMO_EMPLOYEE] = {"Jonah Peele", "Crew planner", 0},
    [DEMO_EXTERNAL] = {"Solveig Brandt", "Lead auditor, Meridian Assurance", 0},
    [DEMO_OPERATIONS] = {"Callum Okafor", "Head of operations", 1},
    [DEMO_TECHNOLOGY] = {"Ines Valdivia", "Head of technology", 0},
    [DEMO_PEOPLE] = {"Ruth Ashdown", "Head of people", 0},
    [DEMO_FACILITIES] = {"Bram Hoekstra", "Facilities lead", 1},
    [DEMO_QUALITY] = {"Lucia Ferrante", "Quality lead", 0},
    [DEMO_FINANCE] = {"Daniel Whitcombe", "Finance director", 0},
    [DEMO_SALES] = {"Aoife Brannigan", "Customer director", 1},
};

static const Somebody OTHERS[] = {
    {"Tobias Reinholt", "System engineer", 0},  {"Nadia Karimi", "System engineer", 0},
    {"Oskar Blom", "Network engineer", 1},      {"Hannah Pryce", "Service desk", 0},
    {"Yusuf Demirel", "Service desk", 1},       {"Greta Maes", "Warehouse lead", 1},
    {"Sam Thorburn", "Warehouse lead", 0},      {"Ilse Verhoeven", "Customs clerk", 1},
    {"Marcus Adeyemi", "Customs clerk", 0},     {"Petra Novakova", "Customs clerk", 1},
    {"Owen Garrity", "Dispatcher", 0},          {"Leila Haddad", "Dispatcher", 0},
    {"Joris Timmer", "Dispatcher", 1},          {"Fiona Mackie", "Crew planner", 0},
    {"Dirk Postma", "Crew planner", 1},         {"Camille Roux", "Account manager", 1},
    {"George Pemberton", "Account manager", 0}, {"Anneke Smit", "Account manager", 1},
    {"Rashid Malik", "Developer", 0},           {"Eva Sorensen", "Developer", 0},
    {"Thomas Gallagher", "Developer", 0},       {"Noor van Dijk", "Data analyst", 1},
    {"Clara Whitfield", "Payroll", 0},          {"Ben Ackroyd", "Bookkeeper", 0},
    {"Maria Castellanos", "Recruiter", 0},      {"Peter Lindgren", "Driver trainer", 1},
    {"Susan Okonjo", "Office manager", 0},      {"Willem Kuiper", "Quay supervisor", 1},
    {"Amelia Frost", "Legal counsel", 0},
};

static const char *address_of(Context *c, const char *name) {
  char *address = text_format(c->arena, "%s@harbourlight.example", text_lower(c->arena, name));
  for (char *p = address; *p != '\0'; p++)
    if (*p == ' ') *p = '.';
  return address;
}

static void describe(Context *c, const Demo *demo, OrgNew *org) {
  org_new_init(org);
  org->slug = DEMO_ORG;
  org->name = "Harbour Light Logistics";
  org->time_zone = "Europe/London";
  org->decision = demo->decision;
  org->certification_body = "Meridian Assurance";
  org->certificate_number = "MA-IS-20417";
  org->scope = "Planning, customs clearance and crewing of short-sea freight at Tilbury and "
               "Rotterdam, with the systems behind them.";
  org->sector = "Logistics";
  org->head_count = 41;
  org->customer_demands = 1;
  org->outsourced_percent = 30;
  org->demo = true;
  for (size_t i = 0; i < COUNT_OF(SITES); i++) *list_add(c->arena, &org->sites) = SITES[i];
  static const char *const systems[][2] = {
      {"Tidewater", "Bookings and voyage planning"},
      {"Gatehouse", "Customs declarations and gate control"},
      {"Ledgerline", "Finance and payroll"},
  };
  for (size_t i = 0; i < COUNT_OF(systems); i++)
    *list_add(c->arena, &org->systems) =
        (SystemDetails){.name = systems[i][0], .description = systems[i][1]};
  static const DemoRole managers[] = {DEMO_EXECUTIVE, DEMO_FINANCE, DEMO_OPERATIONS};
  for (size_t i = 0; i < COUNT_OF(managers); i++) {
    const char *name = NAMED[managers[i]].name;
    *list_add(c->arena, &org->managers) = (PersonNew){name, address_of(c, name)};
  }
  org->admin = (PersonNew){NAMED[DEMO_MANAGER].name, address_of(c, NAMED[DEMO_MANAGER].name)};
}

static int64_t site_called(const Facts *facts, const char *name) {
  for (size_t i = 0; i < facts->site_count; i++)
    if (text_equal(facts->sites[i].name, name)) return facts->sites[i].id;
  return 0;
}

static bool somebody_ensure(Context *c, const Somebody *who, const Facts *facts, bool outside,
                            int64_t *id) {
  const char *email = outside ? "s.brandt@meridian-assurance.example" : address_of(c, who->name);
  PersonDetails details = {.name = who->name,
                           .email = email,
                           .title = who->title,
                           .site = outside ? 0 : site_called(facts, SITES[who->site].name),
                           .joined = DATE_NONE,
                           .left_on = DATE_NONE};
  return person_ensure(c, who->name, email, id) && person_change(c, *id, &details, 0);
}

static bool grant_all(Context *c, const Demo *demo) {
  static const struct {
    DemoRole who;
    Role role;
  } grants[] = {
      {DEMO_AUDITOR, ROLE_INTERNAL_AUDITOR}, {DEMO_EMPLOYEE, ROLE_EMPLOYEE},
      {DEMO_OPERATIONS, ROLE_DUTY_OWNER},    {DEMO_TECHNOLOGY, ROLE_DUTY_OWNER},
      {DEMO_PEOPLE, ROLE_DUTY_OWNER},        {DEMO_FACILITIES, ROLE_DUTY_OWNER},
      {DEMO_QUALITY, ROLE_DUTY_OWNER},       {DEMO_SALES, ROLE_DUTY_OWNER},
  };
  for (size_t i = 0; i < COUNT_OF(grants); i++)
    if (!role_grant(c, demo->people[grants[i].who], grants[i].role, DATE_NONE)) return false;
  if (!role_grant(c, demo->people[DEMO_EXTERNAL], ROLE_EXTERNAL_AUDITOR,
                  date_add_months(demo->day, 24)))
    return false;
  for (DemoRole who = DEMO_MANAGER; who <= DEMO_EXTERNAL; who++) {
    int64_t account = 0;
    bool invite;
    if (!person_let_in(c, demo->people[who], &account, &invite)) return false;
  }
  return true;
}

static bool positions_fill(Context *c, const Demo *demo) {
  static const struct {
    const char *title;
    DemoRole who;
  } positions[] = {
      {"Information security manager", DEMO_MANAGER},
      {"IT operations lead", DEMO_TECHNOLOGY},
      {"Fire safety officer", DEMO_FACILITIES},
      {"Quality lead", DEMO_QUALITY},
  };
  int64_t id = 0;
  for (size_t i = 0; i < COUNT_OF(positions); i++)
    if (!position_ensure(c, positions[i].title, &id) ||
        !position_fill(c, id, demo->people[positions[i].who], 0))
      return false;
  return position_ensure(c, "Data protection officer", &id); // vacant, and it shows
}

bool demo_people_create(Context *c, Demo *demo) {
  OrgNew org;
  describe(c, demo, &org);
  OrgCreated created = {0};
  if (!org_create(c, &org, &created)) return false;
  demo_clock(c, demo->decision, 9);
  Facts facts = {0};
  if (!org_facts(c, &facts)) return false;
  for (DemoRole who = 0; who < DEMO_ROLE_COUNT; who++)
    if (!somebody_ensure(c, &NAMED[who], &facts, who == DEMO_EXTERNAL, &demo->people[who]))
      return false;
  for (size_t i = 0; i < COUNT_OF(OTHERS); i++) {
    int64_t id = 0;
    if (!somebody_ensure(c, &OTHERS[i], &facts, false, &id) ||
        !role_grant(c, id, ROLE_EMPLOYEE, DATE_NONE))
      return false;
  }
  return grant_all(c, demo) && positions_fill(c, demo);
}
