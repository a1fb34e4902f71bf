"""A base of SQLite is not put on a network share."""

from pathlib import Path

import pytest

from voices.errors import VoicesError
from voices.safekeeping import network
from voices.safekeeping.network import kind_of, refuse_share

DISK = "/dev/vda / 9p rw,relatime 0 0\nproc /proc proc rw 0 0\n"


def mounted(tmp_path, *lines):
    table = tmp_path / "mounts"
    table.write_text(DISK + "".join(f"{line}\n" for line in lines))
    return table


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smbfs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"])
def test_a_share_is_refused_with_the_remedy(kind, tmp_path):
    table = mounted(tmp_path, f"serveur:/voix /srv/voix {kind} rw 0 0")
    with pytest.raises(VoicesError, match="partagé par le réseau") as caught:
        refuse_share(Path("/srv/voix/site"), table)
    assert "VOICES_SAUVEGARDES" in caught.value.remedy
    assert "VOICES_BASE" in caught.value.remedy


@pytest.mark.parametrize(
    ("folder", "lines", "kind"),
    [
        ("/srv/voix", (), ""),
        ("/srv/voix-local", ("s:/v /srv/voix nfs rw 0 0",), ""),
        ("/srv/voix/disque", ("s:/v /srv/voix nfs rw 0 0", "/dev/vdb /srv/voix/disque xfs rw 0 0"), "xfs"),
        ("/srv/nos voix/site", (r"s:/v /srv/nos\040voix cifs rw 0 0",), "cifs"),
        ("/srv/voix", ("/dev/vdb /srv/voix xfs rw 0 0", "s:/v /srv/voix nfs4 rw 0 0"), "nfs4"),
        ("/srv/voix", ("abîmée", ""), ""),
    ],
    ids=["a disk", "a name alike", "a disk within a share", "a space", "mounted over", "a line of nothing"],
)
def test_the_nearest_mount_tells(folder, lines, kind, tmp_path):
    assert kind_of(Path(folder), mounted(tmp_path, *lines)) == kind


def test_a_link_is_followed(tmp_path):
    (tmp_path / "partage").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "partage")
    table = mounted(tmp_path, f"s:/v {tmp_path / 'partage'} nfs rw 0 0")
    with pytest.raises(VoicesError):
        refuse_share(tmp_path / "site", table)


def test_where_the_system_tells_nothing_nobody_is_refused(tmp_path):
    refuse_share(tmp_path, tmp_path / "absent")


def test_the_table_of_this_process_is_read_which_a_shut_in_unit_sees_too():
    assert network._TABLE.parts[:3] == ("/", "proc", "self")
