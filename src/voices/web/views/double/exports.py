"""Tables of a double coding: what each person said, and where they differ."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from voices import exchange
from voices.doubling import Double, Line
from voices.rights.outputs import record
from voices.store.models import Decision
from voices.web.access import Action, allowed, person_in
from voices.web.traces import trace
from voices.web.views.double.asked import closed
from voices.web.views.review.book import Book, book
from voices.web.views.review.said import name

WORDS = {"+": "présence", "-": "manque", "±": "mixte", "": ""}
"""Words, because a spreadsheet takes « + » and « - » for formulas."""
CSV = "text/csv; charset=utf-8"
_PASSAGE = ("numero", "passage", "temoignage", "lieu", "date", "texte")
Cell = str | int | None


@allowed(Action.DOUBLE)
@require_safe
def codings(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A line a passage and a person."""
    found, the_book = closed(request, pk), book()
    codes = codes_of_all(found, the_book)
    columns = (*_PASSAGE, "personne", *codes, "confiance", "sous_codes", "commentaire")
    return _sent(request, found, "codages", columns, _codings(found, codes))


@allowed(Action.DOUBLE)
@require_safe
def differences(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """A line a passage and a question on which they differ: what each says, what was settled."""
    found, the_book = closed(request, pk), book()
    people = [str(one) for one in found.coders]
    columns = (*_PASSAGE, "code", *people, "tranche", "tranche_par")
    return _sent(request, found, "differences", columns, _differences(found, codes_of_all(found, the_book)))


def codes_of_all(found: Double, the_book: Book) -> list[str]:
    """The codes of the book, then those that somebody put and that it no longer has."""
    put = {code for line in found.lines for one in line.words.values() for code in one.codes}
    return [*the_book.ids, *sorted(put - set(the_book.ids))]


def _codings(found: Double, codes: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    for line in found.lines:
        for one in _said(found, line):
            yield (
                *_passage(line),
                name(one.author),
                *(WORDS[one.codes.get(code, "")] for code in codes),
                _yes(one.trust),
                ", ".join(one.subcodes),
                one.comment,
            )


def _differences(found: Double, codes: Iterable[str]) -> Iterator[tuple[Cell, ...]]:
    codes = list(codes)
    for line in found.differing:
        for question in (*codes, "confiance"):
            told = {one.author_id: _answer(one, question) for one in _said(found, line)}
            if len(set(told.values())) > 1:
                yield (
                    *_passage(line),
                    question,
                    *(told.get(one.pk) for one in found.coders),
                    _answer(line.settled, question) if line.settled else None,
                    name(line.settled.author) if line.settled else None,
                )


def _answer(one: Decision, question: str) -> str:
    if question == "confiance":
        return _yes(one.trust)
    return WORDS[one.codes.get(question, "")] or "absent"


def _said(found: Double, line: Line) -> list[Decision]:
    return [line.words[one.pk] for one in found.coders if one.pk in line.words]


def _passage(line: Line) -> tuple[Cell, ...]:
    one = line.passage
    return (line.order, one.pk, one.testimony_id, one.place.name, one.testimony.date, one.text)


def _sent(
    request: HttpRequest, found: Double, what: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> StreamingHttpResponse:
    told = f"{found.assignment.title}, {what}"
    trace(request, "Export du double codage", told)
    record(f"Double codage, {told}", (line.passage.testimony_id for line in found.lines), person_in(request))
    answer = StreamingHttpResponse(exchange.csv_lines(columns, rows), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="double-codage-{found.assignment.pk}-{what}.csv"'
    return answer


def _yes(value: bool) -> str:
    return "oui" if value else "non"
