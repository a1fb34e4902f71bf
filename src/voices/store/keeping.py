"""The domain's objects to what is kept of them: the fields of rows, as JSON can carry them."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from voices import domain
from voices.domain import CodedPassage, Coding, Evidence, Neighbour, Terms
from voices.roles import role_of
from voices.store.models.deposits import outlets_kept
from voices.store.testimonies import turns_of

Fields = dict[str, Any]


def testimony_fields(testimony: domain.Testimony) -> Fields:
    """The fields of a testimony that come from its words; its place, its deposit and its file are said elsewhere."""
    return {
        "key": testimony.id,
        "text": testimony.text,
        "turns": turns_of(testimony),
        "channel": testimony.origin.channel or "",
        "date": testimony.origin.date or "",
        **role_fields(testimony.origin.role or ""),
        "consent": testimony.consent.value,
        **terms_fields(testimony.terms),
        "replaced": dict(testimony.replaced),
    }


def terms_fields(terms: Terms) -> Fields:
    """What is kept of the limits of a consent."""
    return {"outlets": outlets_kept(terms.outlets), "until": terms.until.isoformat() if terms.until else ""}


def role_fields(said: str) -> Fields:
    """What is kept of a role said in those words."""
    return {"role": said, "role_group": role_of(said) or said}


def passage_fields(passage: domain.Passage) -> Fields:
    """The fields of a passage, but those that a coder or a person says of it."""
    return {
        "number": passage.number,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "turn": passage.turn,
        "sentences": [list(span) for span in passage.sentences],
        "speaker": (passage.speaker or "")[:200],
        "question": passage.question or "",
        "previous": passage.previous or "",
        "chance": chance(passage.testimony_id, passage.number),
    }


def chance(testimony_key: str, number: int) -> float:
    """In [0, 1), as if drawn, always the same for the same passage."""
    return int.from_bytes(sha256(f"{testimony_key}/{number}".encode()).digest()[:6]) / 2**48


def suggestion_fields(coded: CodedPassage, useful: float) -> Fields:
    """What a coder said of a passage; `useful` is how many corrections are expected of its review."""
    return {
        "codings": [_coding(one) for one in coded.codings],
        "probabilities": dict(coded.probabilities),
        "certainties": {code: certainty.value for code, certainty in coded.certainties.items()},
        "trust": coded.trust,
        "trust_probability": coded.trust_probability,
        "outside": coded.outside,
        "useful": useful,
    }


def _coding(coding: Coding) -> Fields:
    return {
        "code": coding.code,
        "sense": coding.sense.value,
        "probability": coding.probability,
        "sense_probability": coding.sense_probability,
        "subcodes": list(coding.subcodes),
        "certainty": coding.certainty.value,
        "evidence": _evidence(coding.evidence) if coding.evidence else None,
    }


def _evidence(evidence: Evidence) -> Fields:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "neighbours": [_neighbour(one) for one in evidence.neighbours],
        "against": [_neighbour(one) for one in evidence.against],
    }


def _neighbour(one: Neighbour) -> Mapping[str, Any]:
    codes = {code: sense.value for code, sense in one.codes.items()}
    return {"text": one.text, "codes": codes, "similarity": round(float(one.similarity), 4)}
