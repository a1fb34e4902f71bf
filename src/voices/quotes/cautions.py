"""What may go wrong in a quote that was cut: a negation gone, a « mais » gone, half of a mixed word kept.

Nothing here forbids: a person reads the passage again and decides. The signs are words, so they miss some and see some
where there is no harm.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voices.domain import Passage, Sense
from voices.quotes.cutting import Span, left_out
from voices.quotes.style import answers, hangs

_DENIES = re.compile(
    r"(?<![\w’'-])(?:ne|n(?=[’'])|pas|plus|jamais|rien|personne|aucune?|ni|non|sans|guère|nulle part)(?![\w-])",
    re.IGNORECASE,
)
_DENIES_SURELY = re.compile(
    r"(?<![\w’'-])(?:ne|n(?=[’'])|pas|jamais|rien|aucune?|ni|sans|guère)(?![\w-])", re.IGNORECASE
)
_OPPOSES = re.compile(
    r"(?<![\w’'-])(?:mais|pourtant|cependant|toutefois|néanmoins|malgré|sauf|excepté|hormis|à part|sinon|"
    r"par contre|en revanche|au contraire|même si|quoique?|bien qu[e’']|alors qu[e’']|tandis qu[e’'])",
    re.IGNORECASE,
)
_TEMPERS = re.compile(
    r"(?<![\w’'-])(?:peut-être|parfois|quelquefois|rarement|presque|à peine|un peu|seulement|juste|si|s(?=[’']ils?\b)|"
    r"avant|autrefois|au début|aurais|aurait|voudrais|j[’']espère|j[’']aimerais|paraît)(?![\w-])",
    re.IGNORECASE,
)

_ELIDED = {"n": "n’", "s": "s’"}


@dataclass(frozen=True, slots=True)
class Caution:
    """A French sentence for who cuts; `grave` where the quote may say something else than the passage."""

    told: str
    grave: bool


def cautions(
    text: str, passage: Passage, spans: Sequence[Span], *, senses: Mapping[str, Sense], evidence: Sequence[Span] = ()
) -> tuple[Caution, ...]:
    """What to look at again before the quote is used, the gravest first; the spans are those of a checked quote.

    `senses` are those of the passage's codes, by the code's name; `evidence`, the sentences that say them best.
    """
    gone = left_out(text, passage, spans)
    found: dict[Caution, None] = {}
    for sentence in passage.sentences or ((passage.start, passage.end),):
        touched = [part for stretch in gone if (part := _shared(stretch, sentence))]
        whole = not any(_shared(span, sentence) for span in spans)
        for caution in _of_sentence(text, sentence) if whole else _of_words(text, touched):
            found[caution] = None
    for caution in (*_of_senses(senses, bool(gone)), *_of_evidence(spans, evidence), *_of_start(text, passage, spans)):
        found[caution] = None
    return tuple(sorted(found, key=lambda one: not one.grave))


def _of_words(text: str, stretches: Sequence[Span]) -> list[Caution]:
    """Words left out of a sentence that is kept."""
    gone = " ".join(text[start:end] for start, end in stretches)
    rules = (
        (_DENIES, "Une négation est laissée de côté ({})\u202f: la phrase peut dire le contraire de ce qui a été dit."),
        (_OPPOSES, "La coupe enlève {}, qui nuance ce qui est gardé."),
        (_TEMPERS, "La coupe enlève {}\u202f: la phrase devient plus affirmative."),
    )
    return [Caution(told.format(_listed(words)), grave=True) for rule, told in rules if (words := rule.findall(gone))]


def _of_sentence(text: str, sentence: Span) -> list[Caution]:
    """A sentence left out whole."""
    gone = text[slice(*sentence)]
    rules = (
        (_OPPOSES, "Une phrase laissée de côté contient {}\u202f: elle nuance peut-être ce qui est gardé."),
        (_DENIES_SURELY, "Une phrase laissée de côté contient une négation ({})."),
    )
    return [Caution(told.format(_listed(words)), grave=False) for rule, told in rules if (words := rule.findall(gone))]


def _of_senses(senses: Mapping[str, Sense], cut: bool) -> list[Caution]:
    return [
        Caution(
            f"{name} est mixte dans ce passage\u202f: il dit à la fois une présence et un manque. "
            "La coupe peut n’en garder que la moitié.",
            grave=True,
        )
        for name, sense in senses.items()
        if cut and sense is Sense.MIXED
    ]


def _of_evidence(spans: Sequence[Span], evidence: Sequence[Span]) -> list[Caution]:
    lost = [one for one in evidence if not any(_shared(span, one) for span in spans)]
    return [Caution("La phrase qui le dit le mieux n’est plus dans la citation.", grave=False)] if lost else []


def _of_start(text: str, passage: Passage, spans: Sequence[Span]) -> list[Caution]:
    quote = " ".join(text[start:end] for start, end in spans)
    found = []
    if hangs(quote):
        word = re.match(r"[\W_]*([\w’'-]+)", quote)
        found.append(
            Caution(
                f"La citation commence par «\u202f{word[1] if word else quote}\u202f»\u202f: "
                "sans ce qui précède, on peut ne pas savoir de quoi il s’agit.",
                grave=False,
            )
        )
    if passage.question and answers(quote):
        found.append(
            Caution("C’est une réponse\u202f: sans la question, elle peut se comprendre autrement.", grave=False)
        )
    return found


def _shared(one: Span, other: Span) -> Span | None:
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def _listed(words: Sequence[str]) -> str:
    """« ne », « pas »: each word once; an elided « n » gets its apostrophe back."""
    names = dict.fromkeys(_ELIDED.get(word.lower(), word.lower()) for word in words)
    return ", ".join(f"«\u202f{name}\u202f»" for name in names)
