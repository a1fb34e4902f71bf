"""What the code itself may not hold, read from its source: what is claimed of all of it and that no page shows."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "voices"
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in (SRC / "web" / "static" / "web" / "js").glob("*.js"))
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in (SRC / "web" / "templates").rglob("*.html"))


@cache
def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(SRC)): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SRC.rglob("*.py"))
    }


@cache
def calls() -> list[tuple[str, str, ast.Call]]:
    found = ((path, one) for path, tree in trees().items() for one in ast.walk(tree) if isinstance(one, ast.Call))
    return [(path, ast.unparse(one.func), one) for path, one in found]


def where(*names: str) -> set[str]:
    """The files that call one of these."""
    return {path for path, name, _ in calls() if name in names}


def imported(*modules: str) -> set[str]:
    """The files that import one of these, or something of them."""
    found = set()
    for path, tree in trees().items():
        for one in ast.walk(tree):
            names = [alias.name for alias in one.names] if isinstance(one, ast.Import) else []
            names += [one.module or ""] if isinstance(one, ast.ImportFrom) else []
            if any(name == module or name.startswith(f"{module}.") for name in names for module in modules):
                found.add(path)
    return found


def test_no_text_becomes_code():
    assert not where("eval", "exec", "compile", "__import__")
    assert not re.search(
        r"\beval\(|new Function|setTimeout\(\s*[\"'`]|innerHTML|insertAdjacentHTML|document\.write", SCRIPTS
    )
    assert "{% autoescape off" not in TEMPLATES
    assert not re.search(r"\|\s*safe\b", TEMPLATES)
    assert where("mark_safe") <= {"web/views/words.py", "web/views/words_classes.py"}, "drawn here, escaped there"


def test_no_command_is_made_of_what_was_typed():
    assert not where("os.system", "os.popen", "subprocess.getoutput", "subprocess.run", "subprocess.call")
    started = [(path, one) for path, name, one in calls() if name == "subprocess.Popen"]
    assert {path for path, _ in started} == {"ingest/apart.py", "web/serving.py"}
    for _, one in started:
        assert not {keyword.arg for keyword in one.keywords} & {"shell", "executable", None}


def test_no_library_is_called_by_its_address():
    assert not imported("ctypes", "cffi", "_ctypes")


def test_what_is_packed_is_never_code():
    assert imported("pickle", "marshal", "shelve", "dill", "joblib") == {"ingest/apart.py", "ingest/enclosed.py"}
    assert where("pickle.load", "pickle.loads") <= {"ingest/enclosed.py"}, (
        "in the process of a reader, of who started it"
    )
    assert not where("yaml.load", "torch.load", "joblib.load")


def test_nothing_here_speaks_to_another_machine():
    assert not imported(
        "requests", "httpx", "aiohttp", "urllib.request", "ftplib", "smtplib", "http.client", "telnetlib"
    )


@pytest.mark.parametrize(
    ("modules", "files"),
    [
        (("cryptography",), {"privacy/keys.py", "privacy/table.py", "safekeeping/stream.py"}),
        (("pyotp",), {"web/second_factor.py"}),
        (("hmac",), {"encoders/cache.py", "safekeeping/stream.py", "web/views/probes.py"}),
        (("random",), {"doubling/drawing.py"}),
        (("Crypto", "nacl", "OpenSSL", "ssl"), set()),
    ],
    ids=["ciphers", "codes", "seals", "a draw that one can draw again", "others"],
)
def test_what_is_secret_is_made_in_few_places(modules: tuple[str, ...], files: set[str]):
    assert imported(*modules) == files


def test_no_weak_algorithm_is_named():
    names = {name.rpartition(".")[2] for _, name, _ in calls()}
    assert not names & {"md5", "sha1", "new", "ECB", "PKCS1v15", "ARC4", "TripleDES", "Blowfish", "DES"} - {"new"}
    assert not where("hashlib.new", "hashlib.md5", "hashlib.sha1")


def test_one_comes_in_by_two_files_only():
    assert where("login") == {"web/views/accounts.py", "web/views/accounts_links.py"}
    assert not where("authenticate") - {"web/views/accounts.py"}


def test_browsers_keep_two_choices_and_no_word():
    kept = re.findall(r"localStorage\.setItem\((\w+), (.+?)\)", SCRIPTS)
    assert set(kept) == {("OFF", '"oui"'), ("WHY", '"oui"')}
    assert not re.search(r"sessionStorage|indexedDB|caches\.|serviceWorker|postMessage|document\.domain", SCRIPTS)


def test_scripts_compare_strictly_and_make_no_object_of_what_they_read():
    assert not re.search(r"[^=!]==[^=]|!=[^=]", SCRIPTS)
    assert not re.search(r"__proto__|\.prototype|Object\.assign\(\{\}|\bfor \(const \w+ in ", SCRIPTS)


def test_pages_hold_nothing_of_another_age():
    assert not re.search(r"<(object|embed|applet|frame|marquee)\b|javascript:|<[^>{]*\son[a-z]+=", TEMPLATES)
    assert all("sandbox" in one for one in re.findall(r"<iframe[^>]*>", TEMPLATES))


def test_answers_that_are_not_pages_name_each_field():
    for path, name, one in calls():
        if name == "JsonResponse":
            assert "__dict__" not in ast.unparse(one), path
            assert "model_to_dict" not in ast.unparse(one), path
    assert not where("model_to_dict", "serializers.serialize")


def test_what_serves_the_tests_is_not_installed_with_the_site():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    tools = ("pytest", "hypothesis", "playwright", "mypy", "ruff", "ipython", "debugpy", "django-debug-toolbar")
    assert not [one for one in tools if re.search(rf"^{one}\b", lock, re.MULTILINE)]
    assert not imported("pytest", "hypothesis", "playwright", "tests")


def test_types_are_strict_and_dangers_looked_for():
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert said["mypy"]["strict"] is True
    assert "S" in said["ruff"]["lint"]["select"]
    of_source = {key: rules for key, rules in said["ruff"]["lint"].get("per-file-ignores", {}).items() if "src" in key}
    assert not any(rule in rules for rules in of_source.values() for rule in ("S", "S102", "S307", "S602"))


def test_the_journal_goes_to_one_place():
    from voices.web import logs

    for how in ("court", "json"):
        handlers = logs.configuration(how)["handlers"]
        assert isinstance(handlers, dict)
        assert [one["class"] for one in handlers.values()] == ["logging.StreamHandler"]
    assert not where("logging.FileHandler", "logging.basicConfig", "logging.handlers.SysLogHandler")
