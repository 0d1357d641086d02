"""Settings that every environment shares.

What differs between machines comes from environment variables; docs/settings.md
lists them all.
"""

from __future__ import annotations

from pathlib import Path

import environ
from django.utils.functional import lazy

from scri.naming import site_name
from scri.settings import security

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    "home",
    "networks",
    "platforms",
    "resources",
    "search",
    "navigation",
    "isomer",
    "editors.apps.EditorsConfig",
    "scri.apps.ScriConfig",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "content",
    # After both: whether a link leads somewhere is looked at when redirects are written.
    "care",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, so that files which WhiteNoise answers get the header, too.
    "scri.middleware.IndexingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Django 6: "django.middleware.csp.ContentSecurityPolicyMiddleware".
    "csp.middleware.CSPMiddleware",
    "scri.policy.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside everything that writes into a page.
    "scri.middleware.CompressTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "content.addresses.middleware.PublishedRedirectMiddleware",
    # Nearest to the views: it knows who is signed in, and sees what they answer.
    "editors.typed.TypedMiddleware",
    # Innermost, so that it meets the errors of views first.
    "scri.busy.BusyDatabaseMiddleware",
]

SECURE_CSP: dict[str, list[str]] = security.SECURE_CSP
# Where django-csp reads what Django 6 reads from SECURE_CSP.
CONTENT_SECURITY_POLICY = {"DIRECTIVES": SECURE_CSP}

ROOT_URLCONF = "scri.urls"
WSGI_APPLICATION = "scri.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Those of scri/ are found as an application's: found twice, one would extend itself.
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing at once when two of them meet, and readers
    # (editors, visitors) are not held up by a writer (Django's SQLite notes).
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            # Shorter than web servers wait for an answer, so that people are told (scri/busy.py).
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env("TIME_ZONE", default="Asia/Singapore")
# Editors enter times in the website's zone, whatever their own; so Wagtail offers no other.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
# Our words in place of some of Wagtail's.
LOCALE_PATHS = [BASE_DIR / "scri" / "locale"]
USE_TZ = True

# Where the admin and the documents of the library are. Whatever else only this software has lies
# below /-/, so that no page of a site loses its address to it.
ADMIN_PATH = env("ADMIN_PATH", default="admin").strip("/")
DOCUMENTS_PATH = env("DOCUMENTS_PATH", default="-/documents").strip("/")
STATIC_URL = "/-/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))()
STATICFILES_DIRS = [BASE_DIR / "scri" / "static"]
MEDIA_URL = "/-/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
# Whether this process itself answers /-/media/. Whatever else does it can't know which pictures
# are private.
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=True)
# What a web server in front calls the folder of stored files, such as "/stored/": it then sends
# the files that this process allows.
MEDIA_ACCEL = env("MEDIA_ACCEL", default="")

# Whether search engines may list the site. Only production lets them in by itself.
ALLOW_INDEXING = env.bool("ALLOW_INDEXING", default=False)
CSRF_FAILURE_VIEW = "scri.views.csrf_failure"
WAGTAIL_FRONTEND_LOGIN_TEMPLATE = "login.html"
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "password_required.html"
# Asked from the identity of the site whenever somebody reads it.
WAGTAIL_SITE_NAME = lazy(site_name, str)()
# Where pages were before a move is kept in the index of addresses (see content/addresses/moves.py).
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILADMIN_BASE_URL = env("ADMIN_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "content.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "content.SiteDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.library.rights.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.library.rights.FileForm"
# One form of words for every database; see the module.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
# Whether searches are counted, by their words and day, for the admin's report of search terms.
# Off: what people look for on a health site is their own business (docs/editing.md).
SEARCH_COUNTS_QUERIES = env.bool("SEARCH_COUNTS_QUERIES", default=False)
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "content.text_editor.TextEditor"},
    "table": {"WIDGET": "content.tables.form_field.TableEditor"},
}
# About the same loss in all three, measured on photographs of old sites; AVIF takes the
# fewest bytes, a quarter less than WebP and half of JPEG.
WAGTAILIMAGES_AVIF_QUALITY = 53
WAGTAILIMAGES_WEBP_QUALITY = 75
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_EXTENSIONS = [
    "avif", "bmp", "gif", "heic", "jpeg", "jpg", "png", "svg", "tiff", "webp",
]  # fmt: skip
# Browsers don't show TIFF. Templates name their formats; this is for the admin's own pictures.
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"tiff": "png"}
# Office files, recordings, archives; and pictures that the library can't hold. Wagtail serves
# them so that nothing in them runs.
WAGTAILDOCS_EXTENSIONS = [
    "avi", "avif", "bin", "bmp", "csv", "doc", "docm", "docx", "eps", "epub", "gif", "gz", "heic",
    "htm", "html", "ico", "ics", "jfif", "jpeg", "jpg", "json", "key", "m4a", "md", "mov", "mp3",
    "mp4", "numbers", "odp", "ods", "odt", "ogg", "pages", "pdf", "png", "ppt", "pptm", "pptx",
    "psd", "rar", "rtf", "svg", "tif", "tiff", "txt", "wav", "webm", "webp", "xls", "xlsm",
    "xlsx", "xml", "zip",
]  # fmt: skip
# The admin, too, asks no other host for anything.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Approving publishes what is there (content/editing/approval.py).
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = False
# Who approves is told, by e-mail; who runs the server is not.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Milliseconds after the last change at which a draft is saved by itself. Wagtail's own half
# second writes at every pause between words; SQLite has one writer, and a large body is stored
# whole each time. Two seconds write about once a sentence, and that much may be lost. One sitting
# is one revision, however often it was saved.
WAGTAIL_AUTOSAVE_INTERVAL = 2000
# The module whose rules make blocks of what is pasted into a body (editors/pasting): that of the
# importer, which need not be installed for it. "" where its folder is gone: Wagtail then pastes.
BLOCKS_OF_HTML = "isomer.rebuild"
# A page with many blocks posts many fields (Wagtail's StreamField documentation).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Which documents become which page types. The shipped table is SCRI's;
# `import_isomer --mapping FILE` names another.
ISOMER_MAPPING = BASE_DIR / "isomer" / "mapping" / "scri.toml"
# Off, an import writes new pages one by one, as an editor would: the same rows, much slower.
ISOMER_BULK_CREATION = env.bool("ISOMER_BULK_CREATION", default=True)
# How many runs of one source keep their messages; the last one always does.
ISOMER_RUNS_WITH_MESSAGES = env.int("ISOMER_RUNS_WITH_MESSAGES", default=5)
# Folders that an import may be started from in the admin, by the name that it shows there.
# isomer/checks.py says what is wrong with an entry.
ISOMER_SOURCES: dict[str, str] = {
    name.strip(): folder.strip()
    for name, _, folder in (
        entry.partition("=") for entry in env.list("ISOMER_SOURCES", default=[])
    )
}
ISOMER_REPORTS = env.path("ISOMER_REPORTS", default=str(BASE_DIR / "reports"))()

# E-mails to those who approve pages and those who wait for it. Without a server they are thrown
# away while editors/checks.py says so.
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", default="website@localhost")
# A mail server that does not answer must not hold up the person who submits a page.
EMAIL_TIMEOUT = 10

# Whether `check_links` may ask hosts in private networks. Never in production: whoever may write
# a link could then ask what only this machine can reach.
CHECK_PRIVATE_HOSTS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
