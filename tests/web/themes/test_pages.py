"""The pages of themes: who sees what, who changes what, what is said; and the search, done by the worker."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import passage, person, signed_in, testimony
from tests.web.themes.conftest import Ground, computed, search
from voices.quoting.finding import themes as quoted_themes
from voices.store.models import AssignedPassage, Assignment, Job, Passage, Theme, ThemeChange, ThemeRun
from voices.theming import acting, appearing, finding
from voices.web.access import Action, reach_of
from voices.web.views.search_filters import PassageFilters
from voices.web.views.themes_map import labels, points
from voices.web.views.themes_told import Mark, told
from voices.web.worker import Worker

pytestmark = pytest.mark.django_db
SUBJECTS = ("jardin", "vélo", "repas")


@pytest.fixture
def three(ground: Ground) -> list[Theme]:
    return search([ground.ids(one) for one in SUBJECTS], labels=["Le jardin", "Le vélo", "Le repas"])


def page(user: Any, name: str, *args: int, query: str = "") -> str:
    answer = signed_in(user).get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def test_the_list_tells_each_theme(ground: Ground, three: list[Theme]):
    said = page(ground.marie, "themes")
    for text in (
        "Le jardin",
        "Le vélo",
        "Le repas",
        "ses mots\u202f: mot",
        "«\u202fOn a semé des tomates au jardin.\u202f»",
    ):
        assert text in said
    assert "présence\u202f: 2, manque\u202f: 1, mixte\u202f: 0" in said
    assert "Calculer les thèmes" in said
    assert said.index("Le repas") < said.index("Le jardin"), "four testimonies come before three"


def test_within_each_a_every_figure_opens_its_passages(ground: Ground, three: list[Theme]):
    browser = signed_in(ground.marie)
    answer = browser.get(reverse("themes"))
    for code, _, mine in answer.context["within"]:
        told_here = [share.passages for _, share in mine]
        assert told_here == sorted(told_here, reverse=True)
        assert all(share.code == code and share.passages for _, share in mine)
    figures = re.findall(r'href="([^"]+[?]dit=[^"]+)">(\d+) ', answer.content.decode())
    assert figures
    for address, count in figures:
        assert browser.get(address).context["page"].paginator.count == int(count), address


def test_who_evaluates_one_place_sees_its_passages_alone_and_changes_nothing(ground: Ground, three: list[Theme]):
    search(
        [[ground.ids("jardin")[-1]], ground.ids("vélo"), ground.ids("repas")],
        labels=["Ailleurs", "Le vélo", "Le repas"],
    )
    said = page(ground.local, "themes")
    assert "Ailleurs" not in said
    assert "grâce à l’atelier" not in said
    assert "Calculer" not in said
    assert "La Halle" not in said
    assert (
        signed_in(ground.local).get(reverse("theme", args=[Theme.objects.get(label="Ailleurs").pk])).status_code == 404
    )
    one = page(ground.local, "theme", Theme.objects.get(label="Le vélo").pk)
    assert "J’ai réparé mon vélo." in one
    assert "grâce à l’atelier" not in one
    assert "Renommer" not in one
    assert "grâce à l’atelier" not in page(ground.local, "themes_map")


@pytest.mark.parametrize(
    "name", ["theme_rename", "theme_merge", "theme_split", "theme_hide", "theme_show", "theme_detach"]
)
def test_acts_ask_for_the_whole_network(ground: Ground, three: list[Theme], name: str):
    answer = signed_in(ground.local).post(reverse(name, args=[three[1].pk]), {"nom": "À moi"})
    assert answer.status_code == 403
    assert not ThemeChange.objects.exists()


def test_asking_for_a_search_and_undoing_ask_for_the_whole_network(ground: Ground, three: list[Theme]):
    change = acting.hide(three[0], ground.marie)
    assert change is not None
    browser = signed_in(ground.local)
    assert browser.post(reverse("themes_compute")).status_code == 403
    assert browser.post(reverse("theme_undo", args=[change.pk])).status_code == 403
    assert not Job.objects.exists()


def test_a_withdrawn_testimony_is_in_no_theme_any_more(ground: Ground, three: list[Theme]):
    of = ground.by_subject["jardin"][0].testimony
    of.consent = "retire"
    of.save()
    assert "tomates" not in page(ground.marie, "themes") + page(ground.marie, "theme", three[0].pk) + page(
        ground.marie, "themes_map"
    )
    assert [one.passages for one in told(reach_of(ground.marie))] == [4, 3, 2]


def test_acts_are_plain_forms(ground: Ground, three: list[Theme]):
    garden, bikes, meals = three
    browser = signed_in(ground.marie)
    browser.post(reverse("theme_rename", args=[garden.pk]), {"nom": "<b>Dehors</b>"})
    assert "&lt;b&gt;Dehors&lt;/b&gt;" in page(ground.marie, "theme", garden.pk)
    browser.post(reverse("theme_merge", args=[garden.pk]), {"theme": [bikes.pk]})
    assert "Réunis ici" in page(ground.marie, "theme", garden.pk)
    browser.post(reverse("theme_detach", args=[bikes.pk]))
    browser.post(reverse("theme_hide", args=[bikes.pk]))
    assert "1 thème caché" in page(ground.marie, "themes")
    answer = browser.post(
        reverse("theme_split", args=[meals.pk]), {"nom": "Midi", "mot": "repas de midi", "tous": "oui"}
    )
    new = Theme.objects.get(given="Midi")
    assert answer["Location"] == reverse("theme", args=[new.pk])
    assert new.members.count() == 1
    answer = browser.post(reverse("theme_split", args=[meals.pk]), {"nom": "Rien", "passage": ["x"]}, follow=True)
    assert "Aucun passage n’est choisi." in answer.content.decode()
    history = page(ground.marie, "themes_history")
    for text in (
        "&lt;b&gt;Dehors&lt;/b&gt;\u202f»",
        "réuni avec «\u202fLe vélo\u202f»",
        "remis à part",
        "caché",
        "1 passage dans «\u202fMidi",
    ):
        assert text in history
    for change in ThemeChange.objects.order_by("-pk"):
        browser.post(reverse("theme_undo", args=[change.pk]))
    assert {one.name for one in acting.shown().filter(hidden=False)} == {"Le jardin", "Le vélo", "Le repas"}


def test_the_passages_of_a_theme_are_filtered(ground: Ground, three: list[Theme]):
    def listed(query: str) -> set[str]:
        said = page(ground.marie, "theme", three[0].pk, query=query).split("<aside")[0]
        return {one.text for one in Passage.objects.all() if f'<blockquote class="said" dir="auto">{one.text}' in said}

    tomatoes, salads, water = (one.text for one in ground.by_subject["jardin"])
    assert listed("") == {tomatoes, salads, water}
    assert listed("?dit=accueil-manque") == {tomatoes}
    assert listed("?mot=SALADES") == {salads}
    assert listed(f"?lieu={ground.elsewhere.slug}") == {water}
    assert listed("?dit=rien") == set()
    assert listed("?dit=nimporte") == set()


def test_what_one_is_to_code_blind_has_a_theme_and_is_not_shown_to_them(ground: Ground, three: list[Theme]):
    assignment = Assignment.objects.create(title="Essai")
    assignment.coders.add(ground.marie)
    AssignedPassage.objects.create(assignment=assignment, passage=ground.by_subject["jardin"][0], order=1)
    assert "tomates" not in page(ground.marie, "theme", three[0].pk) + page(ground.marie, "themes_map")
    assert "tomates" in page(ground.local, "theme", three[0].pk)


def test_what_has_no_theme_is_shown_with_its_share(ground: Ground):
    search(
        [ground.ids("jardin")], alone=[*ground.ids("vélo"), *ground.ids("repas")[:2]], left_out=ground.ids("repas")[2:]
    )
    said = page(ground.marie, "themes")
    assert "5 passages</a> sans thème" in said
    assert "2 passages laissés de côté" in said
    none = page(ground.marie, "themes_none")
    assert "5 passages sur 8" in none
    assert "On graisse les vélos" in none
    assert "Un repas, à douze" not in none
    passage(testimony(ground.here, "Arrivé depuis."))
    assert "1 passage</strong> est arrivé depuis" in page(ground.marie, "themes")


@pytest.mark.django_db(transaction=True)
def test_before_any_search_and_with_too_few_passages_it_is_said(ground: Ground):
    assert "pas encore été cherchés" in page(ground.marie, "themes")
    Job.objects.create(kind=Job.Kind.THEMES, made_by=ground.marie)
    assert Worker().one()
    assert Job.objects.get().problem == ""
    assert re.search(r"Trop peu de passages \(\d+\)", ThemeRun.objects.get().note)
    assert "Trop peu de passages (" in page(ground.marie, "themes")
    assert "pas encore de carte" not in page(ground.marie, "themes_map")


@pytest.mark.django_db(transaction=True)
def test_the_worker_searches_and_a_second_search_is_not_asked_for(ground: Ground):
    browser = signed_in(ground.marie)
    for _ in range(2):
        browser.post(reverse("themes_compute"))
    assert Job.objects.count() == 1
    state = browser.get(reverse("themes_state"))
    assert "hx-get" in state.content.decode()
    Passage.objects.filter(pk=ground.ids("repas")[0]).update(vector=None)
    assert Worker().one()
    run = ThemeRun.objects.get()
    assert (run.made_by, run.unthemed.count()) == (ground.marie, 9)
    assert browser.get(reverse("themes_state"))["HX-Refresh"] == "true"


@pytest.mark.django_db(transaction=True)
def test_a_search_asked_for_by_who_may_no_more_is_refused(ground: Ground):
    Job.objects.create(kind=Job.Kind.THEMES, made_by=ground.local)
    assert Worker().one()
    assert "ne peut plus le faire" in page(ground.marie, "themes")
    assert not ThemeRun.objects.exists()


def test_only_what_may_be_analysed_is_compared_and_the_same_gives_the_same(ground: Ground):
    of = ground.by_subject["vélo"][0].testimony
    of.consent = "retire"
    of.save()
    steps: list[str] = []

    def watch(step: str) -> Any:
        return lambda done, total: steps.append(step)

    reach = reach_of(ground.marie)
    first, again = (finding.compute(reach.passages(Action.THEMES), seed=1, watch=watch) for _ in range(2))
    assert set(first.at) == {pk for one in SUBJECTS for pk in ground.ids(one)} - {ground.ids("vélo")[0]}
    assert (first.points == again.points).all()
    assert list(dict.fromkeys(steps)) == list(finding.STEPS)


def test_quotes_and_search_read_the_same_themes(ground: Ground, three: list[Theme]):
    acting.merge(three[0], [three[1]], ground.marie)
    acting.rename(three[0], "Dehors", ground.marie)
    acting.hide(three[2], ground.marie)
    reach = reach_of(ground.marie)
    assert [one.name for one in quoted_themes()] == ["Dehors"]
    from django.http import QueryDict

    form = PassageFilters(QueryDict(f"theme={three[0].pk}"), reach=reach, action=Action.SEARCH)
    assert set(form.among(Passage.objects.all()).values_list("pk", flat=True)) == {
        *ground.ids("jardin"),
        *ground.ids("vélo"),
    }
    assert "Dehors" in str(form["theme"])
    assert "Le vélo" not in str(form["theme"])


def test_the_map_has_a_point_a_passage_and_samples_beyond(ground: Ground, monkeypatch: pytest.MonkeyPatch):
    appearing.write(computed([ground.ids("jardin"), ground.ids("vélo")], alone=ground.ids("repas")), None)
    reach = reach_of(ground.marie)
    shown = told(reach, quotes=False)
    drawn, total = points(reach, shown)
    assert (len(drawn), total) == (10, 10)
    assert sum(one.mark is None for one in drawn) == 4
    assert all(0 < one.x < 1000 and 0 < one.y < 720 for one in drawn)
    assert len(labels(shown, drawn)) == 2
    said = page(ground.marie, "themes_map")
    assert said.count('tabindex="-1"><title>') == 10
    monkeypatch.setattr("voices.web.views.themes_map.MOST", 4)
    assert "4 passages tirés au sort sur 10" in page(ground.marie, "themes_map")
    assert points(reach, shown) == points(reach, shown)


def test_no_two_marks_are_alike_among_thirty_six():
    marks = {(one.hue, one.path) for one in map(Mark.of, range(1, 37))}
    assert len(marks) == 36


def test_a_passage_cut_since_is_in_no_theme(ground: Ground, three: list[Theme]):
    Passage.objects.filter(pk=ground.ids("jardin")[0]).update(retired=True)
    assert "tomates" not in page(ground.marie, "theme", three[0].pk)


def test_someone_without_the_role_is_refused(ground: Ground, three: list[Theme]):
    assert signed_in(person("coordination", ground.here)).get(reverse("themes")).status_code == 403


def test_a_theme_tells_its_counts_what_sets_it_apart_and_that_it_does_not_hold(ground: Ground, three: list[Theme]):
    Theme.objects.filter(pk=three[0].pk).update(stability=0.31, found_again=4, distinctive=[["tomates", 3, 4.2]])
    ThemeRun.objects.update(resamples=20)
    said = page(ground.marie, "theme", three[0].pk)
    for text in (
        "3 témoignages, 3 passages",
        "On en parle surtout à «\u202fLe Lavoir\u202f» (2 témoignages sur 3).",
        "«\u202fAccueil\u202f» y est dit dans 3 passages sur 3 (présence 2, manque 1).",
        "tomates (4 fois plus)",
        "Thème instable\u202f: sans un passage sur cinq, pris au hasard, il ne se retrouve que dans 4 tirages sur 20.",
    ):
        assert text in said
    listed = page(ground.marie, "themes")
    assert "1 thème instable\u202f: sans un passage sur cinq, il ne se retrouve pas assez." in listed
    assert "il ne se retrouve que dans 4 tirages sur 20" in listed


def test_what_people_recomposed_has_the_stability_of_no_part(ground: Ground, three: list[Theme]):
    Theme.objects.update(stability=0.31, found_again=4, distinctive=[["tomates", 3, 4.2]])
    change = acting.merge(three[0], [three[1]], ground.marie)
    acting.split(three[2], ground.ids("repas")[:1], "La soupe", ground.marie)
    unknown = "Des personnes ont recomposé ce thème\u202f: s’il tient n’a pas été mesuré depuis."
    for pk in (three[0].pk, three[2].pk, Theme.objects.get(label="La soupe").pk):
        said = page(ground.marie, "theme", pk)
        assert unknown in said
        assert "instable" not in said
        assert "tomates (" not in said
    acting.undo(change, ground.marie)
    said = page(ground.marie, "theme", three[0].pk)
    assert unknown not in said
    assert "Thème instable" in said


def test_families_open_and_hold_each_theme_once(ground: Ground, three: list[Theme]):
    first, second, third = (one.pk for one in three)
    leaves = [{"label": "", "themes": [pk], "parts": []} for pk in (first, second)]
    tree = [
        {"label": "Dehors", "themes": [first, second], "parts": leaves},
        {"label": "", "themes": [third], "parts": []},
    ]
    ThemeRun.objects.update(tree=tree)
    said = page(ground.marie, "themes")
    assert "Dehors" in said
    assert "2 thèmes, 6 passages" in said
    assert [said.count(f'id="theme-{pk}"') for pk in (first, second, third)] == [1, 1, 1]
    split = acting.split(three[0], ground.ids("jardin")[:1], "Les semis", ground.marie)
    said = page(ground.marie, "themes")
    assert "3 thèmes, 6 passages" in said, "what was taken out of a theme is beside it"
    assert f'id="theme-{split.detail["into"]}"' in said


def test_the_figures_of_crossings_open_as_many_passages(ground: Ground, three: list[Theme]):
    said = page(ground.marie, "theme_crossed", three[2].pk)
    opened = re.findall(r'<a class="figure" href="([^"]+)">(\d+)', said)
    assert opened
    for url, count in opened:
        listed = signed_in(ground.marie).get(url.replace("&amp;", "&")).content.decode()
        assert listed.count('class="read-one"') == int(count)  # a passage a testimony here


def test_crossings_are_of_the_passages_in_reach(ground: Ground, three: list[Theme]):
    assert "La Halle" in page(ground.marie, "theme_crossed", three[2].pk)
    assert "La Halle" not in page(ground.local, "theme_crossed", three[2].pk)
