"""``ops/lighthouse``: the scores of pages on a phone, by an installed Lighthouse.

Two audits are left out: a demo speaks plain HTTP, which a browser trusts only as ``localhost``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from ops.benches.report import table
from ops.local.chromium import find_chromium
from ops.local.messages import Stop, complain

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--host-resolver-rules='MAP *.test 127.0.0.1'"
)
WITHOUT = "--skip-audits=is-on-https,redirects-http"
SCORES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
PATIENCE = 180  # seconds a page


def main(addresses: list[str]) -> int:
    """Measure the addresses one after the other; returns the exit code."""
    try:
        rows = [_row(measured(address)) for address in addresses]
    except (Stop, subprocess.SubprocessError) as reason:
        complain(reason)
        return 1
    head = ("page", *SCORES, "largest paint", "blocking", "shift")
    print("\n".join(table(head, rows)))
    return 0


def measured(address: str) -> dict[str, object]:
    """Return Lighthouse's report of one page.

    Raises:
        Stop: Lighthouse or Chromium is missing.
        SubprocessError: Lighthouse failed, or took too long.
    """
    program = shutil.which("lighthouse")
    browser = find_chromium()
    if program is None or browser is None:
        raise Stop(
            "Thiếu lighthouse hoặc Chromium.", "npm install -g lighthouse; apt install chromium"
        )
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    trusted = f"--unsafely-treat-insecure-origin-as-secure={origin}"
    answer = subprocess.run(
        [program, address, "--quiet", "--output=json", WITHOUT,
         f"--chrome-flags={FLAGS} {trusted}"],
        env={**os.environ, "CHROME_PATH": browser}, stdout=subprocess.PIPE, check=True,
        timeout=PATIENCE,
    )  # fmt: skip
    report: dict[str, object] = json.loads(answer.stdout)
    for audit in _failed(report):
        print(f"{address}: {audit}", file=sys.stderr)
    return report


def _failed(report: dict) -> Iterator[str]:
    weighty = {ref["id"] for one in report["categories"].values() for ref in one["auditRefs"]
               if ref["weight"]}  # fmt: skip
    for name, audit in report["audits"].items():
        if name in weighty and audit["score"] is not None and audit["score"] < 0.9:
            yield f"{name} {audit.get('displayValue', '')}".strip()


def _row(report: dict) -> list[str]:
    address = urlsplit(str(report["finalDisplayedUrl"]))
    page = (address.hostname or "") + address.path
    scores = [f"{report['categories'][name]['score'] * 100:.0f}" for name in SCORES]
    times = [report["audits"][name]["displayValue"].replace("\u00a0", " ") for name in TIMES]
    return [page, *scores, *times]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
