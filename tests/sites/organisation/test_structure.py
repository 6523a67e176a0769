"""The chart, the leaders and the units are what the tree of published pages says."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tenants.utils import tenant_context
from wagtail.models import PageViewRestriction

from motcua.hub.models import Item
from sites.organisation.models import PersonPage
from tenants.models import Tenant
from tests.factories import create_image, create_user
from tests.sites.organisation.factories import (
    about_pages,
    create_person,
    create_structure,
    create_unit,
)

YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011


class Nesting(HTMLParser):
    """Collects the links of the chart with the number of lists around each."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.found: dict[str, int] = {}
        self.link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count lists; note links."""
        self.depth += tag == "ul"
        self.link = tag == "a"

    def handle_endtag(self, tag: str) -> None:
        """Leave lists."""
        self.depth -= tag == "ul"

    def handle_data(self, data: str) -> None:
        """Keep a link's words."""
        if self.link and data.strip():
            self.found[data.strip()] = self.depth
            self.link = False


def nesting(html: str) -> dict[str, int]:
    """Return each link's depth within the chart."""
    chart = html.partition('<ul class="chart"')[2]
    reader = Nesting()
    reader.feed(f"<ul{chart}")
    return reader.found


def test_chart_nests_as_the_tree_does_and_is_named(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        chart = create_structure()
        create_person(chart, "Trần Thị Bích", position="Chủ tịch", is_leader=True)
        office = create_unit(chart, "Văn phòng", phone="02733872184")
        team = create_unit(office, "Tổ Một cửa")
        create_person(team, "Lê Văn Cường", position="Tổ trưởng")
        create_person(team, "Lê Văn Đạt")
        create_unit(chart, "Phòng Kinh tế")
    html = browse(alpha).get("/chart/").content.decode()
    assert 'aria-label="' in html.partition('<ul class="chart"')[2][:60]
    depths = nesting(html)
    assert depths["Văn phòng"] == depths["Phòng Kinh tế"] == 2
    assert depths["Tổ Một cửa"] == depths["Lê Văn Cường"] == 3
    assert "Lê Văn Đạt" not in depths, "the chart names heads only"
    assert 'href="tel:+842733872184"' in html
    order = [html.index(f">{name}<") for name in ("Văn phòng", "Tổ Một cửa", "Phòng Kinh tế")]
    assert order == sorted(order)


def test_unit_names_its_chosen_head_first_and_every_other_member(
    alpha: Tenant, browse: Any
) -> None:
    with tenant_context(alpha):
        chart = create_structure()
        boss = create_person(chart, "Phan Văn Nhất", position="Phó Chủ tịch")
        office = create_unit(chart, "Văn phòng")
        create_person(office, "Lê Văn Cường")
        create_unit(office, "Tổ Văn thư")
    page = browse(alpha).get("/chart/van-phong/")
    assert page.context["branch"].head.title == "Lê Văn Cường"
    with tenant_context(alpha):
        office.head = boss
        office.save_revision().publish()
    branch = browse(alpha).get("/chart/van-phong/").context["branch"]
    assert branch.head.title == "Phan Văn Nhất"
    assert [member.title for member in branch.members] == ["Lê Văn Cường"]
    assert [below.page.title for below in branch.units] == ["Tổ Văn thư"]
    chart_branch = browse(alpha).get("/chart/").context["chart"].units[0]
    assert chart_branch.head.title == "Phan Văn Nhất"


def hide(page: Any, how: str) -> None:
    """Take a page from visitors in one of two ways."""
    if how == "unpublished":
        page.unpublish()
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=how)


@pytest.mark.parametrize("how", ["unpublished", "login"])
def test_hidden_units_and_people_appear_nowhere(alpha: Tenant, browse: Any, how: str) -> None:
    with tenant_context(alpha):
        chart, _l, _d = (create_structure(name) for name in ("chart", "leaders", "directory"))
        secret = create_unit(chart, "Phòng Mật")
        below = create_unit(secret, "Tổ Ngầm")
        create_person(below, "Người Trong Tổ", is_leader=True)
        hidden = create_person(chart, "Người Bị Ẩn", is_leader=True)
        create_person(chart, "Người Công Khai", is_leader=True)
        create_person(chart, "Người Nháp", is_leader=True, publish=False)
        hide(secret, how)
        hide(hidden, how)
    for path in ("/chart/", "/leaders/", "/directory/", "/directory/?q=nguoi"):
        html = browse(alpha).get(path).content.decode()
        assert "Người Công Khai" in html, path
        for name in ("Phòng Mật", "Tổ Ngầm", "Người Trong Tổ", "Người Bị Ẩn", "Người Nháp"):
            assert name not in html, (path, name)


def test_leaders_stand_by_body_in_order_and_former_ones_apart(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        chart = create_structure()
        create_structure("leaders")
        create_person(chart, "Chủ Tịch", is_leader=True, lead_image=create_image("chan-dung.png"))
        create_person(chart, "Phó Chủ Tịch", is_leader=True)
        create_person(chart, "Chuyên Viên")
        council = create_unit(chart, "Hội đồng nhân dân")
        create_person(council, "Chủ Tịch Hội Đồng", is_leader=True)
        create_person(chart, "Người Trước", is_leader=True, term_to=YESTERDAY)
    page = browse(alpha).get("/leaders/")
    boards = page.context["boards"]
    names = [[person.title for person in board.leaders] for board in boards]
    assert names == [["Chủ Tịch", "Phó Chủ Tịch"], ["Chủ Tịch Hội Đồng"]]
    assert [person.title for person in page.context["former"]] == ["Người Trước"]
    html = page.content.decode()
    assert re.search('alt="[^"]+ Chủ Tịch"', html), "the portrait is named after the person"
    assert html.count('<svg viewBox="0 0 240 300" aria-hidden="true"') == 2, "the two without one"
    assert "Người Trước" not in browse(alpha).get("/chart/").content.decode()


def test_persons_page_has_duties_contacts_term_and_a_card(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        office = create_unit(create_structure(), "Văn phòng")
        create_person(
            office, "Nguyễn Thị Minh Châu", position="Chánh Văn phòng", academic_title="ThS",
            duties="<p>Phụ trách <b>tổng hợp</b></p>", phone="02733872184", mobile="0912345678",
            email="chau@alpha.test", term_from=date(2026, 7, 1),
            body=[("paragraph", "<p>Sinh năm 1980</p>")],
        )  # fmt: skip
    path = "/chart/van-phong/nguyen-thi-minh-chau/"
    html = browse(alpha).get(path).content.decode()
    for text in ("ThS", "Chánh Văn phòng", "<b>tổng hợp</b>", "Sinh năm 1980", "01/07/2026",
                 'href="tel:+842733872184"', 'href="tel:+84912345678"', "0912 345 678",
                 'href="mailto:chau@alpha.test"', ">Văn phòng<"):  # fmt: skip
        assert text in html, text
    card = browse(alpha).get(f"{path}?format=vcf")
    assert card["Content-Type"].startswith("text/vcard")
    assert 'filename="nguyen-thi-minh-chau.vcf"' in card["Content-Disposition"]
    lines = card.content.decode().replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert "FN:Nguyễn Thị Minh Châu" in lines
    assert "N:Nguyễn;Châu;Thị Minh;;" in lines
    assert "ORG:Huyện Alpha;Văn phòng" in lines
    assert 'TEL;TYPE="work,voice";VALUE=uri:tel:+842733872184' in lines
    assert all(len(line.encode()) <= 75 for line in card.content.decode().split("\r\n"))


def test_person_is_in_the_hub_with_the_office_and_leaves_with_the_page(alpha: Tenant) -> None:
    with tenant_context(alpha):
        chart = create_structure()
        person = create_person(chart, "Trần Thị Bích", position="Chủ tịch")
        create_unit(chart, "Văn phòng", phone="02733872184")
        items = {item.title: item for item in Item.objects.all()}
        assert items["Trần Thị Bích"].kind == items["Văn phòng"].kind == "page"
        assert items["Trần Thị Bích"].abstract == "Chủ tịch"
        assert items["Trần Thị Bích"].details == {"position": "Chủ tịch"}
        person.unpublish()
        assert not Item.objects.filter(title="Trần Thị Bích").exists()


def test_wrong_numbers_and_terms_are_refused_at_their_field(alpha: Tenant) -> None:
    with tenant_context(alpha):
        person = create_person(create_structure())
        person.phone, person.term_from, person.term_to = "gọi sau", date(2026, 2, 1), YESTERDAY
        person.term_to = date(2026, 1, 1)
        with pytest.raises(ValidationError) as refusal:
            person.full_clean()
        assert {"phone", "term_to"} <= set(refusal.value.message_dict)


def test_pages_cost_the_same_however_many_people_there_are(alpha: Tenant, browse: Any) -> None:
    with tenant_context(alpha):
        chart = create_structure()
        create_structure("leaders")
        create_structure("directory")
        office = create_unit(chart, "Văn phòng", head=create_person(chart, is_leader=True))
    paths = ("/chart/", "/leaders/", "/directory/", "/chart/van-phong/")

    def cost() -> list[int]:
        counts = []
        for path in paths:
            browse(alpha).get(path)
            with CaptureQueriesContext(connection) as queries:
                assert browse(alpha).get(path).status_code == 200
            counts.append(len(about_pages(queries)))
        return counts

    def more(number: int) -> None:
        with tenant_context(alpha):
            picture = create_image(f"{number}.png")
            for parent in (chart, office):
                create_person(
                    parent, f"Người Số {number}", is_leader=True, lead_image=picture,
                    slug=f"n{number}",
                )  # fmt: skip
            create_unit(office, f"Tổ {number}")

    more(1)
    before = cost()
    more(2)
    more(3)
    assert cost() == before
    assert max(before) <= 21, before


def test_another_sites_people_cannot_be_chosen_as_head(
    alpha: Tenant, beta: Tenant, outsider: Any, browse: Any
) -> None:
    with tenant_context(beta):
        chart = create_structure()
        create_unit(chart, "Ban khác")
        theirs = create_person(chart, "Người Xã Beta")
    with tenant_context(alpha):
        office = create_unit(create_structure(), "Văn phòng")
        create_person(office.get_parent(), "Người Huyện Alpha")
        editor = create_user(superuser=True)
        assert not PersonPage.objects.filter(pk=theirs.pk).exists()
        office.head_id = theirs.pk
        with pytest.raises(ValidationError) as refusal:
            office.full_clean()
        assert "head" in refusal.value.message_dict
    chooser = "/admin/choose-page/{}/?page_type=organisation.PersonPage"
    offered = browse(beta, user=outsider).get(chooser.format(chart.pk)).json()["html"]
    assert "Người Xã Beta" in offered
    own = browse(alpha, user=editor).get(chooser.format(office.get_parent().pk))
    assert "Người Xã Beta" not in own.json()["html"]
    assert "Người Huyện Alpha" in own.json()["html"]
