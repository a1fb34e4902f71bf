"""Versions frozen, and proved to be what they were."""

import gzip
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from voices.errors import VoicesError
from voices.report.words import count
from voices.reporting.asked import AUDIENCES, Audience
from voices.reporting.facts import facts_of
from voices.reporting.known import known_by_neighbours
from voices.reporting.since import since
from voices.store.models import Act, Publication, ReportVersion, User


def freeze(version: ReportVersion, by: User) -> ReportVersion:
    """The version, frozen: from now on nothing of it changes. Its quotes are told to have gone out.

    Raises VoicesError where a consent has changed since it was composed, or where nobody has decided yet of a quote
    that neighbours would know; frozen twice, it is frozen once.
    """
    with transaction.atomic():
        held = ReportVersion.objects.select_for_update().get(pk=version.pk)
        if held.frozen_at:
            return held
        if since(held).recalls:
            raise VoicesError(
                "Un accord a changé depuis que ce rapport a été composé.", "Composez-le de nouveau, puis figez-le."
            )
        _require_decided(held)
        held.digest, held.frozen_at, held.frozen_by = digest_of(held), timezone.now(), by
        held.save()
        _published(held, by)
    return held


def discard(version: ReportVersion, by: User) -> None:
    """Nothing; the draft is deleted. Raises VoicesError where the version is frozen."""
    with transaction.atomic():
        places = list(version.places.values_list("pk", flat=True)[:2])
        place = places[0] if len(places) == 1 else None
        states = {"before": version.title, "after": "supprimé"}
        ReportVersion.delete(version)
        Act.objects.create(kind=Act.Kind.DRAFT_DELETED, place_id=place, made_by=by, **states)


def digest_of(version: ReportVersion) -> str:
    """SHA-256 of the lines of `prints`: one number for the page, the PDF and the figures together."""
    return sha256("\n".join(f"{name} {print_}" for name, print_ in prints(version).items()).encode()).hexdigest()


def prints(version: ReportVersion) -> dict[str, str]:
    """SHA-256 of each file of the version, as anyone can compute it of the file they hold."""
    files = {"page.html": version.html.encode(), "rapport.pdf": bytes(version.pdf)}
    files["chiffres.json"] = gzip.decompress(bytes(version.facts))
    return {name: sha256(content).hexdigest() for name, content in files.items()}


def intact(version: ReportVersion) -> bool:
    """Whether the frozen version is, to the last sign, what was frozen."""
    return bool(version.frozen_at) and version.digest == digest_of(version)


def _require_decided(version: ReportVersion) -> None:
    """Nothing. Raises VoicesError where a quote that neighbours would know is neither kept nor left out."""
    left = len(known_by_neighbours(version))
    if left:
        few = left == 1
        raise VoicesError(
            f"{count(left, 'citation')} {'pourrait' if few else 'pourraient'} faire reconnaître qui parle\u202f: "
            "ce rapport ne peut pas encore être figé.",
            f"Ouvrez ce brouillon, choisissez de {'la garder ou de la' if few else 'garder ou de'} laisser"
            f"{'' if few else ' chacune'}, composez de nouveau, puis figez.",
        )


def _published(version: ReportVersion, by: User) -> None:
    """Kept where quotes went, so that a consent withdrawn later finds them."""
    outlet = AUDIENCES[Audience(version.audience)].outlet
    Publication.objects.bulk_create(
        Publication(
            testimony_id=one["testimony"],
            passage_id=one["passage"],
            text=one["text"],
            attribution=one["attribution"][:200],
            named=one["named"],
            form="rapport",
            outlet=outlet.value,
            where=version.title,
            made_by=by,
        )
        for one in facts_of(version)["quotes"]
    )
