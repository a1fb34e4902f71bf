"""The pages that count, on a large base: how long each takes, from the request to the page.

Run: python -m benchmarks.pages [--passages 100000] [--keep folder] [--only themes] [--search]
On PostgreSQL: sh scripts/postgres.sh python -m benchmarks.pages

Passages are made as benchmarks.search makes them, with what a machine said of each (benchmarks.crowd), the decisions
of ten people, themes, and some publications. Each page is asked for by who uses it, all pictures aside; before each
request a person decides something, so that no figure of the last one can be served again. A first request of each kind
is left out. The machine may be shared: seconds of processor (of the site and, on PostgreSQL, of what
answers it there) are told beside those of the clock. `--keep` leaves the
base there, and takes it as it is if it is there already.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import crowd, search

PEOPLE, DECIDED, THEMES = 10, 20_000, 40
SUBCODES = {"accueil": ("autres", "soi"), "appartenance": ("lien",), "action": ("contribution",)}
_THEME = "/themes/{theme}/"
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "citations": ("communication", ("/citations/", "/citations/?page=2")),
    "citations, filtrées": (
        "communication",
        ("/citations/?a=accueil&ton=manque", "/citations/?lieu=lieu-7&longueur=court"),
    ),
    "citations, thème": ("communication", ("/citations/?theme={theme}",)),
    "citations, mots": ("communication", ("/citations/?par=mots&q=chaise", "/citations/?par=mots&q=accueillir")),
    "citations, sens": ("communication", ("/citations/?q=quelqu’un+qui+reprend+confiance", "/citations/?q=un+repas")),
    "tableaux": ("evaluation", tuple(f"/tableaux/?par={by}" for by in ("lieu", "annee", "mois", "moyen", "voix"))),
    "tableaux, filtrés": ("evaluation", ("/tableaux/?du=2023&avis=personne", "/tableaux/?theme={theme}&canal=sms")),
    "thèmes": ("evaluation", ("/themes/",)),
    "carte des thèmes": ("evaluation", ("/themes/carte/",)),
    "un thème": ("evaluation", (_THEME, f"{_THEME}?page=9", f"{_THEME}?lieu=lieu-3", f"{_THEME}?mot=chaise")),
    "sans thème": ("evaluation", ("/themes/sans-theme/", "/themes/sans-theme/?page=40")),
    "mon lieu": ("coordination", ("/lieu/lieu-7/", "/lieu/lieu-8/")),
    "passages de mon lieu": ("coordination", ("/lieu/lieu-7/passages/?code=accueil&sens=manque",)),
    "témoignages": ("evaluation", ("/temoignages/", "/temoignages/?page=300", "/temoignages/?codes=sans")),
    "témoignages, filtrés": ("evaluation", ("/temoignages/?lieu=lieu-7&noms=a_verifier", "/temoignages/?canal=sms")),
    "historique": ("evaluation", ("/historique/", "/historique/?page=200")),
    "historique, filtré": (
        "evaluation",
        ("/historique/?code=accueil&lieu=lieu-7", "/historique/?qui={person}&du=2024-01-01"),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="", help="the pages whose name holds these words")
    parser.add_argument("--search", action="store_true", help="what benchmarks.search measures, on this base")
    options = parser.parse_args()
    os.environ["VOICES_FILS"] = str(options.threads)
    with tempfile.TemporaryDirectory(prefix="voices-pages-") as folder:
        kept = options.keep or Path(folder)
        os.environ |= {"VOICES_DONNEES": str(kept), "DJANGO_SETTINGS_MODULE": "voices.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        (kept / "static").mkdir(exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        from voices.store.models import Theme

        if not Theme.objects.exists():
            fill(options.passages)
        (search.measure if options.search else measure)(options)


def fill(passages: int) -> None:
    """Nothing; the base holds what the pages show."""
    from django.db import connection

    search.fill(passages)
    crowd.suggest()
    chance = random.Random(search.SEED)
    say(chance)
    decide(chance, min(DECIDED, passages // 5))
    themes(chance)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def say(chance: random.Random) -> None:
    """Nothing; the machine's suggestions say what stands for their passages, with a reason and sub-codes."""
    from voices.store.models import Passage, Suggestion

    rows = Suggestion.objects.select_related("passage").only("pk", "codings", "passage")
    for some in batches(rows.order_by("pk")):
        for one in some:
            held = {code: sense for code in crowd.CODES if (sense := getattr(one.passage, code))}
            one.codings = [coding(one.passage, code, sense, chance) for code, sense in held.items()]
            one.passage.subcodes = [sub for code in held for sub in SUBCODES[code][: chance.randint(0, 2)]]
        Suggestion.objects.bulk_update(some, ["codings"], batch_size=500)
        Passage.objects.bulk_update([one.passage for one in some], ["subcodes"], batch_size=500)


def coding(passage: Any, code: str, sense: str, chance: random.Random) -> dict[str, object]:
    """What the machine says of a passage for a code."""
    start, end = chance.choice(passage.sentences)
    return {
        "code": code,
        "sense": sense,
        "subcodes": [],
        "certainty": "probable",
        "probability": chance.uniform(0.4, 1),
        "sense_probability": chance.uniform(0.6, 1),
        "evidence": {"start": start, "end": end, "neighbours": [], "against": []},
    }


def decide(chance: random.Random, count: int) -> None:
    """Nothing; ten people reviewed that many passages."""
    from voices.store.models import Decision, Grant, Passage, User

    people = User.objects.bulk_create(
        User(username=f"personne-{at}", name=f"Personne {at}", password="!") for at in range(PEOPLE)
    )
    Grant.objects.bulk_create(Grant(user=one, role="evaluation") for one in people)
    for some in batches(Passage.objects.filter(chance__lt=count / max(1, Passage.objects.count())).order_by("pk")):
        Decision.objects.bulk_create(
            Decision(
                passage=one,
                author=chance.choice(people),
                kind="code",
                codes={code: sense for code in crowd.CODES if (sense := getattr(one, code))},
                before={"codes": {}, "subcodes": [], "trust": False, "standing": "machine"},
                token=f"mesure-{one.pk}",
            )
            for one in some
        )
        Passage.objects.filter(pk__in=[one.pk for one in some]).update(standing="relu")


def themes(chance: random.Random) -> None:
    """Nothing; two passages of three are in a theme, most of the others were compared."""
    from voices.store.models import Passage, PassageTheme, Theme, ThemeRun, UnthemedPassage

    run = ThemeRun.objects.create(method="mesure")
    found = [
        Theme.objects.create(
            run=run, label=f"Thème {at}", keywords=["mot", "autre"], x=chance.random(), y=chance.random()
        )
        for at in range(THEMES)
    ]
    sizes = [1 / (at + 2) for at in range(THEMES)]
    ids, ranks = list(Passage.objects.values_list("pk", flat=True)), [0] * THEMES
    for first in range(0, len(ids), 2000):
        inside, outside = [], []
        for pk in ids[first : first + 2000]:
            point = {"x": chance.random(), "y": chance.random()}
            if chance.random() < 0.66:
                at = chance.choices(range(THEMES), sizes)[0]
                ranks[at] += 1
                inside.append(PassageTheme(theme=found[at], passage_id=pk, rank=ranks[at], **point))
            else:
                outside.append(UnthemedPassage(run=run, passage_id=pk, left_out=chance.random() < 0.2, **point))
        PassageTheme.objects.bulk_create(inside)
        UnthemedPassage.objects.bulk_create(outside)


def batches(rows: Any, size: int = 2000) -> Iterator[list[Any]]:
    """The rows, so many at a time; what changes meanwhile does not matter."""
    ids = list(rows.values_list("pk", flat=True))
    for first in range(0, len(ids), size):
        yield list(rows.filter(pk__in=ids[first : first + size]))


def measure(options: argparse.Namespace) -> None:
    """Nothing; what each page took is told."""
    from voices.store.models import Theme, User
    from voices.web import warming

    asked = {"theme": Theme.objects.order_by("pk").first().pk, "person": User.objects.order_by("pk").first().pk}
    start = time.perf_counter()
    warming.warm()
    print(f"made ready in {time.perf_counter() - start:.1f} s; load of the machine: {os.getloadavg()[0]:.1f}")
    print(f"{'':24}{'p50':>9}{'p95':>9}{'processor p50':>16}{'p95':>9}")
    chance = random.Random(time.time())  # the base may have been kept: other decisions than last time
    for name, (role, addresses) in PAGES.items():
        if options.only not in name:
            continue
        browser, clock, processor = signed_in(role), [], []
        for address in [addresses[0], *(addresses * options.rounds)]:
            decided(chance)
            before, begun = time.perf_counter(), search.spent()
            answer = browser.get(address.format(**asked))
            clock.append(time.perf_counter() - before)
            processor.append(search.spent() - begun)
            if answer.status_code != 200:
                sys.exit(f"{address}: {answer.status_code}")
        told = [f"{1000 * np.percentile(times[1:], at):.0f} ms" for times in (clock, processor) for at in (50, 95)]
        print(f"{name:24}{told[0]:>9}{told[1]:>9}{told[2]:>16}{told[3]:>9}", flush=True)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def signed_in(role: str) -> Any:
    """A browser where someone of that role is signed in, for the whole network."""
    from django.test import Client

    from voices.store.models import Grant, User

    user, new = User.objects.get_or_create(username=f"mesure-{role}")
    if new:
        Grant.objects.create(user=user, role=role)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def decided(chance: random.Random) -> None:
    """Nothing; somebody reviewed one more passage."""
    from voices.domain import Sense
    from voices.reviewing.deciding import Coding, decide
    from voices.store.models import Passage, User

    passage = Passage.objects.filter(chance__gte=chance.random(), standing="machine", retired=False)
    codes = {code: chance.choice(list(Sense)) for code in crowd.CODES if chance.random() < 0.5}
    author, found = User.objects.get(username="personne-0"), passage.order_by("chance").first()
    if found:
        decide(found, author, Coding(codes), token=f"{chance.getrandbits(128):032x}")


if __name__ == "__main__":
    main()
