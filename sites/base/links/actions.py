"""Checks links and keeps what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db import transaction
from django.utils.encoding import iri_to_uri
from wagtail.models import Page

from . import checking, outside
from .finding import Found, links_of
from .models import LONGEST_ADDRESS, BrokenLink

AT_ONCE = 200  # pages whose links are judged together


def check_site(*, ask_outside: bool | None = None, pause: float = outside.PAUSE) -> int:
    """Check all links of the current site's live pages; returns how many are broken.

    Each batch of pages is a transaction of its own. Nothing is locked while others are asked.

    Args:
        ask_outside: whether to ask other machines; as the settings say if not given.
        pause: seconds between two questions to the same machine.
    """
    asks = outside.may_ask() if ask_outside is None else ask_outside
    BrokenLink.objects.filter(page__live=False).delete()
    found: dict[int, list[Found]] = {}
    for pages in _batches(_live_pages()):
        links = {page.pk: links_of(page) for page in pages}
        _keep(links, checking.problems(_all(links)))
        if asks:
            found |= {pk: of_page for pk, of_page in links.items() if of_page}
    if asks:
        _keep_outside(found, pause)
    else:  # nobody will ever correct what other machines once told
        BrokenLink.objects.filter(reason__in=outside.REASONS).delete()
    return BrokenLink.objects.on_public_pages().count()


def check_page(page: Page) -> list[BrokenLink]:
    """Check a live page's links to this province at once, and keep what came of it."""
    shown = Page.objects.get(pk=page.pk).specific
    if not shown.live:
        BrokenLink.objects.filter(page=page.pk).delete()
        return []
    links = {shown.pk: links_of(shown)}
    _keep(links, checking.problems(_all(links)))
    return list(BrokenLink.objects.filter(page=page.pk))


def broken_in_draft(page: Page) -> dict[Found, str]:
    """Return the links of a page as edited that lead nowhere; asks no other machine."""
    return checking.problems(links_of(page))


def _live_pages() -> Iterator[Page]:
    """Return pages that visitors see; aliases have the links of their sources."""
    live = Page.objects.filter(live=True, alias_of=None, depth__gt=1).order_by("pk")
    numbers = list(live.values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_ONCE):
        yield from Page.objects.filter(pk__in=numbers[start : start + AT_ONCE]).specific()


def _batches(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while batch := list(islice(pages, AT_ONCE)):
        yield batch


def _all(links: Mapping[int, list[Found]]) -> set[Found]:
    return {one for of_page in links.values() for one in of_page}


@transaction.atomic
def _keep(links: Mapping[int, list[Found]], broken: Mapping[Found, str]) -> None:
    """Store what is broken on these pages. What was broken before keeps its day; what the last
    question to another machine told stays, as long as the link does."""
    rows = [_row(pk, one, broken[one]) for pk, of_page in links.items()
            for one in of_page if broken.get(one)]  # fmt: skip
    there = {(pk, _stored(one)) for pk, of_page in links.items() for one in of_page}
    now = {(row.page_id, row.address) for row in rows}
    known = BrokenLink.objects.filter(page__in=links)
    gone = [row.pk for row in known if _is_settled(row, there, now)]
    BrokenLink.objects.filter(pk__in=gone).delete()
    _add(rows)


def _is_settled(row: BrokenLink, there: set[tuple[int, str]], now: set[tuple[int, str]]) -> bool:
    key = (row.page_id, row.address)
    return key not in now and (key not in there or row.reason not in outside.REASONS)


def _keep_outside(links: Mapping[int, list[Found]], pause: float) -> None:
    told = outside.problems(_all(links), pause=pause)
    pairs = [(pk, one) for pk, of_page in links.items() for one in of_page if one in told]
    fine = {(pk, _stored(one)) for pk, one in pairs if not told[one]}
    with transaction.atomic():
        known = BrokenLink.objects.filter(reason__in=outside.REASONS)
        gone = [row.pk for row in known if (row.page_id, row.address) in fine]
        BrokenLink.objects.filter(pk__in=gone).delete()
        _add(_row(pk, one, told[one]) for pk, one in pairs if told[one])


def _add(rows: Iterable[BrokenLink]) -> None:
    # Without `since`: the day on which it was first found broken stays.
    BrokenLink.objects.bulk_create(
        list({(row.page_id, row.address): row for row in rows}.values()),
        update_conflicts=True, unique_fields=["page", "address"],
        update_fields=["text", "reason"],
    )  # fmt: skip


def _row(pk: int, found: Found, reason: str) -> BrokenLink:
    return BrokenLink(page_id=pk, address=_stored(found), text=found.text[:200], reason=reason)


def _stored(found: Found) -> str:
    """Return the address in ASCII, so that an index of the database can hold it."""
    return str(iri_to_uri(found.address))[:LONGEST_ADDRESS]
