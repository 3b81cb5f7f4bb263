"""`mien export` and `mien import`."""
