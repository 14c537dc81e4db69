// SPDX-License-Identifier: Apache-2.0
// What the registers say: the units there should be, and what those protect or have suffered.
#include "audits/unit.sql.h"
#include "audits/unit_build.h"
#include "improvement/improvement.h"
#include "registers/control_set.h"
#include "registers/kinds.h"

#include <string.h>

enum { GROUP_MOST = 64, SITE_EFFORT = 100, SUPPLIER_EFFORT = 50, PROCESS_EFFORT = 50 };

// ---- clauses and controls ----

typedef struct Tally {
  Owner owner;
  int32_t count;
} Tally;

static void count_owner(Context *c, Owner owner, Tally **tallies, size_t *count) {
  if (owner.person == 0 && owner.position == 0) return;
  for (size_t i = 0; i < *count; i++)
    if ((*tallies)[i].owner.person == owner.person &&
        (*tallies)[i].owner.position == owner.position) {
      (*tallies)[i].count++;
      return;
    }
  Tally *grown = arena_array(c->arena, *count + 1, sizeof *grown);
  for (size_t i = 0; i < *count; i++) grown[i] = (*tallies)[i];
  grown[(*count)++] = (Tally){owner, 1};
  *tallies = grown;
}

// Who owns most of the group's controls.
static Owner owner_of_most(const Tally *tallies, size_t count) {
  Owner owner = {0};
  int32_t most = 0;
  for (size_t i = 0; i < count; i++) {
    if (tallies[i].count <= most) continue;
    most = tallies[i].count;
    owner = tallies[i].owner;
  }
  return owner;
}

static const SqlSourceControlsRow *control_row(const SqlSourceControlsRows *rows, const char *ref) {
  for (size_t i = 0; i < rows->count; i++) {
    const AnnexControl *known = annex_control_find(rows->items[i].ref);
    if (known != NULL && text_equal(known->ref, ref)) return &rows->items[i];
  }
  return NULL;
}

static void draft_group(Context *c, const Facts *facts, const SqlSourceControlsRows *controls,
                        const ControlGroup *group, Drafts *out) {
  const ControlEntry *entries[GROUP_MOST];
  size_t count = control_group_entries(group->key, entries, GROUP_MOST), tally_count = 0;
  const char *refs = "";
  Tally *tallies = NULL;
  for (size_t i = 0; i < count; i++) {
    const SqlSourceControlsRow *row =
        group->clauses ? NULL : control_row(controls, entries[i]->ref);
    if (row != NULL && row->applicable.has && row->applicable.value == 0) continue;
    refs = refs_join(c->arena, refs, entries[i]->ref);
    if (row != NULL)
      count_owner(c, (Owner){row->owner_person, row->owner_position}, &tallies, &tally_count);
  }
  if (refs[0] == '\0') return;
  Owner owner = owner_of_most(tallies, tally_count);
  if (group->clauses) owner = (Owner){.person = facts->security_manager};
  *list_add(c->arena, out) = (Draft){
      .key = text_format(c->arena, "%s.%s", group->clauses ? "clauses" : "controls", group->key),
      .kind = group->clauses ? UNIT_CLAUSES : UNIT_CONTROLS,
      .title = group->title,
      .refs = refs,
      .needs = group->competence,
      .group = group->key,
      .effort = group->effort_days * 100,
      .owner = owner};
}

// ---- sites, suppliers, processes ----

static bool is_critical(const char *criticality) {
  return text_contains_fold(criticality, "critical") || text_contains_fold(criticality, "high");
}

bool drafts_collect(Context *c, const Facts *facts, Drafts *out) {
  SqlSourceControlsRows controls = sql_source_controls(c);
  for (size_t i = 0; i < CONTROL_GROUP_COUNT; i++)
    draft_group(c, facts, &controls, &control_groups[i], out);
  SqlSourceSitesRows sites = sql_source_sites(c);
  for (size_t i = 0; i < sites.count; i++)
    *list_add(c->arena, out) =
        (Draft){.key = text_format(c->arena, "site.%lld", (long long)sites.items[i].id),
                .kind = UNIT_SITE,
                .title = sites.items[i].name,
                .name = sites.items[i].name,
                .refs = "",
                .needs = "",
                .effort = SITE_EFFORT,
                .site = sites.items[i].id};
  SqlSourceSuppliersRows suppliers = sql_source_suppliers(c);
  for (size_t i = 0; i < suppliers.count; i++) {
    const SqlSourceSuppliersRow *row = &suppliers.items[i];
    if (!is_critical(row->criticality)) continue;
    *list_add(c->arena, out) =
        (Draft){.key = text_format(c->arena, "supplier.%lld", (long long)row->item),
                .kind = UNIT_SUPPLIER,
                .title = row->title,
                .name = row->title,
                .refs = "",
                .needs = "suppliers",
                .effort = SUPPLIER_EFFORT,
                .owner = {row->owner_person, row->owner_position},
                .register_item = row->item};
  }
  SqlSourceProcessesRows processes = sql_source_processes(c);
  for (size_t i = 0; i < processes.count; i++) {
    const SqlSourceProcessesRow *row = &processes.items[i];
    *list_add(c->arena, out) =
        (Draft){.key = text_format(c->arena, "process.%lld", (long long)row->item),
                .kind = UNIT_PROCESS,
                .title = row->title,
                .refs = "",
                .needs = "",
                .effort = PROCESS_EFFORT,
                .owner = {row->owner_person, row->owner_position},
                .register_item = row->item};
  }
  return context_ok(c);
}

// ---- what they protect or have suffered ----

static int32_t capped(int64_t size) {
  return size < 0 ? 0 : size > 100 ? 100 : (int32_t)size;
}

static void collect_risks(Context *c, Sources *out) {
  SqlSourceRisksRows rows = sql_source_risks(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSourceRisksRow *row = &rows.items[i];
    // Of 25, where 15 and more is as high as a part can be.
    int64_t score = row->residual.has   ? row->residual.value
                    : row->inherent.has ? row->inherent.value
                                        : 0;
    *list_add(c->arena, out) =
        (Source){.kind = "risks",
                 .item = row->item,
                 .size = capped(score * 100 / 15),
                 .dated = DATE_NONE,
                 .text = text_format(c->arena, "%s %s %s %s %s", row->title, row->description,
                                     row->asset, row->threat, row->controls)};
  }
}

static void collect_incidents(Context *c, Sources *out) {
  SqlSourceIncidentsRows rows = sql_source_incidents(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSourceIncidentsRow *row = &rows.items[i];
    Source *source = list_add(c->arena, out);
    bool grave = is_critical(row->severity);
    *source = (Source){.kind = "incidents",
                       .item = row->item,
                       .size = grave                                         ? 60
                               : text_contains_fold(row->severity, "medium") ? 30
                                                                             : 15,
                       .dated = DATE_NONE,
                       .text = text_format(c->arena, "%s %s %s %s %s", row->title, row->description,
                                           row->type, row->assets, row->cause)};
    Date day;
    int minute;
    DayForm form = day_read(row->reported, &day, &minute);
    if (form == DAY_ONLY || form == DAY_AND_TIME) source->dated = day;
  }
}

static void collect_findings(Context *c, Sources *out) {
  static const int32_t sizes[GRADE_COUNT] = {
      [GRADE_MAJOR] = 100, [GRADE_MINOR] = 40, [GRADE_OBSERVATION] = 15, [GRADE_OPPORTUNITY] = 5};
  SqlSourceFindingsRows rows = sql_source_findings(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSourceFindingsRow *row = &rows.items[i];
    if (row->grade < 0 || row->grade >= GRADE_COUNT) continue;
    *list_add(c->arena, out) =
        (Source){.kind = "findings",
                 .item = row->item,
                 .unit = row->unit,
                 .size = sizes[row->grade],
                 .dated = row->raised,
                 .text = text_format(c->arena, "%s %s %s %s", row->title, row->statement,
                                     row->criterion, row->area)};
  }
}

// A change log is a register nobody knows: its dates are among its own columns.
static void collect_changes(Context *c, Sources *out) {
  SqlSourceChangesRows rows = sql_source_changes(c);
  for (size_t i = 0; i < rows.count; i++) {
    const SqlSourceChangesRow *row = &rows.items[i];
    Source *source = list_add(c->arena, out);
    *source = (Source){.kind = "plain", .item = row->item, .size = 10, .dated = DATE_NONE};
    Text words;
    text_init(&words, c->arena);
    text_add_format(&words, "%s %s", row->title, row->description);
    SqlSourceChangeNotesRows notes =
        sql_source_change_notes(c, (SqlSourceChangeNotes){.item = row->item});
    for (size_t n = 0; n < notes.count; n++) {
      Date day;
      int minute;
      DayForm form = day_read(notes.items[n].value, &day, &minute);
      bool dated = form == DAY_ONLY || form == DAY_AND_TIME;
      if (dated && (date_is_none(source->dated) || date_compare(day, source->dated) > 0))
        source->dated = day;
      if (!dated) text_add_format(&words, " %s", notes.items[n].value);
    }
    source->text = words.data;
  }
}

bool sources_collect(Context *c, Sources *out) {
  collect_risks(c, out);
  collect_incidents(c, out);
  collect_findings(c, out);
  collect_changes(c, out);
  return context_ok(c);
}
