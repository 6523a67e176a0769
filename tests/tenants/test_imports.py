from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django_tenants.utils import tenant_context

from motcua.audit.models import AuditEvent
from motcua.jobs.models import Job
from motcua.jobs.worker import Worker
from tenants import bulk, csv_files, imports, jobs, pool, schemas
from tenants.bulk import Result, create_rows
from tenants.csv_files import NewSiteRow
from tenants.models import Domain, SiteImport, SpareSchema, TemplateDump, Tenant
from tests.factories import create_tenant


def create_checked(*labels: str, parent: str = "") -> csv_files.CheckedFile:
    lines = [f"{label},Xã {label.title()},xã,{parent}" for label in labels]
    return csv_files.read("\n".join(["label,name_vi,kind,parent", *lines]).encode(), "ds.csv")


def create_import(*labels: str) -> SiteImport:
    return imports.create_import(create_checked(*labels), "Danh sách.csv", "an@tinh.test")


def rows_of(*labels: str) -> list[NewSiteRow]:
    return create_checked(*labels).rows


@pytest.mark.django_db
class TestImport:
    def test_an_import_creates_its_sites_and_counts_them(self, main: Tenant) -> None:
        upload = create_import("mot", "hai")
        assert (upload.status, upload.handled) == ("checked", 0)
        seen: list[int] = []
        done = imports.run(upload.pk, lambda row: seen.append(row.handled))
        assert (done.status, done.done, done.skipped, done.failures) == ("finished", 2, 0, [])
        assert seen == [1, 2]
        assert done.started_at
        assert done.finished_at
        assert Tenant.objects.get(label="hai").parent == main

    def test_its_sites_are_created_by_whoever_uploaded_it(self, main: Tenant) -> None:
        imports.run(create_import("mot").pk)
        assert AuditEvent.objects.get(action="site_import.uploaded").actor == "an@tinh.test"
        created = AuditEvent.objects.filter(action="site.created").latest("pk")
        assert created.actor == "an@tinh.test"

    def test_a_finished_import_is_not_run_again(self, main: Tenant) -> None:
        upload = create_import("mot")
        first = imports.run(upload.pk)
        again = imports.run(upload.pk)
        assert (again.done, again.skipped) == (1, 0)
        assert again.finished_at == first.finished_at

    def test_rows_that_are_there_already_are_skipped(self, main: Tenant) -> None:
        upload = create_import("mot", "hai")
        create_tenant("mot")
        done = imports.run(upload.pk)
        assert (done.done, done.skipped, done.failures) == (1, 1, [])

    def test_a_failed_row_is_told_with_line_and_reason_and_the_others_go_on(
        self, main: Tenant
    ) -> None:
        upload = create_import("mot", "hai")
        taken = create_tenant("khac")
        Domain.objects.create(tenant=taken, domain="mot.tinh.test", is_primary=False)
        done = imports.run(upload.pk)
        assert (done.done, done.status) == (1, "finished")
        failure = done.failures[0]
        assert (failure["line"], failure["label"]) == (2, "mot")
        assert "mot.tinh.test" in failure["reason"]["en"]
        assert failure["reason"]["vi"]
        assert not Tenant.objects.filter(label="mot").exists()

    def test_failed_rows_can_be_tried_again(self, main: Tenant) -> None:
        upload = create_import("mot", "hai")
        taken = create_tenant("khac")
        obstacle = Domain.objects.create(tenant=taken, domain="mot.tinh.test", is_primary=False)
        imports.run(upload.pk)
        obstacle.delete()
        done = imports.run(upload.pk)
        assert (done.done, done.skipped, done.failures) == (2, 0, [])

    def test_an_import_goes_on_where_it_was_interrupted(
        self, main: Tenant, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upload = create_import("mot", "hai", "ba")

        def interrupt(_upload: SiteImport) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            imports.run(upload.pk, interrupt)
        upload.refresh_from_db()
        assert (upload.status, upload.done) == ("running", 1)
        done = imports.run(upload.pk)
        assert (done.status, done.done, done.skipped) == ("finished", 3, 0)

    def test_a_list_with_problems_cannot_be_imported(self, main: Tenant) -> None:
        with pytest.raises(ValueError, match="problems"):
            imports.create_import(create_checked("www"), "x.csv", "test")

    def test_the_children_of_a_failed_parent_fail_with_the_reason(self, main: Tenant) -> None:
        text = "label,name_vi,kind,parent\ncon,Xã Con,xã,cha\ncha,Huyện Cha,huyện,\n"
        rows = csv_files.read(text.encode()).rows
        taken = create_tenant("khac")
        Domain.objects.create(tenant=taken, domain="cha.tinh.test", is_primary=False)
        outcomes = {outcome.row.site.label: outcome for outcome in create_rows(rows, by="test")}
        assert {outcome.result for outcome in outcomes.values()} == {Result.FAILED}
        assert "cha" in str(outcomes["con"].reason)

    def test_a_step_that_fails_leaves_nothing_of_its_site(
        self, main: Tenant, settings: Any
    ) -> None:
        before = schemas.existing()
        settings.SITE_STEPS = [*settings.SITE_STEPS, "tests.tenants.failing_steps.fail_for_mot"]
        outcomes = list(create_rows(rows_of("mot", "hai"), by="test"))
        assert [outcome.result for outcome in outcomes] == [Result.FAILED, Result.CREATED]
        assert "mot cannot be" in str(outcomes[0].reason)
        assert not Tenant.objects.filter(label="mot").exists()
        assert len(schemas.existing() - before) == 1

    def test_a_database_that_is_away_stops_the_run(self, main: Tenant, settings: Any) -> None:
        settings.SITE_STEPS = ["tests.tenants.failing_steps.lose_the_database"]
        with pytest.raises(OperationalError):
            list(create_rows(rows_of("mot"), by="test"))

    def test_many_sites_leave_the_pool_alone(self, main: Tenant) -> None:
        pool.refill(1)
        list(create_rows(rows_of("mot"), by="test"))
        assert SpareSchema.objects.filter(dump=TemplateDump.objects.latest()).count() == 1


def in_threads(*works: Callable[[], object]) -> list[object]:
    """Run functions at the same moment; return what each returned or raised."""
    barrier = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            results[place] = work()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.usefixtures("committed")
class TestAtOnce:
    def test_several_threads_share_the_work(self) -> None:
        rows = rows_of("mot", "hai", "ba", "bon")
        outcomes = list(create_rows(rows, by="test", threads=3))
        assert {outcome.result for outcome in outcomes} == {Result.CREATED}
        assert Tenant.objects.filter(label__in=["mot", "hai", "ba", "bon"]).count() == 4

    def test_who_stops_listening_stops_the_threads(self) -> None:
        labels = [f"xa{number}" for number in range(12)]
        outcomes = create_rows(rows_of(*labels), by="test", threads=2)
        next(outcomes)
        outcomes.close()
        made = Tenant.objects.filter(label__startswith="xa").count()
        assert 1 <= made <= 4
        assert threading.active_count() == 1 or not any(
            "_work_off" in thread.name for thread in threading.enumerate()
        )

    def test_an_import_is_run_by_one_process_at_a_time(self) -> None:
        upload = create_import("mot", "hai", "ba")
        results = in_threads(*[lambda: imports.run(upload.pk)] * 3)
        assert all(isinstance(result, SiteImport) for result in results), results
        upload.refresh_from_db()
        assert (upload.status, upload.done, upload.skipped, upload.failures) == (
            "finished", 3, 0, [],
        )  # fmt: skip

    def test_an_import_being_run_is_left_alone(self) -> None:
        upload = create_import("mot")
        with imports._sole_runner(upload.pk) as alone:
            assert alone
            assert imports.run(upload.pk).status == "checked"
        assert imports.run(upload.pk).status == "finished"

    def test_the_job_of_a_browser_runs_it(self, settings: Any) -> None:
        settings.PERIODIC_JOBS = {}
        upload = create_import("mot", "hai")
        with tenant_context(Tenant.objects.get(schema_name="main")):
            jobs.run_import.enqueue(import_id=upload.pk)
        worker = Worker(poll=0.02)
        try:
            while worker.run_once():
                pass
        finally:
            worker.heartbeat.close()
        upload.refresh_from_db()
        assert (upload.status, upload.done) == ("finished", 2)
        assert not Job.objects.dead().exists()

    def test_connections_are_ended_now_and_then(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bulk, "SITES_PER_CONNECTION", 2)
        outcomes = list(create_rows(rows_of("mot", "hai", "ba"), by="test"))
        assert [outcome.result for outcome in outcomes] == [Result.CREATED] * 3
