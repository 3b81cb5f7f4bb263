"""From what networks read of a face to the parameters of the head: the first guess of a fit, in one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressorConfig:
    """Sizes. inputs, outputs: counts of numbers; kept: principal components of the inputs; width: of the perceptron."""

    inputs: int
    outputs: int
    kept: int = 96
    width: int = 192
    dropout: float = 0.2


class Regressor(nn.Module):
    """A linear map and a small perceptron on whitened principal components, added to a start.

    The start of an output is what a network has read of it already: the input `copied` (outputs,), times `copies`,
    which is 0 where there is none.
    """

    def __init__(self, config: RegressorConfig) -> None:
        super().__init__()
        self.config = config
        for name, shape in (
            ("centre", (config.inputs,)),
            ("axes", (config.inputs, config.kept)),
            ("mean", (config.outputs,)),
            ("spread", (config.outputs,)),
            ("copies", (config.outputs,)),
        ):
            self.register_buffer(name, torch.zeros(shape))
        self.register_buffer("copied", torch.zeros(config.outputs, dtype=torch.int64))
        self.drop = nn.Dropout(config.dropout)
        self.linear = nn.Linear(config.kept, config.outputs)
        self.bent = nn.Sequential(
            nn.Linear(config.kept, config.width),
            nn.ReLU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.width, config.width),
            nn.ReLU(),
            nn.Dropout(config.dropout),
            nn.Linear(config.width, config.outputs),
        )
        for layer in (self.linear, self.bent[-1]):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, inputs: Any) -> Any:
        """Parameters (N, outputs) of inputs (N, inputs)."""
        few = self.drop(((inputs - self.centre) @ self.axes).clamp(-6, 6))
        return self.mean + inputs[:, self.copied] * self.copies + self.spread * (self.linear(few) + self.bent(few))


class ReadyRegressor(nn.Module):
    """The network as it is shipped: means and standard deviations, both (N, outputs).

    sd (outputs,): standard deviations of the outputs; share (outputs,): factor on the input `by` (outputs,), which is a
    standard deviation itself, and is added.
    """

    def __init__(self, net: Regressor, sd: Any, share: Any, by: Any) -> None:
        super().__init__()
        self.net = net
        self.register_buffer("sd", torch.as_tensor(sd, dtype=torch.float32))
        self.register_buffer("share", torch.as_tensor(share, dtype=torch.float32))
        self.register_buffer("by", torch.as_tensor(by, dtype=torch.int64))

    def forward(self, inputs: Any) -> tuple[Any, Any]:
        """See above."""
        return self.net(inputs), self.sd + inputs[:, self.by] * self.share
