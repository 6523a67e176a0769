"""The demo's first news, written from the facts in ``ops/data``: true, short, in two languages."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ops.local.province import DEPARTMENTS, DOMAIN, FOLDER, UNITS

STATISTICS = ("Danh mục hành chính của Tổng cục Thống kê, 2013",
              "General Statistics Office, list of administrative units, 2013")  # fmt: skip
MERGER = ("Danh sách sắp xếp đơn vị hành chính cấp xã năm 2025",
          "List of the merger of communes, 2025")  # fmt: skip
ROADMAP = ("Quyết định số 2201/QĐ-UBND ngày 11/9/2013", "Decision 2201/QĐ-UBND of 11/09/2013")
PROCEDURES = ("Cơ sở dữ liệu quốc gia về thủ tục hành chính",
              "National database of administrative procedures")  # fmt: skip
MERGED_ON = "01/07/2025"
TODAY = ""  # a fact, no event: dated when it is published
COLUMNS = ("label", "key", "language", "date", "title", "abstract", "body", "source")


@dataclass(frozen=True)
class Site:
    """A site as its file names it."""

    label: str
    vi: str
    en: str


@dataclass(frozen=True)
class Story:
    """One article in both languages."""

    key: str
    date: str
    title: tuple[str, str]
    abstract: tuple[str, str]
    source: tuple[str, str]
    body: tuple[str, str] = ("", "")

    def rows(self, label: str) -> Iterator[dict[str, str]]:
        """The article's rows in the file that ``manage.py add_news`` reads."""
        for index, language in enumerate(("vi", "en")):
            yield {
                "label": label, "key": self.key, "language": language, "date": self.date,
                "title": self.title[index], "abstract": self.abstract[index],
                "body": self.body[index], "source": self.source[index],
            }  # fmt: skip


def write(target: Path, labels: Iterable[str]) -> Path:
    """Write the news of these sites (and the main portal) into *target*."""
    wanted = {DOMAIN.split(".")[0], *labels}
    with target.open("w", encoding="utf-8", newline="") as lines:
        out = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        out.writeheader()
        for label, story in _stories():
            if label in wanted:
                out.writerows(story.rows(label))
    return target


def _stories() -> Iterator[tuple[str, Story]]:
    sites = _sites()
    for label, facts in _facts().items():
        if not label:
            yield from ((DOMAIN.split(".")[0], story) for story in _of_the_province(facts))
        elif label in sites:
            yield from ((label, story) for story in _of_a_site(sites[label], facts))
    for row in _rows(DEPARTMENTS):
        site = sites[row["label"]]
        yield from ((site.label, story) for story in _of_a_department(site))


def _of_a_site(site: Site, facts: dict[str, list[dict[str, str]]]) -> Iterator[Story]:
    makers = {"unit_code": _code, "members": _members, "part_of": _part_of, "merged_2025": _merged,
              "field": _field}  # fmt: skip
    for name, make in makers.items():
        for fact in facts.get(name, []):
            yield make(site, fact)
    if procedures := facts.get("procedure"):
        yield _procedures(site, procedures)


def _of_a_department(site: Site) -> Iterator[Story]:
    yield Story(
        f"roadmap-{site.label}",
        "11/09/2013",
        (
            "Dịch vụ công của các sở, ngành được tích hợp vào cổng của tỉnh",
            "Services of the departments are integrated into the provincial portal",
        ),
        (
            f"Theo lộ trình của tỉnh, dịch vụ công mức độ 2 và 3 của các sở, ngành, trong đó có "
            f"{site.vi}, và của UBND cấp huyện được tích hợp vào cổng thông tin điện tử của tỉnh.",
            "The province's roadmap integrates the services at levels 2 and 3 of the departments, "
            f"{site.en} among them, and of the districts into the provincial portal.",
        ),
        ROADMAP,
    )
    yield Story(
        f"forms-{site.label}",
        "11/09/2013",
        (
            "Dịch vụ công có biểu mẫu phải đạt mức độ 2 trở lên",
            "Every service with a form must reach at least level 2",
        ),
        (
            "Lộ trình của tỉnh yêu cầu tất cả dịch vụ công có sử dụng biểu mẫu đạt mức độ 2 trở "
            "lên: người dân tải được biểu mẫu từ trang của cơ quan.",
            "The province's roadmap asks that citizens can download the form of every service "
            "that uses one.",
        ),
        ROADMAP,
    )


def _code(site: Site, fact: dict[str, str]) -> Story:
    return Story(
        f"code-{site.label}",
        TODAY,
        (f"{site.vi} mang mã đơn vị hành chính {fact['number']}",
         f"{site.en} has the administrative code {fact['number']}"),
        (f"Trong danh mục hành chính của ngành thống kê, {_low(site.vi)} có mã {fact['number']}. "
         "Mã này dùng trong biểu mẫu, báo cáo và khi trao đổi dữ liệu giữa các cơ quan.",
         f"In the statistics office's list of administrative units {site.en} has the code "
         f"{fact['number']}, used in forms, reports and data exchange between agencies."),
        STATISTICS,
    )  # fmt: skip


def _members(site: Site, fact: dict[str, str]) -> Story:
    parts_vi, parts_en = (fact[name].replace(" | ", ", ") for name in ("name_vi", "name_en"))
    return Story(
        f"members-{site.label}",
        TODAY,
        (f"{site.vi} có {fact['count']} đơn vị hành chính cấp xã",
         f"{site.en} has {fact['count']} communes, wards and townships"),
        (f"{site.vi} gồm {parts_vi}. Mỗi đơn vị có một trang thông tin riêng trên cổng của tỉnh; "
         "danh sách nằm ở trang Giới thiệu.",
         f"{site.en} consists of {parts_en}. Each has a site of its own on the provincial portal; "
         "the About page lists them."),
        STATISTICS,
    )  # fmt: skip


def _part_of(site: Site, fact: dict[str, str]) -> Story:
    return Story(
        f"part-{site.label}",
        TODAY,
        (f"{site.vi} là một trong {fact['count']} đơn vị cấp xã của {_low(fact['name_vi'])}",
         f"{site.en} is one of the {fact['count']} communes of {fact['name_en']}"),
        (f"Theo danh mục hành chính năm 2013, {_low(site.vi)} trực thuộc {_low(fact['name_vi'])}, "
         f"cùng với {int(fact['count']) - 1} xã, phường, thị trấn khác.",
         f"In the list of administrative units of 2013 {site.en} belongs to {fact['name_en']}, "
         f"with {int(fact['count']) - 1} others."),
        STATISTICS,
    )  # fmt: skip


def _merged(site: Site, fact: dict[str, str]) -> Story:
    others = fact["note_vi"].replace(" | ", ", ")
    with_vi = f" cùng với {others}" if others else ""
    with_en = f" together with {others}" if others else ""
    return Story(
        f"merged-{site.label}",
        MERGED_ON,
        (f"{site.vi} trở thành một phần của {_low(fact['name_vi'])} mới",
         f"{site.en} becomes part of the new {fact['name_en']}"),
        (f"Khi sắp xếp đơn vị hành chính năm 2025, {_low(site.vi)}{with_vi} hợp thành "
         f"{_low(fact['name_vi'])}. Giấy tờ đã cấp vẫn có giá trị sử dụng theo quy định.",
         f"In the reform of 2025 {site.en}{with_en} formed {fact['name_en']}."),
        MERGER,
    )  # fmt: skip


def _field(site: Site, fact: dict[str, str]) -> Story:
    return Story(
        f"field-{site.label}-{fact['name_vi']}",
        TODAY,
        (f"{site.vi}: {fact['count']} thủ tục trong lĩnh vực {_low(fact['name_vi'])}",
         f"{site.en}: {fact['count']} procedures in one of its fields"),
        (f"Cơ sở dữ liệu quốc gia ghi nhận {fact['count']} thủ tục cấp tỉnh trong lĩnh vực "
         f"{_low(fact['name_vi'])}.",
         f"The national database lists {fact['count']} provincial procedures in the field "
         f"“{fact['name_vi']}”."),
        PROCEDURES,
    )  # fmt: skip


def _procedures(site: Site, facts: list[dict[str, str]]) -> Story:
    lines_vi = [
        f"{f['name_vi']} (mã {f['number']}): {f['note_vi'] or 'xem quy định'}" for f in facts
    ]
    return Story(
        f"procedures-{site.label}",
        TODAY,
        (f"{site.vi} giải quyết thủ tục nào, trong bao lâu?",
         f"{site.en}: some procedures and their time limits"),
        (f"Một số thủ tục thuộc thẩm quyền của {site.vi}, kèm mã và thời hạn giải quyết.",
         f"Some procedures handled by {site.en}, with code and time limit."),
        PROCEDURES,
        ("\n".join(lines_vi), "\n".join(lines_vi)),
    )  # fmt: skip


def _of_the_province(facts: dict[str, list[dict[str, str]]]) -> Iterator[Story]:
    counts = {name: rows[0]["count"] for name, rows in facts.items()}
    yield Story(
        "roadmap",
        "11/09/2013",
        ("Tiền Giang phê duyệt lộ trình cung cấp dịch vụ công trực tuyến",
         "Tiền Giang approves its roadmap for online public services"),
        (f"Lộ trình nêu {counts['roadmap_units']} huyện, thị xã, thành phố, xã, phường, thị trấn "
         f"và {_number(counts['roadmap_procedures'])} thủ tục hành chính; ít nhất "
         f"{counts['roadmap_online']} thủ tục được cung cấp trực tuyến ở mức độ 3, 4.",
         f"It names {counts['roadmap_units']} districts and communes and "
         f"{counts['roadmap_procedures']} procedures, at least {counts['roadmap_online']} of them "
         "online at level 3 or 4."),
        ROADMAP,
    )  # fmt: skip
    province = facts["province_2025"][0]
    yield Story(
        "province-2025",
        MERGED_ON,
        (f"Tiền Giang cùng Đồng Tháp hợp thành {_low(province['name_vi'])} mới",
         f"Tiền Giang and Đồng Tháp form the new {province['name_en']}"),
        (f"Trên địa bàn Tiền Giang trước đây có {province['count']} {province['note_vi']}. "
         "Trang của từng đơn vị cũ ghi đơn vị mới mà nó thuộc về.",
         f"The former Tiền Giang has {province['count']} {province['note_en']}; each former unit's "
         "site names the one it became part of."),
        MERGER,
    )  # fmt: skip


def _sites() -> dict[str, Site]:
    return {
        row["label"]: Site(row["label"], row["name_vi"], row["name_en"])
        for file in (DEPARTMENTS, UNITS)
        for row in _rows(file)
    }


def _facts() -> dict[str, dict[str, list[dict[str, str]]]]:
    facts: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(FOLDER / "facts.csv"):
        facts[row["label"]][row["fact"]].append(row)
    return facts


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _low(name: str) -> str:
    """A unit's name inside a sentence: ``Xã Tân Phú`` → ``xã Tân Phú``."""
    return name[:1].lower() + name[1:]


def _number(text: str) -> str:
    return f"{int(text):,}".replace(",", ".")
