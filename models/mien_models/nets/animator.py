"""The animator: from what a person shows to the rig of any avatar, told by the avatar's code.

After the rig decoder with identity injection of FreeAvatar (SIGGRAPH Asia 2024). One network serves all avatars: a
style vector changes every block (FiLM, Perez et al. 2018), and each target of an avatar has a query that picks its
value from the network's basis. So an avatar of any number of targets is data, and a new one is learned without changing
the network.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from mien_models.errors import ModelError
from mien_models.nets.export import OPSET, store
from mien_models.spaces.arkit import BLENDSHAPES

FEATURES = len(BLENDSHAPES)
INPUTS = ("features", "style", "queries", "start", "rest")
_OWN = "net."
_HALF = ".half"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnimatorConfig:
    """Sizes. style, query: numbers of the code; width and depth of the blocks."""

    style: int = 16
    query: int = 32
    width: int = 128
    depth: int = 2


class Block(nn.Module):
    """A residual block whose inner features are scaled and shifted by the style."""

    def __init__(self, width: int, style: int) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(width, width), nn.Linear(width, width)
        self.film = nn.Linear(style, 2 * width)

    def forward(self, values: Any, style: Any) -> Any:
        """(N, width) of the same and a style (style,)."""
        scale, shift = self.film(style).chunk(2, -1)
        return values + self.second((self.first(values) * (1 + scale) + shift).relu())


class Animator(nn.Module):
    """From shapes that people show to the rig of one avatar, told by its code.

    features (N, 52) and the code of an avatar with T targets give shares (N, T) of the ranges, in [0, 1].
    """

    def __init__(self, config: AnimatorConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or AnimatorConfig()
        self.enter = nn.Linear(FEATURES, c.width)
        self.blocks = nn.ModuleList([Block(c.width, c.style) for _ in range(c.depth)])
        self.leave = nn.Linear(c.width, c.query)

    def basis(self, features: Any, style: Any) -> Any:
        """(N, query)."""
        values = self.enter(features)
        for block in self.blocks:
            values = block(values, style)
        return self.leave(values.relu())

    def free(self, features: Any, style: Any, queries: Any, start: Any, rest: Any) -> Any:
        """Shares before they are cut to [0, 1]. A face at rest gives exactly the rest of the avatar."""
        both = self.basis(torch.cat([features, torch.zeros_like(features[:1])]), style)
        moved = (both[:-1] - both[-1:]) @ queries.T
        return rest + features @ start.T + moved

    def forward(self, features: Any, style: Any, queries: Any, start: Any, rest: Any) -> Any:
        """style (style,), queries (T, query), start (T, 52), rest (T,)."""
        return self.free(features, style, queries, start, rest).clamp(0, 1)


class Codes(nn.Module):
    """The code of one avatar, to be learned."""

    def __init__(self, start: Any, config: AnimatorConfig, seed: int = 0) -> None:
        """start (T, 52): the table that it starts from."""
        super().__init__()
        made = torch.Generator().manual_seed(seed)
        self.style = nn.Parameter(0.5 * torch.randn(config.style, generator=made))
        self.queries = nn.Parameter(0.05 * torch.randn(len(start), config.query, generator=made))
        self.start = nn.Parameter(torch.as_tensor(start, dtype=torch.float32).clone())

    def values(self) -> tuple[Any, Any, Any]:
        """Style, queries and start."""
        return self.style, self.queries, self.start


def export_animator(net: Animator, path: Path) -> None:
    """Write the network as ONNX, opset 17: INPUTS to `shares`, with dynamic N and T.

    The code has a first axis of 1, so that all faces of a batch share it.
    """

    class Ready(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = net

        def forward(self, features: Any, style: Any, queries: Any, start: Any, rest: Any) -> Any:
            return self.net(features, style[0], queries[0], start[0], rest[0])

    c, count = net.config, 3
    values = (
        torch.zeros(2, FEATURES), torch.zeros(1, c.style), torch.zeros(1, count, c.query),
        torch.zeros(1, count, FEATURES), torch.zeros(1, count),
    )  # fmt: skip
    axes = {"features": {0: "N"}, "queries": {1: "T"}, "start": {1: "T"}, "rest": {1: "T"}, "shares": {0: "N", 1: "T"}}
    file = io.BytesIO()
    with warnings.catch_warnings():  # the exporter warns that it is the older of two
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Ready().eval(), values, file, input_names=list(INPUTS), output_names=["shares"], dynamic_axes=axes,
            opset_version=OPSET, dynamo=False, do_constant_folding=False,
        )  # fmt: skip
    store(onnx.load_model_from_string(file.getvalue()), path)


def restore_animator(path: Path) -> Animator:
    """The network of a file that `export_animator` wrote. Raises ModelError."""
    try:
        graph = onnx.load(str(path)).graph
    except Exception as error:  # onnx raises whatever its parser meets
        raise ModelError(f"{path} cannot be read as ONNX: {error}; name an animator of models/weights") from None
    stored = {t.name.removesuffix(_HALF): numpy_helper.to_array(t).astype(np.float32) for t in graph.initializer}
    values = {name.removeprefix(_OWN): torch.as_tensor(v.copy()) for name, v in stored.items() if name.startswith(_OWN)}
    try:
        width, style = len(values["enter.weight"]), values["blocks.0.film.weight"].shape[1]
        depth = len({name.split(".")[1] for name in values if name.startswith("blocks.")})
        config = AnimatorConfig(style=style, query=len(values["leave.weight"]), width=width, depth=depth)
        net = Animator(config)
        net.load_state_dict(values)
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{path} is no animator: {error}; name one of models/weights") from None
    return net
