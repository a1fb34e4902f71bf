"""A coder from labelled passages: measured, trained on all of them, and able to say how well it does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from voices.coding.detecting import FLAGGED, fit_border
from voices.coding.figures import Evaluation
from voices.coding.fitting import fit, layout_of, tabulate, with_examples
from voices.coding.judging import Steps, Trial, cross_validate
from voices.coding.labelled import Labelled
from voices.coding.model import CoderModel
from voices.domain import Codebook
from voices.ports import Encoder, Progress

FOLDS = 5


def train(
    labelled: Sequence[Labelled],
    encoder: Encoder,
    codebook: Codebook,
    *,
    seed: int,
    also: Sequence[Labelled] = (),
    outside: Sequence[str] = (),
    processes: int = 1,
    progress: Progress | None = None,
) -> CoderModel:
    """A coder trained on all the passages; its figures come from coders that had not read what they judge.

    `also` are passages to learn from and never to judge: calibration, thresholds and figures come from `labelled`.
    `outside` are ordinary texts, from which it learns what to leave alone.
    """
    table, layout = tabulate(labelled, encoder, also=also), layout_of(codebook)
    steps = Steps(progress, total=FOLDS + 1)
    trial = Trial(table, layout, encoder.identity, seed)
    figures = cross_validate(trial, folds=FOLDS, processes=processes, steps=steps)
    model = fit(table, layout, encoder_identity=encoder.identity, seed=seed)
    if outside:
        model = replace(model, border=fit_border(model, table, outside, encoder, seed=seed))
    steps.one()
    invented = {one.writer_set for one in (*labelled, *also)} <= _SHIPPED_SETS
    facts = _facts(figures, codebook, also=len(also), invented=invented)
    return replace(with_examples(model, table), facts={**facts, **(_FAST if model.blind else {})})


_SHIPPED_SETS = frozenset({*(f"W{number}" for number in range(1, 12)), *(f"V{number}" for number in range(1, 37))})


def _facts(figures: Evaluation, codebook: Codebook, *, also: int, invented: bool) -> dict[str, str]:
    day = datetime.now(UTC).strftime("%d/%m/%Y")
    others = f" Et {_number(also)} autres, dont aucun ne sert à mesurer ni à régler." if also else ""
    return {
        "Grille": f"3A, version {codebook.version}.",
        "Entraînement": (
            f"{_number(figures.passages)} passages de {_number(figures.testimonies)} témoignages codés à la main,"
            f" le {day}.{others}"
        ),
        "Mesures": _measured(figures),
        "Ce que vaut un code posé": _trusted(figures),
        "Certitude": _CERTAINTY,
        "Limites": _INVENTED if invented else _ONES_OWN,
        "Sous-codes": "Ce sont des suggestions : les lire avant de s’en servir.",
    }


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")


def _measured(figures: Evaluation) -> str:
    by_code = ", ".join(f"{one.name} {one.f1}" for one in figures.labels)
    return (
        f"Validation croisée par témoignage, {figures.folds} plis ; F1 et intervalle à 95 % : {by_code} ;"
        f" macro-F1 des trois codes {figures.macro_f1} ;"
        f" sens exact {figures.sense_accuracy} là où le code est posé."
    )


def _trusted(figures: Evaluation) -> str:
    right = ", ".join(f"{one.name} {100 * one.precision.value:.0f} fois sur 100" for one in figures.labels)
    return (
        "La machine pose un code dès qu’il est plausible. Sur des témoignages qu’elle n’avait pas lus,"
        f" elle avait raison : {right}. Elle en pose donc plus qu’il n’y en a : la relecture en retire."
    )


_FAST = {
    "Codeur rapide": (
        "Il compte des mots et des morceaux de mots, sans lire le sens par un encodeur : fait pour les très grands"
        " corpus. Il ne montre pas d’exemples proches et ne cherche pas les codes à soi."
    )
}
_CERTAINTY = (
    "« sûr », « probable » et « à relire » disent jusqu’où se fier à chaque réponse, code posé ou non, sans parler du"
    " sens. « sûr » : sur des paroles semblables à celles de l’apprentissage, au moins 95 réponses sur 100 sont justes,"
    " et la réponse contraire est rejetée au seuil de 5 %. « probable » : 80 sur 100, et 20 %. Un texte qui ne"
    " ressemble à rien d’appris est dit « hors domaine » : il n’est pas codé, il est à lire."
    f" Cela arrive à tort à {100 * FLAGGED:.0f}\u202f% des passages au plus."
)
_INVENTED = (
    "Aucune personne réelle ne parle dans les passages d’entraînement : ils ont été écrits pour ce projet, leurs noms"
    " sont inventés, et ceux qui les ont écrits et codés sont d’une même école. Sur des paroles de terrain, attendre"
    " moins bien. Le codage de la machine se relit : il se trompe souvent sur le sens et sur les cas limites."
)
_ONES_OWN = (
    "Les exemples montrés avec chaque codage sont des passages d’entraînement : vérifier qu’ils peuvent l’être."
    " Le codage de la machine se relit : il se trompe souvent sur le sens et sur les cas limites."
)
