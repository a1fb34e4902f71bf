"""Who interviews: by the name a speaker bears, or else by who asks, speaks less, and says « je » less.

Where that is not clear, nobody is taken for the interviewer: a witness wrongly silenced is worse than a question coded.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voices.ingest.labels import is_generic, plain

_NAMED = re.compile(
    r"(?:interviewer|interviewe(?:ur|use)|enquet(?:eur|rice|euse)|animat(?:eur|rice)|moderat(?:eur|rice)|anim|mod|"
    r"journaliste|chercheu(?:r|se)|researcher|facilitat(?:eur|rice)|host|int|itw|enq|questions?|q|i)[\s_-]?\d{0,2}"
)
_ENQUIRER = re.compile(r"e\d{0,2}")
_ASKS = re.compile(
    r"\?|\best-ce qu|\bqu['’]est-ce|(?:^|[.!…]\s+)(?:et |alors |donc |mais )?(?:comment|pourquoi|quels?|quelles?|"
    r"combien|racontez|parlez|dites|décrivez|raconte|parle|dis)\b|\w-(?:vous|tu)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:je|j['’]|moi|mon|ma|mes)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    """The speakers taken for interviewers, how that was decided, and what to check (French sentences, no names)."""

    speakers: frozenset[str]
    details: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Voice:
    turns: int
    asking: int
    words: int
    first_person: int


def guess_interviewers(turns: Mapping[str, Sequence[str]], *, given: Sequence[str] = ()) -> Guess:
    """Who interviews, from each speaker's turns (speakers in order of appearance).

    `given` are labels or names the person reading chose: they win where this text has them.
    """
    wanted = {plain(name) for name in given}
    chosen = frozenset(speaker for speaker in turns if plain(speaker) in wanted)
    if chosen:
        return Guess(chosen, (_sentence(chosen, turns, "comme demandé"),))
    warnings = ("Personne ici ne porte le nom donné pour l’intervieweur.",) if given else ()
    if len(turns) < 2:
        return Guess(frozenset(), (), warnings)
    named = _named(list(turns))
    if named:
        return Guess(named, (_sentence(named, turns, "d’après son nom"),), warnings)
    asking = _asking(turns)
    if asking:
        reason = "pose la plupart des questions et parle moins"
        return Guess(frozenset({asking}), (_sentence({asking}, turns, reason),), warnings)
    unclear = (
        f"{len(turns)} locuteurs, et l’on ne voit pas qui interroge\u202f: les paroles de tous seront codées. "
        "Donner le nom de l’intervieweur avec l’option --interviewer."
    )
    return Guess(frozenset(), (), (*warnings, unclear))


def _named(speakers: list[str]) -> frozenset[str]:
    named = frozenset(speaker for speaker in speakers if _NAMED.fullmatch(plain(speaker)))
    if not named:
        # « E1 » is « enquêtrice 1 » beside « L1 », but « enquêté 1 » where everyone is an E.
        named = frozenset(speaker for speaker in speakers if _ENQUIRER.fullmatch(plain(speaker)))
        named = named if len(named) <= 2 else frozenset()
    return named if len(named) < len(speakers) else frozenset()


def _asking(turns: Mapping[str, Sequence[str]]) -> str | None:
    voices = {speaker: _listen(said) for speaker, said in turns.items()}
    speaker = max(voices, key=lambda name: voices[name].asking)
    voice = voices[speaker]
    others = [other for name, other in voices.items() if name != speaker]
    rest = _Voice(*(sum(values) for values in zip(*map(_values, others), strict=True)))
    asks = (
        voice.asking >= 2
        and voice.asking > rest.asking
        and _rate(voice.asking, voice.turns) >= 1.5 * _rate(rest.asking, rest.turns)
    )
    brief = voice.words < rest.words / len(others)
    distant = _rate(voice.first_person, voice.words) < 0.6 * _rate(rest.first_person, rest.words)
    return speaker if asks and (brief or distant) else None


def _listen(said: Sequence[str]) -> _Voice:
    return _Voice(
        turns=len(said),
        asking=sum(_ASKS.search(text) is not None for text in said),
        words=sum(len(text.split()) for text in said),
        first_person=sum(len(_FIRST_PERSON.findall(text)) for text in said),
    )


def _values(voice: _Voice) -> tuple[int, int, int, int]:
    return voice.turns, voice.asking, voice.words, voice.first_person


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _sentence(chosen: frozenset[str] | set[str], turns: Mapping[str, Sequence[str]], reason: str) -> str:
    shown = " et ".join(_shown(speaker, rank) for rank, speaker in enumerate(turns, start=1) if speaker in chosen)
    return f"{len(turns)} locuteurs\u202f; tenu pour l’intervieweur\u202f: {shown} ({reason})."


def _shown(speaker: str, rank: int) -> str:
    if is_generic(speaker):
        return f"«\u202f{speaker}\u202f»"
    return f"le {rank}{'er' if rank == 1 else 'e'} locuteur"
