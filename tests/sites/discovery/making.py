"""One published page of each kind, below the places that a site is born with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from sites.disclosure.models import DatasetPage, ProjectPage
from sites.documents.models import LegalDocumentPage
from sites.home import places
from sites.media.models import AlbumPage, VideoPage
from sites.news.models import EventPage
from sites.organisation.models import PersonPage, UnitPage
from tests.factories import create_article, create_document, create_image


def publish(place: str | Page, page: Page) -> Any:
    """Publish a page below a place of the current site, or below another page."""
    parent = places.find(place) if isinstance(place, str) else place
    assert parent is not None, place
    page.live, page.locale = False, parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def article() -> Page:
    """An article with picture and author."""
    return create_article("Cầu mới", lead_image=create_image(), author="Trần Thị Bích")


def event(**fields: Any) -> Page:
    """An event of tomorrow, somewhere."""
    values = {"place": "Hội trường A", "address": "Số 1 Lê Lợi", "organiser": "Sở Y tế",
              "latitude": "10.354500", "longitude": "106.362100", **fields}  # fmt: skip
    starts = timezone.now() + timedelta(days=1)
    return publish("events", EventPage(title="Ngày hội", starts_at=starts, **values))


def document() -> Page:
    """A decision in force."""
    return publish("documents", LegalDocumentPage(
        number="1507/QĐ-UBND", type="Quyết định", abstract="Ban hành bảng giá đất",
        issuer="UBND tỉnh", issued=date(2024, 3, 5), effective=date(2024, 3, 15)))  # fmt: skip


def dataset() -> Page:
    """A dataset with a file."""
    file = create_document("dan-so.csv", b"nam,so\n2024,1\n")
    return publish("statistics", DatasetPage(
        title="Dân số", abstract="Dân số theo xã, từng năm từ 2020.", publisher="Cục Thống kê",
        updated_on=date(2024, 3, 5), data_files=[("file", {"document": file})]))  # fmt: skip


def project() -> Page:
    """A project of the register."""
    return publish("projects", ProjectPage(title="Cầu Bến Mới", status="running"))


def unit() -> Page:
    """A unit with a telephone."""
    return publish("structure", UnitPage(title="Văn phòng", phone="0255 3822 000"))


def person(**fields: Any) -> Page:
    """A leader in the unit."""
    values = {"title": "Nguyễn Văn An", "position": "Giám đốc", "is_leader": True, **fields}
    return publish(UnitPage.objects.filter(live=True).first() or unit(), PersonPage(**values))


def album() -> Page:
    """An album of two pictures."""
    shots = [
        ("picture", {"image": create_image(f"{n}.png", description=f"Cảnh {n}"),
                     "caption": f"Chú thích {n}", "credit": "Ảnh: Thử"})
        for n in (1, 2)
    ]  # fmt: skip
    return publish("media", AlbumPage(title="Lễ hội", pictures=shots))


def video() -> Page:
    """A video elsewhere, with a poster picture."""
    return publish("media", VideoPage(
        title="Phóng sự", abstract="Cầu mới trong 3 phút.", lead_image=create_image(),
        address="https://video.example.vn/1", transcript="<p>Xin chào quý vị</p>"))  # fmt: skip


EVERYTHING = (article, event, document, dataset, project, unit, person, album, video)
