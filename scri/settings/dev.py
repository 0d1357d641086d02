"""Development, and every `manage.py` call that names no other settings.

Needs nothing beyond requirements.txt. The variables below let two sites run
side by side from one checkout.
"""

from __future__ import annotations

from scri.settings.base import *  # noqa: F403
from scri.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
# Only ever used on a developer's own machine; production settings refuse to start without a key.
SECRET_KEY = env("SECRET_KEY", default="development-only-key-" + "0" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
# Static files are found in the apps themselves, so that DEBUG=False works without collectstatic.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
