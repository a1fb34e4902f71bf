"""Addresses of the double coding."""

from django.urls import URLPattern, path

from voices.web.views.double import coding, exports, listing, one, settling

urlpatterns: list[URLPattern] = [
    path("double-codage/", listing.listed, name="double"),
    path("double-codage/nouveau/", listing.new, name="double_new"),
    path("double-codage/<int:pk>/", one.one, name="double_one"),
    path("double-codage/<int:pk>/clore/", one.close, name="double_close"),
    path("double-codage/<int:pk>/annuler/", coding.undo, name="double_undo"),
    path("double-codage/<int:pk>/passage/<int:order>/", coding.passage, name="double_passage"),
    path("double-codage/<int:pk>/passage/<int:order>/fiche/", coding.card, name="double_card"),
    path("double-codage/<int:pk>/passage/<int:order>/decider/", coding.decide, name="double_decide"),
    path("double-codage/<int:pk>/differences/", settling.differences, name="double_differences"),
    path("double-codage/<int:pk>/differences/<int:order>/", settling.settle, name="double_settle"),
    path("double-codage/<int:pk>/codages.csv", exports.codings, name="double_codings"),
    path("double-codage/<int:pk>/differences.csv", exports.differences, name="double_differences_csv"),
]
