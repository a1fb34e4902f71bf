"""A first name that signs a quote, and that other words give to somebody: a reader would take one for the other.

Names that were replaced are replaced by common first names: one of them may be that of who agreed to be named.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from voices.letters import without_accents


def namesakes(names: Collection[str], texts: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Each of these names that some text holds, with the ids of the texts, which come with them.

    « Rose » is a name with its capital alone; where a text has no capital at all, « rose » is one too.
    """
    spelt = {form: name for name in names for form in (name, name.upper(), without_accents(name))}
    if not spelt:
        return {}
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, spelt))})(?![\w-])")
    found = defaultdict(set)
    for key, text in texts:
        for form in pattern.findall(text.title() if text.islower() else text):
            found[spelt[form]].add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


def first_name_of(attribution: str) -> str:
    """The first name that an attribution with one begins with."""
    return attribution.partition(",")[0]


def told(name: str, where: str) -> str:
    """What is told to who publishes, as a clause; `where` is « ce rapport », « cette liste »."""
    return (
        f"signée «\u202f{name}\u202f», alors qu’une autre parole de {where} parle de «\u202f{name}\u202f»\u202f: "
        "c’est sans doute quelqu’un d’autre, qu’on prendrait pour qui parle"
    )
