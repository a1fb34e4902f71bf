"""Speakers' labels typed at the head of lines: « L1 : », « Q. », « [Nom] », « Nom  0:03 », and times among words.

A label alone proves nothing (« Lieu : », « Ce que j’ai aimé : »): it counts when it comes back, or when the whole text
is labelled. What counts is decided once for a whole text, then every line is read by that decision.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from voices.ingest.characters import words
from voices.letters import without_accents

CONSISTENT = 0.45
"""Share of lines bearing a label from which a text is held to be labelled throughout (a label line may stand alone)."""
SPARSE = 0.1
"""Below this share, recurring names with a colon are headings of a letter rather than speakers."""

_TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_LONG_TIME = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_MARKED = rf"(?:\[\s*{_TIME}\s*\]|\(\s*{_TIME}\s*\)|<\s*{_TIME}\s*>|\#\s*{_TIME}(?:-\d)?\s*\#)"
_LEAD = rf"^\s*(?P<lead>(?:[-–—>•]+\s+)?(?:(?:{_MARKED}|{_TIME})[\s:–-]+)?)"
_LABEL = r"\*{0,2}(?P<label>\$?[^\W_][^:\[\]<>«»\"!?;…\n*#]{0,49}?)\*{0,2}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_LEAD}(?P<label>[QR]\d{{0,2}})(?P<time>)\s*(?:[.)]|\s[-–—])\s+(?P<rest>\S.*)$",
        rf"{_LEAD}{_LABEL}\s*(?P<time>{_MARKED}|{_TIME})?\s*:\*{{0,2}}(?![)(/\d])(?P<rest>.*)$",
        rf"{_LEAD}\[(?P<label>[^\W\d_][^\]\[:\n]{{0,39}})\](?P<time>\s*{_MARKED})?\s*:?(?P<rest>.*)$",
        rf"{_LEAD}{_LABEL}\s+(?P<time>{_MARKED}|{_TIME})(?P<rest>\s*)$",
        rf"{_LEAD}{_LABEL}\s+(?P<time>{_MARKED}|{_LONG_TIME})\s+(?P<rest>\S.*)$",
    )
)
_AFTER_TIME = re.compile(rf"^\s*(?P<lead>{_MARKED}|{_TIME})\s+(?P<label>\S.{{0,39}}?)(?P<time>)(?P<rest>\s*)$")
_INLINE_TIME = re.compile(
    rf"\[\s*{_TIME}\s*\]\s?|\#\s*{_TIME}(?:-\d)?\s*\#\s?|[(<]\s*{_LONG_TIME}\s*[)>]\s?|^\s*{_LONG_TIME}(?=\s)\s"
)
_ANY_TIME = re.compile(_TIME)

_GENERIC = re.compile(
    r"""\$?(?:
    [ls]\d{1,2} | (?:spk|speaker|locuteur|locutrice|intervenante?|participante?|personne|voix|sujet|temoin|
    repondante?|enquetee?|interviewee?|homme|femme|habitante?|benevole|benef)[\s_-]?(?:\d{1,2}|[a-z])? |
    id\d{1,3} | [qr]\d{0,2} | e\d{0,2} | p\d{1,2} | i | int | itw | enq\d? | questions? | reponses? | moi |
    (?:interviewer|interviewe(?:ur|use)|enquet(?:eur|rice|euse)|animat(?:eur|rice)|moderat(?:eur|rice)|anim|mod|
    journaliste|chercheu(?:r|se)|facilitat(?:eur|rice)|inconnue?)[\s_-]?\d?
    )""",
    re.VERBOSE,
)

_HEADINGS = words(
    """lieu lieux date dates objet ps p.s nb n.b note notes remarque remarques titre duree sujet theme themes contexte
    transcription telephone tel e-mail email mail courriel adresse nom prenom age profession metier heure horaire
    horaires fichier participants presents absents ville ref reference references conclusion introduction exemple
    exemples bilan resume attention rappel legende source sources copie de pour contre positif negatif points plus
    moins avantages inconvenients resultat resultats enfin bref bon alors donc aussi puis ensuite aujourd'hui hier
    demain lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout
    septembre octobre novembre decembre matin midi apres-midi soir nuit jour semaine suite fin debut total partie
    chapitre annexe article https http site web url numero code tarif prix budget activite activites atelier ateliers
    menu repas entree plat dessert accueil appartenance action confiance autres soi lien statut sexe genre situation
    commentaire commentaires observation observations consigne objectif objectifs audio video enregistrement
    rires rire silence inaudible musique pause bruit applaudissements soupir toux"""
)
_SENTENCE_WORDS = words(
    """je j tu il elle on nous vous ils elles que qui quoi dont ce c ça ca cela ai as est sont suis etait etaient
    avait avais avons avez ont dit disait repondu demande comme si mais ou car ne pas n s m t qu etre avoir fait
    faut voici voila chose question-la"""
)
_PARTICLES = words("de du des la le les d l et von van ben el al da di")


class Strength(IntEnum):
    """How much a label looks like a speaker's: a short phrase, a name, a word kept for speakers (« L1 », « Q »)."""

    PHRASE = 0
    NAME = 1
    GENERIC = 2


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A line without its label and times. `speaker` is None where it bears no label; `source` is its text's index."""

    text: str
    source: int
    speaker: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, repr=False)
class _Head:
    """What the head of a line might be: a label, its time, and the words after it."""

    label: str
    key: str
    strength: Strength
    rest: str
    seconds: float | None


def read_labels(texts: Sequence[str]) -> tuple[Line, ...]:
    """Every line of the texts that has words or a label, in order; labels and times taken out where they count.

    Where no label counts, each text gives one line, whole but for its marked times.
    """
    lines = [(line, source) for source, text in enumerate(texts) for line in text.split("\n") if line.strip()]
    heads = [_head(line) for line, _ in lines]
    accepted = _accepted([line for line, _ in lines], heads)
    if not accepted:
        return tuple(_plain(text, source) for source, text in enumerate(texts))
    return tuple(_line(line, source, head, accepted) for (line, source), head in zip(lines, heads, strict=True))


def plain(text: str) -> str:
    """The text in lower case without accents, spaces collapsed: what labels and headings are compared by."""
    return " ".join(without_accents(text).casefold().replace("’", "'").split())


def is_generic(label: str) -> bool:
    """Whether a label is no one's name (« L1 », « Enquêtrice », « Participant 3 ») and may be shown."""
    return _GENERIC.fullmatch(plain(label)) is not None


def _line(line: str, source: int, head: _Head | None, accepted: dict[str, str]) -> Line:
    if head is None or head.key not in accepted:
        return _plain(line, source)
    after = _plain(head.rest, source)
    seconds = after.seconds if head.seconds is None else head.seconds
    return Line(after.text.strip(), source, accepted[head.key], seconds)


def _plain(text: str, source: int) -> Line:
    found = _INLINE_TIME.search(text)
    seconds = _seconds(found[0]) if found else None
    return Line(_INLINE_TIME.sub("", text) if found else text, source, seconds=seconds)


def _head(line: str) -> _Head | None:
    if len(line) > 200:
        line, tail = line[:200], line[200:]
    else:
        tail = ""
    for form in _FORMS:
        if found := form.match(line):
            return _candidate(found, tail)
    found = _AFTER_TIME.match(line)
    return _candidate(found, tail) if found and not tail and is_generic(found["label"]) else None


def _candidate(found: re.Match[str], tail: str) -> _Head | None:
    label = " ".join(found["label"].split())
    strength = _strength(label)
    if strength is None or not (found["rest"] + tail or found["time"] or found["lead"] or strength is Strength.GENERIC):
        return None
    when = _ANY_TIME.search(found["time"] or found["lead"] or "")
    return _Head(label, _key(label), strength, found["rest"] + tail, _seconds(when[0]) if when else None)


def _key(label: str) -> str:
    """Labels that differ by case, accents or a question's number are one speaker: « Q1 », « Q2 » ask."""
    key = plain(label)
    return "q" if re.fullmatch(r"q\d+", key) else key


def _strength(label: str) -> Strength | None:
    key = plain(label).rstrip(".")
    parts = re.findall(r"[^\W_]+(?:-[^\W_]+)*", label)
    if key in _HEADINGS or not parts or len(parts) > 5 or not re.search(r"[^\W\d_]", label):
        return None
    if is_generic(label):
        return Strength.GENERIC
    if any(plain(word) in _SENTENCE_WORDS for word in parts) or plain(parts[0]) in _HEADINGS:
        return None
    named = all(word[0].isupper() or word.isdigit() or plain(word) in _PARTICLES for word in parts)
    if named and parts[0][0].isupper():
        return Strength.NAME
    return Strength.PHRASE if len(parts) <= 3 and not label.endswith((".", ",")) else None


def _accepted(lines: Sequence[str], heads: Sequence[_Head | None]) -> dict[str, str]:
    """The labels that count: comparison key to the label as first written. Empty where none does."""
    counts = Counter(head.key for head in heads if head)
    best = {head.key: head for head in reversed(heads) if head}
    likely = {key for key in counts if best[key].strength > Strength.PHRASE or counts[key] >= 3}
    likely -= {"r"} if "q" not in likely else set()
    share = sum(head is not None and head.key in likely for head in heads) / max(len(lines), 1)
    recurring = {key for key in likely if counts[key] >= 2}
    generic = {key for key in likely if best[key].strength is Strength.GENERIC}
    if not _is_labelled(len(likely), len(recurring), len(generic), share) or _late(lines, heads, likely):
        return {}
    kept = likely if share >= CONSISTENT else recurring | generic
    return _one_answerer({key: best[key].label for key in kept}, heads)


def _is_labelled(labels: int, recurring: int, generic: int, share: float) -> bool:
    if generic:
        return share >= CONSISTENT or (recurring >= 2 and labels >= 2)
    if recurring >= 2:
        return share >= SPARSE
    return recurring == 1 and (share >= CONSISTENT if labels >= 2 else share >= 0.8)


def _late(lines: Sequence[str], heads: Sequence[_Head | None], likely: set[str]) -> bool:
    """Whether most words come before the first label: a letter that quotes a dialogue, not a transcript."""
    first = next(rank for rank, head in enumerate(heads) if head and head.key in likely)
    before = sum(len(line.split()) for line in lines[:first])
    return before > sum(len(line.split()) for line in lines[first:])


def _one_answerer(labels: dict[str, str], heads: Sequence[_Head | None]) -> dict[str, str]:
    """« Q1 … R1 … Q2 … R2 » number the questions, not the people."""
    if not any(head and re.fullmatch(r"[Qq]\d+", head.label) for head in heads):
        return labels
    return {key: "Q" if key == "q" else "R" if re.fullmatch(r"r\d*", key) else label for key, label in labels.items()}


def _seconds(text: str) -> float:
    found = _ANY_TIME.search(text)
    parts = (found[0] if found else "0").replace(",", ".").split(":")
    return sum(float(part) * unit for part, unit in zip(reversed(parts), (1, 60, 3600), strict=False))
