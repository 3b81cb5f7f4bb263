"""Latency, processor load and accuracy of bridges: `mien evaluate bridges`."""

from mien.evaluate.bridges.measure import evaluate

__all__ = ["evaluate"]
