"""One machine, plain HTTP: the demo and development."""

from .base import *  # noqa: F403
from .base import STATE_DIR, env

DEBUG = env.flag("MOTCUA_DEBUG")
PUBLIC_SCHEME = "http"
PUBLIC_PORT = env.number("MOTCUA_PUBLIC_PORT", 8000)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
MEDIA_ROOT = STATE_DIR / "media"
