"""Which sites have pages whose hour has come: one query for the whole fleet."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.jobs.due import sites_where

TO_PUBLISH = "SELECT 1 FROM {schema}.wagtailcore_revision WHERE approved_go_live_at < now()"
TO_TAKE_DOWN = "SELECT 1 FROM {schema}.wagtailcore_page WHERE live AND expire_at < now()"


def sites_with_due_pages(schema_names: Sequence[str]) -> list[str]:
    """Return those of the schemas in which a page is to be published or taken down now."""
    return sites_where(schema_names, TO_PUBLISH, TO_TAKE_DOWN)
