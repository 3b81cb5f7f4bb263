"""Translate a network from TensorFlow operators to ONNX operators."""

from __future__ import annotations

from collections.abc import Iterable

from mien_models.convert import operators
from mien_models.convert.graph import Graph
from mien_models.convert.recipe import OutputRecipe
from mien_models.convert.source import Source
from mien_models.convert.translation import Translation
from mien_models.errors import ModelError


def translate(source: Source, outputs: Iterable[OutputRecipe]) -> Graph:
    """Translate a whole network to ONNX operators.

    Raises ModelError for an operator without a conversion and for a missing output.
    """
    t = Translation(source)
    t.open_inputs()
    for operator in source.operators:
        operators.write(t, operator)
    indices = {source.tensors[index].name: index for index in source.outputs}
    for output in outputs:
        if output.tensor not in indices:
            raise ModelError(f"the network has no output {output.tensor!r}, only {', '.join(indices)}")
        t.close_output(indices[output.tensor], output.name, output.shape, sigmoid=output.sigmoid)
    return t.graph
