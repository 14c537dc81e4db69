// SPDX-License-Identifier: Apache-2.0
// Inside the universe's building: what it should hold, before it is compared with what it holds.
#ifndef DAYBOOK_AUDITS_UNIT_BUILD_H
#define DAYBOOK_AUDITS_UNIT_BUILD_H

#include "audits/unit.h"

typedef struct Draft { // a unit as the registers have it
  const char *key, *title, *refs, *needs;
  const char *group; // of the control set, else NULL
  const char *name;  // of a site or supplier, by which texts name it; else NULL
  UnitKind kind;
  int32_t effort;
  Owner owner;
  int64_t site, register_item;
  int64_t unit; // the row it became
  bool settled; // merged into another, or edited by hand
} Draft;
typedef LIST_OF(Draft) Drafts;
bool drafts_collect(Context *c, const Facts *facts, Drafts *out);

typedef struct Source { // a risk, an incident, a finding, a change
  const char *kind, *text;
  int64_t item, unit; // unit: it is known to belong there; else 0
  int32_t size;
  Date dated;
} Source;
typedef LIST_OF(Source) Sources;
bool sources_collect(Context *c, Sources *out);

typedef LIST_OF(const char *) MatchRefs;
void match_refs(Context *c, const char *text, MatchRefs *out);
typedef struct FoundLink {
  size_t unit; // its place among the drafts
  const Source *source;
  const char *why;
} FoundLink;
typedef LIST_OF(FoundLink) FoundLinks;
void match_source(Context *c, const Drafts *drafts, const Source *source, FoundLinks *out);

#endif
