"""Every template can be read: one that only a rare page includes fails here, and not before a person."""

from pathlib import Path

import pytest
from django.template.loader import get_template

import voices.web

FOLDER = Path(voices.web.__file__).parent / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name: str):
    get_template(name)  # raises TemplateSyntaxError where it cannot
