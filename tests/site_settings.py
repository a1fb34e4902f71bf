"""The site's settings for the tests: a data folder of their own, a quick hasher, the base that VOICES_BASE names."""

import os
import tempfile

os.environ.setdefault("VOICES_DONNEES", tempfile.mkdtemp(prefix="voices-site-"))

from voices.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # On the disk, as the site's own base: threads meet each other's locks as people do.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "essai.sqlite3"}  # noqa: F405
    # Nothing here outlives the tests: no need to wait for the disk. Sites that are killed have settings of their own.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
