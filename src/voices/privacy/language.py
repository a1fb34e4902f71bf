"""What spaCy's French model brings here: the words it knows, and whom it takes for a person."""

import importlib.util
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from voices import french
from voices.privacy.words import Words


@cache
def vocabulary() -> frozenset[str]:
    """The lower-case forms in the model's own list of strings.

    Read from its file, not from the pipeline: the pipeline's list grows with every text it sees, and what is
    replaced in one testimony must not depend on those read before.
    """
    spec = importlib.util.find_spec(french.MODEL)
    if spec is None or spec.origin is None:
        french.pipeline()  # says what is missing and how to install it
        return frozenset()
    file = next(Path(spec.origin).parent.glob(f"{french.MODEL}-*")) / "vocab" / "strings.json"
    return frozenset(string for string in json.loads(file.read_text(encoding="utf-8")) if string.islower())


def persons(texts: Sequence[Words], done: Iterable[int]) -> Iterator[frozenset[int]]:
    """For each text, the indexes of the words that spaCy takes for persons. `done` is consumed as it goes."""
    nlp = french.pipeline()
    with nlp.select_pipes(enable=["tok2vec", "ner"]):
        docs = nlp.pipe((words.text for words in texts), batch_size=64)
        for words, doc, _ in zip(texts, docs, done, strict=False):
            spans = [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PER"]
            yield frozenset(
                index
                for index, word in enumerate(words.items)
                if any(start <= word.start and word.end <= end for start, end in spans)
            )
