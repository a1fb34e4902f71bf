"""The code book: read, written, its versions and its files."""

from django.urls import URLPattern, path, re_path

from voices.web.views import book, book_edit

FILE = r"^grille/versions/(?P<number>\d{1,6})/grille\.(?P<form>toml|json|md)$"

urlpatterns: list[URLPattern] = [
    path("grille/", book.shown, name="book"),
    path("grille/nouveau/", book_edit.new, name="book_new"),
    path("grille/regles/", book_edit.rules, name="book_rules"),
    path("grille/importer/", book_edit.bring, name="book_import"),
    path("grille/enregistrer/", book_edit.keep, name="book_keep"),
    path("grille/code/<slug:code_id>/", book_edit.code, name="book_code"),
    path("grille/code/<slug:code_id>/retirer/", book_edit.remove, name="book_remove"),
    path("grille/versions/", book.versions, name="book_versions"),
    path("grille/versions/<int:number>/", book.version, name="book_version"),
    path("grille/versions/<int:number>/retablir/", book_edit.restore, name="book_restore"),
    re_path(FILE, book.export, name="book_export"),
]
