"""The search page on a large base: how long each way of searching takes, from the request to the page.

Run: python -m benchmarks.search [--passages 100000] [--threads 2]
On PostgreSQL: sh scripts/postgres.sh python -m benchmarks.search

A base of its own is made and thrown away. Its passages are written ones (corpora/written) cut up and put together anew;
their vectors are drawn at random around 500 directions: what they hold changes no time. Each page is asked for as a
browser would, form, filters, count, twenty passages and their neighbours included; the first of each kind is left out.
The machine may be shared: seconds of processor are told beside those of the clock.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from benchmarks.warm import ROOT

WRITTEN = ROOT / "corpora" / "written" / "coded_passages.jsonl"
PLACES, SPAN, SEED = 40, 5, 3
CHANNELS = ("entretien", "questionnaire", "sms", "courrier", "vocal")
EXACT = (
    "chaise",
    "café",
    "personne",
    "« tout seul »",
    "coeur",
    "bénévoles",
    "confiance",
    "« je suis revenue »",
    "vélo",
)
LEMMA = ("accueillir", "réparer", "rencontrer", "parler", "oser", "« prendre le temps »", "inviter", "cuisiner", "rire")
MEANING = (
    "quelqu’un qui reprend confiance",
    "on ne m’a pas dit bonjour",
    "elle a trouvé un travail",
    "un repas partagé entre voisins",
    "je me sens inutile",
    "on m’attend le mardi",
    "la peur de déranger",
    "j’anime un atelier",
    "seul depuis le veuvage",
)
NARROW = {"lieu": "lieu-7", "du": "2023-06-01", "appartenance": "oui"}
KINDS: dict[str, list[dict[str, str]]] = {
    "mots exacts": [{"q": one, "mode": "mots"} for one in EXACT],
    "mots de tous les jours": [
        {"q": one, "mode": "mots"} for one in ("de", "et", "je", "on", "la", "les", "pas", "le")
    ],
    "toutes les formes": [{"q": one, "mode": "formes"} for one in LEMMA],
    "formes de tous les jours": [{"q": one, "mode": "formes"} for one in ("être", "avoir", "faire", "dire", "aller")],
    "le sens": [{"q": one, "mode": "sens"} for one in MEANING],
    "mots exacts, filtrés": [{"q": one, "mode": "mots"} | NARROW for one in EXACT],
    "le sens, filtré": [{"q": one, "mode": "sens"} | NARROW for one in MEANING],
    "filtres sans mots": [{code: sense} for code in ("accueil", "action") for sense in ("presence", "manque", "non")],
    "page 40": [{"q": one, "mode": "mots", "page": "40"} for one in ("chaise", "café", "personne", "on")],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ["VOICES_FILS"] = str(options.threads)
    with tempfile.TemporaryDirectory(prefix="voices-search-") as folder:
        os.environ["VOICES_DONNEES"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "voices.web.settings"
        import django
        from django.conf import settings
        from django.db import connection

        settings.DATABASES["default"]["TEST"] = (
            {"NAME": f"{folder}/test.sqlite3"} if not settings.VOICES.database else {}
        )
        django.setup()
        (Path(folder) / "static").mkdir()
        name = settings.DATABASES["default"]["NAME"]
        connection.creation.create_test_db(verbosity=0)
        try:
            fill(options.passages)
            measure(options)
        finally:
            connection.creation.destroy_test_db(str(name), verbosity=0)


def fill(count: int) -> None:
    """Nothing; that many passages are in the base, five a testimony, as the rest of the site would have left them."""
    from django.db import connection

    from voices.store.models import Passage, Place, Testimony

    start, chance = time.perf_counter(), random.Random(SEED)
    places = Place.objects.bulk_create(Place(name=f"Lieu {at}", slug=f"lieu-{at}") for at in range(PLACES))
    made, lemmas, vectors = texts(count, chance), Lemmas(), directions(count)
    for first in range(0, count, 400 * SPAN):
        parts = [list(islice(made, SPAN)) for _ in range(min(400, -(-(count - first) // SPAN)))]
        whole = [" ".join(" ".join(sentences) for sentences in some) for some in parts]
        testimonies = Testimony.objects.bulk_create(
            Testimony(
                key=f"t{first // SPAN + at}",
                place=chance.choice(places),
                text=text,
                turns=[[0, len(text), "temoin", f"Voix {at % 3}", False, None]],
                channel=chance.choice(CHANNELS),
                date=f"202{chance.randint(1, 5)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                consent="citations_anonymes",
            )
            for at, text in enumerate(whole)
        )
        rows = [
            Passage(
                testimony=of,
                place_id=of.place_id,
                number=number,
                start=spans[0][0],
                end=spans[-1][1],
                text=(text := of.text[spans[0][0] : spans[-1][1]]),
                turn=0,
                sentences=spans,
                speaker=of.turns[0][3],
                lemmas=lemmas.of(text),
                vector=next(vectors),
                chance=chance.random(),
                **{
                    code: chance.choice(["", "", "", "+", "+", "-", "±"])
                    for code in ("accueil", "appartenance", "action")
                },
            )
            for of, some in zip(testimonies, parts, strict=True)
            for number, spans in enumerate(placed(some), start=1)
        ]
        Passage.objects.bulk_create(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{connection.vendor}: {count:,} passages written in {time.perf_counter() - start:.0f} s", flush=True)


def placed(passages: Sequence[Sequence[str]]) -> list[list[list[int]]]:
    """Where the sentences of these passages stand, once all are joined by spaces."""
    found, at = [], 0
    for sentences in passages:
        spans = []
        for sentence in sentences:
            spans.append([at, at + len(sentence)])
            at += len(sentence) + 1
        found.append(spans)
    return found


def texts(count: int, chance: random.Random) -> Iterator[list[str]]:
    """Passages of one to four sentences, taken from two written ones."""
    lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    sentences = [re.split(r"(?<=[.!?…])\s+", json.loads(line)["text"]) for line in lines]
    for _ in range(count):
        one, other = chance.choice(sentences), chance.choice(sentences)
        yield [*one[: chance.randint(1, 2)], *other[-chance.randint(1, 2) :]]


class Lemmas:
    """One lemma a word, without the tagger: quick, and as many of each as there would be."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def of(self, text: str) -> str:
        from voices.store.search.lemmas import lemmas_of_word

        forms = [text[start:end].lower() for start, end in _spans(text)]
        for form in forms:
            if form not in self.known:
                self.known[form] = max(lemmas_of_word(form), key=lambda lemma: (lemma.endswith("r"), lemma))
        return " ".join(self.known[form] for form in forms)


def _spans(text: str) -> list[tuple[int, int]]:
    from voices.store.search.words import spans

    return spans(text)


def directions(count: int) -> Iterator[bytes]:
    from voices.store.search.vectors import DIM, packed

    draw = np.random.default_rng(SEED)
    centres = draw.normal(size=(500, DIM)).astype(np.float32)
    for first in range(0, count, 5000):
        some = centres[draw.integers(0, 500, min(5000, count - first))]
        some = some + draw.normal(scale=0.7, size=some.shape).astype(np.float32)
        yield from packed(some / np.linalg.norm(some, axis=1, keepdims=True))


def spent() -> float:
    """The seconds of processor of this process and, on PostgreSQL, of what answers it there."""
    from django.db import connection

    seconds = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        seconds += int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9
    return seconds


def measure(options: argparse.Namespace) -> None:
    from django.test import Client

    from voices import searching
    from voices.store.models import Grant, User

    user, _ = User.objects.get_or_create(username="mesure")
    Grant.objects.get_or_create(user=user, role="evaluation")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    start = time.perf_counter()
    searching.warm()
    print(f"made ready in {time.perf_counter() - start:.1f} s; load of the machine: {os.getloadavg()[0]:.1f}")
    print(f"{'':26}{'p50':>9}{'p95':>9}{'processor p50':>16}{'p95':>9}   passages found")
    for kind, queries in KINDS.items():
        clock, processor, found = [], [], []
        client.get(f"/chercher/?{urlencode(queries[0])}")
        for query in queries * options.rounds:
            before, begun = time.perf_counter(), spent()
            answer = client.get(f"/chercher/?{urlencode(query)}")
            clock.append(time.perf_counter() - before)
            processor.append(spent() - begun)
            if answer.status_code != 200:
                sys.exit(f"{kind}: {answer.status_code}")
            found.append(re.search(r'id="results">([^<]*)<', answer.content.decode())[1])
        told = [f"{1000 * np.percentile(times, at):.0f} ms" for times in (clock, processor) for at in (50, 95)]
        print(f"{kind:26}{told[0]:>9}{told[1]:>9}{told[2]:>16}{told[3]:>9}   {found[0]} … {found[-1]}", flush=True)
    import resource

    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
