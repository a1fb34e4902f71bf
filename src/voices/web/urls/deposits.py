"""Addresses of deposits and of consents."""

from django.urls import URLPattern, path

from voices.web.views import deposits, deposits_columns, deposits_consents

urlpatterns: list[URLPattern] = [
    path("deposer/", deposits.new, name="deposit_new"),
    path("deposer/depots/", deposits.listed, name="deposits"),
    path("deposer/depots/<int:deposit_id>/", deposits.deposit, name="deposit"),
    path("deposer/depots/<int:deposit_id>/etat/", deposits.state, name="deposit_state"),
    path("deposer/depots/<int:deposit_id>/accord/", deposits_consents.of_deposit, name="deposit_consent"),
    path("deposer/temoignages/<int:testimony_id>/accord/", deposits_consents.of_testimony, name="testimony_consent"),
    path("deposer/fichiers/<int:file_id>/colonnes/", deposits_columns.columns, name="file_columns"),
    path("deposer/fichiers/<int:file_id>/laisser/", deposits.leave, name="file_leave"),
    path("deposer/fichiers/<int:file_id>/reessayer/", deposits.retry, name="file_retry"),
]
