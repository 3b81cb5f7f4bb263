"""The chain whose stages hear one another through messages says what the chain in one process says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from itertools import islice
from typing import Any

import numpy as np
import pytest
from rclpy.serialization import deserialize_message, serialize_message

from mien.core.stage import FRAME, STAGES
from mien.core.types import BaselineMethod, Frame
from mien.expressions.config import ExpressionsConfig
from mien.perception.pipeline import Pipeline
from mien.ros import convert

pytestmark = [pytest.mark.real, pytest.mark.ros]
# What stays in the process that has it.
INTERNAL = {"crop", "emotion", "affect", "landmarks"}


class Split(Pipeline):
    """Every output goes through its message, there and back."""

    def step(self, frame: Frame) -> Any:
        values: dict[str, Any] = {FRAME: frame}
        for spec in STAGES:
            said = convert.to_msg(spec.name, self.stages[spec.name].step(*[values[i] for i in spec.inputs]))
            values[spec.name] = convert.from_msg(spec.name, deserialize_message(serialize_message(said), type(said)))
        return values


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every number of an output, by its path."""
    if is_dataclass(value):
        for field in fields(value):
            if not (path.endswith(".rest") and field.name in INTERNAL) and field.name not in ("crop", "stages"):
                yield from numbers(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for part in value:
            yield from numbers(part, path)
    elif value is not None and not isinstance(value, str):
        yield path, np.asarray(value, np.float64)


@pytest.mark.parametrize("model", ["encoder_small", "blendshapes_v2"])
def test_both_agree_with_a_rest_that_is_learned_and_one_that_is_captured(
    frames_of: Callable[[str], Iterator[Frame]], model: str
) -> None:
    fused, split = (kind(expressions=ExpressionsConfig(model=model)) for kind in (Pipeline, Split))
    calm = next(frames_of("single_face_video"))
    still = [Frame(calm.image, i * 33_000_000) for i in range(25)]
    film = [Frame(f.image, (25 + i) * 33_000_000) for i, f in enumerate(islice(frames_of("single_face_video"), 12, 36))]
    compared, methods = set(), set()
    for i, frame in enumerate([*still, *film]):
        if i == 12:
            captures = [chain.expressions.capture_neutral(0, 0.3) for chain in (fused, split)]
        a, b = fused.step(frame), split.step(frame)
        methods.add(a.rigs.rigs[0].baseline.method)
        for spec in STAGES:
            theirs = dict(numbers(b[spec.name]))
            for path, value in numbers(a[spec.name]):
                np.testing.assert_allclose(theirs[path], value, atol=1e-4, rtol=1e-6, err_msg=f"{i} {spec.name}{path}")
                compared.add(f"{spec.name}{path}")
    assert all(capture.success for capture in captures), captures[0].message
    assert methods == {BaselineMethod.NONE, BaselineMethod.LEARNED, BaselineMethod.CAPTURED}
    assert {"affects.affects.au_intensity", "expressions.expressions.rest.head", "rigs.rigs.head"} <= compared
