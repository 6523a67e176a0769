"""Our own screens of the administration, with something on each of them.

The screens are found in the URL configuration: whatever answers below ``/admin/`` from our own
code. What their addresses need besides is in `Administration.arguments`; a new screen fails until
it stands there. Forms and lists that Wagtail makes of our models are added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_tenants.utils import tenant_context
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from motcua.people import actions as people
from motcua.people import groups
from motcua.people.models import User
from sites.base.links.models import BrokenLink, Reason
from sites.base.word_import.actions import import_word
from sites.documents import importing
from sites.news.models import ArticlePage
from sites.translations.importing import import_lines
from sites.widgets.models import Notice
from tenants.models import Domain, SiteImport, Tenant
from tests import word_documents
from tests.browser.examples import Examples
from tests.factories import create_user, home

OURS = ("sites.", "motcua.", "tenants.")
PROVINCIAL = ("member_sites", "data_sources")
MAIN, MEMBER = "tinh", "alpha"
LIST = "number,type,abstract,issuer\n5/QĐ-UBND,Quyết định,Bảng giá,UBND\n,,,\n"
Screen = tuple[str, str, str]  # the site's label, the name of the address, the address


def own_addresses(
    resolver: URLResolver | None = None, prefix: str = "", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, bool]]:
    """Find the names of our own addresses of the administration, and whether they take more."""
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*names, entry.namespace) if entry.namespace else names
            yield from own_addresses(entry, route, inside)
        elif route.startswith("admin/") and entry.name and _is_ours(entry):
            yield ":".join((*names, entry.name)), bool(entry.pattern.converters)


def _is_ours(entry: URLPattern) -> bool:
    view: Any = getattr(entry.callback, "view_class", entry.callback)
    return str(view.__module__).startswith(OURS)


class Administration:
    """A member site and a main portal in which everything has happened once."""

    def __init__(self, main: Tenant, alpha: Tenant) -> None:
        with tenant_context(main):
            self.arguments: dict[str, list[list[Any]]] = self._of_the_province(alpha)
        with tenant_context(alpha):
            self.arguments |= self._of_the_site()

    def _of_the_province(self, alpha: Tenant) -> dict[str, list[list[Any]]]:
        row = {"line": 2, "label": "xamot", "name_vi": "Xã Một", "kind": "commune"}
        imports = [
            [SiteImport.objects.create(
                file_name=f"{status}.csv", uploaded_by="test", status=status, rows=[row]).pk]
            for status in ("checked", "running", "finished")
        ]  # fmt: skip
        other = Domain.objects.create(tenant=alpha, domain="alpha.example", is_primary=False)
        site = [[alpha.pk]]
        member = {
            "import": imports, "start_import": imports[:1], "import_progress": imports[:1],
            "site": site, "edit": site, "domains": site,
            "make_primary": [[alpha.pk, other.pk]], "remove_domain": [[alpha.pk, other.pk]],
            "step": [[alpha.pk, "suspend"], [alpha.pk, "archive"]],
        }  # fmt: skip
        sources = {f"data_sources:{name}": [["open-meteo"]] for name in ("source", "try")}
        return {f"member_sites:{name}": these for name, these in member.items()} | sources

    def _of_the_site(self) -> dict[str, list[list[Any]]]:
        editor = create_user(email="bien-tap@tinh.test", role=groups.EDITOR)
        by = User.objects.create_superuser(email="ngoai@tinh.test", name="Ngoài", password="x")
        self.pages = Examples("vi").make()
        story, news = self.pages["article"], self.pages["article"].get_parent()
        BrokenLink.objects.create(
            page=story, address="/cu/", text="Trang cũ", reason=Reason.values[0]
        )
        now = timezone.now()
        self.notice = Notice.objects.create(
            text="Bảo trì", starts_at=now, ends_at=now + timedelta(days=1)
        )
        word = import_word(parent=news, page_type=ArticlePage, file=odd_document(), by=by)
        invitation = people.invite(email="moi@tinh.test", role=groups.EDITOR, by=by)
        upload = importing.create_import(
            section=self.pages["document"].get_parent().specific, data=LIST.encode(),
            file_name="van-ban.csv", by="test",
        )  # fmt: skip
        job = import_lines.enqueue(lines=[], user_id=by.pk, publish=False)
        lists = ("import", "start", "undo", "progress", "report")
        return {
            "home_restore_place": [["news"]],
            "translations:export": [[1]],
            "translations:imported": [[job.id]],
            "copy_week": [[self.pages["week"].pk]],
            "base_broken_links_recheck": [[story.pk]],
            "base_word_import": [[news.pk]],
            "base_word_import_report": [[word.page.pk]],
            "people_invitations:delete": [[invitation.pk]],
            "wagtailusers_users:edit": [[editor.pk]],
            "wagtailusers_users:delete": [[editor.pk]],
            **{f"document_imports:{name}": [[upload.pk]] for name in lists},
        }

    def screens(self) -> Iterator[Screen]:
        """Every address to look at.

        Raises:
            KeyError: an address takes arguments that `arguments` does not have.
        """
        for name, takes_more in own_addresses():
            label = MAIN if name.startswith(PROVINCIAL) else MEMBER
            for arguments in self.arguments[name] if takes_more else [[]]:
                yield label, name, reverse(name, args=arguments)
        yield MAIN, "wagtailadmin_home", reverse("wagtailadmin_home")
        for name, given in self._made_of_our_models():
            yield MEMBER, name, reverse(name, args=given)

    def _made_of_our_models(self) -> Iterator[tuple[str, list[Any]]]:
        news = self.pages["article"].get_parent()
        kind = ContentType.objects.get_for_model(ArticlePage)
        yield "wagtailadmin_home", []
        yield "wagtailadmin_explore", [home().pk]
        yield "wagtailadmin_pages:add_subpage", [home().pk]
        yield "wagtailadmin_pages:add", [kind.app_label, kind.model, news.pk]
        types: dict[Any, int] = {}
        for page in self.pages.values():  # the first of a type has most on it
            types.setdefault(page.specific_class, page.pk)
        for model in get_page_models():
            first = model.objects.first() if model.__module__.startswith(OURS) else None
            if first is not None:
                types.setdefault(model, first.pk)
        yield from (("wagtailadmin_pages:edit", [pk]) for pk in types.values())
        yield from (("wagtailsettings:edit", [model._meta.app_label, model._meta.model_name])
                    for model in settings_registry)  # fmt: skip
        for model in get_snippet_models():
            names = [f"{model.snippet_viewset.url_namespace}:{one}" for one in ("list", "add")]
            yield from ((name, []) for name in names)
        yield "wagtailsnippets_widgets_notice:edit", [self.notice.pk]


def odd_document() -> Any:
    """A document of Word of which the report has something to tell."""
    body = (
        word_documents.paragraph("Trạm y tế mở cửa", style="Heading1")
        + word_documents.paragraph("Trạm mới phục vụ hai nghìn người.")
        + word_documents.drawing("one", "image1.png")
    )
    related = word_documents.relation("one", "image", "media/one.png")
    parts = {"word/media/one.png": word_documents.png()}
    return word_documents.hand_made(body, related, parts=parts, name="tram.docx")
