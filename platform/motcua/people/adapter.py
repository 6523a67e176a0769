from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from . import mail


class AccountAdapter(DefaultAccountAdapter):
    """allauth in this house: no public sign-up, mail by jobs, no way out of the host."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only; the sign-up page says so."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where people land after signing in: those who work here, in the admin."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return "/"

    def is_safe_url(self, url: str | None) -> bool:
        """Tell whether one may be sent on to `url`: to a path of the host one is on.

        allauth also trusts ALLOWED_HOSTS, which admits any host here because the registry of
        sites decides about hosts.
        """
        request = allauth_context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        return on_own_address(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return on_own_address(super().get_email_confirmation_url(request, emailconfirmation))

    def format_email_subject(self, subject: str) -> str:
        return f"[{connection.tenant.name}] {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the message into the job queue, in the transaction of whoever causes it."""
        request = allauth_context.request
        everything = {**mail.site_context(), "request": request, "email": email, **context}
        message = self.render_mail(template_prefix, email, everything)
        mail.enqueue(
            kind=template_prefix,
            subject=message.subject,
            text=message.body,
            html=html_part(message),
            to=message.to,
        )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # By site, not by host: a second domain must not double the number of attempts.
        login = credentials.get("email") or credentials.get("username") or ""
        return f"{connection.schema_name}:{login.lower()}"


def on_own_address(url: str) -> str:
    """Return a link of the current site with the scheme, host and port that the registry knows.

    Those of the request are whatever its sender wrote: a secret link must not carry them.
    """
    return urlunsplit(urlsplit(connection.tenant.url)[:2] + urlsplit(url)[2:])


def html_part(message: EmailMessage) -> str:
    """Return the HTML alternative of a message, or the empty string."""
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(part[0]) for part in message.alternatives if part[1] == "text/html"), "")
