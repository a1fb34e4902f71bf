"""The themes of a coded study, with what can be told of them once codes, places and dates are known."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from voices.domain import Axis, Sense, Study, Theme, Themes
from voices.thematic import UNSURE
from voices.themes.crossing import Observation, cross, observed
from voices.themes.describing import Facts, Told, describe


def told(study: Study) -> Themes:
    """The study's themes, each described and crossed with the codes of its book, places, periods and channels."""
    seen = observed(study)
    of: dict[str, list[Observation]] = defaultdict(list)
    for one in seen:
        if one.theme_id is not None:
            of[one.theme_id].append(one)
    themes = tuple(replace(one, description=describe(_facts(one, of[one.id], study))) for one in study.themes.themes)
    crossings = cross(seen, [one.id for one in themes], [code.id for code in study.codebook.codes])
    return replace(study.themes, themes=themes, crossings=crossings)


def _facts(theme: Theme, mine: Sequence[Observation], study: Study) -> Facts:
    place_of = {one.testimony_id: one.known[Axis.PLACE] for one in mine}
    places = Counter(place for place in place_of.values() if place)
    values = Counter(value for one in mine for value in one.codes)
    codes = [
        Told(code.label, *(values[f"{code.id} {sense}"] for sense in (Sense.PRESENCE, Sense.LACK, Sense.MIXED)))
        for code in study.codebook.codes
    ]
    ordered = sorted(places.items(), key=lambda one: (-one[1], one[0]))
    return Facts(len(place_of), len(theme.passage_ids), ordered, codes, theme.label.startswith(UNSURE))
