"""A study on disk: one JSON file that holds every step done so far, names replaced, withdrawn testimonies gone."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from voices.domain import Study
from voices.errors import ReadingError
from voices.exchange.draft import put

SUFFIX = ".voices.json"
_ADAPTER = TypeAdapter(Study)


def named(path: Path) -> Path:
    """The path with the ending that tells a study from a testimony."""
    return path if path.name.endswith(SUFFIX) else path.with_name(path.name + SUFFIX)


def save(study: Study, path: Path) -> Path:
    """The path written. The file appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return put(path, lambda draft: draft.write_bytes(_ADAPTER.dump_json(study, indent=1)))


def load(path: Path) -> Study:
    """The study of that file.

    Raises ReadingError where the file is missing, or was not written by voices.
    """
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except OSError as error:
        raise ReadingError(f"Impossible d’ouvrir « {path.name} ».", "Vérifier le chemin et les droits.") from error
    except ValidationError:
        # `from None`: pydantic's message quotes the values it refuses, which may be a testimony's words.
        raise ReadingError(
            f"« {path.name} » n’est pas une étude écrite par voices, ou elle est abîmée.",
            "La refaire avec « voices read » ou « voices run ».",
        ) from None
