"""The Django application of the base."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """`voices.store`, labelled `store` in the base."""

    name = "voices.store"
    label = "store"
    verbose_name = "Base"
    default_auto_field = "django.db.models.BigAutoField"
