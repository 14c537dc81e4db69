# SPDX-License-Identifier: Apache-2.0
"""Writes every migration into one C file. usage: embed_schema.py SCHEMA OUTPUT DEPFILE"""
import os
import sys

import schema


def main():
    folder, output, depfile = sys.argv[1:]
    try:
        migrations = schema.load(folder)
        schema.open_sqlite(migrations)
    except schema.SchemaError as error:
        sys.exit(f"error: {error}")
    parts = ["// Made by tools/embed_schema.py.\n", '#include "db/migration.h"\n\n']
    parts.append("const Migration schema_migrations[] = {\n")
    for m in migrations:
        parts.append(f'  {{{m.number}, "{m.name}",\n{schema.c_string(m.sqlite)},\n')
        parts.append(f"{schema.c_string(m.postgres)}}},\n")
    parts.append("};\n")
    parts.append(f"const size_t schema_migration_count = {len(migrations)};\n")
    with open(output, "w", encoding="utf-8") as stream:
        stream.write("".join(parts))
    with open(depfile, "w", encoding="utf-8") as stream:
        inputs = [m.path for m in migrations] + [folder, schema.__file__, os.path.abspath(__file__)]
        stream.write(f"{output}: {' '.join(inputs)}\n")


if __name__ == "__main__":
    main()
