#!/bin/sh
# Rewrites requirements.lock (what voices runs with) and requirements-dev.lock (what its tests add).
# torch is held at the release whose CPU build is known to work here; pip takes that build where it finds one.
set -eu
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
python3 -m venv "$tmp/venv"
"$tmp/venv/bin/pip" install -q pip-tools
echo "torch==2.13.0" > "$tmp/held.txt"
lock() {
    "$tmp/venv/bin/pip-compile" -q --no-header --no-annotate --strip-extras --no-emit-index-url \
        --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@" pyproject.toml
}
lock -c "$tmp/held.txt" -o "$tmp/run.txt"
sed -i 's/^\(torch==[0-9.]*\)+.*/\1/' "$tmp/run.txt"
lock -c "$tmp/held.txt" -c "$tmp/run.txt" --extra dev --extra build -o "$tmp/all.txt"
sed -i 's/^\(torch==[0-9.]*\)+.*/\1/' "$tmp/all.txt"
{ echo "# Written by scripts/lock.sh: what voices runs with."; cat "$tmp/run.txt"; } > requirements.lock
{ echo "# Written by scripts/lock.sh: what its tests and builds add."; echo "-r requirements.lock"
  grep -vxFf "$tmp/run.txt" "$tmp/all.txt"; } > requirements-dev.lock
# The same, with digests: for who wants pip to refuse a file that was replaced. It takes ten minutes or so.
"$tmp/venv/bin/pip-compile" -q --no-header --no-annotate --strip-extras --no-emit-index-url --no-emit-find-links \
    --no-emit-trusted-host --no-emit-options --allow-unsafe --generate-hashes -o "$tmp/hashed.txt" requirements.lock
{ echo "# Written by scripts/lock.sh: requirements.lock, with the digests of every file of each release."
  echo "# pip install --require-hashes --no-deps -r requirements.sha256.lock"; cat "$tmp/hashed.txt"; } > requirements.sha256.lock
