"""Django's settings, made of voices' own table (`voices.settings`). Nothing else is read from the environment."""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from voices import settings as table
from voices.web import logs
from voices.web.database import database

VOICES = table.load()
DATA = VOICES.data
LOCAL = ("localhost", "127.0.0.1", "[::1]")


def _secret(path: Path) -> str:
    """The site's secret, drawn once and kept beside the base, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret(DATA / "secret")
DEBUG = False
ALLOWED_HOSTS = [*LOCAL, *VOICES.hosts]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in VOICES.hosts]
DATABASES: dict[str, dict[str, Any]] = {"default": database(VOICES)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "csp",
    "voices.store",
    "voices.web",
]
MIDDLEWARE = [
    "voices.web.requests.CountedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "voices.web.middleware.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "voices.web.sign_ins.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "voices.web.sign_ins.SessionsMiddleware",
    "voices.web.middleware.ReachMiddleware",
    "voices.web.sign_ins.CodeMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "voices.web.urls"
WSGI_APPLICATION = "voices.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "voices.web.shell.shell",
            ],
        },
    }
]

AUTH_USER_MODEL = "store.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in (
        ("django.contrib.auth.password_validation.MinimumLengthValidator", {"min_length": 10}),
        ("django.contrib.auth.password_validation.CommonPasswordValidator", {}),
        (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            {"user_attributes": ("username", "name")},
        ),
        ("voices.web.passwords.NotOnlyDigits", {}),
        ("voices.web.passwords.NotWordsOfHere", {}),
    )
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_HTTPONLY = True
THEME_COOKIE = "__Host-theme" if VOICES.https else "theme"
"""The colours that a browser asked for; `base.js` writes it too."""
if VOICES.https:
    # Browsers take a cookie of such a name from this very host alone, and over HTTPS.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "voices.web.views.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = VOICES.https
# waitress takes this header from the proxy that the settings name, and takes it away from whoever else sends it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if VOICES.https and VOICES.proxy else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if VOICES.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = VOICES.https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Five wrong passwords for one account from one address: a quarter of an hour's wait. django-axes keeps the count, of
# which `voices.web.tries` draws what one address, and one account, may have in all.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "voices.web.views.accounts.locked_out"
AXES_VERBOSE = False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
"""A quarter of an hour from the fifth failure: those who try meanwhile do not wait longer."""
AXES_DISABLE_ACCESS_LOG = True
"""Who came and when is in our own traces."""
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_HANDLERS = [
    "voices.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = DATA / "envois"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
"""Where large files stay while they are being sent: emptied when the site opens, in case it was stopped meanwhile."""
MAX_FILE_BYTES = 50 * 2**20
"""The largest file taken in."""

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = USE_TZ = USE_THOUSAND_SEPARATOR = True
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = WHITENOISE_ALLOW_ALL_ORIGINS = False
LOGGING = logs.configuration(VOICES.journal)
