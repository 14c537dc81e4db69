#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Brings po/*.po up to date with the source and prints what each language says of it.
# usage: tools/messages.sh [--report]   with --report nothing is written
set -eu
cd "$(dirname "$0")/.."
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT
python3 tools/views.py --root src --permissions src/org/permissions.txt --po po --pot "$pot"
[ "${1:-}" = --report ] || python3 tools/languages.py --update po "$pot"
python3 tools/languages.py --report po "$pot"
