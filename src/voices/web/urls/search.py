"""Searching the passages."""

from django.urls import URLPattern, path

from voices.web.views import search

urlpatterns: list[URLPattern] = [
    path("chercher/", search.search, name="search"),
    path("chercher/garder/", search.save, name="search_save"),
    path("chercher/<int:pk>/oublier/", search.forget, name="search_forget"),
]
