"""What is said of a search for themes, in French: how it was done, and what to beware of."""

from collections.abc import Sequence

from voices.themes import groups

_BLOB = 0.6
"""A theme with more than this share of the passages is no theme among others: it is said."""
_THIN = "\u202f"


def method(way: groups.Method, n_passages: int, resamples: int = 0) -> str:
    """How the themes were sought."""
    if way.at_least < groups.LEAST:
        return "Aucune recherche de thèmes."
    least = groups.smallest(n_passages)
    told = f"{way.told}, sur {n_passages} passages{_THIN}; un thème compte au moins {least} passages."
    if resamples:
        told += (
            f" Stabilité{_THIN}: ressemblance moyenne de chaque thème (indice de Jaccard) avec le plus proche de ceux "
            f"que donnent {resamples} tirages de quatre passages sur cinq{_THIN}; un thème se retrouve dans un tirage "
            "où cette ressemblance est d’au moins 0,5, et il est instable si elle est en moyenne de moins de 0,6."
        )
    return told[:1].upper() + told[1:]


def note(n_passages: int, sizes: Sequence[int], unstable: Sequence[bool]) -> str | None:
    """What to beware of, None where there is nothing. `sizes`: of the themes, in passages, repeats counted once."""
    if n_passages < groups.LEAST:
        return f"Trop peu de passages ({n_passages}) pour dégager des thèmes."
    if not sizes:
        return f"Aucun thème ne se dégage{_THIN}: les passages parlent de choses trop diverses."
    if all(unstable):
        return (
            f"Aucun thème ne tient{_THIN}: à chaque tirage d’une partie des passages, d’autres groupes se forment. "
            "Ceux-ci ne sont que des pistes de lecture."
        )
    if max(sizes) > _BLOB * n_passages:
        share = round(100 * max(sizes) / n_passages)
        return (
            f"Un seul thème rassemble {share}{_THIN}% des passages{_THIN}: "
            "ils se ressemblent trop pour être départagés plus finement."
        )
    alone = n_passages - sum(sizes)
    if alone > groups.ALONE * n_passages:
        return f"{alone} passages sur {n_passages} ne se rattachent à aucun thème."
    return None
