"""`voices lexicon classes`: the lexical worlds of a corpus, as Reinert's method finds them."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.cli import options, screen, tabled
from voices.cli.tabled import Cell
from voices.domain import STABLE

if TYPE_CHECKING:
    from voices.lexicon.classes import Classes
    from voices.lexicon.profiles import Crossed

_CROSSED = ("lieu", "annee", "canal", "sens", "theme")
"""What classes are crossed with, where the study says it."""
_MOST_SHOWN = 12


def classes(
    source: options.Source,
    number: Annotated[
        int, typer.Option("--classes", min=2, max=30, metavar="N", help="Classes cherchées, au plus.")
    ] = 6,
    double: Annotated[
        bool, typer.Option("--double", help="Ne garder que ce que deux classifications disent toutes deux.")
    ] = False,
    unit: Annotated[
        int, typer.Option("--unit", min=1, metavar="N", help="Mots différents qu’une unité doit avoir, au moins.")
    ] = 10,
    least: Annotated[
        int | None,
        typer.Option(
            "--least", min=1, metavar="N", help="Laisser les mots de moins de N segments ; sinon, c’est choisi."
        ),
    ] = None,
    resamples: Annotated[
        int,
        typer.Option(
            "--resamples", min=0, metavar="N", help="Classifications refaites pour voir si les classes tiennent."
        ),
    ] = 20,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DOSSIER",
            help="Y écrire les tableaux (.csv) et l’arbre (.svg).",
            callback=tabled.folder,
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Trouver les mondes lexicaux d’un corpus : la classification descendante de Reinert (Alceste, IRaMuTeQ, rainette).

    Exemple : voices lexicon classes sortie --classes 6 --out classes
    """
    from voices.cli.lexicon import read
    from voices.lexicon.classes import Choices

    second = unit + unit // 2 if double else None
    lexicon = read(source)
    found = lexicon.classes(Choices(classes=number, least=least, unit=unit, second_unit=second, resamples=resamples))
    crossed = lexicon.crossed(found, _CROSSED)
    if out:
        write(found, crossed, out)
    if json:
        screen.say_json(as_json(found, crossed))
        return
    _show(found, crossed)
    if out:
        screen.console().print(f"\nTableaux et arbre\u202f: {out}", markup=False)


def write(found: "Classes", crossed: Sequence["Crossed"], out: Path) -> tuple[Path, ...]:
    """The paths of what is written into `out`: profiles, segments, crossings, and the tree as a picture."""
    from voices.exchange.sheets import write_csv
    from voices.lexicon import dendrogram
    from voices.lexicon.profiles import together

    def table(name: str, told: tabled.Tabled) -> Path:
        return tabled.put(out / name, lambda path: write_csv(path, told.columns, told.rows()))

    return (
        table("profils.csv", found),
        table("segments.csv", found.listing()),
        table("croisements.csv", together(crossed)),
        tabled.put(out / "arbre.svg", lambda path: path.write_text(dendrogram.draw(found), encoding="utf-8")),
    )


def as_json(found: "Classes", crossed: Sequence["Crossed"]) -> dict[str, object]:
    """What a program reads of the classes."""
    from voices.lexicon.profiles import together

    crossings = together(crossed)
    return {
        "methode": found.method,
        "notes": list(found.notes),
        "segments": len(found.segments),
        "part_non_classee": round(found.unclassed, 4),
        "classes": [
            {
                "classe": rank + 1,
                "segments": int(found.profiles.sizes[rank]),
                "temoignages": found.testimonies(rank),
                "part": round(found.share(rank), 4),
                "stabilite": round(found.stability[rank], 2) if found.stability else None,
                "mots": found.words_of(rank),
                "moins_dits": found.words_of(rank, missing=True),
                "typiques": [{"passage": one.passage_id, "texte": one.text} for one in found.typical(rank)],
            }
            for rank in range(len(found))
        ],
        "croisements": [dict(zip(crossings.columns, row, strict=True)) for row in crossings.rows()],
    }


def _show(found: "Classes", crossed: Sequence["Crossed"]) -> None:
    say = screen.console()
    say.print(found.method, markup=False, highlight=False)
    say.print(f"Segments sans classe\u202f: {_percent(found.unclassed)}.", markup=False, highlight=False)
    for note in found.notes:
        say.print(note, markup=False, highlight=False)
    for rank in range(len(found)):
        say.print(f"\n{_heading(found, rank)}", style="bold", markup=False, highlight=False)
        say.print("  " + ", ".join(found.words_of(rank, 15)), markup=False, highlight=False)
        say.print(
            "  moins dits\u202f: " + ", ".join(found.words_of(rank, 6, missing=True)), markup=False, highlight=False
        )
        for one in found.typical(rank, 2):
            text = " ".join(one.text.split())
            say.print(f"  [{one.passage_id}] {text}", markup=False, highlight=False)
    for crossing in crossed:
        _show_crossed(crossing)


def _heading(found: "Classes", rank: int) -> str:
    share, voices = _percent(found.share(rank)), found.testimonies(rank)
    told = f"Classe {rank + 1}\u202f: {share} des segments classés, {voices} témoignages"
    if not found.stability:
        return told
    held = found.stability[rank]
    return f"{told}, {'stable' if held >= STABLE else 'instable'} ({held:.2f})".replace(".", ",")


def _show_crossed(crossed: "Crossed") -> None:
    told = [dict(zip(crossed.columns, row, strict=True)) for row in crossed.rows()]
    holding = [row for row in told if row["tient"] == "oui"][:_MOST_SHOWN]
    say = screen.console()
    say.print(f"\nSelon «\u202f{crossed.by}\u202f»", style="bold", markup=False, highlight=False)
    for row in holding:
        say.print(
            f"  {row['partie']}\u202f: classe {row['classe']}, {_percent(row['part_de_la_partie'])} de ses segments "
            f"(ailleurs {_percent(row['part_ailleurs'])}), {row['temoignages']} témoignages sur "
            f"{row['temoignages_de_la_partie']}",
            markup=False,
            highlight=False,
        )
    if not holding:
        say.print("  Aucune différence que le hasard n’explique.", markup=False, highlight=False)


def _percent(share: Cell) -> str:
    return f"{100 * float(share or 0):.0f}\u202f%"
