"""A translation that somebody saves as a draft is a draft: visitors go on reading what they read.

wagtail-localize's ``TranslationSource.create_or_update_translation`` writes the translated words
into the page's own row and makes a revision only afterwards, also for ``publish=False``. Of a
published translation the draft would thus be read by everybody and, because `SitePage.save` tells
the hub, go to the main portal; of one that is merely begun, half-translated words would stand
below the notice that promises Vietnamese ones. It offers no hook in between, so that one method is
wrapped here, and nothing else: while it works on a page that exists, the page keeps its row, and
the words go into the revision. Publishing brings them from there, as it does for every page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from typing import Any

from wagtail.models import Locale, Page, PageLogEntry
from wagtail_localize.models import TranslationSource

from . import mirroring

CONVERTED = "wagtail.convert_alias"


def connect() -> None:
    """Wrap wagtail-localize's method; called once when Django is ready."""
    original = TranslationSource.create_or_update_translation
    if not hasattr(original, "__wrapped__"):
        TranslationSource.create_or_update_translation = _with_drafts_apart(original)


def _with_drafts_apart(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def translate(
        source: TranslationSource,
        locale: Locale,
        user: Any = None,
        publish: bool = True,
        **options: Any,
    ) -> Any:
        _remember_live_words(source, locale)
        with _row_kept(source, publish=publish):
            done = original(source, locale, user=user, publish=publish, **options)
        if isinstance(done[0], Page) and mirroring.stands_in(done[0]):
            mirroring.restrict_like_source(done[0])
        return done

    return translate


def _remember_live_words(source: TranslationSource, locale: Locale) -> None:
    """Give a live page without revision one, before its translation begins.

    What somebody wrote in this language is no stand-in only because code put it on air without
    a revision.
    """
    page = Page.objects.filter(translation_key=source.object_id, locale=locale, live=True).first()
    if page is None or page.alias_of_id or page.live_revision_id:
        return
    begun = source.translation_logs.filter(locale=locale).exists()
    if begun or PageLogEntry.objects.filter(page=page, action=CONVERTED).exists():
        return
    revision = page.specific.save_revision(changed=False, clean=False)
    Page.objects.filter(pk=page.pk).update(live_revision=revision)


@contextmanager
def _row_kept(source: TranslationSource, *, publish: bool) -> Iterator[None]:
    """Let the source hand out pages that keep their row, and with a draft their restrictions."""
    found = source.get_translated_instance
    source.get_translated_instance = lambda locale: _keeping_row(found(locale))
    if not publish:
        source.sync_view_restrictions = lambda _original, _translation: None
    try:
        yield
    finally:
        vars(source).pop("get_translated_instance")
        vars(source).pop("sync_view_restrictions", None)


def _keeping_row(instance: Any) -> Any:
    if isinstance(instance, Page):
        vars(instance)["save"] = partial(_save_named_fields, instance)
    return instance


def _save_named_fields(
    page: Page, *args: Any, update_fields: list[str] | None = None, **kwargs: Any
) -> None:
    """Store the fields that are named, such as the latest revision; of all others, nothing."""
    if update_fields is not None:
        type(page).save(page, *args, update_fields=update_fields, **kwargs)
