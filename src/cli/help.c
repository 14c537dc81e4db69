// SPDX-License-Identifier: Apache-2.0
// Help, manual page and completion, all from the command table.
#include "cli/invocation.h"
#include "cli/version.h"

#include <stdio.h>
#include <string.h>

static const char *const purpose =
    N_("the diary and ledger of an organisation certified to ISO/IEC 27001");

void help_overview(const Program *program) {
  printf("daybook – %s\n\n%s\n", _(purpose), _("Usage: daybook COMMAND [OPTION…]\n\nCommands:"));
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++)
      printf("  %-18s %s\n", (*c)->name, _((*c)->summary));
  printf("\n%s\n", _("Everywhere:"));
  for (const Option *o = common_options; o->name != NULL; o++)
    printf("  --%-10s %-5s %s\n", o->name, o->value != NULL ? o->value : "", _(o->help));
  printf("\n%s\n",
         _("`daybook help COMMAND` shows its options and an example.\n"
           "DAYBOOK_DB names the database (sqlite:PATH or postgresql://…), DAYBOOK_EVIDENCE the\n"
           "folder of evidence, DAYBOOK_NOW a simulated time, DAYBOOK_LANGUAGE the language.\n"
           "Exit status: 0 done, 1 failed, 2 wrong input or usage, 3 verification failed."));
}

static void print_usage(const Command *command) {
  printf("daybook %s", command->name);
  for (const Option *o = command->options; o != NULL && o->name != NULL; o++)
    if (o->required)
      printf(" --%s%s%s", o->name, o->value != NULL ? " " : "", o->value != NULL ? o->value : "");
  if (!text_is_empty(command->arguments)) printf(" %s", command->arguments);
  fputs(_(" [OPTION…]"), stdout);
}

void help_command(const Command *command) {
  printf("%s\n\n%s ", _(command->summary), _("Usage:"));
  print_usage(command);
  printf("\n\n%s\n", _("Options:"));
  for (const Option *o = command->options; o != NULL && o->name != NULL; o++) {
    const char *label = o->value != NULL ? o->value : "";
    printf("  --%s%s%-*s %s%s%s\n", o->name, o->value != NULL ? " " : "",
           (int)(22 > strlen(o->name) ? 22 - strlen(o->name) : 1) + (o->value == NULL), label,
           _(o->help), o->required ? _(" (required)") : "",
           o->repeated ? _(" (may be given again)") : "");
  }
  fputs(_("  and --json, --org, --by, --db, --now: see `daybook help`\n"), stdout);
  printf("\n%s\n  %s\n", _("Example:"), command->example);
}

// ---- roff ----

static void roff(const char *text) {
  if (*text == '.' || *text == '\'') fputs("\\&", stdout);
  for (; *text != '\0'; text++) {
    if (*text == '\\')
      fputs("\\e", stdout);
    else if (*text == '-')
      fputs("\\-", stdout);
    else
      putchar(*text);
  }
}

static void man_options(const Option *options) {
  for (const Option *o = options; o != NULL && o->name != NULL; o++) {
    fputs(".TP\n\\fB\\-\\-", stdout);
    roff(o->name);
    fputs("\\fR", stdout);
    if (o->value != NULL) {
      fputs(" \\fI", stdout);
      roff(o->value);
      fputs("\\fR", stdout);
    }
    putchar('\n');
    roff(_(o->help));
    fputs(o->required ? _(" (required)") : "", stdout);
    putchar('\n');
  }
}

static void man_command(const Command *command) {
  fputs(".SS daybook ", stdout);
  roff(command->name);
  if (!text_is_empty(command->arguments)) {
    putchar(' ');
    roff(command->arguments);
  }
  putchar('\n');
  roff(_(command->summary));
  fputs(".\n", stdout);
  man_options(command->options);
  printf(".PP\n%s\n.RS\n.nf\n", _("Example:"));
  roff(command->example);
  fputs("\n.fi\n.RE\n", stdout);
}

static void man_section(const char *title) {
  printf(".SH %s\n", title);
}

static const struct {
  const char *name, *help;
} variables[] = {
    {"DAYBOOK_DB", N_("The database: sqlite:PATH or postgresql://…")},
    {"DAYBOOK_DB_OWNER",
     N_("The PostgreSQL address with the owner's name; used by `daybook migrate` "
        "alone.")},
    {"DAYBOOK_EVIDENCE", N_("The folder of evidence (default: beside the SQLite file).")},
    {"DAYBOOK_NOW", N_("A date or RFC 3339 time to use instead of the clock.")},
    {"DAYBOOK_LANGUAGE",
     N_("The language of the command line: en, de (default: LC_ALL, LC_MESSAGES, "
        "LANG, else English).")},
    {"DAYBOOK_LOG", N_("The least level of log lines: debug, info, warn or error.")},
};

void help_man(const Program *program) {
  printf(".TH DAYBOOK 1 \"\" \"daybook %s\"\n", daybook_version);
  man_section(_("NAME"));
  fputs("daybook \\- ", stdout);
  roff(_(purpose));
  putchar('\n');
  man_section(_("SYNOPSIS"));
  fputs(".B daybook\n.I COMMAND\n.RI [ OPTION \\|.\\|.\\|.]\n", stdout);
  man_section(_("COMMANDS"));
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++) man_command(*c);
  man_section(_("OPTIONS OF EVERY COMMAND"));
  man_options(common_options);
  man_section(_("ENVIRONMENT"));
  for (size_t i = 0; i < COUNT_OF(variables); i++) {
    printf(".TP\n%s\n", variables[i].name);
    roff(_(variables[i].help));
    putchar('\n');
  }
  man_section(_("EXIT STATUS"));
  printf("%s\n", _("0 done, 1 failed, 2 wrong input or usage, 3 verification failed."));
}

// ---- bash ----

static void completion_options(const Option *options) {
  for (const Option *o = options; o != NULL && o->name != NULL; o++) printf(" --%s", o->name);
}

// The word that follows `first`, of the commands with two.
static void completion_second(const Program *program) {
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++) {
      const char *space = strchr((*c)->name, ' ');
      if (space != NULL)
        printf("    %.*s) more+=' %s' ;;&\n", (int)(space - (*c)->name), (*c)->name, space + 1);
    }
}

void help_completion(const Program *program) {
  fputs(
      "# bash completion for daybook\n_daybook() {\n  local word=${COMP_WORDS[COMP_CWORD]} more=\n"
      "  local first=${COMP_WORDS[1]} second=${COMP_WORDS[2]}\n"
      "  if ((COMP_CWORD == 1)); then\n    COMPREPLY=($(compgen -W '",
      stdout);
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++)
      printf("%.*s ", (int)strcspn((*c)->name, " "), (*c)->name);
  fputs("' -- \"$word\"))\n    return\n  fi\n  if ((COMP_CWORD == 2)); then\n"
        "    case $first in\n",
        stdout);
  completion_second(program);
  fputs("    esac\n  fi\n  case \"$first $second\" in\n", stdout);
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++) {
      bool two = strchr((*c)->name, ' ') != NULL;
      printf("    '%s'%s) more+=' ", (*c)->name, two ? "*" : "\\ *");
      completion_options((*c)->options);
      fputs("' ;;\n", stdout);
    }
  fputs("  esac\n  if [[ $word == -* || -n $more && $COMP_CWORD -eq 2 ]]; then\n"
        "    COMPREPLY=($(compgen -W \"$more",
        stdout);
  completion_options(common_options);
  fputs("\" -- \"$word\"))\n  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}\n"
        "complete -o filenames -F _daybook daybook\n",
        stdout);
}
