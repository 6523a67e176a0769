"""What a site's news are about: the webmaster's own list."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from motcua.text.fields import normalise_model
from motcua.text.slugs import slugify

# Addresses of the news page name it, beside the names of its other parameters.
plain = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Small letters, digits and hyphens only."))


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories by intent."""

    def in_order(self) -> CategoryQuerySet:
        """As the webmaster has ordered them."""
        return self.order_by("sort_order", "pk")


class Category(models.Model):
    """One subject of news, with a name in each language of the site."""

    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(
        _("name in English"),
        max_length=100,
        blank=True,
        help_text=_("Empty: the Vietnamese name is shown in English too."),
    )
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        blank=True,
        validators=[plain],
        help_text=_("Stands in the address of the list. Empty: made from the name."),
    )
    sort_order = models.PositiveIntegerField(_("position"), default=0, editable=False)

    objects = CategoryQuerySet.as_manager()

    sort_order_field = "sort_order"
    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]), FieldPanel("slug")]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                name="news_category_one_per_slug",
                violation_error_message=_("Another category has this slug."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name in the language of whoever is reading."""
        return (self.name_en if get_language() == "en" else "") or self.name

    def clean(self) -> None:
        """Normalise the names and make the slug where none was given."""
        normalise_model(self)
        self.slug = self.slug or slugify(self.name, max_length=100)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, a new one behind the others."""
        if self.pk is None and not self.sort_order:
            last = Category.objects.aggregate(last=models.Max("sort_order"))["last"]
            self.sort_order = 0 if last is None else last + 1
        super().save(*args, **kwargs)
