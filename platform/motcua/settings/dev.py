"""One machine, plain HTTP: the demo and development."""

from .base import *  # noqa: F403
from .base import env

DEBUG = env.flag("MOTCUA_DEBUG")
PUBLIC_SCHEME = "http"
SITE_DOMAIN_SUFFIXES = env.words("MOTCUA_DOMAIN_SUFFIXES", "tiengiang.localhost")
PUBLIC_PORT = env.number("MOTCUA_PUBLIC_PORT", 8000)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
