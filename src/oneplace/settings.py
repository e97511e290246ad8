"""Settings. Everything that a sponsor may want to change comes from the environment, with a safe default.

- `ONEPLACE_HOME`: the folder of the database, the secret key and the report archive. Default: `var` in the
  checkout, or in the current folder where the package is installed without one.
- `DATABASE_URL`: "postgres://…" where there is more than one machine (docs/reference/postgresql.md).
  Default: SQLite in the home folder.
- `ONEPLACE_SECRET_KEY`: default: generated on the first start and kept in the home folder.
- `ONEPLACE_HOSTS`: the host names that the site answers to, with commas. Default: this machine only.
- `ONEPLACE_HTTPS`: "1" where the site is reached by HTTPS, behind a proxy that sets `X-Forwarded-Proto` itself:
  secure cookies, redirects and HSTS.
- `ONEPLACE_PROXIES`: through how many proxies of your own each request comes: that many of the last addresses in
  `X-Forwarded-For` are believed (docs/reference/serving.md). Default: 0, and the header is not read.
- `ONEPLACE_PAGE_CACHE`: the megabytes of finished pages that each worker keeps. Default: 64. 0 keeps none.
- `ONEPLACE_DEBUG`: "1" for Django's debug pages. Never on a public site.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent


def _home() -> Path:
    if chosen := os.environ.get("ONEPLACE_HOME"):
        return Path(chosen).expanduser().resolve()
    checkout = PACKAGE.parents[1]
    return (checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()) / "var"


def _secret_key(home: Path) -> str:
    """The key from the environment, or one made once and readable by the owner only."""
    if given := os.environ.get("ONEPLACE_SECRET_KEY"):
        return given
    kept = home / "secret-key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if key := kept.read_text().strip():
            return key
        # Another process is between creating the file and writing it, or died there: do without it.
        return secrets.token_urlsafe(50)
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def _databases(home: Path) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL")
    config: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{home / 'oneplace.sqlite3'}"))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            # A writer takes its lock when it begins, and waits for it, instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Readers go on while a release is loaded. Django itself turns foreign keys on.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
        }
    else:
        # A connection takes longer to make than a page to ask for.
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return {"default": config}


def _number(name: str, usual: int, of: str) -> int:
    """A whole number from the environment, and none below 0."""
    given = os.environ.get(name, "").strip() or str(usual)
    try:
        return max(0, int(given))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {given!r}; it wants a whole number of {of}") from None


def _on(name: str) -> bool:
    return os.environ.get(name, "") == "1"


ONEPLACE_HOME = _home()
ONEPLACE_HOME.mkdir(parents=True, exist_ok=True)

SECRET_KEY = _secret_key(ONEPLACE_HOME)
DEBUG = _on("ONEPLACE_DEBUG")
ALLOWED_HOSTS = os.environ.get("ONEPLACE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "oneplace.places",
    "oneplace.indicators",
    "oneplace.archive",
    "oneplace.evidence",
    "oneplace.website",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "oneplace.website.middleware.safe_headers",
    "oneplace.website.middleware.freshness",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # For other servers than `oneplace serve`, whose front compresses by itself.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "oneplace.website.middleware.Methods",
    "oneplace.website.middleware.RecordOutOfReach",
    "oneplace.website.middleware.one_register",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "oneplace.website.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "website" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "oneplace.website.jinja.environment"},
    }
]

DATABASES = _databases(ONEPLACE_HOME)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ONEPLACE_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns at every start where it is missing
# The built assets are served from the package itself, so that a checkout runs without collecting them.
WHITENOISE_USE_FINDERS = True
# Their names change with what is in them, as build.mjs writes them: a browser need not ask again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\..+$"

PAGE_CACHE_BYTES = _number("ONEPLACE_PAGE_CACHE", 64, "megabytes") * 1_000_000
PROXIES = _number("ONEPLACE_PROXIES", 0, "proxies")

# The headers that keep a reader safe are in website/middleware.py, but for what HTTPS needs.
SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = None
SECURE_CROSS_ORIGIN_OPENER_POLICY = None
CSRF_FAILURE_VIEW = "oneplace.website.views.faults.not_sent"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
if _on("ONEPLACE_HTTPS"):
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Faults go to the standard error, with the address and the trace. That somebody asked for what is not there, or
# by a wrong name, is no fault of the site.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {
        "standard_error": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["standard_error"], "level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "oneplace": {"handlers": ["standard_error"], "level": "INFO"},
    },
}
