"""A folder of the site made ready, by a process of its own: people, and passages to review. Told in JSON."""

import json
import sys

import django

PASSAGES = 40


def main() -> None:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.web.conftest import passage, person, place, signed_in, suggested, testimony

    here = place("La Cantine du Lavoir")
    of = testimony(here)
    passages = [passage(of, text=f"Le passage numéro {number}.") for number in range(PASSAGES)]
    for one in passages:
        suggested(one, {"accueil": "+"})
    people = {role: person(role, here if role == "coordination" else None) for role in ("evaluation", "coordination")}
    sessions = {role: signed_in(one).cookies["sessionid"].value for role, one in people.items()}
    json.dump({"place": here.pk, "passages": [one.pk for one in passages], "sessions": sessions}, sys.stdout)


if __name__ == "__main__":
    main()
