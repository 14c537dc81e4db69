// SPDX-License-Identifier: Apache-2.0
// To which units a risk, an incident, a finding or a change belongs: by the controls it names, by
// the name of a site or supplier, else by what it speaks of. Each link says how it was found, and
// can be taken off or added by hand.
#include "audits/unit_build.h"
#include "registers/control_set.h"

#include <ctype.h>
#include <string.h>

// What a text speaks of, by beginnings of words.
static const struct {
  const char *group, *words;
} SPEAKS[] = {
    {"access", "access|account|password|credential|mfa|fido|privilege|login|sign-in|joiner|leaver"},
    {"suppliers", "supplier|vendor|cloud|saas|hosting|provider|outsourc|third part"},
    {"incidents", "phishing|incident|threat|breach notification|malicious"},
    {"continuity", "backup|restore|recovery|disaster|continuity|outage|availability|flood"},
    {"people", "employee|onboarding|awareness|insider|training|staff"},
    {"physical", "door|badge|visitor|building|server room|fire|theft|datacentre|data center"},
    {"devices", "laptop|tablet|mobile|phone|remote work|home office|removable"},
    {"operations", "malware|ransomware|patch|vulnerab|change|configuration|edr|misconfig"},
    {"monitoring", "logging|log |monitor|siem|detection"},
    {"network", "network|firewall|encrypt|crypto|key |tls|vpn|wi-fi|segment"},
    {"development", "develop|source code|software|ci/cd|release|pipeline"},
    {"legal", "gdpr|privacy|personal data|retention|deletion|licen|legal|compliance"},
    {"assets", "asset|classif|media|disposal|inventory|information handling"},
    {"governance", "policy|segregation|role|responsib|governance"},
};

static void add_ref(Context *c, MatchRefs *out, const char *ref) {
  for (size_t i = 0; i < out->count; i++)
    if (text_equal(out->items[i], ref)) return;
  *list_add(c->arena, out) = ref;
}

// "A.5.15", "A 8.2", "A.5.15-18": the controls a text names, a span by its ends and between.
void match_refs(Context *c, const char *text, MatchRefs *out) {
  for (const char *p = text; *p != '\0'; p++) {
    if ((*p != 'A' && *p != 'a') || (p[1] != '.' && p[1] != ' ') || !isdigit((unsigned char)p[2]))
      continue;
    if (p > text && isalnum((unsigned char)p[-1])) continue;
    int part = p[2] - '0', first = 0, last = 0;
    const char *q = p + 3;
    if (*q != '.') continue;
    for (q++; isdigit((unsigned char)*q); q++) first = first * 10 + (*q - '0');
    last = first;
    size_t dash = *q == '-' ? 1 : strncmp(q, "–", 3) == 0 ? 3 : 0;
    if (dash > 0 && isdigit((unsigned char)q[dash])) {
      last = 0;
      for (q += dash; isdigit((unsigned char)*q) && last < 1000; q++) last = last * 10 + (*q - '0');
    }
    for (int n = first; n <= last && n - first < 40; n++) {
      const AnnexControl *control = annex_control_find(text_format(c->arena, "A.%d.%d", part, n));
      if (control != NULL) add_ref(c, out, control->ref);
    }
  }
}

static bool speaks_of(const char *text, const char *words, const char **which, size_t *length) {
  for (const char *word = words; *word != '\0';) {
    *length = strcspn(word, "|");
    char part[40];
    if (*length < sizeof part) {
      memcpy(part, word, *length);
      part[*length] = '\0';
      *which = word;
      if (text_contains_fold(text, part)) return true;
    }
    word += *length;
    if (*word == '|') word++;
  }
  return false;
}

static void add_link(Context *c, const Source *source, size_t unit, const char *why,
                     FoundLinks *out) {
  for (size_t i = 0; i < out->count; i++)
    if (out->items[i].unit == unit && out->items[i].source == source) return;
  *list_add(c->arena, out) = (FoundLink){.unit = unit, .source = source, .why = why};
}

static size_t of_group(const Drafts *drafts, const char *group) {
  for (size_t i = 0; i < drafts->count; i++)
    if (text_equal(drafts->items[i].group, group)) return i;
  return drafts->count;
}

static bool by_refs(Context *c, const Drafts *drafts, const Source *source, FoundLinks *out) {
  MatchRefs refs = {0};
  match_refs(c, source->text, &refs);
  size_t before = out->count;
  for (size_t r = 0; r < refs.count; r++)
    for (size_t i = 0; i < drafts->count; i++)
      if (refs_have(drafts->items[i].refs, refs.items[r]))
        add_link(c, source, i, text_format(c->arena, _("names %s"), refs.items[r]), out);
  return out->count > before;
}

static void by_name(Context *c, const Drafts *drafts, const Source *source, FoundLinks *out) {
  for (size_t i = 0; i < drafts->count; i++) {
    const Draft *draft = &drafts->items[i];
    if (draft->name == NULL || strlen(draft->name) < 4) continue;
    if (text_contains_fold(source->text, draft->name))
      add_link(c, source, i, text_format(c->arena, _("names %s"), draft->name), out);
  }
}

static void by_words(Context *c, const Drafts *drafts, const Source *source, FoundLinks *out) {
  int found = 0;
  for (size_t i = 0; i < COUNT_OF(SPEAKS) && found < 3; i++) {
    const char *which;
    size_t length;
    if (!speaks_of(source->text, SPEAKS[i].words, &which, &length)) continue;
    size_t unit = of_group(drafts, SPEAKS[i].group);
    if (unit == drafts->count) continue;
    add_link(c, source, unit, text_format(c->arena, _("speaks of “%.*s”"), (int)length, which),
             out);
    found++;
  }
}

void match_source(Context *c, const Drafts *drafts, const Source *source, FoundLinks *out) {
  for (size_t i = 0; source->unit != 0 && i < drafts->count; i++)
    if (drafts->items[i].unit == source->unit)
      add_link(c, source, i, _("found by an audit of it"), out);
  by_name(c, drafts, source, out);
  if (!by_refs(c, drafts, source, out)) by_words(c, drafts, source, out);
}
