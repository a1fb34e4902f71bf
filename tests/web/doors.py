"""Every address that asks for an object or a right, for `test_access` to try with each role, here and elsewhere.

A part of the site adds its lines to `DOORS`; `here` is the place of what the address shows, and the functions of
`conftest` make it.
"""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tests.receiving.fakes import to_check
from tests.web.conftest import passage, person, place, testimony
from voices import doubling
from voices.domain import Sense
from voices.receiving.depositing import keep_file
from voices.reporting import Asked
from voices.reviewing import Coding
from voices.store.models import (
    AssignedPassage,
    Assignment,
    Deposit,
    Erasure,
    Grant,
    Link,
    PassageTheme,
    Place,
    Publication,
    ReportVersion,
    Shortlist,
    ShortlistItem,
    Theme,
    ThemeChange,
    ThemeRun,
)
from voices.web import links
from voices.web.access import Action

ROLES = {"C": "coordination", "E": "evaluation", "M": "communication", "A": "administration"}

# Who may do what: with a role for one place, with a role for the whole network. Written by hand, from what each does.
MAY: dict[Action, tuple[str, str]] = {
    Action.DEPOSIT: ("C", "C"),
    Action.READ: ("CE", "CE"),
    Action.NAMES: ("CE", "CE"),
    Action.PLACE: ("CE", "CE"),
    Action.REVIEW: ("E", "E"),
    Action.DOUBLE: ("E", "E"),
    Action.BOOK: ("", "E"),
    Action.THEMES: ("E", "E"),
    Action.SEARCH: ("E", "E"),
    Action.TABLES: ("E", "E"),
    Action.HISTORY: ("CE", "CE"),
    Action.REPORT: ("CE", "CE"),
    Action.QUOTES: ("M", "M"),
    Action.PEOPLE: ("", "A"),
    Action.ACTIVITY: ("", "A"),
    Action.RIGHTS: ("", "A"),
    Action.REAL_NAMES: ("", "A"),
}

PUBLIC = {"sign_in", "sign_in_code", "invitation", "reset", "health", "measures"}
"""Addresses for who is not signed in."""
FOR_ALL = {
    "home",
    "sign_out",
    "account",
    "account_name",
    "account_password",
    "account_theme",
    "account_code",
    "account_no_code",
    "account_sessions",
    "account_sessions_end",
}
"""Addresses for anyone signed in, whatever they may do: their own account."""


@dataclass(frozen=True)
class Door:
    """An address, the action it asks for, and what a GET gives to who may: 200, or 405 where it is for POST."""

    name: str
    action: Action
    kwargs: Callable[[Place], dict[str, Any]] = lambda here: {}
    answer: int = 200
    of_a_place: bool = False
    """Whether it shows something of one place, which is not there for the people of another."""


def _invited(here: Place) -> dict[str, Any]:
    links.invite("Anne", "coordination", here, None)
    return {"link_id": Link.objects.latest("pk").pk}


def _granted(here: Place) -> dict[str, Any]:
    grant = Grant.objects.create(user=person(), role="evaluation", place=here)
    return {"user_id": grant.user.pk, "grant_id": grant.pk}


def _deposited(here: Place) -> dict[str, Any]:
    return {"deposit_id": Deposit.objects.create(place=here).pk}


def _questionnaire(here: Place) -> dict[str, Any]:
    deposit = Deposit.objects.create(place=here)
    answers = "Racontez ce qui vous a marqué\nOn m’a tiré une chaise près de la fenêtre, tout de suite.\n"
    return {"file_id": to_check(keep_file(deposit, "q.csv", answers.encode(), settings=settings.VOICES)).pk}


def _quoted(here: Place) -> dict[str, Any]:
    return {"passage_id": passage(testimony(here)).pk}


def _card(here: Place) -> dict[str, Any]:
    return _quoted(here) | {"form": "story"}


def _item(here: Place) -> ShortlistItem:
    held = {"passage": passage(testimony(here)), "spans": [[0, 3]], "digest": "x"}
    return ShortlistItem.objects.create(shortlist=Shortlist.objects.create(name="Affiche"), **held)


def _listed(here: Place) -> dict[str, Any]:
    return {"list_id": _item(here).shortlist_id}


def _published(here: Place) -> dict[str, Any]:
    return {"publication_id": Publication.objects.create(testimony=testimony(here), text="Bonjour.", form="texte").pk}


_PAGE = (
    '<!DOCTYPE html><html><head><style></style></head><body><header class="titre"><h1>Essai</h1></header>'
    '<main id="contenu"><p>Rien.</p></main></body></html>'
)


def _reported(here: Place) -> dict[str, Any]:
    facts = {"asked": Asked("Essai", (here.pk,)).kept(), "headline": {}, "testimonies": {}, "shown": [], "quotes": []}
    packed = gzip.compress(json.dumps(facts | {"passages": {}}).encode())
    version = ReportVersion.objects.create(title="Essai", html=_PAGE, pdf=b"%PDF", facts=packed)
    version.places.set([here])
    return {"pk": version.pk}


def _doubled(here: Place) -> dict[str, Any]:
    """A double coding that is still blind, of two people who are neither of those who knock."""
    one = Assignment.objects.create(title="Essai")
    one.coders.set([person("evaluation", here), person("evaluation", here)])
    AssignedPassage.objects.create(assignment=one, passage=passage(testimony(here)), order=1)
    return {"pk": one.pk}


def _settled(here: Place) -> dict[str, Any]:
    """A double coding that is closed, on whose passage they differ."""
    pk = _doubled(here)["pk"]
    one = Assignment.objects.get(pk=pk)
    for coder, codes in zip(one.coders.all(), ({"accueil": Sense.LACK}, {}), strict=True):
        doubling.code(one, one.passages.get().passage, coder, Coding(codes), token=f"double{coder.pk}")
    doubling.close(one, None)
    return {"pk": pk}


def _at(double: dict[str, Any]) -> dict[str, Any]:
    return double | {"order": 1}


def _themed(here: Place) -> dict[str, Any]:
    """A theme of one passage of that place; the same number is that of a change made to it."""
    run = ThemeRun.objects.create()
    theme = Theme.objects.create(run=run, label="L’accueil")
    PassageTheme.objects.create(theme=theme, passage=passage(testimony(here)), rank=0)
    ThemeChange.objects.create(pk=theme.pk, theme=theme, kind=ThemeChange.Kind.HIDDEN, detail={"themes": [theme.pk]})
    return {"pk": theme.pk}


def _erased(here: Place) -> dict[str, Any]:
    return {"erasure_id": Erasure.objects.create(digest=f"{here.pk:064}", number=1, place=here).pk}


DOORS = [
    Door("people", Action.PEOPLE),
    Door("person_invite", Action.PEOPLE),
    Door("invitation_cancel", Action.PEOPLE, _invited, answer=405),
    Door("person", Action.PEOPLE, lambda here: {"user_id": person("coordination", here).pk}),
    Door("grant_remove", Action.PEOPLE, _granted, answer=405),
    Door("person_close", Action.PEOPLE, lambda here: {"user_id": person().pk}, answer=405),
    Door("person_reopen", Action.PEOPLE, lambda here: {"user_id": person(is_active=False).pk}, answer=405),
    Door("person_link", Action.PEOPLE, lambda here: {"user_id": person().pk}, answer=405),
    Door("person_no_code", Action.PEOPLE, lambda here: {"user_id": person(totp_secret=b"x").pk}, answer=405),
    Door("person_sessions_end", Action.PEOPLE, lambda here: {"user_id": person().pk}, answer=405),
    Door("places", Action.PEOPLE),
    Door("place_new", Action.PEOPLE),
    Door("place_edit", Action.PEOPLE, lambda here: {"place_id": here.pk}),
    Door("place_close", Action.PEOPLE, lambda here: {"place_id": here.pk}, answer=405),
    Door("place_reopen", Action.PEOPLE, lambda here: {"place_id": place(closed=True).pk}, answer=405),
    Door("activity", Action.ACTIVITY),
    Door("rights", Action.RIGHTS),
    Door("rights_one", Action.RIGHTS, lambda here: {"testimony_id": testimony(here).pk}),
    Door("real_names", Action.REAL_NAMES, lambda here: {"testimony_id": testimony(here).pk}),
    Door("rights_outputs", Action.RIGHTS, lambda here: {"testimony_id": testimony(here).pk}),
    Door("rights_letter", Action.RIGHTS, lambda here: {"testimony_id": testimony(here).pk}),
    Door("testimony_outputs", Action.DEPOSIT, lambda here: {"testimony_id": testimony(here).pk}, of_a_place=True),
    Door("testimony_letter", Action.DEPOSIT, lambda here: {"testimony_id": testimony(here).pk}, of_a_place=True),
    Door("rights_export", Action.RIGHTS, lambda here: {"testimony_id": testimony(here).pk}, answer=405),
    Door("rights_erase", Action.RIGHTS, lambda here: {"testimony_id": testimony(here).pk}, answer=405),
    Door("erasure", Action.RIGHTS, _erased),
    Door("deposit_new", Action.DEPOSIT),
    Door("deposits", Action.DEPOSIT),
    Door("deposit", Action.DEPOSIT, _deposited, of_a_place=True),
    Door("deposit_state", Action.DEPOSIT, _deposited, of_a_place=True),
    Door("deposit_consent", Action.DEPOSIT, _deposited, of_a_place=True),
    Door("testimony_consent", Action.DEPOSIT, lambda here: {"testimony_id": testimony(here).pk}, of_a_place=True),
    Door("file_columns", Action.DEPOSIT, _questionnaire, of_a_place=True),
    Door("file_leave", Action.DEPOSIT, _questionnaire, answer=405, of_a_place=True),
    Door("file_retry", Action.DEPOSIT, _questionnaire, answer=405, of_a_place=True),
    Door("book", Action.REVIEW),
    Door("book_new", Action.BOOK),
    Door("book_rules", Action.BOOK),
    Door("book_import", Action.BOOK),
    Door("book_keep", Action.BOOK, answer=405),
    Door("book_code", Action.BOOK, lambda here: {"code_id": "accueil"}),
    Door("book_remove", Action.BOOK, lambda here: {"code_id": "accueil"}, answer=405),
    Door("book_versions", Action.REVIEW),
    Door("book_version", Action.REVIEW, lambda here: {"number": 0}),
    Door("book_restore", Action.BOOK, lambda here: {"number": 0}, answer=405),
    Door("book_export", Action.REVIEW, lambda here: {"number": 0, "form": "toml"}),
    Door("quotes", Action.QUOTES),
    Door("quote_cut", Action.QUOTES, _quoted, of_a_place=True),
    Door("quote_around", Action.QUOTES, _quoted, of_a_place=True),
    Door("quote_testimony", Action.QUOTES, _quoted, of_a_place=True),
    Door("quote_copy", Action.QUOTES, _quoted, answer=405, of_a_place=True),
    Door("quote_keep", Action.QUOTES, _quoted, answer=405, of_a_place=True),
    Door("quote_cards", Action.QUOTES, _quoted, of_a_place=True),
    Door("quote_card", Action.QUOTES, _card, of_a_place=True),
    Door("quote_card_take", Action.QUOTES, _card, answer=405, of_a_place=True),
    Door("shortlists", Action.QUOTES),
    Door("shortlist", Action.QUOTES, _listed, of_a_place=True),
    Door("shortlist_export", Action.QUOTES, _listed, answer=405, of_a_place=True),
    Door("shortlist_delete", Action.QUOTES, _listed, answer=405, of_a_place=True),
    Door("shortlist_shift", Action.QUOTES, lambda here: {"item_id": _item(here).pk}, answer=405, of_a_place=True),
    Door("shortlist_drop", Action.QUOTES, lambda here: {"item_id": _item(here).pk}, answer=405, of_a_place=True),
    Door("publications", Action.QUOTES),
    Door("publication_removed", Action.QUOTES, _published, answer=405, of_a_place=True),
    Door("double", Action.DOUBLE),
    Door("double_new", Action.DOUBLE),
    Door("double_one", Action.DOUBLE, _doubled, of_a_place=True),
    Door("double_close", Action.DOUBLE, _doubled, answer=405, of_a_place=True),
    Door("double_undo", Action.DOUBLE, _doubled, answer=405, of_a_place=True),
    Door("double_passage", Action.DOUBLE, lambda here: _at(_doubled(here)), answer=404, of_a_place=True),
    Door("double_card", Action.DOUBLE, lambda here: _at(_doubled(here)), answer=404, of_a_place=True),
    Door("double_decide", Action.DOUBLE, lambda here: _at(_doubled(here)), answer=405, of_a_place=True),
    Door("double_differences", Action.DOUBLE, _settled, of_a_place=True),
    Door("double_settle", Action.DOUBLE, lambda here: _at(_settled(here)), of_a_place=True),
    Door("double_codings", Action.DOUBLE, _settled, of_a_place=True),
    Door("double_differences_csv", Action.DOUBLE, _settled, of_a_place=True),
    Door("history", Action.HISTORY),
    Door("history_export", Action.HISTORY, lambda here: {"form": "csv"}),
    Door("words", Action.SEARCH),
    Door("words_export", Action.SEARCH),
    Door("words_together", Action.SEARCH),
    Door("words_classes", Action.SEARCH),
    Door("words_measure", Action.SEARCH, answer=405),
    Door("words_measured", Action.SEARCH),
    Door("words_concordance", Action.SEARCH),
    Door("tables", Action.TABLES),
    Door("tables_export", Action.TABLES, lambda here: {"form": "csv"}),
    Door("reports", Action.REPORT),
    Door("report_new", Action.REPORT),
    Door("report", Action.REPORT, _reported, of_a_place=True),
    Door("report_page", Action.REPORT, _reported, of_a_place=True),
    Door("report_pdf", Action.REPORT, _reported, of_a_place=True),
    Door("report_docx", Action.REPORT, _reported, of_a_place=True),
    Door("report_markdown", Action.REPORT, _reported, of_a_place=True),
    Door("report_figures", Action.REPORT, _reported, of_a_place=True),
    Door("report_archive", Action.REPORT, _reported, answer=302, of_a_place=True),
    Door("report_plan", Action.REPORT, _reported, of_a_place=True),
    Door("report_neighbours", Action.REPORT, _reported, answer=405, of_a_place=True),
    Door("report_freeze", Action.REPORT, _reported, answer=405, of_a_place=True),
    Door("report_again", Action.REPORT, _reported, answer=405, of_a_place=True),
    Door("report_delete", Action.REPORT, _reported, answer=405, of_a_place=True),
    Door("themes", Action.THEMES),
    Door("themes_compute", Action.THEMES, answer=405),
    Door("themes_state", Action.THEMES),
    Door("themes_map", Action.THEMES),
    Door("themes_none", Action.THEMES),
    Door("themes_history", Action.THEMES),
    Door("theme", Action.THEMES, _themed, of_a_place=True),
    Door("theme_crossed", Action.THEMES, _themed, of_a_place=True),
    *(
        Door(f"theme_{act}", Action.THEMES, _themed, answer=405, of_a_place=True)
        for act in ("rename", "merge", "detach", "split", "hide", "show", "undo")
    ),
]
