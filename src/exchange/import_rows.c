// SPDX-License-Identifier: Apache-2.0
// Rows become items: each cell read once, owners found, the same row twice refused.
#include "exchange/import_work.h"

#include "registers/annex_a.h"
#include "registers/typed.h"

#include <sodium.h>
#include <string.h>

// ---- what was met already ----

static size_t key_slot(const Import *im, int64_t register_id, const char *key) {
  uint64_t hash = 1469598103934665603ULL ^ (uint64_t)register_id;
  for (const char *p = key; *p != '\0'; p++) hash = (hash ^ (unsigned char)*p) * 1099511628211ULL;
  return (size_t)hash & (im->seen_size - 1);
}

// The earlier row of this key, or NULL after remembering this one.
static const SeenKey *seen_before(Import *im, const Unit *unit, const char *key, size_t line) {
  size_t slot = key_slot(im, unit->register_id, key);
  while (im->seen[slot].key != NULL) {
    const SeenKey *seen = &im->seen[slot];
    if (seen->register_id == unit->register_id && strcmp(seen->key, key) == 0) return seen;
    slot = (slot + 1) & (im->seen_size - 1);
  }
  im->seen[slot] = (SeenKey){
      .key = key, .file = unit->source->name, .register_id = unit->register_id, .line = line};
  return NULL;
}

// ---- cells ----

static void hash_part(crypto_generichash_state *state, const char *text) {
  crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

// Of the whole row and how it was understood: the same hash, nothing to do.
static const char *row_hash(Arena *arena, const Unit *unit, const TableRow *row) {
  unsigned char digest[16];
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, sizeof digest);
  hash_part(&state, unit->map.kind->name);
  for (size_t i = 0; i < row->count; i++) {
    int field = unit->map.fields[i];
    hash_part(&state, field >= 0 ? unit->map.kind->fields[field].name : unit->table.columns[i]);
    hash_part(&state, row->cells[i]);
  }
  crypto_generichash_final(&state, digest, sizeof digest);
  char hex[2 * sizeof digest + 1];
  sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
  return text_copy(arena, hex);
}

static void add_note(Import *im, Unit *unit, Item *item, const char *name, const char *value) {
  if (value[0] == '\0') return;
  Note *note = list_add(im->c->arena, &item->notes);
  *note = (Note){.name = name, .value = value};
  unit->file->notes++;
}

static bool read_cells(Import *im, Unit *unit, const TableRow *row, Item *item) {
  bool sound = true;
  for (size_t i = 0; i < row->count; i++) {
    int f = unit->map.fields[i];
    const char *problem = NULL;
    Parsed parsed = PARSED_AS_NOTE;
    if (f >= 0)
      parsed = field_parse(im->c->arena, &unit->map.kind->fields[f], row->cells[i],
                           &item->values.of[f], &problem);
    if (parsed == PARSED_AS_NOTE) add_note(im, unit, item, unit->table.columns[i], row->cells[i]);
    if (parsed != PARSED_NOT) continue;
    import_refuse(im, unit->file, row->line, i + 1,
                  text_format(im->c->arena, "%s: %s", unit->table.columns[i], problem));
    sound = false;
  }
  return sound;
}

// ---- what a kind adds ----

static void finish_control(Arena *arena, Item *item) {
  Values *v = &item->values;
  const AnnexControl *control = annex_control_find(value_text(v, COMMON_REF));
  if (control != NULL) {
    values_set_text(v, COMMON_REF, control->ref);
    if (!v->of[CONTROL_THEME].set) values_set_text(v, CONTROL_THEME, theme_title(control->theme));
    if (!v->of[COMMON_TITLE].set) values_set_text(v, COMMON_TITLE, control->words);
  }
  if (!v->of[COMMON_TITLE].set)
    values_set_text(v, COMMON_TITLE, text_copy(arena, value_text(v, COMMON_REF)));
}

static void finish_event(Import *im, const Unit *unit, Item *item) {
  Values *v = &item->values;
  if (unit->record_ref != NULL && !v->of[COMMON_REF].set)
    values_set_text(v, COMMON_REF, unit->record_ref);
  if (unit->record && !v->of[COMMON_STATUS].set &&
      date_compare(value_date(v, EVENT_PLANNED), im->c->today) <= 0)
    values_set_text(v, COMMON_STATUS, "Completed");
}

static void finish_plain(const Unit *unit, Item *item) {
  Values *v = &item->values;
  if (unit->record_ref != NULL && !v->of[COMMON_REF].set)
    values_set_text(v, COMMON_REF, unit->record_ref);
}

static void finish(Import *im, const Unit *unit, Item *item) {
  const Kind *kind = unit->map.kind;
  if (kind == &controls_kind)
    finish_control(im->c->arena, item);
  else if (kind == &audits_kind || kind == &exercises_kind)
    finish_event(im, unit, item);
  else if (kind == &plain_kind)
    finish_plain(unit, item);
}

// ---- owners ----

static bool find_trainee(Import *im, Item *item) {
  const char *name = value_text(&item->values, COMMON_OWNER);
  const char *role = value_text(&item->values, TRAINING_ROLE);
  int64_t position = 0;
  bool group = names_everybody(name);
  if (!group &&
      !owner_person(im->c, im->owners, first_owner(im->c->arena, name), &item->owner.person))
    return false;
  if (text_is_empty(role) || names_everybody(role)) return true;
  if (!owner_position(im->c, im->owners, first_owner(im->c->arena, role), &position)) return false;
  return group || owner_appoint(im->c, im->owners, position, item->owner.person);
}

static bool find_owner(Import *im, const Unit *unit, Item *item) {
  const char *text = value_text(&item->values, COMMON_OWNER);
  if (unit->map.kind == &training_kind) return find_trainee(im, item);
  if (unit->map.kind == &audits_kind) // an auditor is often from outside: no position is made
    return owner_lookup(im->c, im->owners, text, &item->owner);
  return owner_resolve(im->c, im->owners, text, &item->owner);
}

static bool role_of_row(Import *im, const Unit *unit, const Item *item) {
  if (unit->map.kind != &competence_kind) return true;
  const char *role = value_text(&item->values, COMPETENCE_ROLE);
  int64_t position;
  return names_everybody(role) || owner_position(im->c, im->owners, role, &position);
}

static const char *without_brackets(Arena *arena, const char *text) {
  return text_trim(arena, text_copy_n(arena, text, strcspn(text, "(")));
}

// The columns of a RACI matrix are positions.
static bool roles_of_header(Import *im, const Unit *unit) {
  if (unit->map.kind != &raci_kind) return true;
  for (size_t i = 1; i < unit->table.column_count; i++) {
    const char *title = without_brackets(im->c->arena, unit->table.columns[i]);
    int64_t position;
    if (unit->map.fields[i] != MAP_NOTE || names_everybody(title)) continue;
    if (!owner_position(im->c, im->owners, title, &position)) return false;
  }
  return true;
}

// ---- rows ----

// In a plain register two rows may begin alike; a known kind refuses the second.
static bool tell_apart(Import *im, Unit *unit, const TableRow *row, Item *item) {
  item->key = item_key(im->c->arena, unit->map.kind, &item->values);
  const char *first = item->key;
  for (size_t n = 2;; n++) {
    const SeenKey *seen = seen_before(im, unit, item->key, row->line);
    if (seen == NULL) return true;
    if (unit->map.kind != &plain_kind) {
      import_refuse(im, unit->file, row->line, 1,
                    text_format(im->c->arena, _("“%s” stands already on line %zu of %s"), item->key,
                                seen->line, seen->file));
      return false;
    }
    item->key = text_format(im->c->arena, "%s #%zu", first, n);
  }
}

static void count_outcome(Import *im, ImportFile *file, const Item *item, Outcome outcome) {
  if (outcome == OUTCOME_CREATED) file->created++;
  if (outcome == OUTCOME_CHANGED) file->changed++;
  if (outcome == OUTCOME_UNCHANGED) file->unchanged++;
  if (file->lines.count >= IMPORT_PREVIEW_LINES) return;
  const char *ref = value_text(&item->values, COMMON_REF);
  const char *title = value_text(&item->values, COMMON_TITLE);
  ImportLine *line = list_add(im->c->arena, &file->lines);
  *line = (ImportLine){.line = (size_t)item->source_line, .outcome = outcome};
  line->title = ref[0] != '\0' ? text_format(im->c->arena, "%s %s", ref, title) : title;
}

static bool put_row(Import *im, Unit *unit, Item *item) {
  Outcome outcome;
  if (!find_owner(im, unit, item) || !role_of_row(im, unit, item)) return false;
  if (!item_put(im->c, item, unit->known, &outcome)) return false;
  count_outcome(im, unit->file, item, outcome);
  return outcome == OUTCOME_UNCHANGED || import_propose(im, unit, item);
}

static void progress(Import *im) {
  im->done++;
  if (im->options->progress != NULL && (im->done % 100 == 0 || im->done == im->total))
    im->options->progress(im->options->user, im->done, im->total);
}

static bool import_row(Import *im, Unit *unit, const TableRow *row) {
  Item item = {.register_id = unit->register_id,
               .kind = unit->map.kind,
               .source_file = unit->source->name,
               .source_line = (int64_t)row->line};
  progress(im);
  if (row->problem != NULL) {
    import_refuse(im, unit->file, row->line, row->column, row->problem);
    unit->file->refused++;
    return true;
  }
  int64_t notes = unit->file->notes;
  bool sound = read_cells(im, unit, row, &item);
  if (sound) {
    finish(im, unit, &item);
    sound = tell_apart(im, unit, row, &item);
  }
  if (!sound) {
    unit->file->notes = notes;
    unit->file->refused++;
    return true;
  }
  item.source_hash = row_hash(im->c->arena, unit, row);
  return put_row(im, unit, &item);
}

// ---- the prose of a Markdown file ----

static void document_property(Import *im, Unit *unit, Item *item, const Property *property) {
  const char *name = column_normal(im->c->arena, property->name);
  const char *const columns[] = {property->name};
  ColumnMap map = columns_map(im->c->arena, &documents_kind, NULL, columns, 1);
  int field = map.fields[0];
  if (text_equal(name, "approved by")) field = DOCUMENT_APPROVER;
  const char *problem = NULL;
  if (field >= 0 && field != COMMON_TITLE && !item->values.of[field].set &&
      field_parse(im->c->arena, &documents_kind.fields[field], property->value,
                  &item->values.of[field], &problem) == PARSED)
    return;
  add_note(im, unit, item, property->name, property->value);
}

static const char *prose_hash(Arena *arena, const Item *item) {
  unsigned char digest[16];
  crypto_generichash_state state;
  crypto_generichash_init(&state, NULL, 0, sizeof digest);
  hash_part(&state, item_words(arena, item));
  hash_part(&state, value_text(&item->values, COMMON_TITLE));
  crypto_generichash_final(&state, digest, sizeof digest);
  char hex[2 * sizeof digest + 1];
  sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
  return text_copy(arena, hex);
}

static bool import_document(Import *im, Unit *unit) {
  const Markdown *md = unit->document;
  Item item = {.register_id = unit->register_id,
               .kind = &documents_kind,
               .key = unit->source->name,
               .source_file = unit->source->name,
               .source_line = (int64_t)md->title_line};
  progress(im);
  values_set_text(&item.values, COMMON_TITLE, md->title);
  values_set_text(&item.values, DOCUMENT_BODY, md->prose);
  for (size_t i = 0; i < md->properties.count; i++)
    document_property(im, unit, &item, &md->properties.items[i]);
  item.source_hash = prose_hash(im->c->arena, &item);
  return put_row(im, unit, &item);
}

bool import_unit(Import *im, Unit *unit) {
  Text columns;
  text_init(&columns, im->c->arena);
  for (size_t i = 0; unit->map.kind == &plain_kind && i < unit->table.column_count; i++)
    text_add_format(&columns, "%s\n", unit->table.columns[i]);
  const char *missing;
  if (unit->document == NULL && !column_map_complete(&unit->map, &missing)) {
    import_refuse(im, unit->file, unit->table.line, 0,
                  text_format(im->c->arena, _("no column gives “%s”, which %s need; map one"),
                              missing, _(unit->map.kind->title)));
    unit->file->refused += (int64_t)unit->table.rows.count;
    return true;
  }
  if (!register_ensure(im->c, unit->map.kind, unit->register_name,
                       unit->map.kind == &plain_kind ? unit->source->name : "",
                       columns.data != NULL ? columns.data : "", &unit->register_id))
    return false;
  if (unit->document != NULL) return import_document(im, unit);
  unit->known = item_keys(im->c, unit->register_id);
  if (unit->known == NULL || !roles_of_header(im, unit)) return false;
  for (size_t i = 0; i < unit->table.rows.count; i++)
    if (!import_row(im, unit, &unit->table.rows.items[i])) return false;
  return true;
}
