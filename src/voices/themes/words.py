"""What a passage talks about: its content words (lemmas) and its noun phrases, as the witness wrote them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voices import french
from voices.ports import Progress
from voices.themes.stop import STOP, is_filler

if TYPE_CHECKING:
    from spacy.tokens import Token

Key = tuple[str, ...]
"""The content lemmas of a phrase: two phrases of one key are the same phrase."""

_CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
_SAYING = _CONTENT | {"ADV", "PROPN"}
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
_LINKS = frozenset({"de", "du", "des", "d'", "d’", "à", "au", "aux"})
_MAY_ELIDE = frozenset("aeiouyhàâéèêëîïôœù")
_ARTICLES = frozenset({"le", "la", "les", "l'", "l’"})
_BATCH = 256
_DEFINITE = {"du": "le", "au": "le", "un": "le", "ce": "le", "une": "la", "ma": "la", "cette": "la"} | {
    "des": "les",
    "aux": "les",
    "mes": "les",
    "ces": "les",
    "nos": "les",
    "le": "le",
    "la": "la",
    "les": "les",
}
"""The definite article a noun takes after each of these, but before a vowel or an h."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its content lemmas, how it is written, and the definite article it takes (empty: not known)."""

    key: Key
    surface: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One passage's content lemmas in order, with repeats; its noun phrases; how many full words it has in all.

    `weight` also counts what never makes a theme (all-purpose verbs, names, adverbs): a measure of how much is said.
    """

    lemmas: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    weight: int
    verbs: frozenset[str] = frozenset()
    """Those of the lemmas that are verbs."""


_REPLACED = re.compile(r"\[[^\[\]]*\]")
"""What stands for an address or a number, which nobody said."""


def read(texts: Sequence[str], *, progress: Progress | None = None) -> list[Words]:
    """The words of each text, in the order given; names (words mostly capitalised in mid-sentence) are left out."""
    nlp = french.pipeline(full=True)
    kept = []
    said = [_REPLACED.sub(" ", text) for text in texts]
    with nlp.select_pipes(disable=[pipe for pipe in ("parser", "senter", "ner") if pipe in nlp.pipe_names]):
        for done, doc in enumerate(nlp.pipe(said, batch_size=_BATCH), start=1):
            kept.append([_Word.of(token) for token in doc])
            if progress and (done % _BATCH == 0 or done == len(texts)):
                progress(done, len(texts))
    names = _names(kept)
    usage = _Usage.of(kept)
    return [_words([usage.mended(word) for word in text], names) for text in kept]


@dataclass(frozen=True, slots=True)
class _Word:
    """What is kept of a spaCy token: a corpus of them is ten times lighter than its docs."""

    text: str
    lower: str
    lemma: str
    pos: str
    space: str
    inside: bool
    """In mid-sentence, where a capital means a name."""

    @classmethod
    def of(cls, token: "Token") -> "_Word":
        before = token.nbor(-1) if token.i else None
        inside = before is not None and (before.text[-1].isalnum() or before.text[-1] in ",;'’-")
        return cls(token.text, token.lower_, token.lemma_.lower(), token.pos_, token.whitespace_, inside)


@dataclass(frozen=True, slots=True)
class _Usage:
    """What the whole corpus knows of its words, to mend what a tagger makes of one sentence of spoken French."""

    written: frozenset[str]
    infinitives: frozenset[str]
    verb_forms: frozenset[str]

    @classmethod
    def of(cls, texts: Sequence[Sequence[_Word]]) -> "_Usage":
        words = [word for text in texts for word in text]
        verbs = Counter(word.lower for word in words if word.pos in ("VERB", "AUX"))
        nouns = Counter(word.lower for word in words if word.pos == "NOUN")
        return cls(
            written=frozenset(word.lower for word in words),
            infinitives=frozenset(word.lemma for word in words if word.pos == "VERB" and word.lemma[-1:] == "r"),
            verb_forms=frozenset(form for form, n in verbs.items() if n >= nouns[form]),
        )

    def mended(self, word: _Word) -> _Word:
        """« parle », left as it is by the lemmatiser, becomes « parler »; « veux », taken for a noun, is a verb.

        A lemma that nobody wrote (« rentraire ») is the lemmatiser's, regular infinitives and plurals apart: the form
        is kept.
        """
        if word.pos == "NOUN" and word.lower in self.verb_forms:
            return replace(word, pos="AUX")
        if word.pos == "VERB" and word.lemma + "r" in self.infinitives:
            return replace(word, lemma=word.lemma + "r")
        plural = word.lower in (word.lemma + "s", word.lemma + "x")
        if word.lemma not in self.written and not plural and not word.lemma.endswith("er"):
            return replace(word, lemma=word.lower)
        return word


def _names(texts: Sequence[Sequence[_Word]]) -> frozenset[str]:
    capitals: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for words in texts:
        for word in words:
            if word.inside:
                inside[word.lower] += 1
                capitals[word.lower] += word.text[0].isupper()
    return frozenset(word for word, n in capitals.items() if 2 * n > inside[word])


def _words(tokens: Sequence[_Word], names: frozenset[str]) -> Words:
    content = [word for word in tokens if _is_content(word, names)]
    return Words(
        lemmas=tuple(word.lemma for word in content),
        phrases=tuple(_phrases(tokens, names)),
        weight=sum(word.pos in _SAYING and not is_filler(word.lower) for word in tokens),
        verbs=frozenset(word.lemma for word in content if word.pos == "VERB"),
    )


def _is_content(word: _Word, names: frozenset[str]) -> bool:
    return _is_named_thing(word, names) and word.lemma not in STOP and word.lower not in STOP


def _is_named_thing(word: _Word, names: frozenset[str]) -> bool:
    if word.pos == "VERB" and not word.lemma.endswith(("r", "re")):
        return False  # the lemmatiser did not know it: « faudrait », « compris »
    if is_filler(word.lower) or is_filler(word.lemma):
        return False
    return word.pos in _CONTENT and word.lower not in names and _WORD.fullmatch(word.text) is not None


def _phrases(words: Sequence[_Word], names: frozenset[str]) -> Iterator[Phrase]:
    """Every NOUN (ADJ)? (de|à ARTICLE? NOUN ADJ?)? whose head noun says something."""
    for start, head in enumerate(words):
        if head.pos == "NOUN" and _is_content(head, names):
            for end in _ends(words, start, names):
                inner = words[start:end]
                key = tuple(word.lemma for word in inner if word.pos in _CONTENT)
                article = _article(words[start - 1].lower, head.lower) if start else ""
                yield Phrase(key, "".join(word.text + word.space for word in inner).strip(), article)


def _article(before: str, noun: str) -> str:
    if before in ("l'", "l’"):
        return "l’"
    definite = _DEFINITE.get(before, "")
    if definite == "les" or noun[0] not in _MAY_ELIDE:
        return definite
    return before if before in _ARTICLES else ""


def _ends(words: Sequence[_Word], start: int, names: frozenset[str]) -> Iterator[int]:
    """Where a phrase that begins at `start` may end: after its noun, its adjective, its complement."""
    at = start + 1
    yield at
    if _fits(words, at, "ADJ", names):
        at += 1
        yield at
    if at < len(words) and words[at].lower in _LINKS:
        at += 1
        if at < len(words) and words[at].lower in _ARTICLES:
            at += 1
        if _fits(words, at, "NOUN", names):
            yield at + 1


def _fits(words: Sequence[_Word], at: int, pos: str, names: frozenset[str]) -> bool:
    return at < len(words) and words[at].pos == pos and _is_named_thing(words[at], names)
