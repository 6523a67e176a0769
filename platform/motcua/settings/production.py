"""A province in operation, behind a proxy that speaks TLS."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import env

if not env.words("MOTCUA_DOMAIN_SUFFIXES"):
    raise ImproperlyConfigured(
        "Set MOTCUA_DOMAIN_SUFFIXES to the domains under which sites may live, as in tinh.gov.vn."
    )
# `__Host-`: the browser refuses such a cookie from anywhere but this very host over HTTPS, so no
# site can plant one on its neighbours under the province's domain.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("MOTCUA_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^-/"]
SECURE_HSTS_SECONDS = env.number("MOTCUA_HSTS_SECONDS", 31_536_000)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
