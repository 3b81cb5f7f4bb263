"""Convert published networks to ONNX files with the same numerical results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from mien_models.convert.graph import Graph
from mien_models.convert.images import Pixels
from mien_models.convert.recipe import Recipe
from mien_models.errors import ModelError

# Part of every cache key: increase it when a change here changes the converted files.
CONVERTER_VERSION = 2

# "cpu" is optimised for onnxruntime's CPU kernels, "gpu" keeps PRelu and NCHW for TensorRT.
Target = Literal["cpu", "gpu"]


def convert(recipe: Recipe, files: Mapping[str, bytes], target: Target = "cpu") -> bytes:
    """Convert the original files (by name) and return the result as bytes.

    That is an ONNX model, opset 17, free batch axis N, or an .npz for face geometry. Raises
    ModelError when the files are not what the recipe expects.
    """
    if recipe.kind == "face_geometry":
        from mien_models.convert.face_geometry import face_geometry_npz

        return face_geometry_npz(_single(files))
    if recipe.kind == "onnx":
        from mien_models.convert.stored import widened

        return widened(_single(files))
    graph = _graph(recipe, files)
    if recipe.kind != "mixer":
        _suit(graph, recipe.pixels, target)
    return bytes(graph.to_onnx(recipe.kind).SerializeToString())


def _graph(recipe: Recipe, files: Mapping[str, bytes]) -> Graph:
    """The network in plain ONNX operators, NCHW, original input."""
    from mien_models.convert import mixer, native, tensorflow, tfjs_file, tflite_file

    match recipe.kind:
        case "tflite":
            return tensorflow.translate(tflite_file.read_tflite(_single(files)), recipe.outputs)
        case "tfjs":
            (graph_json,) = (data for name, data in files.items() if name.endswith(".json"))
            (weights,) = (data for name, data in files.items() if name.endswith(".bin"))
            return tensorflow.translate(tfjs_file.read_tfjs(graph_json, weights), recipe.outputs)
        case "mixer":
            source = tflite_file.read_tflite(_single(files))
            return mixer.mixer_graph(source, recipe.points, recipe.landmarks)
        case "yunet":
            return native.yunet_graph(_single(files))
        case "sface":
            return native.sface_graph(_single(files))
        case kind:
            raise ModelError(f"no conversion is called {kind!r}")


def _suit(graph: Graph, pixels: Pixels | None, target: Target) -> None:
    """Rewrite a convolutional network for its target."""
    from mien_models.convert import channels, images, prelu

    channels.fold_pads(graph)
    if target == "cpu":
        prelu.split_narrow_prelu(graph)
        channels.align_channels(graph)
        prelu.prelu_to_depthwise(graph)
    if pixels is not None:
        images.take_bytes(graph, pixels, interleaved=target == "cpu")


def _single(files: Mapping[str, bytes]) -> bytes:
    (data,) = files.values()
    return data
