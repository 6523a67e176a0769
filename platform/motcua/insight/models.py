"""What is known of visits: sums per day and in all, and who is here in this half hour.

All in ``public``, under forced row-level security (ADR 0007): a site reads its own rows, the main
portal those of the province, and only the recorder, which works in ``public``, writes.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteSums(models.Model):
    """What is summed up of a site: page views and visits, guests and signed-in people apart."""

    site = models.CharField(_("site"), max_length=63, help_text=_("Schema of the site."))
    guest_views = models.BigIntegerField(_("views by guests"), default=0)
    member_views = models.BigIntegerField(_("views by signed-in people"), default=0)
    guest_visits = models.BigIntegerField(_("visits by guests"), default=0)
    member_visits = models.BigIntegerField(_("visits by signed-in people"), default=0)

    class Meta:
        abstract = True


class SiteDay(SiteSums):
    """One site on one day."""

    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("day of a site")
        verbose_name_plural = _("days of sites")
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="insight_siteday_once")]
        indexes = [models.Index(fields=["day"], name="insight_siteday_day")]

    def __str__(self) -> str:
        return f"{self.site} {self.day:%d/%m/%Y}"


class SiteTotal(SiteSums):
    """One site since it began to count, so that nobody adds up years for the foot of a page."""

    since = models.DateField(_("counted since"))

    class Meta:
        verbose_name = _("total of a site")
        verbose_name_plural = _("totals of sites")
        constraints = [models.UniqueConstraint(fields=["site"], name="insight_sitetotal_once")]

    def __str__(self) -> str:
        return self.site


class PageDay(models.Model):
    """Views of one page on one day; old days are deleted, their sum stays in `PageTotal`."""

    site = models.CharField(_("site"), max_length=63)
    page_id = models.BigIntegerField(_("page"))
    day = models.DateField(_("day"))
    views = models.BigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("day of a page")
        verbose_name_plural = _("days of pages")
        constraints = [
            models.UniqueConstraint(fields=["site", "page_id", "day"], name="insight_pageday_once")
        ]
        indexes = [models.Index(fields=["day"], name="insight_pageday_day")]

    def __str__(self) -> str:
        return f"{self.site} {self.page_id} {self.day:%d/%m/%Y}"


class PageTotal(models.Model):
    """Views of one page in all."""

    site = models.CharField(_("site"), max_length=63)
    page_id = models.BigIntegerField(_("page"))
    views = models.BigIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("total of a page")
        verbose_name_plural = _("totals of pages")
        constraints = [
            models.UniqueConstraint(fields=["site", "page_id"], name="insight_pagetotal_once")
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.page_id}"


class Presence(models.Model):
    """Somebody who was here in the last half hour, under a number that means nothing tomorrow.

    The table is unlogged: a crash of the database forgets who is here, and no backup has it.
    """

    site = models.CharField(max_length=63)
    visitor = models.BinaryField(help_text="Keyed hash; the key is deleted after its day.")
    member = models.BooleanField(default=False)
    began_at = models.DateTimeField(help_text="When this visit began.")
    seen_at = models.DateTimeField(help_text="When the last page was asked for.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "visitor"], name="insight_presence_once")
        ]
        indexes = [models.Index(fields=["seen_at"], name="insight_presence_seen")]

    def __str__(self) -> str:
        return f"{self.site} {self.seen_at:%H:%M}"


class DailySalt(models.Model):
    """The key of one day's hashes, the same for all processes, gone when the day is over."""

    day = models.DateField()
    salt = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], name="insight_dailysalt_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
