"""Many sites from a file: report, confirmation, progress, result."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from django_tenants.utils import schema_context

from motcua.audit.models import AuditEvent
from motcua.jobs.models import Job
from motcua.people.models import User
from sites.main import actions
from sites.main.progress import duration, progress_of
from tenants import imports
from tenants.models import SiteImport, Tenant

HEAD = "label,name_vi,kind,parent\n"
GOOD = HEAD + "tanan,Xã Tân An,xã,alpha\ntanbinh,Xã Tân Bình,xã,alpha\n"


def file_of(text: str | bytes, name: str = "danh-sach.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, "text/csv")


def upload(registry: Any, address: Any, text: str | bytes = GOOD) -> Any:
    return registry.post(address("imports"), {"file": file_of(text)})


def run_waiting_jobs() -> None:
    """Do what a worker does with the imports that wait."""
    with schema_context("public"):
        jobs = Job.objects.filter(task_path="tenants.jobs.run_import", status="ready")
        for job in jobs:
            imports.run(**job.kwargs)
            job.delete()


def create_import(**fields: Any) -> SiteImport:
    """Make an import of four rows that is running."""
    values = {"file_name": "ds.csv", "uploaded_by": "test", "status": "running",
              "rows": [{"line": n, "label": f"x{n}"} for n in range(2, 6)]}  # fmt: skip
    return SiteImport.objects.create(**{**values, **fields})


def test_a_sound_file_is_kept_and_shown_and_makes_nothing_yet(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    answer = upload(registry, address)
    kept = SiteImport.objects.get()
    assert answer.url == address("import", kept.pk)
    page = registry.get(answer.url).content.decode()
    assert "Xã Tân An" in page
    assert "tanbinh.tinh.test" in page
    assert not Tenant.objects.filter(label="tanan").exists()


def test_a_bad_file_is_answered_with_every_bad_line_in_both_languages(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    bad = HEAD + "alpha,Xã Khác,xã,\nok,Xã Được,xã,alpha\nx y,Xã Y,planet,nowhere\n"
    answer = upload(registry, address, bad)
    assert answer.status_code == 200
    found = {(problem["line"], problem["field"]) for problem in answer.context["problems"]}
    assert {(4, "label"), (4, "kind")} <= found
    page = answer.content.decode()
    assert re.search(r'<span lang="en">“x y” is not a label', page)
    assert re.search(r'<span lang="vi">\S', page)
    assert 'name="file"' in page
    assert not SiteImport.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        HEAD.encode(),
        b"PK\x03\x04rubbish",
        "tên,loại\nXã Đông".encode("cp1258", "replace"),
    ],
    ids=["empty", "blank lines", "heading only", "workbook", "old encoding"],
)
def test_a_file_without_a_list_gets_a_reason_and_no_crash(
    registry: Client, address: Callable[..., str], content: bytes
) -> None:
    answer = upload(registry, address, content)
    assert answer.status_code == 200
    assert answer.context["problems"]
    assert not SiteImport.objects.exists()


def test_no_file_is_an_error_beside_the_field(
    registry: Client, address: Callable[..., str]
) -> None:
    answer = registry.post(address("imports"), {})
    assert list(answer.context["form"].errors) == ["file"]


def test_five_thousand_bad_rows_are_counted_and_the_first_are_shown(
    registry: Client, address: Callable[..., str]
) -> None:
    bad = HEAD + "".join(f"x y{n},Xã {n},xã,\n" for n in range(5000))
    answer = upload(registry, address, bad)
    assert len(answer.context["problems"]) == 500
    assert answer.context["more_problems"] == 4500
    assert "5000" in answer.context["summary"].replace(".", "")


def test_started_by_a_click_it_is_done_by_a_job(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    path = upload(registry, address).url
    kept = SiteImport.objects.get()
    assert registry.get(address("start_import", kept.pk)).status_code == 405
    assert registry.post(address("start_import", kept.pk)).url == path
    running = registry.get(path).content.decode()
    assert "import-progress" in running
    assert f'href="{path}"' in running  # a link that reloads, for browsers without scripts
    run_waiting_jobs()
    done = registry.get(path).content.decode()
    assert "import-progress" not in done
    assert Tenant.objects.filter(label__in=["tanan", "tanbinh"]).count() == 2
    assert AuditEvent.objects.filter(action="site_import.started").count() == 1


def test_two_clicks_start_one_job(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    upload(registry, address)
    kept = SiteImport.objects.get()
    registry.post(address("start_import", kept.pk))
    registry.post(address("start_import", kept.pk))
    with schema_context("public"):
        assert Job.objects.filter(task_path="tenants.jobs.run_import").count() == 1


def test_a_complete_import_cannot_be_started_again(
    alpha: Tenant, registry: Client, address: Callable[..., str]
) -> None:
    upload(registry, address)
    kept = SiteImport.objects.get()
    registry.post(address("start_import", kept.pk))
    run_waiting_jobs()
    registry.post(address("start_import", kept.pk))
    kept.refresh_from_db()
    assert kept.status == SiteImport.Status.FINISHED
    with schema_context("public"):
        assert not Job.objects.filter(task_path="tenants.jobs.run_import").exists()


def test_failed_rows_are_named_and_can_be_tried_again(
    registry: Client, address: Callable[..., str]
) -> None:
    reason = {"vi": "Tên miền đã được dùng.", "en": "The domain is taken."}
    kept = create_import(
        status="finished", done=3, finished_at=timezone.now(), started_at=timezone.now(),
        failures=[{"line": 5, "label": "x5", "reason": reason}],
    )  # fmt: skip
    page = registry.get(address("import", kept.pk)).content.decode()
    for text in ["x5", *reason.values(), address("start_import", kept.pk)]:
        assert text in page
    registry.post(address("start_import", kept.pk))
    kept.refresh_from_db()
    assert kept.status == SiteImport.Status.RUNNING


def test_an_import_whose_job_died_says_so_and_can_go_on(
    registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    kept = create_import(started_at=timezone.now(), done=1)
    answer = registry.get(address("import", kept.pk))
    assert answer.context["progress"].interrupted
    assert address("start_import", kept.pk) in answer.content.decode()
    actions.start_import(upload=kept, by=administrator)
    assert not registry.get(address("import", kept.pk)).context["progress"].interrupted


def test_progress_comes_as_json_that_is_never_kept(
    registry: Client, administrator: User, address: Callable[..., str]
) -> None:
    kept = create_import()
    actions.start_import(upload=kept, by=administrator)
    SiteImport.objects.filter(pk=kept.pk).update(done=1, skipped=1)
    answer = registry.get(address("import_progress", kept.pk))
    body = json.loads(answer.content)
    assert (body["running"], body["percent"]) == (True, 50)
    assert body["texts"]["created"] == "1"
    assert "no-store" in answer["Cache-Control"]


def test_rate_and_remaining_time_count_what_was_made_now(main: Tenant, administrator: User) -> None:
    begin = timezone.now()
    kept = create_import()
    actions.start_import(upload=kept, by=administrator)
    kept.started_at, kept.done, kept.skipped, kept.status = begin, 1, 1, "running"
    progress = progress_of(kept, begin + timedelta(seconds=2))
    assert (progress.handled, progress.percent) == (2, 50)
    assert progress.rate == pytest.approx(0.5)
    assert progress.remaining == pytest.approx(4)
    with translation.override("en"):
        assert progress.speed() == "0.5 sites per second, 4 seconds left"


def test_an_import_that_nobody_takes_up_says_so(main: Tenant, administrator: User) -> None:
    kept = create_import()
    actions.start_import(upload=kept, by=administrator)
    kept.refresh_from_db()
    assert not progress_of(kept).waits_for_worker
    assert progress_of(kept, timezone.now() + timedelta(seconds=30)).waits_for_worker


def test_an_import_without_rows_is_whole(main: Tenant) -> None:
    assert progress_of(create_import(rows=[], status="finished")).percent == 100


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (12, "12 seconds"), (89, "89 seconds"), (120, "2 minutes")],
)
def test_times_are_told_as_people_say_them(seconds: float, words: str) -> None:
    with translation.override("en"):
        assert duration(seconds) == words


def test_the_sample_is_a_list_that_can_be_used(
    registry: Client, address: Callable[..., str]
) -> None:
    sample = registry.get(address("sample")).content
    assert upload(registry, address, sample).status_code == 302
