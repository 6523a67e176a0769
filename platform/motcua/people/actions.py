"""What changes more than one row of people: invitations, accounts with their roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation

from motcua import audit

from . import mail
from .groups import group_rank, groups_of, rank_of, role_label
from .models import Invitation, User
from .tokens import BadToken, invitation_digest, make_invitation_token

Actor = User | str | None


class UnknownInvitation(LookupError):
    """No invitation of this site belongs to the token."""


class ClosedInvitation(Exception):
    """The invitation has been accepted or withdrawn, or its time is over."""


@transaction.atomic
def invite(*, email: str, role: str, by: Actor, name: str = "", language: str = "") -> Invitation:
    """Invite a person to the current site; the mail is a job of the same transaction.

    Earlier open invitations to the same address are withdrawn.

    Args:
        email: where the link goes; it becomes the account's address.
        role: the name of a group (`motcua.people.groups`).
        by: the inviting user, or the name of the process that invites.
        language: of the mail; the site's first one if empty.

    Raises:
        PermissionDenied: `by` may not invite, or not to a role above their own.
        UnknownRole: this site has no such role.
    """
    check_may_invite(by, role)
    withdraw_open(email=email, by=by)
    invitation, token = open_invitation(email=email, role=role, by=by, name=name)
    send_invitation(invitation, token, language=language or mail.site_language())
    audit.record("people.invited", by=by, target=invitation.email, role=role)
    return invitation


def open_invitation(*, email: str, role: str, by: Actor, name: str = "") -> tuple[Invitation, str]:
    """Create an invitation and return it with its token, which is stored nowhere."""
    groups_of(role)
    token = make_invitation_token()
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        role=role,
        token_digest=invitation_digest(token),
        invited_by=by if isinstance(by, User) else None,
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    return invitation, token


def find_invitation(token: str) -> Invitation:
    """Return the invitation of a link, whatever has become of it.

    Raises:
        UnknownInvitation: the token is garbled, of another site, or its row is gone.
    """
    try:
        return Invitation.objects.get(token_digest=invitation_digest(token))
    except (BadToken, Invitation.DoesNotExist):
        raise UnknownInvitation from None


@transaction.atomic
def accept_invitation(*, token: str, password: str, name: str = "") -> User:
    """Open, or re-open, the invited person's account with the role and a verified address.

    Raises:
        UnknownInvitation: see `find_invitation`.
        ClosedInvitation: somebody was faster, or it is too late.
    """
    found = find_invitation(token)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if not invitation.is_open():
        raise ClosedInvitation
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    user = open_account(
        email=invitation.email,
        name=name or invitation.name,
        password=password,
        role=invitation.role,
    )
    audit.record("people.invitation_accepted", by=user, target=user.email, role=invitation.role)
    return user


@transaction.atomic
def revoke(*, invitation: Invitation, by: Actor) -> None:
    """Withdraw an invitation; without effect on one that has been answered."""
    changed = Invitation.objects.unanswered().filter(pk=invitation.pk)
    if changed.update(revoked_at=timezone.now()):
        audit.record("people.invitation_withdrawn", by=by, target=invitation.email)


def withdraw_open(*, email: str, by: Actor) -> None:
    """Withdraw every open invitation to an address."""
    for invitation in Invitation.objects.open().sent_to(email):
        revoke(invitation=invitation, by=by)


@transaction.atomic
def open_account(*, email: str, name: str, password: str, role: str) -> User:
    """Give a person an active account with a verified address, a password and a role.

    An account that already has the address is kept and gets all of this too.
    """
    user = User.objects.select_for_update().filter(email=email).first() or User(email=email)
    user.name = name or user.name
    user.is_active = True
    user.is_staff = True
    user.set_password(password)
    user.save()
    user.groups.add(*groups_of(role))
    verify_address(user)
    return user


def verify_address(user: User) -> None:
    """Make the account's address its verified and primary one in allauth's table."""
    mine = EmailAddress.objects.filter(user=user)
    mine.exclude(email=user.email).update(primary=False)
    mine.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})


def record_roles(*, person: User, before: Iterable[str], by: Actor) -> None:
    """Write down a change of roles, if there is one since `before` (names of groups)."""
    after = set(person.groups.values_list("name", flat=True))
    gained, lost = sorted(after - set(before)), sorted(set(before) - after)
    if gained or lost:
        audit.record("people.roles_changed", by=by, target=person.email, gained=gained, lost=lost)


def record_activity(*, person: User, by: Actor) -> None:
    """Write down that an account was closed or opened; closing withdraws invitations too."""
    action = "people.account_opened" if person.is_active else "people.account_closed"
    if not person.is_active:
        withdraw_open(email=person.email, by=by)
    audit.record(action, by=by, target=person.email)


def check_may_invite(by: Actor, role: str) -> None:
    """Let processes invite anybody, and people those whose role is not above their own.

    Raises:
        PermissionDenied: otherwise.
    """
    if not isinstance(by, User):
        return
    if not by.has_perm("people.invite_people") or group_rank(role) > rank_of(by):
        raise PermissionDenied


def send_invitation(invitation: Invitation, token: str, *, language: str) -> None:
    """Queue the mail with the link, both in the language of the recipient."""
    with translation.override(language):
        path = reverse("people_invitation", kwargs={"token": token})
        context = {
            "invitation": invitation,
            "role": role_label(invitation.role),
            "link": f"{connection.tenant.url}{path}",
            "days": settings.INVITATION_DAYS,
        }
    mail.send("people/invitation", to=invitation.email, context=context, language=language)


def record_deletion(*, email: str, by: Actor) -> None:
    """Write down that an account is gone; open invitations to its address go with it."""
    withdraw_open(email=email, by=by)
    audit.record("people.account_deleted", by=by, target=email)
