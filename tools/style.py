#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the one style sheet Daybook serves.

Takes the kept component library (Tabler), leaves out every rule whose classes no template or
source mentions, adds our own sheet behind it, and turns each `i-NAME` class that is mentioned
into an icon. Rules for `[data-bs-theme=dark]` are repeated for `auto` under the reader's
preference, so that the dark look needs no script.
"""
import argparse
import pathlib
import re
import sys
from urllib.parse import quote

DARK = "[data-bs-theme=dark]"
AUTO = "[data-bs-theme=auto]"
ALWAYS = {"show", "active", "disabled", "collapsed", "was-validated", "is-invalid"}


def blocks(css):
    """Yields (prelude, body) with body None for statements that end in ';'."""
    start = at = depth = 0
    prelude = ""
    body_from = 0
    quote_mark = ""
    while at < len(css):
        char = css[at]
        if quote_mark:
            if char == "\\":
                at += 1
            elif char == quote_mark:
                quote_mark = ""
        elif char in "\"'":
            quote_mark = char
        elif css.startswith("/*", at):
            end = css.index("*/", at) + 2
            css = css[:at] + css[end:]
            continue
        elif char == "{":
            if depth == 0:
                prelude, body_from = css[start:at].strip(), at + 1
            depth += 1
        elif char == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[body_from:at]
                start = at + 1
        elif char == ";" and depth == 0:
            yield css[start:at].strip(), None
            start = at + 1
        at += 1


def split_top(text, mark):
    """Splits at `mark` outside brackets and quotes."""
    parts, depth, last, quote_mark = [], 0, 0, ""
    for at, char in enumerate(text):
        if quote_mark:
            quote_mark = "" if char == quote_mark and text[at - 1] != "\\" else quote_mark
        elif char in "\"'":
            quote_mark = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == mark and depth == 0:
            parts.append(text[last:at])
            last = at + 1
    parts.append(text[last:])
    return [part.strip() for part in parts if part.strip()]


def classes_of(selector):
    plain = re.sub(r":not\([^()]*(\([^()]*\))?[^()]*\)", "", selector)
    plain = re.sub(r"\[[^\]]*\]", "", plain)
    return [name.replace("\\", "") for name in re.findall(r"\.((?:[\w-]|\\.)+)", plain)]


def foreign(selector):
    """Themes of the library that Daybook does not offer."""
    return bool(re.search(r"data-bs-theme-|navbar-theme|\[data-theme|\.theme-dark|body\[data-bs",
                          selector))


def wanted(selector, used):
    return not foreign(selector) and all(name in used for name in classes_of(selector))


def filtered(css, used):
    kept = []
    for prelude, body in blocks(css):
        if body is None:
            continue
        if prelude.startswith(("@media", "@supports", "@layer", "@container")):
            inner = filtered(body, used)
            if inner:
                kept.append((prelude, inner))
        elif prelude.startswith("@"):
            kept.append((prelude, body))
        else:
            selectors = [s for s in split_top(prelude, ",") if wanted(s, used)]
            if selectors:
                kept.append((",".join(selectors), body))
    return kept


def own(css):
    kept = []
    for prelude, body in blocks(css):
        if body is None:
            sys.exit(f"style: statement rules are not supported: {prelude}")
        nested = prelude.startswith(("@media", "@supports"))
        kept.append((prelude, own(body) if nested else body))
    return kept


def with_auto(rules):
    out = []
    for prelude, body in rules:
        out.append((prelude, with_auto(body) if isinstance(body, list) else body))
        if prelude.startswith("@"):
            continue
        dark = [s.replace(DARK, AUTO) for s in split_top(prelude, ",") if DARK in s]
        if dark:
            out.append(("@media screen and (prefers-color-scheme:dark)", [(",".join(dark), body)]))
    return out


def flatten(rules):
    for prelude, body in rules:
        if isinstance(body, list):
            yield from flatten(body)
        else:
            yield prelude, body


def referenced(rules):
    text = "".join(body for _, body in flatten(rules))
    return set(re.findall(r"var\(\s*(--[\w-]+)", text)), text


def without_unused(rules):
    """Drops custom properties nobody reads and key frames nobody plays, until nothing changes."""
    while True:
        names, text = referenced(rules)
        size = len(text)

        def clean(group):
            out = []
            for prelude, body in group:
                if isinstance(body, list):
                    body = clean(body)
                elif prelude.startswith("@keyframes"):
                    if not re.search(r"animation[^;]*\b%s\b" % re.escape(prelude.split()[1]), text):
                        continue
                else:
                    parts = split_top(body, ";")
                    body = ";".join(p for p in parts if not p.startswith("--")
                                    or p.split(":")[0].strip() in names)
                if body:
                    out.append((prelude, body))
            return out

        rules = clean(rules)
        if len(referenced(rules)[1]) == size:
            return rules


def printed(rules):
    return "".join(f"{prelude}{{{printed(body) if isinstance(body, list) else body}}}"
                   for prelude, body in rules)


def squeezed(css):
    css = re.sub(r"\s+", " ", css)
    return re.sub(r"\s*([{};,])\s*", r"\1", css)


def icon(folder, name):
    kind, base = ("filled", name[:-7]) if name.endswith("-filled") else ("outline", name)
    path = folder / kind / f"{base}.svg"
    if not path.is_file():
        sys.exit(f"style: no icon called {name} (class i-{name}); names are those of @tabler/icons")
    svg = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.S)
    svg = re.sub(r'\s(class|width|height)="[^"]*"', "", svg)
    svg = re.sub(r"\s+", " ", svg.replace("currentColor", "#000")).replace("> <", "><").strip()
    svg = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", svg)
    return quote(svg.replace('"', "'"), safe=" ='/:,-.()")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tabler", type=pathlib.Path, required=True)
    parser.add_argument("--icons", type=pathlib.Path, required=True,
                        help="the folder holding outline/ and filled/")
    parser.add_argument("--own", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("scan", nargs="+", type=pathlib.Path,
                        help="files, or folders whose .html, .c, .h and .js files are read")
    options = parser.parse_args()

    files = []
    for path in options.scan:
        if path.is_dir():
            files += [p for p in sorted(path.rglob("*"))
                      if p.suffix in (".html", ".c", ".h", ".js")]
        else:
            files.append(path)
    own_css = "\n".join(sheet.read_text(encoding="utf-8") for sheet in options.own)
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r"[A-Za-z][\w-]*", text)) | ALWAYS

    rules = filtered(options.tabler.read_text(encoding="utf-8"), used)
    icons = sorted(set(re.findall(r"(?<![\w-])i-([a-z0-9-]*[a-z0-9])(?![\w-])", text)))
    own_rules = own(squeezed(own_css))
    own_rules += [(f".i-{name}", f'--i:url("data:image/svg+xml,{icon(options.icons, name)}")')
                  for name in icons]
    rules = without_unused(with_auto(rules) + with_auto(own_rules))
    options.output.write_text(
        "/* Daybook. Contains parts of Tabler and Tabler Icons, (c) The Tabler Authors, MIT. */\n"
        + printed(rules) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
