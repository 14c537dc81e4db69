// SPDX-License-Identifier: Apache-2.0
// Help, manual page and completion, all from the command table.
#include "cli/invocation.h"
#include "cli/version.h"

#include <stdio.h>
#include <string.h>

static const char purpose[] = "the diary and ledger of an organisation certified to ISO/IEC 27001";

void help_overview(const Program *program) {
  printf("daybook – %s\n\nUsage: daybook COMMAND [OPTION…]\n\nCommands:\n", purpose);
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++) printf("  %-18s %s\n", (*c)->name, (*c)->summary);
  fputs("\nEverywhere:\n", stdout);
  for (const Option *o = common_options; o->name != NULL; o++)
    printf("  --%-10s %-5s %s\n", o->name, o->value != NULL ? o->value : "", o->help);
  fputs("\n`daybook help COMMAND` shows its options and an example.\n"
        "DAYBOOK_DB names the database (sqlite:PATH or postgresql://…), DAYBOOK_EVIDENCE the\n"
        "folder of evidence, DAYBOOK_NOW a simulated time.\n"
        "Exit status: 0 done, 1 failed, 2 wrong input or usage, 3 verification failed.\n",
        stdout);
}

static void print_usage(const Command *command) {
  printf("daybook %s", command->name);
  for (const Option *o = command->options; o != NULL && o->name != NULL; o++)
    if (o->required)
      printf(" --%s%s%s", o->name, o->value != NULL ? " " : "", o->value != NULL ? o->value : "");
  if (!text_is_empty(command->arguments)) printf(" %s", command->arguments);
  fputs(" [OPTION…]", stdout);
}

void help_command(const Command *command) {
  printf("%s\n\nUsage: ", command->summary);
  print_usage(command);
  fputs("\n\nOptions:\n", stdout);
  for (const Option *o = command->options; o != NULL && o->name != NULL; o++) {
    const char *label = o->value != NULL ? o->value : "";
    printf("  --%s%s%-*s %s%s%s\n", o->name, o->value != NULL ? " " : "",
           (int)(22 > strlen(o->name) ? 22 - strlen(o->name) : 1) + (o->value == NULL), label,
           o->help, o->required ? " (required)" : "", o->repeated ? " (may be given again)" : "");
  }
  fputs("  and --json, --org, --by, --db, --now: see `daybook help`\n", stdout);
  printf("\nExample:\n  %s\n", command->example);
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
    roff(o->help);
    fputs(o->required ? " (required)\n" : "\n", stdout);
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
  roff(command->summary);
  fputs(".\n", stdout);
  man_options(command->options);
  fputs(".PP\nExample:\n.RS\n.nf\n", stdout);
  roff(command->example);
  fputs("\n.fi\n.RE\n", stdout);
}

void help_man(const Program *program) {
  printf(".TH DAYBOOK 1 \"\" \"daybook %s\"\n.SH NAME\ndaybook \\- ", daybook_version);
  roff(purpose);
  fputs("\n.SH SYNOPSIS\n.B daybook\n.I COMMAND\n.RI [ OPTION \\|.\\|.\\|.]\n.SH COMMANDS\n",
        stdout);
  for (const CommandList *room = program->rooms; *room != NULL; room++)
    for (CommandList c = *room; *c != NULL; c++) man_command(*c);
  fputs(".SH OPTIONS OF EVERY COMMAND\n", stdout);
  man_options(common_options);
  fputs(".SH ENVIRONMENT\n"
        ".TP\nDAYBOOK_DB\nThe database: sqlite:PATH or postgresql://…\n"
        ".TP\nDAYBOOK_DB_OWNER\nThe PostgreSQL address with the owner's name; used by "
        "\\fBdaybook migrate\\fR alone.\n"
        ".TP\nDAYBOOK_EVIDENCE\nThe folder of evidence (default: beside the SQLite file).\n"
        ".TP\nDAYBOOK_NOW\nA date or RFC 3339 time to use instead of the clock.\n"
        ".TP\nDAYBOOK_LOG\nThe least level of log lines: debug, info, warn or error.\n"
        ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong input or usage, 3 verification failed.\n",
        stdout);
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
