"""The journal says where something failed, for which request and how long it took; never what was sent or is held."""

import ast
import io
import json
import logging
import logging.config
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DataError
from django.http import Http404
from django.test import Client

from tests.web.conftest import passage, person, place, signed_in, testimony
from tests.web.doors import PUBLIC
from tests.web.test_access import _address, _patterns
from voices.errors import VoicesError
from voices.store.models import Job
from voices.web import access, logs, work
from voices.web.worker import Worker

pytestmark = pytest.mark.django_db
SRC = Path(logs.__file__).parents[2]

SECRET = "Monique Verdier a perdu ses papiers rue des Lilas"
WORDS = ("Monique", "Verdier", "papiers", "Lilas")


@pytest.fixture(params=["json", "court"])
def journal(request) -> Iterator[io.StringIO]:
    """What the site writes, as its settings set it."""
    written = io.StringIO()
    how: Any = logs.configuration(request.param)
    how["handlers"]["err"]["stream"] = written
    before = logging.root.handlers[:]
    logging.config.dictConfig(how)
    yield written
    logging.config.dictConfig(logs.configuration("court"))
    logging.root.handlers[:] = before


def no_word_of_it(text: str) -> None:
    assert not [word for word in WORDS if word.lower() in text.lower()], text[-3000:]


def unreadable() -> Exception:
    try:
        (SECRET + "é").encode("ascii")
    except UnicodeEncodeError as error:
        return error
    raise AssertionError


def caused() -> Exception:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        found = RuntimeError(SECRET)
        found.__cause__ = error
        return found


FAULTS = [
    ValueError(SECRET),
    VoicesError(SECRET, SECRET),
    DataError(f"DETAIL: Key (text)=({SECRET}) already exists."),
    PermissionDenied(SECRET),
    SuspiciousOperation(SECRET),
    Http404(SECRET),
    unreadable(),
    caused(),
    ExceptionGroup(SECRET, [ValueError(SECRET), caused()]),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_in_a_page_says_where_and_none_of_its_words(journal, monkeypatch, fault: Exception):
    fails(monkeypatch, fault)
    signed_in(person("evaluation")).post(f"/relire/?q={SECRET}", {"texte": SECRET})
    no_word_of_it(journal.getvalue())


def test_the_page_of_a_fault_shows_the_number_of_its_line(journal, monkeypatch):
    fails(monkeypatch, ValueError(SECRET))
    page = signed_in(person("evaluation")).get("/relire/")
    assert page.status_code == 500
    shown = re.search(r"<kbd>([0-9a-f]{12})</kbd>", page.text)
    assert shown
    assert shown[1] == page.headers["X-Request-ID"]
    assert any(shown[1] in line and "ValueError (" in line for line in journal.getvalue().splitlines())


def test_no_address_tells_what_it_was_asked_or_what_its_fault_holds(journal, monkeypatch):
    fails(monkeypatch, ValueError(SECRET))
    browser = signed_in(person("administration", name=SECRET))
    for pattern in _patterns():
        address = _address(pattern)
        if pattern.name not in PUBLIC | {"sign_out"}:
            browser.get(address, {"q": SECRET})
            browser.post(
                f"{address}?q={SECRET}", {"texte": SECRET, "next": SECRET}, headers={"Referer": f"http://x/{SECRET}"}
            )
    said = journal.getvalue()
    no_word_of_it(said)
    assert said.count("ValueError (") > 50


def test_public_pages_tell_nothing_of_names_and_passwords(journal):
    browser = Client()
    browser.post("/connexion/", {"username": SECRET, "password": SECRET})
    browser.get(f"/invitation/{'Lilas' * 5}/")
    browser.get("/Monique/Verdier/", headers={"Host": "Lilas.example"})
    browser.get("/Monique/Verdier/")
    no_word_of_it(journal.getvalue())


def fails(monkeypatch, fault: Exception) -> None:
    """Every view of someone signed in fails so, with the text in its variables."""
    text = SECRET
    list(_patterns())  # every view is there before: none of them keeps what follows

    def reach_in(request: object) -> None:
        held = {"testimony": text, "request": request}
        raise fault if held else AssertionError

    monkeypatch.setattr(access, "reach_in", reach_in)
    start = Client.__init__

    def quiet(self: Client, *args: Any, **kwargs: Any) -> None:
        start(self, *args, **kwargs | {"raise_request_exception": False})

    monkeypatch.setattr(Client, "__init__", quiet)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_in_the_worker_says_which_job_and_none_of_its_words(journal, monkeypatch, fault: Exception):
    def read(job: Job, watch: object) -> Any:
        held = [SECRET, watch]
        raise fault if held else AssertionError

    monkeypatch.setitem(work.OF, Job.Kind.READ, read)
    job = Job.objects.create(kind=Job.Kind.READ)
    Worker().one()
    said = journal.getvalue()
    no_word_of_it(said)
    if not isinstance(fault, VoicesError):  # which is told to people
        assert f"job {job.pk}: {type(fault).__name__} (" in said


def test_each_request_is_a_line_that_tells_who_by_number_what_and_how_long(journal):
    someone = person("evaluation")
    one = passage(testimony(place()))
    answer = signed_in(someone).get(f"/relire/passage/{one.pk}/", {"q": SECRET})
    if not is_json(journal):
        assert journal.getvalue() == ""  # the short one tells what fails
        return
    lines = [json.loads(line) for line in journal.getvalue().splitlines()]
    (line,) = [
        line for line in lines if line["logger"] == "voices.requests" and line["request"] == answer["X-Request-ID"]
    ]
    assert (line["user"], line["status"], line["method"]) == (someone.pk, answer.status_code, "GET")
    assert line["route"]
    assert line["ms"] >= 0
    assert set(line) == {
        "at", "level", "logger", "process", "said", "request", "route", "status", "user", "ms", "method"
    }  # fmt: skip


def test_what_fails_carries_the_number_of_its_request(journal, monkeypatch):
    fails(monkeypatch, ValueError(SECRET))
    answer = signed_in(person("evaluation")).get("/relire/")
    assert answer.status_code == 500
    if is_json(journal):
        failed = [json.loads(line) for line in journal.getvalue().splitlines() if "ValueError" in line]
        assert failed
        assert {line["request"] for line in failed} == {answer["X-Request-ID"]}


def is_json(journal: io.StringIO) -> bool:
    return journal.getvalue().startswith("{")


def test_other_peoples_messages_tell_where_they_come_from_alone(journal):
    log = logging.getLogger("pypdf")
    log.error(f"cannot read {SECRET}")
    log.error("cannot read %s at %d", SECRET, 12)
    log.error("cannot read %(what)s", {"what": SECRET})
    log.error("100 %% of %d", SECRET)
    log.error(ValueError(SECRET))
    said = journal.getvalue()
    no_word_of_it(said)
    assert "cannot read … at 12" in said


def test_what_nobody_caught_goes_by_the_journal_too():
    """In a process of its own: these hooks are those of the whole process."""
    code = f"""
import logging.config, threading, warnings
from voices.web import logs
logging.config.dictConfig(logs.configuration("json"))
logs.keep_all_bare()
warnings.warn({SECRET!r})
def fail():
    held = {SECRET!r}
    raise ValueError(held)
thread = threading.Thread(target=fail)
thread.start()
thread.join()
class Late:
    def __del__(self):
        fail()
late = Late()
del late
fail()
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=SRC)
    assert ended.returncode == 1
    no_word_of_it(ended.stderr + ended.stdout)
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["said"][:20] for line in lines] == ["stopped: ValueError "] * 3


def test_our_own_messages_are_written_in_the_code_and_take_no_text():
    """A message made with an f-string would go through as it is."""
    for path in sorted((SRC / "voices").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _logs(node.func):
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}"


def _logs(node: ast.expr) -> bool:
    """Whether it is `_log.warning` or the like."""
    by_log = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"_log", "log"}
    return by_log and node.attr in {"debug", "info", "warning", "error", "critical", "exception"}  # type: ignore[attr-defined]


def test_threads_answer_under_numbers_of_their_own():
    seen: list[str] = []
    token = logs.REQUEST.set("mien")
    thread = threading.Thread(target=lambda: seen.append(logs.REQUEST.get()))
    thread.start()
    thread.join()
    logs.REQUEST.reset(token)
    assert seen == [""]
