"""The one history: each kind of act, done as the site does it, is told once, with what was before and after."""

import csv
import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.receiving.fakes import to_check
from tests.web.conftest import passage, person, place, signed_in, suggested, testimony
from tests.web.themes.conftest import search
from voices import defining, doubling, naming, reporting, reviewing
from voices.defining.book import book, number_now
from voices.domain import Consent, OwnCode, Sense
from voices.doubling.assigning import Sampling
from voices.doubling.drawing import Way
from voices.quoting import publishing
from voices.quoting.wording import worded
from voices.receiving.consents import change, change_deposit
from voices.receiving.depositing import keep_file, set_aside
from voices.reviewing import Coding
from voices.store.models import (
    Act,
    ConsentChange,
    Deposit,
    MachinePass,
    Passage,
    Place,
    Publication,
    ReportVersion,
    SourceFile,
    Theme,
    ThemeChange,
    User,
)
from voices.store.models import Testimony as Letter
from voices.theming import acting

pytestmark = pytest.mark.django_db
TEXT = "Chantal m’a tiré une chaise. Je suis revenue le mardi avec Bérénice."
SECRET = "Bérénice"


@dataclass
class Ground:
    """A place with a testimony in two passages, read by a machine; people; another place."""

    here: Place
    away: Place
    letter: Letter
    passages: list[Passage]
    deposit: Deposit
    read: MachinePass
    marie: User
    paul: User
    themes: list[Theme]

    def publication(self) -> Publication:
        """A quote that went out."""
        return publishing.publish(
            worded(self.passages[0], [(0, 28)], settings=settings.VOICES), "texte", "Affiche", self.marie
        )

    def report(self) -> ReportVersion:
        """A draft of a report on the place."""
        from tests.web.doors import _reported

        return ReportVersion.objects.get(pk=_reported(self.here)["pk"])

    def assignment(self) -> Any:
        """A double coding of Marie and Paul."""
        return doubling.assign(
            "Essai", [self.marie, self.paul], Passage.objects.all(), Sampling(1, Way.DOUBT, 1), self.marie
        )

    def theme(self, index: int = 0) -> Theme:
        """A theme as it is now."""
        return Theme.objects.get(pk=self.themes[index].pk)


@pytest.fixture
def ground() -> Ground:
    cache.clear()
    here, away = place("Le Lavoir"), place("Ailleurs")
    marie, paul = person("evaluation", name="Marie"), person("evaluation", name="Paul")
    deposit = Deposit.objects.create(place=here, made_by=marie, consent="citations_anonymes", consent_source="lettre")
    letter = testimony(here, TEXT, deposit=deposit)
    passages = [passage(letter, 0, 28, useful=0.5), passage(letter, 29)]
    read = MachinePass.objects.create(coder="coder-3a@1")
    for one in passages:
        suggested(one, {"accueil": "+"}, read)
        one.vector = np.zeros(384, "<f2").tobytes()
        one.save()
    reviewing.refresh([one.pk for one in passages])
    themes = search([[passages[0].pk], [passages[1].pk]], labels=["chaise", "mardi"])
    return Ground(here, away, letter, passages, deposit, read, marie, paul, themes)


def named(ground: Ground) -> Any:
    row = Letter.objects.get(pk=ground.letter.pk)
    return naming.add(row, SECRET, "personne", seen=naming.stamp(row), by=ground.marie, settings=settings.VOICES)


def put_back(ground: Ground) -> None:
    change_ = named(ground)
    row = Letter.objects.get(pk=ground.letter.pk)
    naming.put_back(row, change_.mark, seen=naming.stamp(row), by=ground.marie, settings=settings.VOICES)


def with_code(ground: Ground, label: str) -> None:
    own = OwnCode("entraide", label, "On s’aide entre voisins.", None, (), ())
    defining.keep(replace(book(), own=(own,)), base=number_now(), note="vu ensemble", by=ground.marie)


def undone_theme(ground: Ground) -> None:
    done = acting.rename(ground.theme(), "Une chaise", ground.marie)
    assert done
    acting.undo(done, ground.paul)


def aside(ground: Ground) -> None:
    answers = "Racontez ce qui vous a marqué\nOn m’a tiré une chaise près de la fenêtre, tout de suite.\n"
    file = keep_file(ground.deposit, "Odile.csv", answers.encode(), settings=settings.VOICES)
    set_aside(to_check(file), ground.marie)


def closed(ground: Ground) -> None:
    doubling.close(ground.assignment(), ground.paul)


def settled(ground: Ground) -> None:
    one = ground.assignment()
    it = one.passages.get().passage
    doubling.close(one, ground.paul)
    doubling.settle(one, it, ground.paul, Coding({"action": Sense.LACK}), token="s")


def recalled(ground: Ground) -> None:
    publishing.removed([ground.publication()], ground.paul)


def frozen(ground: Ground) -> None:
    reporting.freeze(ground.report(), ground.paul)


def withdrawn(ground: Ground) -> None:
    change([ground.letter], Consent.WITHDRAWN, source="par téléphone", by=ground.marie)


def whole_deposit(ground: Ground) -> None:
    change_deposit(ground.deposit, [], Consent.ANALYSIS, source="courriel", by=ground.marie)


def brought_back(ground: Ground) -> None:
    reviewing.take_back(ground.read, ground.marie)
    reviewing.bring_back(ground.read, ground.paul)


ACTS: list[tuple[str, Callable[[Ground], Any], tuple[str, str, str, str, str]]] = [
    (
        "a decision",
        lambda g: reviewing.decide(g.passages[0], g.paul, Coding({"action": Sense.PRESENCE}), token="d"),
        ("passages", "Paul", "a relu", "Accueil (présence)", "Action (présence)"),
    ),
    ("an adjudication", settled, ("passages", "Paul", "a tranché", "Accueil (présence)", "Action (manque)")),
    ("a withdrawal", withdrawn, ("accords", "Marie", "a retiré l’accord", "Citations sans nom", "Accord retiré")),
    (
        "a consent",
        lambda g: change([g.letter], Consent.NAMED_QUOTES, source="lettre", by=g.paul),
        ("accords", "Paul", "a changé l’accord", "Citations sans nom", "Citations avec le prénom"),
    ),
    (
        "a deposit’s consent",
        whole_deposit,
        ("accords", "Marie", "a changé l’accord de tout un dépôt", "Citations sans nom", "Analyse seulement"),
    ),
    ("a name", named, ("noms", "Marie", "a remplacé un nom, à 1 endroit", "un nom", "*")),
    ("a word put back", put_back, ("noms", "Marie", "a remis le mot d’origine, à 1 endroit", "*", "le mot d’origine")),
    (
        "names checked",
        lambda g: naming.check(g.letter, g.paul),
        ("noms", "Paul", "a dit les noms vérifiés", "à vérifier", "vérifiés"),
    ),
    (
        "a machine pass taken back",
        lambda g: reviewing.take_back(g.read, g.marie),
        ("machine", "Marie", "a annulé une lecture de la machine", "vaut", "annulée"),
    ),
    (
        "a machine pass brought back",
        brought_back,
        ("machine", "Paul", "a rétabli une lecture de la machine", "annulée", "vaut"),
    ),
    (
        "a version of the book",
        lambda g: with_code(g, "Entraide"),
        ("grille", "Marie", "*Entraide*ajouté", "", "[Entraide] Nom : Entraide*"),
    ),
    (
        "a theme renamed",
        lambda g: acting.rename(g.theme(), "Une chaise", g.marie),
        ("themes", "Marie", "a renommé un thème", "nom calculé", "Une chaise"),
    ),
    (
        "a change undone",
        undone_theme,
        ("themes", "Paul", "a annulé le nom donné à un thème", "Une chaise", "nom calculé"),
    ),
    (
        "themes merged",
        lambda g: acting.merge(g.theme(), [g.theme(1)], g.marie),
        ("themes", "Marie", "a réuni des thèmes", "chaise et mardi", "chaise"),
    ),
    (
        "a theme hidden",
        lambda g: acting.hide(g.theme(), g.marie),
        ("themes", "Marie", "a caché un thème", "dans la liste", "caché"),
    ),
    (
        "a search for themes",
        lambda g: search([[g.passages[0].pk]], [g.passages[1].pk], labels=["chaise"]),
        ("themes", "*", "a cherché les thèmes", "", "nouveaux : 0, disparus : 1"),
    ),
    (
        "a double coding given",
        lambda g: g.assignment(),
        ("double", "Marie", "a donné un double codage", "", "1 passage à coder à l’aveugle par Marie et Paul"),
    ),
    ("a double coding closed", closed, ("double", "Paul", "a clos un double codage", "à l’aveugle", "clos")),
    (
        "a publication",
        lambda g: g.publication(),
        ("publications", "Marie", "a publié une citation", "", "Texte copié, Affiche"),
    ),
    (
        "a recall",
        recalled,
        ("publications", "Paul", "a noté qu’une citation n’est plus publiée", "Texte copié, Affiche", "retirée"),
    ),
    ("a frozen report", frozen, ("rapports", "Paul", "a figé un rapport", "brouillon", "figé, empreinte *")),
    (
        "a draft deleted",
        lambda g: reporting.discard(g.report(), g.marie),
        ("rapports", "Marie", "a supprimé un brouillon de rapport", "Essai", "supprimé"),
    ),
    (
        "a deposit",
        lambda g: Deposit.objects.create(place=g.here, made_by=g.paul),
        ("depots", "Paul", "a fait un dépôt", "", "accord : non renseigné"),
    ),
    ("a file set aside", aside, ("depots", "Marie", "a laissé un fichier de côté", "à vérifier", "laissé de côté")),
]


def lines(user: User, query: str = "") -> list[Any]:
    return list(signed_in(user).get(reverse("history") + query).context["lines"])


def told(line: Any) -> tuple[str, str, str, str, str]:
    said = (line.kind, line.who, line.did, line.before, line.after)
    plain = [text.replace("\u202f", " ").replace("\u00a0", " ").partition(" ; sous-codes")[0] for text in said]
    return plain[0], plain[1], plain[2], plain[3], plain[4]


def like(expected: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in expected.split("*")) + r"\Z", re.DOTALL)


@pytest.mark.parametrize(("act", "expected"), [one[1:] for one in ACTS], ids=[one[0] for one in ACTS])
def test_an_act_is_told_once_with_what_was_before_and_after(ground: Ground, act: Any, expected: tuple[str, ...]):
    act(ground)
    found = [told(line) for line in lines(ground.marie)]
    same = [one for one in found if all(like(said).match(is_) for said, is_ in zip(expected, one, strict=True))]
    assert len(same) == 1, found
    for line in lines(ground.marie, f"?nature={expected[0]}"):
        assert line.kind == expected[0]
        assert not line.url or signed_in(ground.marie).get(line.url).status_code == 200


TOGETHER = (
    *("a decision", "a word put back", "names checked", "a machine pass taken back", "a version of the book"),
    *("a change undone", "a search for themes", "a publication", "a recall", "a frozen report", "a draft deleted"),
    *("a deposit", "a file set aside", "a deposit’s consent"),
)
"""Acts that can be done one after the other."""


def all_done(ground: Ground) -> None:
    for name, act, _ in ACTS:
        if name in TOGETHER:
            act(ground)


@pytest.mark.parametrize(
    "query", ["", "?nature=noms", "?qui={marie}", "?lieu={here}", "?temoignage={letter}&passage=1"]
)
def test_the_tables_hold_exactly_what_the_page_tells(ground: Ground, query: str):
    all_done(ground)
    asked = query.format(marie=ground.marie.pk, here=ground.here.slug, letter=ground.letter.pk)
    page = lines(ground.marie, asked)
    assert page
    client = signed_in(ground.marie)
    text = b"".join(client.get(reverse("history_export", args=["csv"]) + asked)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    content = client.get(reverse("history_export", args=["xlsx"]) + asked).content
    cells = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    columns = cells[0]
    assert len(rows) == len(page) == len(cells) - 1
    for line, row, cell in zip(page, rows, cells[1:], strict=True):
        said = {"qui": line.who, "quoi": line.did, "avant": line.before, "apres": line.after, "sujet": line.thing}
        assert {name: row[name] for name in said} == said
        assert {name: cell[columns.index(name)] or "" for name in said} == said


def test_no_line_holds_a_real_name_nor_what_became_unreadable(ground: Ground):
    named(ground)
    ground.publication()
    aside(ground)
    before = lines(ground.marie)
    assert any(line.thing.startswith("Chantal") for line in before)
    withdrawn(ground)
    page = signed_in(ground.marie).get(reverse("history")).content.decode()
    text = b"".join(signed_in(ground.marie).get(reverse("history_export", args=["csv"]))).decode()
    for shown in (page, text):
        assert SECRET not in shown
        assert "Odile" not in shown
        assert "chaise." not in shown
    assert "a retiré l’accord" in page
    assert "a publié une citation" in html.unescape(page)


def kinds(user: User, query: str = "") -> set[str]:
    return {line.kind for line in lines(user, query)}


EVERYTHING = {
    "passages",
    "accords",
    "noms",
    "machine",
    "grille",
    "themes",
    "double",
    "publications",
    "rapports",
    "depots",
}
OF_PLACES = {"passages", "accords", "noms", "machine", "publications", "rapports", "depots"}


@pytest.mark.parametrize(
    ("role", "where", "expected"),
    [
        ("evaluation", "network", EVERYTHING),
        ("evaluation", "here", EVERYTHING),
        ("evaluation", "away", {"grille", "themes"}),
        ("coordination", "network", OF_PLACES),
        ("coordination", "here", OF_PLACES),
        ("coordination", "away", set()),
    ],
)
def test_each_role_sees_what_it_may_of_its_places(ground: Ground, role: str, where: str, expected: set[str]):
    all_done(ground)
    closed(ground)
    user = person(role, {"network": None, "here": ground.here, "away": ground.away}[where])
    assert kinds(user) == expected
    for line in lines(user):
        assert not line.url or signed_in(user).get(line.url).status_code == 200


@pytest.mark.parametrize(("role", "hidden"), [("evaluation", set()), ("coordination", EVERYTHING - OF_PLACES)])
def test_the_filter_offers_the_kinds_that_one_may_see(ground: Ground, role: str, hidden: set[str]):
    form = signed_in(person(role, ground.here)).get(reverse("history")).context["form"]
    offered = {value for _, some in form.fields["nature"].choices[1:] for value, _ in some}
    assert offered >= OF_PLACES
    assert EVERYTHING - offered == hidden


@pytest.mark.parametrize("role", ["communication", "administration"])
def test_others_see_none_of_it(ground: Ground, role: str):
    client = signed_in(person(role))
    assert client.get(reverse("history")).status_code == 403
    assert client.get(reverse("history_export", args=["xlsx"])).status_code == 403


def test_blind_coding_stays_blind(ground: Ground):
    reviewing.decide(ground.passages[0], person(name="Ida"), Coding({"action": Sense.LACK}), token="i")
    ground.publication()
    one = doubling.assign(
        "Essai", [ground.marie, ground.paul], Passage.objects.all(), Sampling(2, Way.DOUBT, 1), ground.marie
    )
    it = one.passages.get(passage=ground.passages[1]).passage
    doubling.code(one, it, ground.paul, Coding({"action": Sense.MIXED}), token="b")
    assert "passages" not in kinds(ground.marie)
    assert "passages" not in kinds(ground.paul)
    assert not any("relire/passage" in line.url for line in lines(ground.marie))
    other = person("evaluation")
    assert [line.who for line in lines(other, "?nature=passages")] == ["Ida"]
    doubling.close(one, ground.paul)
    assert {line.who for line in lines(ground.marie, "?nature=passages")} == {"Paul", "Ida"}


def test_pages_follow_one_another_without_a_gap_whatever_the_moments(ground: Ground):
    """Acts of one moment, in several tables, are each told once, by pages of any size."""
    all_done(ground)
    from voices.web.views import history

    moment = ConsentChange.objects.order_by("pk").last() or Act.objects.order_by("pk").first()
    assert moment
    for model in (Act, ThemeChange, Publication, Deposit):
        model.objects.update(made_at=moment.made_at)
    everything = [(line.kind, line.number, line.did) for line in lines(ground.marie)]
    assert len(set(everything)) == len(everything)
    for size in (1, 2, 3, 7):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(history, "_PAGE", size)
            client, found, address = signed_in(ground.marie), [], "?"
            while address:
                answer = client.get(reverse("history") + address)
                found += [(line.kind, line.number, line.did) for line in answer.context["lines"]]
                following = answer.context["following"].replace("+", "%2B")
                address = f"?apres={following}" if following else ""
            assert found == everything


@pytest.mark.parametrize(
    "mark", ["x", "1_2", "2024-01-01_0_0", "9999-12-31T00:00:00+00:00_0_1", "2024-01-01T00:00:00_0_0"]
)
def test_an_address_that_says_nothing_is_the_first_page_or_none(ground: Ground, mark: str):
    assert signed_in(ground.marie).get(reverse("history"), {"apres": mark}).status_code == 200


def test_a_period_and_a_person_are_asked_of_every_kind(ground: Ground):
    all_done(ground)
    tomorrow = (ground.deposit.made_at + timedelta(days=2)).date().isoformat()
    assert lines(ground.marie, f"?du={tomorrow}") == []
    assert {line.who for line in lines(ground.marie, f"?qui={ground.paul.pk}")} == {"Paul"}
    assert SourceFile.objects.count() == 1
