#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian packages of the given lists that are missing; quick when none is.
# A line is `package`, or `package command`: then a command of that name will do as well.
set -eu
command -v dpkg-query >/dev/null || {
  echo "not Debian: see $* for what is needed" >&2
  exit 0
}
wanted=$(sed '/^#/d; s/ .*//' "$@" | tr '\n' ' ')
# shellcheck disable=SC2086
have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
  sed -n 's/^installed //p' | tr '\n' ' ')
missing=
while read -r package provides; do
  case "$package" in '' | '#'*) continue ;; esac
  case " $have " in *" $package "*) continue ;; esac
  [ -n "$provides" ] && command -v "$provides" >/dev/null && continue
  missing="$missing $package"
done <<LIST
$(cat "$@")
LIST
[ -n "$missing" ] || exit 0
as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "missing:$missing
install them as root: apt-get install$missing" >&2
    exit 1
  }
  as_root=sudo
fi
echo "installing:$missing"
$as_root apt-get update -q
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qy --no-install-recommends $missing
