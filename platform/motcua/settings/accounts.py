"""Settings of accounts and sign-in; `base` takes all of them over."""

from __future__ import annotations

from typing import Any

from . import env

AUTH_USER_MODEL = "people.User"
# allauth's backend is Django's with sign-in by e-mail; a second one would answer differently.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name", "phone"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24  # seconds

# --- django-allauth ----------------------------------------------------------------------------
ACCOUNT_ADAPTER = "motcua.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A stored key exists in one site's schema only; an HMAC key would hold on every site.
ACCOUNT_EMAIL_CONFIRMATION_HMAC = False
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "motcua.people.tokens.SiteTokenGenerator"  # noqa: S105
ACCOUNT_PREVENT_ENUMERATION = True
# A mail goes out for an unknown address too, so that the answer takes equally long.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_USER_DISPLAY = "motcua.people.models.display_name"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
}
# How many proxies stand before the application: the limits count the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("MOTCUA_TRUSTED_PROXIES", 0)

INVITATION_DAYS = env.number("MOTCUA_INVITATION_DAYS", 14)
# The digest by which a citizen ID is found; unset, it is derived from SECRET_KEY.
CITIZEN_ID_DIGEST_KEY = env.text("MOTCUA_CITIZEN_ID_DIGEST_KEY", "")

# --- Wagtail: sign-in and passwords are allauth's business ---------------------------------------
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
