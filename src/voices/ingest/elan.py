"""ELAN's .eaf: the top tiers hold what is said, each by one speaker; other tiers gloss them."""

import re
from collections.abc import Iterator

from lxml import etree

from voices.errors import ReadingError
from voices.ingest.cues import Cue, join_cues
from voices.ingest.document import Document, Parsed, ReadOptions
from voices.ingest.xml import local_name, parse_xml

_ASIDE = re.compile(r"comment|note|remarque|geste|gesture|bruit|noise|regard|gaze|mimi", re.IGNORECASE)
_NO_ONE = re.compile(r"default|défaut|tier|ligne|transcription|texte?", re.IGNORECASE)


def read(data: bytes, options: ReadOptions) -> Parsed:
    """One document, annotations of all top tiers in order of time, a stretch for what each says in one go.

    Raises ReadingError where this is not an ELAN file.
    """
    del options
    root = parse_xml(data)
    if local_name(root) != "ANNOTATION_DOCUMENT":
        raise ReadingError("Ce fichier .eaf ne vient pas d’ELAN.", "L’ouvrir dans ELAN et l’enregistrer à nouveau.")
    slots = _slots(root)
    tiers = list(root.iter("TIER"))
    top = [tier for tier in tiers if not tier.get("PARENT_REF")]
    spoken = [tier for tier in top if not _ASIDE.search(tier.get("TIER_ID", ""))]
    cues = [cue for tier in spoken for cue in _cues(tier, slots)]
    cues.sort(key=lambda cue: cue.start or 0.0)
    return Parsed((Document(join_cues(cues)),), tuple(_details(tiers, top, spoken)), tuple(_warnings(root)))


def _slots(root: etree._Element) -> dict[str, float]:
    """Seconds of each time slot; one without a value takes that of the slot before it."""
    slots: dict[str, float] = {}
    last = 0.0
    for slot in root.iter("TIME_SLOT"):
        value = slot.get("TIME_VALUE", "")
        last = int(value) / 1000 if re.fullmatch(r"\d{1,12}", value) else last
        slots[slot.get("TIME_SLOT_ID", "")] = last
    return slots


def _cues(tier: etree._Element, slots: dict[str, float]) -> Iterator[Cue]:
    name = " ".join((tier.get("PARTICIPANT") or tier.get("TIER_ID") or "").split())
    speaker = None if _NO_ONE.fullmatch(name) else name or None
    for annotation in tier.iter("ALIGNABLE_ANNOTATION"):
        text = " ".join((annotation.findtext("ANNOTATION_VALUE") or "").split())
        start = slots.get(annotation.get("TIME_SLOT_REF1", ""))
        yield Cue(text, start, slots.get(annotation.get("TIME_SLOT_REF2", "")), speaker)


def _details(tiers: list[etree._Element], top: list[etree._Element], spoken: list[etree._Element]) -> Iterator[str]:
    yield f"Acteurs («\u202ftiers\u202f») lus\u202f: {len(spoken)} sur {len(tiers)}."
    if len(top) > len(spoken):
        yield f"Acteurs de commentaires ou de gestes, laissés de côté\u202f: {len(top) - len(spoken)}."


def _warnings(root: etree._Element) -> Iterator[str]:
    untimed = sum(1 for slot in root.iter("TIME_SLOT") if not slot.get("TIME_VALUE"))
    if untimed:
        yield f"Repères sans minutage\u202f: {untimed}\u202f; leurs paroles sont placées d’après l’ordre du fichier."
