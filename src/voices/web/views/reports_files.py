"""The files of a report: its page, its PDF, its figures. The page has a policy of its own: its one style, no script."""

import gzip
import re
from base64 import b64encode
from hashlib import sha256

from csp.constants import NONE, SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from voices import reporting
from voices.store.models import ReportVersion
from voices.web.access import Action, allowed
from voices.web.traces import trace
from voices.web.views.reports_told import readable, version_of

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@allowed(Action.REPORT)
@require_safe
@xframe_options_sameorigin
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as its readers will see it, or as a file to take away. It runs nothing and loads nothing."""
    version = version_of(request, pk)
    if not readable(request, version, reporting.since(version)):
        return redirect("report", pk=pk)
    answer = HttpResponse(version.html, content_type="text/html; charset=utf-8")
    answer._csp_config = _policy(version.html)  # type: ignore[attr-defined]
    if "fichier" in request.GET:
        _take(request, answer, version, "html")
    return answer


@allowed(Action.REPORT)
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The report on paper."""
    version = version_of(request, pk)
    if not readable(request, version, reporting.since(version)):
        return redirect("report", pk=pk)
    answer = HttpResponse(bytes(version.pdf), content_type="application/pdf")
    _take(request, answer, version, "pdf")
    return answer


@allowed(Action.REPORT)
@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures and what they were counted from, in JSON: what defends the report."""
    version = version_of(request, pk)
    if not readable(request, version, reporting.since(version)):
        return redirect("report", pk=pk)
    answer = HttpResponse(gzip.decompress(bytes(version.facts)), content_type="application/json")
    _take(request, answer, version, "json")
    return answer


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


def _take(request: HttpRequest, answer: HttpResponse, version: ReportVersion, suffix: str) -> None:
    name = f"{slugify(version.title) or 'rapport'}-{version.pk}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    trace(request, "Rapport téléchargé", f"{name}{'' if version.frozen_at else ', brouillon'}")
