# SPDX-License-Identifier: Apache-2.0
"""Names and conditions of a template, resolved against its struct: no missing field builds."""

import re

from viewlang import Type, refuse

BUILTIN = {"org": ("r->org_slug", Type("text")), "path": ("r->path", Type("text")),
           "base_url": ("r->base_url", Type("text")),
           "signed_in": ("(r->account != 0)", Type("bool")),
           "today": ("r->context.today", Type("date")), "actor": ("r->context.actor", Type("id"))}
WORD = re.compile(r'\s*("[^"]*"|-?\d+|==|!=|<=|>=|<|>|\(|\)|[a-z_][a-z0-9_.]*)')


class Scope:
    def __init__(self, world, struct, path, permissions):
        self.world, self.struct, self.path = world, struct, path
        self.permissions = permissions
        self.locals = {}      # name -> (C expression, Type, is pointer)
        self.known = set()    # optional structs an enclosing #if has found present

    def resolve(self, dotted, line):
        """(C expression, Type, is a pointer to the struct)"""
        names = dotted.split(".")
        first = names[0]
        if first in self.locals:
            code, kind, pointer = self.locals[first]
        elif first in self.struct.fields:
            code, kind = f"v->{first}", self.struct.fields[first]
            pointer = bool(kind.struct and kind.optional and not kind.list)
        elif first in BUILTIN:
            code, kind = BUILTIN[first]
            pointer = False
        else:
            refuse(self.path, line, f"{self.struct.name} has no field {first} (it has: "
                   f"{', '.join(self.struct.fields) or 'none'})")
        for depth, name in enumerate(names[1:], 1):
            if kind.list and name == "count":
                return f"(int64_t){code}.count", Type("int"), False
            if kind.list or not kind.struct:
                refuse(self.path, line, f"{'.'.join(names[:depth])} has no fields")
            owner = self.world.structs[kind.struct]
            here = ".".join(names[:depth])
            if kind.optional and here not in self.known and here not in self.locals:
                refuse(self.path, line, f"{here} may be absent: ask {{{{#if {here}}}}} first")
            if name not in owner.fields:
                refuse(self.path, line, f"{kind.struct} has no field {name} (it has: "
                       f"{', '.join(owner.fields)})")
            code = f"{code}{'->' if pointer else '.'}{name}"
            kind = owner.fields[name]
            pointer = bool(kind.struct and kind.optional and not kind.list)
        return code, kind, pointer


def truth(code, kind, pointer):
    if kind.list:
        return f"{code}.count > 0"
    if kind.struct:
        return f"{code} != NULL" if pointer else None
    return {"bool": code, "id": f"{code} != 0", "int": f"{code} != 0", "int?": f"{code}.has",
            "real": f"(int){code} != 0", "real?": f"{code}.has", "id?": f"{code} != 0",
            "date": f"!date_is_none({code})", "date?": f"!date_is_none({code})",
            "instant": f"!instant_is_none({code})", "instant?": f"!instant_is_none({code})",
            "text": f"({code} != NULL && {code}[0] != '\\0')",
            "text?": f"({code} != NULL && {code}[0] != '\\0')",
            "html": f"{code}.length > 0", "html?": f"{code}.length > 0"}[kind.scalar]


class Condition:
    """`a and not b or c == "x"` as a C condition; notes which optional structs it proves"""

    def __init__(self, scope, text, line):
        self.scope, self.line, self.present = scope, line, set()
        self.words = WORD.findall(text)
        if "".join(self.words) != re.sub(r"\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", "", text):
            refuse(scope.path, line, f"this condition cannot be read: {text}")
        self.code = self.either()
        if self.words:
            refuse(scope.path, line, f"this condition goes on too long: {text}")

    def take(self, *wanted):
        if self.words and self.words[0] in wanted:
            return self.words.pop(0)
        return None

    def either(self):
        parts = [self.both()]
        while self.take("or"):
            self.present = set()
            parts.append(self.both())
            self.present = set()
        return parts[0] if len(parts) == 1 else "(" + " || ".join(parts) + ")"

    def both(self):
        parts = [self.one()]
        while self.take("and"):
            # what the left side proves present holds on the right
            known = self.present - self.scope.known
            self.scope.known |= known
            parts.append(self.one())
            self.scope.known -= known
        return parts[0] if len(parts) == 1 else "(" + " && ".join(parts) + ")"

    def one(self):
        if self.take("not"):
            before = set(self.present)
            code = f"!({self.one()})"
            self.present = before
            return code
        if self.take("("):
            code = self.either()
            if not self.take(")"):
                refuse(self.scope.path, self.line, "a ( without its )")
            return code
        if self.take("may"):
            return self.permission()
        return self.comparison()

    def permission(self):
        name = self.words.pop(0).strip('"') if self.words else ""
        if name not in self.scope.permissions:
            refuse(self.scope.path, self.line, f"there is no permission {name}")
        return f"request_permitted(r, PERMISSION_{name.upper().replace('.', '_')})"

    def operand(self):
        if not self.words:
            refuse(self.scope.path, self.line, "this condition ends too early")
        word = self.words.pop(0)
        if word[0] == '"':
            return word, Type("text"), False, word
        if re.fullmatch(r"-?\d+", word):
            return word, Type("int"), False, word
        return (*self.scope.resolve(word, self.line), word)

    def comparison(self):
        code, kind, pointer, word = self.operand()
        sign = self.take("==", "!=", "<", ">", "<=", ">=")
        if not sign:
            asked = truth(code, kind, pointer)
            if asked is None or word[0] in '"-0123456789':
                refuse(self.scope.path, self.line, f"{word} is always there")
            if pointer:
                self.present.add(word)
            return asked
        other, other_kind, _, other_word = self.operand()
        return self.compare(sign, (code, kind, word), (other, other_kind, other_word))

    def compare(self, sign, left, right):
        a, b = left[1].kind, right[1].kind
        if a == b == "text" and sign in ("==", "!="):
            return f"{'!' if sign == '!=' else ''}text_equal({left[0]}, {right[0]})"
        numbers = {"id", "int"}
        if a in numbers and b in numbers:
            return f"{self.number(left)} {sign} {self.number(right)}"
        if a == b == "date":
            return f"date_compare({left[0]}, {right[0]}) {sign} 0"
        if a == "real" and b in ("real", "int") and sign not in ("==", "!="):
            return f"{left[0]} {sign} {right[0]}"
        refuse(self.scope.path, self.line, f"{left[2]} {sign} {right[2]} compares unlike things")
        return None

    @staticmethod
    def number(side):
        return f"{side[0]}.value" if side[1].scalar == "int?" else side[0]
