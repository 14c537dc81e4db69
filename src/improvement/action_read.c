// SPDX-License-Identifier: Apache-2.0
#include "diary/lines.h"
#include "improvement/action.h"
#include "improvement/work.h"
#include "ledger/evidence.h"

static void needs_of(Context *c, Action *out) {
  SqlActionNeedsRows rows = sql_action_needs(c, (SqlActionNeeds){.action = out->line.id});
  for (size_t i = 0; i < rows.count; i++) {
    const SqlActionNeedsRow *row = &rows.items[i];
    ActionNeed need = {.id = row->id,
                       .title = row->title,
                       .owner =
                           owner_words(c, row->owner_name, row->position_title, row->holder_name),
                       .due = row->due,
                       .open = row->state < 2,
                       .status = action_line(c, row->state, (ActionLine){.due = row->due}).status};
    if (row->waits)
      *list_add(c->arena, &out->needed_by) = need;
    else
      *list_add(c->arena, &out->needs) = need;
  }
}

static void history_of(Context *c, Action *out) {
  SqlActionExtensionsRows extensions =
      sql_action_extensions(c, (SqlActionExtensions){.action = out->line.id});
  for (size_t i = 0; i < extensions.count; i++) {
    const SqlActionExtensionsRow *row = &extensions.items[i];
    *list_add(c->arena, &out->extended) = (ActionExtension){
        row->from_due, row->to_due, row->reason, words_of(row->extended_by), row->extended};
  }
  SqlActionNotesRows notes = sql_action_notes(c, (SqlActionNotes){.action = out->line.id});
  for (size_t i = 0; i < notes.count; i++) {
    const SqlActionNotesRow *row = &notes.items[i];
    *list_add(c->arena, &out->notes) =
        (ActionNote){(int32_t)row->progress, row->body, words_of(row->written_by), row->written};
  }
}

bool action_get(Context *c, int64_t id, Action *out) {
  SqlActionByIdRow row;
  if (!action_load(c, id, 0, &row)) return false;
  *out = (Action){.line = ACTION_LINE(c, &row),
                  .owner = {.person = row.owner_person, .position = row.owner_position},
                  .detail = row.detail,
                  .result = row.result,
                  .cancel_reason = row.cancel_reason,
                  .done_by = words_of(row.done_by),
                  .created_by = words_of(row.created_by),
                  .source_object = row.source_object,
                  .evidence = evidence_count(c, "action", id),
                  .round = row.round,
                  .imported = row.imported};
  needs_of(c, out);
  history_of(c, out);
  return !out->line.open || action_gaps(c, id, &out->gaps);
}
