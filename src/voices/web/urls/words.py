"""Addresses of the words."""

from django.urls import URLPattern, path

from voices.web.views import words

urlpatterns: list[URLPattern] = [
    path("mots/", words.compared, name="words"),
    path("mots/ensemble/", words.together, name="words_together"),
    path("mots/concordance/", words.concordance, name="words_concordance"),
]
