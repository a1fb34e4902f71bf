"""The administrator's pages: people, places, activity."""

from django.urls import URLPattern, path

from voices.web.views import accounts_sessions, people, people_activity, people_places

urlpatterns: list[URLPattern] = [
    path("personnes/", people.people, name="people"),
    path("personnes/inviter/", people.invite, name="person_invite"),
    path("personnes/invitations/<int:link_id>/annuler/", people.cancel_invitation, name="invitation_cancel"),
    path("personnes/<int:user_id>/", people.person, name="person"),
    path("personnes/<int:user_id>/roles/<int:grant_id>/retirer/", people.remove_grant, name="grant_remove"),
    path("personnes/<int:user_id>/fermer/", people.close, name="person_close"),
    path("personnes/<int:user_id>/rouvrir/", people.reopen, name="person_reopen"),
    path("personnes/<int:user_id>/lien/", people.new_password, name="person_link"),
    path("personnes/<int:user_id>/sans-code/", people.without_code, name="person_no_code"),
    path("personnes/<int:user_id>/connexions/fermer/", accounts_sessions.end_of_person, name="person_sessions_end"),
    path("lieux/", people_places.places, name="places"),
    path("lieux/nouveau/", people_places.new, name="place_new"),
    path("lieux/<int:place_id>/", people_places.edit, name="place_edit"),
    path("lieux/<int:place_id>/fermer/", people_places.close, name="place_close"),
    path("lieux/<int:place_id>/rouvrir/", people_places.reopen, name="place_reopen"),
    path("activite/", people_activity.activity, name="activity"),
]
