# SPDX-License-Identifier: Apache-2.0
"""Reads the rooms' .views declarations: structs, views, partials, the layout, and their fields."""

import pathlib
import re


class Refused(Exception):
    """What the author has to mend, with file and line."""


def refuse(path, line, message):
    raise Refused(f"{path}:{line}: {message}")


SCALARS = {
    "id": "int64_t", "int": "int64_t", "int?": "OptInt", "real": "double", "real?": "OptReal",
    "bool": "bool", "date": "Date", "date?": "Date", "instant": "Instant", "instant?": "Instant",
    "text": "const char *", "text?": "const char *", "id?": "int64_t", "html": "Html",
    "html?": "Html",
}
KEYWORDS = {"auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else",
            "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register",
            "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
            "unsigned", "void", "volatile", "while", "bool", "true", "false"}


class Type:
    """scalar ("text?"), a struct by name, optional struct (pointer) or a list of either."""

    def __init__(self, text):
        self.list = text.startswith("[")
        inner = text[1:-1] if self.list else text
        self.scalar = inner if inner in SCALARS else None
        self.struct = None if self.scalar else inner.rstrip("?")
        self.optional = inner.endswith("?")

    @property
    def kind(self):
        return self.scalar.rstrip("?") if self.scalar else None

    def element(self):
        copy = Type("text")
        copy.list, copy.scalar, copy.struct, copy.optional = (
            False, self.scalar, self.struct, self.optional)
        return copy

    def c(self):
        if self.list:
            return f"{self.struct}List " if self.struct else "TextList "
        if self.struct:
            return f"const {self.struct} *" if self.optional else f"{self.struct} "
        return SCALARS[self.scalar] + ("" if SCALARS[self.scalar].endswith("*") else " ")


class Struct:
    def __init__(self, kind, name, template, path, line):
        self.kind, self.name, self.template = kind, name, template
        self.path, self.line, self.fields = path, line, {}

    @property
    def room(self):
        return self.path.parent.name


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def _heading(path, number, line):
    match = re.fullmatch(
        r'(struct|view|partial|layout|letter) ([A-Z]\w*)(?: "([\w./-]+\.html)")?', line)
    if not match:
        refuse(path, number, f"expected struct, view, partial, layout or letter, found: {line}")
    kind, name, template = match.groups()
    if kind in ("partial", "layout", "letter") and not template:
        refuse(path, number, f"{kind} {name} needs its template: {kind} {name} \"file.html\"")
    if kind == "struct" and template:
        refuse(path, number, f"struct {name} has no template; is it a view or a partial?")
    template = path.parent / template if template else None
    if template and not template.exists():
        refuse(path, number, f"{kind} {name}: there is no {template.name} beside this file")
    return Struct(kind, name, template, path, number)


def parse(path):
    path = pathlib.Path(path)
    structs, current = [], None
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = re.sub(r"(^|\s)#.*$", "", raw).rstrip()
        if not line:
            continue
        if not line[0].isspace():
            current = _heading(path, number, line)
            structs.append(current)
            continue
        match = re.fullmatch(r"\s+([a-z][a-z0-9_]*)\s+(\[[A-Za-z]+\??\]|[A-Za-z]\w*\??)", line)
        if not match or current is None:
            refuse(path, number, f"expected: field type, found: {line.strip()}")
        name, kind = match.groups()
        if name in current.fields or name in KEYWORDS:
            refuse(path, number, f"{current.name}.{name}: the name is taken")
        current.fields[name] = Type(kind)
        if current.fields[name].list and current.fields[name].scalar not in (None, "text"):
            refuse(path, number, f"{current.name}.{name}: lists hold structs or text")
    return structs


class World:
    """Every declaration of the house."""

    def __init__(self, files):
        self.structs = {}
        self.files = sorted(pathlib.Path(f) for f in files)
        for file in self.files:
            for struct in parse(file):
                if struct.name in self.structs:
                    refuse(file, struct.line, f"{struct.name} is declared in "
                           f"{self.structs[struct.name].path.name} already")
                self.structs[struct.name] = struct
        for struct in self.structs.values():
            for name, kind in struct.fields.items():
                if kind.struct and kind.struct not in self.structs:
                    refuse(struct.path, struct.line,
                           f"{struct.name}.{name}: there is no type or struct {kind.struct}")

    def of(self, path):
        path = pathlib.Path(path).resolve()
        return [s for s in self.structs.values() if s.path.resolve() == path]

    def ordered(self, structs):
        """Each after those it holds by value, so that C can lay them out."""
        done, out = set(), []

        def visit(struct, trail):
            if struct.name in done:
                return
            if struct.name in trail:
                refuse(struct.path, struct.line, f"{struct.name} holds itself")
            for kind in struct.fields.values():
                if kind.struct and not kind.list and not kind.optional:
                    inner = self.structs[kind.struct]
                    if inner in structs:
                        visit(inner, trail | {struct.name})
            done.add(struct.name)
            out.append(struct)

        for struct in structs:
            visit(struct, frozenset())
        return out


def schema(world, struct):
    """The JSON schema (2020-12) of what json_… writes for the struct."""
    properties = {}
    for name, kind in struct.fields.items():
        if kind.kind == "html":
            continue
        one = _schema_of(kind)
        properties[name] = {"type": "array", "items": one} if kind.list else one
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _schema_of(kind):
    if kind.struct:
        reference = {"$ref": f"#/components/schemas/{kind.struct}"}
        return {"oneOf": [reference, {"type": "null"}]} if kind.optional and not kind.list \
            else reference
    base = {"id": ("integer", None), "int": ("integer", None), "real": ("number", None),
            "bool": ("boolean", None), "date": ("string", "date"),
            "instant": ("string", "date-time"), "text": ("string", None)}[kind.kind]
    may_be_null = kind.optional or kind.kind in ("date", "instant", "text")
    out = {"type": [base[0], "null"] if may_be_null else base[0]}
    if base[1]:
        out["format"] = base[1]
    if base[0] == "integer":
        out["format"] = "int64"
    return out
