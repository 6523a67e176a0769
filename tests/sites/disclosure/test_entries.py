"""Pages of projects, plans and datasets; the forms they are written in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sites.disclosure.datasets import LATE_AFTER, Frequency
from sites.disclosure.forms import AmountField
from sites.disclosure.models import DatasetPage, ProjectPage, RecordPage
from tenants.models import Tenant
from tests.factories import create_document


def test_procurement_shows_invitation_and_result(
    register: Callable[..., Any], entry: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    until = timezone.now() + timedelta(days=3)
    document = create_document("ho-so-moi-thau.txt")
    entry(register("procurement"), ProjectPage, "Gói thầu số 5", slug="goi-5", status="bidding",
          selection="open", invitation_number="IB2400001", bids_until=until,
          invitation_url="https://muasamcong.mpi.gov.vn/", contractor="Công ty Thử",
          contract_value=1_250_000_000, awarded_on=date(2024, 5, 6), capital=1_300_000_000,
          files=[("document", {"document": document, "title": "Hồ sơ mời thầu"})])  # fmt: skip
    text = browse(here).get("/procurement/goi-5/").content.decode()
    day = timezone.localtime(until).strftime("%H:%M %d/%m/%Y")
    for expected in ("Đấu thầu rộng rãi", "IB2400001", day, "Công ty Thử", "1.250.000.000 đồng",
                     "1.300.000.000 đồng", "06/05/2024", "Hồ sơ mời thầu"):  # fmt: skip
        assert expected in text, expected


def test_plan_shows_decision_period_and_level(
    register: Callable[..., Any], entry: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    plan = entry(register("plans"), RecordPage, "Kế hoạch phòng chống thiên tai", slug="kh",
                 number="312/KH-UBND", approved_on=date(2023, 2, 1), level="district",
                 starts_on=date(2023, 1, 1), ends_on=date(2025, 12, 31))  # fmt: skip
    text = browse(here).get("/plans/kh/").content.decode()
    for expected in ("312/KH-UBND", "01/02/2023", "2023–2025", "Cấp huyện"):
        assert expected in text, expected
    plan.ends_on = date(2025, 6, 30)
    assert plan.period == "01/01/2023–30/06/2025"
    plan.ends_on = date(2022, 1, 1)
    with pytest.raises(ValidationError):
        plan.full_clean()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("1.250.000.000", 1_250_000_000), ("1250000000 đồng", 1_250_000_000), ("", None), ("0", 0),
     ("1 250 000", 1_250_000)],
)  # fmt: skip
def test_amounts_are_typed_with_or_without_points(typed: str, stored: int | None) -> None:
    assert AmountField().clean(typed) == stored


@pytest.mark.parametrize("typed", ["nhiều", "-5", "1,5", "9" * 17, "1,250,000"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        AmountField().clean(typed)


def test_stored_amount_is_shown_grouped() -> None:
    assert AmountField().prepare_value(1_250_000_000) == "1.250.000.000"


def test_dataset_shows_files_preview_and_terms(
    register: Callable[..., Any], entry: Callable[..., Any], data_file: Callable[..., Any],
    here: Tenant, browse: Any,
) -> None:  # fmt: skip
    table = data_file("Xã;Dân số\nTân Phước;7843\nTân Hội;12034\n".encode())
    other = create_document("so-lieu.txt")
    dataset = entry(
        register("datasets"), DatasetPage, "Dân số các xã", slug="dan-so", unit="người",
        abstract="Dân số trung bình.", keywords="dân số, xã", licence="cc-by",
        starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31), updated_on=timezone.localdate(),
        columns=[("column", {"name": "Dân số", "meaning": "Trung bình năm"})],
        data_files=[("file", {"document": table, "title": "Bảng", "updated": None, "note": ""}),
                    ("file", {"document": other, "title": "", "updated": None, "note": "Bản in"})],
    )  # fmt: skip
    text = browse(here).get("/datasets/dan-so/").content.decode()
    for expected in ("CSV", "TXT", "Tân Phước", "7843", "CC BY 4.0", "2023", "Trung bình năm"):
        assert expected in text, expected
    assert dataset.formats == "CSV, TXT"
    found = dataset.metadata
    assert found["temporalCoverage"] == "2023-01-01/2023-12-31"
    assert [f["encodingFormat"] for f in found["distribution"]] == ["text/csv", "text/plain"]
    assert found["license"].endswith("/by/4.0/")
    assert found["variableMeasured"] == ["Dân số"]


@pytest.mark.parametrize("frequency", list(Frequency))
def test_dataset_is_overdue_when_its_next_figures_are_late(
    frequency: Frequency, register: Callable[..., Any], entry: Callable[..., Any]
) -> None:
    parent, today = register("datasets"), timezone.localdate()
    days = LATE_AFTER.get(frequency, 3650)
    page = entry(parent, DatasetPage, "Số liệu", slug="x", frequency=frequency,
                 updated_on=today - timedelta(days=days))  # fmt: skip
    assert not page.is_overdue
    assert not DatasetPage.objects.overdue(today)
    tomorrow = today + timedelta(days=1)
    expected = frequency in LATE_AFTER
    assert DatasetPage.objects.overdue(tomorrow).exists() is expected
    page.updated_on -= timedelta(days=1)
    assert page.is_overdue is expected


def test_overdue_dataset_says_so_in_list_and_page(
    register: Callable[..., Any], entry: Callable[..., Any], here: Tenant, browse: Any
) -> None:
    entry(register("datasets"), DatasetPage, "Số liệu", slug="x", updated_on=date(2019, 1, 1))
    for path in ("/datasets/", "/datasets/x/"):
        assert 'class="stale"' in browse(here).get(path).content.decode()
