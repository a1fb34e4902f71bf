"""Addresses of the history."""

from django.urls import URLPattern, path, re_path

from voices.web.views import history

urlpatterns: list[URLPattern] = [
    path("historique/", history.history, name="history"),
    re_path(r"^historique/export\.(?P<form>csv|xlsx)$", history.export, name="history_export"),
]
