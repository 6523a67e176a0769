"""Pages that stand in for a translation nobody has made yet.

The English tree follows the Vietnamese one: a page without translation has an alias there, which
shows the Vietnamese words with a notice. What happens to the source happens to its aliases, also
where Wagtail does not see to it (moves, deletion, view restrictions). Once somebody begins to
translate, wagtail-localize turns the alias into a page of its own that still shows the source's
words until it is published: it goes on standing in.

A page type whose lists show its pages in every language opts out (`stands_in_elsewhere`).
"""

from __future__ import annotations

import logging
import math
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from wagtail.coreutils import find_available_slug
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Locale,
    Page,
    PageLogEntry,
    PageViewRestriction,
    TranslatableMixin,
)
from wagtail_localize.models import LocaleSynchronization, Translation

from . import without_mirrors

logger = logging.getLogger(__name__)

# What a copy of a page's content leaves out, as in Wagtail's `Page.update_aliases`; comments are
# the translators' own.
NOT_CONTENT = ["id", "path", "depth", "numchild", "url_path", "index_entries",
               "postgres_index_entries", COMMENTS_RELATION_NAME]  # fmt: skip


class NotAllMirrored(Exception):
    """Some pages could not be given an alias; the log and the message name them."""


def ensure_synchronised() -> None:
    """Let every other language's tree follow the Vietnamese one; may run any number of times.

    A site that is registered with Vietnamese only stays as it is.
    """
    languages = getattr(connection.tenant, "languages", None)
    source = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    for locale in Locale.objects.exclude(pk=source.pk):
        if languages is None or locale.language_code in languages:
            LocaleSynchronization.objects.get_or_create(
                locale=locale, defaults={"sync_from": source}
            )


def synchronise(seconds: float | None = None) -> int:
    """Let the other languages follow; make what is missing and remove what is not needed.

    Args and errors as of `mirror_missing`; returns how many aliases were made or removed.
    """
    begun = monotonic()
    ensure_synchronised()
    made = mirror_missing(seconds)
    left = None if seconds is None else seconds - (monotonic() - begun)
    return made + without_mirrors.remove_superfluous(left)


def standing_in() -> Q:
    """Return the condition of pages that show another language's words."""
    begun = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale=OuterRef("locale")
    )
    return Q(alias_of__isnull=False) | (Q(live_revision__isnull=True) & Q(Exists(begun)))


def standing_in_flag() -> Case:
    """Return an annotation that is true of pages that show another language's words."""
    return Case(
        When(standing_in(), then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def stands_in(page: Page) -> bool:
    """Tell whether a page shows another language's words; one query at most, mostly none."""
    if page.alias_of_id:
        return True
    if page.live_revision_id or not page.pk:
        return False
    return Page.objects.filter(pk=page.pk).filter(standing_in()).exists()


def source_of(page: Page) -> Page | None:
    """Return the page whose words a standing-in page shows, if it is live."""
    if page.alias_of_id:
        found = page.alias_of
        while found.alias_of_id:
            found = found.alias_of
        return found if found.live else None
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return others.live().filter(locale__language_code=settings.LANGUAGE_CODE).first()


def mirrors_of(page: Page) -> list[Page]:
    """Return the pages of other languages that stand in for a translation of this one."""
    others = Page.objects.filter(translation_key=page.translation_key)
    return list(others.exclude(locale_id=page.locale_id).filter(standing_in()))


def needs_mirror(page: Page) -> bool:
    """Tell whether a language follows the page's and lacks both translation and alias of it.

    Args:
        page: of its own type.
    """
    if not without_mirrors.need_mirrors(type(page)):
        return False
    there = Page.objects.filter(translation_key=page.translation_key, locale=OuterRef("locale"))
    following = LocaleSynchronization.objects.filter(sync_from_id=page.locale_id)
    return following.filter(~Exists(there)).exists()


def mirror_missing(seconds: float | None = None) -> int:
    """Make the aliases that are missing of published pages, each in a transaction of its own.

    Args:
        seconds: how long this may take, about; the next call goes on where this one ended.
            Without, until all are made.

    Returns:
        How many were made.

    Raises:
        NotAllMirrored: all were tried and some failed; the next call tries them again.
    """
    until = monotonic() + seconds if seconds is not None else math.inf
    made, failed = 0, []
    for following in LocaleSynchronization.objects.select_related("locale", "sync_from"):
        for page_id in _unmirrored(following).values_list("pk", flat=True):
            if monotonic() >= until:
                return made
            try:
                made += _mirror(page_id, following.locale)
            except Exception as error:
                logger.exception("page %s has no alias", page_id)
                failed.append(f"{page_id}: {type(error).__name__}")
    if failed:
        raise NotAllMirrored("; ".join(failed))
    return made


def is_behind() -> bool:
    """Tell whether a published page lacks its counterpart in a language that follows, or an
    alias is there that is not needed."""
    following = LocaleSynchronization.objects.select_related("locale", "sync_from")
    missing = any(_unmirrored(each).exists() for each in following)
    return missing or without_mirrors.superfluous().exists()


def _unmirrored(following: LocaleSynchronization) -> QuerySet[Page]:
    """Return the published pages without counterpart, parents first."""
    there = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale=following.locale
    )
    pages = Page.objects.filter(locale=following.sync_from, live=True, depth__gt=1)
    pages = pages.exclude(content_type__in=without_mirrors.types())
    unmirrored: QuerySet[Page] = pages.filter(~Exists(there)).order_by("path")
    return unmirrored


@transaction.atomic
def _mirror(page_id: int, locale: Locale) -> bool:
    # Locked, so that it is neither unpublished nor deleted before its alias is there.
    stored = Page.objects.select_for_update().filter(pk=page_id, live=True).first()
    if stored is None or stored.has_translation(locale):
        return False
    stored.specific.copy_for_translation(locale, copy_parents=True, alias=True)
    return True


def follow_move(page: Page) -> None:
    """Bring the stand-ins of a moved page to the same place of their own tree."""
    for mirror in mirrors_of(page):
        parent = _counterpart(page.get_parent(), mirror.locale)
        _fit_slug(mirror, parent)
        before = _elder(page, parent)
        target, pos = (before, "right") if before else (parent, "first-child")
        mirror.specific.move(target, pos=pos)
    follow_restrictions(page)


def _fit_slug(mirror: Page, parent: Page) -> None:
    """Give a page that is about to move a slug that nobody has at its new place."""
    slug = find_available_slug(parent, mirror.slug, ignore_page_id=mirror.pk)
    if slug != mirror.slug:
        stored = mirror.specific
        stored.slug = slug
        stored.save(clean=False)


def _counterpart(page: Page, locale: Locale) -> Page:
    """Return a page's translation or alias in a language, made where it is missing."""
    if page.is_root():
        return page
    found = page.get_translation_or_none(locale)
    if found is None:
        found = page.specific.copy_for_translation(locale, copy_parents=True, alias=True)
    return Page.objects.get(pk=found.pk)


def _elder(page: Page, parent: Page) -> Page | None:
    """Return the counterpart below ``parent`` of the nearest page that stands before this one."""
    keys = list(
        page.get_siblings(inclusive=False)
        .filter(path__lt=page.path)
        .order_by("-path")
        .values_list("translation_key", flat=True)
    )
    there = {child.translation_key: child for child in parent.get_children()}
    return next((there[key] for key in keys if key in there), None)


def follow_deletion(page: Page) -> None:
    """Delete the stand-ins of a page that is about to be deleted.

    One with pages of its own below stays, as a draft: those are somebody's work.
    """
    for mirror in mirrors_of(page):
        doomed = Page.objects.filter(path__startswith=page.path).values("translation_key")
        below = mirror.get_descendants().exclude(
            Q(translation_key__in=doomed) & standing_in(),
        )
        if below.exists():
            Page.objects.filter(pk=mirror.pk).update(alias_of=None)
            Page.objects.get(pk=mirror.pk).specific.unpublish(log_action=False)
        else:
            mirror.specific.delete()


def follow_words(page: Page) -> None:
    """Bring what a page says now to its begun translations; to aliases Wagtail brings it.

    One that was published of its own accord and taken down again is somebody's work and decision:
    it stays as it is. So does one that nobody was shown, because its type needs no stand-in.
    """
    if page.locale.language_code == settings.LANGUAGE_CODE and not page.alias_of_id:
        for mirror in mirrors_of(page):
            shown = mirror.live or (
                without_mirrors.need_mirrors(mirror.specific_class) and not _was_published(mirror)
            )
            if shown and not mirror.alias_of_id:
                _take_words(page.specific, mirror.specific)


def _was_published(page: Page) -> bool:
    return PageLogEntry.objects.filter(page=page, action__startswith="wagtail.publish").exists()


def _take_words(source: Page, begun: Page) -> None:
    """Write a page's content into the row of its begun translation, as Wagtail does to aliases.

    Address, place in the tree and the draft in the latest revision stay.
    """
    shown = begun.with_content_json(source.serializable_data())
    copied = source.copy_all_child_relations(target=shown, exclude=NOT_CONTENT)
    for children in copied.values():
        for child in children if isinstance(children, list) else [children]:
            if isinstance(child, TranslatableMixin):
                child.locale = begun.locale
    shown.slug = begun.slug
    shown.set_url_path(shown.get_parent())
    shown.live, shown.live_revision = True, None
    shown.last_published_at = source.last_published_at
    shown.save(clean=False)


def follow_withdrawal(page: Page) -> None:
    """Take down what stands in for a page that was taken down; of aliases Wagtail does it."""
    for mirror in mirrors_of(page):
        if mirror.live and not mirror.alias_of_id:
            mirror.specific.unpublish(log_action=False)


def follow_restrictions(page: Page) -> None:
    """Hide in other languages what is hidden at the source, also below a real translation."""
    keys = Page.objects.filter(path__startswith=page.path).values("translation_key")
    mirrors = Page.objects.filter(standing_in(), translation_key__in=keys)
    done: list[str] = []
    for mirror in mirrors.exclude(locale_id=page.locale_id).order_by("path"):
        if not mirror.path.startswith(tuple(done)):
            done.append(mirror.path)
            restrict_like_source(mirror)


@transaction.atomic
def restrict_like_source(mirror: Page) -> None:
    """Give a stand-in the view restrictions of its source and of what is above that."""
    source = source_of(mirror) or mirror.alias_of
    if source is None:
        return
    wanted = list(source.get_view_restrictions().prefetch_related("groups"))
    mirror.view_restrictions.all().delete()
    for restriction in wanted:
        copied = PageViewRestriction.objects.create(
            page=mirror,
            restriction_type=restriction.restriction_type,
            password=restriction.password,
        )
        copied.groups.set(restriction.groups.all())
