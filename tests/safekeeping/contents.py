"""What the base of a site holds, table by table, told in JSON by a process of its own."""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from voices.safekeeping import loading, tables

    found = {}
    for model in tables.models_at(tables.applied()):
        counted = loading.counted(model, "default")
        found[model._meta.label_lower] = [counted.lines, counted.digest]
    json.dump(found, sys.stdout)
