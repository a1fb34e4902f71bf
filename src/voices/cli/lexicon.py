"""`voices lexicon`: the words, counted, compared and found."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from voices.cli import options, screen, tabled
from voices.cli.classes import classes
from voices.cli.usage import FrenchCommand, FrenchGroup

if TYPE_CHECKING:
    from voices.domain import Study
    from voices.lexicon.study import Lexicon
    from voices.pipeline import Watch

Svg = Annotated[
    Path | None,
    typer.Option("--svg", metavar="FICHIER", help="Écrire aussi l’image (.svg).", callback=tabled.file_in(".svg")),
]
_SIDE = 45
"""Characters shown on each side of what was found."""

HELP = """Compter, comparer et retrouver les mots d’un dossier de témoignages ou d’une étude.

Exemple : voices lexicon words sortie"""

Least = Annotated[int, typer.Option("--least", min=1, metavar="N", help="Laisser les mots dits moins de N fois.")]
Forms = Annotated[bool, typer.Option("--forms", help="Compter les mots comme ils sont écrits, et non leurs lemmes.")]
All = Annotated[bool, typer.Option("--all", help="Compter aussi les mots grammaticaux (articles, pronoms…).")]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="QUOI",
        help="Ce que l’on compare : lieu, type, annee, mois, canal, role, locuteur, temoignage, code, sens ou theme.",
    ),
]
Number = Annotated[int, typer.Option("--number", min=1, metavar="N", help="Lignes montrées, au plus.")]
Each = Annotated[
    int,
    typer.Option("--number", min=1, metavar="N", help="Lignes montrées de chaque partie, au plus : les plus fortes."),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="FICHIER",
        help="Écrire tout le tableau en .csv, pour un tableur.",
        callback=tabled.file_in(".csv"),
    ),
]


class Counted(TypedDict):
    """What a table counts."""

    by: str
    kinds: frozenset[str]
    least: int


lexicon = typer.Typer(help=HELP, cls=FrenchGroup, rich_markup_mode=None, no_args_is_help=True)
lexicon.command("classes", cls=FrenchCommand)(classes)


def read(source: Path, *, coded: bool = False) -> "Lexicon":
    """The lexicon of what is at that path; its passages are coded where they must be. Raises as `study_at`."""
    from voices import pipeline

    with screen.progress() as watch:
        return pipeline.lexicon(study_at(source, watch, coded=coded), watch=watch)


def study_at(source: Path, watch: "Watch", *, coded: bool = False) -> "Study":
    """The study at that path; files that were not read are told. Raises ReadingError where no passage was."""
    from voices import pipeline
    from voices.domain import Outcome
    from voices.errors import ReadingError

    study = (pipeline.study_of if coded else pipeline.cut_study)(source, watch=watch)
    why = f"«\u202fvoices read {source}\u202f» dit pourquoi, fichier par fichier."
    if not study.passages:
        raise ReadingError("Aucun témoignage ne peut être lu ici\u202f: il n’y a pas de mots à compter.", why)
    refused = sum(one.outcome is Outcome.REFUSED for one in study.reading.files)
    if refused:
        told = f"{refused} fichiers ne sont pas lus" if refused > 1 else "Un fichier n’est pas lu"
        screen.errors().print(f"{told}, sur {len(study.reading.files)}\u202f: {why}", markup=False)
    return study


@lexicon.command("words", cls=FrenchCommand)
def words(
    source: options.Source,
    least: Least = 3,
    forms: Forms = False,
    every: All = False,
    number: Number = 50,
    out: Out = None,
    json: options.Json = False,
) -> None:
    """Dire les mots les plus fréquents, et dans combien de passages.

    Exemple : voices lexicon words sortie --number 100
    """
    found = read(source).table(**_counted(least, forms, every))
    tabled.tell(found, number=number, nothing=_too_rare(least), out=out, json=json)


@lexicon.command("specificities", cls=FrenchCommand)
def specificities(
    source: options.Source,
    by: By = "lieu",
    least: Least = 5,
    forms: Forms = False,
    every: All = False,
    number: Each = 12,
    out: Out = None,
    json: options.Json = False,
) -> None:
    """Dire les mots que chaque lieu, année, code… emploie plus ou moins que le reste du corpus (Lafon).

    Exemple : voices lexicon specificities sortie --by code
    """
    from voices.lexicon import parts

    parts.check(by)
    read_words = read(source, coded=by in parts.CODED)
    found = read_words.specificities(by, table=read_words.table(**_counted(least, forms, every)))
    share = tabled.Share("partie", "specificite", found.parts)
    tabled.tell(found, number=number, nothing=_NOTHING_APART, share=share, out=out, json=json)


@lexicon.command("concordance", cls=FrenchCommand)
def concordance(
    source: options.Source,
    query: Annotated[
        str,
        typer.Argument(
            metavar="MOTS",
            help="Un mot, ou plusieurs qui se suivent, entre guillemets ; « * » vaut des lettres (accueil*), ou un mot "
            "s’il est seul ; « ? » vaut une lettre.",
            show_default=False,
        ),
    ],
    lemmas: Annotated[
        bool, typer.Option("--lemmas", help="Chercher les lemmes : accueillir trouve « accueillie ».")
    ] = False,
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDRE", help="ordre, gauche, droite, mot, lieu ou date.")
    ] = "ordre",
    number: Number = 100,
    out: Out = None,
    json: options.Json = False,
) -> None:
    """Montrer chaque endroit où des mots sont dits, avec ce qui les entoure.

    Exemple : voices lexicon concordance sortie "on m'a *" --sort droite
    """
    from voices.lexicon.concordance import check, of_forms

    check(query, sort, lemmas=lemmas)
    if lemmas:
        found = read(source).concordance(query, lemmas=True, sort=sort)
    else:  # nothing to tag: at once
        with screen.progress() as watch:
            study = study_at(source, watch)
        found = of_forms(study.passages, study.reading.testimonies, query, sort=sort)
    if tabled.kept(found, nothing=_NOT_SAID, out=out, json=json):
        return
    for line in found.lines[:number]:
        left, right = line.left.replace("\n", " ")[-_SIDE:], line.right.replace("\n", " ")[:_SIDE]
        told = " · ".join(one for one in (line.passage_id, line.place, line.date) if one)
        screen.console().print(f"{left:>{_SIDE}}[{line.found}]{right:<{_SIDE}}  {told}", markup=False)
    if found.lines:
        screen.console().print(f"{len(found.lines)} fois.", markup=False)
    tabled.say_rest(min(number, len(found.lines)), len(found.lines), out)


@lexicon.command("cooccurrences", cls=FrenchCommand)
def cooccurrences(
    source: options.Source,
    around: Annotated[
        str | None, typer.Option("--around", metavar="MOT", help="Seulement les mots dits avec celui-là.")
    ] = None,
    within: Annotated[
        str, typer.Option("--within", metavar="UNITÉ", help="Ensemble dans un passage ou une phrase.")
    ] = ("passage"),
    index: Annotated[
        str,
        typer.Option(
            "--index", metavar="INDICE", help="Poids des liens du graphe : score, cooccurrences, jaccard ou g2."
        ),
    ] = "score",
    words: Annotated[int, typer.Option("--words", min=2, max=150, metavar="N", help="Mots du graphe, au plus.")] = 60,
    least: Least = 5,
    forms: Forms = False,
    every: All = False,
    number: Number = 60,
    out: Out = None,
    svg: Svg = None,
    graphml: Annotated[
        Path | None,
        typer.Option(
            "--graphml",
            metavar="FICHIER",
            help="Écrire le graphe (.graphml) pour Gephi, Cytoscape ou igraph.",
            callback=tabled.file_in(".graphml"),
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Dire les mots qui vont ensemble, et dessiner leur graphe (analyse de similitude).

    Exemple : voices lexicon cooccurrences sortie --svg graphe.svg
    """
    from voices.lexicon import network, similarity, study

    study.check(within)
    similarity.check(index)
    found_words = read(source)
    found = found_words.cooccurrences(table=found_words.table(within=within, **_counted(least, forms, every)))
    if svg or graphml:
        graph = similarity.graph(found, index=index, words=words)
        if svg:
            tabled.write(svg, network.draw(graph).encode())
        if graphml:
            tabled.write(graphml, similarity.graphml(graph))
    shown = found.around(around.lower()) if around else found
    tabled.tell(shown, number=number, nothing=_NEVER_TOGETHER, out=out, json=json)


@lexicon.command("correspondence", cls=FrenchCommand)
def correspondence(
    source: options.Source,
    by: By = "lieu",
    least: Least = 10,
    forms: Forms = False,
    every: All = False,
    number: Each = 30,
    out: Out = None,
    svg: Svg = None,
    json: options.Json = False,
) -> None:
    """Placer lieux, années, codes… et mots sur les axes qui les opposent le plus (analyse des correspondances).

    Exemple : voices lexicon correspondence sortie --by code --svg plan.svg
    """
    from voices.lexicon import parts, plane

    parts.check(by)
    found_words = read(source, coded=by in parts.CODED)
    found = found_words.correspondence(by, table=found_words.table(**_counted(least, forms, every)))
    if svg:
        tabled.write(svg, plane.draw(found).encode())
    if not json:
        inertias = ", ".join(f"{100 * value / found.inertia:.1f}".replace(".", ",") for value in found.eigenvalues[:5])
        screen.console().print(f"Part de l’inertie de chaque axe (%)\u202f: {inertias}\n", markup=False)
    share = tabled.Share("point", "inertie")
    tabled.tell(found, number=number, nothing=_NOTHING_APART, share=share, out=out, json=json)


_NOTHING_APART = tabled.Nothing(
    "Aucun mot ne se détache\u202f: ce qui est comparé parle des mêmes choses, ou il y a trop peu de mots.",
    "Comparer autrement (--by), garder des mots plus rares (--least plus petit), ou réunir plus de témoignages.",
)
_NOT_SAID = tabled.Nothing(
    "Ces mots ne sont dits nulle part.",
    "Vérifier les accents, chercher moins de mots, le début d’un mot (accueil*), ou toutes ses formes (--lemmas).",
)
_NEVER_TOGETHER = tabled.Nothing(
    "Aucun mot n’est dit assez souvent avec un autre.",
    "Garder des mots plus rares (--least plus petit), ou compter par passage (--within passage).",
)


def _too_rare(least: int) -> tabled.Nothing:
    return tabled.Nothing(
        f"Aucun mot n’est dit {least} fois ou plus.", "Donner un --least plus petit, ou ajouter --all."
    )


def _counted(least: int, forms: bool, every: bool) -> Counted:
    from voices.lexicon.table import CONTENT

    return {"by": "form" if forms else "lemma", "kinds": frozenset() if every else CONTENT, "least": least}
