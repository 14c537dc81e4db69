# SPDX-License-Identifier: Apache-2.0
"""Turns a room's .sql file into typed C functions.

usage: statements.py --schema DIR --root SRC --header OUT.h --code OUT.c --depfile OUT.d FILE.sql
       statements.py --list OUT.c --root SRC FILE.sql…

The language is described in docs/architecture.md. Each statement is prepared here, against SQLite
with the real schema, and must stay inside one organisation (sql_scope.py) unless it says why not.
"""
import argparse
import os
import re
import sys

import schema
import sql_scope
import sqlite_prepare

C_TYPES = {"id": "int64_t", "int": "int64_t", "real": "double", "text": "const char *",
           "bool": "bool", "date": "Date", "instant": "Instant", "blob": "Blob"}
STORED = {"id": ("BIGINT", "INTEGER"), "int": ("BIGINT", "INTEGER"), "bool": ("BIGINT", "INTEGER"),
          "instant": ("BIGINT", "INTEGER"), "real": ("DOUBLE PRECISION", "BIGINT", "INTEGER"),
          "text": ("TEXT",), "date": ("TEXT",), "blob": ("BLOB",)}
AUTOMATIC = {"org": "SQL_FIELD_ORG", "now": "SQL_FIELD_NOW", "today": "SQL_FIELD_TODAY",
             "actor": "SQL_FIELD_ACTOR"}
MODES = ("one", "many", "each", "exec", "insert")
C_WORDS = set("""
    default register int double float char long short signed static struct union enum switch
    case break return void volatile const if else for while do goto auto extern inline sizeof
    typedef bool true false
""".split())
SQL_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|::|(?<![:\w]):([A-Za-z_]\w*)", re.S)


class StatementError(Exception):
    def __init__(self, line, message):
        super().__init__(message)
        self.line = line


class FieldOf:
    def __init__(self, name, kind, optional):
        self.name, self.kind, self.optional = name, kind, optional

    def c_type(self):
        if self.optional and self.kind in ("int", "real"):
            return "OptInt" if self.kind == "int" else "OptReal"
        return C_TYPES[self.kind]

    def member(self):
        kind = self.c_type()
        return f"{kind}{'' if kind.endswith('*') else ' '}{self.name};"


def camel(name):
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))

HEADERS = "in|out|sort|unscoped|unheard|blind|later|alone"


def split_top(text):
    """At commas outside parentheses."""
    parts, depth = [""], 0
    for char in text:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def reversed_order(terms):
    out = []
    for term in split_top(terms):
        match = re.match(r"(.*?)(?:\s+(ASC|DESC))?(?:\s+NULLS\s+(FIRST|LAST))?$", term, re.I | re.S)
        expression, direction, nulls = match.groups()
        flipped = expression + ("" if (direction or "").upper() == "DESC" else " DESC")
        if nulls:
            flipped += " NULLS " + ("LAST" if nulls.upper() == "FIRST" else "FIRST")
        out.append(flipped)
    return ", ".join(out)


class Statement:
    def __init__(self, name, mode, line):
        self.name, self.mode, self.line = name, mode, line
        self.inputs, self.outputs, self.sorts = [], [], []
        self.unscoped, self.unheard, self.blind, self.body = None, None, None, []
        self.later = None  # why nobody asks what it did
        self.alone = None  # why its rows' receiver asks nothing
        self.parameters = []
        self.headers = []  # [word, rest], lines already joined

    def error(self, message):
        return StatementError(self.line, f"{self.name}: {message}")

    def header(self, word, rest):
        if word == "in":
            self.inputs += self.fields(rest)
        elif word == "out":
            self.outputs += self.fields(rest)
        elif word == "sort":
            for choice in rest.split("|"):
                name, colon, terms = choice.partition(":")
                if not colon or not re.match(r"\w+$", name.strip()):
                    raise self.error("sort is `name: terms | name: terms`")
                self.sorts.append((name.strip(), terms.strip()))
        else:
            match = re.match(r'"([^"]{3,})"$', rest)
            if not match:
                raise self.error(f'say why: {word} "reason"')
            setattr(self, word, match.group(1))

    def fields(self, text):
        found = []
        for part in split_top(text):
            match = re.match(r"([a-z]\w*)\s+(\w+)(\?)?$", part)
            if not match or match.group(2) not in C_TYPES:
                raise self.error(f"cannot read the field `{part}`; write `name type` with one of "
                                 + ", ".join(C_TYPES))
            if match.group(1) in C_WORDS:
                raise self.error(f"{match.group(1)} is a word of C; choose another name")
            found.append(FieldOf(match.group(1), match.group(2), bool(match.group(3))))
        return found

    def finish(self):
        for word, rest in self.headers:
            self.header(word, rest)
        self.body = SQL_TOKEN.sub(
            lambda m: "" if re.match(r"--(?!@)", m.group()) else m.group(),
            "\n".join(self.body)).strip()
        names = [f.name for f in self.inputs]
        for name in names:
            if names.count(name) > 1 or name in AUTOMATIC:
                raise self.error(f"the parameter {name} is there already")
        if self.mode in ("exec", "insert") and self.outputs:
            raise self.error(f"{self.mode} has no out; use one or many with RETURNING")
        if self.later and self.mode not in ("exec", "insert"):
            raise self.error("later is for exec and insert: what is read is waited for")
        if self.alone and self.mode != "each":
            raise self.error("alone is for each: its rows come while others could be asked for")
        if self.mode in ("one", "many", "each") and not self.outputs:
            raise self.error(f"{self.mode} needs out")
        if ("{sort}" in self.body) != bool(self.sorts):
            raise self.error("sort and {sort} belong together")
        if not self.body.rstrip().endswith(";"):
            raise self.error("the statement must end with ;")
        self.body = self.body.rstrip()[:-1].rstrip()
        if self.mode == "insert":
            plain = schema.strip_comments(self.body)
            if not re.match(r"\s*(WITH\b.*)?INSERT\b", plain, re.I | re.S):
                raise self.error("insert needs an INSERT")
            # Engine blocks may stand in the body: the last line belongs to both.
            self.body += "\n--@both\nRETURNING id"
        self.compares_versions()
        self.number_parameters()

    def compares_versions(self):
        """Whoever raises a row's version says which one they saw: no change is lost in silence."""
        plain = " ".join(schema.strip_comments(self.body).split())
        raises = re.search(r"\bversion = (\w+\.)?version \+ 1\b", plain)
        compares = re.search(r"\bversion = :version\b", plain)
        if raises and not compares and self.blind is None:
            raise self.error("raises version without comparing it: add AND version = :version, "
                             'or say blind "reason"')
        if self.blind is not None and (compares or not raises):
            raise self.error("does not raise version blindly; leave blind out")

    def number_parameters(self):
        declared = {f.name: f for f in self.inputs}
        used = []
        for match in SQL_TOKEN.finditer(self.body):
            name = match.group(1)
            if name and name not in used:
                if name not in declared and name not in AUTOMATIC:
                    raise self.error(f":{name} is not declared; add it to `in`")
                used.append(name)
        for name in declared:
            if name not in used:
                raise self.error(f"the parameter {name} is never used")
        self.parameters = used

    def text(self, engine, terms):
        body = schema.for_engine(self.body, engine).replace("{sort}", terms or "")
        mark = "?" if engine == "sqlite" else "$"
        body = SQL_TOKEN.sub(
            lambda m: "" if m.group().startswith("--") else m.group() if not m.group(1)
            else f"{mark}{self.parameters.index(m.group(1)) + 1}", body)
        return "\n".join(line.rstrip() for line in body.split("\n") if line.strip())

    def variants(self):
        """[(suffix, order terms)]; two for each sort, ascending first."""
        if not self.sorts:
            return [("", None)]
        found = []
        for name, terms in self.sorts:
            found += [(f"_{name}", terms), (f"_{name}_down", reversed_order(terms))]
        return found


def parse(path):
    found, current, in_header = [], None, False
    with open(path, encoding="utf-8") as stream:
        lines = stream.read().split("\n")
    for number, line in enumerate(lines, 1):
        start = re.match(r"--!\s*(\S+)\s+(\S+)\s*$", line)
        header = re.match(rf"--\s+({HEADERS})\s+(.*\S)\s*$", line)
        more = re.match(r"--\s{5,}(\S.*?)\s*$", line)
        if start:
            name, mode = start.groups()
            if not re.match(r"[a-z][a-z0-9_]*$", name) or mode not in MODES:
                raise StatementError(number, f"write `--! name mode`; a mode is {', '.join(MODES)}")
            current, in_header = Statement(name, mode, number), True
            found.append(current)
        elif line.startswith("--!"):
            raise StatementError(number, "write `--! name mode`")
        elif current and in_header and header:
            current.headers.append(list(header.groups()))
        elif current and in_header and current.headers and more:
            current.headers[-1][1] += " " + more.group(1)
        elif current and re.match(r"\s*--@", line):
            current.body.append(line)
            in_header = False
        elif current and not re.match(r"\s*(--|$)", line):
            current.body.append(line)
            in_header = False
        elif not current and not re.match(r"\s*(--|$)", line):
            raise StatementError(number, "a statement begins with `--! name mode`")
    for statement in found:
        statement.finish()
    return found


class Check:
    """What the library and the scope reader say of a statement."""

    def __init__(self, folder):
        migrations = schema.load(folder)
        self.inputs = [m.path for m in migrations]
        self.database = sqlite_prepare.Database([(m.path, m.sqlite) for m in migrations])
        self.scoped = {t for m in migrations for t, has_org in m.tables if has_org}

    def statement(self, s):
        s.writes, s.touches = False, set()
        for _, terms in s.variants():
            try:
                prepared = self.database.prepare(s.text("sqlite", terms))
            except sqlite_prepare.PrepareError as error:
                raise s.error(str(error)) from None
            s.writes = s.writes or prepared.writes
            s.touches |= prepared.tables & self.scoped
            self.columns(s, prepared.columns)
        if s.mode in ("exec", "insert") and not s.writes:
            raise s.error(f"{s.mode} changes nothing; use one or many")
        if s.unheard and not s.writes:
            raise s.error("changes nothing that the ledger could hear; leave unheard out")
        if s.unscoped is None:
            for engine in ("sqlite", "postgres"):
                self.scope(s, engine)

    def columns(self, s, columns):
        if s.mode in ("exec", "insert"):
            return
        if [c.name for c in columns] != [f.name for f in s.outputs]:
            raise s.error("out says " + ", ".join(f.name for f in s.outputs)
                          + "; the statement gives " + ", ".join(c.name for c in columns))
        for column, field in zip(columns, s.outputs):
            if column.declared and column.declared.upper() not in STORED[field.kind]:
                raise s.error(f"{field.name} is {column.declared}, which is no {field.kind}")
            if column.may_be_null and not field.optional:
                raise s.error(f"{field.name} may be NULL: write {field.kind}?")

    def scope(self, s, engine):
        reader = sql_scope.Checker(self.scoped)
        body = s.text(engine, s.sorts[0][1] if s.sorts else None)
        for index in reversed(range(len(s.parameters))):
            mark = "?" if engine == "sqlite" else "$"
            placeholder = re.escape(f"{mark}{index + 1}") + r"(?!\d)"
            body = re.sub(placeholder, f":{s.parameters[index]}", body)
        try:
            seen = reader.check(body)
        except (sql_scope.ScopeError, IndexError) as error:
            if s.touches:
                raise s.error(f"{error}; or say unscoped \"reason\"") from None
            return
        if engine == "sqlite" and s.touches - seen:
            unseen = ", ".join(sorted(s.touches - seen))
            raise s.error(f"cannot see how {unseen} is restricted")


# ---- C ----

def field_rows(fields, struct):
    return ", ".join(
        f'{{"{f.name}", offsetof({struct}, {f.name}), SQL_FIELD_{f.kind.upper()}, '
        f'{"true" if f.optional else "false"}}}' for f in fields)


def members(fields):
    return " ".join(f.member() for f in fields)


def prototype(s):
    base = f"Sql{camel(s.name)}"
    takes = f"Context *c, {base} in" if s.inputs or s.sorts else "Context *c"
    call = f"sql_{s.name}"
    return {
        "many": f"{base}Rows {call}({takes})",
        "one": f"bool {call}({takes}, {base}Row *row)",
        "each": f"bool {call}({takes}, bool (*row)(void *user, const {base}Row *r), void *user)",
        "exec": f"int64_t {call}({takes})",
        "insert": f"int64_t {call}({takes})",
    }[s.mode]


def header(statements, path):
    guard = "SQL_" + re.sub(r"\W", "_", path).upper() + "_H"
    out = [f"// Made from {path}.", f"#ifndef {guard}", f"#define {guard}", "",
           '#include "db/statement.h"', ""]
    for s in statements:
        base = f"Sql{camel(s.name)}"
        if s.sorts:
            names = ", ".join(f"SQL_{s.name.upper()}_{n.upper()}" for n, _ in s.sorts)
            out.append(f"typedef enum {base}Sort {{ {names} }} {base}Sort;")
        if s.inputs or s.sorts:
            extra = f" {base}Sort sort; bool descending;" if s.sorts else ""
            out.append(f"typedef struct {base} {{ {members(s.inputs)}{extra} }} {base};")
        if s.outputs:
            out.append(f"typedef struct {base}Row {{ {members(s.outputs)} }} {base}Row;")
        if s.mode == "many":
            out.append(f"typedef struct {base}Rows {{ {base}Row *items; size_t count; }}"
                       f" {base}Rows;")
        out += [f"{prototype(s)};", ""]
    return "\n".join(out + ["#endif", ""])


def body(s):
    given = "&in" if s.inputs or s.sorts else "NULL"
    base = f"Sql{camel(s.name)}"
    pick = f"&statement_{s.name}"
    if s.sorts:
        pick += f"[sort_of_((int)in.sort, in.descending, {len(s.sorts)})]"
    call = f"statement_{s.mode}(c, {pick}, {given}"
    return {
        "many": f"  StatementRows rows = {call});\n"
                f"  return ({base}Rows){{rows.items, rows.count}};",
        "one": f"  return {call}, row);",
        "each": f"  struct {s.name}_each_ with = {{row, user}};\n"
                f"  return {call}, {s.name}_row_, &with);",
        "exec": f"  return {call});",
        "insert": f"  return {call});",
    }[s.mode]


def code(statements, path, symbol):
    out = [f"// Made from {path}.", f'#include "{path}.h"', ""]
    if any(s.sorts for s in statements):
        out += ["static size_t sort_of_(int sort, bool descending, int count) {",
                "  return (size_t)((sort < 0 || sort >= count ? 0 : sort) * 2 + descending);",
                "}", ""]
    for s in statements:
        out += one_code(s)
    names = []
    for s in statements:
        names += [f"&statement_{s.name}" + (f"[{i}]" if s.sorts else "")
                  for i in range(len(s.variants()))]
    out += [f"extern const Statement *const {symbol}[];",
            f"const Statement *const {symbol}[] = {{{', '.join(names + ['NULL'])}}};", ""]
    return "\n".join(out)


def one_code(s):
    base, out = f"Sql{camel(s.name)}", []
    declared = {f.name: f for f in s.inputs}
    parameters = []
    for name in s.parameters:
        if name in declared:
            parameters.append(field_rows([declared[name]], base))
        else:
            parameters.append(f'{{"{name}", 0, {AUTOMATIC[name]}, false}}')
    if parameters:
        out.append(f"static const SqlField {s.name}_in_[] = {{{', '.join(parameters)}}};")
    if s.outputs:
        fields = field_rows(s.outputs, base + "Row")
        out.append(f"static const SqlField {s.name}_out_[] = {{{fields}}};")
    scope = "SCOPE_NONE"
    if s.touches:
        scope = "SCOPE_INSTALLATION" if s.unscoped else "SCOPE_ORGANISATION"
    rows = []
    for suffix, terms in s.variants():
        rows.append("{" + f'"{s.name}{suffix}",\n{schema.c_string(s.text("sqlite", terms))},\n'
                    f'{schema.c_string(s.text("postgres", terms))},\n    '
                    + (f"{s.name}_in_, " if parameters else "NULL, ")
                    + (f"{s.name}_out_, " if s.outputs else "NULL, ")
                    + f"{len(parameters)}, {len(s.outputs)}, "
                    + (f"sizeof({base}Row), " if s.outputs else "0, ")
                    + f"{scope}, {'true' if s.writes else 'false'}, "
                    + f"{'true' if s.unheard else 'false'}, {'true' if s.later else 'false'}, "
                    + f"{'true' if s.alone else 'false'}" + "}")
    if s.sorts:
        out.append(f"static const Statement statement_{s.name}[] = {{" + ",\n".join(rows) + "};")
    else:
        out.append(f"static const Statement statement_{s.name} = {rows[0]};")
    if s.mode == "each":
        out += [f"struct {s.name}_each_ {{",
                f"  bool (*row)(void *user, const {base}Row *r);", "  void *user;", "};",
                f"static bool {s.name}_row_(void *user, const void *row) {{",
                f"  const struct {s.name}_each_ *with = user;",
                "  return with->row(with->user, row);", "}"]
    out += [f"{prototype(s)} {{", body(s), "}", ""]
    return out


def symbol_of(path):
    return "statements_of_" + re.sub(r"\W", "_", path)


def write_list(output, root, paths):
    names = [os.path.relpath(p, root) for p in paths]
    out = ["// Made by tools/statements.py.", '#include "db/statement.h"', ""]
    out += [f"extern const Statement *const {symbol_of(n)}[];" for n in names]
    out += ["const StatementFile statement_files[] = {"]
    out += [f'  {{"{n}", {symbol_of(n)}}},' for n in names]
    out += ["  {NULL, NULL},", "};", ""]
    with open(output, "w", encoding="utf-8") as stream:
        stream.write("\n".join(out))


def main():
    options = argparse.ArgumentParser()
    for name in ("schema", "root", "header", "code", "depfile", "list"):
        options.add_argument(f"--{name}")
    options.add_argument("files", nargs="*")
    given = options.parse_args()
    if given.list:
        write_list(given.list, given.root, given.files)
        return
    path = given.files[0]
    name = os.path.relpath(path, given.root)
    try:
        statements = parse(path)
        check = Check(given.schema)
        for s in statements:
            check.statement(s)
    except StatementError as error:
        sys.exit(f"{path}:{error.line}: error: {error}")
    except (schema.SchemaError, sqlite_prepare.PrepareError) as error:
        sys.exit(f"error: {error}")
    tools = os.path.dirname(os.path.abspath(__file__))
    inputs = [path, given.schema] + check.inputs + [
        os.path.join(tools, n)
        for n in ("schema.py", "sql_scope.py", "sqlite_prepare.py", "statements.py")]
    for target, text in ((given.header, header(statements, name)),
                         (given.code, code(statements, name, symbol_of(name))),
                         (given.depfile, f"{given.header} {given.code}: {' '.join(inputs)}\n")):
        with open(target, "w", encoding="utf-8") as stream:
            stream.write(text)


if __name__ == "__main__":
    main()
