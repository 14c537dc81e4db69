# SPDX-License-Identifier: Apache-2.0
"""Turns po/*.po into the C that _("…") looks things up in, and refuses a translation that would not
print what the English does.

usage: languages.py PO OUT.c OUT.d
       languages.py --report PO CATALOGUE.pot        how much of the catalogue each language says
"""
import os
import pathlib
import re
import sys

import catalogue

CONVERSION = re.compile(
    r"%(?:%|[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|j|z|t|L)?[a-zA-Z])")
PIECE = re.compile(r"\{[\w.]+\}")


def conversions(text):
    return [c for c in CONVERSION.findall(text) if c != "%%"]


def check(file, words):
    """printf's arguments come in the order of the English; a template's values by their names."""
    for english, other in words.items():
        if conversions(english) != conversions(other):
            sys.exit(f"{file}: error: “{other}” must hold {conversions(english)} in this order, "
                     f"as “{english}” does")
        if not set(PIECE.findall(other)) <= set(PIECE.findall(english)):
            sys.exit(f"{file}: error: “{other}” speaks of values that “{english}” has not")


def header_of(path, field, otherwise):
    found = re.search(rf'^"{field}: (.*?)\\n"$', path.read_text("utf-8"), re.M)
    return found.group(1) if found else otherwise


def code(folder, languages):
    out = ["// Made by tools/languages.py.", '#include "base/language.h"', ""]
    rows = ['  {"en", "English", NULL, 0},']
    for number, (tag, words) in enumerate(languages, 1):
        out.append(f"static const Translation words_{number}[] = {{")
        # strcmp sorts by bytes
        for english in sorted(words, key=lambda text: text.encode()):
            out.append(f"  {{{catalogue.quote(english)}, {catalogue.quote(words[english])}}},")
        out += ["};", ""]
        name = header_of(folder / f"{tag}.po", "Language-Name", tag)
        rows.append(f"  {{{catalogue.quote(tag)}, {catalogue.quote(name)}, words_{number}, "
                    f"{len(words)}}},")
    out += ["const Language LANGUAGES[] = {", *rows, "};",
            f"const size_t LANGUAGE_COUNT = {len(languages) + 1};", ""]
    return "\n".join(out)


def report(folder, pot):
    wanted = set(re.findall(r"^msgid (\"(?:[^\"\\]|\\.)+\")$", pathlib.Path(pot).read_text(), re.M))
    wanted = {catalogue.unquote(text) for text in wanted}
    for tag, words in catalogue.languages(folder):
        print(f"{tag}: {len(wanted & set(words))} of {len(wanted)}")
        for unknown in sorted(set(words) - wanted):
            print(f"  in no source any more: {unknown}")


def main():
    if sys.argv[1] == "--report":
        report(sys.argv[2], sys.argv[3])
        return
    folder, output, depfile = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    languages = catalogue.languages(folder)
    for tag, words in languages:
        check(folder / f"{tag}.po", words)
    pathlib.Path(output).write_text(code(folder, languages), "utf-8")
    tools = [os.path.abspath(__file__), catalogue.__file__]
    inputs = [str(p) for p in sorted(folder.glob("*.po"))] + [str(folder), *tools]
    pathlib.Path(depfile).write_text(f"{output}: {' '.join(inputs)}\n", "utf-8")


if __name__ == "__main__":
    main()
