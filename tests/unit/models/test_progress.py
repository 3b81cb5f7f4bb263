"""The bars on the terminal."""

from __future__ import annotations

import pytest

from mien_models.progress import progress_bars


def test_bars_name_packages_and_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bars() as report:
        report("some-faces==1.0", 0, 0)
        report("some-faces==1.0", 2_000_000, 2_000_000)
        report("converting net", 0, 0)
    shown = capsys.readouterr().out
    assert "some-faces==1.0" in shown
    assert "2.0 / 2.0 MB" in shown
    assert "converting net" in shown
