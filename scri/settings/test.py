"""The tests and checks: fast password hashing, a database and media folder of their own.

``DATABASE_URL`` chooses a server; without it a developer's own database is never
touched: checks get one in memory, tests one in a file. A file, because a browser
test reads and writes from several threads, and a database in memory refuses what
another thread holds, where a file makes it wait. Test processes run side by side,
each with a database named after it (pytest-xdist).
"""

from __future__ import annotations

import secrets
import tempfile

from scri.settings.base import *  # noqa: F403
from scri.settings.base import DATABASES, env

DEBUG = False
SECRET_KEY = "test-only-key"
ALLOWED_HOSTS = ["*"]
SERVE_MEDIA = True
ALLOW_INDEXING = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Made and removed by tests/conftest.py; a check that only reads settings needs none.
TEST_FOLDER = f"{tempfile.gettempdir()}/project-test-{secrets.token_hex(8)}"
MEDIA_ROOT = f"{TEST_FOLDER}/media"
ISOMER_REPORTS = f"{TEST_FOLDER}/reports"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if not env("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = ":memory:"
    DATABASES["default"]["TEST"] = {"NAME": f"{TEST_FOLDER}/test.sqlite3"}
