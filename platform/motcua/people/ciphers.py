"""Encryption of the few values that must not be readable in a database dump."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.crypto import salted_hmac


class DecryptionError(Exception):
    """A stored value cannot be read with any of the configured keys."""


def citizen_id_cipher() -> MultiFernet:
    """Return the cipher of `CITIZEN_ID_KEYS`: the first key writes, every key reads.

    Raises:
        ImproperlyConfigured: no key is set, or one is not 32 url-safe base64 bytes.
    """
    keys = list(getattr(settings, "CITIZEN_ID_KEYS", []))
    if not keys:
        raise ImproperlyConfigured("CITIZEN_ID_KEYS is empty: citizen IDs cannot be stored.")
    return _cipher(keys, "CITIZEN_ID_KEYS")


def mail_cipher() -> MultiFernet:
    """Return the cipher for messages waiting in the job queue, derived from SECRET_KEY."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [base64.urlsafe_b64encode(_derived("mail", secret)).decode() for secret in secrets]
    return _cipher(keys, "SECRET_KEY")


def citizen_id_digest(citizen_id: str) -> str:
    """Return the keyed digest (64 hex digits) by which a citizen ID is looked up.

    The key is `CITIZEN_ID_DIGEST_KEY`, not one of the rotating encryption keys: a digest
    without a key could be reversed by trying all 10**12 numbers.
    """
    message = f"people.citizen_id:{citizen_id}".encode()
    return hmac.new(_digest_key(), message, hashlib.sha256).hexdigest()


def decrypt(cipher: MultiFernet, ciphertext: str, *, what: str) -> str:
    """Return the plain text of `ciphertext`.

    Raises:
        DecryptionError: no key of the cipher fits; names `what`, never the value.
    """
    try:
        return cipher.decrypt(ciphertext.encode()).decode()
    except InvalidToken:
        raise DecryptionError(
            f"{what} cannot be decrypted: none of the configured keys fits. "
            "Add the key it was written with to the end of the list."
        ) from None


def _cipher(keys: Iterable[str], setting: str) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise ImproperlyConfigured(
            f"{setting} contains a key that is not 32 bytes in url-safe base64."
        ) from None


def _digest_key() -> bytes:
    configured = getattr(settings, "CITIZEN_ID_DIGEST_KEY", "")
    return configured.encode() or _derived("citizen_id_digest", settings.SECRET_KEY)


def _derived(purpose: str, secret: str | bytes) -> bytes:
    salt = f"motcua.people.{purpose}"
    return salted_hmac(salt, "", secret=secret, algorithm="sha256").digest()
