"""A program that draws the first page of a PDF: ``first_page.py <in> <out> <longest edge>``.

It runs in a process of its own with little memory and time, because a PDF from outside may be a
bomb. It writes a WebP picture and prints the number of pages; anything else ends it with an
error, which costs the document its picture and nothing else.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 20  # of processor time


def main(source: Path, target: Path, longest: int) -> int:
    """Draw the first page of `source` with `longest` pixels on its longer edge.

    Returns:
        How many pages the document has.

    Raises:
        Exception: whatever the decoder thinks of the file.
    """
    import pypdfium2

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    document = pypdfium2.PdfDocument(source)
    page = document[0]
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        raise ValueError("The page has no size.")
    picture = page.render(scale=longest / max(width, height)).to_pil()
    picture.convert("RGB").save(target, "WEBP", quality=80, method=4)
    return len(document)


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
