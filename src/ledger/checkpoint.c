// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoint.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/key.h"

#define FORMAT "daybook-checkpoint-1"

static const char *member_text(Context *c, const json_t *object, const char *name) {
  return text_copy(c->arena, json_string_value(json_object_get(object, name)));
}

static int64_t member_int(const json_t *object, const char *name) {
  return json_integer_value(json_object_get(object, name));
}

static bool read_one(Context *c, const json_t *object, Checkpoints *out) {
  Checkpoint *one = list_add(c->arena, out);
  one->slug = member_text(c, object, "organisation");
  one->org = member_int(object, "org");
  one->head = (StoredHead){.seq = member_int(object, "seq"),
                           .at = member_int(object, "at"),
                           .hash = member_text(c, object, "hash"),
                           .public_key = member_text(c, object, "public_key"),
                           .signature = member_text(c, object, "signature")};
  return one->slug && one->head.hash && one->head.public_key && one->head.signature;
}

static bool read_all(Context *c, const json_t *root, Checkpoints *out) {
  if (!text_equal(json_string_value(json_object_get(root, "format")), FORMAT)) return false;
  const json_t *list = json_object_get(root, "organisations");
  for (size_t i = 0; i < json_array_size(list); i++)
    if (!read_one(c, json_array_get(list, i), out)) return false;
  return json_is_array(list);
}

bool checkpoint_read(Context *c, const char *path, Checkpoints *out) {
  json_error_t error;
  *out = (Checkpoints){0};
  if (access(path, R_OK) != 0)
    return fail_with(c, ERROR_INVALID, _("%s cannot be read: %s"), path, strerror(errno));
  json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
  bool good = root && read_all(c, root, out);
  json_decref(root);
  return good || fail_with(c, ERROR_INVALID, _("%s is not a Daybook checkpoint."), path);
}

static void write_one(Text *out, const Checkpoint *one) {
  text_add(out, "  {\"organisation\": ");
  canonical_string(out, one->slug);
  text_add_format(out, ", \"org\": %" PRId64 ", \"seq\": %" PRId64 ", \"at\": %" PRId64 ",\n",
                  one->org, one->head.seq, one->head.at);
  text_add_format(out,
                  "   \"hash\": \"%s\",\n   \"public_key\": \"%s\",\n   \"signature\": \"%s\"}",
                  one->head.hash, one->head.public_key, one->head.signature);
}

static bool write_file(const char *path, const char *aside, const Text *text) {
  FILE *file = fopen(aside, "wxe");
  if (!file) return false;
  bool good = fwrite(text->data, 1, text->length, file) == text->length && fflush(file) == 0 &&
              fsync(fileno(file)) == 0;
  good = fclose(file) == 0 && good;
  return good && rename(aside, path) == 0;
}

bool checkpoint_write(Context *c, const char *path, const Checkpoints *checkpoints) {
  Text text;
  text_init(&text, c->arena);
  text_add(&text, "{\"format\": \"" FORMAT "\", \"organisations\": [\n");
  for (size_t i = 0; i < checkpoints->count; i++) {
    if (i) text_add(&text, ",\n");
    write_one(&text, &checkpoints->items[i]);
  }
  text_add(&text, "\n]}\n");
  const char *aside = text_format(c->arena, "%s.%ld", path, (long)getpid());
  if (write_file(path, aside, &text)) return true;
  int problem = errno;
  unlink(aside);
  return fail_with(c, ERROR_UNAVAILABLE, _("%s cannot be written: %s"), path, strerror(problem));
}

const Checkpoint *checkpoint_find(const Checkpoints *checkpoints, const char *slug) {
  for (size_t i = 0; checkpoints && i < checkpoints->count; i++)
    if (text_equal(checkpoints->items[i].slug, slug)) return &checkpoints->items[i];
  return NULL;
}

void checkpoint_check(const Checkpoint *checkpoint, const Chain *chain, Report *report) {
  const StoredHead *head = &checkpoint->head;
  const ChainHead message = {
      .org = checkpoint->org, .seq = head->seq, .at = head->at, .hash = head->hash};
  if (!key_verify(head->public_key, &message, head->signature))
    report_problem(report, chain->slug, head->seq, NULL, NULL,
                   _("the checkpoint's own signature does not fit: the checkpoint was changed"));
  if (!chain_announced(chain, head->public_key))
    report_problem(report, chain->slug, head->seq, head->public_key, NULL,
                   _("the chain does not know the key the checkpoint is signed with"));
  if (chain->seq < head->seq)
    report_problem(
        report, chain->slug, chain->seq + 1, NULL, NULL,
        _("the chain ends before the checkpoint at entry %" PRId64 ": an older copy was put back"),
        head->seq);
}
