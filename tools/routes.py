#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the rooms' .routes files: each route once, with its permission, input and help.

routes.py --header H X.routes                                   input structs, handlers' prototypes
routes.py --root src --permissions src/org/permissions.txt \\
          --code C [--openapi JSON] [--depfile D]       the one table, and the API's description
"""

import argparse
import json
import pathlib
import re
import sys

import permissions
from openapi import describe
from viewlang import KEYWORDS, Refused, World, camel, refuse

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
KINDS = {  # kind: (C type, C type when optional, FIELD_…)
    "id": ("int64_t ", "int64_t ", "FIELD_ID"), "int": ("int64_t ", "OptInt ", "FIELD_INT"),
    "real": ("double ", "OptReal ", "FIELD_REAL"), "bool": ("bool ", "bool ", "FIELD_BOOL"),
    "date": ("Date ", "Date ", "FIELD_DATE"), "instant": ("Instant ", "Instant ", "FIELD_INSTANT"),
    "text": ("const char *", "const char *", "FIELD_TEXT"),
    "enum": ("const char *", "const char *", "FIELD_ENUM"),
    "email": ("const char *", "const char *", "FIELD_EMAIL"),
    "file": ("const Upload *", "const Upload *", "FIELD_FILE"),
    "files": ("Uploads ", "Uploads ", "FIELD_FILES"), "ids": ("IdList ", "IdList ", "FIELD_IDS"),
    "any": ("Pairs ", "Pairs ", "FIELD_ANY"),
}
BODY_MAX = 1 << 20  # bytes of a form or JSON without files


class Field:
    def __init__(self, path, line, name, kind, label=None, in_path=False):
        self.name, self.label, self.in_path = name, label, in_path
        match = re.fullmatch(r"([a-z]+)(?:\(([^)]*)\))?(\?)?", kind)
        if not match or match.group(1) not in KINDS:
            refuse(path, line, f"{name}: {kind} is no kind of field")
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in KEYWORDS:
            refuse(path, line, f"{name} cannot be a field's name")
        self.kind, inside, self.optional = match.group(1), match.group(2), bool(match.group(3))
        self.choices, self.low, self.high = [], None, None
        if self.kind == "enum":
            self.choices = (inside or "").split("|")
            if not all(re.fullmatch(r"[\w-]+", choice) for choice in self.choices):
                refuse(path, line, f"{name}: write enum(one|two)")
        elif inside is not None:
            self.bounds(path, line, inside)
        elif self.kind == "text" and in_path:
            self.low, self.high = 1, 200
        elif self.kind == "text":
            refuse(path, line, f"{name}: say how long it may be, text(1..200)")
        if self.kind == "any" or self.kind == "bool":
            self.optional = True

    def bounds(self, path, line, inside):
        match = re.fullmatch(r"(?:(-?[\d.]+?)\.\.)?(-?\d+(?:\.\d+)?)", inside)
        if not match or self.kind not in ("text", "int", "real"):
            refuse(path, line, f"{self.name}: the bounds ({inside}) cannot be read")
        number = float if self.kind == "real" else int
        self.low = number(match.group(1)) if match.group(1) else 0
        self.high = number(match.group(2))
        if self.low > self.high:
            refuse(path, line, f"{self.name}: {self.low} is more than {self.high}")

    def c(self):
        plain, optional, _ = KINDS[self.kind]
        return optional if self.optional else plain


class Route:
    def __init__(self, path, line, method, pattern):
        self.path, self.line, self.method, self.pattern = path, line, method, pattern
        self.name = self.permission = self.help = self.view = self.reason = None
        self.csrf, self.creates, self.body_max = method != "GET", False, BODY_MAX
        self.trial = self.kept = self.costly = False
        self.fields = []

    @property
    def shape(self):
        return re.sub(r"\{[^}]*\}", "{}", self.pattern)

    @property
    def struct(self):
        return camel(self.name) + "Input"


def size(path, line, text):
    match = re.fullmatch(r"(\d+)([KMG]?)", text)
    if not match:
        refuse(path, line, f"body {text}: write 64K or 4M")
    return int(match.group(1)) << {"": 0, "K": 10, "M": 20, "G": 30}[match.group(2)]


def attribute(route, path, line, word, rest):
    if word == "name" and re.fullmatch(r"[a-z][a-z0-9_]*", rest):
        route.name = rest
    elif word == "permission":
        name, _, reason = rest.partition(" ")
        route.permission, route.reason = name, reason.strip('"')
        if name == "public" and not route.reason:
            refuse(path, line, 'a public route says why: permission public "…"')
    elif word == "help" and re.fullmatch(r'".+"', rest):
        route.help = rest[1:-1]
    elif word == "view" and re.fullmatch(r"[A-Z]\w*", rest):
        route.view = rest
    elif word == "csrf" and re.fullmatch(r'none ".+"', rest):
        route.csrf = False
    elif word == "body":
        route.body_max = size(path, line, rest)
    elif word == "creates" and not rest:
        route.creates = True
    elif word == "kept" and not rest and route.method == "GET" and "{org}" in route.pattern:
        route.kept = True
    elif word == "costly" and not rest and "{org}" in route.pattern:
        route.costly = True
    elif word == "trial" and not rest:
        route.trial = True
    elif word != "input" or rest:
        refuse(path, line, f"a route does not know: {word} {rest}")
    return word == "input"


def path_fields(route):
    for name, _, kind in re.findall(r"\{(\w+)(:([^}]+))?\}", route.pattern):
        if name != "org":
            route.fields.append(Field(route.path, route.line, name, kind or "id", in_path=True))
    for segment in route.pattern.split("/")[1:]:
        if not re.fullmatch(r"(\{\w+(:[^}]+)?\})(\.[a-z]+)?|"
                            r"[a-z0-9_-]+\.\{\w+(:[^}]+)?\}|[a-z0-9._-]*", segment):
            refuse(route.path, route.line, f"{route.pattern}: {segment} is no part of a path")
    if "{org}" in route.pattern and not route.pattern.startswith("/o/{org}"):
        refuse(route.path, route.line, "{org} stands after /o/ only")


def finish(route):
    path, line = route.path, route.line
    if route.name is None:
        refuse(path, line, f"{route.method} {route.pattern} has no name")
    if route.permission is None:
        refuse(path, line, f"{route.name} has no permission; write permission NAME (or public with "
               "its reason, or signed_in)")
    if route.help is None:
        refuse(path, line, f"{route.name} has no help")
    names = [field.name for field in route.fields]
    if len(set(names)) != len(names) or {"org", "csrf", "came_from"} & set(names):
        refuse(path, line, f"{route.name}: a field stands twice (org, csrf, came_from are taken)")
    route.creates = route.creates or (
        route.method == "POST" and bool(re.search(r"_(create|add)$", route.name)))


def parse(path):
    path = pathlib.Path(path)
    routes, in_input = [], False
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = re.sub(r'(^|\s)#(?=([^"]*"[^"]*")*[^"]*$).*$', "", raw).rstrip()
        if not line:
            continue
        if not line[0].isspace():
            method, _, pattern = line.partition(" ")
            pattern = pattern.strip()
            if method not in METHODS or not pattern.startswith("/"):
                refuse(path, number, f"expected METHOD /path, found: {line}")
            routes.append(Route(path, number, method, pattern))
            path_fields(routes[-1])
            in_input = False
            continue
        if not routes:
            refuse(path, number, "this belongs to no route")
        indent = len(line) - len(line.lstrip())
        word, _, rest = line.strip().partition(" ")
        if in_input and indent > 2:
            match = re.fullmatch(r'(\S+)(?:\s+"([^"]*)")?', rest.strip())
            if not match:
                refuse(path, number, f'expected: field kind "Label", found: {line.strip()}')
            routes[-1].fields.append(Field(path, number, word, match.group(1), match.group(2)))
        else:
            in_input = attribute(routes[-1], path, number, word, rest.strip())
    for route in routes:
        finish(route)
    return routes


# ---- what is made of them ----

def header(path, routes):
    guard = "DAYBOOK_" + re.sub(r"\W", "_", f"{path.parent.name}_{path.stem}_routes_h").upper()
    out = ["// SPDX-License-Identifier: Apache-2.0",
           f"// Made by tools/routes.py from {path.name}; edit that.",
           f"#ifndef {guard}", f"#define {guard}", "", '#include "http/route.h"', ""]
    for route in routes:
        out.append(f"// {route.method} {route.pattern}: {route.help}")
        out.append(f"typedef struct {route.struct} {{")
        out += [f"  {field.c()}{field.name};" for field in route.fields]
        out += ([] if route.fields else ["  char nothing_;"]) + [f"}} {route.struct};"]
        out += [f"void {route.name}_handler(Request *r, const {route.struct} *in);", ""]
    return "\n".join(out + ["#endif", ""])


def c_text(text):
    return "NULL" if text is None else json.dumps(text, ensure_ascii=False).replace("?", "\\?")


def number(value, kind):
    if value is None:
        return {"text": "0", "real": "0"}.get(kind, "INT64_MIN")
    return f"{value}" if value > -(1 << 63) else "INT64_MIN"


def field_code(route, field):
    low, high = number(field.low, field.kind), number(field.high, field.kind)
    if field.high is None and field.kind not in ("text", "real"):
        high = "INT64_MAX"
    real = field.kind == "real"
    parts = [f".name = {c_text(field.name)}", f".label = {c_text(field.label)}",
             f".kind = {KINDS[field.kind][2]}", f".offset = offsetof({route.struct}, {field.name})",
             f".optional = {str(field.optional).lower()}",
             f".in_path = {str(field.in_path).lower()}"]
    if real:
        parts += [f".real_minimum = {low if field.low is not None else '-1e300'}",
                  f".real_maximum = {high if field.high is not None else '1e300'}"]
    else:
        parts += [f".minimum = {low}", f".maximum = {high}"]
    if field.choices:
        listed = ", ".join(c_text(choice) for choice in field.choices)
        parts.append(f".choices = (const char *const[]){{{listed}, NULL}}")
    return "    {" + ", ".join(parts) + "},"


PAGE_TITLE = re.compile(r'\{\{page title="([^"{]+)"')


# What a page is called: its template's own title, if that says the same for every reader.
def title_of(route, world):
    template = world.structs[route.view].template if route.view else None
    if not template or route.method != "GET":
        return None
    found = PAGE_TITLE.search(pathlib.Path(template).read_text("utf-8"))
    return found.group(1) if found else None


def route_code(route, world):
    access = {"public": "ACCESS_PUBLIC", "signed_in": "ACCESS_SIGNED_IN"}.get(
        route.permission, "ACCESS_MEMBER")
    constant = permissions.constant(route.permission) if access == "ACCESS_MEMBER" else "0"
    fields = f".fields = {route.name}_fields, .field_count = COUNT_OF({route.name}_fields),\n   " \
        if route.fields else ""
    return (f"  {{.name = {c_text(route.name)}, .method = \"{route.method}\", "
            f".path = {c_text(route.pattern)},\n   .access = {access}, .permission = {constant}, "
            f".csrf = {str(route.csrf).lower()}, .creates = {str(route.creates).lower()}, "
            f".trial = {str(route.trial).lower()}, .kept = {str(route.kept).lower()}, "
            f".costly = {str(route.costly).lower()}, "
            f".body_max = {route.body_max},\n   .help = {c_text(route.help)}, "
            f".view = {c_text(route.view)}, .title = {c_text(title_of(route, world))},\n   {fields}"
            f".input_size = sizeof({route.struct}), .handler = {route.name}_call}},")


def code(files, routes, description, world):
    out = ["// SPDX-License-Identifier: Apache-2.0",
           "// Made by tools/routes.py from the rooms' .routes files; edit those.",
           '#include "http/route.h"', "#include <stddef.h>", ""]
    out += [f'#include "{f.parent.name}/{f.stem}.routes.h"' for f in files]
    for route in routes:
        if route.fields:
            out.append(f"\nstatic const Field {route.name}_fields[] = {{")
            out += [field_code(route, field) for field in route.fields]
            out.append("};")
        out.append(f"static void {route.name}_call(Request *r, const void *in) {{ "
                   f"{route.name}_handler(r, in); }}")
    out += ["", "const Route ROUTES[] = {"] + [route_code(route, world) for route in routes]
    out += ["  {0},", "};", f"const size_t ROUTE_COUNT = {len(routes)};", "",
            "const char OPENAPI_JSON[] ="]
    text = json.dumps(description, ensure_ascii=True, separators=(",", ":"))
    out += ["    " + c_text(text[i:i + 80]) for i in range(0, len(text), 80)]
    out += ["    ;", f"const size_t OPENAPI_JSON_LENGTH = {len(text)};", ""]
    return "\n".join(out), text


def check(routes, table, world):
    names, shapes = {}, {}
    for route in routes:
        if route.name in names:
            refuse(route.path, route.line, f"the name {route.name} is taken")
        if (route.method, route.shape) in shapes:
            refuse(route.path, route.line, f"{route.method} {route.pattern} is taken by "
                   f"{shapes[route.method, route.shape]}")
        names[route.name], shapes[route.method, route.shape] = route, route.name
        if route.permission not in table and route.permission not in ("public", "signed_in"):
            refuse(route.path, route.line, f"{route.name}: permission {route.permission} is not in "
                   "permissions.txt")
        member = route.permission in table
        if member != route.pattern.startswith("/o/{org}"):
            refuse(route.path, route.line, f"{route.name}: a permission is held within an "
                   "organisation, so its path begins with /o/{org}; public and signed_in stand "
                   "outside")
        if route.view and (route.view not in world.structs
                           or world.structs[route.view].kind != "view"):
            refuse(route.path, route.line, f"{route.name}: there is no view {route.view}")


def main():
    parser = argparse.ArgumentParser()
    for name in ("root", "permissions", "header", "code", "openapi", "depfile"):
        parser.add_argument("--" + name)
    parser.add_argument("routes", nargs="*")
    options = parser.parse_args()
    try:
        if options.header:
            path = pathlib.Path(options.routes[0])
            pathlib.Path(options.header).write_text(header(path, parse(path)), "utf-8")
            return
        root = pathlib.Path(options.root)
        files = sorted(pathlib.Path(f) for f in options.routes) or sorted(root.glob("*/*.routes"))
        world = World(root.glob("*/*.views"))
        table = permissions.read(options.permissions)
        routes = [route for file in files for route in parse(file)]
        check(routes, table, world)
        source, description = code(files, routes, describe(routes, table, world), world)
        pathlib.Path(options.code).write_text(source, "utf-8")
        if options.openapi:
            pathlib.Path(options.openapi).write_text(description + "\n", "utf-8")
        if options.depfile:
            templates = [s.template for s in world.structs.values() if s.template]
            read = [*files, *world.files, *templates, options.permissions]
            pathlib.Path(options.depfile).write_text(
                f"{options.code}: {' '.join(str(f) for f in read)}\n", "utf-8")
    except (Refused, permissions.Refused) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
