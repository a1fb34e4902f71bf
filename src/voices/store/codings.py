"""What machines said, rows to the domain's objects."""

from collections.abc import Iterable, Mapping
from typing import Any

from voices.domain import Certainty, CodedPassage, Coding, Evidence, Neighbour, Sense
from voices.store.models import Suggestion


def coded_of(row: Suggestion) -> CodedPassage:
    """The passage's whole coding, as the coder gave it."""
    passage_id = str(row.passage_id)
    return CodedPassage(
        passage_id=passage_id,
        codings=tuple(_coding(passage_id, one) for one in row.codings),
        probabilities=row.probabilities,
        trust=row.trust,
        trust_probability=row.trust_probability,
        certainties={code: Certainty(value) for code, value in row.certainties.items()},
        outside=row.outside,
    )


def _coding(passage_id: str, said: Mapping[str, Any]) -> Coding:
    return Coding(
        passage_id=passage_id,
        code=said["code"],
        sense=Sense(said["sense"]),
        probability=said["probability"],
        sense_probability=said["sense_probability"],
        subcodes=tuple(said["subcodes"]),
        evidence=_evidence(said["evidence"]) if said["evidence"] else None,
        certainty=Certainty(said["certainty"]),
    )


def _evidence(said: Mapping[str, Any]) -> Evidence:
    return Evidence(said["start"], said["end"], _neighbours(said["neighbours"]), _neighbours(said["against"]))


def _neighbours(said: Iterable[Mapping[str, Any]]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(one["text"], {code: Sense(sense) for code, sense in one["codes"].items()}, one["similarity"])
        for one in said
    )
