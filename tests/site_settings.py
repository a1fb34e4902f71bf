"""The site's settings for the tests: a data folder of their own, a quick hasher, and the base that VOICES_BASE names."""

import os
import tempfile

os.environ.setdefault("VOICES_DONNEES", tempfile.mkdtemp(prefix="voices-site-"))

from voices.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
