"""The Django application of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`voices.web`, labelled `web`."""

    name = "voices.web"
    label = "web"
    verbose_name = "Site"

    def ready(self) -> None:
        """Nothing; each sign-in, however it is made, begins a session that tells its time."""
        from django.contrib.auth.signals import user_logged_in

        from voices.web import sessions

        user_logged_in.connect(sessions.begin, dispatch_uid="voices.sessions")
