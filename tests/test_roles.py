"""What a witness is in the place: grouped where known, kept as said where not, never a name."""

from pathlib import Path

import pytest

from voices import ingest
from voices.ingest.columns import Kind, understand
from voices.roles import LABELS, label_of, plain_role, role_of, role_of_labels


@pytest.mark.parametrize(
    ("written", "group"),
    [
        ("Bénévole", "benevole"),
        ("Je suis bénévole", "benevole"),
        ("Salarié·e", "salarie"),
        ("salarié(e)", "salarie"),
        ("Coordinatrice", "salarie"),
        ("Un habitant du quartier", "convive"),
        ("convives", "convive"),
        ("Élue", "elu"),
        ("conseillère municipale", "elu"),
        ("partenaire associatif", "partenaire"),
        ("retraité", None),
        ("Chantal", None),
        ("", None),
    ],
)
def test_words_for_a_role_are_grouped_and_others_stay(written: str, group: str | None):
    assert role_of(written) == group
    assert label_of(written) == (LABELS[group] if group else written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  bénévole   du mardi ", "bénévole du mardi"),
        ("TRÉSORIÈRE", "TRÉSORIÈRE"),
        ("mère de Léo", None),
        ("bénévole, 06 12 34 56 78", None),
        ("je viens depuis longtemps avec mes enfants", None),
        ("", None),
    ],
)
def test_what_would_tell_who_it_is_is_not_kept(written: str, kept: str | None):
    assert plain_role(written) == kept


@pytest.mark.parametrize(
    ("speakers", "said"),
    [
        (["Bénévole 1", "Bénévole 2"], "Bénévole"),
        (["Salariée"], "Salariée"),
        (["Salariée", "Bénévole"], None),
        (["Bénévole", "Chantal"], None),
        (["Chantal"], None),
        ([None], None),
        ([], None),
    ],
)
def test_labels_tell_a_role_where_they_all_tell_the_same(speakers: list[str | None], said: str | None):
    assert role_of_labels(speakers) == said


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Vous êtes…", ["bénévole", "convive"], Kind.ROLE),
        ("Statut", ["salariée", "élu"], Kind.ROLE),
        ("Votre fonction", ["trésorière", "bénévole"], Kind.ROLE),
        ("Profil", ["habitante", "partenaire"], Kind.ROLE),
        ("Statut matrimonial", ["marié", "veuve"], Kind.CLOSED),
        ("Vous êtes venue comment ?", ["à pied", "en vélo"], Kind.OPEN),
        ("Prénom", ["Chantal", "Odile"], Kind.IDENTITY),
    ],
)
def test_a_column_of_roles_is_recognised(heading: str, cells: list[str], kind: Kind):
    (found,) = understand([heading], [[cell] for cell in cells], {})
    assert found.kind is kind
    (said,) = understand([heading], [[cell] for cell in cells], {heading: "rôle"})
    assert said.kind is Kind.ROLE


def test_a_questionnaire_and_a_transcript_tell_the_role(tmp_path: Path):
    (tmp_path / "q.csv").write_text(
        "Vous êtes…,Qu’est-ce qui vous a marqué ?\n"
        "Bénévole,On m’a tiré une chaise près du poêle et personne ne m’a jugée ce jour-là.\n"
        "trésorière,Nous épluchons les carottes ensemble tous les mardis et cela fait du bien.\n",
        encoding="utf-8",
    )
    (tmp_path / "t.txt").write_text(
        "Enquêtrice : Pourquoi venez-vous ?\nBénévole : Je viens pour les autres.\n"
        "Enquêtrice : Et depuis quand ?\nBénévole : Depuis deux ans, tous les mardis.\n",
        encoding="utf-8",
    )
    found = [one.origin.role for one in ingest.read(tmp_path).testimonies]
    assert sorted(map(str, found)) == ["Bénévole", "Bénévole", "trésorière"]
