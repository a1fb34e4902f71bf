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
        """Nothing; the indexes of search, and what notes changes of what is counted, are laid after each migration."""
        from voices.store.columns import schema as columns
        from voices.store.search import schema as search

        post_migrate.connect(search.lay, sender=self, dispatch_uid="voices.search")
        post_migrate.connect(columns.lay, sender=self, dispatch_uid="voices.columns")
