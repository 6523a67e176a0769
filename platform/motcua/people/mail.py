"""E-mail. A request only writes it down, as a job of its own transaction; the worker sends."""

from __future__ import annotations

import json
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from motcua.jobs.retries import retries

from .ciphers import DecryptionError, decrypt, mail_cipher


def send(template: str, *, to: str, context: dict[str, Any], language: str = "") -> None:
    """Write a message from the current site into the job queue.

    Args:
        template: path below `emails/`, such as `people/invitation`; needs
            `<template>_subject.txt` and `<template>.txt`, and may have `<template>.html`.
        to: the recipient's address.
        context: what the templates need besides `site_name` and `site_url`.
        language: the recipient's language; the site's first one if empty.
    """
    with translation.override(language or site_language()):
        everything = {**site_context(), **context}
        subject = render_to_string(f"emails/{template}_subject.txt", everything)
        text = render_to_string(f"emails/{template}.txt", everything)
        html = render_if_there(f"emails/{template}.html", everything)
    enqueue(kind=template, subject=subject, text=text, html=html, to=[to])


def enqueue(*, kind: str, subject: str, text: str, html: str = "", to: list[str]) -> None:
    """Write a rendered message into the job queue.

    The queue is shared by all sites and messages contain addresses and secret links, so only
    `kind` is readable there; the rest is encrypted.
    """
    message = {
        "subject": " ".join(subject.split()),
        "text": text.strip() + "\n",
        "html": html,
        "to": to,
        "from": sender(),
    }
    sealed = mail_cipher().encrypt(json.dumps(message).encode()).decode()
    deliver_mail.enqueue(kind=kind, sealed=sealed)


# A mail server may be away for hours; a message nobody can decrypt stays so.
@retries(max_attempts=10, first_delay=30, factor=3, give_up_on=(DecryptionError,))
@task()
def deliver_mail(kind: str, sealed: str) -> None:
    """Send one message through `EMAIL_BACKEND`; errors are the job's to retry."""
    message = json.loads(decrypt(mail_cipher(), sealed, what=f"The message {kind}"))
    mail = EmailMultiAlternatives(
        message["subject"], message["text"], message["from"], message["to"]
    )
    if message["html"]:
        mail.attach_alternative(message["html"], "text/html")
    mail.send()


def sender() -> str:
    """Return the current site's name over the address in `DEFAULT_FROM_EMAIL`."""
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((str(connection.tenant.name), address))


def site_context() -> dict[str, str]:
    """Return what every message says about the site it comes from."""
    tenant = connection.tenant
    return {"site_name": str(tenant.name), "site_url": tenant.url}


def site_language() -> str:
    """Return the first language of the current site."""
    languages = getattr(connection.tenant, "languages", None) or [settings.LANGUAGE_CODE]
    return str(languages[0])


def render_if_there(template: str, context: dict[str, Any]) -> str:
    """Return the rendered template, or the empty string where it does not exist."""
    try:
        return render_to_string(template, context)
    except TemplateDoesNotExist:
        return ""
