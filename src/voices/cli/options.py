"""Options that several commands share, declared once."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voices.domain import OUTLETS, Consent, Outlet
from voices.errors import SettingsError

if TYPE_CHECKING:
    from voices.pipeline import Choices, Own
    from voices.settings import Settings

Source = Annotated[
    Path,
    typer.Argument(
        metavar="DOSSIER", help="Dossier, fichier ou .zip de témoignages ; ou une étude déjà faite.", show_default=False
    ),
]
ConsentOption = Annotated[
    str | None,
    typer.Option(
        "--consent",
        metavar="CONSENTEMENT",
        help="Consentement des témoignages qui n’en disent aucun : "
        "analyse, citations_anonymes ou citations_prenom. Sans cette option, ils sont analysés et jamais cités.",
    ),
]
Channel = Annotated[
    str | None,
    typer.Option(
        "--canal",
        metavar="CANAL",
        help="Où cela sera publié : interne, financeur, site ou presse. Ne sont cités que les témoignages qui "
        "permettent ce canal ; sans cette option, ceux qui les permettent tous.",
    ),
]
KeepNames = Annotated[
    bool, typer.Option("--keep-names", help="Ne pas remplacer les noms (corpus déjà nettoyés seulement).")
]
Before = Annotated[
    Path | None,
    typer.Option(
        "--avant",
        metavar="DOSSIER",
        help="Étude du dernier rapport (le dossier d’un « voices run ») : dit ce qui a changé depuis.",
    ),
]
Interviewer = Annotated[
    list[str] | None,
    typer.Option("--interviewer", metavar="NOM", help="Qui pose les questions ; à répéter s’ils sont plusieurs."),
]
Columns = Annotated[
    Path | None,
    typer.Option(
        "--columns",
        metavar="FICHIER",
        help='Petit fichier .toml : sorte de chaque colonne d’un questionnaire (« "Votre prénom" = "identité" »).',
    ),
]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FICHIER", help="Clé de la table des noms ; créée si elle n’existe pas."),
]
Encoder = Annotated[
    str | None,
    typer.Option(
        "--encoder", metavar="NOM", help="Encodeur : celui qui est livré, ou un modèle sentence-transformers."
    ),
]
Coder = Annotated[
    Path | None,
    typer.Option(
        "--coder",
        metavar="CODEUR",
        help="Un codeur livré, par son nom (coder-3a-rapide), ou un dossier écrit par « voices train ».",
    ),
]
Thresholds = Annotated[
    str | None,
    typer.Option(
        "--seuils",
        metavar="BUT",
        help="À partir de quand un code est posé : equilibre, prudent (en poser peu à tort) ou large (en manquer peu).",
    ),
]
Codes = Annotated[
    Path | None,
    typer.Option(
        "--codes", metavar="FICHIER", help="Fichier .toml de codes à chercher en plus des 3A ; tout y est à relire."
    ),
]
Decisions = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FICHIER", help="Passages relus (JSON Lines) dont ces codes apprennent."),
]
Also = Annotated[
    Path | None,
    typer.Option(
        "--also", metavar="PASSAGES", help="Apprendre aussi de ces passages codés (.jsonl), sans jamais juger sur eux."
    ),
]
Fast = Annotated[
    bool,
    typer.Option(
        "--rapide", help="Un codeur sans vecteurs, sur les mots seuls : moins juste, pour les très grands corpus."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Écrire le résultat en JSON, pour un programme.")]
Title = Annotated[str, typer.Option("--title", metavar="TITRE", help="Titre du rapport.")]

_GIVEN = (Consent.ANALYSIS, Consent.ANONYMOUS_QUOTES, Consent.NAMED_QUOTES)
DEFAULT_TITLE = "Ce que disent les témoignages"


def choices(
    *,
    consent: str | None,
    keep_names: bool,
    interviewer: list[str] | None,
    columns: Path | None,
    names_table: Path | None = None,
    key: Path | None = None,
) -> "Choices":
    """The person's choices for reading. Raises SettingsError for a consent or a columns file not understood."""
    from voices.pipeline import Choices

    return Choices(
        consent=_consent(consent),
        keep_names=keep_names,
        interviewers=tuple(interviewer or ()),
        columns=_columns(columns),
        names_table=names_table,
        key=key,
    )


def outlets(word: str | None) -> tuple[Outlet, ...]:
    """The channels that the option tells: all of them where it tells none. Raises SettingsError for another word."""
    if word is None:
        return OUTLETS
    if word not in OUTLETS:
        raise SettingsError(f"Canal « {word} » inconnu.", f"Choisir parmi : {', '.join(OUTLETS)}.")
    return (Outlet(word),)


def settings(encoder: str | None = None, coder: Path | None = None, thresholds: str | None = None) -> "Settings":
    """The settings in force, with the encoder, the coder and the thresholds asked for."""
    from dataclasses import replace

    from voices.settings import load

    loaded = load()
    return replace(loaded, encoder=encoder or loaded.encoder, coder=coder or loaded.coder, aim=thresholds or loaded.aim)


def own(codes: Path | None, decisions: Path | None) -> "Own | None":
    """The codes of one's own to look for, if any. Raises SettingsError for decisions without codes."""
    from voices.pipeline import Own

    if codes is None and decisions is not None:
        raise SettingsError(
            "Des décisions sont données sans les codes qu’elles concernent.", "Donner aussi --codes FICHIER."
        )
    return Own(codes, decisions) if codes else None


def _consent(word: str | None) -> Consent | None:
    if word is None:
        return None
    if word not in _GIVEN:
        raise SettingsError(f"Consentement « {word} » inconnu.", f"Choisir parmi : {', '.join(_GIVEN)}.")
    return Consent(word)


def _columns(path: Path | None) -> Mapping[str, str]:
    if path is None:
        return {}
    import tomllib

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"Le fichier de colonnes « {path.name} » ne se lit pas.",
            'Une ligne par colonne, en UTF-8, par exemple : "Votre prénom" = "identité".',
        ) from error
    return {str(heading): str(kind) for heading, kind in read.items()}
