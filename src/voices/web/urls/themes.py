"""Addresses of the themes."""

from django.urls import URLPattern, path

from voices.web.views import themes, themes_acts, themes_crossed, themes_listed, themes_map

urlpatterns: list[URLPattern] = [
    path("themes/", themes.listed, name="themes"),
    path("themes/calculer/", themes.compute, name="themes_compute"),
    path("themes/calcul/", themes.state, name="themes_state"),
    path("themes/carte/", themes_map.map_, name="themes_map"),
    path("themes/sans-theme/", themes_listed.none, name="themes_none"),
    path("themes/historique/", themes_acts.history, name="themes_history"),
    path("themes/historique/<int:pk>/annuler/", themes_acts.undo, name="theme_undo"),
    path("themes/<int:pk>/", themes_listed.theme, name="theme"),
    path("themes/<int:pk>/croise/", themes_crossed.crossed, name="theme_crossed"),
    path("themes/<int:pk>/renommer/", themes_acts.rename, name="theme_rename"),
    path("themes/<int:pk>/reunir/", themes_acts.merge, name="theme_merge"),
    path("themes/<int:pk>/remettre/", themes_acts.detach, name="theme_detach"),
    path("themes/<int:pk>/separer/", themes_acts.split, name="theme_split"),
    path("themes/<int:pk>/cacher/", themes_acts.hide, name="theme_hide"),
    path("themes/<int:pk>/montrer/", themes_acts.show, name="theme_show"),
]
