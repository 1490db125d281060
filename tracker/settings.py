"""Every setting of the installation, read from the environment in this one place.

`.env.example` lists them with their meaning. Without any, the embedded default runs:
SQLite and no server. Production gives DATABASE_URL, REDIS_URL, EMAIL_URL and SECRET_KEY.
"""

import os
import sys
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from tracker.api import REST_FRAMEWORK as REST_FRAMEWORK
from tracker.api import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")
# A setting left empty is a setting not given.
environ.Env.ENVIRON = {name: value for name, value in os.environ.items() if value}

TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()
"""Where the embedded default keeps database, mail and its own secret; not in version control."""


def _embedded_secret() -> str:
    """Make a secret for this installation once, so that none is shared through the source."""
    from django.core.management.utils import get_random_secret_key

    kept = VAR_DIR / "secret-key"
    try:
        if not kept.is_file():
            VAR_DIR.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(get_random_secret_key())
        return kept.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data directory {VAR_DIR} cannot be written ({error.strerror}). Set VAR_DIR."
        ) from error


PRODUCTION = "DATABASE_URL" in env and not TESTING
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY is empty. Set it (see .env.example).")
    SECRET_KEY = "tests only, never served" if TESTING else _embedded_secret()
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
"""Former secrets: what they signed and sealed is still read."""

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "[::1]"])
ALLOWED_HOSTS.append("127.0.0.1")  # a container's health check asks under this name
PORT = env.str("PORT", default="8000")
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
"""Who keeps this installation, as the page about it says; empty: the page says it is not stated."""
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", default="")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DEMO = env.bool("DEMO", default=False)
"""Demo mode: a third, invented programme and a page that shows the mail (design §9)."""
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")
"""The one password of the demonstration's people; empty: made at random, kept in VAR_DIR."""
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)
"""Whether officers and administrators need a second factor; only a demonstration may do without."""
if not SECOND_FACTOR_REQUIRED and not DEMO and not TESTING:
    raise ImproperlyConfigured("SECOND_FACTOR_REQUIRED=0 is for demonstrations (DEMO=1) only.")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "simple_history",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "commitments",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "commitments.views.kept.pages.keep",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "commitments.middleware.take_utf8_only",
    "commitments.middleware.take_no_flood",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "commitments.middleware.name_the_hand",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commitments.views.staff.doors.end_old_sessions",
    "commitments.views.staff.doors.ask_second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "commitments.api.cors.open_to_all",
    "commitments.api.deprecations.announce",
    "commitments.api.limits.limit",
    "commitments.middleware.keep_private",
    "commitments.views.past.travel.travel",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",  # a writer waits at BEGIN, instead of failing half-way
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
    ),
}


def _database() -> dict[str, Any]:
    """Read DATABASE_URL; without one, the SQLite file of the embedded default."""
    address = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cam-ket.sqlite3'}")
    if not address.startswith(("postgres://", "postgresql://", "sqlite:///")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    try:
        found: dict[str, Any] = env.db_url_config(address)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {error}") from error
    options = found.setdefault("OPTIONS", {})
    found["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    if address.startswith("sqlite"):
        options.update(SQLITE_OPTIONS)
    else:
        options.setdefault("connect_timeout", 5)
        found["CONN_HEALTH_CHECKS"] = True
    return found


DATABASES = {"default": _database()}
DATABASE_ROUTERS = ["commitments.services.worlds.routing.PastRouter"]
PAST_DIR = Path(env.str("PAST_DIR", default=str(VAR_DIR / "past"))).absolute()
"""Where the record of past days is kept once somebody asked for it; may be emptied at any time."""
RELEASES_DIR = Path(env.str("RELEASES_DIR", default=str(VAR_DIR / "releases"))).absolute()
"""Where the dated releases of the open data are kept; web and worker need the same."""
DATA_LICENCE = env.str("DATA_LICENCE", default="")
"""The licence of the data: its name, and behind a blank its address; empty: none is declared."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "commitments.User"
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_VALIDATORS}UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {"NAME": f"{_VALIDATORS}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
LOGIN_URL = "staff:log-in"
LOGIN_REDIRECT_URL = "staff:my-work"
LOGOUT_REDIRECT_URL = "home"

# Log-in, second factor and sessions are django-allauth's; its open sign-up is not among our pages.
ACCOUNT_ADAPTER = "commitments.views.staff.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by a link that came by mail
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    "change_password": "commitments.forms.account.ChangePasswordForm",
    "reauthenticate": "commitments.forms.account.ConfirmPasswordForm",
    "reset_password_from_key": "commitments.forms.account.NewPasswordForm",
}
MFA_FORMS = {
    "activate_totp": "commitments.forms.account.ActivateAppForm",
    "authenticate": "commitments.forms.account.CodeForm",
    "reauthenticate": "commitments.forms.account.ConfirmCodeForm",
}
MFA_ADAPTER = "commitments.views.staff.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Cam Kết"
MFA_TOTP_TOLERANCE = 1  # the code before and after, too: typing takes its time (RFC 6238)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
"""How many proxies stand before us: so many addresses from the right the caller is named."""

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "commitments" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "tracker.statics.BriskStorage"
    },
}
FILES_DIR = Path(env.str("FILES_DIR", default=str(VAR_DIR / "files"))).absolute()
"""What staff hand in. Never served from here: a view asks who may see it."""
MEDIA_ROOT = FILES_DIR
FILE_UPLOAD_PERMISSIONS = 0o640
EVIDENCE_MAX_BYTES = env.int("EVIDENCE_MAX_BYTES", default=20 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "commitments.forms.uploads.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
WHITENOISE_AUTOREFRESH = TESTING or DEBUG  # files are looked up when asked for, not at the start

REDIS_URL = env.str("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
PAGES_KEPT_MB = env.float("PAGES_KEPT_MB", default=16)
"""Room for whole public pages in each web process; 0: none is kept, in Redis neither, and none
has a tag by which to ask whether it changed."""
PARTS_KEPT_MB = env.float("PARTS_KEPT_MB", default=16)
"""Room for parts that public pages share in each web process; 0: each is made for each page."""
BROKER_GIVEN = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_BROKER_URL = BROKER_GIVEN or f"sqla+sqlite:///{VAR_DIR / 'broker.sqlite3'}"
REMINDER_TICK_SECONDS = env.int("REMINDER_TICK_SECONDS", default=60)
"""How often the beat asks what is owed by now."""
TICK_LEASE_SECONDS = 180
"""Shorter than a long tick may take: were one killed, the next must not wait until an alarm."""
REMINDERS_OVERDUE_AFTER = env.int("REMINDERS_OVERDUE_AFTER", default=300)
"""Seconds without a finished tick after which the web raises the alarm."""
ALARM_WEBHOOK = env.str("ALARM_WEBHOOK", default="")
"""Where alarms are posted to as JSON; empty: they are only logged."""
OUTGOING_PORTS = frozenset({80, 443, *env.list("OUTGOING_PORTS", cast=int, default=[])})
"""Ports to which webhooks may be sent."""
DIGESTS_PER_ROUND = env.int("DIGESTS_PER_ROUND", default=500)
"""How many mails are handed out in one round; the next takes the rest."""
DIGEST_LEASE_SECONDS = 600
"""How long a sender may take; longer than a job lives, so that no two send at a time."""
WEEKLY_MAIL_HOUR = env.int("WEEKLY_MAIL_HOUR", default=7)
"""The hour of the week's first working day at which subscribers are told what changed."""
CONFIRM_MAILS_PER_DAY = env.int("CONFIRM_MAILS_PER_DAY", default=3)
"""How many links to confirm one address is sent a day, whoever asks for them."""
CITIZEN_FORMS_PER_HOUR = env.int("CITIZEN_FORMS_PER_HOUR", default=20)
"""How often one network may send a form that needs no log-in; a day takes three times as many."""
CELERY_TIMEZONE = TIME_ZONE  # all else of the jobs is in tracker/celery.py

EMAIL_URL = env.str("EMAIL_URL", default="")
if EMAIL_URL:
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Cam Kết <cam-ket@localhost>")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)

# Demo installations are served over plain HTTP on loopback; production sits behind TLS.
HTTPS = env.bool("HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz(/reminders|/webhooks)?$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "commitments.views.csrf.refused"
SESSION_COOKIE_SAMESITE = "Lax"  # a link in a mail leads into the session that is open
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_HOURS", default=12) * 60 * 60
SESSION_LONGEST = env.int("SESSION_LONGEST_DAYS", default=14) * 24 * 60 * 60
"""Seconds after which one logs in again, however busy one was."""
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

API_READS_A_MINUTE = env.int("API_READS_A_MINUTE", default=600)
"""How many answers one address may have made anew for it in a minute; 0: as many as it likes."""
API_CALLS_A_MINUTE = env.int("API_CALLS_A_MINUTE", default=600)
"""How many requests one token may make in a minute; 0: as many as it likes."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Answered 400; strangers asking under other names are no news.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # Two jobs a minute, all day: only what goes wrong with them is news.
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
