"""Names of themes: how many passages, and how many central quotes, say a word of them; on three corpora.

Run: python -m benchmarks.theme_names [--labels]      (--labels: each name, with its shares)
A name is said where a passage has one of its words, as it is written or as a lemma, case, accents, articles and plurals
apart. Of shares, themes weigh as much as they have passages.
"""

import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.themes import passage
from voices import encoders, pipeline, settings
from voices.domain import Passage, Theme
from voices.themes import find, words

CORPORA = Path(__file__).parents[1] / "corpora"
SIZES = {"gold": (126, 300, 1_000, 2_896), "written": (126, 300, 1_000, 3_000)}
SEED = 3
"""As the command has it, unless told."""
SAID = 0.2
"""A name that fewer of its passages say sums nothing up."""
_ARTICLES = frozenset({"l", "d", "le", "la", "les", "un", "une", "des", "de", "du", "au", "aux", "a"})
_UNSURE = "Sans nom sûr"
_SHORT = 3


def main() -> None:
    encoder = encoders.load("e5-small-fr", models=settings.shipped_models(), cache=None, threads=2)
    for name, passages in corpora():
        found = find(passages, encoder.encode([one.text for one in passages]), seed=SEED)
        lemmas = words.read([one.text for one in passages])
        texts = {one.id: bare(" ".join((one.text, *said.lemmas))) for one, said in zip(passages, lemmas, strict=True)}
        print(f"{name:14s} {told(found.themes, texts)}", flush=True)
        for theme in found.themes if "--labels" in sys.argv else ():
            print(f"    {of(theme, theme.passage_ids, texts):4.0%} {of(theme, theme.central, texts):4.0%}", end="  ")
            print(f"{len(theme.passage_ids):4d}  {theme.label}")


def told(themes: Sequence[Theme], texts: dict[str, str]) -> str:
    """One line: the themes together, then those named for sure."""
    sure = [one for one in themes if not one.label.startswith(_UNSURE)]
    loose = sum(of(one, one.passage_ids, texts) < SAID for one in sure)
    line = f"{len(themes):3d} themes · {_shares(themes, texts)}"
    return f"{line} · named for sure {len(sure):3d}: {_shares(sure, texts)}, said by less than {SAID:.0%}: {loose}"


def _shares(themes: Sequence[Theme], texts: dict[str, str]) -> str:
    passages = sum(len(one.passage_ids) for one in themes) or 1
    central = sum(len(one.central) for one in themes) or 1
    said = sum(of(one, one.passage_ids, texts) * len(one.passage_ids) for one in themes) / passages
    quoted = sum(of(one, one.central, texts) * len(one.central) for one in themes) / central
    return f"passages {said:4.0%}, central {quoted:4.0%}"


def of(theme: Theme, ids: Sequence[str], texts: dict[str, str]) -> float:
    """The share of these passages that say a word of the theme's name. `texts`: what they say, bare."""
    label = theme.label.removeprefix(_UNSURE)
    named = [word for word in re.findall(r"\w+", bare(label)) if word not in _ARTICLES]
    says = re.compile(rf"\b(?:{'|'.join(re.escape(_singular(word)) for word in named)})(?:s|x|es)?\b")
    return sum(bool(says.search(texts[one])) for one in ids) / max(len(ids), 1)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word.endswith(("s", "eaux")) else word


def bare(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def corpora() -> Iterator[tuple[str, list[Passage]]]:
    """The demo as the command reads it; then whole testimonies drawn among those of each corpus."""
    yield "demo", list(pipeline.cut_study(CORPORA / "demo").passages)
    for name, sizes in SIZES.items():
        lines = (CORPORA / name / "coded_passages.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        testimonies = sorted({row["testimony_id"] for row in rows})
        random.Random(SEED).shuffle(testimonies)
        rank = {testimony: number for number, testimony in enumerate(testimonies)}
        rows.sort(key=lambda row: (rank[row["testimony_id"]], row["passage_no"]))
        for size in sizes:
            some = [passage(row["testimony_id"], row["passage_no"], row["text"]) for row in rows[:size]]
            yield f"{name} {len(some)}", some


if __name__ == "__main__":
    main()
