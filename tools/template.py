# SPDX-License-Identifier: Apache-2.0
"""Reads a template: first its {{…}} into a tree, then its HTML, so that every value knows where it
stands (text, attribute, URL) and every form its fields. Gives operations for tools/views.py."""

import html
import re

from viewlang import refuse

TOKEN = re.compile(r"\{\{(page [^\n]*|!.*?|[^{}]*)\}\}", re.S)
PATH = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr"}
URLS = {"href", "src", "action", "formaction", "poster", "cite", "hx-get", "hx-post", "hx-put",
        "hx-patch", "hx-delete", "xlink:href", "data-href"}
SPOKEN = {"alt", "title", "aria-label", "aria-description", "placeholder", "data-confirm", "label"}
REFUSED = {"style": "the content policy blocks style attributes; use a class",
           "srcdoc": "no documents inside attributes", "srcset": "use src"}


class Node:
    def __init__(self, kind, line, **more):
        self.kind, self.line = kind, line
        self.__dict__.update(more)


def tokens(source):
    """Literal text and {{tags}}, each with its line."""
    at = 0
    for match in TOKEN.finditer(source):
        if match.start() > at:
            yield "text", source[at:match.start()], source.count("\n", 0, at) + 1
        yield "tag", match.group(1).strip(), source.count("\n", 0, match.start()) + 1
        at = match.end()
    if at < len(source):
        yield "text", source[at:], source.count("\n", 0, at) + 1


class Tree:
    """{{#if}}…{{/if}} and the like as nested nodes."""

    def __init__(self, path):
        self.path = path
        self.page = {}
        root = Node("root", 1, body=[], other=None)
        self.stack = [root]
        self.sink = root.body
        for kind, value, line in tokens(path.read_text("utf-8")):
            if kind == "text":
                if "{{" in value or "}}" in value:
                    refuse(path, line, "a {{ or }} without its partner")
                self.sink.append(Node("text", line, text=value))
            elif not value.startswith("!"):
                self.tag(value, line)
        if len(self.stack) > 1:
            refuse(path, self.stack[-1].line, f"{{{{#{self.stack[-1].kind}}}}} is never closed")
        self.body = root.body

    def open(self, node):
        self.sink.append(node)
        self.stack.append(node)
        self.sink = node.body

    def close(self, name, line):
        node = self.stack[-1]
        if node.kind == "root" or node.word != name:
            refuse(self.path, line, f"{{{{/{name}}}}} closes nothing")
        while self.stack[-1].kind != "root" and getattr(self.stack[-1], "chained", False):
            self.stack.pop()
        self.stack.pop()
        top = self.stack[-1]
        self.sink = top.body if top.other is None else top.other

    def tag(self, value, line):
        word, _, rest = value.partition(" ")
        rest = rest.strip()
        if word in ("#if", "#unless"):
            expression = f"not ({rest})" if word == "#unless" else rest
            self.open(Node("if", line, word=word[1:], test=expression, body=[], other=None))
        elif word in ("#each", "#with"):
            match = re.fullmatch(r"([\w.]+) as ([a-z_][a-z0-9_]*)", rest)
            if not match:
                refuse(self.path, line, f"write {{{{{word} list as name}}}}")
            self.open(Node(word[1:], line, word=word[1:], subject=match.group(1),
                           name=match.group(2), body=[], other=None))
        elif word == "else":
            self.otherwise(rest, line)
        elif word.startswith("/"):
            self.close(word[1:], line)
        elif word == "page" and rest:
            rest = re.sub(r"\{\{([\w.]+)\}\}", r"{\1}", rest)
            self.page = dict(re.findall(r'(\w+)="([^"]*)"', rest))
            self.page["line"] = line
        elif word == ">":
            match = re.fullmatch(r"([A-Z]\w*)(?: ([\w.]+))?", rest)
            if not match:
                refuse(self.path, line, "write {{> Partial field}}")
            self.sink.append(Node("partial", line, name=match.group(1), subject=match.group(2)))
        elif word in ("raw", "iso", "count") and PATH.fullmatch(rest):
            self.sink.append(Node("out", line, mode=word, subject=rest))
        elif word in ("csrf",) and not rest:
            self.sink.append(Node(word, line))
        elif PATH.fullmatch(value):
            self.sink.append(Node("out", line, mode="plain", subject=value))
        else:
            refuse(self.path, line, f"what is {{{{{value}}}}}?")

    def otherwise(self, rest, line):
        node = self.stack[-1]
        if node.kind == "root" or node.other is not None:
            refuse(self.path, line, "{{else}} belongs to no block")
        node.other = []
        self.sink = node.other
        if rest:
            if not rest.startswith("if ") or node.kind != "if":
                refuse(self.path, line, "write {{else}} or {{else if …}}")
            chained = Node("if", line, word=node.word, test=rest[3:], body=[], other=None,
                           chained=True)
            self.open(chained)


class Walker:
    """Follows the HTML through the tree and collects operations."""

    def __init__(self, tree, letter=False):
        self.letter = letter       # goes by mail: no content policy, no sheet
        self.path, self.state = tree.path, "text"
        self.ops, self.run, self.elements = [], [], []
        self.tag = self.attribute = None
        self.fresh = True          # at the start of an attribute's value
        self.in_post_form = False
        self.walk(tree.body)
        self.flush()
        if self.state != "text" or self.elements:
            open_tag = self.elements[-1] if self.elements else self.state
            refuse(self.path, tree.path.read_text("utf-8").count("\n"),
                   f"the template ends inside {open_tag}")

    # ---- the tree ----
    def walk(self, nodes):
        for node in nodes:
            if node.kind == "text":
                self.line = node.line
                self.feed(node.text)
            else:
                self.line = node.line
                getattr(self, "do_" + node.kind)(node)

    def forbid(self, *states):
        if self.state in states:
            where = {"comment": "a comment", "raw": "script or style", "name": "a tag's name",
                     "bare": "an attribute without quotes", "tag": "a tag, outside its attributes"}
            refuse(self.path, self.line, f"no value may stand in {where[self.state]}")

    def do_out(self, node):
        self.forbid("comment", "raw", "name", "bare", "tag")
        if self.state == "value":
            name = self.attribute.lower()
            if name.startswith("on") or name.startswith("hx-on") or name in REFUSED:
                refuse(self.path, self.line, f"no value may stand in the attribute {name}")
            context = "attribute"
            if name in URLS:
                context = "url" if self.fresh else "url_part"
            self.fresh = False
        else:
            context = "text"
        if node.mode == "raw" and context != "text":
            refuse(self.path, self.line, "raw markup stands in text, not in attributes")
        op = ("out", context, node.mode, node.subject, node.line)
        if node.mode == "raw":
            self.flush()
            self.ops.append(op)
        else:
            self.run.append(op)

    def branch(self, nodes):
        outer, state = self.ops, (self.state, list(self.elements), self.attribute, self.fresh)
        self.ops = []
        self.walk(nodes)
        self.flush()
        inner, self.ops = self.ops, outer
        if (self.state, self.elements, self.attribute) != (state[0], state[1], state[2]):
            refuse(self.path, self.line, "a block must end where it began: the same tag, the same "
                   "attribute, every element closed")
        ended, self.fresh = self.fresh, state[3]
        return inner, ended

    def block(self, node, op):
        self.flush()
        self.forbid("comment", "raw", "name", "bare")
        body, fresh = self.branch(node.body)
        other, fresh_too = self.branch(node.other or [])
        self.fresh = fresh and fresh_too
        self.ops.append((*op, body, other, node.line))

    def do_if(self, node):
        self.block(node, ("if", node.test))

    def do_each(self, node):
        self.block(node, ("each", node.subject, node.name))

    def do_with(self, node):
        self.block(node, ("with", node.subject, node.name))

    def in_text(self, node, op):
        if self.state != "text":
            refuse(self.path, node.line, f"{node.kind} stands in text only")
        self.flush()
        self.ops.append(op)

    def do_partial(self, node):
        self.in_text(node, ("partial", node.name, node.subject, node.line))

    def do_csrf(self, node):
        if not self.in_post_form:  # a POST form brings its own
            self.in_text(node, ("csrf",))

    # ---- HTML ----
    def feed(self, text):
        at = 0
        while at < len(text):
            at = getattr(self, "at_" + self.state)(text, at)

    def literal(self, text):
        if text:
            self.ops.append(("lit", text))

    def at_text(self, text, at):
        end = text.find("<", at)
        end = len(text) if end < 0 else end
        if end > at:
            self.run.append(("t", text[at:end]))
            self.line += text.count("\n", at, end)
            return end
        self.flush()
        if text.startswith("<!--", at):
            self.state = "comment"
            return at + 4
        match = re.compile(r"<(/?)([a-zA-Z][\w:-]*|!doctype)", re.I).match(text, at)
        if not match:
            refuse(self.path, self.line, "write &lt; for a < that opens no tag")
        self.tag = {"name": match.group(2).lower(), "written": match.group(2),
                    "end": bool(match.group(1)), "outer": self.ops}
        self.ops, self.state = [], "tag"
        return match.end()

    def at_comment(self, text, at):
        end = text.find("-->", at)
        if end < 0:
            return len(text)
        self.state = "text"
        return end + 3

    def at_raw(self, text, at):
        close = f"</{self.elements[-1]}"
        end = text.lower().find(close, at)
        if end < 0:
            end = len(text)
        if text[at:end].strip() and self.elements[-1] == "script":
            refuse(self.path, self.line, "no inline script: it belongs in assets/")
        self.literal(text[at:end])
        if end < len(text):
            self.state = "text"
        return end

    def at_tag(self, text, at):
        match = re.compile(r"\s+").match(text, at)
        if match:
            self.line += match.group().count("\n")
            return match.end()
        if text[at] == ">":
            self.finish_tag()
            return at + 1
        if text[at] == "/":
            self.ops.append(("slash",))
            return at + 1
        match = re.compile(r"([^\s\"'<>/=]+)(\s*=\s*(\"|'|[^\s\"'<>]+)?)?").match(text, at)
        if not match:
            refuse(self.path, self.line, f"a tag that cannot be read near: {text[at:at + 30]!r}")
        name, equals, value = match.groups()
        self.check_attribute(name.lower())
        if not equals:
            self.ops.append(("attr", name, None))
        elif value in ('"', "'"):
            self.attribute, self.quote, self.fresh = name, value, True
            self.tag_items, self.ops, self.state = self.ops, [], "value"
        elif value is None:
            refuse(self.path, self.line, f"{name}: quote the value")
        else:
            self.ops.append(("attr", name, [("lit", value)]))
        return match.end()

    def check_attribute(self, name):
        if name.startswith("on") or name.startswith("hx-on"):
            refuse(self.path, self.line, f"{name}: no script in attributes; it belongs in assets/")
        if name in REFUSED and not (name == "style" and self.letter):
            refuse(self.path, self.line, f"{name}: {REFUSED[name]}")

    def at_value(self, text, at):
        end = text.find(self.quote, at)
        stop = len(text) if end < 0 else end
        if stop > at:
            self.fresh = False
            self.run.append(("t", text[at:stop]))
        if end < 0:
            return stop
        self.flush()
        value, self.ops = self.ops, self.tag_items
        self.ops.append(("attr", self.attribute, value))
        self.attribute, self.state = None, "tag"
        return end + 1

    def finish_tag(self):
        tag, items = self.tag, self.ops
        self.ops, self.state = tag["outer"], "text"
        name = tag["name"]
        if tag["end"]:
            if not self.elements or self.elements[-1] != name:
                inside = self.elements[-1] if self.elements else "nothing"
                refuse(self.path, self.line, f"</{name}> closes nothing; open is {inside}")
            self.elements.pop()
            if name == "form":
                self.in_post_form = False
            self.ops.append(("close_tag", name))
            return
        closed = any(item[0] == "slash" for item in items)
        self.ops.append(("open_tag", tag["written"], items, self.line))
        if name == "!doctype" or name in VOID or closed:
            return
        self.elements.append(name)
        if name in ("script", "style"):
            self.state = "raw"
        if name == "form" and method_of(items) == "post":
            self.in_post_form = True

    # ---- messages ----
    def flush(self):
        run, self.run = self.run, []
        if not run:
            return
        speaks = self.state == "text" or (self.attribute or "").lower() in SPOKEN
        written = "".join(part[1] for part in run if part[0] == "t")
        if self.state == "text" and not {"pre", "textarea"} & set(self.elements):
            run = [("t", re.sub(r"\s+", " ", p[1])) if p[0] == "t" else p for p in run]
        if not speaks or not re.search(r"[^\W\d_]", html.unescape(written)):
            for part in run:
                self.ops.append(("lit", part[1]) if part[0] == "t" else part)
            return
        before = after = ""
        if run[0][0] == "t":
            text = run[0][1]
            before = text[:len(text) - len(text.lstrip())]
            run[0] = ("t", text.lstrip())
        if run[-1][0] == "t":
            text = run[-1][1]
            after = text[len(text.rstrip()):]
            run[-1] = ("t", text.rstrip())
        parts = [("t", html.unescape(p[1])) if p[0] == "t" else p for p in run]
        self.literal(before)
        self.ops.append(("msg", parts, self.line))
        self.literal(after)


def method_of(items):
    for item in items:
        if item[0] == "attr" and item[1].lower() == "method" and item[2]:
            return "".join(op[1] for op in item[2] if op[0] == "lit").lower()
    return "get"


def message_id(parts):
    return "".join(p[1] if p[0] == "t" else "{" + p[3] + "}" for p in parts)
