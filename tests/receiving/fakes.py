"""A machine that reads at once: an accueil wherever a chair is drawn, and no model to load."""

import base64
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings as site

from voices.domain import Certainty, CodedPassage, Coding, Passage, Sense
from voices.ports import Progress
from voices.receiving.depositing import preview
from voices.receiving.sealing import content_of
from voices.settings import Settings
from voices.store.keeping import suggestion_fields
from voices.store.models import SourceFile

VECTOR = bytes(768)


class QuickMachine:
    """`before` is called before each passage: a test can stop everything there."""

    def __init__(self, settings: Settings, before: Callable[[], None] = lambda: None) -> None:
        self.settings = settings
        self.name = "codeur-essai@1"
        self._before = before

    def describe(self) -> dict[str, str]:
        """What a report would say."""
        return {"Codeur": self.name}

    def read(self, passages: Sequence[Passage], progress: Progress) -> Iterator[list[dict[str, Any]]]:
        """One passage at a time."""
        for done, passage in enumerate(passages):
            self._before()
            progress(done, len(passages))
            yield [_found(passage)]
        progress(len(passages), len(passages))


def _found(passage: Passage) -> dict[str, Any]:
    drawn = "chaise" in passage.text
    coding = Coding(passage.id, "accueil", Sense.PRESENCE, 0.9, 0.95, ("attention",), None, Certainty.SURE)
    coded = CodedPassage(
        passage.id,
        (coding,) if drawn else (),
        {"accueil": 0.9 if drawn else 0.1, "appartenance": 0.1, "action": 0.1},
        trust=False,
        trust_probability=0.1,
        certainties={"accueil": Certainty.SURE},
    )
    return {
        "lemmas": passage.text.lower(),
        "vector": base64.b85encode(VECTOR).decode(),
        "suggestion": suggestion_fields(coded, 0.5),
    }


def to_check(file: SourceFile) -> SourceFile:
    """A questionnaire as the worker leaves it once it has seen its columns."""
    content = content_of(file, site.VOICES)
    file.state, file.preview = SourceFile.State.TO_CHECK, preview(file.name, content, site.VOICES)
    file.save()
    return file
