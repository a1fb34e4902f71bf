"""Addresses of the review."""

from django.urls import URLPattern, path

from voices.web.views.review import deciding, desk, differences, document, passes, recutting

urlpatterns: list[URLPattern] = [
    path("relire/", desk.queue, name="review"),
    path("relire/annuler/", deciding.undo_last, name="review_undo_last"),
    path("relire/departager/", differences.differences, name="review_differences"),
    path("relire/machine/", passes.passes, name="review_passes"),
    path("relire/machine/<int:pk>/", passes.one_pass, name="review_pass"),
    path("relire/temoignage/<int:pk>/", document.document, name="review_testimony"),
    path("relire/passage/<int:pk>/", desk.passage, name="review_passage"),
    path("relire/passage/<int:pk>/fiche/", desk.card, name="review_card"),
    path("relire/passage/<int:pk>/decider/", deciding.decide, name="review_decide"),
    path("relire/passage/<int:pk>/commenter/", deciding.comment, name="review_comment"),
    path("relire/passage/<int:pk>/couper/", recutting.split, name="review_split"),
    path("relire/passage/<int:pk>/joindre/", recutting.join, name="review_join"),
    path("relire/decision/<int:pk>/annuler/", deciding.undo, name="review_undo"),
]
