"""The files of a report: its page, its PDF, its figures. The page has a policy of its own: its one style, no script.

Those of a report that is no longer to be shown are given only to who has said that it is for the archive.
"""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp_update
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from voices import reporting
from voices.rights.warning import warned
from voices.store.models import ReportVersion
from voices.web.access import Action, allowed
from voices.web.traces import trace
from voices.web.views.reports_told import readable, told, version_of

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SALT = "voices.report.archive"
_A_WHILE = 15 * 60
_WANTED = {
    "page": "le rapport à l’écran",
    "fichier": "la page",
    "pdf": "le PDF",
    "docx": "le document Word",
    "markdown": "le texte en Markdown",
    "chiffres": "les chiffres",
}
"""What may be asked of a report that is no longer to be shown, as addresses say it and in words."""


@allowed(Action.REPORT)
@require_safe
@xframe_options_sameorigin
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as its readers will see it, or as a file to take away. It runs nothing and loads nothing."""
    return _given(request, pk, "fichier" if "fichier" in request.GET else "page")


@allowed(Action.REPORT)
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report on paper."""
    return _given(request, pk, "pdf")


@allowed(Action.REPORT)
@require_safe
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The report for a word processor, made from its page."""
    return _given(request, pk, "docx")


@allowed(Action.REPORT)
@require_safe
def markdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as Markdown, made from its page."""
    return _given(request, pk, "markdown")


@allowed(Action.REPORT)
@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures and what they were counted from, in JSON: what defends the report."""
    return _given(request, pk, "chiffres")


@allowed(Action.REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})  # type: ignore[untyped-decorator]
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """A report that is no longer to be shown: asks whether it is for the archive, then gives it and keeps that."""
    version = version_of(request, pk)
    since = reporting.since(version)
    wanted = request.POST.get("quoi") or request.GET.get("quoi", "")
    wanted = wanted if wanted in _WANTED else "page"
    if not readable(request, version, since) or not since.not_to_spread:
        return redirect("report", pk=pk)
    if request.method == "POST":
        trace(request, "Rapport à ne plus diffuser, ouvert", f"{_WANTED[wanted]}, {version.title}, n° {version.pk}")
        if wanted != "page":
            return _answer(request, version, wanted, warn=True)
        return redirect(f"{reverse('report_archive', args=[pk])}?{urlencode({'cle': _key(request, version)})}")
    key = request.GET.get("cle", "") if _confirmed(request, version) else ""
    context = {"version": version, "told": told(version), "since": since, "key": key}
    return render(request, "web/reports/archive.html", context | {"wanted": wanted, "what": _WANTED[wanted]})


def _given(request: HttpRequest, pk: int, wanted: str) -> HttpResponse:
    """What is wanted of the report, or the page to go through first."""
    version = version_of(request, pk)
    since = reporting.since(version)
    if not readable(request, version, since):
        return redirect("report", pk=pk)
    if since.not_to_spread and not (wanted == "page" and _confirmed(request, version)):
        return redirect(f"{reverse('report_archive', args=[pk])}?quoi={wanted}")
    return _answer(request, version, wanted)


def _answer(request: HttpRequest, version: ReportVersion, wanted: str, *, warn: bool = False) -> HttpResponse:
    if warn and wanted != "chiffres":
        return _warned(request, version, wanted)
    if made := _MADE.get(wanted):
        suffix, kind, make = made
        return _taken(request, HttpResponse(make(version), content_type=kind), version, suffix)
    answer = HttpResponse(version.html, content_type="text/html; charset=utf-8")
    answer._csp_config = _policy(version.html)  # type: ignore[attr-defined]
    return _taken(request, answer, version, "html") if wanted == "fichier" else answer


def _warned(request: HttpRequest, version: ReportVersion, wanted: str) -> HttpResponse:
    """A copy of what is wanted, that says first that it is no longer to be shown; what was frozen stays as it was."""
    from voices.report.paper import pdf

    page = warned(version.html, today=timezone.localdate())
    copies: Mapping[str, tuple[str, str, Callable[[str], bytes]]] = {
        "pdf": ("pdf", _MADE["pdf"][1], pdf),
        "docx": ("docx", _MADE["docx"][1], _word),
        "markdown": ("md", _MADE["markdown"][1], _text),
    }
    suffix, kind, make = copies.get(wanted, ("html", "text/html; charset=utf-8", str.encode))
    return _taken(request, HttpResponse(make(page), content_type=kind), version, f"a-ne-plus-diffuser.{suffix}")


def _word(page: str) -> bytes:
    from voices.report.word import docx

    return docx(page)


def _text(page: str) -> bytes:
    from voices.report.markdown import markdown

    return markdown(page).encode()


_MADE: Mapping[str, tuple[str, str, Callable[[ReportVersion], bytes]]] = {
    "pdf": ("pdf", "application/pdf", lambda version: bytes(version.pdf)),
    "docx": ("docx", _DOCX, lambda version: _word(version.html)),
    "markdown": ("md", "text/markdown; charset=utf-8", lambda version: _text(version.html)),
    "chiffres": ("json", "application/json", lambda version: gzip.decompress(bytes(version.facts))),
}
"""The files to take away but the page: how their names end, what they are, how they are made of a version."""


def _key(request: HttpRequest, version: ReportVersion) -> str:
    """What lets the person, and nobody else, read that report a while."""
    return signing.dumps([version.pk, request.user.pk], salt=_SALT)


def _confirmed(request: HttpRequest, version: ReportVersion) -> bool:
    """Whether the address holds such a key, still good."""
    try:
        said = signing.loads(request.GET.get("cle", ""), salt=_SALT, max_age=_A_WHILE)
    except signing.BadSignature:
        return False
    return bool(said == [version.pk, request.user.pk])


def _policy(html: str) -> dict[str, list[str]]:
    """Of this answer alone: the page's own style, by its digest, and nothing else; shown within our pages only."""
    style = _STYLE.search(html)
    digest = b64encode(sha256((style[1] if style else "").encode()).digest()).decode()
    return {
        "default-src": [NONE],
        "style-src": [f"'sha256-{digest}'"],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-downloads"],
    }


def _taken(request: HttpRequest, answer: HttpResponse, version: ReportVersion, suffix: str) -> HttpResponse:
    """The answer, as a file to take away; kept in the activity."""
    name = f"{slugify(version.title) or 'rapport'}-{version.pk}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    trace(request, "Rapport téléchargé", f"{name}{'' if version.frozen_at else ', brouillon'}")
    return answer
