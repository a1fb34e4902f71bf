"""Addresses of the history."""

from django.urls import URLPattern, path

from voices.web.views import history

urlpatterns: list[URLPattern] = [
    path("historique/", history.history, name="history"),
    path("historique/export.csv", history.export, name="history_export"),
]
