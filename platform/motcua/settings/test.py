"""Tests: fast hashing, mail in memory, no compressed static files."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("DATABASE_URL", "postgresql://motcua@localhost/motcua")
os.environ.setdefault("MOTCUA_CITIZEN_ID_KEYS", "x3nBG_q9yhQeJiyvHfHCMbsrJq3lIBB9B7ApMhHSNkg=")

from .base import *  # noqa: F403
from .base import STORAGES

PUBLIC_SCHEME = "http"
PUBLIC_PORT = 80
VISITS_FLUSH_SECONDS = 0  # tests flush themselves
SITE_DOMAIN_SUFFIXES = ["tinh.test"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
