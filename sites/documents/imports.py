"""Uploaded lists of documents and how far they have come."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DocumentImport(models.Model):
    """An uploaded list: its rows as they were written, and what has become of them.

    `rows` is a list of ``{"line": 2, "cells": {"number": "…"}, "extra": {"heading": "…"}}``;
    what is odd about them follows from it by `sites.documents.csv_rows`. `position` counts the
    rows behind us, in the transaction that stores their documents.
    """

    class Status(models.TextChoices):
        """Where an import stands."""

        CHECKED = "checked", _("Checked")
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")
        UNDOING = "undoing", _("Being taken back")
        UNDONE = "undone", _("Taken back")

    wagtail_reference_index_ignore = True

    section = models.ForeignKey(
        "documents.DocumentsPage",
        verbose_name=_("list of documents"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    file_name = models.CharField(_("file"), max_length=255)
    rows = models.JSONField(_("rows"))
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CHECKED)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    skipped = models.JSONField(
        _("already there"), default=list, help_text="Lines whose document was there."
    )
    removed = models.PositiveIntegerField(default=0)
    uploaded_by = models.CharField(_("uploaded by"), max_length=254)
    uploader = models.PositiveBigIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("import of documents")
        verbose_name_plural = _("imports of documents")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def is_moving(self) -> bool:
        """Whether a job works on it."""
        return self.status in {self.Status.RUNNING, self.Status.UNDOING}
