"""Quotes: found, cut, drawn as cards, put in lists, published."""

from django.urls import URLPattern, path, re_path

from voices.web.views import quotes, quotes_cards, quotes_cut, quotes_lists, quotes_publications

FORMAT = "(?P<form>carre|story|a5)"

urlpatterns: list[URLPattern] = [
    path("citations/", quotes.finder, name="quotes"),
    path("citations/<int:passage_id>/", quotes_cut.cut, name="quote_cut"),
    path("citations/<int:passage_id>/autour/", quotes.around, name="quote_around"),
    path("citations/<int:passage_id>/temoignage/", quotes.testimony, name="quote_testimony"),
    path("citations/<int:passage_id>/texte/", quotes_cut.copy, name="quote_copy"),
    path("citations/<int:passage_id>/garder/", quotes_lists.keep, name="quote_keep"),
    path("citations/<int:passage_id>/carte/", quotes_cards.cards, name="quote_cards"),
    re_path(rf"^citations/(?P<passage_id>\d+)/carte/{FORMAT}\.svg$", quotes_cards.preview, name="quote_card"),
    re_path(rf"^citations/(?P<passage_id>\d+)/carte/{FORMAT}/$", quotes_cards.take, name="quote_card_take"),
    path("listes/", quotes_lists.lists, name="shortlists"),
    path("listes/<int:list_id>/", quotes_lists.shortlist, name="shortlist"),
    path("listes/<int:list_id>/exporter/", quotes_lists.export, name="shortlist_export"),
    path("listes/<int:list_id>/supprimer/", quotes_lists.delete, name="shortlist_delete"),
    path("listes/citation/<int:item_id>/deplacer/", quotes_lists.shift, name="shortlist_shift"),
    path("listes/citation/<int:item_id>/retirer/", quotes_lists.drop, name="shortlist_drop"),
    path("publications/", quotes_publications.publications, name="publications"),
    path("publications/<int:publication_id>/retiree/", quotes_publications.take_down, name="publication_removed"),
]
