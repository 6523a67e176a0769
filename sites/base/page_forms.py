"""What every page's form in the administration begins with."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class SitePageForm(WagtailAdminPageForm):
    """Wagtail's, whose new page knows its language and its good beginning.

    The language is the parent's even before the page is stored: a preview asks for it.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        parent_page: Any = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        page = kwargs.get("instance")
        if page is not None and page.pk is None and parent_page is not None:
            if page.locale_id is None:
                page.locale = parent_page.locale
            page.begin(parent_page, kwargs.get("for_user"))
        super().__init__(data, files, parent_page, *args, **kwargs)
