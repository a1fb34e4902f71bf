"""Addresses of the rights of those who testified."""

from django.urls import URLPattern, path

from voices.web.views import real_names, rights, rights_outputs

urlpatterns: list[URLPattern] = [
    path("deposer/temoignages/<int:testimony_id>/sorties/", rights_outputs.listed, name="testimony_outputs"),
    path("deposer/temoignages/<int:testimony_id>/lettre/", rights_outputs.letter_of, name="testimony_letter"),
    path("droits/", rights.home, name="rights"),
    path("droits/temoignages/<int:testimony_id>/", rights.one, name="rights_one"),
    path("droits/temoignages/<int:testimony_id>/sorties/", rights_outputs.listed_for_rights, name="rights_outputs"),
    path("droits/temoignages/<int:testimony_id>/lettre/", rights_outputs.letter_for_rights, name="rights_letter"),
    path("droits/temoignages/<int:testimony_id>/tout.zip", rights.export, name="rights_export"),
    path("droits/temoignages/<int:testimony_id>/vrais-noms/", real_names.real_names, name="real_names"),
    path("droits/temoignages/<int:testimony_id>/effacer/", rights.erased, name="rights_erase"),
    path("droits/effacements/<int:erasure_id>/", rights.erasure, name="erasure"),
]
