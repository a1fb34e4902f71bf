#!/bin/sh
# Install the Debian packages that the tests need, where they are missing: a browser to open pages, its fonts, and
# PostgreSQL. Does nothing where all is there; says so and goes on where it cannot install: the tests then skip with a
# reason.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
  missing="$missing chromium"
[ -d /usr/share/fonts/truetype/dejavu ] || missing="$missing fonts-dejavu-core"
command -v pg_ctl >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "system: apt-get is not here; install by hand:$missing. Tests that need them will be skipped."
  exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
  else
    echo "system: not root; run 'sudo apt-get install$missing'. Tests that need them will be skipped."
    exit 0
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "system: installing$missing"
if ! { $as_root apt-get update -qq &&
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 5 "$log"
  echo "system: could not install$missing. Tests that need them will be skipped."
fi
