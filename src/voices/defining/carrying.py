"""Which passages carry a code or a sub-code, asked of the base the same way by every page."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

THREE = ("accueil", "appartenance", "action")


def of_code(code: str) -> Q:
    """Passages that carry that code, in any sense: one of the 3A, or one of the evaluators' own."""
    return ~Q(**{code: ""}) if code in THREE else Q(own__has_key=code)


def of_subcode(subcode: str) -> Q:
    """Passages that carry that sub-code. SQLite cannot look into a list of JSON: its text is looked at."""
    return Q(Contains(Cast("subcodes", TextField()), f'"{subcode}"'))


def decided_code(code: str) -> Q:
    """Decisions that name that code."""
    return Q(codes__has_key=code)


def decided_subcode(subcode: str) -> Q:
    """Decisions that name that sub-code."""
    return of_subcode(subcode)
