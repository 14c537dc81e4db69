# SPDX-License-Identifier: Apache-2.0
"""Turns po/*.po into the C that _("…") looks things up in, and refuses a translation that would not
print what the English does.

usage: languages.py PO OUT.c OUT.d
       languages.py --report PO CATALOGUE.pot   how much of the catalogue each language says
       languages.py --update PO CATALOGUE.pot   writes each file anew: what is gone leaves it, what
                                                is new waits in it with an empty msgstr
       languages.py --brackets CATALOGUE.pot OUT.po    a language in which every text says ⟦itself⟧
"""
import os
import pathlib
import re
import sys

import catalogue

CONVERSION = re.compile(
    r"%(?:%|[-+#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|j|z|t|L)?[a-zA-Z])")
PIECE = re.compile(r"\{[\w.]+\}")
HEADINGS = re.compile(r"\S\|\S")


def conversions(text):
    return [c for c in CONVERSION.findall(text) if c != "%%"]


def wrong(english, other):
    """Why a translation cannot stand for the English, or None. printf's arguments come in the order
    of the English, a template's values by their names; spaces at the ends join texts, and a line of
    headings ("Duty|#Missed") keeps its columns and which of them hold numbers."""
    if conversions(english) != conversions(other):
        return f"“{other}” must hold {conversions(english)} in this order, as “{english}” does"
    if set(PIECE.findall(other)) - set(PIECE.findall(english)):
        return f"“{other}” speaks of values that “{english}” has not"
    if set(PIECE.findall(english)) - set(PIECE.findall(other)):
        return f"“{other}” leaves out values of “{english}”"
    if english.strip() and ends(english) != ends(other):
        return f"“{other}” must begin and end with the same spaces and lines as “{english}”"
    if columns(english) != columns(other):
        return f"“{other}” must have the columns of “{english}”"
    return None


def ends(text):
    return text[:len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")):]


def columns(text):
    return [part.startswith("#") for part in text.split("|")] if HEADINGS.search(text) else []


def check(file, words):
    for english, other in words.items():
        reason = wrong(english, other)
        if reason:
            sys.exit(f"{file}: error: {reason}")


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
    wanted = catalogue.read_pot(pot)
    for tag, words in catalogue.languages(folder):
        said = len(set(wanted) & set(words))
        print(f"{tag}: {said} of {len(wanted)}, {said / len(wanted):.1%}")
        for missing in sorted(set(wanted) - set(words)):
            print(f"  not said yet: {missing!r} ({wanted[missing][0]})")
        for unknown in sorted(set(words) - set(wanted)):
            print(f"  in no source any more: {unknown!r}")


def update(folder, pot):
    wanted = catalogue.read_pot(pot)
    for tag, words in catalogue.languages(folder):
        path = folder / f"{tag}.po"
        path.write_text(catalogue.write_po(catalogue.head_of(path), wanted, words), "utf-8")


def bracketed(text):
    if HEADINGS.search(text):
        return "|".join(re.sub(r"^(#?)(.*)$", r"\1⟦\2⟧", part) for part in text.split("|"))
    before, after = ends(text) if text.strip() else ("", "")
    return before + "⟦" + text[len(before):len(text) - len(after)] + "⟧" + after


def brackets(pot, output):
    wanted = catalogue.read_pot(pot)
    head = 'msgid ""\nmsgstr ""\n"Language: qps\\n"\n"Language-Name: ⟦brackets⟧\\n"'
    words = {text: bracketed(text) for text in wanted}
    pathlib.Path(output).write_text(catalogue.write_po(head, wanted, words), "utf-8")


def main():
    if sys.argv[1] == "--brackets":
        brackets(sys.argv[2], sys.argv[3])
        return
    if sys.argv[1] in ("--report", "--update"):
        work = report if sys.argv[1] == "--report" else update
        work(pathlib.Path(sys.argv[2]), sys.argv[3])
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
