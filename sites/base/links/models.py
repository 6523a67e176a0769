"""The links of the site's public pages that lead nowhere, as the last check found them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

LONGEST_ADDRESS = 1000


class Reason(models.TextChoices):
    """Why a link counts as broken."""

    MISSING = "missing", _("the page or file does not exist")
    UNPUBLISHED = "unpublished", _("the page is not public")
    NO_SITE = "no_site", _("the province has no such site")
    SITE_CLOSED = "site_closed", _("that site no longer answers")
    NOT_FOUND = "not_found", _("the other site says: not found")
    UNREACHABLE = "unreachable", _("the other site does not answer")


class BrokenLinkQuerySet(models.QuerySet["BrokenLink"]):
    """Broken links by intent."""

    def on_public_pages(self) -> BrokenLinkQuerySet:
        """Those that visitors can meet."""
        return self.filter(page__live=True)


class BrokenLink(models.Model):
    """One link of one page."""

    id = models.BigAutoField(primary_key=True)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    text = models.CharField(_("words of the link"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    since = models.DateTimeField(_("broken since"), default=timezone.now)

    objects = BrokenLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "address"], name="base_brokenlink_unique")
        ]

    def __str__(self) -> str:
        return self.address
