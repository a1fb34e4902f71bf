from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0012_outputs_and_erasures"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="found_again",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
