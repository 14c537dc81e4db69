// SPDX-License-Identifier: Apache-2.0
// argv becomes an Invocation: --name value, --name=value, flags and arguments in any order.
#include "cli/invocation.h"

#include <string.h>

const Option common_options[] = {
    {"json", NULL, "print JSON", false, false},
    {"org", "SLUG", "the organisation (may be left out if there is only one)", false, false},
    {"by", "EMAIL", "who does it; recorded in the ledger", false, false},
    {"db", "URL", "sqlite:PATH or postgresql://… (default: DAYBOOK_DB)", false, false},
    {"now", "TIME", "pretend it is this date or RFC 3339 time (default: DAYBOOK_NOW)", false,
     false},
    {"help", NULL, "say what the command does, with an example", false, false},
    {0},
};

// ---- nearest word ----

enum { LONGEST_WORD = 40, NEAR = 3 };

static size_t smallest(size_t a, size_t b, size_t c) {
  size_t least = a < b ? a : b;
  return least < c ? least : c;
}

// Levenshtein's distance; words beyond LONGEST_WORD are far.
static size_t distance(const char *a, const char *b) {
  size_t length = strlen(b), row[LONGEST_WORD + 1];
  if (length > LONGEST_WORD || strlen(a) > LONGEST_WORD) return LONGEST_WORD;
  for (size_t j = 0; j <= length; j++) row[j] = j;
  for (size_t i = 1; a[i - 1] != '\0'; i++) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= length; j++) {
      size_t above = row[j];
      row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
      diagonal = above;
    }
  }
  return row[length];
}

static void consider(const char *word, const char *candidate, const char **best, size_t *nearest) {
  size_t d = distance(word, candidate);
  if (d < *nearest && d < strlen(candidate)) {
    *nearest = d;
    *best = candidate;
  }
}

static const char *nearest_command(const Program *program, const char *word) {
  const char *best = NULL;
  size_t nearest = NEAR + 1;
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++) consider(word, (*c)->name, &best, &nearest);
  return best;
}

static const char *nearest_option(const Command *command, const char *word) {
  const char *best = NULL;
  size_t nearest = NEAR + 1;
  for (const Option *o = command->options; o != NULL && o->name != NULL; o++)
    consider(word, o->name, &best, &nearest);
  for (const Option *o = common_options; o->name != NULL; o++)
    consider(word, o->name, &best, &nearest);
  return best;
}

// ---- the command ----

static bool names(const char *name, const char *first, const char *second) {
  size_t length = strlen(first);
  if (strncmp(name, first, length) != 0) return false;
  if (second == NULL) return name[length] == '\0';
  return name[length] == ' ' && strcmp(name + length + 1, second) == 0;
}

const Command *command_find(const Program *program, const char *first, const char *second) {
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++)
      if (names((*c)->name, first, second)) return *c;
  return NULL;
}

const char *command_family(Context *c, const Program *program, const char *first) {
  Text seconds;
  text_init(&seconds, c->arena);
  size_t length = strlen(first);
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList one = *room; *one != NULL; one++) {
      const char *name = (*one)->name;
      if (strncmp(name, first, length) == 0 && name[length] == ' ')
        text_add_format(&seconds, "%s%s", seconds.length > 0 ? ", " : "", name + length + 1);
    }
  return seconds.length == 0 ? NULL : seconds.data;
}

static bool unknown_command(Context *c, const Program *program, const char *first,
                            const char *second) {
  const char *family = command_family(c, program, first);
  if (family != NULL)
    return invalid(c, NULL, _("Say what to do: %s %s. `daybook help %s …` explains each."), first,
                   family, first);
  const char *asked = second == NULL ? first : text_format(c->arena, "%s %s", first, second);
  const char *near = nearest_command(program, asked);
  if (near == NULL) near = nearest_command(program, first);
  if (near != NULL)
    return invalid(c, NULL, _("There is no command \"%s\". Did you mean \"%s\"?"), first, near);
  return invalid(c, NULL, _("There is no command \"%s\". `daybook help` lists them."), first);
}

// ---- options and arguments ----

static const Option *option_in(const Option *list, const char *name, size_t length) {
  for (const Option *o = list; o != NULL && o->name != NULL; o++)
    if (strlen(o->name) == length && strncmp(o->name, name, length) == 0) return o;
  return NULL;
}

static const Option *find_option(const Command *command, const char *name, size_t length) {
  const Option *found = command == NULL ? NULL : option_in(command->options, name, length);
  return found != NULL ? found : option_in(common_options, name, length);
}

static bool unknown_option(Invocation *in, const char *word, size_t length) {
  Context *c = &in->context;
  const char *name = text_copy_n(c->arena, word, length);
  const char *near = nearest_option(in->command, name);
  if (near != NULL)
    return invalid(c, NULL, _("There is no option --%s. Did you mean --%s?"), name, near);
  return invalid(c, NULL, _("There is no option --%s. `daybook help %s` lists them."), name,
                 in->command->name);
}

static bool give(Invocation *in, const Option *o, const char *value) {
  Context *c = &in->context;
  if (!o->repeated)
    for (size_t i = 0; i < in->given.count; i++)
      if (in->given.items[i].option == o)
        return invalid(c, o->name, _("--%s is given twice."), o->name);
  *list_add(c->arena, &in->given) = (Given){o, value};
  return true;
}

// Reads the option at argv[*at]; moves on over its value.
static bool read_option(Invocation *in, int argc, char *const *argv, int *at) {
  Context *c = &in->context;
  const char *word = argv[*at] + 2;
  const char *equals = strchr(word, '=');
  size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
  const Option *o = find_option(in->command, word, length);
  if (o == NULL) return unknown_option(in, word, length);
  if (o->value == NULL)
    return equals == NULL ? give(in, o, "")
                          : invalid(c, o->name, _("--%s takes no value."), o->name);
  if (equals != NULL) return give(in, o, equals + 1);
  if (*at + 1 >= argc)
    return invalid(c, o->name, _("--%s needs a value: --%s %s."), o->name, o->name, o->value);
  return give(in, o, argv[++*at]);
}

// The command's one or two words; options may stand before them.
static bool find_words(Invocation *in, int argc, char *const *argv, int words[2]) {
  int found = 0;
  words[0] = words[1] = -1;
  for (int i = 1; i < argc && found < 2; i++) {
    if (argv[i][0] != '-') {
      words[found++] = i;
      continue;
    }
    const char *name = argv[i] + strspn(argv[i], "-");
    const Option *o = option_in(common_options, name, strlen(name));
    if (found > 0) break;
    if (o != NULL && o->value != NULL) i++;
  }
  if (words[0] < 0) return true;
  const char *first = argv[words[0]], *second = words[1] < 0 ? NULL : argv[words[1]];
  in->command = second == NULL ? NULL : command_find(in->program, first, second);
  if (in->command == NULL) {
    in->command = command_find(in->program, first, NULL);
    if (in->command == NULL) return unknown_command(&in->context, in->program, first, second);
    words[1] = -1;
  }
  return true;
}

static bool check_required(Invocation *in) {
  Context *c = &in->context;
  for (const Option *o = in->command->options; o != NULL && o->name != NULL; o++)
    if (o->required && option(in, o->name) == NULL)
      invalid(c, o->name, _("--%s %s is missing: %s."), o->name, o->value, o->help);
  size_t count = in->arguments.count, least = in->command->least_arguments;
  if (count < least)
    invalid(c, NULL, _("`daybook %s` needs %s."), in->command->name, in->command->arguments);
  else if (count > in->command->most_arguments)
    invalid(c, NULL, _("\"%s\" is one word too many for `daybook %s`."),
            in->arguments.items[in->command->most_arguments], in->command->name);
  return context_ok(c);
}

bool invocation_parse(Invocation *in, int argc, char *const *argv) {
  Context *c = &in->context;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--json") == 0) in->json = true; // even a mistake is then told in JSON
    if (!text_is_utf8(argv[i], strlen(argv[i])))
      return invalid(c, NULL, _("Word %d of the command line is not valid UTF-8."), i);
  }
  int words[2];
  if (!find_words(in, argc, argv, words) || in->command == NULL) return context_ok(c);
  bool only_arguments = false;
  for (int i = 1; i < argc; i++) {
    if (i == words[0] || i == words[1]) continue;
    if (!only_arguments && strcmp(argv[i], "--") == 0) {
      only_arguments = true;
    } else if (!only_arguments && argv[i][0] == '-' && argv[i][1] == '-') {
      if (!read_option(in, argc, argv, &i)) return false;
    } else if (!only_arguments && strcmp(argv[i], "-h") == 0) {
      give(in, find_option(NULL, "help", 4), "");
    } else if (!only_arguments && argv[i][0] == '-' && argv[i][1] != '\0') {
      return invalid(c, NULL, _("There is no option %s; options begin with --."), argv[i]);
    } else {
      *list_add(c->arena, &in->arguments) = argv[i];
    }
  }
  return option_flag(in, "help") || check_required(in);
}

// ---- what commands ask ----

const char *option_at(const Invocation *in, const char *name, size_t index) {
  for (size_t i = 0; i < in->given.count; i++)
    if (strcmp(in->given.items[i].option->name, name) == 0 && index-- == 0)
      return in->given.items[i].value;
  return NULL;
}

size_t option_count(const Invocation *in, const char *name) {
  size_t count = 0;
  while (option_at(in, name, count) != NULL) count++;
  return count;
}

const char *option(const Invocation *in, const char *name) {
  return option_at(in, name, 0);
}

bool option_flag(const Invocation *in, const char *name) {
  return option(in, name) != NULL;
}

bool option_date(const Invocation *in, const char *name, Date *out) {
  const char *text = option(in, name);
  if (text == NULL || date_parse(text, out)) return true;
  Context *c = invocation_context((Invocation *)(uintptr_t)in);
  return invalid(c, name, _("--%s: \"%s\" is not a date; write it as 2026-02-28."), name, text);
}

bool option_int(const Invocation *in, const char *name, int64_t minimum, int64_t maximum,
                int64_t *out) {
  const char *text = option(in, name);
  int64_t value;
  if (text == NULL) return true;
  if (text_to_int(text, &value) && value >= minimum && value <= maximum) {
    *out = value;
    return true;
  }
  Context *c = invocation_context((Invocation *)(uintptr_t)in);
  return invalid(c, name, _("--%s: \"%s\" is not a whole number from %lld to %lld."), name, text,
                 (long long)minimum, (long long)maximum);
}

size_t argument_count(const Invocation *in) {
  return in->arguments.count;
}

const char *argument(const Invocation *in, size_t index) {
  return index < in->arguments.count ? in->arguments.items[index] : NULL;
}

Context *invocation_context(const Invocation *in) {
  return &((Invocation *)(uintptr_t)in)->context;
}

bool invocation_json(const Invocation *in) {
  return in->json;
}
