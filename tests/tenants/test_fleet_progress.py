"""Progress: a bar on a terminal, lines elsewhere, notes at once."""

from __future__ import annotations

import io

from django.core.management.base import OutputWrapper

from tenants.fleet import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_lines_say_how_far_how_fast_and_how_long() -> None:
    said: list[str] = []
    lines = progress.Lines(said.append)
    lines.begin(2)
    lines.step("✗ Xã Alpha: ProgrammingError")
    lines.step()
    lines.end()
    assert said[0] == "✗ Xã Alpha: ProgrammingError"
    assert said[-1].startswith("2")
    assert len(said) == 2


def test_a_terminal_gets_a_bar_with_notes_above_it() -> None:
    terminal = Terminal()
    bar = progress.progress_on(OutputWrapper(terminal))
    bar.begin(1)
    bar.begin(1)
    bar.step("✗ Xã Alpha [s_abc]")
    bar.step()
    bar.end()
    assert "✗ Xã Alpha [s_abc]" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()


def test_nothing_to_do_draws_nothing() -> None:
    terminal = Terminal()
    progress.progress_on(OutputWrapper(terminal)).end()
    assert terminal.getvalue() == ""
