"""The lemmas of words: « accueillir » for « accueillie », so that one word finds all its forms.

What a passage keeps (`Passage.lemmas`) holds one lemma a word, in the order of `words.spans`: where a lemma is found,
its word is known. The tagger reads a passage whole; a query is a few words alone, which a tagger takes for anything: of
these every lemma that they can have is looked for.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, product
from typing import TYPE_CHECKING

from voices import french
from voices.ports import Progress
from voices.store.search.words import Needles, Term, fold, spans, terms

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_UNUSED = ("parser", "senter", "ner")
_ASKED = ("VERB", "AUX", "NOUN", "ADJ", "PRON", "DET")
_WAYS = 24
"""How many ways of reading a phrase of several words are looked for."""


def lemmas_of(texts: Sequence[str], *, progress: Progress | None = None) -> list[str]:
    """Of each text its lemmas, one a word, in lower case, between spaces: what `Passage.lemmas` holds."""
    nlp = french.pipeline(full=True)
    found = []
    for done, doc in enumerate(nlp.pipe(texts, batch_size=64, disable=_UNUSED), start=1):
        found.append(" ".join(_lemmas(doc)))
        if progress and (done % 64 == 0 or done == len(texts)):
            progress(done, len(texts))
    return found


def by_lemma(query: str) -> Needles:
    """Every term of the query, whatever the form: each word by the lemmas it can have.

    Words between quotation marks follow one another; others, elided ones left out (« l’accueil »), may be anywhere.
    """
    asked = terms(query)
    return tuple(chain.from_iterable(_needles(term, alone=len(asked) == 1) for term in asked))


def _needles(term: Term, *, alone: bool) -> Iterator[tuple[tuple[str, ...], ...]]:
    if term.quoted:
        yield tuple(islice(product(*(sorted(lemmas_of_word(word)) for word in term.words)), _WAYS))
        return
    full = [word for word in term.words if len(word) > 1 or word.isdigit()]
    for word in full or (term.words if alone else ()):
        yield tuple((lemma,) for lemma in sorted(lemmas_of_word(word)))


def _lemmas(doc: "Doc") -> Iterator[str]:
    lexicon, tokens = french.dictionary(), {token.idx: token for token in doc}
    for start, end in spans(doc.text):
        form = doc.text[start:end].lower()
        yield _one_word(_lemma(lexicon, form, tokens.get(start)))


def _lemma(lexicon: french.Dictionary, form: str, token: "Token | None") -> str:
    if token is None or token.text.rstrip("'’").lower() != form:
        return lexicon.form(form)
    return lexicon.mended(form, token.lemma_.lower(), token.pos_)


def _one_word(lemma: str) -> str:
    """Without what would part it in two: « aujourd’hui »."""
    return "".join(char for char in lemma if char.isalnum()) or lemma


@lru_cache(maxsize=4096)
def lemmas_of_word(word: str) -> frozenset[str]:
    """Every lemma that the word can have, folded; itself among them."""
    from spacy.tokens import Doc

    lemmatiser, lexicon = french.lemmatiser(), french.dictionary()
    found = {word, lexicon.form(word)}
    for pos in _ASKED:
        token = Doc(lemmatiser.vocab, words=[word], pos=[pos])[0]
        told = lemmatiser.rule_lemmatize(token)
        found |= {lemma for lemma in told if lemma in lexicon.lemmas}
    if f"{word}r" in lexicon.verbs:
        found.add(f"{word}r")
    return frozenset(fold(_one_word(lemma)) for lemma in found)
