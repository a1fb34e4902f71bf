"""Codes of the evaluators' own, as the code book has them now."""

from voices.store.models import CodebookVersion


def own_codes() -> list[tuple[str, str]]:
    """Id and label of each."""
    version = CodebookVersion.objects.first()
    return [(str(code["id"]), str(code["label"])) for code in version.book.get("own", [])] if version else []
