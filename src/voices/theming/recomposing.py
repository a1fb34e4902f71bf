"""Themes that people recomposed since they were measured: put together, or cut."""

from django.db.models import Q

from voices.store.models import Theme, ThemeRun


def recomposed() -> frozenset[int]:
    """The ids of the shown themes whose stability is not that of what they hold now: others were put into them, or a
    part was taken out of them; and of these parts.
    """
    run = ThemeRun.objects.order_by("-pk").first()
    if run is None:
        return frozenset()
    here = Theme.objects.filter(run=run)
    homes = Theme.objects.filter(merged__in=here)
    cut = here.filter(stability=None).filter(Q(parts__run=run) | ~Q(split_from=None))
    return frozenset(pk for some in (homes, cut) for pk in some.values_list("pk", flat=True))
