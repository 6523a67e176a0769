"""Programmes show the same numbers in charts and tables, and invent none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django_tenants.utils import tenant_context

from motcua.hub.models import Item
from sites.disclosure.blocks import BudgetBlock, IndicatorsBlock
from sites.disclosure.models import ProgrammePage, RegisterPage
from tenants.models import Tenant

DATA = Path(__file__).parents[3] / "ops" / "data" / "tien_giang" / "programme.csv"
LEVELS = (
    "Chỉ tiêu\tĐơn vị\t2013 mục tiêu\t2013 thực hiện\t2014 mục tiêu\t2014 thực hiện\n"
    "Thủ tục mức độ 2\tthủ tục\t1.100\t1.234\t1.441\t\n"
    "Máy tính\t%\t80\t66,7\t100\t70\n"
)
ONE_YEAR = "Chỉ tiêu\tĐơn vị\t2015 mục tiêu\nCáp quang\t%\t100\nAn toàn\t%\t70\n"


def indicators(data: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    value = {"title": "Nhóm", "intro": "", "unit": "", "chart": "auto"}
    return "indicators", {**value, "data": data, **fields}


def rendered(data: str, **fields: Any) -> str:
    block = IndicatorsBlock()
    return str(block.render(block.to_python(indicators(data, **fields)[1])))


def numbers(html: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, html))


def test_charts_have_the_numbers_of_the_table() -> None:
    html = rendered(LEVELS)
    labels = numbers(html, r'<text class="c-n"[^>]*>([^<]+)<')
    cells = numbers(html, r'<td class="r">([\d.,]+)</td>')
    assert labels == cells == {"1.100", "1.234", "1.441", "80", "66,7", "100", "70"}
    assert numbers(html, r'<text class="c-year"[^>]*>([^<]+)<') == {"2013", "2014"}
    assert html.count('<svg class="chart"') == 2
    assert "mục tiêu 1.100\u00a0thủ tục, thực hiện 1.234\u00a0thủ tục" in html
    assert "2.013" not in html


def test_heights_follow_the_numbers() -> None:
    html = rendered(
        "Chỉ tiêu\tĐơn vị\tKH 2013\tTH 2013\tKH 2014\tTH 2014\nA\tcái\t50\t100\t25\t0\n"
    )
    bars = re.findall(r'<rect class="c-(\w+)"[^>]*height="([\d.]+)"', html)
    assert bars[1:] == [("actual", "144.0"), ("target", "36.0"), ("actual", "1")] or (
        [float(height) for _series, height in bars if float(height) > 1][:3] == [72.0, 144.0, 36.0]
    )


def test_many_years_are_lines_with_every_point() -> None:
    years = range(2010, 2017)
    head = "\t".join(f"{year} thực hiện" for year in years)
    html = rendered(f"Chỉ tiêu\t{head}\nA\t1\t2\t3\t\t5\t6\t7\n")
    assert html.count("<circle") == 6
    assert html.count('class="c-line') == 4  # none across the year without a figure


def test_one_year_compares_indicators() -> None:
    html = rendered(ONE_YEAR)
    assert numbers(html, r'<b class="num">([^<]+)<') == {"100\u00a0%", "70\u00a0%"}
    assert re.search(r'class="c-target" width="70.00%"', html)
    assert "c-actual" not in html  # nobody said what was reached
    single = rendered("Chỉ tiêu\tNăm\tMục tiêu\nThủ tục\t2015\t1441\n")
    assert '<span class="big">1.441</span>' in single
    assert '<svg class="chart"' not in single


@pytest.mark.parametrize(
    "data",
    ["Chỉ tiêu\tNăm\tMục tiêu\nA\t2015\t\n", "Chỉ tiêu\tNăm\tMục tiêu\nA\t2015\t0\n", "hỏng",
     "Chỉ tiêu\tNăm\tMục tiêu\nA\t2014\t-5\nA\t2015\t0\n"],
)  # fmt: skip
def test_empty_nothing_and_broken_figures_draw_no_nonsense(data: str) -> None:
    html = rendered(data)
    assert "nan" not in html.lower()
    assert not re.search(r'(?:height|width)="-', html)


def test_charts_need_neither_style_nor_script() -> None:
    html = rendered(LEVELS) + rendered(ONE_YEAR) + rendered(LEVELS, chart="lines")
    assert "style=" not in html
    assert "<script" not in html
    assert "<script" not in rendered("Chỉ tiêu\tKH 2015\n<script>x</script>\t5\n")


def test_budget_is_a_stack_with_its_table() -> None:
    block = BudgetBlock()
    html = str(block.render(block.to_python({
        "title": "Kinh phí", "unit": "tỷ đồng",
        "data": "Nguồn\t2011–2015\nNgân sách tỉnh\t33\nTrung ương\t16,7\nKhác\t\n"})))  # fmt: skip
    assert "49,7" in html
    widths = [
        float(w) for w in re.findall(r'class="c-s c-s\d" x="[\d.]+%" width="([\d.]+)%"', html)
    ]
    assert sum(widths) == pytest.approx(100, abs=0.05)
    assert widths[0] == pytest.approx(33 / 49.7 * 100, abs=0.01)


def test_page_says_source_and_day_of_its_figures(
    register: Callable[..., Any], entry: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    parent = register("programmes")
    entry(parent, ProgrammePage, "Kế hoạch CNTT", slug="cntt", figures=[indicators(LEVELS)],
          data_on="2014-12-31", data_source="Báo cáo số 5/BC-UBND")  # fmt: skip
    entry(RegisterPage.objects.get(pk=parent.pk), ProgrammePage, "Chưa có gì", slug="trong")
    text = browse(here).get("/programmes/cntt/").content.decode()
    for expected in ("31/12/2014", "Báo cáo số 5/BC-UBND", "Thủ tục mức độ 2", "1.441"):
        assert expected in text
    empty = browse(here).get("/programmes/trong/")
    assert empty.status_code == 200
    assert "Chưa có số liệu" in empty.content.decode()
    details = Item.objects.get(title="Kế hoạch CNTT", site=here).details
    assert details["programme"] == {"indicators": 2, "first_year": 2013, "last_year": 2014}


def test_a_file_becomes_a_page_in_both_languages_once(main: Tenant, browse: Any) -> None:
    for _again in range(2):
        call_command("add_programme", str(DATA), verbosity=0)
    with tenant_context(main):
        pages = {page.locale.language_code: page for page in ProgrammePage.objects.all()}
        assert set(pages) == {"vi", "en"}
        assert pages["vi"].translation_key == pages["en"].translation_key
        urls = [page.url for page in pages.values()]
        known = {f.target for page in pages.values() for i in page.indicators for f in i.figures}
        actual = {f.actual for page in pages.values() for i in page.indicators for f in i.figures}
    assert known == {1441, 10, 20}
    assert actual == {None}  # the source states none
    texts = [browse(main).get(url).content.decode() for url in urls]
    assert any("1.441" in text for text in texts)
    assert any("1,441" in text for text in texts)
    assert all("2201/QĐ-UBND" in text for text in texts)


def test_a_file_without_its_columns_is_refused(main: Tenant, tmp_path: Path) -> None:
    broken = tmp_path / "x.csv"
    broken.write_text("fact,text_vi\ntitle,A\n")
    with pytest.raises(CommandError, match="text_en"):
        call_command("add_programme", str(broken))
