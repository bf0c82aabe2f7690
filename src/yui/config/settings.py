"""Django settings, read from the environment (see docs/reference/settings.md).

Every variable begins with ``YUI_``. Without any, the embedded database under ``var/`` is used and the host is
localhost, so that a clone runs as it is.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

SOURCE = Path(__file__).resolve().parents[1]
ROOT = SOURCE.parents[1]
VAR = Path(os.environ.get("YUI_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)
DEFINITIONS_DIR = Path(os.environ.get("YUI_DEFINITIONS", ROOT / "definitions"))

YUI_DEMO = os.environ.get("YUI_DEMO") == "1"
YUI_HOSTS = os.environ.get("YUI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
YUI_PUBLIC_URL = os.environ.get("YUI_PUBLIC_URL", "http://localhost:" + os.environ.get("PORT", "8000")).rstrip("/")
YUI_TODAY = os.environ.get("YUI_TODAY", "")
YUI_OCDS_PREFIX = os.environ.get("YUI_OCDS_PREFIX", "ocds-unregistered")


def _secret_key() -> str:
    """The key from the environment, or one made once and kept beside the data, readable by its owner only."""
    given = os.environ.get("YUI_SECRET_KEY")
    if given:
        return given
    path = VAR / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as handle:
        handle.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = YUI_HOSTS + (["testserver"] if os.environ.get("PYTEST_VERSION") else [])
CSRF_TRUSTED_ORIGINS = [YUI_PUBLIC_URL]
HTTPS = YUI_PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "yui.base.tenancy",
    "yui.base.accounts",
    "yui.base.access",
    "yui.base.audit",
    "yui.base.definitions",
    "yui.base.measures",
    "yui.base.approvals",
    "yui.base.files",
    "yui.base.messages",
    "yui.base.documents",
    "yui.base.jobs",
    "yui.base.exchange",
    "yui.base.search",
    "yui.base.staff",
    "yui.base.ui",
    "yui.people",
    "yui.people.prospects",
    "yui.activities",
    "yui.activities.assignments",
    "yui.introductions",
    "yui.office.commissions",
    "yui.office.contracts",
    "yui.office.indicators",
    "yui.office.reports",
    "yui.office.expenses",
    "yui.office.sharing",
    "yui.office.calls",
    "yui.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yui.base.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yui.base.accounts.middleware.MachineMiddleware",
    "yui.base.tenancy.middleware.AuthorityMiddleware",
    "yui.base.definitions.middleware.TownWordsMiddleware",
    "yui.base.access.middleware.ActorMiddleware",
    "yui.base.access.middleware.StaffSecondFactorMiddleware",
    "yui.base.access.middleware.DomainErrorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "yui.config.urls"
WSGI_APPLICATION = "yui.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yui.base.ui.context.house",
                "yui.site.menu.composed",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "yui.base.ui.templatetags.yui",
                "yui.base.tenancy.templatetags.addresses",
                "yui.base.definitions.templatetags.definitions",
            ],
        },
    }
]

DATABASE_URL = os.environ.get("YUI_DATABASE_URL", f"sqlite:///{VAR / 'yui.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "yui_cache"}}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/start/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up is closed; the library reads from it that passwords exist
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "yui.base.messages.sign_in.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "yui.base.accounts.forms.ActivateCodeForm",
    "add_webauthn": "yui.base.accounts.forms.AddPasskeyForm",
}
MFA_TOTP_ISSUER = "Yui"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = True

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-yui" if HTTPS else "yui"
CSRF_COOKIE_NAME = "__Host-yui-csrf" if HTTPS else "yui-csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("YUI_BEHIND_PROXY") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
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
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "ja"
LANGUAGES = [
    ("ja", "日本語"),
    ("ja-easy", "やさしい日本語"),
    ("en", "English"),
    ("pt-br", "Português (Brasil)"),
    ("vi", "Tiếng Việt"),
]
LOCALE_PATHS = [SOURCE / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("PYTEST_VERSION"):
    STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = bool(os.environ.get("PYTEST_VERSION"))
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
YUI_UPLOAD_LIMIT = 20 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if YUI_DEMO and not os.environ.get("YUI_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # the demonstration sends nothing outside
EMAIL_HOST = os.environ.get("YUI_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("YUI_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("YUI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("YUI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("YUI_SMTP_TLS") == "1"
DEFAULT_FROM_EMAIL = os.environ.get("YUI_MAIL_FROM", "yui@example.jp")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
