"""The addresses of machines that watch the site: no final stroke, as probes are used to."""

from django.urls import URLPattern, path

from voices.web.views import probes

urlpatterns: list[URLPattern] = [
    path("sante", probes.how_it_is, name="health"),
    path("mesures", probes.measures, name="measures"),
]
