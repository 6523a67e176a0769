"""The shell's way through a list of new sites: check, tell, create, tell."""

from __future__ import annotations

from django.core.management.base import CommandError, OutputWrapper

from . import bulk, catalogs, csv_files
from .csv_files import CheckedFile
from .fleet.progress import Progress, progress_on
from .problems import in_both_languages

BAD_FILE = 1
SOME_FAILED = 3
INTERRUPTED = 130  # as shells say of a program that Ctrl-C ended


def check(data: bytes, file_name: str, stderr: OutputWrapper) -> CheckedFile:
    """Check a list and tell every problem with its line, in both languages.

    Raises:
        CommandError: there are problems; exit code `BAD_FILE`.
    """
    checked = csv_files.read(data, file_name)
    for problem in checked.problems:
        stderr.write(problem.both())
    if not checked.is_sound:
        count = checked.bad_lines
        raise CommandError(
            f"{file_name}: {count} dòng có lỗi, chưa tạo trang nào / "
            f"{count} bad lines, nothing was created",
            returncode=BAD_FILE,
        )
    return checked


def preview(checked: CheckedFile, stdout: OutputWrapper) -> None:
    """Tell what `create` would do."""
    new, there = len(checked.new_rows), len(checked.rows) - len(checked.new_rows)
    stdout.write(
        f"{checked.file_name}: hợp lệ; {new} trang sẽ được tạo, {there} đã có / "
        f"sound; {new} sites to create, {there} already there"
    )


def create(checked: CheckedFile, *, jobs: int, stdout: OutputWrapper) -> None:
    """Create the sites with a progress bar.

    Raises:
        CommandError: some could not be created (exit code `SOME_FAILED`), or somebody pressed
            Ctrl-C (`INTERRUPTED`).
    """
    progress = progress_on(stdout)
    progress.begin(len(checked.new_rows))
    try:
        outcomes = _create(checked, jobs, progress)
    except KeyboardInterrupt:
        raise CommandError(
            "Đã dừng; chạy lại lệnh này để tạo tiếp các trang còn lại / "
            "Stopped; run the same command again to create the other sites",
            returncode=INTERRUPTED,
        ) from None
    finally:
        progress.end()
    created = sum(outcome.result is bulk.Result.CREATED for outcome in outcomes)
    failed = sum(outcome.result is bulk.Result.FAILED for outcome in outcomes)
    if created:
        catalogs.analyze()
    _tell(checked, created, failed, stdout)


def _create(checked: CheckedFile, jobs: int, progress: Progress) -> list[bulk.Outcome]:
    outcomes = []
    for outcome in bulk.create_rows(checked.new_rows, by="create_sites", threads=jobs):
        outcomes.append(outcome)
        progress.step(_note(outcome))
    return outcomes


def _note(outcome: bulk.Outcome) -> str:
    if outcome.result is not bulk.Result.FAILED:
        return ""
    line, label = outcome.row.line, outcome.row.site.label
    reason = in_both_languages(outcome.reason)
    return f"Dòng {line}, {label}: {reason['vi']} / Line {line}, {label}: {reason['en']}"


def _tell(checked: CheckedFile, created: int, failed: int, stdout: OutputWrapper) -> None:
    skipped = len(checked.rows) - created - failed
    summary = (
        f"{checked.file_name}: đã tạo {created}, đã có {skipped}, lỗi {failed} / "
        f"created {created}, already there {skipped}, failed {failed}"
    )
    if failed:
        raise CommandError(summary, returncode=SOME_FAILED)
    stdout.write(summary)
