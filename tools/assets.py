#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Embeds files into the binary: each once plain, and compressed where that pays.

    assets.py --code out.c [--work DIR] NAME=FILE[+FILE…] …

NAME is the path below /static/. Several files joined by + become one (the script and its library).
The address carries a hash of the content, so that browsers may keep it for ever.
"""
import argparse
import gzip
import hashlib
import pathlib
import shutil
import subprocess

TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8", ".png": "image/png"}


def squeezed_brotli(data):
    """Debian's brotli, where it is installed; gzip alone serves as well."""
    program = shutil.which("brotli")
    if program is None:
        return None
    return subprocess.run([program, "--best", "--stdout", "-"], input=data, check=True,
                          stdout=subprocess.PIPE).stdout


def array(name, data):
    lines = [f"static const uint8_t {name}[] = {{"]
    for start in range(0, len(data), 32):
        lines.append("".join(f"{byte}," for byte in data[start:start + 32]))
    return "\n".join(lines + ["};"])


def content(files):
    return b"\n".join(pathlib.Path(file).read_bytes() for file in files.split("+"))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--code", required=True)
    parser.add_argument("assets", nargs="+")
    options = parser.parse_args()
    out = ["// SPDX-License-Identifier: Apache-2.0", "// Made by tools/assets.py.",
           '#include "http/route.h"', ""]
    rows = []
    for number, entry in enumerate(sorted(options.assets)):
        name, _, files = entry.partition("=")
        data = content(files)
        digest = hashlib.sha256(data).hexdigest()[:16]
        out.append(array(f"plain_{number}", data))
        row = [f'.path = "/static/{name}"', f'.address = "/static/{name}?v={digest}"',
               f'.media_type = "{TYPES[pathlib.Path(name).suffix]}"', f'.etag = "{digest}"',
               f".plain = plain_{number}", f".plain_length = {len(data)}"]
        for kind, packed in (("gzip", gzip.compress(data, 9, mtime=0)),
                             ("brotli", squeezed_brotli(data))):
            # The page that stands for the ceiling is sent as it is, like those it is compared with.
            if packed is None or len(packed) * 10 > len(data) * 9 or name == "ceiling.html":
                continue
            out.append(array(f"{kind}_{number}", packed))
            row += [f".{kind} = {kind}_{number}", f".{kind}_length = {len(packed)}"]
        rows.append("    {" + ", ".join(row) + "},")
    out += ["const Asset ASSETS[] = {"] + rows + ["};", f"const size_t ASSET_COUNT = {len(rows)};"]
    pathlib.Path(options.code).write_text("\n".join(out) + "\n", "utf-8")


if __name__ == "__main__":
    main()
