#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns src/org/permissions.txt into org/permissions.h: one enum and one role table.

    permissions.py permissions.txt output.h
"""
import re
import sys

ROLES = ("administrator security_manager top_management internal_auditor duty_owner employee "
         "external_auditor consultant").split()
GROUPS = {"everybody": ROLES, "insiders": [r for r in ROLES if r != "external_auditor"]}
# A read-only token looks and takes copies. An external auditor may subscribe to a calendar besides;
# a token may not, because the address would outlive it.
READING = ("read", "verify", "export")
AUDITOR = READING + ("subscribe",)


def reads(name):
    return name.split(".")[1] in READING or name == "export.run"


class Refused(Exception):
    pass


def read(path):
    """{permission: [role, ...]} in the file's order."""
    table = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            where = f"{path}:{number}: "
            match = re.fullmatch(r"([a-z_]+\.[a-z_]+):((?: [a-z_]+)+)", line)
            if not match:
                raise Refused(where + 'expected "noun.verb: role role …"')
            name, words = match[1], match[2].split()
            if name in table:
                raise Refused(where + f"{name} is listed twice")
            roles = []
            for word in words:
                if word not in GROUPS and word not in ROLES:
                    raise Refused(where + f"{word} is not a role")
                roles += GROUPS.get(word, [word])
            if "external_auditor" in roles and not (reads(name) or name.split(".")[1] in AUDITOR):
                raise Refused(where + "an external auditor only reads")
            table[name] = [r for r in ROLES if r in roles]
    if len(table) > 128:
        raise Refused(f"{path}: more than 128 permissions; widen PermissionSet")
    return table


def constant(name):
    return "PERMISSION_" + name.replace(".", "_").upper()


def header(table):
    out = ["// Made by tools/permissions.py from src/org/permissions.txt.",
           "#ifndef DAYBOOK_PERMISSIONS_H", "#define DAYBOOK_PERMISSIONS_H", "#include <stdint.h>",
           "", "typedef enum Permission {"]
    names = sorted(table)
    out += [f"  {constant(n)}," for n in names]
    out += ["  PERMISSION_COUNT", "} Permission;", "",
            "// X(name, mask of roles, reads)", "#define PERMISSION_TABLE(X) \\"]
    for n in names:
        mask = sum(1 << ROLES.index(r) for r in table[n])
        out.append(f'  X("{n}", 0x{mask:02x}u, {"true" if reads(n) else "false"}) \\')
    out[-1] = out[-1].rstrip(" \\")
    return "\n".join(out + ["", "#endif", ""])


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    try:
        text = header(read(arguments[0]))
    except Refused as refused:
        sys.exit(str(refused))
    with open(arguments[1], "w", encoding="utf-8") as out:
        out.write(text)


if __name__ == "__main__":
    main(sys.argv[1:])
