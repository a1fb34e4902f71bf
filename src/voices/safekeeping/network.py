"""Whether a folder is on a network share, where SQLite loses what it wrote: locks are not kept there as on a disk."""

import re
from pathlib import Path

from voices.errors import VoicesError

SHARES = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "vboxsf", "davfs", "ceph", "glusterfs",
    "lustre", "beegfs", "ocfs2", "gfs2", "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs",
    "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.smbnetfs", "fuse.curlftpfs", "fuse.onedriver",
})  # fmt: skip
"""Kinds of file systems, as Linux calls them."""
_TABLE, _ROOT = Path("/proc/self/mounts"), Path("/")
"""Of this process: a unit of systemd may hide the rest of /proc, and « /proc/mounts » with it."""


def refuse_share(folder: Path, table: Path = _TABLE) -> None:
    """Nothing, where that folder is on a disk of this machine, or where it cannot be told.

    Raises VoicesError where it is on a network share.
    """
    kind = kind_of(folder, table)
    if kind in SHARES:
        raise VoicesError(
            f"« {folder} » est un dossier partagé par le réseau ({kind})\u202f: la base s’y abîmerait.",
            "Donner avec --data un dossier du disque de cet ordinateur, et mettre les sauvegardes sur le partage avec "
            "VOICES_SAUVEGARDES ; ou une base PostgreSQL, avec VOICES_BASE.",
        )


def kind_of(folder: Path, table: Path = _TABLE) -> str:
    """The kind of file system that holds that folder; empty for the root of this machine, or where it is not told."""
    try:
        lines = table.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    here, found, depth = folder.resolve(), "", -1
    for fields in (line.split() for line in lines):
        at = Path(_unescaped(fields[1])) if len(fields) > 2 else here / "nowhere"
        if at == _ROOT:
            continue  # the machine's own disk, whatever carries it
        if here.is_relative_to(at) and len(at.parts) >= depth:  # the last of those mounted at one place is seen
            found, depth = fields[2], len(at.parts)
    return found


def _unescaped(path: str) -> str:
    """The table writes a space \\040."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), path)
