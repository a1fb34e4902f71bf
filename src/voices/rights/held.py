"""All that is held on a testimony, for who asks to see it: as data for a program, and as a page to read."""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Any

from django.utils import timezone

from voices.receiving.sealing import open_names
from voices.rights.outputs import outputs
from voices.settings import Settings
from voices.store.models import Act, Suggestion, Testimony
from voices.store.models.deposits import OUTLET_WORDS

Held = dict[str, Any]

BEFORE_GIVING = (
    "À regarder avant de remettre\u202f: d’autres personnes peuvent y être nommées, dans la table des noms et dans les "
    "textes. Cachez ce qui n’est pas à la personne."
)
_HEADINGS = {
    "temoignage": "Témoignage",
    "numero": "Numéro",
    "recueilli_comment": "Recueilli comment",
    "role": "Rôle dans le lieu",
    "recu_le": "Reçu le",
    "depose_par": "Déposé par",
    "permet": "Ce qu’il permet",
    "comment": "Comment il a été donné",
    "canaux": "Canaux permis",
    "jusqu_au": "Jusqu’au",
    "noms_remplaces": "Noms remplacés",
    "en_usage": "En usage",
    "themes": "Thèmes",
    "probabilites": "Probabilités",
    "decisions": "Décisions",
    "ou": "Où",
    "de": "Avant",
    "a": "Après",
}
"""Of the page, where the words for programs are not French enough."""


def everything(row: Testimony, settings: Settings) -> Held:
    """All of it, in French words. Raises PrivacyError where the key does not open the names."""
    return {
        "avant_de_remettre": BEFORE_GIVING,
        "temoignage": _testimony(row),
        "accord": _consent(row),
        "noms_remplaces": _names(row, settings),
        "passages": list(_passages(row)),
        "sorties": [_output(one) for one in outputs(row)],
        "gestes": [_act(one) for one in Act.objects.filter(testimony=row).order_by("pk")],
    }


def archive(row: Testimony, settings: Settings) -> bytes:
    """A .zip of both: `tout.json`, which another tool can take up (art. 20), and `tout.html`, to be read."""
    held = everything(row, settings)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("tout.json", json.dumps(held, ensure_ascii=False, indent=2) + "\n")
        opened.writestr("tout.html", page(held))
    return file.getvalue()


def page(held: Mapping[str, Any]) -> str:
    """All of it as one page that needs nothing else."""
    title = f"Tout ce qui est gardé\u202f: témoignage n° {held['temoignage']['numero']}"
    first = f"<p><strong>{escape(held['avant_de_remettre'])}</strong></p>"
    parts = ((name, part) for name, part in held.items() if name != "avant_de_remettre")
    body = "".join(f"<section><h2>{escape(_heading(name))}</h2>{_html(part)}</section>" for name, part in parts)
    return (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        "<style>body{font:1.05rem/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
        "dt{font-weight:bold;margin-top:.5rem}dd{margin:0 0 0 1rem;white-space:pre-wrap}"
        "li{margin:.6rem 0}section{border-top:1px solid #999;margin-top:2rem}</style></head>"
        f"<body>{first}<h1>{escape(title)}</h1>{body}</body></html>"
    )


def _testimony(row: Testimony) -> Held:
    deposit, file = row.deposit, row.file
    return {
        "numero": row.pk,
        "lieu": row.place.name,
        "date": row.date,
        "recueilli_comment": row.channel,
        "role": row.role,
        "recu_le": _when(row.made_at),
        "depose_par": str(deposit.made_by) if deposit and deposit.made_by else "",
        "fichier": file.title if file else "",
        "texte_gardé": row.text,
        "remplacements": dict(row.replaced),
    }


def _consent(row: Testimony) -> Held:
    return {
        "permet": row.get_consent_display(),
        "comment": row.consent_source,
        **_limits(row.limits),
        "changements": [
            {
                "le": _when(one.made_at),
                "de": one.before,
                "a": one.after,
                "note": one.source,
                "par": str(one.made_by or ""),
                **_limits(one.limits_after),
            }
            for one in row.consent_changes.select_related("made_by").order_by("pk")
        ],
    }


def _limits(limits: Mapping[str, str]) -> Held:
    outlets = [OUTLET_WORDS[one] for one in limits.get("outlets", "").split() if one in OUTLET_WORDS]
    return {
        "canaux": outlets,
        "jusqu_au": limits.get("until", ""),
        "recueilli_par": limits.get("collected_by", ""),
        "forme": limits.get("way", ""),
    }


def _names(row: Testimony, settings: Settings) -> list[Held]:
    """What stood for what: the person's own names are theirs to see."""
    if not row.names:
        return []
    return [
        {"sorte": one.kind, "mot": one.original, "remplacé par": one.replacement}
        for one in open_names(row.names, settings)
    ]


def _passages(row: Testimony) -> Iterator[Held]:
    by_machine: dict[int, list[Suggestion]] = {}
    for one in Suggestion.objects.filter(passage__testimony=row).select_related("machine_pass").order_by("pk"):
        by_machine.setdefault(one.passage_id, []).append(one)
    for passage in row.passages.prefetch_related("decisions__author", "themes__theme").order_by("start", "pk"):
        codes = {code: getattr(passage, code) for code in ("accueil", "appartenance", "action")} | passage.own
        yield {
            "numero": passage.pk,
            "texte": passage.text,
            "codes": {code: sense for code, sense in codes.items() if sense},
            "en_usage": not passage.retired,
            "themes": [one.theme.name for one in passage.themes.all()],
            "propositions_de_la_machine": [
                {"codeur": one.machine_pass.coder, "probabilites": one.probabilities}
                for one in by_machine.get(passage.pk, [])
            ],
            "decisions": [
                {
                    "le": _when(one.made_at),
                    "par": str(one.author or ""),
                    "quoi": one.get_kind_display(),
                    "codes": one.codes,
                    "commentaire": one.comment,
                }
                for one in passage.decisions.all()
            ],
        }


def _output(one: Any) -> Held:  # noqa: ANN401 - an Output
    by = str(one.by or "")
    return {
        "quoi": one.what,
        "canal": one.channel,
        "ou": one.where,
        "le": _when(one.when),
        "par": by,
        "mots": one.words,
    }


def _act(one: Act) -> Held:
    return {"le": _when(one.made_at), "quoi": one.get_kind_display(), "de": one.before, "a": one.after}


def _when(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat(sep=" ", timespec="minutes")


def _heading(name: str) -> str:
    return _HEADINGS.get(name) or name[:1].upper() + name[1:].replace("_", " ")


def _html(part: Any) -> str:  # noqa: ANN401 - whatever JSON can carry
    if isinstance(part, Mapping):
        told = (
            f"<dt>{escape(_heading(str(name)))}</dt><dd>{_html(value)}</dd>" for name, value in part.items() if value
        )
        return f"<dl>{''.join(told)}</dl>" if any(part.values()) else "<p>Rien.</p>"
    if isinstance(part, list):
        return f"<ul>{''.join(f'<li>{_html(one)}</li>' for one in part)}</ul>" if part else "<p>Rien.</p>"
    if isinstance(part, float):
        return f"{part:.2f}".replace(".", ",")
    return escape("oui" if part is True else str(part))
