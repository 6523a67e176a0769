from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.utils import timezone

from .ciphers import citizen_id_digest

if TYPE_CHECKING:
    from .models import Invitation, User  # noqa: F401  (named in quoted types)


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        """Accounts that may sign in."""
        return self.filter(is_active=True)

    def with_role(self, role: str) -> UserQuerySet:
        """Accounts in the group named `role` (see `motcua.people.groups`)."""
        return self.filter(groups__name=role)

    def with_citizen_id(self, citizen_id: str) -> UserQuerySet:
        """The account, if any, of the person with this 12-digit citizen ID."""
        return self.filter(citizen_id_digest=citizen_id_digest(citizen_id))

    def reencrypt(self) -> int:
        """Write every citizen ID anew with the first of `CITIZEN_ID_KEYS`; returns how many.

        Run it on each site after putting a new key first, before removing the old one. What
        has been written stays written if a number turns out to be unreadable.

        Raises:
            DecryptionError: no configured key fits a stored number.
        """
        people = self.exclude(citizen_id_digest=None)
        for person in people.only("citizen_id").iterator(chunk_size=500):
            person.citizen_id = str(person.citizen_id)
            person.save(update_fields=["citizen_id"])
        return people.count()

    def by_name(self) -> UserQuerySet:
        """In the order of a Vietnamese list: given name, then the rest of the name."""
        return self.order_by("name_sort", "email")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = False

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account; without a password it can only sign in after setting one.

        Raises:
            ValueError: the address is empty.
        """
        if not email or not email.strip():
            raise ValueError("A user needs an e-mail address.")
        user: User = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an account with every permission on this site, for operators' shells only."""
        fields.setdefault("is_staff", True)
        fields.setdefault("is_superuser", True)
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=username)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn nor expired."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn, expired ones included."""
        return self.filter(accepted_at=None, revoked_at=None)

    def sent_to(self, email: str) -> InvitationQuerySet:
        return self.filter(email=email)
