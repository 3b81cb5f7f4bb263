"""Rendering in torch: differentiable, in batches, on a CPU or a GPU."""
