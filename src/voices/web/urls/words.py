"""Addresses of the words."""

from django.urls import URLPattern, path

from voices.web.views import words, words_classes

urlpatterns: list[URLPattern] = [
    path("mots/", words.compared, name="words"),
    path("mots/tableau.csv", words.export, name="words_export"),
    path("mots/ensemble/", words.together, name="words_together"),
    path("mots/mondes/", words_classes.classes, name="words_classes"),
    path("mots/mondes/mesurer/", words_classes.measure, name="words_measure"),
    path("mots/mondes/mesure/", words_classes.measured, name="words_measured"),
    path("mots/concordance/", words.concordance, name="words_concordance"),
]
