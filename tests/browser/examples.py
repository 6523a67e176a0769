"""An example of every page type, in both languages, with everything on it that it can have."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale, Page

from sites.disclosure.models import DatasetPage, ProgrammePage, ProjectPage, RecordPage
from sites.documents.models import Attachment, DocumentRelation, LegalDocumentPage
from sites.home import places
from sites.media.models import AlbumPage, VideoPage
from sites.news.articles import Kind
from sites.news.models import ArticlePage, Category, EventPage
from sites.organisation.models import PersonPage, UnitPage, WeekPage
from sites.organisation.weeks import Week
from tests.factories import create_document, create_image
from tests.sites.documents.conftest import pdf_file
from tests.sites.media.factories import VTT, create_file, mp4

LEVELS = (
    "Chỉ tiêu\tĐơn vị\t2013 mục tiêu\t2013 thực hiện\t2014 mục tiêu\t2014 thực hiện\n"
    "Thủ tục mức độ 2\tthủ tục\t1.100\t1.234\t1.441\t\n"
    "Máy tính\t%\t80\t66,7\t100\t70\n"
)
ONE_YEAR = "Chỉ tiêu\tĐơn vị\t2015 mục tiêu\nCáp quang\t%\t100\nAn toàn\t%\t70\n"
BUDGET = "Nguồn\t2011–2015\nNgân sách tỉnh\t33\nTrung ương\t16,7\nKhác\t\n"
FIGURES = {"intro": "Số liệu đến cuối năm.", "unit": "", "chart": "auto"}
TEXT = "<p>Người dân đến bộ phận một cửa, <b>mang theo giấy tờ</b>.</p><ul><li>Bản chính</li></ul>"
Made = dict[str, Page]


class Examples:
    """The examples of the current site in one language; those of the other are translated."""

    def __init__(self, language: str, originals: Made | None = None) -> None:
        self.language = language
        self.places = places.found(language)
        self.locale = Locale.objects.get(language_code=language)
        self.originals = originals or {}
        self.pages: Made = {}

    def say(self, vietnamese: str, english: str) -> str:
        """Return the words of this language."""
        return vietnamese if self.language == "vi" else english

    def add(self, name: str, parent: str | Page, page: Page) -> Page:
        """Publish a page below a place or a page, and remember it under a name."""
        above = self.places[parent] if isinstance(parent, str) else parent
        if name in self.originals:
            page.translation_key = self.originals[name].translation_key
        page.locale, page.live = self.locale, False
        Page.objects.get(pk=above.pk).specific.add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        self.pages[name] = page
        return page

    def make(self) -> Made:
        """Make what a member site can have; returns the pages by name."""
        for step in (self.news, self.events, self.documents, self.people, self.week, self.media,
                     self.registers, self.figures):  # fmt: skip
            step()
        return self.pages

    def news(self) -> None:
        """A story with every block, a notice, and more stories than one page of the list."""
        self.add("article", "news", ArticlePage(
            title=self.say("Cầu mới nối hai bờ sông Tiền", "A new bridge across the Tiền"),
            abstract=self.say("Cầu dài 120 m, xe đi từ sáng nay.", "120 m long, open today."),
            lead_image=create_image("cau.png", description="Cây cầu nhìn từ bờ nam"),
            author="Nguyễn Văn Thử", source="Báo Thử", category=Category.objects.first(),
            featured=True, body=body(),
        ))  # fmt: skip
        self.add("notice", "notices", ArticlePage(
            title=self.say("Cắt nước sáng thứ bảy", "No water on Saturday morning"),
            kind=Kind.NOTICE, body=json.dumps([{"type": "paragraph", "value": TEXT}]),
        ))  # fmt: skip
        if not self.originals:
            for number in range(13):
                self.add(f"story {number}", "news", ArticlePage(title=f"Tin ngắn số {number}"))

    def events(self) -> None:
        """What is to come, all day and cancelled, and what is over."""
        soon = timezone.now() + timedelta(days=3)
        self.add("event", "events", EventPage(
            title=self.say("Hội chợ trái cây", "Fruit fair"), starts_at=soon,
            ends_at=soon + timedelta(hours=5), place="Nhà văn hóa", address="Số 2, Hùng Vương",
            latitude="10.360100", longitude="106.359700", organiser="Phòng Kinh tế",
            contact="0273 3872 111", registration_url="https://hoicho.tinh.test/",
            audience="Mọi người", featured=True, lead_image=create_image("cho.png"), body=body(),
        ))  # fmt: skip
        self.add("cancelled event", "events", EventPage(
            title="Tiếp công dân", starts_at=soon, all_day=True, cancelled=True))  # fmt: skip
        self.add("past event", "events", EventPage(
            title="Lễ giỗ tổ", starts_at=soon - timedelta(days=90)))  # fmt: skip

    def documents(self) -> None:
        """Two documents, one of which replaces the other, with a file."""
        shared: dict[str, Any] = {"type": "Quyết định", "field": "Đất đai", "signer": "Trần Thử",
                                  "signer_office": "Chủ tịch", "issuer": "UBND huyện"}  # fmt: skip
        old = self.add("old document", "documents", LegalDocumentPage(
            number="12/QĐ-UBND", abstract="Bảng giá đất cũ", issued=date(2019, 3, 5),
            effective=date(2019, 3, 15), **shared,
        ))  # fmt: skip
        new = LegalDocumentPage(
            number="1507/QĐ-UBND", abstract=self.say("Ban hành bảng giá đất", "Prices of land"),
            issued=date(2024, 3, 5), effective=date(2024, 3, 15), gazette_number="15",
            gazette_date=date(2024, 4, 1), source="Cổng Thử", notes="Bản gốc ở văn thư.", **shared,
        )  # fmt: skip
        new.attachments = [Attachment(document=create_file("1507.pdf", pdf_file(2)))]
        new.relations = [DocumentRelation(kind="replaces", target=old),
                         DocumentRelation(kind="amends", number="7/QĐ-UBND")]  # fmt: skip
        self.add("document", "documents", new)

    def people(self) -> None:
        """A unit with a unit below it, two leaders and one of former times."""
        office = self.add("unit", "structure", UnitPage(
            title=self.say("Văn phòng", "Office"), abstract="Giúp việc lãnh đạo.",
            phone="0273 3872 111", email="vp@alpha.tinh.test", address="Phòng 101", body=body(),
        ))  # fmt: skip
        self.add("small unit", office, UnitPage(title=self.say("Tổ một cửa", "One-stop desk")))
        self.add("person", office, PersonPage(
            title="Nguyễn Thị Hòa", position=self.say("Chủ tịch", "Chair"), academic_title="TS.",
            duties="<ul><li>Phụ trách chung</li></ul>", phone="0273 3872 222",
            mobile="0912 345 678", email="hoa@alpha.tinh.test", is_leader=True, body=body(),
            term_from=date(2021, 6, 1), lead_image=create_image("hoa.png", description="Bà Hòa"),
        ))  # fmt: skip
        self.add("clerk", office, PersonPage(title="Lê Văn Đức", position="Chuyên viên"))
        self.add("former leader", office, PersonPage(
            title="Trần Văn Ất", position="Chủ tịch", is_leader=True, term_from=date(2011, 6, 1),
            term_to=date(2016, 6, 1),
        ))  # fmt: skip

    def week(self) -> None:
        """This week's schedule."""
        head = str(self.pages["person"].translation_key)
        lines: list[dict[str, Any]] = [
            {"day": 1, "start": "08:00", "end": "09:30", "what": "Họp giao ban", "leader": head,
             "where": "Phòng họp 1", "others": "Trưởng các phòng", "host": "Văn phòng"},
            {"day": 3, "start": None, "what": "Đi cơ sở"},
        ]  # fmt: skip
        entries = json.dumps([{"type": "entry", "value": line} for line in lines])
        self.add("week", "schedule", WeekPage(monday=Week.current().monday, entries=entries))

    def media(self) -> None:
        """An album, a video of one's own, a video elsewhere."""
        pictures = [
            {"type": "picture", "value": {"image": create_image(
                f"le-{number}.png", description=f"Cảnh {number} của lễ hội").pk,
                "caption": f"Chú thích {number}", "credit": "Ảnh: Thử"}}
            for number in range(3)
        ]  # fmt: skip
        self.add(
            "album",
            "media",
            AlbumPage(
                title=self.say("Lễ hội", "Festival"),
                place="Đình làng",
                pictures=json.dumps(pictures),
            ),
        )
        self.add("video", "media", VideoPage(
            title=self.say("Phóng sự", "Report"), file=create_file("phim.mp4", mp4()),
            captions=create_file("loi.vtt", VTT), transcript="<p>Xin chào quý vị</p>",
            lead_image=create_image("phim.png", description="Người dẫn"), credit="Đài Thử",
        ))  # fmt: skip
        self.add("video elsewhere", "media", VideoPage(
            title="Ký sự", address="https://phim.tinh.test/1", transcript="<p>Lời</p>",
        ))  # fmt: skip

    def registers(self) -> None:
        """A plan, a project, a procurement, and one without anything but a name."""
        file = {"type": "document", "value": {"document": create_document("kh.txt").pk}}
        files, years = json.dumps([file]), {"starts_on": date(2022, 1, 1)}
        self.add("record", "plans", RecordPage(
            title=self.say("Quy hoạch sử dụng đất", "Plan of land use"), level="district",
            number="5/QĐ-UBND", approved_on=date(2022, 1, 5), approved_by="UBND tỉnh",
            field="Đất đai", files=files, body=body(), **years,
        ))  # fmt: skip
        works: dict[str, Any] = {
            "status": "running", "progress": 60, "field": "Giao thông", "place": "Châu Thành",
            "capital": 6_810_000_000_000, "capital_source": "Ngân sách", "investor": "Ban QLDA",
            "objectives": "Nối hai bờ.", "scale": "120 m", "project_type": "Nhóm B", "code": "7",
            "ends_on": date(2027, 12, 31), **years,
        }  # fmt: skip
        self.add("project", "projects", ProjectPage(
            title=self.say("Cầu Rạch Miễu 2", "Rạch Miễu bridge 2"), files=files, body=body(),
            **works,
        ))  # fmt: skip
        self.add("procurement", "procurement", ProjectPage(
            title=self.say("Gói thầu số 5", "Package 5"), status="bidding", selection="open",
            invitation_number="IB25", invitation_url="https://dauthau.tinh.test/5",
            bids_until=timezone.now() + timedelta(days=9), capital=12_500_000_000,
        ))  # fmt: skip
        self.add("bare project", "projects", ProjectPage(title="Trường mầm non"))

    def figures(self) -> None:
        """Open data with a preview, a programme with charts of all kinds."""
        table = create_file("dan-so.csv", "Xã;Dân số\nTân Phước;7843\nTân Hội;12034\n".encode())
        data_file = {"document": table.pk, "title": "Bảng", "updated": None, "note": "Bản in"}
        column = {"name": "Dân số", "meaning": "Trung bình năm"}
        self.add("dataset", "statistics", DatasetPage(
            title=self.say("Dân số các xã", "People in the communes"), unit="người",
            keywords="dân số, xã", licence="cc-by", starts_on=date(2023, 1, 1),
            ends_on=date(2023, 12, 31), updated_on=date(2024, 1, 31), abstract="Trung bình năm.",
            columns=json.dumps([{"type": "column", "value": column}]),
            data_files=json.dumps([{"type": "file", "value": data_file}]),
        ))  # fmt: skip
        groups = [("Dịch vụ công", LEVELS), ("Hạ tầng", ONE_YEAR)]
        figures = [{"type": "indicators", "value": {**FIGURES, "title": title, "data": data}}
                   for title, data in groups]  # fmt: skip
        budget = {"title": "Kinh phí", "intro": "", "unit": "tỷ đồng", "data": BUDGET}
        self.add("programme", "programmes", ProgrammePage(
            title=self.say("Kế hoạch CNTT", "IT plan"), number="9/QĐ-UBND",
            approved_on=date(2013, 9, 11), approved_by="UBND tỉnh", data_on=date(2014, 12, 31),
            data_source="Báo cáo số 5/BC-UBND", body=body(),
            figures=json.dumps([*figures, {"type": "budget", "value": budget}]),
        ))  # fmt: skip


def body() -> str:
    """A body with every block."""
    picture, file = create_image("anh.png", description="Cây cầu"), create_document()
    table = {
        "columns": [{"type": "text", "heading": "Nơi"}, {"type": "number", "heading": "Dân số"}],
        "rows": [{"values": ["Phường 1", 7843]}],
    }
    video = {"title": "Ký sự", "address": "https://phim.tinh.test/1", "transcript": "<p>Lời</p>"}
    term = {"term": "Hồ sơ", "abbreviation": "HS", "definition": "<p>Giấy tờ đã nộp.</p>"}
    tones = [{"title": "Chú ý", "text": TEXT, "tone": tone}
             for tone in ("note", "warning", "success")]  # fmt: skip
    blocks: list[tuple[str, Any]] = [
        ("paragraph", f"<h2>Việc cần làm</h2>{TEXT}<h3>Sau đó</h3><p><a href='/'>Về</a></p>"),
        ("heading", "Hình ảnh"),
        ("image", {"image": picture.pk, "caption": "Cầu", "credit": "Thử"}),
        ("video", video),
        ("quote", {"text": "Cầu đẹp.", "source": "Một người đi đường"}),
        *(("callout", callout) for callout in tones),
        ("table", {"caption": "Dân số", "table": table}),
        ("documents", [{"document": file.pk, "title": ""}]),
        ("links", [{"title": "Bản đồ", "url": "https://bando.tinh.test/"}]),
        ("faq", [{"question": "Bao giờ?", "answer": "<p>Sáng nay.</p>"}]),
        ("glossary", [term]),
        ("facts", None),
        ("contacts", None),
    ]
    return json.dumps([{"type": name, "value": value} for name, value in blocks])
