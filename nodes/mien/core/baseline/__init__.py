"""A person's resting face: how it is learned, captured on request, subtracted and kept in files."""
