#!/bin/sh
# Run a command beside a PostgreSQL of its own, that VOICES_BASE names: sh scripts/postgres.sh python -m pytest tests/web
# The cluster lies in a temporary folder, is reached by a socket there and not by the network, and goes when the command
# ends. PostgreSQL refuses to run as root: root lends it to the user postgres, or nobody.
# Where PostgreSQL is not installed: says so, runs nothing, and is content.
set -eu

bin=$(dirname "$(command -v pg_ctl || ls -1d /usr/lib/postgresql/*/bin/pg_ctl 2>/dev/null | sort -V | tail -n 1)")
if [ ! -x "$bin/initdb" ]; then
  echo "postgres: PostgreSQL is not here (scripts/system.sh installs it): skipped: $*"
  exit 0
fi

folder=$(mktemp -d /tmp/voices-postgres-XXXXXX)
as_user=""
if [ "$(id -u)" -eq 0 ]; then
  owner=postgres
  id "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$folder"
  as_user="setpriv --reuid $owner --regid $(id -g "$owner") --clear-groups"
fi
run() { (cd "$folder" && HOME="$folder" $as_user "$@"); }
end() {
  run "$bin/pg_ctl" -D "$folder/base" -m immediate -s stop 2>/dev/null || true
  rm -rf "$folder"
}
trap end EXIT
trap 'exit 130' INT TERM

# Nothing here outlives the command: no need to wait for the disk.
run "$bin/initdb" -D "$folder/base" -U voices --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 ||
  { cat "$folder/initdb.log"; exit 1; }
run "$bin/pg_ctl" -D "$folder/base" -s -w -l "$folder/server.log" -o "-k $folder -c listen_addresses='' -c fsync=off \
  -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start || { cat "$folder/server.log"; exit 1; }

VOICES_BASE="postgresql://voices@/postgres?host=$folder" "$@"
