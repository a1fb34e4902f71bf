"""The parts of a report and the words of its authors."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A plan beside each version: none means all parts, in their order."""

    dependencies = [("store", "0005_typed_texts")]
    operations = [
        migrations.AddField("reportversion", "plan", models.JSONField(default=dict)),
    ]
