"""What bridges cost, and how exactly the numbers come over: `mien evaluate bridges`."""

from mien.evaluate.bridges.measure import evaluate

__all__ = ["evaluate"]
