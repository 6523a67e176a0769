"""The options of ``ops/demo``; standard library only, read before anything is installed."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """What the caller of ``ops/demo`` asked for."""

    port: int
    sites: int | None
    """How many member sites; None is all of them."""
    reset: bool
    serve: bool


def read(arguments: list[str]) -> Options:
    """Read the command line; a mistake is explained and ends the process with code 2."""
    parser = argparse.ArgumentParser(
        prog="ops/demo",
        description="Dựng tỉnh Tiền Giang: cổng chính, 20 sở ngành, 179 huyện và xã. / "
        "Builds Tiền Giang: the main portal, 20 departments, 179 districts and communes.",
        epilog="Ctrl-C dừng mọi thứ; lần chạy sau giữ nguyên dữ liệu. / "
        "Ctrl-C stops everything; the next start loses nothing.",
    )
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N",
        help="cổng HTTP / HTTP port (8000)",
    )  # fmt: skip
    parser.add_argument(
        "--sites", type=_count, default=None, metavar="N",
        help="chỉ N cổng thành phần đầu tiên / only the first N member sites",
    )  # fmt: skip
    parser.add_argument(
        "--reset", action="store_true",
        help="xóa dữ liệu của bản demo rồi dựng lại / delete the demo's data and start afresh",
    )  # fmt: skip
    parser.add_argument(
        "--no-serve", action="store_true",
        help="dựng xong thì dừng, không mở máy chủ web / build, do not start the web server",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    return Options(given.port, given.sites, given.reset, not given.no_serve)


def _port(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("1–65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError("0, 1, 2, …")
    return int(text)


if __name__ == "__main__":
    read(sys.argv[1:])
