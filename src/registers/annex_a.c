// SPDX-License-Identifier: Apache-2.0
#include "registers/annex_a.h"

#include <string.h>

const char *theme_title(Theme theme) {
  static const char *const titles[THEME_COUNT] = {N_("Organisational"), N_("People"),
                                                  N_("Physical"), N_("Technological")};
  return _(titles[theme]);
}

const AnnexControl annex_controls[ANNEX_CONTROL_COUNT] = {
    {"A.5.1", THEME_ORGANISATIONAL,
     N_("Rules for information security are written, approved, told to everyone and looked at "
        "again")},
    {"A.5.2", THEME_ORGANISATIONAL, N_("Everyone knows which security tasks are theirs")},
    {"A.5.3", THEME_ORGANISATIONAL, N_("No one person can both do and approve what could do harm")},
    {"A.5.4", THEME_ORGANISATIONAL, N_("Managers see to it that their people follow the rules")},
    {"A.5.5", THEME_ORGANISATIONAL, N_("It is known which authority to call, and when")},
    {"A.5.6", THEME_ORGANISATIONAL, N_("Contact is kept with specialist groups and forums")},
    {"A.5.7", THEME_ORGANISATIONAL, N_("News of threats is gathered and turned into action")},
    {"A.5.8", THEME_ORGANISATIONAL, N_("Projects think of security from their first day")},
    {"A.5.9", THEME_ORGANISATIONAL,
     N_("A list of information and what carries it, each with an owner")},
    {"A.5.10", THEME_ORGANISATIONAL, N_("Rules say how information and equipment may be used")},
    {"A.5.11", THEME_ORGANISATIONAL,
     N_("Whoever leaves gives back what belongs to the organisation")},
    {"A.5.12", THEME_ORGANISATIONAL, N_("Information is sorted by how much protection it needs")},
    {"A.5.13", THEME_ORGANISATIONAL, N_("Information shows its class")},
    {"A.5.14", THEME_ORGANISATIONAL, N_("Information is passed on safely, inside and outside")},
    {"A.5.15", THEME_ORGANISATIONAL, N_("Who may reach what is decided by rule")},
    {"A.5.16", THEME_ORGANISATIONAL, N_("Each identity is known from its creation to its end")},
    {"A.5.17", THEME_ORGANISATIONAL,
     N_("Passwords, keys and other proofs of identity are handed out and kept safely")},
    {"A.5.18", THEME_ORGANISATIONAL, N_("Rights are given, checked and taken away in time")},
    {"A.5.19", THEME_ORGANISATIONAL, N_("The risks that suppliers bring are managed")},
    {"A.5.20", THEME_ORGANISATIONAL, N_("Contracts with suppliers say what security they owe")},
    {"A.5.21", THEME_ORGANISATIONAL, N_("The chain behind bought technology is looked into")},
    {"A.5.22", THEME_ORGANISATIONAL,
     N_("What suppliers deliver is watched, and changes to it are managed")},
    {"A.5.23", THEME_ORGANISATIONAL, N_("Cloud services are chosen, used and left with care")},
    {"A.5.24", THEME_ORGANISATIONAL, N_("Handling of incidents is prepared before one happens")},
    {"A.5.25", THEME_ORGANISATIONAL, N_("Events are judged: is this an incident?")},
    {"A.5.26", THEME_ORGANISATIONAL, N_("Incidents are answered by known steps")},
    {"A.5.27", THEME_ORGANISATIONAL, N_("Every incident teaches something that is acted on")},
    {"A.5.28", THEME_ORGANISATIONAL, N_("Evidence is secured so that it holds up later")},
    {"A.5.29", THEME_ORGANISATIONAL, N_("Security holds during a disruption too")},
    {"A.5.30", THEME_ORGANISATIONAL, N_("Technology is ready to carry on, and this is tested")},
    {"A.5.31", THEME_ORGANISATIONAL,
     N_("Laws, regulations and contracts that apply are known and met")},
    {"A.5.32", THEME_ORGANISATIONAL,
     N_("Copyrights, licences and other rights of others are respected")},
    {"A.5.33", THEME_ORGANISATIONAL, N_("Records are kept from loss, falsification and prying")},
    {"A.5.34", THEME_ORGANISATIONAL, N_("Personal data is protected as the law asks")},
    {"A.5.35", THEME_ORGANISATIONAL,
     N_("Somebody independent looks at the whole from time to time")},
    {"A.5.36", THEME_ORGANISATIONAL, N_("Own rules are checked for being kept")},
    {"A.5.37", THEME_ORGANISATIONAL,
     N_("Operating steps are written down for those who need them")},
    {"A.6.1", THEME_PEOPLE,
     N_("People are checked before they are trusted, as far as law and risk allow")},
    {"A.6.2", THEME_PEOPLE, N_("Employment contracts name security duties")},
    {"A.6.3", THEME_PEOPLE,
     N_("People learn what they need to know about security, and keep learning")},
    {"A.6.4", THEME_PEOPLE, N_("Breaking the rules has known consequences")},
    {"A.6.5", THEME_PEOPLE, N_("Duties that outlast a job are said and kept")},
    {"A.6.6", THEME_PEOPLE, N_("Confidentiality is agreed in writing")},
    {"A.6.7", THEME_PEOPLE, N_("Work away from the office is protected")},
    {"A.6.8", THEME_PEOPLE, N_("Everyone can report what looks wrong, quickly")},
    {"A.7.1", THEME_PHYSICAL, N_("Areas that need protection have boundaries")},
    {"A.7.2", THEME_PHYSICAL, N_("Only those who should come in do")},
    {"A.7.3", THEME_PHYSICAL, N_("Offices, rooms and sites are secured")},
    {"A.7.4", THEME_PHYSICAL, N_("Premises are watched for intruders")},
    {"A.7.5", THEME_PHYSICAL, N_("Fire, water, storms and other dangers are prepared for")},
    {"A.7.6", THEME_PHYSICAL, N_("Rules hold inside secure areas")},
    {"A.7.7", THEME_PHYSICAL, N_("Desks are cleared and screens locked")},
    {"A.7.8", THEME_PHYSICAL, N_("Equipment stands where it is safe")},
    {"A.7.9", THEME_PHYSICAL, N_("Equipment is safe outside the premises too")},
    {"A.7.10", THEME_PHYSICAL, N_("Storage media are managed from purchase to destruction")},
    {"A.7.11", THEME_PHYSICAL, N_("Power, cooling and other supplies do not fail unnoticed")},
    {"A.7.12", THEME_PHYSICAL, N_("Cables are kept from damage and tapping")},
    {"A.7.13", THEME_PHYSICAL, N_("Equipment is maintained")},
    {"A.7.14", THEME_PHYSICAL, N_("Equipment is wiped before it is thrown away or used again")},
    {"A.8.1", THEME_TECHNOLOGICAL, N_("Laptops, phones and other devices of users are protected")},
    {"A.8.2", THEME_TECHNOLOGICAL, N_("Far-reaching rights are few and watched")},
    {"A.8.3", THEME_TECHNOLOGICAL, N_("Access to information is limited to what is needed")},
    {"A.8.4", THEME_TECHNOLOGICAL,
     N_("Source code is readable and changeable only by those who should")},
    {"A.8.5", THEME_TECHNOLOGICAL, N_("Signing in is as strong as what it guards")},
    {"A.8.6", THEME_TECHNOLOGICAL, N_("There is always enough capacity")},
    {"A.8.7", THEME_TECHNOLOGICAL, N_("Malicious software is kept out and found")},
    {"A.8.8", THEME_TECHNOLOGICAL, N_("Technical weaknesses are known and dealt with in time")},
    {"A.8.9", THEME_TECHNOLOGICAL, N_("Settings are defined, applied and watched")},
    {"A.8.10", THEME_TECHNOLOGICAL, N_("Information no longer needed is deleted")},
    {"A.8.11", THEME_TECHNOLOGICAL, N_("Sensitive data is masked where its detail is not needed")},
    {"A.8.12", THEME_TECHNOLOGICAL, N_("Leaking of data is detected and prevented")},
    {"A.8.13", THEME_TECHNOLOGICAL, N_("Backups are made, and restoring them is tried")},
    {"A.8.14", THEME_TECHNOLOGICAL, N_("What must not fail is there twice")},
    {"A.8.15", THEME_TECHNOLOGICAL, N_("What happens in systems is recorded")},
    {"A.8.16", THEME_TECHNOLOGICAL, N_("Networks and systems are watched for the unusual")},
    {"A.8.17", THEME_TECHNOLOGICAL, N_("All clocks agree")},
    {"A.8.18", THEME_TECHNOLOGICAL, N_("Tools that can override protection are tightly held")},
    {"A.8.19", THEME_TECHNOLOGICAL, N_("Software reaches live systems only by a controlled way")},
    {"A.8.20", THEME_TECHNOLOGICAL, N_("Networks are managed and protected")},
    {"A.8.21", THEME_TECHNOLOGICAL, N_("Network services state and keep their security")},
    {"A.8.22", THEME_TECHNOLOGICAL, N_("Networks are divided by who and what is in them")},
    {"A.8.23", THEME_TECHNOLOGICAL, N_("Access to harmful web sites is limited")},
    {"A.8.24", THEME_TECHNOLOGICAL, N_("Encryption is used by rule, and keys are managed")},
    {"A.8.25", THEME_TECHNOLOGICAL, N_("Software is developed by secure steps")},
    {"A.8.26", THEME_TECHNOLOGICAL, N_("Applications have stated security requirements")},
    {"A.8.27", THEME_TECHNOLOGICAL, N_("Systems are designed on secure principles")},
    {"A.8.28", THEME_TECHNOLOGICAL, N_("Code is written so that it is hard to attack")},
    {"A.8.29", THEME_TECHNOLOGICAL, N_("Security is tested before software is accepted")},
    {"A.8.30", THEME_TECHNOLOGICAL, N_("Development done by others is directed and checked")},
    {"A.8.31", THEME_TECHNOLOGICAL, N_("Development, test and production are kept apart")},
    {"A.8.32", THEME_TECHNOLOGICAL, N_("Changes are made in a controlled way")},
    {"A.8.33", THEME_TECHNOLOGICAL, N_("Test data is chosen and protected")},
    {"A.8.34", THEME_TECHNOLOGICAL, N_("Audits and tests do not harm live systems")},
};

// Reads a number of one or two digits, leading zeros allowed; -1 if there is none.
static int read_part(const char **p) {
  int value = -1;
  for (; **p >= '0' && **p <= '9' && value < 100; (*p)++)
    value = (value < 0 ? 0 : value * 10) + (**p - '0');
  return value;
}

const AnnexControl *annex_control_find(const char *ref) {
  static const int start[] = {0, 37, 45, 59, ANNEX_CONTROL_COUNT};
  if (ref == NULL) return NULL;
  const char *p = ref;
  if (*p == 'A' || *p == 'a') {
    p++;
    while (*p == '.' || *p == ' ' || *p == '-') p++;
  }
  int theme = read_part(&p);
  if (theme < 5 || theme > 8 || *p++ != '.') return NULL;
  int number = read_part(&p);
  if (number < 1 || *p != '\0') return NULL;
  int index = start[theme - 5] + number - 1;
  return index < start[theme - 4] ? &annex_controls[index] : NULL;
}
