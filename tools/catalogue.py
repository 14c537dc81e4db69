# SPDX-License-Identifier: Apache-2.0
"""The catalogue of messages: English in templates and in _("…"), other languages in po/NAME.po."""

import ast
import pathlib
import re

STRING = r'"(?:[^"\\]|\\.)*"'


NUMBER = r"PRI[du]64"  # what C puts between two strings: ld, lu


def unquote(text):
    return "".join(f"l{part[3]}" if part.startswith("PRI") else ast.literal_eval(part)
                   for part in re.findall(rf"{STRING}|{NUMBER}", text))


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


ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quote(text):
    return '"' + "".join(ESCAPES.get(character, character) for character in text) + '"'


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


TEXT = rf"((?:(?:{STRING}|{NUMBER})\s*)+)"
COMMANDS = (  # what help says: the help of an option, the summary of a command
    rf'\{{\s*"[a-z-]+",\s*(?:NULL|{STRING}),\s*{TEXT},\s*(?:true|false)',
    rf'\{{\s*"[a-z ]+",\s*{TEXT},\s*(?:{STRING}\s*)+,\s*"daybook ',
    rf'COMMAND\(\s*(?:[A-Z_]+,\s*)?"[a-z ]+",\s*{TEXT},',
    rf'(?:NEEDED|WISHED)\(\s*"[a-z-]+",\s*(?:NULL|{STRING}),\s*{TEXT}\)',
    rf'\.summary\s*=\s*{TEXT}',
    rf'\.help\s*=\s*{TEXT}')


def of_header(source):
    """What the command table declares by a header's macros."""
    found = [text for pattern in COMMANDS for text in re.findall(pattern, source)]
    return [unquote(text) for text in found if unquote(text)]


def of_c(source):
    """The msgids of a C file: _("…" "…") and N_("…"), and what the command table declares."""
    found = [unquote(text) for text in re.findall(rf"\bN?_\(\s*{TEXT}\)", source)]
    if "Option" in source or "Command" in source:
        found += of_header(source)
    return [text for text in found if text]


def of_routes(source):
    """The labels of a .routes file's fields, which errors name, and the help of its pages."""
    found = re.findall(r'^    \S+\s+\S+\s+"([^"]+)"', source, re.M)
    for route in re.split(r"\n(?=[A-Z]+ /)", source):
        if re.search(r"^GET ", route, re.M) and re.search(r"^  view ", route, re.M):
            found += re.findall(r'^  help\s+"([^"]+)"', route, re.M)
    return found
