"""Every address of the site, part by part."""

from voices.web.urls import (
    accounts,
    book,
    deposits,
    double,
    history,
    people,
    place,
    probes,
    quotes,
    reports,
    review,
    rights,
    search,
    tables,
    testimonies,
    themes,
    words,
)

handler400 = "voices.web.views.errors.bad_request"
handler403 = "voices.web.views.errors.forbidden"
handler404 = "voices.web.views.errors.not_found"
handler500 = "voices.web.views.errors.failed"

urlpatterns = [
    pattern
    for part in (
        accounts,
        people,
        deposits,
        testimonies,
        place,
        review,
        double,
        book,
        themes,
        search,
        words,
        tables,
        history,
        quotes,
        reports,
        rights,
        probes,
    )
    for pattern in part.urlpatterns
]
