"""Record, read and report what the graph said."""
