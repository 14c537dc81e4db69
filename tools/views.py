#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns a room's .views and its templates into C: structs, HTML and JSON writers, respond_…().

views.py --root src --permissions src/org/permissions.txt --po po --header H --code C
         [--depfile D] X.views
views.py --root src --permissions … --pot FILE          the catalogue of all messages"""

import argparse
import html
import pathlib
import re
import sys

import catalogue
import template
import views_c
from expression import Condition, Scope
from viewlang import Refused, World, refuse, snake


def c_string(text):
    out = []
    for byte in text.encode("utf-8"):
        c = chr(byte)
        if c in '"\\':
            out.append("\\" + c)
        elif c == "\n":
            out.append("\\n")
        elif 32 <= byte < 127 and c != "?":
            out.append(c)
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


SCALAR_HTML = {  # kind -> {context: call with one argument}
    "text": {"text": "html_text(@, {0})", "attribute": "html_text(@, {0})",
             "url": "html_url(@, {0})", "url_part": "html_url_part(@, {0})",
             "plain": "text_add(@, {0})"},
    "id": {"*": "html_int(@, {0})"}, "int": {"*": "html_int(@, {0})"},
    "real": {"*": "html_real(@, {0})"},
    "date": {"text": "html_date(@, {0})", "plain": "html_date_words(@, {0})",
             "*": "html_date_iso(@, {0})"},
    "instant": {"text": "html_instant(@, r->context.zone, {0})", "*": "html_instant_iso(@, {0})"},
}
FILLED = {"text", "search", "email", "url", "tel", "number", "date", "time", "datetime-local",
          "month", "week", "range", "color"}
# What a browser shows only when it is well formed.
PICKED = ("date", "time", "number", "month", "datetime-local")


class Code:
    """C statements; neighbouring literals become one."""

    def __init__(self):
        self.lines, self.pending, self.depth, self.out = [], "", 1, "o"

    def literal(self, text):
        self.pending += text

    def settle(self):
        text, self.pending = self.pending, ""
        while text:
            part, text = text[:1500], text[1500:]
            size = len(part.encode("utf-8"))
            pieces = [c_string(part[i:i + 70]) for i in range(0, len(part), 70)]
            inner = ("\n" + "  " * (self.depth + 2)).join(pieces)
            self.lines.append("  " * self.depth + f"html_bytes({self.out}, {inner}, {size});")

    def line(self, text):
        self.settle()
        if text.startswith("}"):
            self.depth -= 1
        self.lines.append("  " * self.depth + text)
        if text.endswith("{"):
            self.depth += 1


class Writer:
    """Writes one template as the body of a C function."""

    def __init__(self, house, struct):
        self.house, self.struct = house, struct
        self.scope = Scope(house.world, struct, struct.template, house.permissions)
        self.code, self.count, self.selects = Code(), 0, []

    def fresh(self, stem):
        self.count += 1
        return f"{stem}_{self.count}"

    def ops(self, ops):
        at = 0
        while at < len(ops):
            op = ops[at]
            if op[0] == "open_tag" and op[1].lower() == "textarea":
                end = next(i for i in range(at, len(ops)) if ops[i] == ("close_tag", "textarea"))
                self.textarea(op, ops[at + 1:end])
                at = end + 1
                continue
            getattr(self, "op_" + op[0])(*op[1:])
            at += 1

    # ---- values ----
    def op_lit(self, text):
        self.code.literal(text)

    def op_slash(self):
        self.code.literal("/")

    def op_attr(self, name, value):
        self.code.literal(f" {name}")
        if value is not None:
            self.code.literal('="')
            self.ops(value)
            self.code.literal('"')

    def op_out(self, context, mode, subject, line):
        code, kind, _ = self.scope.resolve(subject, line)
        path = self.struct.template
        if mode == "count":
            if not kind.list:
                refuse(path, line, f"{subject} is no list to count")
            self.code.line(f"html_int({self.code.out}, (int64_t){code}.count);")
            return
        if kind.list or kind.struct:
            refuse(path, line, f"{subject} is a {'list' if kind.list else kind.struct}, no value")
        if (kind.kind == "html") != (mode == "raw"):
            refuse(path, line, f"{subject}: raw shows html fields, and only raw does")
        if kind.kind == "html":
            self.code.line(f"html_bytes({self.code.out}, {code}.bytes, {code}.length);")
            return
        if kind.kind == "bool":
            refuse(path, line, f"{subject} is yes or no: use {{{{#if {subject}}}}}")
        if mode == "iso":
            context = "attribute"
        calls = SCALAR_HTML[kind.kind]
        call = calls.get(context) or calls["*"]
        if kind.scalar in ("int?", "real?"):
            self.code.line(f"if ({code}.has) {{")
            self.code.line(call.format(f"{code}.value").replace("@", self.code.out) + ";")
            self.code.line("}")
        else:
            self.code.line(call.format(code).replace("@", self.code.out) + ";")

    def op_msg(self, parts, line, escape=True):
        key = template.message_id(parts)
        self.house.note(key, f"{self.struct.template.name}:{line}")
        told = [(n, words[key]) for n, (_, words) in enumerate(self.house.languages, 1)
                if key in words]
        if not told:
            self.message(parts, escape)
            return
        self.code.line("switch (r->language) {")
        for number, words in told:
            self.code.line(f"case {number}:")
            self.translated(words, parts, line, escape)
            self.code.line("break;")
        self.code.line("default:")
        self.message(parts, escape)
        self.code.line("break;")
        self.code.line("}")

    def message(self, parts, escape):
        for part in parts:
            if part[0] == "t":
                self.code.literal(html.escape(part[1]) if escape else part[1])
            else:
                self.op_out(*part[1:])

    def translated(self, words, parts, line, escape):
        values = {p[3]: p for p in parts if p[0] != "t"}
        for piece in re.split(r"(\{[\w.]+\})", words):
            if piece[:1] == "{" and piece[1:-1] in values:
                self.op_out(*values[piece[1:-1]][1:])
            elif piece[:1] == "{" and piece[-1:] == "}":
                refuse(self.struct.template, line, f"a translation speaks of {piece}, unknown here")
            else:
                self.code.literal(html.escape(piece) if escape else piece)

    def op_csrf(self):
        self.code.line(f"html_csrf(r, {self.code.out});")

    # ---- blocks ----
    def op_if(self, test, body, other, line):
        condition = Condition(self.scope, test, line)
        self.code.line(f"if ({condition.code}) {{")
        known = condition.present - self.scope.known
        self.scope.known |= known
        self.ops(body)
        self.scope.known -= known
        if other:
            self.code.line("} else {")
            self.ops(other)
        self.code.line("}")

    def op_each(self, subject, name, body, other, line):
        code, kind, _ = self.scope.resolve(subject, line)
        if not kind.list:
            refuse(self.struct.template, line, f"{subject} is no list")
        self.shadow(name, line)
        index, item = self.fresh("i"), self.fresh(name)
        self.code.line(f"for (size_t {index} = 0; {index} < {code}.count; {index}++) {{")
        if kind.struct:
            self.code.line(f"const {kind.struct} *{item} = &{code}.items[{index}];")
        else:
            self.code.line(f"const char *{item} = {code}.items[{index}];")
        self.scope.locals[name] = (item, kind.element(), bool(kind.struct))
        self.ops(body)
        del self.scope.locals[name]
        self.code.line("}")
        if other:
            self.code.line(f"if ({code}.count == 0) {{")
            self.ops(other)
            self.code.line("}")

    def op_with(self, subject, name, body, other, line):
        code, kind, pointer = self.scope.resolve(subject, line)
        if kind.list or not kind.struct:
            refuse(self.struct.template, line, f"{subject} is no struct")
        self.shadow(name, line)
        item = self.fresh(name)
        self.code.line(f"const {kind.struct} *{item} = {code if pointer else '&' + code};")
        self.code.line(f"if ({item} != NULL) {{")
        self.scope.locals[name] = (item, kind, True)
        self.ops(body)
        del self.scope.locals[name]
        if other:
            self.code.line("} else {")
            self.ops(other)
        self.code.line("}")

    def shadow(self, name, line):
        if name in self.scope.locals or name in self.struct.fields:
            refuse(self.struct.template, line, f"the name {name} is taken")

    def op_partial(self, name, subject, line):
        partial = self.house.world.structs.get(name)
        if partial is None or partial.kind != "partial":
            refuse(self.struct.template, line, f"there is no partial {name}")
        if subject is None:
            if partial.fields:
                refuse(self.struct.template, line, f"{name} needs its {name}")
            argument = f"&({name}){{0}}"
        else:
            code, kind, pointer = self.scope.resolve(subject, line)
            if kind.struct != name or kind.list:
                refuse(self.struct.template, line, f"{subject} is no {name}")
            if kind.optional and subject not in self.scope.known \
                    and subject not in self.scope.locals:
                refuse(self.struct.template, line, f"{subject} may be absent: ask #if first")
            argument = code if pointer else "&" + code
        self.code.line(f"{snake(name)}_html(r, {self.code.out}, {argument});")

    # ---- tags; those of forms show again what was sent, with what was wrong ----
    def op_open_tag(self, written, items, line):
        name = written.lower()
        attributes = {i[1].lower(): i[2] for i in items if i[0] == "attr"}
        if name == "form" and template.method_of(items) == "post":
            self.post_form(items, attributes, line)
        elif name in ("input", "select") and attributes.get("name"):
            self.field(name, items, attributes)
        elif name == "option" and attributes.get("value") is not None and self.selects \
                and self.selects[-1]:
            self.flagged(written, items, self.selects[-1], attributes["value"], "selected")
        else:
            if name == "select":
                self.selects.append(None)
            self.plain_tag(written, items)

    def plain_tag(self, written, items):
        self.code.literal(f"<{written}")
        self.ops(items)
        self.code.literal(">")

    def op_close_tag(self, name):
        self.code.literal(f"</{name}>")
        if name == "select" and self.selects:
            field = self.selects.pop()
            if field:
                self.code.line(f"refill_error(r, o, {field});")
        if name == "form":
            self.code.line("refill_end(r);")

    def post_form(self, items, attributes, line):
        if not attributes.get("action"):
            refuse(self.struct.template, line, "a POST form names its action")
        self.code.literal("<form")
        for item in items:
            if item[0] == "attr" and item[1].lower() == "action":
                mark = self.fresh("action")
                self.code.literal(' action="')
                self.code.line(f"const size_t {mark} = o->length;")
                self.ops(item[2])
                self.code.line(f"refill_begin(r, o, {mark});")
                self.code.literal('"')
            else:
                self.ops([item])
        self.code.literal(">")
        self.code.line("html_csrf(r, o);")

    def name_of(self, value):
        """The field's name as a C expression; one made of values is written aside, when needed."""
        if all(op[0] == "lit" for op in value):
            return c_string("".join(op[1] for op in value))
        name, text = self.fresh("name"), self.fresh("text")
        self.code.line(f"const char *{name} = NULL;")
        self.code.line("if (refilling(r)) {")
        self.code.line(f"Text {text};")
        self.code.line(f"text_init(&{text}, r->context.arena);")
        self.code.out = f"&{text}"
        self.ops(value)
        self.code.settle()
        self.code.out = "o"
        self.code.line(f"html_finish(&{text});")
        self.code.line(f"{name} = {text}.data;")
        self.code.line("}")
        return name

    def marks(self, items, name):
        """The tag's attributes with what is wrong said to eyes and ears; without value."""
        said = False
        for item in items:
            if item[0] == "attr" and item[1].lower() == "class" and item[2] is not None:
                self.code.literal(' class="')
                self.ops(item[2])
                self.code.line(f"refill_class(r, o, {name});")
                self.code.literal('"')
                said = True
            else:
                self.ops([item])
        self.code.line(f"refill_marks(r, o, {name}, {'false' if said else 'true'});")

    def field(self, tag, items, attributes):
        kind = "".join(op[1] for op in attributes.get("type") or [("lit", "text")]
                       if op[0] == "lit").lower()
        if tag == "input" and kind in ("hidden", "submit", "button", "image", "reset"):
            self.plain_tag(tag, items)
            return
        name = self.name_of(attributes["name"])
        if tag == "select":
            self.selects.append(name)
            self.code.literal("<select")
            self.marks(items, name)
            self.code.literal(">")
            return
        if kind in ("checkbox", "radio"):
            value = attributes.get("value") or [("lit", "on")]
            self.flagged(tag, items, name, value, "checked")
        elif kind in FILLED:
            self.code.literal("<input")
            others = [i for i in items if not (i[0] == "attr" and i[1].lower() == "value")]
            self.marks(others, name)
            self.code.literal(' value="')
            self.code.line(f"if (!refill_value(r, o, {name})) {{")
            self.ops(attributes.get("value") or [])
            self.code.line("}")
            self.code.literal('">')
            if kind in PICKED:
                self.code.line(f'refill_entered(r, o, {name}, "{kind}");')
                return
        else:  # password, file: never shown again, only marked
            self.code.literal("<input")
            self.marks(items, name)
            self.code.literal(">")
        self.code.line(f"refill_error(r, o, {name});")

    def flagged(self, tag, items, name, value, flag):
        def is_flag(item):
            if item[0] == "attr":
                return item[1].lower() == flag
            return item[0] == "if" and any(is_flag(i) for i in item[2] + item[3])
        self.code.literal(f"<{tag}")
        self.ops([i for i in items if not is_flag(i)])
        value_text = self.fresh("value")
        self.code.line("if (refilling(r)) {")
        if all(op[0] == "lit" for op in value):
            text = html.unescape("".join(op[1] for op in value))
            self.code.line(f"refill_flag(r, o, {name}, {c_string(text)}, \" {flag}\");")
        else:
            self.code.line(f"Text {value_text};")
            self.code.line(f"text_init(&{value_text}, r->context.arena);")
            self.code.out = f"&{value_text}"
            self.ops(plainly(value))
            self.code.settle()
            self.code.out = "o"
            self.code.line(f"html_finish(&{value_text});")
            self.code.line(f"refill_flag(r, o, {name}, {value_text}.data, \" {flag}\");")
        self.code.line("} else {")
        self.ops([i for i in items if is_flag(i)])
        self.code.line("}")
        self.code.literal(">")

    def textarea(self, op, content):
        attributes = {i[1].lower(): i[2] for i in op[2] if i[0] == "attr"}
        if not attributes.get("name"):
            self.plain_tag("textarea", op[2])
            self.ops(content)
            self.code.literal("</textarea>")
            return
        name = self.name_of(attributes["name"])
        self.code.literal("<textarea")
        self.marks(op[2], name)
        self.code.literal(">")
        self.code.line(f"if (!refill_value(r, o, {name})) {{")
        self.ops(content)
        self.code.line("}")
        self.code.literal("</textarea>")
        self.code.line(f"refill_error(r, o, {name});")


def plainly(ops):
    """The same values without escaping, for comparing rather than showing."""
    return [("out", "plain" if op[1] in ("attribute", "url", "url_part") else op[1], *op[2:])
            if op[0] == "out" else op for op in ops]


class House:
    def __init__(self, root, permissions, po):
        root = pathlib.Path(root)
        self.world = World(root.glob("*/*.views"))
        text = pathlib.Path(permissions).read_text("utf-8")
        self.permissions = set(re.findall(r"^([a-z_]+\.[a-z_]+):", text, re.M))
        self.languages = catalogue.languages(po)
        self.messages, self.read = {}, set()

    def note(self, key, place):
        self.messages.setdefault(key, []).append(place)

    def body(self, struct):
        self.read.add(struct.template)
        tree = template.Tree(struct.template)
        writer = Writer(self, struct)
        writer.ops(template.Walker(tree, struct.kind == "letter").ops)
        writer.code.settle()
        return writer, tree.page


def main():
    parser = argparse.ArgumentParser()
    for name in ("root", "permissions", "po", "header", "code", "depfile", "pot"):
        parser.add_argument("--" + name)
    parser.add_argument("views", nargs="?")
    options = parser.parse_args()
    try:
        house = House(options.root, options.permissions, options.po or "po")
        if options.pot:
            views_c.write_pot(house, options, Writer)
        else:
            views_c.write(house, options, Writer)
    except Refused as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
