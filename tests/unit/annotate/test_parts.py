"""How work is cut, and what counts as done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mien.annotate import tasks
from mien.annotate.parts import Parts
from mien.annotate.tasks import Options, Task, plan
from mien.annotate.work import Done
from mien.core.types import Baseline, BaselineMethod, PersonBaseline
from mien.images.formats import FORMATS, Kind

PICTURE = next(f for f in FORMATS if f.kind is Kind.PICTURE)
VIDEO = next(f for f in FORMATS if f.kind is Kind.VIDEO)


class Header:
    """Of a video of 1010 frames at 10 Hz."""

    length, rate = 1010, 10.0

    def __init__(self, *args: object, **more: object) -> None: ...

    def close(self) -> None: ...


def test_long_videos_are_cut_and_pictures_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "VideoSource", Header)
    files = [(Path(f"{i}.jpg"), PICTURE) for i in range(40)] + [(Path("a.mp4"), VIDEO)]
    *pictures, first, middle, last = plan(files, Options(segment_s=33, warm_s=5))
    assert [len(task.paths) for task in pictures] == [32, 8]
    assert [(t.first, t.end, t.warm) for t in (first, middle, last)] == [(0, 330, 50), (330, 660, 50), (660, None, 50)]
    assert sum(t.frames for t in (first, middle, last)) == 1010
    for never in (0, 60):
        assert plan(files[-1:], Options(segment_s=never)) == [Task((Path("a.mp4"),), True, frames=1010)]


def test_a_part_is_done_when_it_is_whole_and_nothing_that_it_depends_on_changed(tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"1")
    task, options = Task((picture,)), Options().sealed()

    def parts(options: Options = options) -> Parts:
        return Parts(tmp_path / "parts", [task], options)

    assert parts().done(task) is None
    done = Done(1, 1, head=[(3, 1, (1.0, 2.0, 3.0, 4.0))])
    parts().keep(task, done, b"line\n")
    assert parts().done(task) == done
    assert list(parts().lines(task)) == ["line"]
    assert "1 of 1 parts are in" in parts().say()
    rest = PersonBaseline(about=Baseline(BaselineMethod.CAPTURED, 1.0), blendshapes=np.zeros(52, np.float32))
    for other in (Options(warm_s=1), Options(neutral=rest), Options(faces=replace(options.faces, max_faces=2))):
        assert parts(other).done(task) is None
    parts().lines_of(task).unlink()
    assert parts().done(task) is None
    parts().keep(task, done, b"line\n")
    picture.write_bytes(b"22")
    assert parts().done(task) is None


def test_what_was_skipped_is_tried_again(tmp_path: Path) -> None:
    task = Task((tmp_path / "gone.jpg",))
    parts = Parts(tmp_path / "parts", [task], Options().sealed())
    parts.keep(task, Done(skipped=["gone.jpg: no such file"]), b"")
    assert parts.done(task) is None
