from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.text.folding import normalise_line
from motcua.text.sorting import name_sort_key

from .ciphers import citizen_id_digest
from .fields import Ciphertext, EncryptedTextField, LowercaseEmailField
from .managers import InvitationQuerySet, UserManager

LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]


class User(AbstractBaseUser, PermissionsMixin):
    """A person's account on one site; the same person has another row on every other site.

    Names are one field, as Vietnamese names are not split; lists sort by given name through
    `name_sort`. The citizen ID (CCCD) is encrypted, shown masked and never logged.
    """

    email = LowercaseEmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    name_sort = models.TextField(editable=False, default="", db_collation="C")
    phone = models.CharField(
        _("phone number"),
        max_length=16,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+[1-9]\d{6,14}$",
                _("Enter a phone number with its country code, such as +84912345678."),
            )
        ],
    )
    citizen_id = EncryptedTextField(
        _("citizen ID"),
        blank=True,
        default="",
        validators=[RegexValidator(r"^\d{12}\Z", _("A citizen ID has exactly 12 digits."))],
    )
    citizen_id_digest = models.CharField(
        max_length=64, null=True, blank=True, editable=False, default=None
    )
    language = models.CharField(
        _("language of messages"),
        max_length=10,
        blank=True,
        choices=LANGUAGES,
        help_text=_("Empty: the language of the site."),
    )
    is_staff = models.BooleanField(_("works for the agency"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["name_sort", "email"]
        permissions = [
            ("manage_sites", "Can manage the sites of the province"),
            ("invite_people", "Can invite people to the site"),
        ]
        indexes = [models.Index(fields=["name_sort", "email"], name="people_user_name_sort")]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="people_user_email_unique",
                violation_error_message=_("An account with this e-mail address already exists."),
            ),
            models.UniqueConstraint(
                fields=["citizen_id_digest"],
                name="people_user_citizen_id_unique",
                violation_error_message=_("An account with this citizen ID already exists."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def __repr__(self) -> str:
        return f"<User {self.pk}>"

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        """Save with the computed columns (`name_sort`, `citizen_id_digest`) following theirs."""
        self.compute()
        if update_fields is not None:
            update_fields = with_computed(update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.compute()

    def compute(self) -> None:
        """Bring `name_sort` and `citizen_id_digest` in line with name and citizen ID."""
        loaded = self.__dict__
        if "name" in loaded:
            self.name = normalise_line(self.name)
            self.name_sort = name_sort_key(self.name)
        if "citizen_id" in loaded and not isinstance(loaded["citizen_id"], Ciphertext):
            plain = self.citizen_id
            self.citizen_id_digest = citizen_id_digest(plain) if plain else None

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """Return the given name, which Vietnamese puts last ("Nguyễn Văn An" → "An")."""
        return self.name.split()[-1] if self.name.strip() else self.email

    @property
    def masked_citizen_id(self) -> str:
        """The citizen ID as screens show it: the last four digits, or the empty string."""
        return mask(self.citizen_id)


class InvitationState(models.TextChoices):
    """What an invitation is; follows from its times and is stored nowhere."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Invitation(models.Model):
    """A link by which one person may open an account with one role on this site.

    The link's token is signed for this site's schema; the row keeps only its digest.
    """

    email = LowercaseEmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("full name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=150)
    token_digest = models.CharField(max_length=64, editable=False)
    invited_by = models.ForeignKey(
        User,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["email"], name="people_invitation_email")]
        constraints = [
            models.UniqueConstraint(fields=["token_digest"], name="people_invitation_token_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.email} ({self.role})"

    @property
    def state(self) -> str:
        """What has become of it by now, one of `InvitationState`."""
        if self.accepted_at:
            return str(InvitationState.ACCEPTED)
        if self.revoked_at:
            return str(InvitationState.WITHDRAWN)
        over = self.expires_at <= timezone.now()
        return str(InvitationState.EXPIRED if over else InvitationState.OPEN)

    def is_open(self) -> bool:
        """Tell whether the link still opens an account."""
        return self.state == InvitationState.OPEN


def mask(citizen_id: str) -> str:
    """Return a citizen ID with all but the last four digits hidden."""
    return "•" * (len(citizen_id) - 4) + citizen_id[-4:] if citizen_id else ""


def with_computed(fields: Any) -> set[str]:
    """Return `update_fields` with the columns computed from them added."""
    wanted = set(fields)
    if "name" in wanted:
        wanted.add("name_sort")
    if "citizen_id" in wanted:
        wanted.add("citizen_id_digest")
    return wanted


def display_name(user: User) -> str:
    """Return how messages and mails call a person (`ACCOUNT_USER_DISPLAY`)."""
    return user.get_full_name()
