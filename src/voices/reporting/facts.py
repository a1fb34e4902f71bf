"""What a version stands on, as it was kept with it."""

import gzip
import json
from typing import Any

from voices.store.models import ReportVersion


def facts_of(version: ReportVersion) -> dict[str, Any]:
    """The figures of the version, and the ids of what they were counted from."""
    found: dict[str, Any] = json.loads(gzip.decompress(bytes(version.facts)))
    return found
