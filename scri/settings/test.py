"""The tests and checks: fast password hashing, a database and media folder of their own.

``DATABASE_URL`` chooses the server; without it the database is in memory, so that
a developer's own is never touched. Test processes run side by side, each with a
database named after it (pytest-xdist).
"""

from __future__ import annotations

import tempfile

from scri.settings.base import *  # noqa: F403
from scri.settings.base import DATABASES, env

DEBUG = False
SECRET_KEY = "test-only-key"
ALLOWED_HOSTS = ["*"]
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# The folder goes when the process does.
_media = tempfile.TemporaryDirectory(prefix="test-media-")
MEDIA_ROOT = _media.name
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if not env("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = ":memory:"
