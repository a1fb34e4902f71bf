"""What a testimony's consent becomes, kept: who changed it, why, and what a withdrawal takes away."""

from collections.abc import Iterable

from django.db import transaction

from voices.domain import Consent
from voices.store.models import Act, ConsentChange, Deposit, Passage, Testimony, User


def change(testimonies: Iterable[Testimony], after: Consent, *, source: str, by: User | None) -> int:
    """How many testimonies changed. A withdrawal retires their passages; a consent given again brings these back."""
    with transaction.atomic():
        others = Testimony.objects.exclude(consent=after.value).filter(pk__in=[one.pk for one in testimonies])
        rows = list(others.select_for_update().order_by("pk"))
        for row in rows:
            _change(row, after, source, by)
    return len(rows)


def change_deposit(
    deposit: Deposit, testimonies: Iterable[Testimony], after: Consent, *, source: str, by: User | None
) -> int:
    """How many testimonies changed; the deposit's files that are still to be read will say the same."""
    with transaction.atomic():
        held = Deposit.objects.select_for_update().get(pk=deposit.pk)
        if held.consent != after.value:
            said = {"before": held.consent, "after": after.value, "source": source}
            Act.objects.create(kind=Act.Kind.DEPOSIT_CONSENT, deposit=held, place_id=held.place_id, made_by=by, **said)
        Deposit.objects.filter(pk=deposit.pk).update(consent=after.value, consent_source=source)
        return change(testimonies, after, source=source, by=by)


def _change(row: Testimony, after: Consent, source: str, by: User | None) -> None:
    withdrawn = after is Consent.WITHDRAWN
    retired = list(row.passages.filter(retired=False).values_list("pk", flat=True)) if withdrawn else []
    if row.consent == Consent.WITHDRAWN.value:
        last = row.consent_changes.filter(after=Consent.WITHDRAWN.value).order_by("pk").last()
        Passage.objects.filter(pk__in=last.retired if last else []).update(retired=False)
    Passage.objects.filter(pk__in=retired).update(retired=True)
    ConsentChange.objects.create(
        testimony=row, before=row.consent, after=after.value, source=source, retired=retired, made_by=by
    )
    row.consent, row.consent_source = after.value, source
    row.save(update_fields=["consent", "consent_source"])
