"""The Django application of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """`voices.web`, labelled `web`."""

    name = "voices.web"
    label = "web"
    verbose_name = "Site"
