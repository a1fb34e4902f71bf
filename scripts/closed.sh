#!/bin/sh
# Run a command where no network is but the machine's own loopback: sh scripts/closed.sh python -m pytest
# The kernel holds it (a network namespace): whatever the language, the library or the child process.
# Where that cannot be had, says so and runs the command all the same: the tests close Python's sockets themselves.
set -eu

up='ip link set lo up 2>/dev/null || python3 -c "
import fcntl, socket, struct
one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(one, 0x8914, struct.pack(\"16sh\", b\"lo\", 0x1 | 0x40))"'
if [ "$(id -u)" -eq 0 ] && unshare -n sh -c "$up" 2>/dev/null; then
  exec unshare -n sh -c "$up"'; exec "$@"' closed "$@"
fi
as="--map-user=$(id -u) --map-group=$(id -g)"
if [ "$(id -u)" -ne 0 ] && unshare -rn sh -c "{ $up; } && unshare --user $as true" 2>/dev/null; then
  exec unshare -rn sh -c "{ $up; }; exec unshare --user $as -- "'"$@"' closed "$@"
fi
echo "closed: no network namespace here: native code could still reach the network; Python's sockets are closed" >&2
exec "$@"
