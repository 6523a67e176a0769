"""System checks: settings without which accounts would be unsafe."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from .ciphers import citizen_id_cipher


@checks.register(checks.Tags.security)
def citizen_id_keys_are_usable(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Without its keys, a citizen ID can be neither stored nor read."""
    try:
        citizen_id_cipher()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), hint="Set MOTCUA_CITIZEN_ID_KEYS.", id="people.E001")]
    return []


@checks.register(checks.Tags.security, deploy=True)
def citizen_id_digest_key_is_set(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Derived from SECRET_KEY, the digests would all be lost with its rotation."""
    if len(getattr(settings, "CITIZEN_ID_DIGEST_KEY", "")) >= 32:
        return []
    return [
        checks.Warning(
            "CITIZEN_ID_DIGEST_KEY has fewer than 32 characters: citizen IDs could not be found "
            "any more after a change of SECRET_KEY.",
            hint="Set MOTCUA_CITIZEN_ID_DIGEST_KEY once; it never changes afterwards.",
            id="people.W001",
        )
    ]


@checks.register(checks.Tags.security)
def confirmation_keys_are_stored(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """allauth's HMAC keys know no site: one minted on a site would work on another."""
    if getattr(settings, "ACCOUNT_EMAIL_CONFIRMATION_HMAC", True):
        message = "ACCOUNT_EMAIL_CONFIRMATION_HMAC must be False."
        return [checks.Error(message, id="people.E002")]
    return []


@checks.register(checks.Tags.security)
def reset_tokens_know_their_site(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A password-reset token must carry the schema of the site it was made on."""
    expected = "motcua.people.tokens.SiteTokenGenerator"
    if getattr(settings, "ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR", None) == expected:
        return []
    message = f"ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR must be {expected}."
    return [checks.Error(message, id="people.E003")]
