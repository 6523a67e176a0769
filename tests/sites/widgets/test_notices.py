"""Notices stand on every page of their site, from their hour to their hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django_tenants.utils import tenant_context

from motcua.people import groups
from sites.widgets.models import Notice
from tenants.models import Tenant
from tests.factories import create_user

OUTAGE = "Cổng tạm ngừng từ 22:00 ngày 28/11 để bảo trì"


def create_notice(text: str = OUTAGE, *, begins: float = -1, ends: float = 1, **fields: Any) -> Any:
    """Make a notice on the current site; `begins` and `ends` are hours from now."""
    now = timezone.now()
    notice = Notice(
        text=text,
        starts_at=now + timedelta(hours=begins),
        ends_at=now + timedelta(hours=ends),
        **fields,
    )
    notice.full_clean()
    notice.save()
    return notice


def test_a_notice_stands_on_its_site_s_pages_in_the_reader_s_language(
    alpha: Tenant, beta: Tenant, browse: Callable[..., Client]
) -> None:
    browser = browse(alpha)
    assert "notices" not in browser.get("/").content.decode()
    with tenant_context(alpha):
        create_notice(text_en="The portal pauses at 10 p.m.", link="/thong-bao/", tone="warning")
        create_notice("Mưa lớn, tránh ra đường", tone="danger")
        create_notice("Tuần sau", begins=1, ends=2)
        create_notice("Tuần trước", begins=-2, ends=-1)
    for path in ("/", "/tin-tuc/", "/search/"):
        page = browser.get(path).content.decode()
        assert page.index("Mưa lớn") < page.index(OUTAGE) < page.index("<main")
        assert 'href="/thong-bao/"' in page
        assert "Tuần sau" not in page
        assert "Tuần trước" not in page
        assert 'role="alert"' not in page
    english = browser.get("/en/").content.decode()
    assert "The portal pauses at 10 p.m." in english
    assert OUTAGE not in english
    assert "Mưa lớn" in english
    assert OUTAGE not in browse(beta).get("/").content.decode()


def test_a_change_is_seen_at_the_next_page(alpha: Tenant, browse: Callable[..., Client]) -> None:
    browser = browse(alpha)
    with tenant_context(alpha):
        notice = create_notice()
        assert OUTAGE in browser.get("/").content.decode()
        connection_text = "Hoãn bảo trì"
        notice.text = connection_text
        notice.save()
    assert connection_text in browser.get("/").content.decode()
    with tenant_context(alpha):
        notice.delete()
    assert connection_text not in browser.get("/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"begins": 1, "ends": 1}, {"begins": 2, "ends": 1}, {"link": "javascript:alert(1)"},
     {"link": "//evil.example"}, {"link": "thong-bao"}, {"tone": "pink"}, {"text": ""}],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_shown_is_refused(wrong: dict[str, Any], alpha: Tenant) -> None:
    with tenant_context(alpha), pytest.raises(ValidationError):
        create_notice(**wrong)


def test_a_webmaster_writes_a_notice(alpha: Tenant, browse: Callable[..., Client]) -> None:
    with tenant_context(alpha):
        webmaster = create_user(role=groups.SITE_ADMINISTRATOR)
        editor = create_user(email="bien.tap@alpha.test", role=groups.EDITOR)
    browser, add = browse(alpha, user=webmaster), "/admin/snippets/widgets/notice/add/"
    now = timezone.localtime()
    form = {
        "text": OUTAGE, "text_en": "", "link": "", "tone": "warning",
        "starts_at": f"{now - timedelta(hours=1):%d/%m/%Y %H:%M}",
        "ends_at": f"{now + timedelta(days=8):%d/%m/%Y %H:%M}",
    }  # fmt: skip
    answer = browser.post(add, form)
    assert answer.status_code == 302, answer.context["form"].errors
    assert OUTAGE in browser.get("/admin/snippets/widgets/notice/").content.decode()
    assert OUTAGE in browse(alpha).get("/").content.decode()
    refused = browse(alpha, user=editor).post(add, form)
    assert refused.status_code == 302
    with tenant_context(alpha):
        assert Notice.objects.count() == 1
