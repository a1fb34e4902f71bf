"""`voices droits`: what is held on a person's testimony, where it went, and its erasure."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.cli import options, screen, site
from voices.cli.usage import FrenchCommand, FrenchGroup
from voices.errors import VoicesError

if TYPE_CHECKING:
    from voices.store.models import Testimony

Number = Annotated[int, typer.Argument(metavar="NUMERO", help="Numéro du témoignage.", show_default=False)]

_WHERE = {"table": "", "texte": "dans le texte, jamais remplacé"}

droits = typer.Typer(
    cls=FrenchGroup,
    help="Répondre aux droits des personnes : chercher, remettre, dire où c’est allé, effacer.\n\n"
    "Exemple : voices droits sorties 12 --lettre retrait.docx",
    no_args_is_help=True,
)


@droits.command("chercher", cls=FrenchCommand)
def search(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Un nom, un prénom, un téléphone.", show_default=False)],
    data: site.Data = None,
    json: options.Json = False,
) -> None:
    """Trouver les témoignages d’une personne, par un nom des tables chiffrées ou resté en clair dans un texte.

    Exemple : voices droits chercher "Josiane Lagarde"
    """
    settings = site.opened(data)
    from voices.rights.searching import Sought, find

    found = find(Sought(name=name), settings)
    told = [_found(one, "table") for one in found.called] + [_found(one, "texte") for one in found.said]
    if json:
        screen.say_json(told)
        if found.missed:  # where a program does not take it for a result
            screen.errors().print(found.missed, markup=False)
        return
    for one in told:
        parts = (*(one[part] for part in ("temoignage", "lieu", "date", "accord")), _WHERE[str(one["ou"])])
        screen.console().print(" · ".join(str(part) for part in parts if part), markup=False)
    if not told:
        screen.console().print("Aucun témoignage trouvé.")
    if found.by_name and (found.missed or not found.called):
        screen.console().print(found.searched, markup=False)


@droits.command("sorties", cls=FrenchCommand)
def outputs(
    number: Number,
    letter: Annotated[
        Path | None, typer.Option("--lettre", metavar="FICHIER", help="Écrire aussi la lettre, en .docx.")
    ] = None,
    data: site.Data = None,
    json: options.Json = False,
) -> None:
    """Dire où ses mots sont allés, et écrire la lettre qui demande de les retirer.

    Exemple : voices droits sorties 12 --lettre retrait.docx
    """
    site.opened(data)
    from django.utils import timezone

    from voices import rights
    from voices.rights.letter import letter as written
    from voices.rights.outputs import withdrawn_on

    row = _testimony(number)
    found = rights.outputs(row)
    if letter:
        letter.write_bytes(written(row, found, today=timezone.localdate(), since=withdrawn_on(row)))
    told = [
        {"quoi": one.what, "ou": one.where, "le": timezone.localdate(one.when).isoformat(), "comment": one.held.value}
        for one in found
    ]
    if json:
        screen.say_json(told)
        return
    for one in told:
        screen.console().print(", ".join(part for part in one.values() if part), markup=False)
    if not told:
        screen.console().print("Rien n’est sorti.")


@droits.command("copie", cls=FrenchCommand)
def copy(
    number: Number,
    out: Annotated[Path, typer.Option("--out", metavar="FICHIER.zip", help="Où écrire le .zip.")],
    data: site.Data = None,
) -> None:
    """Écrire tout ce qui est gardé sur un témoignage : une page à lire, un fichier pour un autre outil.

    Exemple : voices droits copie 12 --out tout.zip
    """
    settings = site.opened(data)
    from voices.rights.held import BEFORE_GIVING, archive

    out.write_bytes(archive(_testimony(number), settings))
    screen.console().print(str(out), markup=False)
    screen.console().print(BEFORE_GIVING, markup=False)


@droits.command("effacer", cls=FrenchCommand)
def erase(
    number: Number,
    why: Annotated[str, typer.Option("--motif", metavar="MOTIF", help="Pourquoi ; jamais un nom.")],
    sure: Annotated[bool, typer.Option("--oui", help="Effacer vraiment : cela ne se défait pas.")] = False,
    data: site.Data = None,
    json: options.Json = False,
) -> None:
    """Effacer un témoignage et tout ce qui en vient, et dire la preuve, qui n’en contient rien.

    Exemple : voices droits effacer 12 --motif "demande reçue le 3 mai" --oui
    """
    settings = site.opened(data)
    from voices.encoders.forgetting import forget
    from voices.rights import motive, proof
    from voices.rights.erasing import erase as erased
    from voices.store.models import Job
    from voices.store.scrubbing import scrub

    row = _testimony(number)
    if not sure:
        raise VoicesError(
            "Effacer ne se défait pas\u202f: rien n’a été effacé.", "Ajouter --oui pour effacer vraiment."
        )
    motive.check([row.pk], why, settings)
    (found,) = erased([row.pk], why=why, by=None, settings=settings)
    scrub()
    forget(settings.cache)
    Job.objects.filter(kind=Job.Kind.SCRUB, subject__erasures=[found.pk]).update(state=Job.State.DONE)
    if json:
        screen.say_json(proof.as_data(found))
        return
    say = screen.console().print
    say(proof.sentence(found), markup=False)
    say(f"Empreinte : {found.digest}", markup=False)
    for label, count in proof.told(found):
        say(f"{label} : {count}", markup=False)


@droits.command("liste", cls=FrenchCommand)
def erasures(
    given: Annotated[
        Path | None, typer.Argument(metavar="[FICHIER]", help="La liste du site d’avant (.effacements.jsonl).")
    ] = None,
    none: Annotated[bool, typer.Option("--aucune", help="Dire que personne n’avait jamais été effacé.")] = False,
    data: site.Data = None,
    json: options.Json = False,
) -> None:
    """Après une restauration, donner la liste de ce qui avait été effacé : c’est effacé de nouveau.

    Exemple : voices droits liste ancien-dossier/.effacements.jsonl
    """
    if (given is None) is not none:
        raise VoicesError(
            "Donner la liste des effacements, ou dire qu’il n’y en a pas.",
            "Écrire voices droits liste FICHIER, ou voices droits liste --aucune.",
        )
    settings = site.opened(data)
    from voices.rights import remembered
    from voices.rights.erasing import erased_anew
    from voices.store.models import Trace

    new = remembered.take(settings, given.expanduser().absolute()) if given else 0
    again = erased_anew(settings)
    remembered.no_longer_awaited(settings)
    what = "Liste des effacements donnée" if given else "Liste des effacements dite vide"
    Trace.objects.create(what=what, about=f"depuis la machine ; effacés de nouveau : {len(again)}")
    if json:
        screen.say_json({"new": new, "erased": len(again)})
        return
    screen.console().print(f"Effacements appris : {new}. Témoignages effacés de nouveau : {len(again)}.")


@droits.command("traces", cls=FrenchCommand)
def traces(data: site.Data = None) -> None:
    """Réécrire les fichiers de la base, pour qu’il n’y reste rien de ce qui a été effacé.

    Exemple : voices droits traces
    """
    settings = site.opened(data)
    from voices.encoders.forgetting import forget
    from voices.store.scrubbing import scrub

    scrub()
    forget(settings.cache)
    screen.console().print("Il ne reste rien de ce qui a été effacé.")


def _found(row: "Testimony", where: str) -> dict[str, object]:
    return {"temoignage": row.pk, "lieu": row.place.name, "date": row.date, "accord": row.consent, "ou": where}


def _testimony(number: int) -> "Testimony":
    from voices.store.models import Testimony

    found = Testimony.objects.select_related("place", "file", "deposit").filter(pk=number).first()
    if found is None:
        raise VoicesError(f"Il n’y a pas de témoignage n° {number}.", "Le chercher\u202f: voices droits chercher NOM.")
    return found
