"""Tables and charts, and their files."""

from django.urls import URLPattern, path, re_path

from voices.web.views import tables

urlpatterns: list[URLPattern] = [
    path("tableaux/", tables.shown, name="tables"),
    re_path(r"^tableaux/tableaux\.(?P<form>csv|xlsx)$", tables.export, name="tables_export"),
]
