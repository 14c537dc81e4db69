// SPDX-License-Identifier: Apache-2.0
#include "diary/profile.h"

// Sectors that a law or a regulator watches, or where failure reaches people's lives or money.
static const char *const SENSITIVE_SECTORS[] = {
    "bank",    "financ", "insur",  "health", "hospital", "medic",
    "pharma",  "energy", "water",  "utilit", "telecom",  "defence",
    "defense", "public", "govern", "aero",   "nuclear",  "payment"};
static const char *const DIGITAL_SECTORS[] = {"software", "saas",   "cloud", "hosting", "data",
                                              "logistic", "transp", "legal", "educat",  "it "};

static bool sector_among(const char *sector, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (text_contains_fold(sector, words[i])) return true;
  }
  return false;
}

static int sector_weight(const char *sector) {
  if (text_is_empty(sector)) return 0;
  if (sector_among(sector, SENSITIVE_SECTORS, COUNT_OF(SENSITIVE_SECTORS))) return 2;
  return sector_among(sector, DIGITAL_SECTORS, COUNT_OF(DIGITAL_SECTORS)) ? 1 : 0;
}

static int size_weight(int64_t head_count) {
  return head_count > 250 ? 2 : head_count > 50 ? 1 : 0;
}

const char *risk_level_name(RiskLevel level) {
  static const char *const names[] = {"low", "medium", "high"};
  return (unsigned)level < COUNT_OF(names) ? names[level] : "";
}

static const char *profile_inputs(Context *c, const Facts *facts) {
  static const char *const demands[] = {"low", "medium", "high"};
  const char *people = facts->head_count > 0
                           ? text_format(c->arena, _("%lld people"), (long long)facts->head_count)
                           : _("head count not stated");
  const char *sector = text_is_empty(facts->sector) ? _("sector not stated") : facts->sector;
  int64_t demand =
      facts->customer_demands < 0 || facts->customer_demands > 2 ? 0 : facts->customer_demands;
  return text_format(c->arena, _("%s, %s, %s customer demands"), people, sector, demands[demand]);
}

Profile profile_of(Context *c, const Facts *facts) {
  int demands = facts->customer_demands > 2   ? 2
                : facts->customer_demands < 0 ? 0
                                              : (int)facts->customer_demands;
  int weight = size_weight(facts->head_count) + sector_weight(facts->sector) + demands;
  RiskLevel level = weight >= 4 ? RISK_HIGH : weight >= 2 ? RISK_MEDIUM : RISK_LOW;
  return (Profile){.level = level, .inputs = profile_inputs(c, facts)};
}
