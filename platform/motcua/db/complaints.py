"""What a database's error means to the person who typed a command. Importable without settings."""

from __future__ import annotations

AWAY_OR_FULL = 4
"""Exit code of a command that the database did not let finish; run it again later."""

NO_ROOM = {"53100", "53200", "53400"}
"""SQLSTATE disk_full, out_of_memory, configuration_limit_exceeded."""
NOTHING_THERE = {"42P01", "3F000", "42501"}
"""SQLSTATE undefined_table, invalid_schema_name, insufficient_privilege."""


def explain(error: BaseException) -> str:
    """Return what happened and what to do, in Vietnamese and English; empty if it is our fault.

    Args:
        error: an error of Django's or of the driver's.
    """
    code = getattr(error.__cause__ or error, "pgcode", None) or ""
    words = (str(error).strip().splitlines() or [""])[0]
    if code in NO_ROOM:
        return (
            f"Cơ sở dữ liệu hết chỗ, phần đang làm dở đã được hủy: {words}\n"
            "Hãy giải phóng đĩa hoặc bộ nhớ rồi chạy lại lệnh này.\n"
            f"The database has no room left; what was unfinished has been undone: {words}\n"
            "Free disk space or memory, then run this command again."
        )
    if code in NOTHING_THERE:
        return (
            f"Cơ sở dữ liệu chưa được chuẩn bị: {words}\n"
            "Hãy chạy: manage.py deploy\n"
            f"The database has not been prepared: {words}\n"
            "Run: manage.py deploy"
        )
    away = type(error).__name__ in {"OperationalError", "InterfaceError"}
    if away and (not code or code.startswith(("08", "57", "53"))):
        return (
            f"Không dùng được cơ sở dữ liệu, phần đang làm dở đã được hủy: {words}\n"
            "Hãy kiểm tra máy chủ PostgreSQL và DATABASE_URL rồi chạy lại lệnh này.\n"
            f"The database cannot be used; what was unfinished has been undone: {words}\n"
            "Check the PostgreSQL server and DATABASE_URL, then run this command again."
        )
    return ""
