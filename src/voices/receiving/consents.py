"""What a testimony's consent becomes, kept: who changed it, why, and what a withdrawal takes away."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from voices.domain import Consent
from voices.store.models import Act, ConsentChange, Deposit, Passage, Testimony, User
from voices.store.models.deposits import LIMITS

Limits = Mapping[str, str]
"""The fields of `ConsentLimits` that change, as they are kept; none where the limits stay as they were."""
UNCHANGED: Limits = {}


def change(
    testimonies: Iterable[Testimony],
    after: Consent,
    *,
    source: str,
    by: User | None,
    limits: Limits = UNCHANGED,
) -> int:
    """How many testimonies changed. A withdrawal retires their passages; a consent given again brings these back."""
    with transaction.atomic():
        asked = Testimony.objects.filter(pk__in=[one.pk for one in testimonies])
        others = asked.exclude(consent=after.value, **limits)
        rows = list(others.select_for_update().order_by("pk"))
        for row in rows:
            _change(row, after, limits, source, by)
    return len(rows)


def change_deposit(
    deposit: Deposit,
    testimonies: Iterable[Testimony],
    after: Consent,
    *,
    source: str,
    by: User | None,
    limits: Limits = UNCHANGED,
) -> int:
    """How many testimonies changed; the deposit's files that are still to be read will say the same."""
    with transaction.atomic():
        held = Deposit.objects.select_for_update().get(pk=deposit.pk)
        if held.consent != after.value:
            said = {"before": held.consent, "after": after.value, "source": source}
            Act.objects.create(kind=Act.Kind.DEPOSIT_CONSENT, deposit=held, place_id=held.place_id, made_by=by, **said)
        Deposit.objects.filter(pk=deposit.pk).update(consent=after.value, consent_source=source, **limits)
        return change(testimonies, after, source=source, by=by, limits=limits)


def _change(row: Testimony, after: Consent, limits: Limits, source: str, by: User | None) -> None:
    withdrawn = after is Consent.WITHDRAWN
    was_withdrawn = row.consent == Consent.WITHDRAWN.value
    retired = list(row.passages.filter(retired=False).values_list("pk", flat=True)) if withdrawn else []
    if was_withdrawn:
        last = row.consent_changes.filter(after=Consent.WITHDRAWN.value).order_by("pk").last()
        Passage.objects.filter(pk__in=last.retired if last else []).update(retired=False)
    Passage.objects.filter(pk__in=retired).update(retired=True)
    before, limits_before = row.consent, row.limits
    row.consent, row.consent_source = after.value, source
    for name, value in limits.items():
        setattr(row, name, value)
    row.save(update_fields=["consent", "consent_source", *LIMITS])
    ConsentChange.objects.create(
        testimony=row,
        before=before,
        after=after.value,
        source=source,
        limits_before=limits_before,
        limits_after=row.limits,
        retired=retired,
        made_by=by,
    )
