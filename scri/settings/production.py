"""Production: fails closed. Without a secret key or allowed hosts it does not start."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from scri.settings.base import *  # noqa: F403
from scri.settings.base import env


def required(name: str) -> str:
    """Return an environment variable that production can't do without.

    Raises:
        ImproperlyConfigured: if it is absent or empty.
    """
    value: str = env(name, default="")
    if not value.strip():
        raise ImproperlyConfigured(f"Set {name}: production does not start without it.")
    return value


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Of a website that is being prepared say false: see docs/operating.md.
ALLOW_INDEXING = env.bool("ALLOW_INDEXING", default=True)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
