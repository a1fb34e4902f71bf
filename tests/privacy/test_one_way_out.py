"""No exit decides of consent by itself: it asks `privacy`, or the base through `consenting`."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "voices"
DECIDES = {"privacy/consent.py", "privacy/__init__.py", "consenting/asking.py"}
"""Where a consent is turned into what it allows."""
TELLS = {
    "web/access.py": "what was within reach before a change",
    "web/views/deposits_told.py": "a mark in a list",
    "web/views/deposits_consents.py": "who may still change",
    "rights/outputs.py": "since when",
    "reporting/since.py": "why a report is recalled",
    "reporting/studying.py": "how many were withdrawn",
    "receiving/consents.py": "what a change retires",
    "store/testimonies.py": "a row read as it is",
}
"""Where a consent is told or changed: no word leaves because of it."""
_DECIDING = re.compile(r"\ballowing\(|consent__in|\.consent (?:==|!=|in|not in) |consent=Consent|outlets__|until__")


def test_consent_is_decided_in_one_place():
    found = {
        str(path.relative_to(SOURCE).as_posix())
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and _DECIDING.search(path.read_text(encoding="utf-8"))
    }
    assert found <= DECIDES | set(TELLS)


@pytest.mark.parametrize(
    "path",
    ["pipeline.py", "quoting/wording.py", "quoting/publishing.py", "reporting/studying.py", "web/access.py"],
)
def test_what_gives_words_asks_for_them(path):
    text = (SOURCE / path).read_text(encoding="utf-8")
    assert re.search(r"privacy\.release\(|consenting\.(?:released|allowed)\(|\breleased\(", text)


def test_release_reads_no_clock():
    text = (SOURCE / "privacy" / "consent.py").read_text(encoding="utf-8")
    assert not re.search(r"\.today\(|\.now\(|localdate|import time", text)
