"""mien reads a face and moves another one."""

__version__ = "0.1.0"
