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


def read_pot(path):
    """{msgid: [place]} of what write_pot wrote."""
    out = {}
    for entry in pathlib.Path(path).read_text("utf-8").split("\n\n"):
        match = re.search(rf"^msgid ({STRING})$", entry, re.M)
        if match and unquote(match.group(1)):
            out[unquote(match.group(1))] = re.findall(r"^#: (.*)$", entry, re.M)
    return out


def head_of(path):
    """The comments and fields a file begins with: all up to the first empty line."""
    return pathlib.Path(path).read_text("utf-8").split("\n\n")[0]


def wrapped(keyword, text):
    """One entry's msgid or msgstr, its lines at most 100 columns wide."""
    whole = f"{keyword} {quote(text)}"
    if len(whole) <= 100:
        return [whole]
    lines, rest = [f'{keyword} ""'], re.findall(r"(?:\\.|[^ ])* ?", quote(text)[1:-1])
    line = ""
    for word in rest:
        if len(line) + len(word) > 98:
            lines.append(f'"{line}"')
            line = ""
        line += word
    return [*lines, f'"{line}"'] if line else lines


def write_po(head, wanted, words):
    """wanted: {msgid: [place]}. By place, so that what is read together is translated together;
    places are files, for lines would change with every edit."""
    out = [head, ""]
    places = {key: sorted({place.split(":")[0] for place in wanted[key]}) for key in wanted}
    for key in sorted(wanted, key=lambda key: (places[key][0], key)):
        out.append("#: " + " ".join(places[key]))
        if "%" in key and any(place.endswith(".c") for place in places[key]):
            out.append("#, c-format")
        out += [*wrapped("msgid", key), *wrapped("msgstr", words.get(key, "")), ""]
    return "\n".join(out)


def of_c(source):
    """The msgids of a C file: _("…" "…") and N_("…")."""
    return [unquote(m) for m in re.findall(rf"\bN?_\(\s*((?:{STRING}\s*)+)\)", source)]


def of_routes(source):
    """The labels of a .routes file's fields, which errors name."""
    return re.findall(r'^    \S+\s+\S+\s+"([^"]+)"', source, re.M)
