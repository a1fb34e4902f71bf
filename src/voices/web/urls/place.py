"""Addresses of « Mon lieu »."""

from django.urls import URLPattern, path

from voices.web.views import place

urlpatterns: list[URLPattern] = [
    path("lieu/", place.home, name="place_home"),
    path("lieu/<slug:slug>/", place.place, name="place"),
    path("lieu/<slug:slug>/passages/", place.passages, name="place_passages"),
]
