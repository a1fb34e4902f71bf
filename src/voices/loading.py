"""The encoder and the coder that the settings name, loaded once."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from voices.errors import SettingsError
from voices.settings import Settings

if TYPE_CHECKING:
    from voices.coding.model import CoderModel
    from voices.ports import Encoder


def reader_of(coder: "CoderModel", settings: Settings) -> "Encoder":
    """The encoder that the coder learnt with: none, one that comes with voices, or else the one of the settings."""
    from voices import coding, encoders

    if coder.blind:
        return coding.blind()
    shipped = encoders.is_embedded(coder.encoder_name, models=settings.models)
    return encoder_of(replace(settings, encoder=coder.encoder_name) if shipped else settings)


@lru_cache(maxsize=2)  # the coder's encoder, and that of themes and quotes
def encoder_of(settings: Settings) -> "Encoder":
    """The encoder of the settings, loaded once. Raises ModelError where it is missing or damaged."""
    from voices import encoders

    return encoders.load(settings.encoder, models=settings.models, cache=settings.cache, threads=settings.threads)


def coder_of(settings: Settings) -> "CoderModel":
    """The coder of the settings, aiming as they say: a folder, or the name of one that comes with voices.

    Raises SettingsError where there is no such folder nor name, ModelError where it holds no coder, or a damaged one.
    """
    from voices import coding

    asked = settings.coder or Path(coding.NAME)
    found = asked if settings.coder and asked.is_dir() else settings.models / asked
    if settings.coder and not found.is_dir():
        raise SettingsError(
            f"Il n’y a pas de codeur « {asked} ».",
            "Donner un codeur livré (coder-3a, coder-3a-rapide) ou un dossier écrit par « voices train ».",
        )
    return coding.load(found).aiming(settings.aim)
