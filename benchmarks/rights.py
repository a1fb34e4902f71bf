"""The rights of a person on a large base: finding what is held, erasing it, taking the traces out of the files.

Run: OPENBLAS_NUM_THREADS=1 python -m benchmarks.rights [--passages 100000] [--keep folder]
On PostgreSQL: sh scripts/postgres.sh python -m benchmarks.rights

The base is that of benchmarks.pages; each testimony has sealed names besides, and each code that the machine put has
the five examples that a coder gives (none is of the testimonies erased, but each has to be looked at). Requests are
those of the administrator, from the request to the whole page; quotes are searched as benchmarks.pages does. The first
search of each kind is left out. The machine may be shared: seconds of processor are told beside those of the clock.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import pages, search

NAMES = ("Bénédicte", "Mamadou", "Yolande", "Abdelkader", "Solange", "Thierno", "Ghislaine", "Krzysztof")
RARE = "Ildegonde"
EXAMPLES = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    options.only, os.environ["VOICES_FILS"] = "citations", "1"
    with tempfile.TemporaryDirectory(prefix="voices-rights-") as folder:
        kept = options.keep or Path(folder)
        os.environ |= {"VOICES_DONNEES": str(kept), "DJANGO_SETTINGS_MODULE": "voices.web.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        (kept / "static").mkdir(exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        from voices.store.models import Testimony, Theme

        if not Theme.objects.exists():
            pages.fill(options.passages)
        if not Testimony.objects.exclude(names=None).exists():
            name()
            explain()
        pages.measure(options)
        measure(options.rounds)


def name() -> None:
    """Nothing; each testimony has three names sealed, the last of them a rare one."""
    from django.conf import settings

    from voices.privacy import Correspondence
    from voices.receiving.sealing import seal_names
    from voices.store.models import Testimony

    chance = random.Random(search.SEED)
    for some in pages.batches(Testimony.objects.order_by("pk").only("pk", "names")):
        for one in some:
            said = [Correspondence("personne", real, "Odile") for real in chance.sample(NAMES, 3)]
            one.names = seal_names(said, settings.VOICES)
        Testimony.objects.bulk_update(some, ["names"], batch_size=500)
    last = Testimony.objects.order_by("-pk")[0]
    last.names = seal_names([Correspondence("personne", RARE, "Odile")], settings.VOICES)
    last.save(update_fields=["names"])


def explain() -> None:
    """Nothing; each code that the machine put has three examples like it, and two that are not."""
    from voices.store.models import Suggestion

    chance = random.Random(search.SEED)
    written = [" ".join(one) for one, _ in zip(search.texts(EXAMPLES, chance), range(EXAMPLES), strict=False)]
    for some in pages.batches(Suggestion.objects.order_by("pk").only("pk", "codings")):
        for one in some:
            for coding in one.codings:
                told = [{"text": text, "codes": {}, "nearness": 0.9} for text in chance.sample(written, 5)]
                coding["evidence"] |= {"neighbours": told[:3], "against": told[3:]}
        Suggestion.objects.bulk_update(some, ["codings"], batch_size=500)


def measure(rounds: int) -> None:
    """Nothing; what each act took is told."""
    from voices.store.models import MachinePass, Testimony
    from voices.store.scrubbing import scrub

    browser, chance = pages.signed_in("administration"), random.Random(search.SEED)
    pks = list(Testimony.objects.order_by("pk").values_list("pk", flat=True))
    asked = {
        "droits, par numéro": {"numero": str(pks[7])},
        "droits, par lieu": {"lieu": "7"},
        "droits, par un nom fréquent": {"nom": NAMES[0]},
        "droits, par un nom rare": {"nom": RARE.lower()},
        "droits, par un nom absent": {"nom": "Wenceslas"},
    }
    for what, form in asked.items():
        told(what, [timed(lambda form=form: ok(browser.post("/droits/", form))) for _ in range(rounds + 1)][1:])
    some = chance.sample(pks[:-1], 2 * rounds + 1)
    told(
        "ce qu’on garde de quelqu’un",
        [timed(lambda pk=pk: ok(browser.get(f"/droits/temoignages/{pk}/"))) for pk in some],
    )
    whole = [timed(lambda pk=pk: ok(browser.post(f"/droits/temoignages/{pk}/tout.zip"))) for pk in some]
    told("tout ce qu’on garde, en .zip", whole)
    form, shipped = {"motif": "mesure", "compris": "on"}, coder()
    for what, name, gone in (("livré", shipped, some[::2]), ("appris ici", "le-notre@1", some[1::2])):
        MachinePass.objects.update(coder=name)
        erased = [timed(lambda pk=pk: ok(browser.post(f"/droits/temoignages/{pk}/effacer/", form), 302)) for pk in gone]
        told(f"effacer, codeur {what}", erased)
    told("ôter les traces des fichiers", [timed(scrub)])
    left = Testimony.objects.filter(pk__in=some).count()
    print(f"still there: {left}; peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def coder() -> str:
    """What the coder that voices comes with is called."""
    from voices.settings import load

    manifest = load().models / "coder-3a" / "manifest.json"
    return f"coder-3a@{json.loads(manifest.read_text(encoding='utf-8'))['revision']}"


def timed(act: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of the clock and of processor."""
    before, begun = time.perf_counter(), search.spent()
    act()
    return time.perf_counter() - before, search.spent() - begun


def ok(answer: Any, status: int = 200) -> None:
    if answer.status_code != status:
        sys.exit(f"{answer.request['PATH_INFO']}: {answer.status_code}")


def told(what: str, times: list[tuple[float, float]]) -> None:
    clock, processor = zip(*times, strict=True)
    shown = [f"{1000 * np.percentile(one, at):.0f} ms" for one in (clock, processor) for at in (50, 95)]
    print(f"{what:32}{shown[0]:>11}{shown[1]:>11}{shown[2]:>16}{shown[3]:>11}", flush=True)


if __name__ == "__main__":
    main()
