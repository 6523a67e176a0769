"""Secrets that travel in links. Each holds on the site that made it and nowhere else."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.db import connection


class SiteTokenGenerator(PasswordResetTokenGenerator):
    """Password-reset tokens that are worthless on another site.

    Without the schema in the hash, two people with equal ids, passwords and addresses on two
    sites would share their tokens; copies of one account are exactly that. Every address of
    the account is part of the hash, so that removing one voids the links sent to it.
    """

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        addresses = EmailAddress.objects.filter(user_id=user.pk).values_list("email", flat=True)
        own = [connection.schema_name, super()._make_hash_value(user, timestamp)]
        return ":".join([*own, *sorted(addresses)])

    def check_token(self, user: Any, token: str | None) -> bool:
        return bool(user and user.is_active) and super().check_token(user, token)


class BadToken(Exception):
    """The token was not made by this site, or has been altered."""


def make_invitation_token() -> str:
    """Return a new token, signed for the current site; fit for a URL path."""
    return _signer().sign(secrets.token_urlsafe(24))


def invitation_digest(token: str) -> str:
    """Return the digest (64 hex digits) under which the invitation of `token` is stored.

    Raises:
        BadToken: the signature is not this site's.
    """
    try:
        _signer().unsign(token)
    except signing.BadSignature:
        raise BadToken from None
    return hashlib.sha256(token.encode()).hexdigest()


def _signer() -> signing.Signer:
    # "~" needs no quoting in a path and occurs neither in the secret nor in the signature.
    return signing.Signer(salt=f"motcua.people.invitation:{connection.schema_name}", sep="~")
