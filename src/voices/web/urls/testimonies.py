"""Addresses of the testimonies and of the check of their names."""

from django.urls import URLPattern, path

from voices.web.views import names, testimonies

urlpatterns: list[URLPattern] = [
    path("temoignages/", testimonies.listed, name="testimonies"),
    path("temoignages/<int:pk>/", testimonies.one, name="testimony"),
    path("temoignages/<int:pk>/noms/", names.names, name="names"),
    path("temoignages/<int:pk>/noms/remplacer/", names.replace, name="names_replace"),
    path("temoignages/<int:pk>/noms/remettre/", names.put_back, name="names_put_back"),
    path("temoignages/<int:pk>/noms/verifies/", names.checked, name="names_checked"),
]
