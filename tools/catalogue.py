# SPDX-License-Identifier: Apache-2.0
"""The catalogue of messages: English in templates and in _("…"), other languages in po/NAME.po."""

import ast
import pathlib
import re

STRING = r'"(?:[^"\\]|\\.)*"'


def unquote(text):
    return "".join(ast.literal_eval(part) for part in re.findall(STRING, text))


def read_po(path):
    """{msgid: msgstr} of a gettext file; fuzzy and empty ones are left to English."""
    out = {}
    for entry in re.split(r"\n\s*\n", pathlib.Path(path).read_text("utf-8")):
        if re.search(r"^#,.*fuzzy", entry, re.M):
            continue
        match = re.search(rf"^msgid\s+((?:{STRING}\s*)+)msgstr\s+((?:{STRING}\s*)+)", entry, re.M)
        if match:
            key, value = unquote(match.group(1)), unquote(match.group(2))
            if key and value:
                out[key] = value
    return out


def languages(folder):
    """[(code, {msgid: msgstr})], sorted; English is 0 and needs no file."""
    folder = pathlib.Path(folder)
    return [(f.stem, read_po(f)) for f in sorted(folder.glob("*.po"))] if folder.is_dir() else []


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def write_pot(messages):
    """messages: {msgid: [place]}"""
    out = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=UTF-8\\n"', ""]
    for key in sorted(messages):
        out += [f"#: {place}" for place in sorted(set(messages[key]))]
        out += [f"msgid {quote(key)}", 'msgstr ""', ""]
    return "\n".join(out)


def of_c(source):
    """The msgids of a C file: _("…" "…") and N_("…")."""
    return [unquote(m) for m in re.findall(rf"\bN?_\(\s*((?:{STRING}\s*)+)\)", source)]


def of_routes(source):
    """The labels of a .routes file's fields, which errors name."""
    return re.findall(r'^    \S+\s+\S+\s+"([^"]+)"', source, re.M)
