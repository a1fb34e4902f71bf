"""Passages cut or joined by a person: new rows, the old ones retired, all of it undone in one step."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction

from voices import review
from voices.domain import Sense
from voices.errors import VoicesError
from voices.review import Piece
from voices.reviewing.holding import before, codes_of, refresh
from voices.store.models import AssignedPassage, Decision, Job, Passage, Testimony, User

CUTTING = (Decision.Kind.SPLIT, Decision.Kind.JOINED)


def split(passage: Passage, author: User, cuts: Sequence[int], *, token: str) -> Decision:
    """The decision to cut the passage before each of these offsets of its testimony; `made` has its parts, to review.

    Raises VoicesError where a part would be empty, where the passage no longer stands, or is being coded blind.
    """
    with transaction.atomic():
        testimony = _locked(passage)
        known = Decision.objects.filter(token=token).first()
        if known:
            return known
        [whole] = _standing([passage])
        parts = review.split(testimony.text, _piece(whole), cuts)
        return _replaced([whole], parts, author, Decision.Kind.SPLIT, token)


def join(passage: Passage, author: User, *, token: str) -> Decision:
    """The decision to join the passage with the next of its turn; `made` has the passage that came of it, to review.

    Raises VoicesError where none follows in that turn, where one no longer stands, or is being coded blind.
    """
    with transaction.atomic():
        testimony = _locked(passage)
        known = Decision.objects.filter(token=token).first()
        if known:
            return known
        pair = _standing([passage, _next(passage)])
        whole = review.join(testimony.text, [_piece(one) for one in pair])
        return _replaced(pair, (whole,), author, Decision.Kind.JOINED, token)


def joinable(passage: Passage) -> Passage | None:
    """The passage that this one could be joined with: the next of its turn."""
    after = Passage.objects.filter(testimony=passage.testimony_id, turn=passage.turn, retired=False)
    return after.filter(start__gte=passage.end).order_by("start").first()


def follow(decision: Decision, *, stands: bool) -> None:
    """Nothing; puts in place what a split or a join made where it stands, what was there before where it does not.

    Raises VoicesError where what would leave was cut or joined since.
    """
    _locked(decision.passage)
    kept, left = decision.detail["into"], decision.detail["from"]
    if not stands:
        kept, left = left, kept
    if Passage.objects.filter(pk__in=left, retired=False).count() != len(left):
        raise VoicesError("Ces passages ont été coupés ou joints depuis.", "Annuler d’abord ce qui a été fait après.")
    Passage.objects.filter(pk__in=left).update(retired=True)
    Passage.objects.filter(pk__in=kept).update(retired=False)
    _recount(decision.passage.testimony_id)
    refresh([*kept, *left])


def _replaced(
    old: Sequence[Passage], pieces: Sequence[Piece], author: User, kind: Decision.Kind, token: str
) -> Decision:
    decision = Decision.objects.create(
        token=token, passage=old[0], author=author, kind=kind, before=before(old[0]), **_proposed(old)
    )
    new = [_made(old[0], piece, decision, first=index == 0) for index, piece in enumerate(pieces)]
    decision.detail = {
        "from": [one.pk for one in old],
        "into": [one.pk for one in new],
        "reviewed": any(one.standing != Passage.Standing.MACHINE for one in old),
        "useful": max(one.useful for one in old),
        "doubt": max(one.doubt for one in old),
    }
    decision.save(update_fields=["detail"])
    Passage.objects.filter(pk__in=decision.detail["from"]).update(retired=True)
    _recount(old[0].testimony_id)
    refresh(decision.detail["into"])
    # Search needs the lemmas and the vectors of the new passages, the card the machine's reasons.
    Job.objects.create(kind=Job.Kind.CODE, subject={"passages": decision.detail["into"]}, made_by=author)
    return decision


def _proposed(old: Sequence[Passage]) -> dict[str, Any]:
    """What is proposed for what comes of these passages: their codes, mixed where two of them say opposite things."""
    codes: dict[str, str] = {}
    for one in old:
        for code, sense in codes_of(one).items():
            codes[code] = sense if codes.get(code, sense) == sense else Sense.MIXED.value
    subcodes = list(dict.fromkeys(sub for one in old for sub in one.subcodes))
    return {"codes": codes, "subcodes": subcodes, "trust": any(one.trust for one in old)}


def _made(model: Passage, piece: Piece, decision: Decision, *, first: bool) -> Passage:
    """A new passage, that differs from its model in its stretch; `first` begins where the model does."""
    testimony = model.testimony
    return Passage.objects.create(
        testimony=testimony,
        place_id=model.place_id,
        number=0,
        start=piece.start,
        end=piece.end,
        text=testimony.text[piece.start : piece.end],
        turn=model.turn,
        sentences=[list(span) for span in piece.sentences],
        speaker=model.speaker,
        question=model.question if first else "",
        previous=model.previous if first else model.text,
        chance=_chance(f"{testimony.key} {piece.start} {piece.end}"),
        came_of=decision,
    )


def _recount(testimony_id: int) -> None:
    """Numbers the standing passages anew; those that followed another of the same answer follow the one now there."""
    standing = list(Passage.objects.filter(testimony=testimony_id, retired=False).order_by("start"))
    for number, passage in enumerate(standing, start=1):
        passage.number = number
        if passage.previous and number > 1:
            passage.previous = standing[number - 2].text
    Passage.objects.bulk_update(standing, ["number", "previous"], batch_size=200)


def _locked(passage: Passage) -> Testimony:
    """The testimony, held until the transaction ends: nobody else cuts it meanwhile."""
    return Testimony.objects.select_for_update().get(pk=passage.testimony_id)


def _standing(passages: Sequence[Passage]) -> list[Passage]:
    """These passages as they are now. Raises VoicesError where one is gone, or is being coded blind."""
    ids = [one.pk for one in passages]
    rows = list(Passage.objects.select_for_update().filter(pk__in=ids, retired=False).order_by("start"))
    if len(rows) != len(ids):
        raise VoicesError("Ce passage vient d’être coupé ou joint par quelqu’un.", "Recharger la page.")
    if AssignedPassage.objects.filter(passage__in=ids, assignment__closed_at=None).exists():
        raise VoicesError(
            "Ce passage est dans un double codage en cours.", "Attendre qu’il soit clos pour le couper ou le joindre."
        )
    return rows


def _next(passage: Passage) -> Passage:
    found = joinable(passage)
    if found is None:
        raise VoicesError("Aucun passage ne suit celui-ci dans la même prise de parole.", "Il n’y a rien à joindre.")
    return found


def _piece(passage: Passage) -> Piece:
    return Piece(passage.start, passage.end, tuple((start, end) for start, end in passage.sentences))


def _chance(key: str) -> float:
    return int.from_bytes(sha256(key.encode()).digest()[:6]) / 2**48
