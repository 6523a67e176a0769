"""How a site looks: what its administrators have chosen, read once in a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import connection, transaction

from motcua import audit
from motcua.hub.models import Item, ItemKind
from motcua.web.theme_folders import installed, known
from tenants.models import Tenant

from .media import SiteImage
from .settings import SiteSettings


@dataclass(frozen=True, kw_only=True)
class Look:
    """A choice: folder of a theme (empty: the province's), accent's key, keys of two pictures."""

    theme: str = ""
    accent: str = ""
    logo: int | None = None
    hero_image: int | None = None

    @classmethod
    def of(cls, own: SiteSettings) -> Look:
        """Return what ``own`` says, saved or not."""
        return cls(
            theme=own.theme,
            accent=own.accent,
            logo=own.logo_id,
            hero_image=own.hero_image_id,
        )


# Settings by schema while a request lasts; nothing outside of one, where they could grow old.
_read: ContextVar[dict[str, SiteSettings] | None] = ContextVar("site_settings", default=None)


def connect() -> None:
    """Remember settings from a request's beginning to its end."""
    request_started.connect(_begin, dispatch_uid="appearance.begin")
    request_finished.connect(_end, dispatch_uid="appearance.end")


def _begin(**_signal: Any) -> None:
    _read.set({})


def _end(**_signal: Any) -> None:
    _read.set(None)


def current_settings() -> SiteSettings:
    """Return the current site's settings; within a request from the database once."""
    read = _read.get()
    schema = connection.schema_name
    if read is not None and schema in read:
        return read[schema]
    own = SiteSettings.objects.filter(site__is_default_site=True).first() or SiteSettings()
    if read is not None:
        read[schema] = own
    return own


def forget() -> None:
    """Read the current site's settings anew when they are next asked for."""
    (_read.get() or {}).pop(connection.schema_name, None)


@contextmanager
def trying(own: SiteSettings) -> Iterator[None]:
    """Let the current site look as ``own`` says, unsaved, for this thread and this block only."""
    token = _read.set({**(_read.get() or {}), connection.schema_name: own})
    try:
        yield
    finally:
        _read.reset(token)


def chosen_theme(tenant: Tenant) -> str:
    """Return the folder of the theme of ``tenant``, the current site.

    It is the site's choice, else the province's at registration; the default one where that
    folder is gone.
    """
    own = current_settings().theme
    return own if own in installed() else known(tenant.theme)


def chosen_accent(tenant: Tenant) -> str:
    """Return the accent's key, empty for the theme's own and where the theme lacks it."""
    theme = installed().get(chosen_theme(tenant))
    return theme.accent(current_settings().accent) if theme else ""


@transaction.atomic
def choose(own: SiteSettings, *, look: Look, by: Any) -> None:
    """Let the site look as ``look`` says from now on; what was before can be had back.

    Args:
        own: the site's settings as they are stored.
        look: what to change them to; no change is no act.
        by: who has chosen.
    """
    before = Look.of(own)
    if look == before:
        return
    own.look_before = asdict(before)
    own.theme, own.accent = look.theme, look.accent
    own.logo_id, own.hero_image_id = look.logo, look.hero_image
    own.save()
    audit.record(
        "site.appearance_changed", by=by, target=look.theme or "–", now=asdict(look),
        before=asdict(before),
    )  # fmt: skip


def go_back(own: SiteSettings, *, by: Any) -> bool:
    """Return to the look before the last choice; going back again undoes that.

    A picture or theme that no longer exists is left out.

    Returns:
        Whether there was one to return to.
    """
    before = previous(own)
    if before is None:
        return False
    choose(own, look=before, by=by)
    return True


def previous(own: SiteSettings) -> Look | None:
    """Return the look before the last choice, as far as it can still be had."""
    if not own.look_before:
        return None
    before = Look(**own.look_before)
    pictures = {before.logo, before.hero_image} - {None}
    there = set(SiteImage.objects.filter(pk__in=pictures).values_list("pk", flat=True))
    theme = installed().get(before.theme)
    return Look(
        theme=theme.folder if theme else "",
        accent=theme.accent(before.accent) if theme else "",
        logo=before.logo if before.logo in there else None,
        hero_image=before.hero_image if before.hero_image in there else None,
    )


def newest_article() -> str:
    """Return the number of the page of the site's newest article; empty where there is none."""
    items = Item.objects.of_site(connection.schema_name).of_kind(ItemKind.NEWS)
    newest = items.in_language("vi").order_by("-published_at", "-pk").first()
    return newest.object_id if newest else ""
