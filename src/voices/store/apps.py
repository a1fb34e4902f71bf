"""The Django application of the base."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class StoreConfig(AppConfig):
    """`voices.store`, labelled `store` in the base."""

    name = "voices.store"
    label = "store"
    verbose_name = "Base"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Nothing; the indexes of search are laid after each migration."""
        from voices.store.search.schema import lay

        post_migrate.connect(lay, sender=self, dispatch_uid="voices.search")
