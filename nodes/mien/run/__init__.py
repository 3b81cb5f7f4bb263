"""A run of the graph: starts its processes, watches them, and ends them."""
