"""The figures of an evaluation as a page and as a block of a card, in French. Standard library only."""

from collections.abc import Iterator, Sequence

from voices.coding.elsewhere import Elsewhere
from voices.coding.figures import Acceptance, Evaluation, Figure, number
from voices.domain import Sense

BEGIN, END = "<!-- mesures -->", "<!-- fin des mesures -->"
"""What stands around the figures in a card."""

_KINDS = {
    "writer_set": "groupe d’auteurs",
    "channel": "canal",
    "place_type": "type de lieu",
    "length": "longueur du passage",
}

_LEFT = ("codes laissés, vraiment absents", "passages sans code", "vraiment sans code")


def page(found: Evaluation, *, elsewhere: Sequence[Elsewhere] = (), diagram: str | None = None) -> str:
    """A page with its tables. `elsewhere` is measured on new voices; `diagram` is the path of the picture."""
    return "\n".join(_page(found, elsewhere, diagram)) + "\n"


def with_figures(card: str, found: Evaluation, *, source: str) -> str:
    """The card with its figures made new: between the two marks, or at its end where it has none."""
    block = "\n".join([BEGIN, *_block(found, source), END])
    before, mark, rest = card.partition(BEGIN)
    if not mark:
        return f"{card.rstrip()}\n\n{block}\n"
    return before + block + rest.partition(END)[2]


def headline(found: Evaluation) -> Evaluation:
    """The figures to quote first: those on new voices, where there are."""
    return found.new_voices or found


def _page(found: Evaluation, elsewhere: Sequence[Elsewhere], diagram: str | None) -> Iterator[str]:
    first = headline(found)
    yield from ("# Évaluation du codeur", "")
    yield f"{found.passages} passages de {found.testimonies} témoignages. Encodeur du codeur : `{found.encoder}`."
    yield f"Graine : {found.seed}. Entre crochets : intervalle à 95 %, par rééchantillonnage des témoignages."
    yield ""
    yield "Aucune personne réelle ne parle dans le corpus livré ; ceux qui l’ont écrit et codé sont d’une même école :"
    yield "sur des paroles de terrain, attendre moins bien, et vérifier sur un échantillon codé à la main."
    if found.folds:
        yield from _how()
    if found.new_voices:
        yield from ("", "## Des voix nouvelles", "", f"{first.title}. C’est ce que rencontre qui apporte ses propres")
        yield "témoignages : le codeur n’a rien lu de ceux qui parlent."
        yield from _figures(first, elsewhere, diagram)
        yield from ("", "## Des voix connues, des témoignages nouveaux")
    else:
        yield from ("", "## Mesures")
    yield from ("", f"{found.title}.")
    yield from _figures(found, () if found.new_voices else elsewhere, None if found.new_voices else diagram)


def _how() -> Iterator[str]:
    yield ""
    yield "Jamais un témoignage n’est des deux côtés, ni deux témoignages qui ont un passage en commun, mot pour mot ou"
    yield "à peu près. Calibration, seuils et barres sont choisis sans les passages jugés."
    yield ""
    yield "Refaire ces chiffres (avec son propre fichier à la place du corpus livré, ce sont d’autres chiffres) :"
    yield ""
    yield "    voices evaluate corpora/gold/coded_passages.jsonl --also corpora/written/coded_passages.jsonl \\"
    yield "      --encoder e5-small-3a --out docs/evaluation.md --card models/coder-3a/card.md"
    yield ""
    yield "Avec --also, les passages de l’autre corpus sont appris à chaque fois, par le codeur comme par les façons"
    yield "plus simples ; aucun n’est jugé."


def _figures(found: Evaluation, elsewhere: Sequence[Elsewhere], diagram: str | None) -> Iterator[str]:
    yield from _presence(found)
    if found.compared:
        yield from _compared(found, elsewhere)
    yield from _acceptance(found)
    yield from _certainties(found)
    yield from _coverage(found)
    yield from _senses(found)
    yield from _reliability(found, diagram)
    yield from _parts(found)
    yield from _subcodes(found)


def _presence(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Présence", "")
    yield "| | passages | précision | rappel | F1 | précision moyenne | erreur de calibration |"
    yield "|---|---|---|---|---|---|---|"
    for one in found.labels:
        cells = (one.precision, one.recall, one.f1, one.average_precision, one.calibration_error)
        yield _row(one.name, one.passages, *cells)
    yield ""
    nothing = found.counts["aucun code"]["oui"]
    yield f"Macro-F1 des trois codes : **{found.macro_f1}**. Sans aucun code : {nothing} passages."


def _compared(found: Evaluation, elsewhere: Sequence[Elsewhere]) -> Iterator[str]:
    names = [*found.presence(), "macro"]
    yield from ("", "### Comparaison (F1), mêmes parts", "")
    yield _row("", *names[:-1], "macro des trois codes")
    yield "|---" * (len(names) + 1) + "|"
    *others, coder = [*found.compared.items()]
    for way, figures in [*others, *((one.name, one.figures) for one in elsewhere), coder]:
        yield _row(way, *(figures.get(name, "—") for name in names))
    for one in elsewhere:
        yield from ("", f"{one.name} : {one.told}")


def _acceptance(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Ce qui peut se décider sans personne", "")
    yield "Un passage est accepté quand chaque code est au-dessus d’une barre haute ou sous une barre basse. Les barres"
    yield "sont choisies sur les autres parts, pour accepter le plus de passages en atteignant le niveau demandé de"
    yield "trois façons : codes posés justes, codes laissés vraiment absents, passages sans code vraiment sans code."
    yield ""
    yield _row("niveau demandé", "passages acceptés", "codes posés", "justes", "justes, sens compris", *_LEFT)
    yield "|---" * 8 + "|"
    for one in found.acceptance:
        yield _row(f"{100 * one.level:.0f} %", *_accepted(one))


def _accepted(one: Acceptance) -> Iterator[object]:
    yield one.share
    yield one.put
    yield from (figure or "—" for figure in (one.put_right, one.sense_right, one.left_right))
    yield one.nothing
    yield one.nothing_right or "—"


def _certainties(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Ce que valent « sûr », « probable » et « à relire »", "")
    yield "Chaque réponse sur un code (posé, ou laissé) porte une certitude ; un passage a la moins bonne des siennes."
    yield "« sûr » promet 95 réponses justes sur 100, « probable » 80, sur des paroles semblables à celles apprises."
    yield ""
    yield _row("certitude", "codes posés", "justes", "justes, sens compris", _LEFT[0], "passages", *_LEFT[1:])
    yield "|---" * 8 + "|"
    for one in found.certainties:
        right = (figure or "—" for figure in (one.put_right, one.sense_right, one.left_right))
        yield _row(one.name, one.put, *right, one.share, one.nothing, one.nothing_right or "—")


def _coverage(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Ensembles de prédiction (conformes)", "")
    yield "Part des passages dont l’ensemble contient la vraie réponse : promise là où le code est présent, et là où il"
    yield "est absent. Un ensemble d’une seule réponse décide ; un ensemble de deux avoue qu’il ne sait pas."
    yield ""
    yield _row("code", "promis", "obtenu", "code présent", "code absent", "une seule réponse")
    yield "|---" * 6 + "|"
    for one in found.coverage:
        level = f"{100 * one.level:.0f} %"
        yield _row(one.name, level, one.covered, one.present or "—", one.absent or "—", one.single)


def _senses(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Sens", "")
    yield f"Là où une personne a posé le code, sens exact : **{found.sense_accuracy}** (toujours dire le sens le plus"
    yield f"fréquent du code : {number(found.sense_majority)})."
    yield f"Erreur de calibration : {found.sense_calibration_error}."
    yield ""
    yield "| sens | codes | le code y est trouvé (rappel) | F1 du code avec ce sens | F1 du sens, code connu |"
    yield "|---|---|---|---|---|"
    for name, one in found.senses.items():
        yield _row(name, one.pairs, one.recall, one.coded_f1, one.f1)
    yield from ("", "| passages | + | - | ± |", "|---|---|---|---|")
    for name, counts in found.counts.items():
        if set(counts) == {sense.value for sense in Sense}:
            yield _row(name, *(counts[sense.value] for sense in Sense))


def _reliability(found: Evaluation, diagram: str | None) -> Iterator[str]:
    yield from ("", "### Ce que valent les probabilités", "")
    yield f"Erreur de calibration (ECE, parts égales, moyenne des trois codes) : **{found.calibration_error}**."
    yield "L’intervalle penche vers le haut : rééchantillonner ajoute de l’erreur."
    yield "Probabilité moyenne dite → part vraie, par dixième des passages :"
    yield ""
    yield _row("dixième", *found.reliability)
    yield "|---" * (len(found.reliability) + 1) + "|"
    for place in range(max(map(len, found.reliability.values()))):
        here = (bins[place] for bins in found.reliability.values())
        yield _row(place + 1, *(f"{number(one.probability)} → {one.frequency}" for one in here))
    if diagram:
        yield from ("", f"![Diagramme de fiabilité]({diagram})")


def _parts(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Par sorte de passage")
    for kind, parts in found.parts.items():
        if len(parts) > 1:
            yield from ("", f"| {_KINDS[kind]} | passages | macro-F1 |", "|---|---|---|")
            yield from (_row(one.name, one.passages, one.macro_f1) for one in parts)


def _subcodes(found: Evaluation) -> Iterator[str]:
    yield from ("", "### Sous-codes suggérés, là où une personne a posé le code", "")
    yield from ("| sous-code | passages | F1 |", "|---|---|---|")
    for name, value in found.subcode_f1.items():
        yield _row(name, found.counts[name]["oui"], value)


def _block(found: Evaluation, source: str) -> Iterator[str]:
    first = headline(found)
    yield f"**Ce qu’il vaut.** {first.title}, {first.passages} passages, intervalles à 95 %."
    yield from ("", "| | F1 | précision | rappel |", "|---|---|---|---|")
    for one in first.labels:
        yield _row(one.name, one.f1, one.precision, one.recall)
    yield ""
    yield f"Macro-F1 des trois codes : {first.macro_f1}. Sens exact là où le code est posé : {first.sense_accuracy}."
    yield f"Erreur de calibration : {first.calibration_error}."
    for accepted in first.acceptance:
        yield _sentence(accepted)
    best = _best_other(first)
    if best:
        yield f"La meilleure des manières plus simples : {best[0]}, macro-F1 {best[1]}."
    yield source


def _sentence(one: Acceptance) -> str:
    return (
        f"Passages décidables sans personne, à {100 * one.level:.0f} % : {one.share} ; codes posés justes :"
        f" {one.put_right or '—'} ; « pas de code » juste : {one.nothing_right or '—'}."
    )


def _best_other(found: Evaluation) -> tuple[str, Figure] | None:
    """The simpler way with the highest macro-F1; the coder is the last of the ways."""
    others = [(name, figures["macro"]) for name, figures in list(found.compared.items())[:-1]]
    return max(others, key=lambda one: one[1].value) if others else None


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"
