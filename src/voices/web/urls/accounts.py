"""Signing in and out, links that were handed over, one's own account."""

from django.urls import URLPattern, path

from voices.web.views import accounts, accounts_links, accounts_own, accounts_sessions

urlpatterns: list[URLPattern] = [
    path("", accounts.home, name="home"),
    path("connexion/", accounts.sign_in, name="sign_in"),
    path("connexion/code/", accounts.sign_in_code, name="sign_in_code"),
    path("deconnexion/", accounts.sign_out, name="sign_out"),
    path("invitation/<str:token>/", accounts_links.invitation, name="invitation"),
    path("nouveau-mot-de-passe/<str:token>/", accounts_links.reset, name="reset"),
    path("compte/", accounts_own.account, name="account"),
    path("compte/nom/", accounts_own.rename, name="account_name"),
    path("compte/mot-de-passe/", accounts_own.change_password, name="account_password"),
    path("compte/couleurs/", accounts_own.choose_theme, name="account_theme"),
    path("compte/code/", accounts_own.second_factor_on, name="account_code"),
    path("compte/sans-code/", accounts_own.second_factor_off, name="account_no_code"),
    path("compte/connexions/", accounts_sessions.own, name="account_sessions"),
    path("compte/connexions/fermer/", accounts_sessions.end_own, name="account_sessions_end"),
]
